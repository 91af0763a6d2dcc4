// The frame of a picture: its title, the drawing, the value under the pointer or the arrow keys,
// its definition, its numbers as a table and a file, and the address of each number.

import { commandOf } from './address.js';
import { csv } from './csv.js';
import { element, svgElement } from './dom.js';
import { rangeControl } from './range.js';
import { standalone } from './svg.js';

const PRINT_WIDTH = 680;
const LEAST_WIDTH = 260;

// What a picture knows of itself while it is on the page.
class Picture {
    constructor(options, page) {
        this.options = options;
        this.page = page;
        this.t = page.t;
        this.id = options.id;
        this.range = page.recall(`range ${this.id}`, options.range);
        this.at = -1;
        this.drawn = 0;
    }

    // The table of the picture at its present range.
    table() {
        const { table } = this.options;
        return typeof table === 'function' ? table(this.range) : table;
    }

    // Every address, as [{text, address}]; of a function, one for each row of the table.
    addresses() {
        const { addresses } = this.options;
        if (typeof addresses !== 'function') {
            return addresses ?? [];
        }
        return this.table().rows
            .map((row, i) => ({ text: nameOfRow(row), address: addresses(row, i), row: i }))
            .filter((entry) => entry.address);
    }

    source() {
        return this.options.source ?? this.page.source();
    }
}

// The words at the head of a row: its cells up to the first number.
function nameOfRow(row) {
    const numbers = row.findIndex((cell) => typeof cell === 'number');
    return row.slice(0, numbers < 1 ? 1 : numbers).join(', ');
}

function formatCell(value, column, page) {
    if (value === null || value === undefined || Number.isNaN(value)) {
        return '–';
    }
    if (column.format) {
        return column.format(value);
    }
    return typeof value === 'number' ? page.number(value, column.decimals ?? 0) : String(value);
}

/* ---- The drawing and the value that is read from it ---- */

// The values that can be read, in the order of the arrow keys: {x, y, fx, fy, pixel, text}. Without
// its own, a picture has one for each row of its table.
function stepsOf(picture) {
    const { steps } = picture.options;
    if (steps) {
        return steps(picture.range, Math.max(LEAST_WIDTH, picture.drawn));
    }
    const { columns, rows } = picture.table();
    return rows.map((row) => ({
        text: row.map((cell, i) => [columns[i].name, formatCell(cell, columns[i], picture.page)]
            .filter((word) => word).join(': ')).join('\n'),
    }));
}

// Where a scale of a plot puts VALUE: the middle of its band, where it has bands.
function placeOn(scale, value) {
    if (!scale || value === undefined || value === null) {
        return null;
    }
    return scale.apply(value) + (scale.bandwidth ?? 0) / 2;
}

// How far the facet of VALUE is shifted: a facet's own scales begin at the plot's margin.
function shiftOf(drawing, facet, axis, value) {
    const of = value === undefined ? null : drawing.scale(facet);
    if (!of) {
        return null;
    }
    const inner = drawing.scale(axis)?.range ?? [0];
    return { by: of.apply(value) - Math.min(...inner), from: of.apply(value), size: of.bandwidth };
}

// A step's place on the drawing: x, y (null: all heights) and the facet that it is in, or null.
function placeOf(step, drawing) {
    if (step.pixel) {
        return { x: step.pixel[0], y: step.pixel[1], panel: null };
    }
    if (step.x === undefined || !drawing.scale) {
        return null;
    }
    const across = shiftOf(drawing, 'fx', 'x', step.fx);
    const down = shiftOf(drawing, 'fy', 'y', step.fy);
    const y = step.y === undefined ? null : placeOn(drawing.scale('y'), step.y);
    return {
        x: placeOn(drawing.scale('x'), step.x) + (across?.by ?? 0),
        y: y === null ? null : y + (down?.by ?? 0),
        panel: down,
    };
}

// How far POINT is from a place: along x, or in the plane where it has a height of its own.
function distance(place, point) {
    const along = Math.abs(place.x - point.x);
    if (place.y !== null) {
        return Math.hypot(along, place.y - point.y);
    }
    const { panel } = place;
    const outside = panel ? Math.abs(panel.from + panel.size / 2 - point.y) - panel.size / 2 : 0;
    return along + 10 * Math.max(0, outside);
}

