// Fan charts in panels of the same axes: a mean as a line, what the futures do as bands around it,
// other lines beside it, and what was counted as dots.

import * as Plot from '@observablehq/plot';
import { bandShades, colours, textColours } from './colours.js';
import { dateOf, middleOf } from './numbers.js';
import { datesOf, isInRange } from './range.js';

const LEAST_PANEL = 230;
const GAP = 26;
const TITLE_LINE = 18;

// Ends of the bands by their place in the seven probabilities: 95, 80 and 50 % of the futures.
const bandEnds = [[0, 6], [1, 5], [2, 4]];

// How COUNT panels lie on WIDTH pixels: in one row where they fit, else in even rows.
export function panelGrid(count, width) {
    const fit = Math.max(1, Math.min(count, Math.floor((width + GAP) / (LEAST_PANEL + GAP))));
    const rows = Math.ceil(count / fit);
    return { columns: Math.ceil(count / rows), rows };
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

// Sizes of a drawing of PANELS on WIDTH pixels, with room for titles and, where there are labels
// at the ends of lines, on the right.
function layout(panels, width, { labelled }) {
    const grid = panelGrid(panels.length, width);
    const panelWidth = (width - 46 - GAP * (grid.columns - 1)) / grid.columns;
    const characters = Math.max(12, Math.floor(panelWidth / 7.4));
    const titles = panels.length < 2 ? 0 : Math.max(...panels.map((panel) => linesOf(panel.name, characters)));
    const height = panels.length === 1 ? Math.min(380, Math.max(240, width * 0.42)) : grid.columns === 1 ? 190 : 230;
    const top = 12 + TITLE_LINE * titles;
    const gap = top + 24;
    return {
        ...grid, characters, panelWidth, top,
        plot: {
            width,
            height: top + 28 + grid.rows * height + (grid.rows - 1) * gap,
            marginTop: top, marginBottom: 28, marginLeft: 46, marginRight: labelled ? 92 : 8,
            fx: { axis: null, paddingInner: GAP / (panelWidth + GAP), paddingOuter: 0, domain: [...Array(grid.columns).keys()] },
            fy: { axis: null, paddingInner: gap / (height + gap), paddingOuter: 0, domain: [...Array(grid.rows).keys()] },
            style: { fontSize: '12px', fontFamily: 'inherit', overflow: 'visible', color: colours.ink },
        },
    };
}

// One row for each window and panel, in long form.
function longRows(panels, grid, range) {
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

function titleMarks(panels, sizes) {
    return panels.length < 2 ? null : Plot.text(panels.map((panel, p) => ({
        text: panel.name, fx: p % sizes.columns, fy: Math.floor(p / sizes.columns),
    })), {
        text: 'text', fx: 'fx', fy: 'fy', frameAnchor: 'top-left', lineAnchor: 'bottom', dy: -6,
        lineWidth: sizes.panelWidth / 13.5, fontSize: 13, fontWeight: 600, lineHeight: 1.25, fill: colours.ink,
    });
}

// Moves labels apart where their lines end close together: least distance GAP, in values.
function spread(labels, gap) {
    const sorted = [...labels].sort((a, b) => a.y - b.y);
    for (let i = 1; i < sorted.length; i++) {
        const short = gap - (sorted[i].y - sorted[i - 1].y);
        if (short > 0) {
            sorted[i - 1].y -= short / 2;
            sorted[i].y += short / 2;
        }
    }
    return sorted;
}

// The name of each line, where it ends: at the right of the last panel of the first row.
function labelMarks(rows, panels, sizes, [low, high]) {
    const p = sizes.columns - 1;
    const last = rows.filter((row) => row.panel === panels[p]).at(-1);
    if (!last) {
        return null;
    }
    const labels = panels[p].lines.filter((line) => line.label && Number.isFinite(line.values[last.i])).map((line) => ({
        text: line.label, y: line.values[last.i], colour: textColours[line.colour], fx: p, fy: 0, date: last.date,
    }));
    return Plot.text(spread(labels, (high - low) * 0.11), {
        x: 'date', y: 'y', fx: 'fx', fy: 'fy', text: 'text', textAnchor: 'start', dx: 8, fontSize: 12, fontWeight: 600,
        fill: (label) => label.colour, lineWidth: 7, stroke: '#ffffff', strokeWidth: 3,
    });
}

function finite(list) {
    return list.filter((value) => Number.isFinite(value));
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

// Draws PANELS [{name, windows, band, lines: [{label, values, colour, dash}], dots}] on WIDTH pixels.
// `level` is a line across at a value that means something; `write` writes the axis.
export function fanPanels(panels, { width, range, write, loose, level, least }) {
    const labelled = panels[0].lines.some((line) => line.label);
    const sizes = layout(panels, width, { labelled });
    const rows = longRows(panels, sizes, range);
    const extent = extentOf(panels, range, { loose, least });
    const years = range.until - range.from + 1;
    const ticks = Math.max(2, Math.min(years, Math.floor(sizes.panelWidth / 58)));
    return Plot.plot({
        ...sizes.plot,
        x: { type: 'utc', domain: datesOf(range), label: null, ticks },
        y: { domain: extent, nice: true, label: null, ticks: 5 },
        marks: [
            Plot.gridY({ stroke: colours.line, strokeOpacity: 1, ticks: 5 }),
            Plot.axisY({ ticks: 5, tickSize: 0, tickFormat: (value) => write(value), label: null, color: colours.soft }),
            Plot.axisX({ ticks, tickSize: 4, label: null, color: colours.soft, tickFormat: (date) => `${date.getUTCFullYear()}` }),
            ...bandMarks(rows),
            level === undefined ? null : Plot.ruleY([level], { stroke: colours.soft, strokeDasharray: '2 3' }),
            extent[0] <= 0 ? Plot.ruleY([0], { stroke: colours.soft }) : null,
            ...lineMarks(rows, panels),
            dotMarks(dotRows(panels, sizes, range)),
            titleMarks(panels, sizes),
            labelled ? labelMarks(rows, panels, sizes, extent) : null,
        ],
    });
}

// What pointer and keys read of PANELS: TEXT(panel, i) at each window.
export function fanSteps(panels, range, width, text) {
    const grid = panelGrid(panels.length, width);
    return longRows(panels, grid, range).map((row) => ({
        x: row.date, fx: row.fx, fy: row.fy, text: text(row.panel, row.i),
    }));
}
