import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outlineOf } from '../outline.mjs';
import { chapter, sumNote } from '../src/chapters/b_places.js';
import { chapter as houses, largeHouses, monthsLate, seenOf, shrinks } from '../src/chapters/c_houses.js';
import { spread } from '../src/charts.js';
import { classOf, placedRows, runsOf } from '../src/heat.js';
import { speak } from '../src/language.js';
import { coversSome, namesBeside, placedCircles } from '../src/map.js';
import { openDocument } from '../src/numbers.js';
import { openParts } from '../src/parts.js';
import { addsUp, allFacilities, facilitiesIn, useOf } from '../src/places.js';
import { makeDocument } from './document.js';

const day = (text) => Date.parse(text) / 86400000;

// One quantity by year of one scenario, one decimal.
const told = (name, labels, mean) => ({
    name, labels, by: 'year', unit: 'persons', better: 0, decimals: 1, of: [mean && { mean: [mean] }], than: [null],
});

// Two prisons, a house of 57 places and a centre that does not count; the nation is NATION.
function small(nation = 2000) {
    return openDocument({
        scenarios: [{ short: 'aaaaaaaaaaaa', name: 'Base' }],
        days: { year: [[day('2029-01-01'), day('2030-01-01')]], month: [] },
        regions: ['north', 'south'],
        facilities: [
            { name: 'Zuid', region: 'south', kind: 'prison', use: 'mixed', counted: true },
            { name: 'Huis', region: 'north', kind: 'detention_house', use: '', counted: true },
            { name: 'Noord', region: 'north', kind: 'prison', use: 'arrest', counted: true },
            { name: 'Centre', region: 'north', kind: 'forensic_centre', use: '', counted: false },
        ],
        quantities: [
            told('people', { facility: 'Zuid' }, 700), told('people', { facility: 'Huis' }, 550), told('people', { facility: 'Noord' }, 750),
            told('people', { facility: 'Centre' }, 400), told('people', {}, nation), told('capacity', { facility: 'Huis' }, 570),
            told('capacity', { facility: 'Zuid' }, 600), told('capacity', { facility: 'Noord' }, 300),
        ],
    });
}

test('facilities are told by region, use and name', () => {
    assert.deepEqual(allFacilities(small()).map(({ name }) => name), ['Noord', 'Huis', 'Centre', 'Zuid']);
    assert.equal(useOf({ kind: 'prison', use: '' }), 'prison');
    assert.equal(useOf({ kind: 'detention_house', use: 'mixed' }), 'detention_house');
});

test('a facility that a scenario has no numbers of is not in it', () => {
    const report = small();
    report.get('people', { facility: 'Huis' }, 'year').of[0] = null;
    assert.deepEqual(facilitiesIn(report, 0).map(({ name }) => name), ['Noord', 'Centre', 'Zuid']);
});

// 70 + 55 + 75 is 200; the centre's 40 do not count.
test('the facilities that count add up to the nation', () => {
    assert.deepEqual(addsUp(small(), 'people', 0, 0), { sum: 200, nation: 200, count: 3, off: 0 });
    assert.equal(addsUp(small(), 'floor_sleepers', 0, 0), null);
});

// Four numbers of one decimal may each be 0.05 off: 200.2 is within 4 times that, 200.3 is not.
test('rounding is no difference, more than rounding is one', () => {
    assert.equal(addsUp(small(2002), 'people', 0, 0).off, 0);
    assert.ok(Math.abs(addsUp(small(2003), 'people', 0, 0).off + 0.3) < 1e-9);
});

test('the note says that they add up, or by how much they do not', () => {
    const page = speak('en');
    assert.match(sumNote(small(), page, 0, 0), /^Together the 3 facilities give .* checked for the people\./);
    assert.match(sumNote(small(2500), page, 0, 0), /For the people, the facilities together give 200 and the whole country 250: 50 of these are not told by facility/);
    assert.match(sumNote(small(1500), page, 0, 0), /50 of these do not count/);
});

test('the facilities of the made-up document add up to its nation', () => {
    const report = openDocument(makeDocument());
    for (const name of ['people', 'capacity']) {
        assert.equal(addsUp(report, name, 0, 5).off, 0, name);
    }
});

test('a full house is of one colour, just under or over', () => {
    assert.deepEqual([79.4, 79.6, 99.9, 100.4, 100.6, 140.4, 141, null].map(classOf), [0, 1, 1, 1, 2, 3, 4, -1]);
});

test('neighbouring months of one class are one bar, and a month without a value is none', () => {
    const windows = [[0, 31], [31, 59], [59, 90], [90, 120], [120, 151]];
    assert.deepEqual(runsOf([90, 95, 130, null, 130], windows), [
        { from: 0, until: 59, level: 1 }, { from: 59, until: 90, level: 3 }, { from: 120, until: 151, level: 3 },
    ]);
});

test('each region has one heading, and uses are set apart', () => {
    const rows = [['a', 'north', 'arrest'], ['b', 'north', 'arrest'], ['c', 'north', 'open'], ['d', 'south', 'open']]
        .map(([name, region, use]) => ({ name, region, use }));
    const { placed } = placedRows(rows, 0);
    assert.deepEqual(placed.filter(({ heading }) => heading).map(({ heading }) => heading), ['north', 'south']);
    assert.deepEqual(placed.filter(({ row }) => row).map(({ isFirst }) => isFirst), [true, false, true, true]);
    const at = Object.fromEntries(placed.filter(({ row }) => row).map(({ row, y }) => [row.name, y]));
    assert.ok(at.c - at.b > at.b - at.a);
});