// The step nearest to a point of the drawing, or -1.
function nearest(steps, drawing, point) {
    let best = -1;
    let least = Infinity;
    steps.forEach((step, i) => {
        const place = placeOf(step, drawing);
        const away = place ? distance(place, point) : Infinity;
        if (away < least) {
            [best, least] = [i, away];
        }
    });
    return best;
}

function mark(drawing, place) {
    drawing.querySelectorAll('.pointer').forEach((node) => node.remove());
    if (!place) {
        return;
    }
    const top = place.panel?.from ?? 0;
    const foot = place.panel ? top + place.panel.size : Number(drawing.getAttribute('height'));
    drawing.append(place.y === null
        ? svgElement('line', { class: 'pointer', x1: place.x, x2: place.x, y1: top, y2: foot })
        : svgElement('circle', { class: 'pointer', cx: place.x, cy: place.y, r: 6 }));
}

// Shows step I: a mark on the drawing, its text beside it, and aloud.
function showStep(picture, i, aloud) {
    const { steps, canvas, tip, live } = picture;
    const drawing = canvas.querySelector('svg');
    picture.at = i;
    const step = steps[i];
    const place = step ? placeOf(step, drawing) : null;
    mark(drawing, place);
    tip.hidden = !step;
    if (!step) {
        return;
    }
    tip.textContent = step.text;
    live.textContent = aloud ? step.text.replaceAll('\n', ', ') : '';
    const scale = drawing.getBoundingClientRect().width / Number(drawing.getAttribute('width'));
    const room = canvas.clientWidth;
    const x = place ? place.x * scale : 0;
    const left = x + 12 + tip.offsetWidth > room ? x - 12 - tip.offsetWidth : x + 12;
    tip.style.left = `${Math.max(0, Math.min(left, room - tip.offsetWidth))}px`;
    tip.style.top = place && place.y !== null ? `${Math.max(0, place.y * scale - tip.offsetHeight - 10)}px` : `${(place?.panel?.from ?? 0) * scale + 4}px`;
}

const moves = {
    ArrowRight: (at) => at + 1,
    ArrowDown: (at, last, row) => at + row,
    ArrowLeft: (at) => at - 1,
    ArrowUp: (at, last, row) => at - row,
    PageDown: (at) => at + 12,
    PageUp: (at) => at - 12,
    Home: () => 0,
    End: (at, last) => last,
};

function listen(picture) {
    const { canvas } = picture;
    const pointAt = (event) => {
        const drawing = canvas.querySelector('svg');
        const box = drawing.getBoundingClientRect();
        const scale = Number(drawing.getAttribute('width')) / box.width;
        const point = { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale };
        showStep(picture, nearest(picture.steps, drawing, point), false);
    };
    const leave = () => showStep(picture, -1, false);
    canvas.addEventListener('pointermove', pointAt);
    canvas.addEventListener('pointerdown', pointAt);
    canvas.addEventListener('pointerleave', leave);
    canvas.addEventListener('blur', leave);
    canvas.addEventListener('keydown', (event) => {
        const last = picture.steps.length - 1;
        if (event.key === 'Escape') {
            leave();
        } else if (moves[event.key] && last >= 0) {
            event.preventDefault();
            const next = moves[event.key](picture.at, last, picture.options.row?.(picture.range) ?? 1);
            showStep(picture, Math.max(0, Math.min(last, next)), true);
        }
    });
}

// Draws anew, WIDTH pixels wide.
function redraw(picture, width) {
    const { options, canvas, tip } = picture;
    const drawing = options.draw(Math.max(LEAST_WIDTH, Math.floor(width)), picture.range);
    // The drawing is one image to a screen reader: Plot's names of its parts would only be in the way.
    drawing.querySelectorAll('[aria-label], [aria-description]').forEach((node) => {
        node.removeAttribute('aria-label');
        node.removeAttribute('aria-description');
    });
    drawing.setAttribute('role', 'img');
    drawing.setAttribute('aria-label', [options.title, options.summary].filter(Boolean).join('. '));
    canvas.querySelector('svg')?.remove();
    canvas.prepend(drawing);
    picture.drawn = Math.floor(width);
    picture.steps = stepsOf(picture);
    picture.at = -1;
    tip.hidden = true;
}

// Draws at the width that there is, whenever that changes, and for paper at the width of paper.
function keepDrawn(picture) {
    const { canvas, page } = picture;
    const fit = () => {
        if (canvas.clientWidth > 0 && Math.floor(canvas.clientWidth) !== picture.drawn) {
            redraw(picture, canvas.clientWidth);
        }
    };
    // A frame later, so that the observer is never told of what it caused itself.
    new ResizeObserver(() => requestAnimationFrame(fit)).observe(canvas);
    page.onPrint(canvas, () => redraw(picture, PRINT_WIDTH), () => redraw(picture, canvas.clientWidth));
    redraw(picture, page.width());
}

