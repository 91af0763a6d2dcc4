// A document as the program writes it, with every quantity of the contract, for looking at the page
// and for its tests. The numbers are made up, the same each time: nothing in them is a result.
//
//   node test/document.js [alone | single | brief] > FILE.json

import { fileURLToPath } from 'node:url';

const REPLICATIONS = 20;
const PROBABILITIES = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975];
const T19 = 2.093; // the 97.5 % point of Student's t with 19 degrees of freedom

// A stream of numbers between 0 and 1, the same for the same SEED (mulberry32).
function stream(seed) {
    let a = seed;
    return () => {
        a = (a + 0x6d2b79f5) | 0;
        let t = Math.imul(a ^ (a >>> 15), 1 | a);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
}

const normal = (draw) => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
const day = (year, month = 1, date = 1) => Date.UTC(year, month - 1, date) / 86400000;

/* ---- Time ---- */

const months = Array.from({ length: 120 }, (_, i) => {
    const at = (n) => day(2025 + Math.floor((n + 1) / 12), ((n + 1) % 12) + 1);
    return [at(i), at(i + 1)];
});
const start = months[0][0];
const end = months.at(-1)[1];
const years = Array.from({ length: 11 }, (_, i) => [
    Math.max(start, day(2025 + i)), Math.min(end, day(2026 + i))]);
const whole = [[start, end]];
const timeOfMonth = (i) => 2025 + (i + 1.5) / 12;
const yearOfMonth = (i) => Math.floor((i + 1) / 12);

/* ---- Places ---- */

const REGIONS = ['north', 'south', 'brussels'];
const places = [
    ['Antwerpen', 'north', 'prison', 'arrest', 439, 51.22, 4.40],
    ['Beveren', 'north', 'prison', 'mixed', 312, 51.21, 4.26],
    ['Brugge', 'north', 'prison', 'mixed', 612, 51.21, 3.22],
    ['Hasselt', 'north', 'prison', 'mixed', 450, 50.93, 5.34],
    ['Merksplas', 'north', 'prison', 'sentences', 421, 51.36, 4.86],
    ['Huis Kortrijk', 'north', 'detention_house', '', 57, 50.83, 3.26],
    ['Lantin', 'south', 'prison', 'mixed', 744, 50.69, 5.52],
    ['Jamioulx', 'south', 'prison', 'arrest', 289, 50.36, 4.42],
    ['Leuze', 'south', 'prison', 'mixed', 312, 50.60, 3.62],
    ['=Marche "en", Famenne <b>', 'south', 'prison', 'sentences', 312, 50.23, 5.34],
    ['Haren', 'brussels', 'prison', 'mixed', 1190, 50.89, 4.42],
    ['Maison de Forest', 'brussels', 'detention_house', '', 57, 50.81, 4.32],
    ['Maison de transition', 'south', 'transition_house', '', 15, null, null],
];
const facilities = places.map(([name, region, kind, use, capacity, latitude, longitude]) => ({
    name, region, kind, use, counted: true, latitude, longitude, in: [true, true, true, true], capacity,
}));

/* ---- Scenarios ---- */

const scenarios = [
    ['Belgium from February 2025, as decided by the end of that year',
        { nl: 'Zonder nieuwe maatregelen', fr: 'Sans nouvelle mesure', en: 'No new measures' },
        'belgium.h5', 'a1b2c3d4e5f6', { growth: 0, houses: 0, relief: 0 }],
    ['The seven recommendations',
        { nl: 'De zeven aanbevelingen', fr: 'Les sept recommandations', en: 'The seven recommendations' },
        'plan.h5', '0f1e2d3c4b5a', { growth: -0.012, houses: 90, relief: 160 }],
    ['New prisons only',
        { nl: 'Alleen nieuwe gevangenissen', fr: 'Seulement de nouvelles prisons', en: 'New prisons only' },
        'prisons.h5', '99aa88bb77cc', { growth: 0.001, houses: 0, relief: 0, built: 350 }],
    ['The emergency law, used three times as much',
        { nl: 'De noodwet, driemaal zo vaak gebruikt', fr: 'La loi d’urgence, trois fois plus utilisée', en: 'The emergency law, used three times as much' },
        'emergency.h5', '5566778899aa', { growth: -0.0005, houses: 0, relief: 12 }],
].map(([name, title, file, short, effect], i) => ({
    effect,
    id: short + '0123456789abcdef'.repeat(4).slice(0, 52), short, file, name, title,
    description: 'Made up for looking at the page.',
    question: {
        nl: 'Hoeveel mensen slapen de komende tien jaar op de grond in de Belgische gevangenissen, en wat brengen nieuwe maatregelen?',
        fr: 'Combien de personnes dormiront au sol dans les prisons belges au cours des dix prochaines années, et que changeraient de nouvelles mesures ?',
        en: 'How many people will sleep on the floor in Belgian prisons over the next ten years, and what would new measures change?',
    },
    version: '1.0.0', commit: 'abc1234', seed: 1, replications: REPLICATIONS, first: 0, last: 19, draws: 20,
    start, end, capacity: 'design', command: `doorstroom run ${file.replace('.h5', '.yaml')} -r 20`,
    inputs: (short + '9f86d081884c7d65').repeat(3).slice(0, 64), place: i,
}));

/* ---- Encoding ---- */

function delta(values, decimals) {
    let before = 0;
    return values.map((value) => {
        if (value === null || Number.isNaN(value)) {
            return null;
        }
        const integer = Math.round(value * 10 ** decimals);
        const step = integer - before;
        before = integer;
        return step;
    });
}

function quantile(sorted, p) {
    const at = p * (sorted.length - 1);
    const low = Math.floor(at);
    return sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
}

const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;
const half = (list) => {
    const m = mean(list);
    const variance = list.reduce((a, b) => a + (b - m) ** 2, 0) / (list.length - 1);
    return T19 * Math.sqrt(variance / list.length);
};

// SAMPLES [window][replication]; what of a band is wanted stands in OPTIONS.
function band(samples, decimals, { fan = true, futures = false, better = 0, interval = true } = {}) {
    const sorted = samples.map((list) => [...list].sort((a, b) => a - b));
    const made = { mean: delta(samples.map(mean), decimals) };
    if (interval) {
        made.low = delta(samples.map((list) => mean(list) - half(list)), decimals);
        made.high = delta(samples.map((list) => mean(list) + half(list)), decimals);
    }
    if (fan) {
        made.q = PROBABILITIES.map((p) => delta(sorted.map((list) => quantile(list, p)), decimals));
    }
    if (futures) {
        made.futures = sorted.map((list) => delta(list, decimals));
    }
    if (better !== 0) {
        const share = (sign) => samples.map((list) => 100 * mean(list.map((v) => (v * sign > 0 ? 1 : 0))));
        made.below = delta(share(-1), 1);
        made.above = delta(share(1), 1);
    }
    return made;
}

const quantities = [];

// Adds one quantity from OF [scenario][window][replication]; null where a scenario has none.
function add(name, labels, by, unit, better, decimals, of, options = {}) {
    const than = of.map((samples, i) => (i === 0 || !samples || !of[0] ? null : band(
        samples.map((list, w) => list.map((value, k) => value - of[0][w][k])), decimals,
        { ...options, better, futures: options.futures })));
    quantities.push({
        name, labels, by, unit, better, decimals,
        label: name.replaceAll('_', ' '), definition: `What is counted as ${name.replaceAll('_', ' ')}.`,
        of: of.map((samples) => samples && band(samples, decimals, options)), than,
    });
}

const windowsOf = { month: months, year: years, whole };

// Means over years, or over all, of monthly samples; SUM adds up over days instead.
function fold(samples, by, sum = false) {
    if (by === 'month') {
        return samples;
    }
    return windowsOf[by].map((window) => {
        const inside = months.map((m, i) => [m, i]).filter(([m]) => m[0] >= window[0] && m[0] < window[1]);
        return Array.from({ length: REPLICATIONS }, (_, k) => {
            const value = inside.reduce((a, [m, i]) => a + samples[i][k] * (m[1] - m[0]), 0);
            return sum ? value : value / (window[1] - window[0]);
        });
    });
}

// The same quantity by month and by year, from monthly samples.
function addBoth(name, labels, unit, better, decimals, monthly, options = {}) {
    add(name, labels, 'month', unit, better, decimals, monthly, { ...options, futures: false });
    add(name, labels, 'year', unit, better, decimals, monthly.map((s) => s && fold(s, 'year')), options);
}

const map2 = (a, b, f) => a.map((row, w) => row.map((value, k) => f(value, b[w][k])));
const map1 = (a, f) => a.map((row, w) => row.map((value, k) => f(value, w, k)));
const total = (list) => list.reduce((a, b) => map2(a, b, (x, y) => x + y));

/* ---- The made-up prisons ---- */

// A wandering level for each future: the same people in each scenario, so that differences are narrow.
function wander(seed, step) {
    const futures = Array.from({ length: REPLICATIONS }, (_, k) => {
        const draw = stream(seed * 1000 + k);
        let level = 0;
        return months.map(() => (level = 0.985 * level + step * normal(draw)));
    });
    return months.map((_, i) => futures.map((future) => future[i]));
}

const share = { north: 0.48, south: 0.34, brussels: 0.18 };
const designOf = (region) => facilities.filter((f) => f.region === region).reduce((a, f) => a + f.capacity, 0);
const ramp = (i, from, until) => Math.max(0, Math.min(1, (timeOfMonth(i) - from) / (until - from)));

function peopleOf(region, { growth, relief }) {
    const place = REGIONS.indexOf(region) + 1;
    const level = wander(place, 9 + 14 * share[region]);
    // What a scenario changes has a chance of its own, from the day on which it begins.
    const own = wander(place + 10 * (growth + relief ? 1 : 2), 5);
    return map1(level, (shared, i, k) => {
        const value = shared + (growth + relief === 0 ? 0 : own[i][k] * ramp(i, 2026, 2028));
        const t = timeOfMonth(i) - 2025;
        return designOf(region) * (1.14 + (0.017 + growth * ramp(i, 2026, 2028)) * t)
            + value - relief * share[region] * ramp(i, 2026.5, 2029) + 12 * Math.sin((2 * Math.PI * i) / 12);
    });
}

function capacityOf(region, { houses, built = 0 }) {
    return months.map((_, i) => Array(REPLICATIONS).fill(designOf(region)
        + Math.round(houses * share[region] * ramp(i, 2027, 2031) / 15) * 15
        + (region !== 'south' ? Math.round((built / 2) * ramp(i, 2028, 2028.1)) : 0)));
}

const excess = (a, b) => map2(a, b, (x, y) => 0.5 * (x - y + Math.sqrt((x - y) ** 2 + 60 ** 2)));

const byScenario = scenarios.map(({ effect }) => Object.fromEntries(REGIONS.map((region) => {
    const people = peopleOf(region, effect);
    const capacity = capacityOf(region, effect);
    const beds = map1(capacity, (value) => Math.round(value * 1.17));
    return [region, { people, capacity, beds, above: excess(people, capacity), floor: excess(people, beds) }];
})));
const of = (what, region) => byScenario.map((regions) => (region
    ? regions[region][what] : total(REGIONS.map((r) => regions[r][what]))));

for (const region of [undefined, ...REGIONS]) {
    const labels = region ? { region } : {};
    const futures = !region;
    const [people, capacity, above, floor] = ['people', 'capacity', 'above', 'floor'].map((w) => of(w, region));
    const density = people.map((p, i) => map2(p, capacity[i], (a, b) => (100 * a) / b));
    addBoth('people', labels, 'persons', 0, 0, people, { futures });
    addBoth('capacity', labels, 'places', 0, 0, capacity);
    addBoth('above_capacity', labels, 'persons', -1, 1, above, { futures });
    addBoth('floor_sleepers', labels, 'persons', -1, 1, floor, { futures });
    addBoth('density', labels, 'per 100 places', -1, 2, density, { futures });
    addBoth('felt_density', labels, 'per 100 places', -1, 2, density.map((d) => map1(d, (x) => x * 1.04)), { futures });
}

/* ---- B: each facility ---- */

// Houses are four fifths full; prisons share the others of their region, some taking more than their part.
const inHouse = (facility) => (facility.kind === 'prison' ? 0 : 0.8 * facility.capacity);
const weightOf = (facility) => (facility.kind !== 'prison' ? 0
    : facility.capacity * (0.85 + 0.3 * stream(facility.name.length * 77 + facility.capacity)()));
const sumIn = (region, f) => facilities.filter((one) => one.region === region).reduce((a, one) => a + f(one), 0);

for (const facility of facilities) {
    const { region } = facility;
    const labels = { facility: facility.name };
    const part = weightOf(facility) / sumIn(region, weightOf);
    const people = of('people', region).map((p) => map1(p, (x) => inHouse(facility) + (x - sumIn(region, inHouse)) * part));
    const capacity = people.map((p) => map1(p, () => facility.capacity));
    const excessOf = (times) => people.map((p) => map1(p, (x) => Math.max(0, x - times * facility.capacity)));
    add('density', labels, 'month', 'per 100 places', -1, 1, people.map((p) => map1(p, (x) => (100 * x) / facility.capacity)), { fan: false, interval: false });
    for (const [name, unit, better, decimals, samples] of [
        ['people', 'persons', 0, 1, people], ['capacity', 'places', 0, 1, capacity],
        ['density', 'per 100 places', -1, 2, people.map((p) => map1(p, (x) => (100 * x) / facility.capacity))],
        ['floor_sleepers', 'persons', -1, 2, excessOf(1.17)], ['above_capacity', 'persons', -1, 2, excessOf(1)],
    ]) {
        add(name, labels, 'year', unit, better, decimals, samples.map((s) => fold(s, 'year')), { fan: false });
    }
}

/* ---- C to H: levels that grow, with a spread ---- */

// Monthly samples for each scenario: LEVEL(i, effect) with a relative spread between the futures.
function levels(seed, level, spread = 0.08) {
    const noise = wander(seed, 1);
    const own = wander(seed + 500, 0.2);
    return scenarios.map(({ effect, place }) => map1(noise, (shared, i, k) => {
        const value = shared + (place === 0 ? 0 : own[i][k] * ramp(i, 2026, 2028));
        return Math.max(0, level(i, effect) * (1 + spread * value / 5));
    }));
}

const planned = (i, e) => 15 * Math.round(e.houses * 0.1 * ramp(i, 2026, 2029)) + 12;
const stages = { promised: 1, site: 0.8, permit: 0.6, works: 0.5, staffing: 0.3, open: 0.7, abandoned: 0.1, lapsed: 0.05 };
addBoth('projects_promised', {}, 'projects', 0, 1, levels(20, (i, e) => planned(i, e) / 6));
Object.entries(stages).forEach(([stage, part], n) => addBoth('projects', { stage }, 'projects', 0, 1,
    levels(21 + n, (i, e) => (planned(i, e) / 6) * part * (stage === 'open' ? ramp(i, 2026, 2032) : 1 - 0.7 * ramp(i, 2027, 2034)))));
['municipality', 'building agency', 'prison service', 'neighbours'].forEach((party, n) => addBoth('projects_at', { party },
    'projects', 0, 1, levels(30 + n, (i) => (3 - 0.6 * n) * (1 - 0.6 * ramp(i, 2027, 2034)))));
const openings = levels(35, (i, e) => 1 + e.houses / 15 * ramp(i, 2027, 2031));
addBoth('projects_opened', {}, 'projects', 1, 1, openings);
addBoth('projects_open', {}, 'projects', 1, 1, levels(21, (i, e) => (planned(i, e) / 6) * 0.7 * ramp(i, 2026, 2032)));
// Days summed over the houses that open: each is seven months late at first, and ever later.
addBoth('opening_delay', {}, 'days', -1, 0, openings.map((s) => map1(s, (x, i) => x * (210 + 4 * i))));
for (const [region, part] of [[undefined, 1], ...Object.entries(share)]) {
    const labels = region ? { region } : {};
    const open = (i, e) => part * (129 + e.houses * 2 * ramp(i, 2027, 2032));
    addBoth('house_places', labels, 'places', 0, 1, levels(40, open, 0.02));
    addBoth('house_residents', labels, 'persons', 1, 1, levels(40, (i, e) => 0.78 * open(i, e), 0.03));
    addBoth('house_empty', labels, 'places', -1, 1, levels(40, (i, e) => 0.13 * open(i, e), 0.06));
    addBoth('vacating', labels, 'places', -1, 1, levels(40, (i, e) => 0.09 * open(i, e), 0.06));
}
addBoth('places_in_use', {}, 'persons', 1, 1, levels(40, (i, e) => 0.78 * (129 + e.houses * 2 * ramp(i, 2027, 2032)), 0.03), { futures: true });
addBoth('waiting_for_house', {}, 'persons', -1, 0, levels(46, () => 240));
addBoth('match', {}, 'percent', 1, 1, levels(48, (i, e) => 58 + e.houses / 4 * ramp(i, 2027, 2032), 0.02));
addBoth('small_scale', {}, 'percent', 1, 1, levels(49, (i, e) => 25 + e.houses / 2 * ramp(i, 2027, 2032), 0.02));
add('handoff_gap', {}, 'year', 'days', -1, 1, levels(45, (i, e) => 16 - e.houses / 30, 0.03).map((s) => fold(s, 'year')), { fan: false });
['none', 'young_adult', 'addiction'].forEach((group, n) => add('waiting_by_need', { group }, 'year', 'persons', -1, 1,
    levels(46, () => [150, 55, 35][n]).map((s) => fold(s, 'year')), { fan: false }));

const measures = [
    { name: 'Early release', kind: 'early_release', from: day(2025, 7), until: null, in: [true, true, true, true] },
    { name: 'Extended leave', kind: 'extended_leave', from: day(2026, 3), until: day(2029, 1), in: [true, true, true, true] },
    { name: 'Electronic monitoring', kind: 'monitoring', from: day(2027), until: null, in: [false, true, false, false] },
    { name: 'Houses', kind: 'houses', from: day(2027), until: null, in: [false, true, false, false] },
    { name: 'Desks ten days faster', kind: 'desk', from: day(2026, 6), until: null, in: [false, true, false, false] },
];
measures.slice(0, 3).forEach(({ name: measure, from, until, in: inside }, n) => {
    const on = (i) => Number(months[i][0] >= from && (until === null || months[i][0] < until));
    const only = (list) => list.map((samples, s) => (inside[s] ? samples : null));
    const labels = { measure };
    add('measure_on', labels, 'month', '1', 0, 4, only(levels(50 + n, on, 0)), { fan: false, interval: false });
    addBoth('measure_people', labels, 'persons', 0, 1, only(levels(53 + n, (i) => (300 - 70 * n) * on(i))));
    addBoth('measure_taken', labels, 'persons', 0, 1, only(levels(56 + n, (i) => (110 - 20 * n) * on(i))));
    addBoth('measure_days', labels, 'person-days', 0, 0, only(levels(59 + n, (i) => (9000 - 900 * n) * on(i))));
    addBoth('measure_waiting', labels, 'persons', -1, 1, only(levels(62 + n, (i) => (40 + 9 * n) * on(i))));
});
addBoth('early_releases', {}, 'releases', 0, 1, levels(65, (i, e) => 105 + e.relief / 4));
addBoth('early_days', {}, 'days', 0, 0, levels(66, (i, e) => 9800 + e.relief * 30));
addBoth('waiting_outside', {}, 'persons', -1, 0, levels(67, (i, e) => 3400 + 20 * i - e.relief * 2));

for (const [part, size] of [['shortage', 0.71], ['wrong_place', 0.16], ['wrong_type', 0.05], ['delay', 0.08]]) {
    const samples = of('above').map((a) => map1(a, (x) => x * size));
    add('crowding', { part }, 'month', 'persons', -1, 1, samples, { fan: false });
    add(`crowding_${part}`, {}, 'year', 'person-days', -1, 0, samples.map((s) => fold(s, 'year', true)), { fan: false });
}

['prison_service', 'sentence_court', 'house_committee', 'immigration_office'].forEach((desk, n) => {
    const waiting = levels(70 + n, (i, e) => (420 - 90 * n) * (1 - (e.relief > 100 ? 0.22 : 0) * ramp(i, 2026.5, 2028)));
    add('at_desk', { desk }, 'month', 'persons', -1, 1, waiting);
    add('desk_days', { desk }, 'year', 'person-days', -1, 0, waiting.map((s) => fold(s, 'year', true)), { fan: false });
    add('desk_done', { desk }, 'year', 'cases', 1, 0, waiting.map((s) => map1(fold(s, 'year', true), (x) => x / 60)), { fan: false });
    add('ten_days', { desk }, 'year', 'person-days', 1, 0, waiting.map((s) => map1(fold(s, 'year', true), (x) => x / 6)), { fan: false });
});

['arrested', 'called_short', 'called_long', 'recalled'].forEach((word, n) => add('came_back', { class: word }, 'year', 'persons', -1, 0,
    levels(80 + n, (i, e) => 900 - 180 * n - e.houses / 5).map((s) => fold(s, 'year')), { fan: false }));
[['prison', 9000, 0.28], ['house', 280, 0.19], ['home', 1400, 0.21]].forEach(([regime, size, back], n) => {
    const out = levels(85 + n, (i, e) => size + (n === 1 ? e.houses * 3 : 0)).map((s) => fold(s, 'year'));
    add('released_from', { regime }, 'year', 'persons', 0, 0, out, { fan: false });
    add('came_back_from', { regime }, 'year', 'persons', -1, 0, out.map((s) => map1(s, (x) => x * back)), { fan: false });
});
addBoth('women', {}, 'persons', 0, 0, levels(90, (i) => 240 + i / 4));
addBoth('no_residence', {}, 'persons', 0, 0, levels(91, (i) => 1700 + 2 * i));
['none', 'young_adult', 'vulnerable', 'elderly', 'mother', 'addiction'].forEach((group, n) => addBoth('population_by_need', { group }, 'persons', 0, 0,
    levels(92 + n, (i) => [2900, 1300, 700, 400, 30, 620][n] * (1 + i / 800))));
[['remand', 0.36], ['convicted', 0.57], ['internee', 0.07]].forEach(([status, part]) => addBoth('population', { status }, 'persons', 0, 0,
    of('people').map((samples) => map1(samples, (x) => x * part)), { fan: false }));
addBoth('wait', {}, 'days', -1, 1, levels(99, (i, e) => 160 - e.relief / 8));

const cost = { prison: 84e7, detention_house: 21e6, transition_house: 4e6, forensic_centre: 45e6 };
Object.entries(cost).forEach(([kind, euro], n) => add('cost', { kind }, 'year', 'euro', -1, 0,
    levels(100 + n, (i, e) => euro * (1 + i / 600) * (kind === 'detention_house' ? 1 + (e.houses / 60) * ramp(i, 2027, 2032) : 1), 0.01)
        .map((s) => fold(s, 'year')), { fan: false }));
for (const [name, euro, better] of [['building_cost', 3e7, -1], ['penalty', 4e6, -1], ['total_cost', 97e7, -1]]) {
    add(name, {}, 'year', 'euro', better, 0, levels(110, (i, e) => euro * (1 + i / 600) * (1 + (e.houses + (e.built ?? 0)) / 3000), 0.01)
        .map((s) => fold(s, 'year')), { fan: false });
}

measures.slice(0, 3).forEach(({ name: measure, in: inside }, n) => add('measure_cost', { measure }, 'year', 'euro', -1, 0,
    levels(115 + n, (i) => (9 - 3 * n) * 1e6 * (1 + i / 400)).map((s, place) => (inside[place] ? fold(s, 'year') : null)), { fan: false }));
add('total_cost', {}, 'whole', 'euro', -1, 0,
    levels(110, (i, e) => 97e8 * (1 + (e.houses + (e.built ?? 0)) / 3000), 0.01).map((s) => fold(s, 'whole')), { fan: false });

/* ---- What is not a quantity ---- */

// A row of the comparison from monthly samples: the whole's mean or sum.
function compared(name, label, unit, better, samples) {
    const all = samples.map((s) => s[0]);
    const base = all[0];
    const others = all.slice(1).map((list) => {
        const than = list.map((value, k) => value - base[k]);
        const [difference, wide] = [mean(than), half(than)];
        return {
            mean: mean(list), difference, low: difference - wide, high: difference + wide,
            relative: (100 * difference) / mean(base),
            relative_low: (100 * (difference - wide)) / mean(base), relative_high: (100 * (difference + wide)) / mean(base),
            better: 100 * mean(than.map((v) => Number(v * better > 0))), same: 0, p: 0.01, holm: 0.05,
        };
    });
    return { name, label, unit, better, by: 'whole', base: { mean: mean(base), low: mean(base) - half(base), high: mean(base) + half(base) }, others };
}

const overall = (samples, sum) => samples.map((s) => fold(s, 'whole', sum));
const nation = (what) => of(what);
const densities = nation('people').map((p, i) => map2(p, nation('capacity')[i], (a, b) => (100 * a) / b));
const comparison = {
    rows: [
        compared('people', 'people inside', 'persons', 0, overall(nation('people'))),
        compared('density', 'density', 'per 100 places', -1, overall(densities)),
        compared('person_days_above', 'person-days above places', 'person-days', -1, overall(nation('above'), true)),
        compared('floor_sleepers', 'people on the floor', 'persons', -1, overall(nation('floor'))),
        compared('months_above_110', 'months above 110 per 100', 'months', -1,
            densities.map((d) => [Array.from({ length: REPLICATIONS }, (_, k) => d.filter((row) => row[k] > 110).length)])),
        compared('waiting_outside', 'waiting with a sentence', 'persons', -1, overall(levels(67, (i, e) => 3400 + 20 * i - e.relief * 2))),
        compared('places_in_use', 'people in houses', 'persons', 1, overall(levels(40, (i, e) => 0.78 * (129 + e.houses * 2 * ramp(i, 2027, 2032)), 0.03))),
        compared('returns', 'returns after release', 'persons', -1, overall(levels(81, (i, e) => 2400 - e.houses / 2))),
        compared('total_cost', 'cost', 'euro', -1, overall(levels(110, (i, e) => 97e8 * (1 + (e.houses + (e.built ?? 0)) / 3000), 0.01))),
    ],
    price: [{ euro: 92, low: 71, high: 118 }, { euro: 140, low: 96, high: 210 }, null],
    futures: REPLICATIONS,
    gain: 3.1,
};

const attribution = {
    name: 'floor_sleepers', label: 'people on the floor', unit: 'persons', better: -1, of: 'mean(floor_sleepers, 2030)', futures: 20,
    rows: [
        { name: 'Houses', alone: -62, alone_low: -74, alone_high: -50, last: -41, last_low: -52, last_high: -30, shapley: -51, low: -61, high: -41 },
        { name: 'Electronic monitoring', alone: -88, alone_low: -101, alone_high: -75, last: -60, last_low: -72, last_high: -48, shapley: -73, low: -84, high: -62 },
        { name: 'Desks ten days faster', alone: -49, alone_low: -60, alone_high: -38, last: -33, last_low: -43, last_high: -23, shapley: -41, low: -51, high: -31 },
        { name: 'Early release', alone: -9, alone_low: -19, alone_high: 1, last: -4, last_low: -13, last_high: 5, shapley: -7, low: -15, high: 1 },
    ],
    interaction: { alone: 36, last: -34 }, total: { value: -172, low: -190, high: -154 }, base: 431, all: 259,
};

const ranks = {
    outcome: 'mean(floor_sleepers, 2030)', unit: 'persons', explained: 0.83,
    rows: [
        { path: 'arrivals.arrested', regression: 0.62, partial: 0.81, low: 0.62, high: 0.91, p: 0.0001 },
        { path: 'sentence.long.mean', regression: 0.41, partial: 0.66, low: 0.36, high: 0.84, p: 0.001 },
        { path: 'desks.sentence_court.time', regression: 0.2, partial: 0.44, low: 0.05, high: 0.71, p: 0.03 },
        { path: 'returns.within', regression: 0.11, partial: 0.2, low: -0.23, high: 0.57, p: 0.4 },
        { path: 'houses.delay', regression: -0.05, partial: -0.12, low: -0.51, high: 0.31, p: 0.6 },
    ],
};

const variance = ['floor_sleepers', 'density', 'people'].map((name, n) => ({
    name, by: 'year', ...Object.fromEntries([['share', 0], ['low', -0.15], ['high', 0.12]].map(([key, off]) => [
        key, years.map((_, i) => (i === 0 && n === 0 ? null : Math.max(0, Math.min(0.9, 0.2 + 0.06 * i + 0.05 * n) + off)))])),
}));

// Months ahead, counts, then for each forecaster: bias and rms in % of the count, cover of 80 and 90 %, CRPS in people.
const scores = [
    [1, 7, [-0.2, 1.8, 14, 29, 158], [0.4, 0.8, 100, 100, 85], [0.5, 0.8, 100, 100, 88]],
    [3, 6, [4.6, 9, 17, 17, 565], [3.2, 7, 67, 67, 452], [3.5, 7.2, 67, 67, 468]],
    [12, 25, [0.1, 3.8, 88, 92, 240], [-4.1, 5, 60, 76, 367], [-3.2, 4.3, 68, 96, 304]],
    [24, 22, [-3.2, 5.5, 73, 86, 370], [-6.4, 8.6, 32, 50, 692], [-4.7, 7.6, 41, 55, 606]],
    [36, 25, [-5.9, 7.8, 68, 84, 583], [-9.8, 11.9, 44, 44, 1000], [-7.4, 10.2, 40, 48, 841]],
];
const backtest = {
    name: 'Belgium 2015 to 2025', laws_known: true, intake_known: false,
    rows: scores.flatMap(([span, counts, ...of]) => ['model', 'naive', 'drift'].map((forecaster, n) => {
        const [bias, rms, cover80, cover90, crps] = of[n];
        return { forecaster, months: span, counts, bias, rms, cover80, cover90, crps, skill: crps / of[1][4] };
    })),
};

const gaps = [0, 7, 14, 28];
const stays = [60, 120, 180, 365];
const pools = [1, 2, 5, 10];
const loads = [0.8, 0.9, 1, 1.1];
const law = {
    stay_days: stays, gap_days: gaps, occupancy: stays.map((stay) => gaps.map((gap) => (100 * stay) / (stay + gap))),
    pools, places: 30, load: loads, refused: loads.map((load) => pools.map((pool) => erlang(30 * pool, 30 * pool * load) * 100)),
    seen: [{ scenario: 0, region: null, stay: 142, gap: 16 }, { scenario: 1, region: null, stay: 150, gap: 13 },
        ...REGIONS.map((region, n) => ({ scenario: 0, region, stay: 130 + 12 * n, gap: 12 + 3 * n }))],
};

// Erlang B by recursion: the share that finds all of N places taken at OFFERED load.
function erlang(n, offered) {
    let blocked = 1;
    for (let i = 1; i <= n; i++) {
        blocked = (offered * blocked) / (i + offered * blocked);
    }
    return blocked;
}

const counted = [];
for (let year = 2015; year <= 2025; year++) {
    const t = year - 2025;
    const value = 5870 + 38 * t + (year === 2020 ? -310 : 0) + 40 * Math.sin(year * 2);
    counted.push(
        { series: 'population', region: null, facility: null, day: day(year), value: Math.round(value), source: 'Made up' },
        { series: 'capacity', region: null, facility: null, day: day(year), value: 4880 + 30 * t, source: 'Made up' });
}
['2025-03', '2025-06', '2025-09', '2025-12'].forEach((month, n) => counted.push(
    { series: 'population', region: null, facility: null, day: day(2025, Number(month.slice(5))), value: 5920 + 25 * n, source: 'Made up' },
    { series: 'floor_sleepers', region: null, facility: null, day: day(2025, Number(month.slice(5))), value: 260 + 14 * n, source: 'Made up' }));

const assumptions = Array.from({ length: 60 }, (_, i) => ({
    path: `${['arrivals', 'sentence', 'desks', 'houses', 'returns', 'costs'][i % 6]}.field_${i}`,
    value: ['16 %', '45 d', '5250 euro', '1.2', 'men'][i % 5], grade: ['A', 'B', 'C', ''][i % 4],
    source: i % 4 === 3 ? '' : 'https://example.org/source', drawn: i % 7 === 0, effect: i % 7 === 0 ? 0.8 - i / 100 : null,
}));
const funding = [
    { facility: 'Huis Kortrijk', region: 'north', places: 57, until: day(2027), chance: 0.7, in: [true, true, true, true] },
    { facility: 'Maison de Forest', region: 'brussels', places: 57, until: day(2028, 7), chance: 0.5, in: [true, true, true, true] },
    { facility: 'Maison de transition', region: 'south', places: 15, until: null, chance: 1, in: [true, false, true, true] },
];

const in3 = (en, nl, fr) => ({ en, nl, fr });
const texts = {
    names: {
        north: in3('Flanders', 'Vlaanderen', 'Flandre'), south: in3('Wallonia', 'Wallonië', 'Wallonie'),
        brussels: in3('Brussels', 'Brussel', 'Bruxelles'),
        'Early release': in3('Early release', 'Vervroegde vrijlating', 'Libération anticipée'),
        'Extended leave': in3('Extended leave', 'Verlengd penitentiair verlof', 'Congé pénitentiaire prolongé'),
        'Electronic monitoring': in3('Electronic monitoring', 'Elektronisch toezicht', 'Surveillance électronique'),
        Houses: in3('Houses', 'Detentiehuizen', 'Maisons de détention'),
        'Desks ten days faster': in3('Desks ten days faster', 'Tien dagen sneller beslissen', 'Décider dix jours plus vite'),
        prison_service: in3('Prison service', 'Gevangeniswezen', 'Administration pénitentiaire'),
        sentence_court: in3('Sentence court', 'Strafuitvoeringsrechtbank', 'Tribunal de l’application des peines'),
    },
    uses: [in3('Weighing the seven recommendations of the resolution.', 'De zeven aanbevelingen van de resolutie tegen elkaar afwegen.', 'Peser les sept recommandations de la résolution.')],
    not_for: [in3('Deciding on the site of one house.', 'Beslissen waar één huis moet komen.', 'Décider de l’emplacement d’une maison.')],
    errors: [in3('Arrivals after a new law are not known.', 'De instroom na een nieuwe wet is niet bekend.', 'Les arrivées après une nouvelle loi ne sont pas connues.')],
    sources: [in3('Counts of the prison service, 2025.', 'Tellingen van het gevangeniswezen, 2025.', 'Comptages de l’administration pénitentiaire, 2025.')],
};

// The whole document; the same text at each call.
export function makeDocument() {
    return {
        format: 1,
        made: {
            version: '1.0.0', commit: 'abc1234', date: '2026-11-27', compiler: 'gcc 14.2',
            command: `doorstroom report ${scenarios.map((s) => s.file).join(' ')} -o report.html`, libraries: 'GSL 2.8, HDF5 1.14',
        },
        scenarios: scenarios.map(({ effect, place, ...rest }) => rest),
        texts, probabilities: PROBABILITIES, days: { month: months, year: years, whole }, regions: REGIONS,
        facilities: facilities.map(({ capacity, ...rest }) => rest),
        counted, quantities, comparison, measures, funding, assumptions, ranks, variance, attribution, backtest, law,
        notes: [],
    };
}

// The same document with the first scenario alone.
export function alone(document = makeDocument()) {
    const first = (list) => list.slice(0, 1);
    return {
        ...document,
        scenarios: first(document.scenarios),
        facilities: document.facilities.map((f) => ({ ...f, in: first(f.in) })),
        quantities: document.quantities.map((q) => ({ ...q, of: first(q.of), than: first(q.than) })),
        comparison: { ...document.comparison, rows: document.comparison.rows.map((row) => ({ ...row, others: [] })), price: [] },
        attribution: null,
    };
}

// A single future of a single scenario without regions: no band, no interval, no chance.
export function single() {
    const document = alone();
    const none = (list) => list?.map(() => null);
    // As the program writes it: no interval, and quantiles that are all the one value.
    const bare = (band) => band && { mean: band.mean, low: none(band.low), high: none(band.high), q: band.q?.map(() => band.mean) };
    const national = document.quantities.filter((q) => !q.labels.region);
    return {
        ...document,
        scenarios: document.scenarios.map((s) => ({ ...s, replications: 1, last: 0, draws: 1, title: undefined, question: undefined })),
        regions: [], ranks: null, variance: null, backtest: null, law: null, counted: [],
        quantities: national.map((q) => ({ ...q, of: q.of.map(bare) })),
        comparison: {
            ...document.comparison, futures: 1,
            rows: document.comparison.rows.map((row) => ({ ...row, base: { mean: row.base.mean, low: null, high: null } })),
        },
    };
}

// DOCUMENT cut after two years: an array that is coded by its steps stays true when it is cut.
export function brief(document = makeDocument()) {
    const kept = { month: 23, year: 2, whole: 1 };
    const cut = (band, by) => band && Object.fromEntries(Object.entries(band).map(([key, list]) => [
        key, key === 'q' ? list.map((one) => one.slice(0, kept[by])) : list.slice(0, kept[by])]));
    return {
        ...document,
        days: Object.fromEntries(Object.entries(document.days).map(([by, windows]) => [by, windows.slice(0, kept[by])])),
        quantities: document.quantities.map((q) => ({
            ...q, of: q.of.map((band) => cut(band, q.by)), than: q.than.map((band) => cut(band, q.by)),
        })),
    };
}

const kinds = { alone, single, brief };

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    process.stdout.write(JSON.stringify((kinds[process.argv[2]] ?? makeDocument)()));
}
