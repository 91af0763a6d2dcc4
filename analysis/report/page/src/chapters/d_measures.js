// D: the measures: when each is in force, for how many people, who waits outside and what comes in
// when it ends, and what each of them brings.

import { addressOf, timeOf } from '../address.js';
import { describe } from '../bands.js';
import { fanPanels, fanSteps } from '../charts.js';
import { element } from '../dom.js';
import { tableBody } from '../picture.js';
import { worth } from '../language.js';
import { multiplesPicture } from '../multiples.js';
import { yearOf } from '../numbers.js';
import { cutNote, labelsOf, openParts, partAddresses, partsByLabel, partTable, sentences, wordFor, yearsOf } from '../parts.js';
import { stretches, timeline, timelineSteps } from '../timeline.js';
import { cumulated, waterfall, waterfallSteps } from '../waterfall.js';

/* ---- When each is in force ---- */

// In which stretches of time a measure is in force in scenario S: as the results say, else by its dates.
function inForce(report, quantity, measure, s) {
    const band = quantity?.of[s];
    const scenario = report.scenarios[s];
    const [from, until] = [Math.max(scenario.start, measure?.from ?? scenario.start), Math.min(scenario.end, measure?.until ?? scenario.end)];
    if (band) {
        return withinDates(quantity.windows, band.mean, measure?.in?.[s] ? [from, until] : [scenario.start, scenario.end]);
    }
    return measure?.in?.[s] && until > from ? [{ from, until, share: 1 }] : [];
}

// The stretches of SHARES by window, where a measure is in force from FIRST until LAST at most: a window that
// its first or last day cuts is cut there, and what of it remains is in force for as many days as before.
function withinDates(windows, shares, [first, last]) {
    const cut = windows.map(([from, until]) => [Math.max(from, first), Math.min(until, last)]);
    const holds = cut.map(([from, until], i) => until > from || !(shares[i] > 0));
    if (!holds.every(Boolean)) {
        return stretches(windows, shares);
    }
    return stretches(cut, shares.map((share, i) => {
        const [whole, part] = [windows[i][1] - windows[i][0], cut[i][1] - cut[i][0]];
        return part > 0 ? Math.min(1, ((share ?? 0) * whole) / part) : 0;
    }));
}

// The names of all measures: those of the results, then those that only the scenarios name.
function measureNames(report) {
    const named = labelsOf(report, 'measure_on', 'month').map(({ label }) => label);
    return [...new Set([...named, ...report.measures.map((measure) => measure.name)])];
}

// A row for each measure and way in which it is in force: {measure, scenarios, stretches}.
export function timesInForce(report) {
    return measureNames(report).flatMap((name) => {
        const quantity = openParts(report, labelsOf(report, 'measure_on', 'month').filter(({ label }) => label === name)
            .map(({ axis }) => ({ name: 'measure_on', labels: { [axis]: name } })), 'month')[0]?.quantity;
        const measure = report.measures.find((one) => one.name === name);
        const ways = new Map();
        report.scenarios.forEach((_, s) => {
            const found = inForce(report, quantity, measure, s);
            const key = JSON.stringify(found);
            ways.set(key, { name, quantity, stretches: found, scenarios: [...(ways.get(key)?.scenarios ?? []), s] });
        });
        return [...ways.values()].filter((row) => row.stretches.length > 0);
    });
}

function whereText(report, page, scenarios) {
    if (report.scenarios.length === 1) {
        return null;
    }
    return scenarios.length === report.scenarios.length ? page.t('d.in_all')
        : page.list(scenarios.map((s) => page.scenario(s)));
}

// The whole time that ROW's stretches span, in words.
function spanText(page, { from, until, share }) {
    const dates = page.t('d.from_until', { from: page.date(from), until: page.date(until - 1) });
    return share < 1 ? `${dates}, ${page.t('d.part_of_time', { share: page.percent(100 * share) })}` : dates;
}

function onPicture(report, page) {
    const rows = timesInForce(report).map((row) => ({ ...row, measure: row.name, name: wordFor(page, row.name), more: whereText(report, page, row.scenarios) }));
    if (rows.length === 0) {
        return null;
    }
    const last = Math.max(...report.scenarios.map((scenario) => scenario.end));
    const hasParts = rows.some((row) => row.stretches.some((stretch) => stretch.share < 1));
    return page.picture({
        id: 'd-on', title: page.t('d.on'), unit: page.t('d.on_unit'), definition: page.t('d.on_definition'), range: yearsOf(report),
        note: hasParts ? page.t('d.on_note') : null,
        draw: (width, range) => timeline(rows, { width, range, last }),
        steps: (range, width) => timelineSteps(rows, range, width, (row, stretch) => [row.name, row.more, spanText(page, stretch)].filter(Boolean).join('\n')),
        table: {
            columns: ['measure', 'where', 'begins', 'ends', 'share'].map((key) => ({ name: page.t(`d.${key}`), format: key === 'share' ? (value) => page.percent(value, 1) : null })),
            rows: rows.map((row) => [row.name, row.more ?? page.scenario(0), firstDay(report, page, row), lastDay(report, page, row), 100 * shareInForce(report, row)]),
        },
        addresses: (row, i) => (rows[i].quantity ? addressOf(report, {
            of: rows[i].scenarios[0], name: 'measure_on', labels: rows[i].quantity.labels,
        }) : null),
    });
}