// Belgium's ends: De Panne 2.55 E, Manderfeld 6.41 E, Torgny 49.50 N, Meerle 51.51 N; the map is of 1 : 10 000 000.
test('the outline is Belgium\'s', () => {
    const points = outlineOf('056').coordinates.flat(2);
    const [x, y] = [points.map((point) => point[0]), points.map((point) => point[1])];
    for (const [found, known] of [[Math.min(...x), 2.55], [Math.max(...x), 6.41], [Math.min(...y), 49.5], [Math.max(...y), 51.51]]) {
        assert.ok(Math.abs(found - known) < 0.05, `${found} for ${known}`);
    }
    assert.throws(() => outlineOf('000'), /no country 000/);
});

test('the outline is left out where no place lies in it', () => {
    const outline = { type: 'MultiPolygon', coordinates: [[[[2, 49], [6, 49], [6, 51], [2, 51], [2, 49]]]] };
    assert.equal(coversSome(outline, [{ longitude: 4, latitude: 50 }]), true);
    assert.equal(coversSome(outline, [{ longitude: -4, latitude: 50 }]), false);
    assert.equal(coversSome(null, [{ longitude: 4, latitude: 50 }]), false);
});

test('four times the people are a circle of twice the radius', () => {
    const places = [
        { name: 'small', longitude: 3, latitude: 50, places: 100, people: 100 }, { name: 'large', longitude: 5, latitude: 51, places: 400, people: 100 },
    ];
    const { circles } = placedCircles(null, places, 800);
    assert.deepEqual(circles.map(({ place }) => place.name), ['large', 'small']);
    assert.ok(Math.abs(circles[0].disc - 2 * circles[1].disc) < 1e-9);
    assert.equal(circles[0].ring, circles[1].ring);
    assert.ok(circles[0].x > circles[1].x && circles[0].y < circles[1].y, 'east is right, north is up');
});

test('a single place is drawn in the middle', () => {
    const { circles, height } = placedCircles(null, [{ name: 'one', longitude: 4, latitude: 50, places: 10, people: 12 }], 600);
    assert.ok(Math.abs(circles[0].x - 300) < 1);
    assert.ok(circles[0].y > 0 && circles[0].y < height);
});

test('names hide no circle and no other name', () => {
    const circle = (name, x, y) => ({ place: { name }, x, y, disc: 10, ring: 10 });
    const names = namesBeside([circle('first', 100, 100), circle('second', 130, 100), circle('edge', 395, 100)], 400, 200);
    assert.deepEqual(names.map(({ name }) => name), ['first', 'second', 'edge']);
    assert.ok(names[0].right < 100, 'the second is to the right of the first');
    assert.ok(names[2].right < 395, 'there is no room to the right of the edge');
});

// 120 days over 2 houses are 60 days, 60 / 30.4375 = 1.97 months.
test('the delay of a year is that of the houses opened in it', () => {
    const late = monthsLate([120, 50, null, -91.3125], [2, 0.1, 2, 1]);
    assert.ok(Math.abs(late[0] - 1.9713) < 1e-4);
    assert.deepEqual(late.slice(1), [null, null, -3]);
});

test('a large house is one with more than thirty places, whatever prisons have', () => {
    const found = largeHouses(small());
    assert.deepEqual(found.map(({ facility, found: [one] }) => [facility.name, one.places]), [['Huis', 57]]);
});

// A stay of 90 days and a gap of 10: lived in 90 % of the time. A region's is not drawn, nor a scenario's
// that the report does not hold.
test('what a scenario has seen lies on the law', () => {
    const seen = [{ scenario: 0, region: null, stay: 90, gap: 10 }, { scenario: 0, region: 'north', stay: 80, gap: 20 }, { scenario: 1, region: null, stay: 70, gap: 5 }];
    const report = { scenarios: [{}], law: { seen } };
    assert.deepEqual(seenOf(report, { scenario: () => 'Base' }).map(({ x, y }) => [x, y]), [[10, 90]]);
});

test('names at the ends of three close lines keep their distance', () => {
    const at = spread([{ y: 32 }, { y: 36 }, { y: 36.1 }], 4).map(({ y }) => y);
    assert.ok(at[1] - at[0] > 3.9 && at[2] - at[1] > 3.9, at.join(' '));
});

test('a report without facilities or houses has neither chapter', () => {
    const report = openDocument({ scenarios: [{ name: 'Base' }], days: { year: [[0, 365]], month: [] }, quantities: [] });
    const page = { ...speak('nl'), report, label: (name) => name, scenario: () => 'Base' };
    assert.equal(chapter(report, page), null);
    assert.equal(houses(report, page), null);
});

test('places in hand-off beyond those that stand empty are found, and nothing else', () => {
    const parts = (empty, gap) => {
        const document = openDocument({
            scenarios: [{ short: 'aaaaaaaaaaaa', name: 'Base' }], days: { year: [[day('2029-01-01'), day('2030-01-01')]] },
            quantities: [told('house_empty', {}, empty), told('vacating', {}, gap)],
        });
        return openParts(document, [{ name: 'house_empty' }, { name: 'vacating' }], 'year');
    };
    assert.equal(shrinks(parts(26, 139)), true);
    assert.equal(shrinks(parts(139, 139)), false);
    assert.equal(shrinks(parts(171, 155)), false);
});
