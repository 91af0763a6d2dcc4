// Small panels beside each other, one for each part of a subject, each with an axis of its own from
// zero; in each a line for every scenario. What differs is the shape and the scenario, not the size.

import * as Plot from '@observablehq/plot';
import { ticks } from 'd3';
import { domainOf, titleMarks } from './charts.js';
import { timeOf } from './address.js';
import { colours, order } from './colours.js';
import { middleOf } from './numbers.js';
import { drawnWindows, meansOf, partAddresses, partTable, writeSize, yearsOf } from './parts.js';
import { isInRange } from './range.js';
import { addKey } from './stacks.js';

const LEFT = 66;
const GAP = 66;
const RIGHT = 20;
const FOOT = 28;
const LEAST_PANEL = 190;
const TITLE_LINE = 18;
const CHARACTER = 7.6;

// The base is dark, the others have colours of their own.
export const colourOfScenario = (place) => (place === 0 ? 'ink' : order[(place - 1) % order.length]);

// How COUNT panels lie on WIDTH pixels.
function gridOf(count, width) {
    const fit = Math.floor((width - LEFT - RIGHT + GAP) / (LEAST_PANEL + GAP));
    return Math.max(1, Math.min(count === 4 ? 2 : Math.min(count, 3), fit));
}

function sizesOf(panels, width) {
    const columns = gridOf(panels.length, width);
    const rows = Math.ceil(panels.length / columns);
    const panelWidth = (width - LEFT - RIGHT - GAP * (columns - 1)) / columns;
    const longest = Math.max(...panels.map((panel) => panel.name.length));
    const titles = Math.ceil(longest / Math.max(12, panelWidth / CHARACTER));
    const height = Math.max(110, Math.min(200, panelWidth * 0.46));
    const top = 10 + TITLE_LINE * titles;
    const gap = top + 30;
    const bands = (count, padding) => ({ axis: null, domain: [...Array(count).keys()], paddingInner: count > 1 ? padding : 0, paddingOuter: 0 });
    return {
        columns, panelWidth,
        plot: {
            width, height: top + FOOT + rows * height + (rows - 1) * gap, marginTop: top, marginBottom: FOOT, marginLeft: LEFT, marginRight: RIGHT,
            fx: bands(columns, GAP / (panelWidth + GAP)), fy: bands(rows, gap / (height + gap)),
            style: { fontSize: '12px', fontFamily: 'inherit', overflow: 'visible', color: colours.ink },
        },
    };
}

// The values at which a panel's axis is written: from zero to at least the highest of VALUES.
export function axisOf(values) {
    const highest = Math.max(0, ...values.filter((value) => Number.isFinite(value)));
    if (highest === 0) {
        return [0, 1];
    }
    const marks = ticks(0, highest, 3);
    const step = marks[1] - marks[0];
    return marks.at(-1) >= highest ? marks : [...marks, marks.at(-1) + step];
}

// One row for each panel, line and window in RANGE; `part` is the value as a part of its panel's axis.
function rowsOf(panels, columns, range) {
    return panels.flatMap((panel, p) => {
        const shown = panel.windows.map((window, i) => ({ window, i })).filter(({ window }) => isInRange(range, window));
        const axis = axisOf(panel.lines.flatMap((line) => shown.map(({ i }) => line.values[i])));
        const place = { panel, axis, fx: p % columns, fy: Math.floor(p / columns) };
        return panel.lines.flatMap((line, n) => shown.map(({ window, i }) => ({
            ...place, line, n, i, date: middleOf(window), value: line.values[i], part: line.values[i] / axis.at(-1), key: `${p} ${n}`,
        })).filter((row) => Number.isFinite(row.value)));
    });
}

function axisMarks(rows, from, write) {
    const panels = [...new Map(rows.map((row) => [row.panel, row])).values()];
    const marks = panels.flatMap(({ axis, fx, fy }) => axis.map((value) => ({ value, part: value / axis.at(-1), fx, fy })));
    return [
        Plot.ruleY(marks, { y: 'part', fx: 'fx', fy: 'fy', stroke: (mark) => (mark.value === 0 ? colours.soft : colours.line) }),
        Plot.text(marks, { x: () => from, y: 'part', fx: 'fx', fy: 'fy', dx: -7, textAnchor: 'end', text: (mark) => write(mark.value, mark.value % 1 ? 1 : 0), fill: colours.soft }),
    ];
}