// The share of the whole period in which ROW is in force.
export function shareInForce(report, { scenarios, stretches: when }) {
    const { start, end } = report.scenarios[scenarios[0]];
    return when.reduce((sum, { from, until, share }) => sum + share * (until - from), 0) / (end - start);
}

// The first day in force, or that it is in force from the start.
function firstDay(report, page, row) {
    const { from } = row.stretches[0];
    return from <= report.scenarios[row.scenarios[0]].start ? page.t('d.from_the_start') : page.date(from);
}

// The last day in force, or that it is in force to the end.
function lastDay(report, page, row) {
    const { until } = row.stretches.at(-1);
    return until >= report.scenarios[row.scenarios[0]].end ? page.t('d.to_the_end') : page.date(until - 1);
}

/* ---- How many people, how many days ---- */

function byMeasure(report, page, name, options) {
    const word = (label) => wordFor(page, label);
    return multiplesPicture(report, page, {
        ...options, monthly: options.isFlow ? [] : partsByLabel(report, name, 'month', word), yearly: partsByLabel(report, name, 'year', word),
    });
}

// Of all measures together, where the results do not tell them apart.
function together(report, page, name, options) {
    return multiplesPicture(report, page, { ...options, yearly: openParts(report, [{ name, label: page.t('d.together') }], 'year') });
}

function flowPicture(report, page, { id, name, total }) {
    const options = {
        id, title: page.t(`d.${name}`), unit: page.t(`d.${name}_unit`), definition: page.t(`d.${name}_definition`), isFlow: true, note: cutNote(report, page),
    };
    return byMeasure(report, page, name, options) ?? together(report, page, total, options);
}

function peoplePicture(report, page) {
    return byMeasure(report, page, 'measure_people', {
        id: 'd-people', title: page.t('d.people'), unit: page.t('d.people_unit'), definition: page.t('d.people_definition'),
    });
}

function waitingPicture(report, page) {
    return byMeasure(report, page, 'measure_waiting', {
        id: 'd-waiting', title: page.t('d.waiting'), unit: page.t('d.waiting_unit'), definition: page.t('d.waiting_definition'),
    });
}

/* ---- Who waits outside, and the wave when a measure ends ---- */

// The measures that end within the period of scenario S: [{name, day}].
function endsOf(report, s) {
    const last = report.scenarios[s].end;
    return timesInForce(report).filter((row) => row.scenarios.includes(s) && row.stretches.at(-1).until < last)
        .map((row) => ({ name: row.name, day: row.stretches.at(-1).until }));
}

function endsNote(report, page) {
    const all = report.scenarios.flatMap((_, s) => endsOf(report, s));
    const texts = [...new Set(all.map(({ name, day }) => page.t('d.ends_on', { measure: wordFor(page, name), date: page.month(day - 1) })))];
    return texts.length > 0 ? page.t('d.ends_note', { ends: page.list(texts) }) : null;
}

function outsidePanels(report, page, quantity) {
    return quantity.of.map((band, place) => band && {
        place, name: page.scenario(place), windows: quantity.windows, band, rules: endsOf(report, place).map(({ day }) => day),
        lines: [{ label: null, values: band.mean, colour: 'blue' }],
    }).filter(Boolean);
}

function outsidePicture(report, page) {
    const quantity = report.get('waiting_outside', {}, 'month') ?? report.get('waiting_outside', {}, 'year');
    const panels = quantity ? outsidePanels(report, page, quantity) : [];
    if (panels.length === 0) {
        return null;
    }
    const parts = ['year', 'month'].flatMap((by) => openParts(report, [{ name: 'waiting_outside', label: page.label('waiting_outside') }], by));
    const time = (window) => (quantity.by === 'year' ? String(yearOf(window)) : page.month(window[0]));
    return page.picture({
        id: 'd-outside', title: page.t('d.outside'), unit: page.unit(quantity.unit), definition: page.definition('waiting_outside'), range: yearsOf(report),
        note: sentences(panels.some(({ band }) => band.quantiles) ? page.t('a.bands') : null, endsNote(report, page)),
        draw: (width, range) => fanPanels(panels, { width, range, write: page.number }),
        steps: (range, width) => fanSteps(panels, range, width, (panel, i) => [panel.name, time(panel.windows[i]), describe(panel.band, i, page)].join('\n')),
        table: (range) => partTable(report, page, parts.slice(0, 1), range),
        csv: (range) => partTable(report, page, parts.slice(-1), range),
        addresses: partAddresses(report, page, parts.slice(0, 1)),
    });
}

