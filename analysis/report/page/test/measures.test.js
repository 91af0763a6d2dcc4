// What the chapters on measures, on what comes after release and on money work out by themselves.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { returnRates } from '../src/chapters/g_after.js';
import { endingFunds, extraCosts, partsOfCost } from '../src/chapters/h_money.js';
import { whatItKnew } from '../src/chapters/i_sure.js';
import { shareInForce, sharesOf, timesInForce, waves } from '../src/chapters/d_measures.js';
import { axisOf } from '../src/multiples.js';
import { openDocument } from '../src/numbers.js';
import { drawnWindows } from '../src/parts.js';
import { stretches } from '../src/timeline.js';
import { makeDocument } from './document.js';

const day = (text) => Date.parse(text) / 86400000;
const year = (of) => [day(`${of}-01-01`), day(`${of + 1}-01-01`)];
const deltas = (values) => values.map((value, i) => value - (values[i - 1] ?? 0));
const band = (...values) => ({ mean: deltas(values) });

// Fifteen months from January 2029 on.
const months = Array.from({ length: 15 }, (_, i) => [Date.UTC(2029, i, 1) / 86400000, Date.UTC(2029, i + 1, 1) / 86400000]);
const [start, end] = [months[0][0], months.at(-1)[1]];

function report(parts) {
    const scenario = (short) => ({ short, name: short, start, end });
    return openDocument({ scenarios: [scenario('base'), scenario('other')], days: { month: months, year: [year(2029), year(2030)], whole: [[start, end]] }, ...parts });
}

/* ---- When a measure is in force ---- */

test('windows alike are one stretch, and one without it ends it', () => {
    assert.deepEqual(stretches(months.slice(0, 5), [1, 1, 0.4, 0, 1]), [
        { from: months[0][0], until: months[1][1], share: 1 },
        { from: months[2][0], until: months[2][1], share: 0.4 },
        { from: months[4][0], until: months[4][1], share: 1 },
    ]);
    assert.deepEqual(stretches(months.slice(0, 2), [0, null]), []);
});

test('a measure is in force by its results, else by its dates, else not', () => {
    const on = { name: 'measure_on', labels: { measure: 'Law' }, by: 'month', decimals: 0, of: [band(...months.map((_, i) => (i < 2 ? 1 : 0))), null] };
    const found = timesInForce(report({
        quantities: [on],
        measures: [{ name: 'Law', from: null, until: null, in: [true, false] }, { name: 'Leave', from: months[3][0], until: null, in: [true, true] }],
    }));
    assert.deepEqual(found.map(({ name, scenarios, stretches: when }) => ({ name, scenarios, when })), [
        { name: 'Law', scenarios: [0], when: [{ from: start, until: months[1][1], share: 1 }] },
        { name: 'Leave', scenarios: [0, 1], when: [{ from: months[3][0], until: end, share: 1 }] },
    ]);
});

// A law until 15 March 2029, which the results know as 14 days of 31; so its last day is 14 March, not the 31st.
test('a measure ends on the day that the scenario names, in the midst of a month', () => {
    const last = day('2029-03-15');
    const on = { name: 'measure_on', labels: { measure: 'Law' }, by: 'month', decimals: 4, of: [{ mean: deltas(months.map((_, i) => [10000, 10000, 4516][i] ?? 0)) }] };
    const [found] = timesInForce(report({ quantities: [on], measures: [{ name: 'Law', from: start - 90, until: last, in: [true, true] }] }));
    assert.deepEqual(found.stretches, [{ from: start, until: last, share: 1 }]);
});

test('results in which a measure holds beyond its dates are told as they are', () => {
    const on = { name: 'measure_on', labels: { measure: 'Law' }, by: 'month', decimals: 0, of: [band(1, 1, 1, ...months.slice(3).map(() => 0))] };
    const [found] = timesInForce(report({ quantities: [on], measures: [{ name: 'Law', from: null, until: months[1][0], in: [true, true] }] }));
    assert.deepEqual(found.stretches, [{ from: start, until: months[2][1], share: 1 }]);
});

test('the share of the period in force counts days, and a part of a day as a part', () => {
    // January to April 2029 have 31, 28, 31 and 30 days; the period of fifteen months has 365 + 31 + 28 + 31 = 455.
    const when = stretches(months, months.map((_, i) => [1, 0.5, 0, 1][i] ?? 0));
    assert.equal(shareInForce(report({}), { scenarios: [0], stretches: when }), (31 + 14 + 30) / 455);
});

test('the wave sets the last month in force beside the same month a year later', () => {
    const count = (from) => band(...months.map((_, i) => from + i));
    const found = waves(report({
        quantities: [
            { name: 'people', by: 'month', of: [count(100), null] }, { name: 'waiting_outside', by: 'month', of: [count(10), null] },
        ],
        measures: [{ name: 'Law', from: null, until: months[2][0], in: [true, true] }],
    }));
    assert.deepEqual(found, [{ name: 'Law', s: 0, outside: [11, 23], inside: [101, 113], times: [months[1], months[13]] }]);
});

