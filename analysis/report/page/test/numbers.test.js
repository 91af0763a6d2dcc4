import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import {
    dateOf, decode, focusYear, isWholeYear, openDocument, pick, shareAbove, unpack,
} from '../src/numbers.js';
import { makeDocument } from './document.js';

const day = (text) => Date.parse(text) / 86400000;

// Two years, the second cut after its first half; one decimal.
function small() {
    return {
        format: 1,
        scenarios: [{ short: 'aaaaaaaaaaaa', name: 'Base' }, { short: 'bbbbbbbbbbbb', name: 'Other' }],
        days: { year: [[day('2029-01-01'), day('2030-01-01')], [day('2030-01-01'), day('2030-07-01')]] },
        counted: [
            { series: 'population', region: null, facility: null, day: 30, value: 7 },
            { series: 'population', region: 'north', facility: null, day: 20, value: 6 },
            { series: 'population', region: null, facility: null, day: 10, value: 5 },
        ],
        quantities: [
            {
                name: 'people', labels: { region: 'north' }, by: 'year', unit: 'persons', better: 0, decimals: 1,
                of: [{ mean: [1000, 25], low: [990, 20], high: [1010, 30] }, null],
                than: [null, { mean: [-30, 60], below: [700, -200] }],
            },
        ],
    };
}

test('each number is the one before it and its step, over ten to the decimals', () => {
    assert.deepEqual(decode([1000, 25, -5], 1), [100, 102.5, 102]);
});

test('a missing number is stepped over', () => {
    assert.deepEqual(decode([10, null, 5, null], 0), [10, null, 15, null]);
});

test('a quantity is found by its name, labels and windows', () => {
    const report = openDocument(small());
    const quantity = report.get('people', { region: 'north' }, 'year');
    assert.deepEqual(quantity.of[0].mean, [100, 102.5]);
    assert.deepEqual(quantity.of[0].low, [99, 101]);
    assert.equal(quantity.of[1], null);
    assert.deepEqual(quantity.than[1].mean, [-3, 3]);
    assert.equal(report.get('people', {}, 'year'), null);
    assert.equal(report.get('people', { region: 'north' }, 'month'), null);
});

test('shares of futures have no decimals of their own', () => {
    assert.deepEqual(openDocument(small()).get('people', { region: 'north' }).than[1].below, [70, 50]);
});

test('labels are found in the order of the document', () => {
    const report = openDocument(makeDocument());
    assert.deepEqual(report.labels('people', 'region'), ['north', 'south', 'brussels']);
});

test('what was counted is given by place and day', () => {
    const report = openDocument(small());
    assert.deepEqual(report.counted('population').map(({ value }) => value), [5, 7]);
    assert.deepEqual(report.counted('population', { region: '' }).map(({ value }) => value), [5, 7]);
    assert.deepEqual(report.counted('population', { region: 'north' }).map(({ value }) => value), [6]);
});

test('the year spoken of is the last whole one where 2030 is cut', () => {
    assert.equal(focusYear(openDocument(small())), 2029);
    assert.equal(focusYear(openDocument(makeDocument())), 2030);
});

test('a leap year is whole with 366 days', () => {
    assert.ok(isWholeYear([day('2028-01-01'), day('2029-01-01')]));
    assert.ok(!isWholeYear([day('2028-01-01'), day('2028-12-31')]));
});

// 20148 days of 86400 seconds
test('days count from the first of 1970', () => {
    assert.equal(dateOf(0).toISOString(), '1970-01-01T00:00:00.000Z');
    assert.equal(dateOf(20148).getTime(), 1740787200000);
});

test('futures at a level are not above it, and those without a value do not count', () => {
    assert.equal(shareAbove([1, 2, 3, 4, null], 2), 50);
    assert.equal(shareAbove([null], 2), null);
});

test('a text is given in the language, else in English, else otherwise', () => {
    assert.equal(pick({ nl: 'noord', en: 'north' }, 'nl'), 'noord');
    assert.equal(pick({ nl: 'noord', en: 'north' }, 'fr'), 'north');
    assert.equal(pick(undefined, 'fr', 'north'), 'north');
});

test('a packed document is unpacked whole', async () => {
    const text = JSON.stringify({ name: 'Été "é" </script>' });
    const packed = `\n${deflateSync(text).toString('base64')}\n`;
    assert.deepEqual(await unpack(packed), JSON.parse(text));
});

// The made-up document keeps to the bound that the decoder relies on.
test('every array is as long as its windows', () => {
    const report = openDocument(makeDocument());
    for (const { name, labels, by } of report.quantities) {
        const quantity = report.get(name, labels, by);
        for (const band of quantity.of.concat(quantity.than).filter(Boolean)) {
            assert.equal(band.mean.length, quantity.windows.length, name);
        }
    }
});

test('a part that is missing or null is an empty list or null', () => {
    const { counted, ...rest } = small();
    for (const report of [openDocument(rest), openDocument({ ...rest, counted: null, regions: null, ranks: null })]) {
        assert.deepEqual(report.counted('population'), []);
        assert.equal(report.lastCounted, null);
        assert.deepEqual(report.regions, []);
        assert.equal(report.ranks, null);
    }
});

test('a single future has no bands', () => {
    const document = small();
    document.quantities[0].of = [{ mean: [1000, 25], low: [null, null], high: [null, null], q: Array(7).fill([1000, 25]) }, null];
    assert.equal(openDocument(document).get('people', { region: 'north' }).of[0].quantiles, null);
});

// shown.c is the table of what the program tells; a name may be put together, as `crowding_${part}`.
test('every number that the program tells is drawn', () => {
    const at = (path) => new URL(path, import.meta.url);
    const names = [...readFileSync(at('../../shown.c'), 'utf8').matchAll(/\{"(\w+)", (?:NULL|"\w+"), /g)].map(([, name]) => name);
    const code = ['../src/', '../src/chapters/'].flatMap((folder) => readdirSync(at(folder)).filter((name) => name.endsWith('.js'))
        .map((name) => readFileSync(at(folder + name), 'utf8'))).join('');
    assert.ok(names.length > 50);
    assert.deepEqual(names.filter((name) => !new RegExp(`['"]${name}['"]|\\b${name}:`).test(code)
        && !code.includes(`\`${name.split('_')[0]}_\${`)), []);
});

test('an overlay that took over the title of its base goes by its own name', () => {
    const title = { nl: 'Nu', fr: 'Maintenant', en: 'Now' };
    const { scenarios } = openDocument({
        ...makeDocument(), scenarios: [
            { name: 'base', file: 'a.h5', title, question: title }, { name: 'A new prison', file: 'b.h5', title, question: title }, { name: 'base', file: 'c.h5', title },
        ],
    });
    assert.deepEqual(scenarios.map((one) => one.title?.nl ?? one.name), ['Nu', 'A new prison', 'base (c.h5)']);
    assert.equal(scenarios[1].question, undefined);
});