// How many months before and after the end of a measure are set beside each other.
const WAVE = 12;

// The month that holds DAY, among WINDOWS; -1 where none does.
const monthOf = (windows, day) => windows.findIndex(([from, until]) => from <= day && day < until);

// For each end of a measure in each scenario: how many waited outside and were inside in the last month
// in force and a year later: [{name, s, times: [window, window], outside: [value, value], inside}].
export function waves(report) {
    const [outside, inside] = ['waiting_outside', 'people'].map((name) => report.get(name, {}, 'month'));
    if (!outside || !inside) {
        return [];
    }
    const { windows } = outside;
    return report.scenarios.flatMap((_, s) => endsOf(report, s).map(({ name, day }) => {
        const at = monthOf(windows, day - 1);
        const both = (quantity) => [at, at + WAVE].map((i) => quantity.of[s]?.mean[i] ?? null);
        return { name, s, outside: both(outside), inside: both(inside), times: [at, at + WAVE].map((i) => windows[i]) };
    })).filter((wave) => [...wave.outside, ...wave.inside].every((value) => value !== null));
}

function waveColumns(report, page) {
    return [
        { name: page.t('d.measure') }, ...(report.scenarios.length > 1 ? [{ name: page.t('d.where') }] : []), { name: page.t('d.last_month') },
        ...['outside_then', 'outside_later', 'inside_then', 'inside_later'].map((key) => ({ name: page.t(`d.${key}`), decimals: 0 })),
    ];
}

function wavePicture(report, page) {
    const order = measureNames(report);
    const all = waves(report).sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
    if (all.length === 0) {
        return null;
    }
    const columns = waveColumns(report, page);
    const rows = all.map((wave) => [
        wordFor(page, wave.name), ...(report.scenarios.length > 1 ? [page.scenario(wave.s)] : []), page.shortMonth(wave.times[0][0]), ...wave.outside, ...wave.inside,
    ]);
    return page.picture({
        id: 'd-wave', title: page.t('d.wave'), unit: page.t('d.wave_unit'), definition: page.t('d.wave_definition'), note: page.t('d.wave_note'),
        body: tableBody(page, columns, rows, page.t('d.wave')), table: { columns, rows }, addresses: waveAddresses(report, page, all),
    });
}

function waveAddresses(report, page, all) {
    return all.flatMap(({ s, times }) => ['waiting_outside', 'people'].flatMap((name) => times.map(([from]) => ({
        text: [page.scenario(s), page.label(name), page.month(from)].join(', '),
        address: addressOf(report, { of: s, name, time: timeOf('month', [from]) }),
    }))));
}

/* ---- What each measure brings ---- */

const kinds = ['shapley', 'alone', 'last'];
const endsOfKind = { shapley: ['low', 'high'], alone: ['alone_low', 'alone_high'], last: ['last_low', 'last_high'] };
const isNumber = (value) => typeof value === 'number';
const isTold = ({ low, high }) => !isNumber(low) || !isNumber(high) || low > 0 || high < 0;

// The steps of the waterfall of KIND: each measure, what they do to each other, and the total, from zero.
export function sharesOf(attribution, kind) {
    const [low, high] = endsOfKind[kind];
    const steps = attribution.rows.filter((row) => isNumber(row[kind]))
        .map((row) => ({ name: row.name, value: row[kind], low: row[low], high: row[high] }));
    const interaction = attribution.interaction?.[kind];
    if (isNumber(interaction)) {
        steps.push({ key: 'd.interaction', value: interaction });
    }
    const { total } = attribution;
    return [...cumulated(steps), { key: 'd.total', isTotal: true, value: total.value, low: total.low, high: total.high, from: 0, until: total.value }];
}

// Better, worse or neither, as a colour: a change that cannot be told from none is pale.
function colourOf(step, better) {
    if (step.isTotal || step.key || better === 0 || step.value === 0) {
        return step.isTotal ? 'ink' : 'soft';
    }
    return step.value * better > 0 ? 'blue' : 'vermilion';
}

// Decimals that the interval of the total allows, else none.
function decimalsOf({ total: { low, high } }) {
    return isNumber(low) && high > low ? Math.min(2, worth(low, high)) : 0;
}