test('a measure that ends less than a year before the end has no wave', () => {
    const flat = { by: 'month', of: [band(...months.map(() => 5)), null] };
    const found = waves(report({
        quantities: [{ ...flat, name: 'people' }, { ...flat, name: 'waiting_outside' }],
        measures: [{ name: 'Law', from: null, until: months[4][0], in: [true, false] }],
    }));
    assert.deepEqual(found, []);
});

/* ---- What each measure brings ---- */

test('the bars of each way, with what measures do to each other, add up to the total', () => {
    const { attribution } = makeDocument();
    for (const kind of ['shapley', 'alone', 'last']) {
        const steps = sharesOf(attribution, kind);
        const total = steps.at(-1);
        assert.equal(steps.at(-2).until, total.value, kind);
        assert.equal(steps.slice(0, -1).reduce((sum, step) => sum + step.value, 0), -172, kind);
        assert.deepEqual([total.from, total.until], [0, -172]);
    }
    // -62 - 88 - 49 - 9 = -208, and 36 of it is lost to each other.
    const alone = sharesOf(attribution, 'alone');
    assert.deepEqual(alone.map(({ from }) => from), [0, -62, -150, -199, -208, 0]);
    assert.equal(alone[4].value, 36);
});

/* ---- Panels ---- */

test('an axis begins at zero and reaches beyond the highest value', () => {
    assert.deepEqual(axisOf([310, 120, null]), [0, 100, 200, 300, 400]);
    assert.deepEqual(axisOf([0, null]), [0, 1]);
});

test('a year that is cut is not drawn of a flow, unless there is no other', () => {
    const windows = [[day('2029-03-01'), day('2030-01-01')], year(2030)];
    assert.deepEqual(drawnWindows(windows, true), [1]);
    assert.deepEqual(drawnWindows(windows, false), [0, 1]);
    assert.deepEqual(drawnWindows(windows.slice(0, 1), true), [0]);
});

/* ---- Returns ---- */

test('returns are those of a year over the releases of that year, where there are any', () => {
    const quantity = (name, regime, ...of) => ({ name, labels: { regime }, by: 'year', of });
    const rates = returnRates(report({
        quantities: [
            quantity('released_from', 'prison', band(900, 1000), band(800, 800)), quantity('released_from', 'house', band(0, 0), null),
            quantity('came_back_from', 'prison', band(10, 250), band(20, 100)), quantity('came_back_from', 'house', band(5, 5), null),
        ],
    }), (label) => label, 1);
    assert.deepEqual(rates.map(({ part, s, rate }) => [part.label, s, rate]), [['prison', 0, 25], ['prison', 1, 12.5]]);
});

/* ---- Money ---- */

test('the running of all kinds of facility is one part of the cost', () => {
    const cost = (kind, ...values) => ({ name: 'cost', labels: { kind }, by: 'year', unit: 'euro', of: [band(...values), null] });
    const parts = partsOfCost(report({
        quantities: [cost('prison', 5e6, 6e6), cost('detention_house', 1e6, 3e6), { name: 'building_cost', by: 'year', of: [band(0, 2e6), null] }],
    }), { running: 'Running', building: 'Building' });
    assert.deepEqual(parts.map(({ label, quantity }) => [label, quantity.of[0].mean, quantity.of[1]]), [
        ['Running', [6e6, 9e6], null], ['Building', [0, 2e6], null],
    ]);
});

test('the extra cost comes from the results, else from the comparison, in millions', () => {
    const rows = [{ name: 'total_cost', others: [{ difference: 7e6, low: 5e6, high: 9e6 }] }];
    const total = { name: 'total_cost', by: 'whole', of: [null, null], than: [null, { mean: [3e6], low: [1e6], high: [5e6] }] };
    assert.deepEqual(extraCosts(report({ quantities: [total], comparison: { rows } })), [{ s: 1, mean: 3, low: 1, high: 5 }]);
    assert.deepEqual(extraCosts(report({ comparison: { rows } })), [{ s: 1, mean: 7, low: 5, high: 9 }]);
    assert.deepEqual(extraCosts(report({})), []);
});

test('money without an end is not among that which ends, and the first to end comes first', () => {
    const funding = [{ facility: 'A', until: 30 }, { facility: 'B', until: null }, { facility: 'C', until: 20 }];
    assert.deepEqual(endingFunds(report({ funding })).map(({ facility }) => facility), ['C', 'A']);
});

// Scores flatter a model that was told what came later: the note says so.
test('what a forecast of the past was told is named', () => {
    const told = (laws, intake) => whatItKnew({ laws_known: laws, intake_known: intake });
    assert.deepEqual([told(true, true), told(true, false), told(false, true), told(false, false)], ['all', 'laws', 'intake', 'nothing']);
});
