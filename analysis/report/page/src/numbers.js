// The numbers of the report: unpacked from the page, decoded, and found by name.
//
// The program writes whole numbers, each less the one before it, times ten to the power of
// `decimals`; here they become the values that a chapter draws. A quantity, once opened, has one
// entry per scenario in `of` (what it is) and in `than` (less the base); an entry is null where a
// result has none, else {mean, low, high, quantiles, below, above, futures}, each an array over
// the quantity's windows. `low` and `high` are the 95 % interval of the mean;
// `below` and `above` say in how many of 100 futures a difference is under and over zero.

const DAY = 86400000;

// Undo the delta coding of one array.
export function decode(coded, decimals) {
    const scale = 10 ** decimals;
    let sum = 0;
    return coded.map((step) => {
        if (step === null) {
            return null;
        }
        sum += step;
        return sum / scale;
    });
}

function openBand(band, decimals) {
    if (!band) {
        return null;
    }
    const values = (coded, places) => (coded ? decode(coded, places) : null);
    // A single future has no interval, and what it does is no band.
    const isSingle = band.low?.length > 0 && band.low.every((step) => step === null);
    return {
        mean: values(band.mean, decimals),
        low: values(band.low, decimals),
        high: values(band.high, decimals),
        below: values(band.below, 1),
        above: values(band.above, 1),
        quantiles: band.q && !isSingle ? band.q.map((coded) => decode(coded, decimals)) : null,
        futures: band.futures ? band.futures.map((coded) => values(coded, decimals)) : null,
    };
}

// One word for a quantity: its name, its labels in order, and the length of its windows.
function key(name, labels, by) {
    const pairs = Object.entries(labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify([name, by, pairs]);
}

// What a document may lack, or hold as null: lists are empty then, and all else is null.
const lists = ['quantities', 'regions', 'facilities', 'counted', 'measures', 'funding', 'assumptions', 'variance', 'notes'];
const others = ['texts', 'comparison', 'ranks', 'attribution', 'backtest', 'law'];

// The raw document with every part, so that no chapter has to ask whether there is one.
function complete(raw) {
    return {
        ...raw,
        ...Object.fromEntries(lists.map((name) => [name, raw[name] ?? []])),
        ...Object.fromEntries(others.map((name) => [name, raw[name] ?? null])),
        days: { month: [], year: [], whole: [], ...raw.days },
    };
}

// A quantity as a chapter draws it, over WINDOWS.
function openQuantity(quantity, windows) {
    const open = (list) => (list ?? []).map((band) => openBand(band, quantity.decimals ?? 0));
    return {
        ...quantity, labels: quantity.labels ?? {}, windows, of: open(quantity.of), than: open(quantity.than),
    };
}

// get(name, labels, by): a quantity by name, labels and window ('month', 'year' or 'whole'), or null.
// Each is opened when it is asked for first.
function quantitiesOf(raw) {
    const index = new Map(raw.quantities.map((quantity) => [key(quantity.name, quantity.labels, quantity.by), quantity]));
    const opened = new Map();
    return (name, labels = {}, by = 'year') => {
        const word = key(name, labels, by);
        const quantity = index.get(word);
        if (quantity && !opened.has(word)) {
            opened.set(word, openQuantity(quantity, raw.days[quantity.by]));
        }
        return opened.get(word) ?? null;
    };
}

const titleKey = ({ title, name }) => JSON.stringify(title ?? name);

// SCENARIOS so that no two are called the same: one that has an earlier one's title, which it took
// over from what it extends, goes by its own name, else by its file's besides.
function toldApart(scenarios) {
    return scenarios.map((scenario, i) => {
        const same = scenarios.slice(0, i).filter((other) => titleKey(other) === titleKey(scenario));
        if (same.length === 0) {
            return scenario;
        }
        const isNamed = same.every((other) => other.name !== scenario.name);
        return { ...scenario, title: undefined, question: undefined, name: isNamed || !scenario.file ? scenario.name : `${scenario.name} (${scenario.file})` };
    });
}

// The document behind a page, with ways to ask for its parts.
export function openDocument(given) {
    const raw = complete(given);

    // The labels that a quantity has on an axis, in the order of the document.
    const labels = (name, axis, by = 'year') => [...new Set(raw.quantities
        .filter((quantity) => quantity.name === name && quantity.by === by && quantity.labels?.[axis] != null)
        .map((quantity) => quantity.labels[axis]))];

    // What was counted in the past: [{day, value, source}], by day.
    function counted(series, { region = null, facility = null } = {}) {
        const same = (a, b) => (a || null) === (b || null);
        return raw.counted
            .filter((row) => row.series === series && same(row.region, region) && same(row.facility, facility))
            .sort((a, b) => a.day - b.day);
    }

    // The day of the latest count, or null.
    const days = raw.counted.map((row) => row.day);
    const lastCounted = days.length > 0 ? Math.max(...days) : null;

    return { ...raw, scenarios: toldApart(raw.scenarios), get: quantitiesOf(raw), labels, counted, lastCounted, pick };
}

// A text that may be there in three languages, in LANGUAGE; else English, else OTHERWISE.
export function pick(texts, language, otherwise = '') {
    if (typeof texts === 'string') {
        return texts;
    }
    return texts?.[language] ?? texts?.en ?? otherwise;
}

// Days since 1970-01-01 as a Date (of UTC).
export function dateOf(day) {
    return new Date(day * DAY);
}

// The middle of a window, which is where a mean over it is drawn.
export function middleOf([from, until]) {
    return new Date(((from + until) / 2) * DAY);
}

// The year in which a window begins.
export function yearOf([from]) {
    return dateOf(from).getUTCFullYear();
}

// Is a window a calendar year from its first to its last day?
export function isWholeYear([from, until]) {
    const year = yearOf([from]);
    return from * DAY === Date.UTC(year, 0, 1) && until * DAY === Date.UTC(year + 1, 0, 1);
}

// The place of YEAR in the windows of a quantity by year, or -1.
export function placeOfYear(quantity, year) {
    return quantity.windows.findIndex((window) => yearOf(window) === year);
}

// The year that the report speaks of: 2030 where it is whole, else the last whole year, else the
// last one.
export function focusYear(report) {
    const windows = report.days?.year ?? [];
    const whole = windows.filter(isWholeYear).map(yearOf);
    if (whole.includes(2030)) {
        return 2030;
    }
    return whole.at(-1) ?? (windows.length > 0 ? yearOf(windows.at(-1)) : null);
}

// Per cent of the sorted futures that lie above LEVEL.
export function shareAbove(futures, level) {
    const known = futures.filter((value) => value !== null);
    if (known.length === 0) {
        return null;
    }
    return (100 * known.filter((value) => value > level).length) / known.length;
}

// Base64 of deflated JSON, as the program writes it, into the raw document.
export async function unpack(base64) {
    const bytes = Uint8Array.from(atob(base64.trim()), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
    return JSON.parse(await new Response(stream).text());
}
