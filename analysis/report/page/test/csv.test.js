import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csv } from '../src/csv.js';

const table = {
    columns: [{ name: 'Jaar' }, { name: 'Grondslapers', unit: 'mensen' }],
    rows: [['2030', 480.5], ['2031', null]],
    source: 'Bron: doorstroom',
};

test('Dutch and French have semicolons and decimal commas', () => {
    const expected = '\ufeffJaar;Grondslapers (mensen)\r\n2030;480,5\r\n2031;\r\n\r\nBron: doorstroom\r\n';
    assert.equal(csv(table, 'nl'), expected);
    assert.equal(csv(table, 'fr'), expected);
});

test('English has commas and decimal points', () => {
    assert.equal(csv(table, 'en'), '\ufeffJaar,Grondslapers (mensen)\r\n2030,480.5\r\n2031,\r\n\r\nBron: doorstroom\r\n');
});

const cellOf = (value, code = 'nl') => csv({ columns: [{ name: 'a' }], rows: [[value]], source: '' }, code).split('\r\n')[1];

test('a text that a spreadsheet would compute is made harmless', () => {
    assert.equal(cellOf('=1+1'), '\'=1+1');
    assert.equal(cellOf('+32'), '\'+32');
    assert.equal(cellOf('-cmd'), '\'-cmd');
    assert.equal(cellOf('@SUM(A1)'), '\'@SUM(A1)');
    assert.equal(cellOf('\t=1'), '\'\t=1');
});

test('a text that begins with a line end is made harmless and quoted', () => {
    const text = csv({ columns: [{ name: 'a' }], rows: [['\r=1']], source: '' }, 'nl');
    assert.ok(text.includes('"\'\r=1"'));
});

test('a negative number stays a number', () => {
    assert.equal(cellOf(-12.5), '-12,5');
    assert.equal(cellOf(-12.5, 'en'), '-12.5');
});

test('quotes are doubled, and separators quoted', () => {
    assert.equal(cellOf('Marche "en"; Famenne'), '"Marche ""en""; Famenne"');
    assert.equal(cellOf('a,b'), 'a,b');
    assert.equal(cellOf('a,b', 'en'), '"a,b"');
});

test('a small or large number is written without an exponent', () => {
    assert.equal(cellOf(0.1 + 0.2), '0,3');
    assert.equal(cellOf(12345678901), '12345678900');
    assert.equal(cellOf(1e-9), '0,000000001');
});

test('names of columns and the source are made harmless, too', () => {
    const text = csv({ columns: [{ name: '=x' }], rows: [], source: '=y' }, 'en');
    assert.equal(text, '\ufeff\'=x\r\n\r\n\'=y\r\n');
});
