// A picture as a file of its own: with its title, what it says, its font, and a white ground.

import { svgElement } from './dom.js';

const FONT = 'system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif';

// A copy of DRAWING, an SVG element, that stands alone, as text. SOURCE is written at its foot.
export function standalone(drawing, { title, description, source }) {
    const copy = drawing.cloneNode(true);
    const width = Number(drawing.getAttribute('width'));
    const height = Number(drawing.getAttribute('height'));
    const [top, foot] = [34, 26];
    const whole = height + top + foot;

    copy.querySelectorAll('.pointer').forEach((node) => node.remove());
    for (const [name, value] of Object.entries({ x: 0, y: top, width, height, overflow: 'visible' })) {
        copy.setAttribute(name, value);
    }
    const file = svgElement('svg', {
        xmlns: 'http://www.w3.org/2000/svg',
        width,
        height: whole,
        viewBox: `0 0 ${width} ${whole}`,
        'font-family': FONT,
        role: 'img',
    },
    svgElement('title', null, title),
    svgElement('desc', null, description),
    svgElement('rect', { width, height: whole, fill: '#ffffff' }),
    svgElement('text', { x: 4, y: 22, 'font-size': 16, 'font-weight': 600, fill: '#1b2530' }, title),
    copy,
    svgElement('text', { x: 4, y: whole - 8, 'font-size': 10, fill: '#56606b' }, source));
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(file)}\n`;
}
