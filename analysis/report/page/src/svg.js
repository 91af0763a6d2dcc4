// A picture as a file of its own: with its title, what it says, its font, and a white ground.

import { svgElement } from './dom.js';

const FONT = 'system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif';

// TEXT broken into lines of at most LENGTH characters, between words.
export function wrap(text, length) {
    const lines = [''];
    for (const word of text.split(' ')) {
        const line = lines.at(-1);
        if (line !== '' && line.length + 1 + word.length > length) {
            lines.push(word);
        } else {
            lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
        }
    }
    return lines;
}

function textLines(lines, { y, size, ...attributes }) {
    return lines.map((line, i) => svgElement('text', {
        x: 4, y: y + i * size * 1.35, 'font-size': size, ...attributes,
    }, line));
}

// A copy of DRAWING, an SVG element, that stands alone, as text: TITLE above it, SOURCE at its foot.
export function standalone(drawing, { title, description, source }) {
    const copy = drawing.cloneNode(true);
    const width = Number(drawing.getAttribute('width'));
    const height = Number(drawing.getAttribute('height'));
    const titles = wrap(title, Math.max(20, Math.floor(width / 9)));
    const sources = wrap(source, Math.max(30, Math.floor(width / 6)));
    const top = 14 + 22 * titles.length;
    const whole = top + height + 14 + 14 * sources.length;

    copy.querySelectorAll('.pointer').forEach((node) => node.remove());
    for (const [name, value] of Object.entries({ x: 0, y: top, width, height, overflow: 'visible' })) {
        copy.setAttribute(name, value);
    }
    const file = svgElement('svg', {
        xmlns: 'http://www.w3.org/2000/svg', width, height: whole, viewBox: `0 0 ${width} ${whole}`, 'font-family': FONT, role: 'img',
    },
    svgElement('title', null, title),
    svgElement('desc', null, description),
    svgElement('rect', { width, height: whole, fill: '#ffffff' }),
    textLines(titles, { y: 22, size: 16, 'font-weight': 600, fill: '#1b2530' }),
    copy,
    textLines(sources, { y: top + height + 16, size: 10, fill: '#56606b' }));
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(file)}\n`;
}
