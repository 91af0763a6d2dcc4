import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, commandOf, quoteName, timeOf } from '../src/address.js';

const report = {
    scenarios: [
        { short: '91bc02ab77de', file: 'belgium.h5' }, { short: '3f2a9c81d0b4', file: 'with houses.h5' },
    ],
};

// The forms are those at the head of the program's analysis/address.h.
test('an address names its result, statistic, labels and time', () => {
    assert.equal(addressOf(report, { of: 1, name: 'population', labels: { facility: 'Antwerpen' }, time: 2030 }),
        '3f2a9c81d0b4:mean(population, Antwerpen, 2030)');
});

// The program takes the second result from the first: A-B is A less B.
test('a difference names both results, the base last, for it is taken away', () => {
    assert.equal(addressOf(report, { of: 1, than: true, name: 'cost', time: 2030 }),
        '3f2a9c81d0b4-91bc02ab77de:mean(cost, 2030)');
});

test('without a time it is all of the result', () => {
    assert.equal(addressOf(report, { name: 'density' }), '91bc02ab77de:mean(density)');
});

test('a comparison stands behind the name, before the labels', () => {
    assert.equal(addressOf(report, {
        statistic: 'chance', name: 'floor_sleepers', relation: '< 100', labels: ['north'], time: 2032,
    }), '91bc02ab77de:chance(floor_sleepers < 100, north, 2032)');
});

test('a name that would be read otherwise is quoted', () => {
    assert.equal(quoteName('Marche "en", Famenne'), '"Marche ""en"", Famenne"');
    assert.equal(quoteName('2030'), '"2030"');
    assert.equal(quoteName('2030-06'), '"2030-06"');
    assert.equal(quoteName('2027..2031'), '"2027..2031"');
    assert.equal(quoteName('all'), '"all"');
    assert.equal(quoteName('a < b'), '"a < b"');
    assert.equal(quoteName('a=b'), '"a=b"');
    assert.equal(quoteName('Huis (nieuw)'), '"Huis (nieuw)"');
    assert.equal(quoteName(' spaced'), '" spaced"');
    assert.equal(quoteName('Saint-Gilles'), 'Saint-Gilles');
    assert.equal(quoteName('2030 houses'), '2030 houses');
});

test('a window is written as far as its length asks', () => {
    const june = Date.UTC(2030, 5, 1) / 86400000;
    assert.equal(timeOf('month', [june, june + 30]), '2030-06');
    assert.equal(timeOf('year', [june, june + 365]), '2030');
    assert.equal(timeOf('whole', [june, june + 9]), undefined);
});

test('the command can be pasted into a shell', () => {
    assert.equal(commandOf(report, 'mean(density)'), "doorstroom show 'mean(density)' belgium.h5 'with houses.h5'");
    assert.equal(commandOf(report, "mean(population, L'Aile)"),
        "doorstroom show 'mean(population, L'\\''Aile)' belgium.h5 'with houses.h5'");
});
