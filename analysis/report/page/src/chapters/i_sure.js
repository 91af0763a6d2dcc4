// How sure it is: what chance and what is not known do to the spread, which unknown numbers weigh
// most, and how good forecasts of the past were.

import * as Plot from '@observablehq/plot';
import { colours, textColours } from '../colours.js';
import { element } from '../dom.js';
import { isWholeYear, yearOf } from '../numbers.js';
import { sentences } from '../parts.js';

const MOST_RANKS = 12;
const NARROW = 520;
const SIDE = 18; // room for half a number at the ends of an axis

export function chapter(report, page) {
    const pictures = [spread(report, page), weights(report, page), ...pastForecasts(report, page)].filter(Boolean);
    // What a band and an interval mean is told wherever there are any.
    return pictures.length === 0 && report.scenarios[0].replications < 2 ? null : element('div', null, opening(report, page), pictures);
}

/* ---- What a range means ---- */

function opening(report, page) {
    const { replications, draws } = report.scenarios[0];
    const gain = report.comparison?.gain;
    return [
        element('p', null, page.t('i.bands', { replications }), ' ',
            page.t(draws > 1 ? 'i.drawn' : 'i.not_drawn')),
        element('p', null, page.t('i.mean')),
        gain > 1 ? element('p', null, page.t('i.paired', { gain: page.number(gain, gain < 10 ? 1 : 0) })) : null,
        element('p', null, page.t('i.outside'), ' ',
            element('a', { href: '#not_for' }, page.t('chapter.not_for')), '.'),
    ];
}

/* ---- Chance beside what is not known ---- */

// One row for each quantity and year: the part of the spread that is not known.
function spreadRows(report, page) {
    return (report.variance ?? []).flatMap(({ name, share, low, high }) => report.days.year
        .map((window, i) => ({
            name: page.label(name), year: yearOf(window), whole: isWholeYear(window), share: share[i], low: low?.[i] ?? null, high: high?.[i] ?? null,
        }))
        .filter((row) => row.whole && typeof row.share === 'number'));
}

function spread(report, page) {
    const rows = spreadRows(report, page);
    if (rows.length === 0) {
        return null;
    }
    return page.picture({
        id: 'i-spread',
        title: page.t('i.spread'),
        unit: page.t('i.spread_unit'),
        definition: page.t('i.spread_definition'),
        note: page.t('i.spread_note'),
        draw: (width) => drawSpread(rows, page, width),
        steps: () => rows.map((row) => ({
            x: row.year, y: 50, fy: row.name,
            text: `${row.name}, ${row.year}\n${page.t('i.unknown')}: ${page.percent(100 * row.share)}\n${page.t('i.chance')}: ${page.percent(100 - Math.round(100 * row.share))}`,
        })),
        table: {
            columns: [{ name: page.t('i.quantity') }, { name: page.t('i.year'), format: String },
                { name: page.t('i.unknown'), unit: '%', decimals: 1 }, { name: page.t('parts.low'), unit: '%', decimals: 1 },
                { name: page.t('parts.high'), unit: '%', decimals: 1 }, { name: page.t('i.chance'), unit: '%', decimals: 1 }],
            rows: rows.map((row) => [
                row.name, row.year, 100 * row.share, ...[row.low, row.high].map((end) => (end === null ? null : 100 * end)), 100 - 100 * row.share,
            ]),
        },
    });
}

