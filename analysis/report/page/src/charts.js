// Fan charts in panels of the same axes: a mean as a line, what the futures do as bands around it,
// other lines beside it, and what was counted as dots.

import * as Plot from '@observablehq/plot';
import { bandShades, colours, textColours } from './colours.js';
import { dateOf, middleOf } from './numbers.js';
import { datesOf, isInRange } from './range.js';

const LEAST_PANEL = 180;
const GAP = 36;
const TITLE_LINE = 18;
const LEFT = 60;
const LABEL_ROOM = 120;
const NARROW = 560;
const LETTER = 7.4;
const NO_LABELS = 16;

// Ends of the bands by their place in the seven probabilities: 95, 80 and 50 % of the futures.
const bandEnds = [[0, 6], [1, 5], [2, 4]];

// How COUNT panels lie on WIDTH pixels: two beside each other where there are four, else up to three.
export function panelGrid(count, width, right = NO_LABELS) {
    const fit = Math.floor((width - LEFT - right + GAP) / (LEAST_PANEL + GAP));
    const columns = Math.max(1, Math.min(count === 4 ? 2 : Math.min(count, 3), fit));
    return { columns, rows: Math.ceil(count / columns) };
}

// Room on the right: for the names of the lines, at least for the longest word, where there is a place for them.
function roomAtRight(panels, width) {
    const words = panels.flatMap((panel) => panel.lines).flatMap((line) => (line.label ?? '').split(' '));
    const longest = Math.max(...words.map((word) => word.length));
    return longest > 0 && width >= NARROW ? Math.max(LABEL_ROOM, 14 + LETTER * longest) : NO_LABELS;
}

// Pixels for the longest of NAMES beside a drawing of WIDTH: LEAST, or more up to the share MOST of it.
export function roomForNames(names, width, { letter, least, most }) {
    const longest = Math.max(0, ...names.map((name) => name.length));
    return Math.max(least, Math.min(20 + Math.ceil(letter * longest), Math.round(most * width)));
}