// The base is drawn wide and first, so that it is seen where another scenario runs along it.
function lineMarks(rows) {
    const shared = { x: 'date', y: 'part', fx: 'fx', fy: 'fy' };
    const few = rows.filter((row) => row.panel.isYearly);
    return [
        Plot.lineY(rows, { ...shared, z: 'key', stroke: (row) => colours[row.line.colour], strokeWidth: (row) => (row.n === 0 && row.panel.lines.length > 1 ? 4 : 1.9), sort: 'n' }),
        Plot.dot(few, { ...shared, r: (row) => (row.n === 0 && row.panel.lines.length > 1 ? 4 : 2.8), fill: (row) => colours[row.line.colour], sort: 'n' }),
    ];
}

// Draws PANELS [{name, windows, isYearly, lines: [{label, colour, values}]}] on WIDTH pixels.
export function multiples(panels, { width, range, write }) {
    const sizes = sizesOf(panels, width);
    const rows = rowsOf(panels, sizes.columns, range);
    const domain = domainOf(panels, range);
    const years = range.until - range.from + 1;
    const count = Math.max(2, Math.min(years, Math.floor(sizes.panelWidth / 52)));
    const drawing = Plot.plot({
        ...sizes.plot,
        x: { type: 'utc', domain, label: null, axis: null },
        y: { domain: [0, 1], label: null, axis: null },
        marks: [
            ...axisMarks(rows, domain[0], write),
            Plot.axisX({ ticks: count, tickSize: 4, label: null, color: colours.soft, tickFormat: (date) => `${date.getUTCFullYear()}` }),
            ...lineMarks(rows),
            titleMarks(panels, sizes),
        ],
    });
    const several = Math.max(...panels.map((panel) => panel.lines.length)) > 1;
    const lines = new Map(panels.flatMap((panel) => panel.lines).map((line) => [line.label, line]));
    return several ? addKey(drawing, [...lines.values()].sort((a, b) => a.place - b.place)) : drawing;
}

// What pointer and keys read: TEXT(panel, i) at each window of each panel.
export function multiplesSteps(panels, range, width, text) {
    const columns = gridOf(panels.length, width);
    return panels.flatMap((panel, p) => panel.windows.map((window, i) => ({ window, i }))
        .filter(({ window }) => isInRange(range, window))
        .map(({ window, i }) => ({ x: middleOf(window), fx: p % columns, fy: Math.floor(p / columns), text: text(panel, i) })));
}

// A panel for each of PARTS that is not zero throughout.
export function panelsOfParts(report, page, parts, isFlow = false) {
    return parts.map((part) => {
        const { windows, by } = part.quantity;
        const kept = drawnWindows(windows, isFlow);
        const lines = report.scenarios.map((_, place) => ({ place, values: meansOf(part, place) })).filter(({ values }) => values)
            .map(({ place, values }) => ({ place, label: page.scenario(place), colour: colourOfScenario(place), values: kept.map((i) => values[i]) }));
        return { name: part.label, windows: kept.map((i) => windows[i]), by, isYearly: by === 'year', lines };
    }).filter(({ lines }) => lines.some((line) => line.values.some((value) => Math.abs(value ?? 0) > 0)));
}

// A picture of parts, a panel for each: MONTHLY is drawn (or YEARLY where there is nothing by month), YEARLY in the table.
export function multiplesPicture(report, page, { id, title, unit, definition, note, monthly = [], yearly = [], isFlow = false }) {
    const drawn = monthly.length > 0 ? monthly : yearly;
    const told = yearly.length > 0 ? yearly : monthly;
    const panels = panelsOfParts(report, page, drawn, isFlow);
    if (panels.length === 0) {
        return null;
    }
    const words = unit ?? page.unit(drawn[0].quantity.unit);
    const time = (panel, i) => (panel.isYearly ? timeOf('year', panel.windows[i]) : page.month(panel.windows[i][0]));
    return page.picture({
        id, title, definition, range: yearsOf(report), unit: panels.length === 1 && drawn.length > 1 ? page.t('parts.of', { name: panels[0].name, unit: words }) : words,
        note: [panels.length > 1 ? page.t('parts.own_axes') : null, panels.some(({ lines }) => lines.length > 1) ? page.t('parts.one_line') : null, note].filter(Boolean).join(' ') || null,
        draw: (width, range) => multiples(panels, { width, range, write: page.number }),
        steps: (range, width) => multiplesSteps(panels, range, width, (panel, i) => [
            panels.length > 1 ? panel.name : null, time(panel, i), ...panel.lines.map((line) => (
                panel.lines.length > 1 ? `${line.label}: ${writeSize(page, line.values[i])}` : writeSize(page, line.values[i]))),
        ].filter(Boolean).join('\n')),
        table: (range) => partTable(report, page, told, range),
        csv: (range) => partTable(report, page, drawn, range),
        addresses: partAddresses(report, page, told),
    });
}
