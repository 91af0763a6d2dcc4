// Means with their 95 % intervals in rows, each row named; rows in groups under a heading.

import * as Plot from '@observablehq/plot';
import { cutToFit, roomForNames } from './charts.js';
import { colours, textColours } from './colours.js';

const WIDE = 620;
const NAMES = 250; // room for names: at least this, and what the longest takes up to a share of the width
const MOST_NAMES = 0.46;
const ROW = 24;
const TALL_ROW = 40;
const HEADING = 34;
const CHARACTER = 7.6;

// ROWS of GROUPS [{name, rows: [{name, mean, low, high, colour, shape, text}]}] with their heights on
// WIDTH pixels: {y, top, row} or {y, heading}.
function placed(groups, width) {
    const height = width >= WIDE ? ROW : TALL_ROW;
    let y = 0;
    const rows = groups.flatMap((group) => {
        const heading = group.name ? [{ y: y + HEADING - 8, heading: group.name }] : [];
        y += group.name ? HEADING : 0;
        return [...heading, ...group.rows.map((row) => {
            const top = y;
            y += height;
            return { row, top, y: width >= WIDE ? top + height / 2 : top + 29 };
        })];
    });
    return { rows, height: y + 6 };
}

function extent(groups) {
    const all = groups.flatMap((group) => group.rows.flatMap((row) => [row.mean, row.low, row.high])).filter(Number.isFinite);
    const [low, high] = [Math.min(0, ...all), Math.max(0, ...all)];
    return high > low ? [low, high] : [0, 1];
}

function nameMarks(rows, width, names) {
    const wide = width >= WIDE;
    return Plot.text(rows.filter(({ row }) => row), {
        y: (d) => (wide ? d.y : d.top + 10), text: (d) => cutToFit(d.row.name, wide ? names - 14 : width - 24, CHARACTER), frameAnchor: 'left',
        textAnchor: 'start', dx: wide ? -names : 0, fontSize: 12.5, fill: colours.ink, stroke: '#ffffff', strokeWidth: 4,
    });
}

// The numbers of the axis, written once at the foot.
function axis(write, width) {
    return [
        Plot.gridX({ stroke: colours.line, strokeOpacity: 1, ticks: Math.max(3, Math.floor(width / 130)) }),
        Plot.axisX({ anchor: 'bottom', ticks: Math.max(3, Math.floor(width / 130)), tickSize: 0, label: null, color: colours.soft, tickFormat: (v) => write(v) }),
        Plot.ruleX([0], { stroke: colours.soft }),
    ];
}

const inkOf = (row, table) => table[row.colour ?? 'blue'];

function valueMarks(drawn) {
    const known = drawn.filter(({ row }) => row && Number.isFinite(row.mean));
    const wide = known.filter(({ row }) => Number.isFinite(row.low) && Number.isFinite(row.high));
    return [
        Plot.ruleY(wide, { y: 'y', x1: (d) => d.row.low, x2: (d) => d.row.high, stroke: (d) => inkOf(d.row, colours), strokeWidth: 5, strokeOpacity: 0.35 }),
        Plot.dot(known, {
            y: 'y', x: (d) => d.row.mean, r: 5, symbol: (d) => d.row.shape ?? 'circle', fill: (d) => inkOf(d.row, colours), stroke: '#ffffff', strokeWidth: 1,
        }),
        Plot.text(known, {
            y: 'y', x: (d) => Math.max(d.row.mean, d.row.high ?? d.row.mean), text: (d) => d.row.text, textAnchor: 'start', dx: 10, fontSize: 12.5,
            fontWeight: 600, fill: (d) => inkOf(d.row, textColours), stroke: '#ffffff', strokeWidth: 4,
        }),
    ];
}

// Draws GROUPS on WIDTH pixels; WRITE writes the axis.
export function intervalRows(groups, { width, write }) {
    const { rows, height } = placed(groups, width);
    const [low, high] = extent(groups);
    const names = roomForNames(groups.flatMap((group) => group.rows.map((row) => row.name)), width, { letter: CHARACTER, least: NAMES, most: MOST_NAMES });
    const left = width >= WIDE ? names : 0;
    return Plot.plot({
        width, height: height + 26, marginTop: 0, marginBottom: 26, marginLeft: left + 6, marginRight: width >= WIDE ? 110 : 84,
        style: { fontSize: '12px', fontFamily: 'inherit', overflow: 'visible', color: colours.ink },
        x: { domain: [low, high], nice: true, label: null },
        y: { domain: [0, height], range: [0, height], axis: null },
        marks: [
            ...axis(write, width - left),
            ...valueMarks(rows),
            nameMarks(rows, width, names),
            Plot.text(rows.filter((row) => row.heading), {
                y: 'y', text: (d) => cutToFit(d.heading, (width - 24) * 0.9, CHARACTER), frameAnchor: 'left', textAnchor: 'start', dx: -left, fontSize: 13, fontWeight: 650, stroke: '#ffffff', strokeWidth: 5, fill: colours.ink,
            }),
        ],
    });
}

// What pointer and keys read: TEXT(row) at each row.
export function intervalSteps(groups, width, text) {
    return placed(groups, width).rows.filter(({ row }) => row && Number.isFinite(row.mean))
        .map(({ row, y }) => ({ x: row.mean, y, text: text(row) }));
}
