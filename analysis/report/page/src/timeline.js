// When something is in force: a row for each thing, a bar for each stretch of time, paler where it
// holds for a part of the time only.

import * as Plot from '@observablehq/plot';
import { cutToFit, domainOf, roomForNames } from './charts.js';
import { colours } from './colours.js';
import { dateOf } from './numbers.js';
import { datesOf } from './range.js';

const WIDE = 700;
const NAMES = 300; // room for names: at least this, and what the longest takes up to a share of the width
const MOST_NAMES = 0.42;
const ROW = 46;
const TALL_ROW = 66;
const BAR = 16;
const CHARACTER = 7.9;

// Stretches [{from, until, share}] of SHARES by window in which something is in force, windows alike
// taken together. A share runs from 0 to 1.
export function stretches(windows, shares) {
    const all = [];
    windows.forEach(([from, until], i) => {
        const share = Math.round(100 * (shares[i] ?? 0)) / 100;
        const last = all.at(-1);
        if (share > 0 && last && last.share === share && last.until === from) {
            last.until = until;
        } else if (share > 0) {
            all.push({ from, until, share });
        }
    });
    return all;
}

// Where row N stands on WIDTH pixels: the middles of its bar and of its two lines of words.
function placeOf(n, width) {
    const isWide = width >= WIDE;
    const top = n * (isWide ? ROW : TALL_ROW);
    return isWide ? { bar: top + 23, name: top + 15, more: top + 32 } : { bar: top + 46, name: top + 9, more: top + 26 };
}

function barMarks(rows, width, [from, until]) {
    const bars = rows.flatMap((row, n) => row.stretches.map((stretch) => ({ ...stretch, y: placeOf(n, width).bar })))
        .map((bar) => ({ ...bar, x1: Math.max(from, dateOf(bar.from)), x2: Math.min(until, dateOf(bar.until)) }))
        .filter((bar) => bar.x2 > bar.x1);
    const lines = rows.map((_, n) => placeOf(n, width).bar);
    return [
        Plot.ruleY(lines, { y: (y) => y, stroke: colours.line }),
        Plot.rect(bars, {
            x1: (bar) => new Date(bar.x1), x2: (bar) => new Date(bar.x2), y1: (bar) => bar.y - BAR / 2, y2: (bar) => bar.y + BAR / 2,
            fill: colours.blue, fillOpacity: (bar) => 0.2 + 0.8 * bar.share,
        }),
    ];
}

function wordMarks(rows, width) {
    const isWide = width >= WIDE;
    const names = roomForNames(rows.map((row) => row.name), width, { letter: CHARACTER, least: NAMES, most: MOST_NAMES });
    const room = isWide ? names - 16 : width;
    const words = (key, more) => Plot.text(rows.map((row, n) => ({ text: row[key], y: placeOf(n, width)[key] })).filter(({ text }) => text), {
        y: 'y', frameAnchor: 'left', textAnchor: 'start', dx: isWide ? -names : 0, text: (d) => cutToFit(d.text, room, CHARACTER), stroke: '#ffffff', strokeWidth: 4, fill: colours.ink, ...more,
    });
    return [words('name', { fontSize: 13, fontWeight: 600 }), words('more', { fontSize: 12, fill: colours.soft })];
}

// Draws ROWS [{name, more, stretches}] on WIDTH pixels, up to the day LAST; `more` is a second line of words.
export function timeline(rows, { width, range, last }) {
    const isWide = width >= WIDE;
    const height = rows.length * (isWide ? ROW : TALL_ROW);
    const domain = domainOf([{ windows: [[last, last]] }], range);
    const left = isWide ? roomForNames(rows.map((row) => row.name), width, { letter: CHARACTER, least: NAMES, most: MOST_NAMES }) : 0;
    const count = Math.max(2, Math.min(range.until - range.from + 1, Math.floor((width - left) / 58)));
    return Plot.plot({
        width, height: height + 30, marginTop: 2, marginBottom: 28, marginLeft: left + 2, marginRight: 20,
        style: { fontSize: '12px', fontFamily: 'inherit', overflow: 'visible', color: colours.ink },
        x: { type: 'utc', domain, label: null },
        y: { domain: [0, height], range: [2, height + 2], axis: null },
        marks: [
            Plot.gridX({ stroke: colours.line, strokeOpacity: 1, ticks: count }),
            Plot.axisX({ ticks: count, tickSize: 4, label: null, color: colours.soft, tickFormat: (date) => `${date.getUTCFullYear()}` }),
            ...barMarks(rows, width, domain), ...wordMarks(rows, width),
        ],
    });
}

// What pointer and keys read: TEXT(row, stretch) at each stretch in RANGE.
export function timelineSteps(rows, range, width, text) {
    const [from, until] = datesOf(range);
    return rows.flatMap((row, n) => row.stretches
        .filter((stretch) => dateOf(stretch.until) > from && dateOf(stretch.from) < until)
        .map((stretch) => ({
            x: new Date((Math.max(from, dateOf(stretch.from)) + Math.min(until, dateOf(stretch.until))) / 2),
            y: placeOf(n, width).bar, text: text(row, stretch),
        })));
}