// TEXT, its end cut off where it is longer than PIXELS: a letter takes about LETTER of them.
export function cutToFit(text, pixels, letter) {
    const most = Math.floor(pixels / letter);
    return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

// Lines that TEXT takes at about CHARACTERS a line.
function linesOf(text, characters) {
    let lines = 1;
    let room = characters;
    for (const word of text.split(' ')) {
        if (word.length > room && room < characters) {
            lines += 1;
            room = characters;
        }
        room -= word.length + 1;
    }
    return lines;
}

function facets(count, padding) {
    return { axis: null, domain: [...Array(count).keys()], paddingInner: count > 1 ? padding : 0, paddingOuter: 0 };
}

// Sizes of a drawing of PANELS on WIDTH pixels, with room for titles and, where there are labels
// at the ends of lines, on the right.
export function layout(panels, width) {
    const right = roomAtRight(panels, width);
    const grid = panelGrid(panels.length, width, right);
    const panelWidth = (width - LEFT - right - GAP * (grid.columns - 1)) / grid.columns;
    const characters = Math.max(12, Math.floor(panelWidth / 7.6));
    const titles = panels.length < 2 ? 0 : Math.max(...panels.map((panel) => linesOf(panel.name, characters)));
    const height = Math.max(150, Math.min(panels.length === 1 ? 360 : 240, panelWidth * 0.58));
    const top = 12 + TITLE_LINE * titles;
    const gap = top + 24;
    return {
        ...grid, panelWidth, right,
        plot: {
            width,
            height: top + 28 + grid.rows * height + (grid.rows - 1) * gap,
            marginTop: top, marginBottom: 28, marginLeft: LEFT, marginRight: right,
            fx: facets(grid.columns, GAP / (panelWidth + GAP)),
            fy: facets(grid.rows, gap / (height + gap)),
            style: { fontSize: '12px', fontFamily: 'inherit', overflow: 'visible', color: colours.ink },
        },
    };
}

// One row for each window and panel, in long form.
export function longRows(panels, grid, range) {
    return panels.flatMap((panel, p) => panel.windows.map((window, i) => ({
        panel, i, window, date: middleOf(window),
        fx: p % grid.columns, fy: Math.floor(p / grid.columns),
    }))).filter((row) => isInRange(range, row.window));
}

function bandMarks(rows) {
    return bandEnds.map(([low, high], n) => Plot.areaY(rows.filter((row) => row.panel.band?.quantiles), {
        x: 'date', fx: 'fx', fy: 'fy',
        y1: (row) => row.panel.band.quantiles[low][row.i],
        y2: (row) => row.panel.band.quantiles[high][row.i],
        fill: bandShades[n], curve: 'monotone-x',
    }));
}

function lineMarks(rows, panels) {
    const count = Math.max(...panels.map((panel) => panel.lines.length));
    return Array.from({ length: count }, (_, n) => {
        const line = panels.find((panel) => panel.lines[n]).lines[n];
        return Plot.lineY(rows.filter((row) => row.panel.lines[n]), {
            x: 'date', fx: 'fx', fy: 'fy', y: (row) => row.panel.lines[n].values[row.i],
            stroke: colours[line.colour], strokeWidth: line.thin ? 1.5 : 2.25, strokeDasharray: line.dash,
        });
    });
}

// Days that a panel marks by a broken line across its height: `rules`, days.
function ruleMarks(panels, grid, range) {
    const rules = panels.flatMap((panel, p) => (panel.rules ?? []).map((day) => ({
        day, date: dateOf(day), fx: p % grid.columns, fy: Math.floor(p / grid.columns),
    }))).filter(({ day }) => isInRange(range, [day, day + 1]));
    return Plot.ruleX(rules, { x: 'date', fx: 'fx', fy: 'fy', stroke: colours.ink, strokeDasharray: '3 3' });
}

function dotRows(panels, grid, range) {
    return panels.flatMap((panel, p) => (panel.dots ?? []).map((dot) => ({
        ...dot, date: dateOf(dot.day), fx: p % grid.columns, fy: Math.floor(p / grid.columns),
    }))).filter((dot) => isInRange(range, [dot.day, dot.day + 1]));
}

function dotMarks(dots) {
    return Plot.dot(dots, {
        x: 'date', y: 'value', fx: 'fx', fy: 'fy', r: 2.5,
        fill: (dot) => colours[dot.colour ?? 'ink'], stroke: '#ffffff', strokeWidth: 0.75,
    });
}

export function titleMarks(panels, sizes) {
    return panels.length < 2 ? null : Plot.text(panels.map((panel, p) => ({
        text: panel.name, fx: p % sizes.columns, fy: Math.floor(p / sizes.columns),
    })), {
        text: 'text', fx: 'fx', fy: 'fy', frameAnchor: 'top-left', lineAnchor: 'bottom', dy: -6,
        lineWidth: sizes.panelWidth / 15, fontSize: 13, fontWeight: 600, lineHeight: 1.25, fill: colours.ink,
    });
}

// Moves labels apart where their lines end close together: least distance GAP, in values. Moving two
// may push one against a third, so that it takes several rounds.
export function spread(labels, gap) {
    const sorted = [...labels].sort((a, b) => a.y - b.y);
    for (let round = 0; round < 4 * sorted.length; round++) {
        for (let i = 1; i < sorted.length; i++) {
            const short = gap - (sorted[i].y - sorted[i - 1].y);
            if (short > 0) {
                sorted[i - 1].y -= short / 2;
                sorted[i].y += short / 2;
            }
        }
    }
    return sorted;
}

// The name of each line, where it ends: beside the last panel of the first row; on a narrow drawing
// within the first panel, the highest line's above it and the lowest one's below.
function labelMarks(rows, panels, sizes, [low, high]) {
    const p = sizes.columns - 1;
    const last = rows.filter((row) => row.panel === panels[p]).at(-1);
    if (!last) {
        return [];
    }
    const labels = spread(panels[p].lines.filter((line) => line.label && Number.isFinite(line.values[last.i])).map((line) => ({
        text: line.label, y: line.values[last.i], colour: textColours[line.colour], fx: p, fy: 0, date: last.date,
    })), (high - low) * 0.11);
    const beside = sizes.right > NO_LABELS;
    return labels.map((label, n) => Plot.text([label], {
        x: 'date', y: 'y', fx: 'fx', fy: 'fy', text: 'text', fontSize: 12, fontWeight: 600,
        fill: label.colour, stroke: '#ffffff', strokeWidth: 3,
        ...(beside
            ? { textAnchor: 'start', dx: 8, lineWidth: 8 }
            : { textAnchor: 'end', dy: n === labels.length - 1 ? -18 : 12 }),
    }));
}

function finite(list) {
    return list.filter((value) => Number.isFinite(value));
}

// From the first day of RANGE to its last, or to the last that there is.
export function domainOf(panels, range) {
    const [from, until] = datesOf(range);
    const last = Math.max(...panels.map((panel) => dateOf(panel.windows.at(-1)[1])));
    return [from, new Date(Math.max(Math.min(until, last), Number(from) + 1))];
}

// The values that the y axis must hold: from zero, or from less where there is less than zero;
// `loose` axes begin where the values do.
export function extentOf(panels, range, { loose = false, least = 0 } = {}) {
    const rows = longRows(panels, { columns: 1 }, range);
    const all = finite([
        ...rows.flatMap((row) => [
            ...(row.panel.band?.quantiles ?? []).map((q) => q[row.i]), ...row.panel.lines.map((line) => line.values[row.i]),
        ]),
        ...dotRows(panels, { columns: 1 }, range).map((dot) => dot.value),
    ]);
    if (all.length === 0) {
        return [0, 1];
    }
    const [low, high] = [Math.min(...all), Math.max(...all)];
    if (loose && low > 0.4 * high) {
        const step = 10 ** Math.floor(Math.log10(high - low || 1));
        return [Math.floor((low - 0.05 * (high - low)) / step) * step, high];
    }
    return [Math.min(0, low), Math.max(high, low + least, 0)];
}

// Does the y axis of PANELS that are drawn so begin above zero? An axis that is rounded may reach it.
export function beginsAboveZero(panels, range, options) {
    return Plot.scale({ y: { domain: extentOf(panels, range, options), nice: true } }).domain[0] > 0;
}

// Draws PANELS [{name, windows, band, lines: [{label, values, colour, dash}], dots, rules}] on WIDTH pixels.
// `level` is a line across at a value that means something; `write` writes the axis.
export function fanPanels(panels, { width, range, write, loose, level, least }) {
    const labelled = panels[0].lines.some((line) => line.label);
    const sizes = layout(panels, width);
    const rows = longRows(panels, sizes, range);
    const extent = extentOf(panels, range, { loose, least });
    const years = range.until - range.from + 1;
    const ticks = Math.max(2, Math.min(years, Math.floor(sizes.panelWidth / 58)));
    return Plot.plot({
        ...sizes.plot,
        x: { type: 'utc', domain: domainOf(panels, range), label: null, ticks },
        y: { domain: extent, nice: true, label: null, ticks: 5 },
        marks: [
            Plot.gridY({ stroke: colours.line, strokeOpacity: 1, ticks: 5 }),
            Plot.axisY({ ticks: 5, tickSize: 0, tickFormat: (value) => write(value), label: null, color: colours.soft }),
            Plot.axisX({ ticks, tickSize: 4, label: null, color: colours.soft, tickFormat: (date) => `${date.getUTCFullYear()}` }),
            ...bandMarks(rows),
            ruleMarks(panels, sizes, range),
            level === undefined || level < extent[0] || level > extent[1] ? null : Plot.ruleY([level], { stroke: colours.soft, strokeDasharray: '2 3' }),
            extent[0] <= 0 ? Plot.ruleY([0], { stroke: colours.soft }) : null,
            ...lineMarks(rows, panels),
            dotMarks(dotRows(panels, sizes, range)),
            titleMarks(panels, sizes),
            ...(labelled ? labelMarks(rows, panels, sizes, extent) : []),
        ],
    });
}

// What pointer and keys read of PANELS: TEXT(panel, i) at each window.
export function fanSteps(panels, range, width, text) {
    const grid = panelGrid(panels.length, width, roomAtRight(panels, width));
    return longRows(panels, grid, range).map((row) => ({
        x: row.date, fx: row.fx, fy: row.fy, text: text(row.panel, row.i),
    }));
}
