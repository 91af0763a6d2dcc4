// What a fan chart says of its axis.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginsAboveZero } from '../src/charts.js';

const windows = [[20454, 20485], [20485, 20513]]; // January and February 2026
const range = { from: 2026, until: 2026 };
const panels = (...values) => [{ name: 'A', windows, lines: [{ values }], dots: [] }];

test('an axis that begins where the values do is not said to begin at zero', () => {
    assert.equal(beginsAboveZero(panels(11000, 14000), range, { loose: true }), true);
});

test('an axis that is rounded down to zero begins there, and so does one that is not loose', () => {
    // From 9,000 to 20,000 a step is 10,000: the axis of people and places, with all its bands, begins at zero.
    assert.equal(beginsAboveZero(panels(9000, 20000), range, { loose: true }), false);
    assert.equal(beginsAboveZero(panels(11000, 14000), range, {}), false);
    assert.equal(beginsAboveZero(panels(1, 14000), range, { loose: true }), false);
});
