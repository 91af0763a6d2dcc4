// Parts that add up, stacked in panels of the same axes: areas by month, or bars by year.

import * as Plot from '@observablehq/plot';
import { domainOf, layout, longRows, titleMarks } from './charts.js';
import { colours, textColours } from './colours.js';
import { svgElement } from './dom.js';
import { dateOf } from './numbers.js';
import { wrap as breakLines } from './svg.js';

// Where the ends of lines or layers have no room for their names, the key stands below the drawing.
export const LEAST_LABELLED = 560;

const KEY_LINE = 20;
const KEY_CHARACTER = 7.9;
const LABEL_LINE = 15;
const LABEL_CHARACTERS = 14;

// The nodes of a key of ENTRIES [{label, colour}] (or `fill`) on WIDTH pixels from TOP down, on as many
// lines as it takes: {nodes, height}; a long name is broken where the drawing is narrow.
export function keyNodes(entries, width, top) {
    let [x, line] = [0, 0];
    const nodes = entries.flatMap(({ label, colour, fill }) => {
        const lines = breakLines(label, Math.floor((width - 30) / KEY_CHARACTER));
        const size = 30 + KEY_CHARACTER * Math.max(...lines.map((text) => text.length));
        if (x > 0 && (x + size > width || lines.length > 1)) {
            [x, line] = [0, line + 1];
        }
        const [left, foot] = [x, top + 14 + KEY_LINE * line];
        [x, line] = lines.length > 1 ? [width, line + lines.length - 1] : [x + size, line];
        return [
            svgElement('rect', { x: left, y: foot - 9, width: 11, height: 11, fill: fill ?? colours[colour] }),
            svgElement('text', { fill: textColours[colour] ?? colours.ink, 'font-size': 12, 'font-weight': 600, 'text-anchor': 'start' },
                lines.map((text, n) => svgElement('tspan', { x: left + 17, y: foot + KEY_LINE * n }, text))),
        ];
    });
    return { nodes, height: 6 + KEY_LINE * (line + 1) };
}

// Adds a key of ENTRIES below DRAWING.
export function addKey(drawing, entries) {
    const width = Number(drawing.getAttribute('width'));
    const before = Number(drawing.getAttribute('height'));
    const { nodes, height } = keyNodes(entries, width, before);
    drawing.setAttribute('height', before + height);
    drawing.setAttribute('viewBox', `0 0 ${width} ${before + height}`);
    drawing.append(...nodes);
    return drawing;
}

// The layers of ROWS from the bottom up: [{row, part, from, until}], what is not known left out.
function layersOf(rows) {
    return rows.flatMap((row) => {
        let sum = 0;
        return row.panel.parts.map((part, n) => {
            const value = part.values[row.i];
            const from = sum;
            sum += Number.isFinite(value) ? value : 0;
            return { ...row, part, n, from, until: sum, known: Number.isFinite(value) };
        });
    }).filter((layer) => layer.known);
}

function areaMarks(layers) {
    const shared = { fx: 'fx', fy: 'fy', x: 'date', z: 'n' };
    return [
        Plot.areaY(layers, { ...shared, y1: 'from', y2: 'until', fill: (d) => colours[d.part.colour], fillOpacity: 0.85 }),
        Plot.lineY(layers, { ...shared, y: 'until', stroke: '#ffffff', strokeWidth: 1 }),
    ];
}

function barMarks(layers) {
    return [Plot.rectY(layers, {
        fx: 'fx', fy: 'fy', x1: (d) => dateOf(d.window[0]), x2: (d) => dateOf(d.window[1]), y1: 'from', y2: 'until',
        fill: (d) => colours[d.part.colour], fillOpacity: 0.85, insetLeft: 1.5, insetRight: 1.5, insetBottom: 0.5,
    })];
}

function linesFor(text) {
    return Math.ceil(text.length / LABEL_CHARACTERS);
}

