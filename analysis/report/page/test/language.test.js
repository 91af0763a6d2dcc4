import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimalsFor, languages, shortened, speak, worth } from '../src/language.js';
import { modules } from '../src/texts/index.js';

const nl = speak('nl');
const fr = speak('fr');
const en = speak('en');

test('each language has the same keys in each file of words', () => {
    for (const [name, { texts }] of Object.entries(modules)) {
        const keys = languages.map((code) => Object.keys(texts[code]).sort());
        assert.deepEqual(keys[1], keys[0], `${name}: fr and nl`);
        assert.deepEqual(keys[2], keys[0], `${name}: en and nl`);
    }
});

test('French counts the first day of a month, and no other, by its place', () => {
    const day = (text) => Date.parse(text) / 86400000;
    assert.equal(fr.date(day('2026-01-01')), '1er janvier 2026');
    assert.equal(fr.date(day('2026-01-11')), '11 janvier 2026');
    assert.equal(nl.date(day('2026-01-01')), '1 januari 2026');
});

test('English writes no space before a sign of per cent', () => {
    for (const [name, { texts }] of Object.entries(modules)) {
        Object.entries(texts.en).forEach(([key, text]) => assert.doesNotMatch(text, /\d[ \u00a0]%/, `${key} in ${name}`));
    }
});

test('no key stands in two files', () => {
    const seen = new Map();
    for (const [name, { texts }] of Object.entries(modules)) {
        for (const key of Object.keys(texts.nl)) {
            assert.ok(!seen.has(key), `${key} in ${name} and ${seen.get(key)}`);
            seen.set(key, name);
        }
    }
});

// The same noun in its forms: which of them a sentence takes is a matter of grammar.
const forms = { one: 'noun', many: 'noun' };

// What a text writes out, '{name}', and what it only chooses a word by, '{name|one|many}'.
const written = (text) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((found) => forms[found[1]] ?? found[1]))].sort();
const chosenBy = (text) => [...new Set([...text.matchAll(/\{(\w+)\|/g)].map((found) => found[1]))];

test('each language fills in the same values', () => {
    for (const { texts } of Object.values(modules)) {
        for (const key of Object.keys(texts.nl)) {
            for (const code of ['fr', 'en']) {
                assert.deepEqual(written(texts[code][key]), written(texts.nl[key]), `${code} ${key}`);
            }
        }
    }
});

// A language chooses its words by a number only where its grammar does; the number is one that
// another language writes or chooses by, too, so that a misspelt name is found.
test('what a language chooses its words by is known to another', () => {
    for (const { texts } of Object.values(modules)) {
        for (const key of Object.keys(texts.nl)) {
            for (const code of languages) {
                const others = languages.filter((other) => other !== code).map((other) => texts[other][key]);
                const known = others.flatMap((text) => [...written(text), ...chosenBy(text)]);
                assert.deepEqual(chosenBy(texts[code][key]).filter((name) => !known.includes(name)), [], `${code} ${key}`);
            }
        }
    }
});

test('no text is empty', () => {
    for (const { texts } of Object.values(modules)) {
        for (const code of languages) {
            for (const [key, text] of Object.entries(texts[code])) {
                assert.notEqual(text.trim(), '', `${code} ${key}`);
            }
        }
    }
});

test('numbers are written as each language writes them', () => {
    assert.equal(nl.number(13015.5, 1), '13.015,5');
    assert.equal(fr.number(13015.5, 1), '13\u202f015,5');
    assert.equal(en.number(13015.5, 1), '13,015.5');
});

test('what is not there is a dash', () => {
    assert.equal(nl.number(null), '–');
    assert.equal(nl.number(NaN), '–');
});

test('less than no decimals rounds to tens and hundreds', () => {
    assert.equal(en.number(1234, -1), '1,230');
    assert.equal(en.number(-1250, -2), '\u22121,200');
});

test('a difference has its sign, and zero has none', () => {
    assert.equal(nl.signed(-190), '\u2212190');
    assert.equal(nl.signed(12), '+12');
    assert.equal(nl.signed(0), '0');
    assert.equal(nl.signed(-0.3), '0');
});

test('per cent and intervals are said as each language says them', () => {
    assert.equal(nl.percent(12.5, 1), '12,5\u00a0%');
    assert.equal(en.percent(12), '12%');
    assert.equal(nl.between(210, 860), '210 tot 860');
    assert.equal(fr.between(210, 860), '210 à 860');
    assert.equal(en.between(-230, -150, 0, en.signed), '\u2212230 to \u2212150');
});

test('dates are those of the day, wherever the reader is', () => {
    const day = Date.UTC(2030, 0, 1) / 86400000;
    assert.equal(nl.date(day), '1 januari 2030');
    assert.equal(fr.month(day), 'janvier 2030');
    assert.equal(en.date(day), '1 January 2030');
});

test('a number chooses its word: French has one for zero, Dutch many', () => {
    const values = (n) => ({ futures: n, from: 'a', until: 'b', id: 'x' });
    assert.match(nl.t('o.run', values(0)), /^0 toekomsten/);
    assert.match(nl.t('o.run', values(1)), /^1 toekomst,/);
    assert.match(fr.t('o.run', values(0)), /^0 futur,/);
    assert.match(en.t('o.run', values(2)), /^2 futures/);
});

test('a filled-in text is not filled again', () => {
    assert.equal(en.t('a.title', { what: '{place}', place: 'x' }), '{place}, x');
});

test('two digits of a half width decide what a number is worth', () => {
    assert.equal(worth(100, 180), 0);
    assert.equal(worth(1000, 1800), -1);
    assert.equal(worth(1, 1.8), 2);
    assert.equal(worth(5, 5, 1), 1);
    assert.equal(decimalsFor(0), 0);
});

test('a long name is cut in its middle, and so is a long word; others are left alone', () => {
    const title = 'Belgium from February 2025, as decided by the end of that year, with all seven recommendations';
    assert.equal(shortened(title), title);
    assert.equal(shortened('=HYPERLINK("http://example.org/a/b")'), '=HYPERLINK("http://example.org/a/b")');
    assert.equal(shortened(`first ${'x'.repeat(5000)}end`), `first ${'x'.repeat(29)}…xxxxxxxend`);
    assert.equal(shortened(`${'one two '.repeat(600)}end`).length, 120);
    assert.match(shortened(`${'one two '.repeat(600)}end`), /^one two .*….*two end$/);
    assert.equal(shortened('😀'.repeat(50)), `${'😀'.repeat(29)}…${'😀'.repeat(10)}`);
});

test('an unknown language is English', () => {
    assert.equal(speak('de').code, 'en');
});
