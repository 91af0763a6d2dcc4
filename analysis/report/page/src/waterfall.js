// A waterfall: steps from zero that add up to a total, each beginning where the one before it ends.

import * as Plot from '@observablehq/plot';
import { cutToFit } from './charts.js';
import { colours, textColours } from './colours.js';

const WIDE = 640;
const NAMES = 270;
const ROW = 38;
const TALL_ROW = 58;
const BAR = 18;
const CHARACTER = 7.9;

// STEPS [{name, value, low, high}] with where each begins and ends.
export function cumulated(steps) {
    let sum = 0;
    return steps.map((step) => {
        const from = sum;
        sum += step.value;
        return { ...step, from, until: sum };
    });
}

const middleOf = (n, width) => (width >= WIDE ? n * ROW + ROW / 2 : n * TALL_ROW + 36);

function extentOf(rows) {
    const all = rows.flatMap((row) => [0, row.from, row.until, row.from + (row.low ?? 0), row.from + (row.high ?? 0)]).filter(Number.isFinite);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    return high > low ? [low, high] : [0, 1];
}

function barMarks(rows) {
    const wide = rows.filter((row) => Number.isFinite(row.low) && Number.isFinite(row.high) && row.high > row.low);
    return [
        Plot.rect(rows, {
            x1: 'from', x2: 'until', y1: (row) => row.y - BAR / 2, y2: (row) => row.y + BAR / 2,
            fill: (row) => colours[row.colour], fillOpacity: (row) => (row.isTold === false ? 0.35 : 0.85),
        }),
        Plot.ruleX(rows.slice(0, -1), { x: 'until', y1: (row) => row.y + BAR / 2, y2: (row, i) => rows[i + 1].y - BAR / 2, stroke: colours.soft }),
        Plot.ruleY(wide, { y: 'y', x1: (row) => row.from + row.low, x2: (row) => row.from + row.high, stroke: colours.ink, strokeWidth: 1.5 }),
        Plot.dot(wide.flatMap((row) => [row.low, row.high].map((end) => ({ y: row.y, x: row.from + end }))), {
            x: 'x', y: 'y', r: 2.5, fill: colours.ink,
        }),
    ];
}

function wordMarks(rows, width) {
    const isWide = width >= WIDE;
    return [
        Plot.text(rows, {
            y: (row) => (isWide ? row.y : row.y - 25), frameAnchor: 'left', textAnchor: 'start', dx: isWide ? -NAMES : 0,
            text: (row) => cutToFit(row.name, isWide ? NAMES - 16 : width, CHARACTER), fontSize: 13, fontWeight: (row) => (row.isTotal ? 700 : 400), stroke: '#ffffff', strokeWidth: 4, fill: colours.ink,
        }),
        Plot.text(rows, {
            y: 'y', x: (row) => Math.max(row.from, row.until, row.from + (row.high ?? -Infinity)), text: 'text', textAnchor: 'start', dx: 9,
            fontSize: 12.5, fontWeight: 600, fill: (row) => textColours[row.colour], stroke: '#ffffff', strokeWidth: 4,
        }),
    ];
}

// Draws STEPS [{name, value, low, high, colour, text, isTold, isTotal}] on WIDTH pixels; a total begins
// at zero. WRITE writes the axis.
export function waterfall(steps, { width, write }) {
    const isWide = width >= WIDE;
    const rows = steps.map((row, n) => ({ ...row, y: middleOf(n, width) }));
    const height = rows.length * (isWide ? ROW : TALL_ROW);
    const left = isWide ? NAMES : 0;
    const extent = extentOf(rows);
    const longest = Math.max(...extent.map((value) => write(value).length));
    const ticks = Math.max(2, Math.floor((width - left - 84) / (7 * longest + 36)));
    return Plot.plot({
        width, height: height + 28, marginTop: 0, marginBottom: 28, marginLeft: left + 8, marginRight: isWide ? 100 : 76,
        style: { fontSize: '12px', fontFamily: 'inherit', overflow: 'visible', color: colours.ink },
        x: { domain: extent, nice: true, label: null },
        y: { domain: [0, height], range: [0, height], axis: null },
        marks: [
            Plot.gridX({ stroke: colours.line, strokeOpacity: 1, ticks }),
            Plot.axisX({ anchor: 'bottom', ticks, tickSize: 0, label: null, color: colours.soft, tickFormat: (value) => write(value) }),
            Plot.ruleX([0], { stroke: colours.soft }),
            ...barMarks(rows), ...wordMarks(rows, width),
        ],
    });
}

// What pointer and keys read: TEXT(row) at the end of each step.
export function waterfallSteps(steps, width, text) {
    return steps.map((row, n) => ({ x: (row.from + row.until) / 2, y: middleOf(n, width), text: text(row) }));
}
