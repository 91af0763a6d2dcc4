// A heat map: a row for each place, time across, a colour for each class of values. Neighbouring
// times of one class are drawn as one bar, so that ten years of seventy places stay light.

import * as Plot from '@observablehq/plot';
import { cutToFit } from './charts.js';
import { colours } from './colours.js';
import { dateOf } from './numbers.js';
import { datesOf, isInRange } from './range.js';
import { keyNodes } from './stacks.js';

const ROW = 15;
const HEADING = 26;
const USE_GAP = 5;
const WIDE = 720;
const LETTER = 6.4; // pixels of one of a row's words
const NAME_LETTER = 5.9; // where a name is cut off
const AXIS = 22;

// From less to more than there is room for, LAST included: blue below, orange above, equal steps in
// lightness. Whole numbers are told, so that a full house is not now blue and now orange.
export const heatClasses = [
    { last: 79, fill: '#5a9dc8' },
    { last: 100, fill: '#cfe3f0' },
    { last: 120, fill: '#fbdcae' },
    { last: 140, fill: '#ec9a43' },
    { last: Infinity, fill: '#a94400' },
];

export function classOf(value) {
    return Number.isFinite(value) ? heatClasses.findIndex(({ last }) => Math.round(value) <= last) : -1;
}

// Bars {from, until, level} of VALUES over WINDOWS, in days; times without a value have none.
export function runsOf(values, windows) {
    const runs = [];
    windows.forEach(([from, until], i) => {
        const level = classOf(values[i]);
        const last = runs.at(-1);
        if (last && last.level === level && last.until === from) {
            last.until = until;
        } else if (level >= 0) {
            runs.push({ from, until, level });
        }
    });
    return runs;
}

// ROWS [{name, region, use, values}], sorted, with their heights: {row, y} or {heading, y}.
export function placedRows(rows, top) {
    let y = top;
    const placed = rows.flatMap((row, i) => {
        const before = rows[i - 1];
        const isNewRegion = row.region !== before?.region;
        const heading = isNewRegion && row.region ? [{ heading: row.region, y: y + HEADING - 9 }] : [];
        y += heading.length > 0 ? HEADING : before && before.use !== row.use ? USE_GAP : 0;
        const here = { row, y, isFirst: isNewRegion || before.use !== row.use };
        y += ROW;
        return [...heading, here];
    });
    return { placed, height: y };
}

// Room for names: as much as the longest takes, up to a third of a narrow drawing.
function roomForNames(rows, width) {
    const longest = Math.max(...rows.map((row) => row.name.length));
    return Math.min(Math.round(longest * LETTER) + 12, width >= WIDE ? 200 : Math.round(width * 0.34));
}

export function heatLayout(rows, key, width) {
    const left = roomForNames(rows, width);
    const head = keyNodes(key, width, 0);
    const { placed, height } = placedRows(rows, head.height + AXIS);
    const right = width >= WIDE ? 16 + Math.round(LETTER * Math.max(...rows.map(({ use }) => use.length))) : 8;
    return { left, right, head, placed, height: height + AXIS };
}

function nameMarks(lines, left, width) {
    const rows = lines.filter(({ row }) => row);
    const text = { frameAnchor: 'left', textAnchor: 'start', fontSize: 11, fill: colours.ink };
    return [
        Plot.text(rows, { ...text, y: (d) => d.y + ROW / 2, dx: -left, text: (d) => cutToFit(d.row.name, left - 8, NAME_LETTER) }),
        Plot.text(lines.filter(({ heading }) => heading), { ...text, y: 'y', dx: -left, text: 'heading', fontSize: 13, fontWeight: 650 }),
        width < WIDE ? null : Plot.text(rows.filter(({ isFirst }) => isFirst), {
            ...text, frameAnchor: 'right', y: (d) => d.y + ROW / 2, dx: 10, text: (d) => d.row.use, fill: colours.soft,
        }),
    ];
}

function barMarks(lines, windows, range) {
    const kept = windows.map((window, i) => [window, i]).filter(([window]) => isInRange(range, window));
    const bars = lines.filter(({ row }) => row).flatMap(({ row, y }) => runsOf(
        kept.map(([, i]) => row.values[i]), kept.map(([window]) => window)).map((run) => ({ ...run, y })));
    return Plot.rect(bars, {
        x1: (d) => dateOf(d.from), x2: (d) => dateOf(d.until), y1: (d) => d.y + 0.75, y2: (d) => d.y + ROW - 0.75, fill: (d) => heatClasses[d.level].fill,
    });
}

// Draws ROWS over WINDOWS; KEY names the classes.
export function heatMap(rows, { windows, key, width, range }) {
    const { left, right, head, placed, height } = heatLayout(rows, key, width);
    const years = range.until - range.from + 1;
    const ticks = Math.max(2, Math.min(years, Math.floor((width - left - right) / 46)));
    const axis = { ticks, tickSize: 0, label: null, color: colours.soft, tickFormat: (date) => `${date.getUTCFullYear()}` };
    const last = dateOf(windows.at(-1)[1]);
    const [from, until] = datesOf(range);
    const drawing = Plot.plot({
        width, height, marginLeft: left, marginRight: right, marginTop: head.height + AXIS, marginBottom: AXIS,
        style: { fontSize: '12px', fontFamily: 'inherit', overflow: 'visible', color: colours.ink },
        x: { type: 'utc', domain: [from, last > from && last < until ? last : until], label: null, ticks },
        y: { domain: [head.height + AXIS, height - AXIS], range: [head.height + AXIS, height - AXIS], axis: null },
        marks: [
            barMarks(placed, windows, range), Plot.axisX({ ...axis, anchor: 'top' }), Plot.axisX({ ...axis, anchor: 'bottom' }),
            Plot.gridX({ ticks, stroke: '#ffffff', strokeOpacity: 0.9 }), ...nameMarks(placed, left, width),
        ],
    });
    drawing.append(...head.nodes);
    return drawing;
}

// What pointer and keys read: TEXT(row, i) at each window in RANGE, row by row.
export function heatSteps(rows, { windows, key, width, range }, text) {
    const { left, right, placed } = heatLayout(rows, key, width);
    const kept = windows.map((window, i) => [window, i]).filter(([window]) => isInRange(range, window));
    const [first, last] = [datesOf(range)[0] / 86400000, Math.min(datesOf(range)[1] / 86400000, windows.at(-1)[1])];
    const x = (day) => left + ((day - first) / (last - first)) * (width - left - right);
    return placed.filter(({ row }) => row).flatMap(({ row, y }) => kept.map(([[from, until], i]) => ({
        pixel: [x((from + until) / 2), y + ROW / 2], text: text(row, i),
    })));
}