/* ---- What stands under the drawing ---- */

function tableCell(picture, value, column, isHead) {
    const text = formatCell(value, column, picture.page);
    const numeric = typeof value === 'number' ? 'number' : null;
    return isHead
        ? element('th', { scope: 'row' }, text)
        : element('td', { class: numeric }, text);
}

export function tableElement(picture) {
    const { columns, rows } = picture.table();
    const perRow = typeof picture.options.addresses === 'function' ? picture.addresses() : [];
    const heads = columns.map((column) => element('th', { scope: 'col' }, column.name,
        column.unit ? element('span', { class: 'unit' }, ` (${column.unit})`) : null));
    if (perRow.length > 0) {
        heads.push(element('th', { scope: 'col' }, picture.t('picture.address')));
    }
    const body = rows.map((row, i) => element('tr', null,
        row.map((value, j) => tableCell(picture, value, columns[j], j === 0)),
        perRow.length > 0 ? element('td', null, rowAddress(picture, perRow.find((entry) => entry.row === i))) : null));
    return element('table', { class: 'numbers' },
        element('caption', null, [picture.options.title, picture.options.tableUnit ?? picture.options.unit].filter(Boolean).join(', ')),
        element('thead', null, element('tr', null, heads)),
        element('tbody', null, body));
}

function rowAddress(picture, entry) {
    if (!entry) {
        return null;
    }
    const label = picture.t('picture.copy_of', { name: entry.text });
    return element('button', {
        type: 'button', class: 'small', 'aria-label': label, title: entry.address,
        onclick: (event) => copy(picture, event.currentTarget, entry.address),
    }, picture.t('picture.copy'));
}

// Copies TEXT, and says so on BUTTON; where that is not allowed, shows it selected.
async function copy(picture, button, text) {
    try {
        await navigator.clipboard.writeText(text);
        picture.live.textContent = picture.t('picture.copied', { address: text });
        const before = button.textContent;
        button.textContent = picture.t('picture.copied_short');
        setTimeout(() => { button.textContent = before; }, 1500);
    } catch {
        openPanel(picture, text);
    }
}

// The panel with the addresses, with ADDRESS in its field.
function openPanel(picture, address) {
    const panel = picture.panel;
    panel.hidden = false;
    const field = panel.querySelector('input');
    if (address) {
        field.value = commandOf(picture.page.report, address);
    }
    field.focus();
    field.select();
}

function addressPanel(picture) {
    const { t, page } = picture;
    const all = picture.addresses();
    const field = element('input', {
        type: 'text', readonly: true, class: 'address', 'aria-label': t('picture.command'),
        value: commandOf(page.report, all[0].address), onfocus: (event) => event.target.select(),
    });
    const choice = all.length < 2 ? null : element('select', {
        'aria-label': t('picture.which_number'),
        onchange: (event) => { field.value = commandOf(page.report, all[event.target.value].address); },
    }, all.map((entry, i) => element('option', { value: i }, entry.text)));
    return element('div', { class: 'panel', hidden: true },
        element('p', null, t('picture.address_why')),
        choice, field,
        element('button', {
            type: 'button', class: 'small',
            onclick: (event) => copy(picture, event.currentTarget, field.value),
        }, t('picture.copy')));
}