function drawSpread(rows, page, width) {
    const names = [...new Set(rows.map((row) => row.name))];
    const years = [...new Set(rows.map((row) => row.year))];
    const last = rows.filter((row) => row.year === years.at(-1));
    const every = width < NARROW ? 3 : 1;
    const parts = rows.flatMap((row) => [
        { ...row, from: 0, to: 100 * row.share, fill: colours.blue },
        { ...row, from: 100 * row.share, to: 100, fill: '#cfe3f0' },
    ]);
    const [left, right] = [54, width < NARROW ? 92 : 110];
    const beside = (width - left - right) / years.length / 2 + 4;
    const label = (middle, text, fill) => Plot.text(last, {
        x: 'year', y: middle, fy: 'name', text: () => text, dx: beside, textAnchor: 'start', fill, fontSize: 13,
    });
    return Plot.plot({
        width,
        height: 40 + 118 * names.length,
        marginLeft: left,
        marginRight: right,
        marginTop: 24,
        style: { fontSize: '13px' },
        x: { type: 'band', domain: years, label: null, tickFormat: (year) => (years.indexOf(year) % every === 0 ? String(year) : ''), tickSize: 0, padding: 0.12 },
        y: { domain: [0, 100], ticks: [0, 50, 100], label: null, tickFormat: (value) => page.percent(value), tickSize: 0 },
        fy: { domain: names, axis: null, padding: 0.34 },
        marks: [
            Plot.barY(parts, { x: 'year', y1: 'from', y2: 'to', fy: 'name', fill: 'fill' }),
            Plot.text(names, { fy: (name) => name, text: (name) => name, frameAnchor: 'top-left', dy: -18, fontWeight: 600, fontSize: 13, fill: colours.ink }),
            label((row) => 50 * row.share, page.t('i.unknown'), textColours.blue),
            label((row) => 50 + 50 * row.share, page.t('i.chance'), textColours.soft),
        ],
    });
}

/* ---- Which unknown numbers weigh most ---- */

const isTold = (row) => row.low > 0 || row.high < 0;

// 'mean(floor_sleepers, north, 2030)' in words: the quantity, then where and when.
export function outcomeInWords(outcome, page) {
    const [, name, rest] = outcome.match(/^\w+\(\s*(\w+)\s*(?:,\s*(.*))?\)$/) ?? [];
    if (!name) {
        return outcome;
    }
    const where = (rest ?? '').split(/\s*,\s*/).filter(Boolean).map((word) => page.name(word));
    return [page.label(name), ...where].join(', ');
}

function weights(report, page) {
    const { ranks } = report;
    if (!ranks || ranks.rows.length === 0) {
        return null;
    }
    const all = [...ranks.rows].sort((a, b) => Math.abs(b.partial) - Math.abs(a.partial));
    const rows = all.slice(0, MOST_RANKS);
    const outcome = outcomeInWords(ranks.outcome, page);
    return page.picture({
        id: 'i-weights',
        title: page.t('i.weights'),
        unit: page.t('i.weights_unit', { outcome }),
        definition: page.t('i.weights_definition'),
        note: weightsNote(report, page, all, rows),
        draw: (width) => drawWeights(rows, page, width),
        steps: () => rows.map((row) => ({ x: row.partial, y: row.path, text: weightInWords(row, page) })),
        table: {
            columns: [{ name: page.t('i.field') }, { name: page.t('i.partial'), decimals: 2, format: (value) => page.signed(value, 2) },
                { name: page.t('i.low'), format: (value) => page.signed(value, 2) }, { name: page.t('i.high'), format: (value) => page.signed(value, 2) },
                { name: page.t('i.regression'), format: (value) => page.signed(value, 2) }, { name: 'p', decimals: 4 }],
            rows: all.map((row) => [row.path, row.partial, row.low, row.high, row.regression, row.p]),
        },
    });
}

// Of how many numbers ROWS are the heaviest, which of them is no number but the course of the intake, and what
// they explain together: not told where there are fewer draws than twice as many as there are numbers.
export function weightsNote(report, page, all, rows) {
    const { draws, replications } = report.scenarios[0];
    const units = draws || replications;
    const courses = rows.filter((row) => row.path.startsWith('drift[')).map((row) => row.path);
    const { explained } = report.ranks;
    const share = typeof explained !== 'number' ? null : page.t(units >= 2 * all.length ? 'i.explained' : 'i.too_few_draws', {
        share: page.percent(100 * explained), draws: units, all: all.length,
    });
    return [
        page.t(rows.length < all.length ? 'i.heaviest' : 'i.all_weights', { shown: rows.length, all: all.length }),
        courses.length > 0 ? page.t('i.course', { names: page.list(courses) }) : null, share,
    ].filter(Boolean).join(' ');
}

function weightInWords(row, page) {
    const way = isTold(row) ? page.t(row.partial > 0 ? 'i.more_more' : 'i.more_less') : page.t('i.not_told');
    return `${row.path}\n${page.signed(row.partial, 2)} (${page.signed(row.low, 2)} ${page.t('i.to')} ${page.signed(row.high, 2)})\n${way}`;
}

