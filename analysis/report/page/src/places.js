// The facilities of a report: which there are in a scenario, in what order they are told, and
// whether they add up to the nation.

import { wordFor } from './parts.js';

// Uses of prisons, then kinds of other facilities, in the order in which they are told.
const orders = ['arrest', 'mixed', 'sentences', 'open', 'internees', 'prison', 'detention_house', 'transition_house', 'forensic_centre'];

// What a facility is for: the use of a prison, else its kind.
export function useOf(facility) {
    const kind = facility.kind ?? 'prison';
    return kind === 'prison' ? facility.use || 'prison' : kind;
}

function placeIn(list, word) {
    const at = list.indexOf(word);
    return at < 0 ? list.length : at;
}

// All facilities that the report has numbers of, by region, use and name. Those that the document
// only names in a quantity have no region.
export function allFacilities(report) {
    const told = new Map((report.facilities ?? []).map((facility) => [facility.name, facility]));
    const regions = [...(report.regions ?? []), ...[...told.values()].map(({ region }) => region)];
    return report.labels('people', 'facility')
        .map((name) => ({ kind: 'prison', region: null, counted: true, ...told.get(name), name }))
        .sort((a, b) => placeIn(regions, a.region) - placeIn(regions, b.region)
            || placeIn(orders, useOf(a)) - placeIn(orders, useOf(b)) || a.name.localeCompare(b.name));
}

// Those of them that scenario S has.
export function facilitiesIn(report, s) {
    return allFacilities(report).filter((facility) => (
        report.get('people', { facility: facility.name }, 'year')?.of[s] && facility.in?.[s] !== false));
}

// In the middle of a line: without a capital.
export function useWord(page, facility) {
    const word = wordFor(page, useOf(facility));
    return word.charAt(0).toLowerCase() + word.slice(1);
}

// The band of quantity NAME in FACILITY in scenario S, or null.
export function bandIn(report, name, facility, s) {
    return report.get(name, { facility: facility.name }, 'year')?.of[s] ?? null;
}

export function valueIn(report, name, facility, s, w) {
    return bandIn(report, name, facility, s)?.mean[w] ?? null;
}

// The sum over LIST of NAME at W; null where none has it.
export function sumOver(report, list, name, s, w) {
    const values = list.map((facility) => valueIn(report, name, facility, s, w)).filter((value) => value !== null);
    return values.length === 0 ? null : values.reduce((a, b) => a + b, 0);
}

// Does NAME of the facilities that count add up to the nation's in scenario S at W? {sum, nation, off},
// off being 0 where they are equal as far as the rounding of each number tells; null: not told.
export function addsUp(report, name, s, w) {
    const list = facilitiesIn(report, s).filter((facility) => facility.counted !== false);
    const whole = report.get(name, {}, 'year');
    const nation = whole?.of[s]?.mean[w] ?? null;
    const sum = sumOver(report, list, name, s, w);
    if (nation === null || sum === null) {
        return null;
    }
    const rounding = list.reduce((a, facility) => a + 0.5 / 10 ** report.get(name, { facility: facility.name }, 'year').decimals, 0.5 / 10 ** whole.decimals);
    return { sum, nation, count: list.length, off: Math.abs(sum - nation) <= rounding + 1e-9 ? 0 : sum - nation };
}