// Moves labels [{y, lines}] apart, in pixels, from the lowest up.
function spread(labels) {
    const sorted = [...labels].sort((a, b) => b.y - a.y);
    sorted.forEach((label, k) => {
        const below = sorted[k - 1];
        if (below) {
            label.y = Math.min(label.y, below.y - (LABEL_LINE * (below.lines + label.lines)) / 2);
        }
    });
    return sorted;
}

// The name of each layer beside the last window of the last panel in the first row.
function labelNodes(drawing, layers, panel) {
    const last = layers.filter((layer) => layer.panel === panel);
    const end = last.filter((layer) => layer.i === last.at(-1).i);
    const [x, y] = [drawing.scale('x'), drawing.scale('y')];
    const fx = drawing.scale('fx');
    const left = fx.apply(end[0].fx) + fx.bandwidth + 8;
    const labels = end.filter((layer) => layer.until > layer.from).map((layer) => ({
        part: layer.part, y: y.apply((layer.from + layer.until) / 2), lines: linesFor(layer.part.label),
    }));
    return x && spread(labels).map(({ part, y: at, lines }) => {
        const text = svgElement('text', { fill: textColours[part.colour], 'font-size': 12, 'font-weight': 600, 'text-anchor': 'start' });
        wrap(part.label).forEach((line, k) => text.append(svgElement('tspan', {
            x: left, y: at + 4 + LABEL_LINE * (k - (lines - 1) / 2),
        }, line)));
        return text;
    });
}

// TEXT on lines of about LABEL_CHARACTERS.
function wrap(text) {
    return text.split(' ').reduce((lines, word) => {
        const longer = `${lines.at(-1)} ${word}`.trim();
        return longer.length <= LABEL_CHARACTERS || lines.at(-1) === ''
            ? [...lines.slice(0, -1), longer] : [...lines, word];
    }, ['']);
}

// Every part of PANELS once, from the top layer down.
function distinctParts(panels) {
    const all = panels.flatMap((panel) => panel.parts);
    return [...new Map(all.map((part) => [part.label, part])).values()].reverse();
}

// Names beside the last panel of the first row; where one of the parts has come to nothing by then, or
// there is no room, a key below.
function addNames(drawing, layers, panels, sizes) {
    const panel = panels[Math.min(sizes.columns, panels.length) - 1];
    const parts = distinctParts(panels);
    const last = layers.filter((layer) => layer.panel === panel);
    const end = last.filter((layer) => layer.i === last.at(-1).i && layer.until > layer.from + 0.01 * last.at(-1).until);
    if (sizes.plot.width < LEAST_LABELLED || end.length < parts.length) {
        return addKey(drawing, parts);
    }
    drawing.append(...labelNodes(drawing, layers, panel));
    return drawing;
}

// Draws PANELS [{name, windows, parts: [{label, colour, values}]}] on WIDTH pixels; with BARS one for
// each window.
export function stackPanels(panels, { width, range, write, bars = false }) {
    const sizes = layout(panels, width, { labelled: true });
    const layers = layersOf(longRows(panels, sizes, range));
    const years = range.until - range.from + 1;
    const ticks = Math.max(2, Math.min(years, Math.floor(sizes.panelWidth / 58)));
    const drawing = Plot.plot({
        ...sizes.plot,
        x: { type: 'utc', domain: domainOf(panels, range), label: null, ticks },
        y: { domain: [0, Math.max(1e-9, ...layers.map((layer) => layer.until))], nice: true, label: null, ticks: 5 },
        marks: [
            Plot.gridY({ stroke: colours.line, strokeOpacity: 1, ticks: 5 }),
            Plot.axisY({ ticks: 5, tickSize: 0, tickFormat: (value) => write(value), label: null, color: colours.soft }),
            Plot.axisX({ ticks, tickSize: 4, label: null, color: colours.soft, tickFormat: (date) => `${date.getUTCFullYear()}` }),
            ...(bars ? barMarks(layers) : areaMarks(layers)),
            Plot.ruleY([0], { stroke: colours.soft }),
            titleMarks(panels, sizes),
        ],
    });
    return addNames(drawing, layers, panels, sizes);
}
