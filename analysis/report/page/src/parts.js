// Quantities of one unit that stand beside each other or add up: the parts of one thing, by label.
// They become lines or layers in a panel for each scenario, a table by year and a file by month.

import { addressOf, timeOf } from './address.js';
import { describe } from './bands.js';
import { fanPanels, fanSteps } from './charts.js';
import { order } from './colours.js';
import { shortened } from './language.js';
import { isWholeYear, yearOf } from './numbers.js';
import { isInRange } from './range.js';
import { addKey, LEAST_LABELLED, stackPanels } from './stacks.js';

// No picture has more than five colours.
const MOST = order.length;

// The axes along which a quantity is told, whatever they are called: [{axis, label}].
export function labelsOf(report, name, by = 'year') {
    return (report.quantities ?? []).filter((quantity) => quantity.name === name && quantity.by === by)
        .flatMap((quantity) => Object.entries(quantity.labels ?? {}).slice(0, 1).map(([axis, label]) => ({ axis, label })));
}

// A quantity as a part: WHAT is {name, labels, label, scale}; null where the results have none.
export function openPart(report, what, by) {
    const quantity = report.get(what.name, what.labels ?? {}, by);
    return quantity ? { scale: 1, ...what, labels: what.labels ?? {}, quantity } : null;
}

// The parts in LIST that there are, by BY.
export function openParts(report, list, by) {
    return list.map((what) => openPart(report, what, by)).filter(Boolean);
}

// One part for each label of quantity NAME, called by WORD(label).
export function partsByLabel(report, name, by, word, more = {}) {
    return openParts(report, labelsOf(report, name, by).map(({ axis, label }) => ({
        ...more, name, key: label, labels: { [axis]: label }, label: word(label),
    })), by);
}

// The mean of PART in scenario S, scaled; null where there is none.
export function meansOf(part, s) {
    const band = part.quantity.of[s];
    return band ? band.mean.map((value) => (value === null ? null : value * part.scale)) : null;
}

function addUp(lists) {
    const known = lists.filter(Boolean);
    return known.length === 0 ? null
        : known[0].map((_, i) => known.reduce((sum, list) => (list[i] === null ? sum : (sum ?? 0) + list[i]), null));
}

function weightOf(line) {
    return line.values.reduce((sum, values) => sum + (values ?? []).reduce((a, b) => a + Math.abs(b ?? 0), 0), 0);
}

// What is drawn of PARTS: lines [{label, values: [by scenario], colour}], at most five; of more, the
// smallest are taken together as OTHER.
export function drawnLines(report, parts, other) {
    const places = report.scenarios.map((_, s) => s);
    const all = parts.map((part) => ({ ...part, values: places.map((s) => meansOf(part, s)) }))
        .filter((line) => weightOf(line) > 0);
    const sorted = [...all].sort((a, b) => weightOf(b) - weightOf(a));
    const kept = all.length > MOST ? all.filter((line) => sorted.indexOf(line) < MOST - 1) : all;
    const rest = all.filter((line) => !kept.includes(line));
    const together = rest.length === 0 ? [] : [{
        label: other, quantity: rest[0].quantity, values: places.map((s) => addUp(rest.map((line) => line.values[s]))),
    }];
    return [...kept, ...together].map((line, n) => ({ ...line, colour: line.colour ?? order[n] }));
}

// The places of WINDOWS that are drawn: of a flow the years that are whole, for a year that is cut looks
// like a fall; all where none is.
export function drawnWindows(windows, isFlow) {
    const all = windows.map((_, i) => i);
    const whole = all.filter((i) => isWholeYear(windows[i]));
    return isFlow && whole.length > 0 ? whole : all;
}

// What the futures of the part that is a `fan` do in scenario S, or null: one future is no fan.
function fanOf(parts, s) {
    const band = parts.find((part) => part.fan)?.quantity.of[s];
    const [low, high] = [band?.quantiles?.[0], band?.quantiles?.at(-1)];
    return low?.some((value, i) => value !== high[i]) ? band : null;
}

// BAND at the windows KEPT alone.
function bandAt(band, kept) {
    const at = (list) => list && kept.map((i) => list[i]);
    return band && { mean: at(band.mean), low: at(band.low), high: at(band.high), quantiles: band.quantiles.map(at) };
}

// A panel for each scenario that has any of LINES.
function panelsOf(report, page, lines, isFlow) {
    const { windows } = lines[0].quantity;
    const drawn = drawnWindows(windows, isFlow);
    return report.scenarios.map((_, place) => {
        const parts = lines.filter((line) => line.values[place]).map((line) => ({
            label: line.label, colour: line.colour, values: drawn.map((i) => line.values[place][i]), band: bandAt(fanOf([line], place), drawn),
        }));
        const band = parts.find((part) => part.band)?.band ?? null;
        return { place, name: page.scenario(place), windows: drawn.map((i) => windows[i]), band, parts, lines: parts };
    }).filter((panel) => panel.parts.length > 0);
}

// A part that is drawn but has no address of its own: VALUES(s) by window, after PARTS[0]'s pattern.
export function madePart(parts, more, values) {
    const { quantity } = parts[0];
    const made = quantity.of.map((_, s) => {
        const mean = values(s);
        return mean ? { mean } : null;
    });
    return { scale: 1, labels: {}, ...more, quantity: { ...quantity, name: null, labels: {}, of: made, than: [] } };
}

// PARTS taken together as one.
export function sumOfParts(parts, more) {
    return madePart(parts, more, (s) => addUp(parts.map((part) => meansOf(part, s))));
}

// VALUE with as many decimals as its size is worth, where no interval tells.
export function writeSize(page, value) {
    return page.number(value, Math.abs(value) < 10 ? 1 : 0);
}

