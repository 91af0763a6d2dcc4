// A bar for each year with a few words above it, in panels of the same axes.

import * as Plot from '@observablehq/plot';
import { domainOf, layout, longRows, panelGrid, titleMarks } from './charts.js';
import { colours, textColours } from './colours.js';
import { dateOf, middleOf } from './numbers.js';

const LEAST_FOR_WORDS = 22; // pixels that the words above a bar take

function placed(panels, sizes, range) {
    return longRows(panels.map((panel) => ({ ...panel, band: null })), sizes, range)
        .map((row) => ({ ...row, value: row.panel.values[row.i], words: row.panel.words[row.i] }))
        .filter((row) => Number.isFinite(row.value));
}

// Draws PANELS [{name, windows, values, words}]; `words` are left out where bars are too narrow.
export function yearBars(panels, { width, range, write }) {
    const lined = panels.map((panel) => ({ ...panel, lines: [] }));
    const sizes = layout(lined, width);
    const rows = placed(lined, sizes, range);
    const years = range.until - range.from + 1;
    const ticks = Math.max(2, Math.min(years, Math.floor(sizes.panelWidth / 58)));
    const room = sizes.panelWidth / years >= LEAST_FOR_WORDS;
    return Plot.plot({
        ...sizes.plot,
        x: { type: 'utc', domain: domainOf(panels, range), label: null, ticks },
        y: { domain: [0, 1.12 * Math.max(1e-9, ...rows.map((row) => row.value))], nice: true, label: null, ticks: 4 },
        marks: [
            Plot.gridY({ stroke: colours.line, strokeOpacity: 1, ticks: 4 }),
            Plot.axisY({ ticks: 4, tickSize: 0, tickFormat: (value) => write(value), label: null, color: colours.soft }),
            Plot.axisX({ ticks, tickSize: 4, label: null, color: colours.soft, tickFormat: (date) => `${date.getUTCFullYear()}` }),
            Plot.rectY(rows, {
                fx: 'fx', fy: 'fy', x1: (d) => dateOf(d.window[0]), x2: (d) => dateOf(d.window[1]), y: 'value', fill: colours.blue, fillOpacity: 0.85,
                insetLeft: 1.5, insetRight: 1.5,
            }),
            Plot.ruleY([0], { stroke: colours.soft }),
            room ? Plot.text(rows, {
                fx: 'fx', fy: 'fy', x: 'date', y: 'value', text: 'words', dy: -8, fontSize: 11, fontWeight: 600, fill: textColours.vermilion, stroke: '#ffffff', strokeWidth: 3,
            }) : null,
            titleMarks(lined, sizes),
        ],
    });
}

// What pointer and keys read: TEXT(panel, i) at each year.
export function yearBarSteps(panels, range, width, text) {
    const lined = panels.map((panel) => ({ ...panel, lines: [], band: null }));
    const grid = panelGrid(panels.length, width);
    return longRows(lined, grid, range).map((row) => ({
        x: middleOf(row.window), fx: row.fx, fy: row.fy, text: text(row.panel, row.i),
    }));
}
