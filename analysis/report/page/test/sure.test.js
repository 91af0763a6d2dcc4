// What chapter I says of the numbers that nobody knows.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { weightsNote } from '../src/chapters/i_sure.js';
import { speak } from '../src/language.js';

const note = (draws, rows, all = rows) => weightsNote({ scenarios: [{ draws, replications: 100 }], ranks: { explained: 0.654 } }, speak('en'),
    all.map((path) => ({ path })), rows.map((path) => ({ path })));
const many = Array.from({ length: 41 }, (_, i) => `number ${i}`);

test('what the numbers explain together is told where the draws allow it', () => {
    // Of pure noise, 41 numbers explain an adjusted 65 % of 50 draws once in twenty times.
    assert.match(note(50, many.slice(0, 12), many), /too few draws \(50, for 41 numbers\)/);
    assert.doesNotMatch(note(50, many.slice(0, 12), many), /65/);
    assert.match(note(82, many.slice(0, 12), many), /they explain 65% of the differences between draws/);
});

test('the course of the intake is not called an unknown number', () => {
    assert.match(note(50, ['drift[courts]', 'a']), /Among them is drift\[courts\]: no unknown number/);
    assert.doesNotMatch(note(50, ['a', 'b']), /no unknown number/);
});
