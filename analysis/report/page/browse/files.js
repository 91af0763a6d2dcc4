// What a file of a picture must be, read as a spreadsheet and a drawing program would.

import assert from 'node:assert/strict';

// Rows and cells of a CSV, quotes undone.
export function parseCsv(text, separator) {
    const rows = [[]];
    const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^${separator}"\\r\\n]*))(${separator}|\\r\\n|$)`, 'y');
    for (let at = 0; at < text.length; at = cell.lastIndex) {
        cell.lastIndex = at;
        const found = cell.exec(text);
        assert.ok(found && found[0] !== '', `not a CSV at ${at}: ${text.slice(at, at + 60)}`);
        rows.at(-1).push(found[1] === undefined ? found[2] : found[1].replaceAll('""', '"'));
        if (found[3] === '\r\n') {
            rows.push([]);
        }
    }
    return rows.slice(0, -1);
}

const styles = { en: { separator: ',', number: /^-?\d+(\.\d+)?$/ }, nl: { separator: ';', number: /^-?\d+(,\d+)?$/ } };

// Head, rows of as many cells, an empty line, the source; no cell that a spreadsheet would work out.
export function assertTable(text, code, id = '') {
    const { separator, number } = styles[code] ?? styles.nl;
    assert.equal(text[0], '\ufeff', id);
    const rows = parseCsv(text.slice(1), separator);
    const [source] = rows.pop();
    assert.deepEqual(rows.pop(), [''], id);
    assert.match(source, /[0-9a-f]{12}/, id);
    assert.ok(rows.length > 1, `${id}: no rows`);
    for (const row of rows) {
        assert.equal(row.length, rows[0].length, `${id}: ${row}`);
    }
    for (const value of [source, ...rows.flat()]) {
        assert.ok(number.test(value) || !/^[=+\-@\t\r]/.test(value), `${id}: a spreadsheet would work out ${value}`);
    }
    return rows;
}

// What an SVG may be made of; nothing that runs, loads or links.
const parts = /^(svg|g|path|rect|circle|line|text|tspan|title|desc|style|defs|clipPath|linearGradient|stop|pattern|polygon|polyline|ellipse)$/;

// A drawing that stands alone: parsed as XML, with a title, a description, a ground, and no script.
export async function assertPicture(page, text, id = '') {
    const seen = await page.evaluate((source) => {
        const drawing = new DOMParser().parseFromString(source, 'image/svg+xml');
        const nodes = [...drawing.querySelectorAll('*')];
        return {
            error: drawing.querySelector('parsererror')?.textContent ?? null,
            names: [...new Set(nodes.map((node) => node.localName))],
            active: nodes.flatMap((node) => [...node.attributes]).filter(({ name, value }) => /^on|href$|^src/.test(name) || /javascript:|url\((?!#)/.test(value))
                .map(({ name, value }) => `${name}="${value}"`),
            title: drawing.querySelector('svg > title')?.textContent ?? '', description: drawing.querySelector('svg > desc') !== null,
            ground: drawing.querySelector('svg > rect')?.getAttribute('fill'), last: [...drawing.querySelectorAll('svg > text')].at(-1)?.textContent ?? '',
        };
    }, text);
    assert.equal(seen.error, null, id);
    assert.deepEqual(seen.names.filter((name) => !parts.test(name)), [], id);
    assert.deepEqual(seen.active, [], id);
    assert.ok(seen.title !== '' && seen.description && seen.ground === '#ffffff' && seen.last !== '', id);
    return seen;
}