function stepText(page, by, write) {
    return (panel, i) => [
        panel.name, by === 'year' ? String(yearOf(panel.windows[i])) : page.month(panel.windows[i][0]),
        ...panel.parts.map((part) => `${part.label}: ${part.band ? describe(part.band, i, page) : write(part.values[i])}`),
    ].join('\n');
}

// The columns of PART: its mean and, of a fan, the ends of what 80 % of the futures do.
function columnsOf(page, part) {
    const decimals = Math.max(0, part.decimals ?? part.quantity.decimals);
    const fan = part.quantity.of.some((_, s) => fanOf([part], s));
    return [
        { name: part.label, decimals, value: (s, i) => meansOf(part, s)?.[i] ?? null },
        ...(fan ? [[1, 'parts.low80'], [5, 'parts.high80']] : []).map(([end, word]) => ({
            name: page.t(word), decimals, value: (s, i) => fanOf([part], s)?.quantiles[end][i] ?? null,
        })),
    ];
}

// One row for each scenario and window in RANGE, one column a part.
export function partTable(report, page, parts, range) {
    const columns = parts.flatMap((part) => columnsOf(page, part));
    const { windows, by } = parts[0].quantity;
    const rows = report.scenarios.flatMap((_, s) => windows.map((window, i) => ({ s, window, i })))
        .filter(({ window }) => isInRange(range, window))
        .map(({ s, window, i }) => [page.scenario(s), timeOf(by, window), ...columns.map((column) => column.value(s, i))])
        .filter((row) => row.slice(2).some((value) => value !== null));
    return {
        columns: [
            { name: page.t('parts.scenario') }, { name: page.t(by === 'year' ? 'parts.year' : 'parts.month') },
            ...columns.map(({ name, decimals }) => ({ name, decimals })),
        ],
        rows,
    };
}

// The address of each number of PARTS.
export function partAddresses(report, page, parts) {
    return parts.flatMap((part) => part.quantity.of.flatMap((band, of) => (band ? part.quantity.windows.map((window) => {
        const time = timeOf(part.quantity.by, window);
        return {
            text: [page.scenario(of), part.label, time].filter(Boolean).join(', '),
            address: addressOf(report, { of, name: part.name, labels: part.labels, time }),
        };
    }) : [])));
}

export function yearsOf(report) {
    return { from: yearOf(report.days.year[0]), until: yearOf(report.days.year.at(-1)) };
}

function draw(panels, { stacked, bars, write, width, range }) {
    if (stacked) {
        return stackPanels(panels, { width, range, write, bars });
    }
    const narrow = width < LEAST_LABELLED;
    const shown = narrow ? panels.map((panel) => ({ ...panel, lines: panel.lines.map((line) => ({ ...line, label: null })) })) : panels;
    const drawing = fanPanels(shown, { width, range, write });
    return narrow && panels[0].parts.length > 0 ? addKey(drawing, panels[0].parts) : drawing;
}

// A picture of parts: MONTHLY drawn (or YEARLY, where there is nothing by month), YEARLY in the table. Of
// flows by year (`isFlow`) whole years alone are drawn; a part that is a `fan` brings its bands.
export function partsPicture(report, page, { id, title, unit, tableUnit, definition, note, monthly = [], yearly = [], stacked = false, isFlow = false, write }) {
    const drawn = monthly.length > 0 ? monthly : yearly;
    const lines = drawnLines(report, drawn, page.t('parts.other'));
    const panels = lines.length > 0 ? panelsOf(report, page, lines, isFlow) : [];
    if (panels.length === 0) {
        return null;
    }
    const writing = write ?? ((value) => writeSize(page, value));
    const by = drawn[0].quantity.by;
    const told = yearly.length > 0 ? yearly : monthly;
    return page.picture({
        id, title, unit: unit ?? page.unit(drawn[0].quantity.unit), tableUnit, definition, range: yearsOf(report),
        note: sentences(panels.some((panel) => panel.band) ? page.t('parts.bands') : null, note),
        draw: (width, range) => draw(panels, { stacked, bars: by === 'year', width, range, write: (value) => page.number(value, value % 1 ? 1 : 0) }),
        steps: (range, width) => fanSteps(panels, range, width, stepText(page, by, writing)),
        table: (range) => partTable(report, page, told, range),
        csv: (range) => partTable(report, page, drawn, range),
        addresses: partAddresses(report, page, told),
    });
}

// What a label of the scenario is called: the document's own words for it, else the page's.
export function wordFor(page, label) {
    return page.report.texts?.names?.[label] ? page.name(label) : page.find(`word.${label}`, shortened(label.replaceAll('_', ' ')));
}

// Says which years a flow is not told for as a whole: the first and the last may be cut.
export function cutYears(report, page) {
    const windows = report.days.year;
    const [first, last] = [windows[0], windows.at(-1)];
    const values = (window, day) => ({ year: String(yearOf(window)), date: page.date(day) });
    return [
        isWholeYear(first) || windows.length < 2 ? null : page.t('parts.cut_first', values(first, first[0])),
        isWholeYear(last) || windows.length < 2 ? null : page.t('parts.cut_last', values(last, last[1] - 1)),
    ].filter(Boolean).join(' ');
}

// Says which years are not drawn of a flow, because they are cut; null where none is.
export function cutNote(report, page) {
    const { year } = report.days;
    const cut = year.filter((window) => !isWholeYear(window)).map((window) => String(yearOf(window)));
    return cut.length === 0 || cut.length === year.length ? null : page.t('parts.cut_not_drawn', { n: cut.length, years: page.list(cut) });
}

// One text of those that there are.
export function sentences(...texts) {
    return texts.filter(Boolean).join(' ') || null;
}