// Where the names of fields stand: beside their lines where there is room, else above them.
function nameMarks(rows, width, left) {
    const common = {
        y: 'path', x: -1, text: 'path', fontSize: 12.5, fill: (row) => (isTold(row) ? colours.ink : colours.soft), textOverflow: 'ellipsis-end',
    };
    return left > SIDE
        ? Plot.text(rows, { ...common, textAnchor: 'end', dx: -16, lineWidth: left / 12.5 - 2 })
        : Plot.text(rows, { ...common, textAnchor: 'start', dy: -13, lineWidth: (width - 30) / 12.5 });
}

function drawWeights(rows, page, width) {
    const wide = width >= 640;
    const longest = Math.max(...rows.map((row) => row.path.length));
    const left = wide ? Math.min(340, 30 + 7.4 * longest) : SIDE;
    const dy = wide ? 0 : 5;
    const colour = (row) => (isTold(row) ? colours.blue : '#838d98');
    const side = (key) => page.t(wide ? `i.axis_${key}` : `i.axis_${key}_short`);
    const ends = [{ x: -1, anchor: 'start', text: `← ${side('less')}` }, { x: 1, anchor: 'end', text: `${side('more')} →` }];
    return Plot.plot({
        width,
        height: 62 + (wide ? 30 : 46) * rows.length,
        marginLeft: left,
        marginRight: SIDE,
        marginTop: 30,
        marginBottom: 28,
        style: { fontSize: '13px' },
        x: { domain: [-1, 1], ticks: [-1, -0.5, 0, 0.5, 1], label: null, grid: true, tickFormat: (value) => page.signed(value, Math.abs(value) === 0.5 ? 1 : 0), tickSize: 0 },
        y: { type: 'band', domain: rows.map((row) => row.path), axis: null },
        marks: [
            Plot.ruleX([0], { stroke: colours.soft }),
            ...ends.map((end) => Plot.text([end], { x: 'x', frameAnchor: 'top', dy: -18, text: 'text', textAnchor: end.anchor, fill: colours.soft, fontSize: 12 })),
            Plot.ruleY(rows, { y: 'path', x1: 'low', x2: 'high', stroke: colour, strokeWidth: 2.5, dy }),
            Plot.dot(rows, { x: 'partial', y: 'path', fill: (row) => (isTold(row) ? colours.blue : '#ffffff'), stroke: colour, strokeWidth: 2, r: 5, dy }),
            nameMarks(rows, width, left),
        ],
    });
}

/* ---- Forecasts of the past ---- */

const forecasters = [
    { name: 'model', colour: 'blue', dash: null },
    { name: 'naive', colour: 'vermilion', dash: '6 4' },
    { name: 'drift', colour: 'green', dash: '2 3' },
];

const known = (value) => typeof value === 'number';

// What the model was told of the time behind the day on which it began: the word of a text.
export function whatItKnew({ laws_known: laws, intake_known: intake }) {
    if (laws) {
        return intake ? 'all' : 'laws';
    }
    return intake ? 'intake' : 'nothing';
}

function pastForecasts(report, page) {
    const rows = report.backtest?.rows ?? [];
    return rows.length === 0 ? [] : [
        scores(rows, page, { id: 'i-error', key: 'rms', title: 'i.error', unit: 'i.error_unit', definition: 'i.error_definition', note: 'i.error_note', knew: whatItKnew(report.backtest) }),
        scores(rows, page, { id: 'i-cover', key: 'cover80', title: 'i.cover', unit: 'i.cover_unit', definition: 'i.cover_definition', note: 'i.cover_note', knew: whatItKnew(report.backtest), goal: 80, top: 100 }),
    ].filter(Boolean);
}

// Places apart by at least GAP, in the order of WANTED and as near to it as a sweep down and up goes.
export function apart(wanted, gap, top) {
    const order = wanted.map((at, i) => ({ at, i })).sort((a, b) => a.at - b.at);
    order.forEach((entry, n) => { entry.at = n > 0 ? Math.max(entry.at, order[n - 1].at + gap) : entry.at; });
    const over = Math.max(0, order.at(-1).at - top);
    order.at(-1).at -= over;
    for (let n = order.length - 2; n >= 0; n--) {
        order[n].at = Math.min(order[n].at, order[n + 1].at - gap);
    }
    return order.sort((a, b) => a.i - b.i).map((entry) => entry.at);
}