// Do the steps end where the total does, but for the rounding of the machine?
const addsUp = (steps) => Math.abs(steps.at(-2).until - steps.at(-1).value) <= 1e-9 * Math.max(1, Math.abs(steps.at(-1).value));

function shownSteps(page, attribution, kind) {
    const steps = sharesOf(attribution, kind);
    const decimals = decimalsOf(attribution);
    return steps.map((step) => ({
        ...step, name: step.key ? page.t(step.key) : wordFor(page, step.name), text: page.signed(step.value, decimals), decimals,
        colour: colourOf(step, attribution.better), isTold: isTold(step),
    }));
}

function sharesTable(page, attribution) {
    const number = { format: (value) => page.signed(value, 1) };
    return {
        columns: [
            { name: page.t('d.measure') },
            ...kinds.flatMap((kind) => [{ name: page.t(`d.kind.${kind}`), ...number }, { name: page.t('parts.low'), ...number }, { name: page.t('parts.high'), ...number }]),
        ],
        rows: [
            ...attribution.rows.map((row) => [wordFor(page, row.name), ...kinds.flatMap((kind) => [row[kind], ...endsOfKind[kind].map((end) => row[end])])]),
            [page.t('d.interaction'), ...kinds.flatMap((kind) => [attribution.interaction?.[kind] ?? null, null, null])],
            [page.t('d.total'), ...kinds.flatMap(() => [attribution.total.value, attribution.total.low, attribution.total.high])],
        ],
    };
}

// Where and when an outcome such as 'mean(floor_sleepers, 2030)' is measured.
function placeOfOutcome(page, attribution) {
    const inside = attribution.of?.match(/^\w+\(\s*[^,)]*,\s*(.*)\)$/)?.[1] ?? '';
    return inside.split(/\s*,\s*/).filter(Boolean).map((word) => page.name(word.replace('..', '–'))).join(', ');
}

function stepText(page) {
    return (step) => [
        step.name, step.text,
        isNumber(step.low) && isNumber(step.high) ? `95 %: ${page.between(step.low, step.high, step.decimals, page.signed)}` : null,
        isTold(step) ? null : page.t('parts.no_difference'),
    ].filter(Boolean).join('\n');
}

function sharesPicture(report, page, kind) {
    const { attribution } = report;
    const steps = shownSteps(page, attribution, kind);
    const whole = (value) => page.number(value, steps[0].decimals);
    const numbers = { base: whole(attribution.base), all: whole(attribution.all), total: page.signed(attribution.total.value, steps[0].decimals) };
    return page.picture({
        id: 'd-shares', title: page.t('d.shares', { what: page.label(attribution.name, attribution.label), where: placeOfOutcome(page, attribution) }),
        unit: page.t('d.shares_unit', { unit: page.unit(attribution.unit), n: attribution.futures }), definition: page.t(`d.means.${kind}`),
        note: sentences(
            isNumber(attribution.base) && isNumber(attribution.all) ? page.t('d.without_with', numbers) : null,
            addsUp(steps) ? page.t('d.adds_up', numbers) : null,
            steps.some((step) => !step.isTold) ? page.t('d.pale') : null, page.t('d.whisker')),
        draw: (width) => waterfall(steps, { width, write: page.signed }),
        steps: (range, width) => waterfallSteps(steps, width, stepText(page)),
        table: sharesTable(page, attribution),
    });
}

// The reader chooses in which way the shares are told.
function shares(report, page) {
    const { attribution } = report;
    const there = kinds.filter((kind) => attribution?.rows?.some((row) => isNumber(row[kind])));
    if (there.length === 0 || !attribution.total) {
        return null;
    }
    const way = page.choice({
        key: 'shares', label: page.t('d.way'), value: there[0], options: there.map((kind) => ({ value: kind, text: page.t(`d.kind.${kind}`) })),
    });
    const body = element('div');
    way.listen((kind) => body.replaceChildren(sharesPicture(report, page, kind)));
    return element('div', { class: 'chance' }, element('h3', null, page.t('d.who_brings')), element('p', null, page.t('d.shares_intro')),
        element('div', { class: 'controls' }, way.root), body);
}

export function chapter(report, page) {
    const parts = [
        onPicture(report, page), peoplePicture(report, page),
        flowPicture(report, page, { id: 'd-taken', name: 'measure_taken', total: 'early_releases' }),
        flowPicture(report, page, { id: 'd-days', name: 'measure_days', total: 'early_days' }),
        waitingPicture(report, page), outsidePicture(report, page), wavePicture(report, page), shares(report, page),
    ].filter(Boolean);
    return parts.length === 0 ? null : element('div', null, element('p', null, page.t('d.intro')), parts);
}
