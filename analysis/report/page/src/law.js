// The law of small houses, as two drawings: how much of a place a hand-off takes, and how often a
// house is full when somebody comes, alone or pooled with others.

import * as Plot from '@observablehq/plot';
import { colours, order, textColours } from './colours.js';
import { addKey } from './stacks.js';

const WIDE = 620;
const LETTER = 7.3;

function lineMarks(lines) {
    const points = lines.flatMap((line, n) => line.points.map((point) => ({ ...point, n })));
    return [
        Plot.line(points, { x: 'x', y: 'y', z: 'n', stroke: (d) => colours[order[d.n]], strokeWidth: 2.25 }),
        Plot.dot(points, { x: 'x', y: 'y', r: 2.5, fill: (d) => colours[order[d.n]] }),
    ];
}

// The ends of LINES with their names, moved apart to GAP in values of y.
function endsOf(lines, gap) {
    const ends = lines.map((line, n) => ({ name: line.name, n, ...line.points.at(-1) })).sort((a, b) => b.y - a.y);
    ends.forEach((end, i) => {
        end.y = i > 0 ? Math.min(end.y, ends[i - 1].y - gap) : end.y;
    });
    return ends;
}

// Names at the ends of the lines.
function nameMarks(lines, extent) {
    return Plot.text(endsOf(lines, (extent[1] - extent[0]) * 0.07), {
        x: 'x', y: 'y', text: 'name', fontSize: 12, fontWeight: 600, fill: (d) => textColours[order[d.n]], textAnchor: 'start', dx: 9,
    });
}

// Dots such as what the scenarios have, named where there is room: [{x, y, name}].
function seenMarks(seen, isWide) {
    const sorted = isWide ? [...seen].sort((a, b) => a.x - b.x) : [];
    return [
        Plot.dot(seen, { x: 'x', y: 'y', r: 5, symbol: 'diamond', fill: colours.ink, stroke: '#ffffff', strokeWidth: 1 }),
        ...sorted.map((dot, n) => Plot.text([dot], {
            x: 'x', y: 'y', text: 'name', fontSize: 11.5, fill: colours.ink, stroke: '#ffffff', strokeWidth: 4,
            ...(n < sorted.length - 1 ? { textAnchor: 'end', dx: -9 } : { textAnchor: 'start', dx: 9 }), dy: 6,
        })),
    ];
}

// Draws LINES [{name, points: [{x, y}]}] with SEEN dots on WIDTH pixels, y between EXTENT; the names of
// the lines at their ends or, on a narrow drawing, in a key.
export function lawPlot(lines, { seen = [], width, extent, writeX, writeY, labelX }) {
    const isWide = width >= WIDE;
    const room = isWide ? 16 + LETTER * Math.max(...lines.map(({ name }) => name.length)) : 22;
    const xs = [...new Set(lines.flatMap((line) => line.points.map(({ x }) => x)))].sort((a, b) => a - b);
    const drawing = Plot.plot({
        width, height: isWide ? 340 : 300, marginLeft: 46, marginRight: room, marginBottom: 44, marginTop: 16,
        style: { fontSize: '12px', fontFamily: 'inherit', overflow: 'visible', color: colours.ink },
        x: { domain: [xs[0], xs.at(-1)], label: null },
        y: { domain: extent, label: null },
        marks: [
            Plot.gridY({ stroke: colours.line, strokeOpacity: 1, ticks: 5 }),
            Plot.axisY({ ticks: 5, tickSize: 0, label: null, color: colours.soft, tickFormat: writeY }),
            Plot.axisX(xs, { tickSize: 4, label: null, color: colours.soft, tickFormat: writeX }),
            Plot.text([labelX], { frameAnchor: 'bottom', dy: 38, text: (d) => d, fontSize: 12, fill: colours.soft }),
            ...lineMarks(lines), isWide ? nameMarks(lines, extent) : null, ...seenMarks(seen, isWide),
        ],
    });
    return isWide ? drawing : addKey(drawing, lines.map(({ name }, n) => ({ label: name, colour: order[n] })));
}

// What pointer and keys read: TEXT(line, point) at each point of LINES.
export function lawSteps(lines, text) {
    return lines.flatMap((line) => line.points.map((point) => ({ x: point.x, y: point.y, text: text(line, point) })));
}