function scoreTable(rows, page) {
    const column = (key, decimals, unit) => ({ name: page.t(`i.column.${key}`), decimals, unit });
    return {
        columns: [column('forecaster'), { ...column('months'), format: String }, { ...column('counts'), format: String },
            column('bias', 1, '%'), column('rms', 1, '%'), column('cover80', 0, '%'), column('cover90', 0, '%'), column('crps', 0, page.unit('persons'))],
        rows: rows.map((row) => [page.t(`i.forecaster.${row.forecaster}`), row.months, row.counts, row.bias, row.rms, row.cover80, row.cover90, row.crps]),
    };
}

// One number of the score by months ahead, a line for each forecaster.
function scores(rows, page, options) {
    const shown = rows.filter((row) => known(row[options.key]));
    if (shown.length === 0) {
        return null;
    }
    return page.picture({
        id: options.id,
        title: page.t(options.title),
        unit: page.t(options.unit),
        definition: page.t(options.definition),
        note: sentences(page.t(options.note), page.t(`i.knew.${options.knew}`)),
        draw: (width) => drawScores(shown, page, options, width),
        steps: () => shown.map((row) => ({
            x: row.months, y: row[options.key],
            text: `${page.t(`i.forecaster.${row.forecaster}`)}, ${page.t('i.ahead', { n: row.months })}\n${page.percent(row[options.key], options.goal ? 0 : 1)}\n${page.t('i.of_counts', { n: row.counts })}`,
        })),
        table: scoreTable(rows, page),
    });
}

// What stands at the ends of lines on the right: the forecasters, and what the value should be.
function endLabels(lines, key, goal, page, { perPixel, highest }) {
    const all = lines.map((who) => ({ y: who.rows.at(-1)[key], text: page.t(`i.forecaster.${who.name}`), fill: textColours[who.colour], bold: !who.dash }));
    if (goal) {
        all.push({ y: goal, text: page.t('i.goal'), fill: colours.ink, bold: false });
    }
    const places = apart(all.map((label) => label.y), 36 * perPixel, highest);
    return all.map((label, i) => ({ ...label, y: places[i] }));
}

function drawScores(rows, page, { key, goal, top }, width) {
    const months = [...new Set(rows.map((row) => row.months))].sort((a, b) => a - b);
    const highest = top ?? 1.08 * Math.max(...rows.map((row) => row[key]));
    const height = 300;
    const lines = forecasters
        .map((who) => ({ ...who, rows: rows.filter((row) => row.forecaster === who.name) }))
        .filter((who) => who.rows.length > 0);
    const labels = endLabels(lines, key, goal, page, { perPixel: highest / (height - 60), highest });
    const end = (bold) => Plot.text(labels.filter((label) => label.bold === bold), {
        x: months.at(-1), y: 'y', dx: 14, text: 'text', textAnchor: 'start', fill: 'fill', fontWeight: bold ? 600 : 400, lineWidth: width < NARROW ? 7.2 : 13,
    });
    return Plot.plot({
        width,
        height,
        marginLeft: 54,
        marginRight: width < NARROW ? 112 : 190,
        marginTop: 24,
        marginBottom: 36,
        style: { fontSize: '13px' },
        x: { type: 'point', domain: months, label: null, padding: 0.15, tickSize: 0, tickFormat: String },
        y: { domain: [0, highest], ticks: 5, grid: true, label: null, tickFormat: (value) => page.percent(value), tickSize: 0 },
        marks: [
            goal ? Plot.ruleY([goal], { x1: months[0], x2: months.at(-1), stroke: colours.ink, strokeWidth: 1.5 }) : null,
            ...lines.map((who) => Plot.lineY(who.rows, { x: 'months', y: key, stroke: colours[who.colour], strokeWidth: who.dash ? 2 : 3, strokeDasharray: who.dash })),
            ...lines.map((who) => Plot.dot(who.rows, { x: 'months', y: key, fill: colours[who.colour], r: 4 })),
            end(true), end(false),
            Plot.text([0], { frameAnchor: 'bottom-left', dy: 34, text: () => page.t('i.months_ahead'), fill: colours.soft, fontSize: 12, textAnchor: 'start' }),
        ].filter(Boolean),
    });
}