function save(name, type, text) {
    const link = element('a', { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function saveCsv(picture) {
    const rich = picture.options.csv?.(picture.range) ?? picture.table();
    save(`${picture.id}.csv`, 'text/csv;charset=utf-8', csv({ source: picture.source(), ...rich }, picture.page.code));
}

function saveSvg(picture) {
    const { title, unit, summary, definition } = picture.options;
    const text = standalone(picture.canvas.querySelector('svg'), {
        title: [title, unit].filter(Boolean).join(', '),
        description: [summary, definition].filter(Boolean).join(' '),
        source: picture.source(),
    });
    save(`${picture.id}.svg`, 'image/svg+xml;charset=utf-8', text);
}

function button(label, name, onclick) {
    return element('button', { type: 'button', onclick, 'aria-label': `${label}: ${name}` }, label);
}

function tools(picture) {
    const { t, options } = picture;
    return element('div', { class: 'tools' },
        button('CSV', options.title, () => saveCsv(picture)),
        options.draw ? button('SVG', options.title, () => saveSvg(picture)) : null,
        picture.addresses().length > 0
            ? button(t('picture.address'), options.title, () => {
                if (picture.panel.hidden) {
                    openPanel(picture);
                } else {
                    picture.panel.hidden = true;
                }
            })
            : null);
}

// A part that opens at a click, and stays open when the page is made anew. MAKE is called then.
function part(picture, name, title, make) {
    const key = `open ${picture.id} ${name}`;
    const body = element('div', { class: 'part' });
    const root = element('details', { class: name, open: picture.page.recall(key, false) },
        element('summary', null, title), body);
    const fillBody = () => {
        picture.page.remember(key, root.open);
        if (root.open) {
            body.replaceChildren(make());
        }
    };
    root.addEventListener('toggle', fillBody);
    fillBody();
    root.refresh = fillBody;
    return root;
}

function scrolling(table, label) {
    return element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label }, table);
}

// A table that is read in the place of a drawing; on a narrow screen it is laid out as a list, so that
// its roles stand in words.
export function tableBody(page, columns, rows, label) {
    const cell = (value, column) => element('td', {
        role: 'cell', class: typeof value === 'number' ? 'number' : null, 'data-column': column.name,
    }, formatCell(value, column, page));
    return scrolling(element('table', { class: 'numbers listed', role: 'table', 'aria-label': label },
        element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, columns.map((column) => (
            element('th', { scope: 'col', role: 'columnheader' }, column.name))))),
        element('tbody', { role: 'rowgroup' }, rows.map(([head, ...rest]) => element('tr', { role: 'row' },
            element('th', { scope: 'row', role: 'rowheader' }, head), rest.map((value, n) => cell(value, columns[n + 1])))))), label);
}

// What is noted under the drawing; of a function, for the range that is shown: {root, refresh}.
function noteOf(picture) {
    const { note } = picture.options;
    const text = () => (typeof note === 'function' ? note(picture.range) : note);
    if (!note) {
        return { root: null, refresh: () => {} };
    }
    const root = element('p', { class: 'note' }, text());
    return { root, refresh: () => root.replaceChildren(text() ?? '') };
}

// The handles of the range; PARTS are made anew when it changes.
function rangeOf(picture, parts) {
    const { page, t, options } = picture;
    if (!picture.range || options.range.from === options.range.until) {
        return null;
    }
    return rangeControl({
        first: options.range.from, last: options.range.until, ...picture.range,
        labels: { from: t('picture.from'), until: t('picture.until') },
    }, (range) => {
        picture.range = range;
        page.remember(`range ${picture.id}`, range);
        redraw(picture, picture.canvas.clientWidth);
        parts.forEach((one) => one.refresh());
    });
}

// Where the drawing stands; it takes the arrow keys, so that the values can be read without a mouse.
function canvasOf(picture) {
    return element('div', {
        class: 'drawing', tabindex: 0, role: 'application',
        'aria-label': picture.t('picture.keys', { title: picture.options.title }),
    }, picture.tip);
}

// The frame of a picture: see the folder's README for its options.
export function picture(options, page) {
    const self = new Picture(options, page);
    const { t } = self;
    self.tip = element('div', { class: 'tip', hidden: true, 'aria-hidden': 'true' });
    self.live = element('p', { class: 'unseen', 'aria-live': 'polite' });
    self.canvas = options.draw ? canvasOf(self) : null;
    self.panel = self.addresses().length > 0 ? addressPanel(self) : null;
    const numbers = part(self, 'table', t('picture.table'),
        () => scrolling(tableElement(self), options.title));
    const note = noteOf(self);
    const figure = element('figure', { id: options.id, class: 'picture' },
        element('figcaption', null,
            element('h3', null, options.title),
            options.unit ? element('p', { class: 'unit' }, options.unit) : null),
        options.controls ?? null,
        self.canvas ?? options.body, self.live,
        note.root,
        rangeOf(self, [numbers, note]),
        element('div', { class: 'foot' }, numbers,
            options.definition
                ? part(self, 'definition', t('picture.definition'), () => element('p', null, options.definition))
                : null,
            tools(self)),
        self.panel,
        element('p', { class: 'source' }, options.source ?? page.shortSource()));
    if (self.canvas) {
        keepDrawn(self);
        listen(self);
    }
    return figure;
}
