// H: what it costs: running the facilities, building, the measures, what a person-day above capacity
// costs to avoid, and the houses whose money ends.

import { addressOf } from '../address.js';
import { element } from '../dom.js';
import { intervalRows, intervalSteps } from '../intervals.js';
import { decimalsFor, worth } from '../language.js';
import { multiplesPicture, colourOfScenario } from '../multiples.js';
import { tableBody } from '../picture.js';
import { cutNote, openParts, partsByLabel, partsPicture, sentences, wordFor } from '../parts.js';

const MILLION = 1e-6;
const inMillions = { scale: MILLION, decimals: 1 };
const isNumber = (value) => typeof value === 'number';

/* ---- What it costs through the years ---- */

// Parts that are one and the same thing, taken together under one name.
function together(parts, name, label) {
    if (parts.length === 0) {
        return [];
    }
    const [{ quantity }] = parts;
    const sumAt = (bands, i) => bands.reduce((sum, band) => sum + (band.mean[i] ?? 0), 0);
    const of = quantity.of.map((_, s) => {
        const bands = parts.map((part) => part.quantity.of[s]).filter(Boolean);
        return bands.length === 0 ? null : { mean: quantity.windows.map((__, i) => sumAt(bands, i)) };
    });
    return [{ ...parts[0], ...inMillions, name, label, quantity: { ...quantity, of } }];
}

// The four parts of the cost: running, building, measures and penalties.
export function partsOfCost(report, words) {
    const sum = (name, label) => together(partsByLabel(report, name, 'year', (text) => text), name, label);
    const alone = (name, label) => openParts(report, [{ name, label, ...inMillions }], 'year');
    const or = (first, second) => (first.length > 0 ? first : second);
    return [
        ...or(sum('cost', words.running), alone('cost', words.running)), ...alone('building_cost', words.building),
        ...or(sum('measure_cost', words.measures), alone('measure_cost', words.measures)), ...alone('penalty', words.penalty),
    ].map((part, n) => ({ ...part, colour: ['blue', 'orange', 'green', 'vermilion'][n] }));
}

function throughYears(report, page) {
    const words = Object.fromEntries(['running', 'building', 'measures', 'penalty'].map((key) => [key, page.t(`h.${key}`)]));
    return partsPicture(report, page, {
        id: 'h-parts', title: page.t('h.parts'), unit: page.t('h.million_a_year'), definition: page.t('h.parts_definition'), note: cutNote(report, page),
        yearly: partsOfCost(report, words), stacked: true, isFlow: true, write: (value) => page.number(value, 1),
    });
}

function running(report, page) {
    return multiplesPicture(report, page, {
        id: 'h-running', title: page.t('h.by_kind'), unit: page.t('h.million_a_year'), definition: page.t('h.by_kind_definition'), isFlow: true,
        note: cutNote(report, page),
        yearly: [
            ...partsByLabel(report, 'cost', 'year', (label) => page.find(`h.kind.${label}`, wordFor(page, label)), inMillions),
            ...openParts(report, [['building_cost', 'building'], ['penalty', 'penalty']].map(([name, key]) => ({ name, label: page.t(`h.${key}`), ...inMillions })), 'year'),
        ],
    });
}

function measures(report, page) {
    return multiplesPicture(report, page, {
        id: 'h-measures', title: page.t('h.by_measure'), unit: page.t('h.million_a_year'), definition: page.t('h.by_measure_definition'), isFlow: true,
        note: cutNote(report, page), yearly: partsByLabel(report, 'measure_cost', 'year', (label) => wordFor(page, label), inMillions),
    });
}

/* ---- How much more or less than the base ---- */

// The difference in total cost of each scenario over the whole period, in millions: [{s, mean, low, high}].
export function extraCosts(report) {
    const row = (report.comparison?.rows ?? []).find(({ name }) => name === 'total_cost');
    return report.scenarios.map((_, s) => {
        const band = report.get('total_cost', {}, 'whole')?.than[s];
        const other = row?.others?.[s - 1];
        const found = band ? { mean: band.mean[0], low: band.low?.[0], high: band.high?.[0] }
            : other && { mean: other.difference, low: other.low, high: other.high };
        return found && isNumber(found.mean) ? { s, ...scaled(found) } : null;
    }).filter(Boolean);
}

function scaled(values) {
    return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, isNumber(value) ? MILLION * value : null]));
}

// Decimals that an interval allows, at most MOST and no more than three digits that are not zero.
const decimalsOf = ({ mean, low, high }, most) => (
    isNumber(low) && isNumber(high) ? Math.min(most, worth(low, high), Math.max(0, decimalsFor(mean, 3))) : 0);
const isUntold = ({ low, high }) => isNumber(low) && isNumber(high) && low <= 0 && high >= 0;

// Rows of a picture of intervals: the base of a difference is zero.
function rowsOf(page, values, most, write) {
    return values.map((value) => ({
        ...value, name: page.scenario(value.s), colour: isUntold(value) ? 'soft' : colourOfScenario(value.s),
        text: isUntold(value) ? page.t('h.none') : write(value.mean, decimalsOf(value, most)),
    }));
}

// A picture of one number and its interval for each scenario.
function onePerScenario(page, values, { id, title, unit, definition, note, most, write, addresses }) {
    if (values.length === 0) {
        return null;
    }
    const rows = rowsOf(page, values, most, write);
    const groups = [{ name: null, rows }];
    const text = (row) => [row.name, `${write(row.mean, decimalsOf(row, most))} ${unit}`,
        isNumber(row.low) && isNumber(row.high) ? `95 %: ${page.between(row.low, row.high, decimalsOf(row, most), write)}` : null,
        isUntold(row) ? page.t('parts.no_difference') : null].filter(Boolean).join('\n');
    const column = (name) => ({ name, format: (value) => write(value, Math.max(0, most)) });
    return page.picture({
        id, title, unit, definition, note,
        draw: (width) => intervalRows(groups, { width, write }),
        steps: (range, width) => intervalSteps(groups, width, text),
        table: {
            columns: [{ name: page.t('parts.scenario') }, column(page.t('parts.mean')), column(page.t('parts.low')), column(page.t('parts.high'))],
            rows: values.map((value) => [page.scenario(value.s), value.mean, value.low ?? null, value.high ?? null]),
        },
        addresses,
    });
}

function period(report, page) {
    const [from, until] = report.days.whole[0] ?? [report.scenarios[0].start, report.scenarios[0].end];
    return { from: page.month(from), until: page.month(until - 1) };
}

const hasIntervals = (values) => values.some(({ low, high }) => isNumber(low) && isNumber(high));

function extra(report, page) {
    const values = extraCosts(report);
    return onePerScenario(page, values, {
        id: 'h-extra', title: page.t('h.extra', { base: page.scenario(0) }), unit: page.t('h.extra_unit', period(report, page)), definition: page.t('h.extra_definition'),
        note: hasIntervals(values) ? page.t('parts.interval_note') : null, most: 1, write: page.signed,
        addresses: (row, i) => addressOf(report, { of: values[i].s, than: true, name: 'total_cost' }),
    });
}

/* ---- The price of a person-day above capacity ---- */

function prices(report) {
    return (report.comparison?.price ?? []).map((price, i) => (
        isNumber(price?.euro) ? { s: i + 1, mean: price.euro, low: price.low, high: price.high } : null)).filter(Boolean);
}

function price(report, page) {
    const values = prices(report);
    const without = report.scenarios.map((_, s) => s).slice(1).filter((s) => !values.some((value) => value.s === s));
    return onePerScenario(page, values, {
        id: 'h-price', title: page.t('h.price'), unit: page.t('h.price_unit'), definition: page.t('h.price_definition'),
        note: sentences(
            hasIntervals(values) ? page.t('parts.interval_note') : null,
            values.some(({ mean, low }) => mean < 0 || low < 0) ? page.t('h.price_note') : null,
            without.length > 0 ? page.t('h.no_price', { scenarios: page.list(without.map((s) => page.t('h.quoted', { name: page.scenario(s) }))) }) : null),
        most: 0, write: page.number,
    });
}

/* ---- Money that ends ---- */

// Houses funded for a time, the first to end first; those without an end are not among them.
export function endingFunds(report) {
    return report.funding.filter((fund) => isNumber(fund.until)).sort((a, b) => a.until - b.until);
}

function whereText(report, page, fund) {
    const inside = report.scenarios.map((_, s) => s).filter((s) => fund.in?.[s] ?? true);
    return inside.length === report.scenarios.length ? page.t('h.in_all') : page.list(inside.map((s) => page.scenario(s)));
}

function funding(report, page) {
    const funds = endingFunds(report);
    if (funds.length === 0) {
        return null;
    }
    const several = report.scenarios.length > 1;
    const names = ['house', 'region', 'places', 'until', 'chance', several ? 'where' : null].filter(Boolean);
    const columns = names.map((key) => ({ name: page.t(`h.${key}`), ...(key === 'chance' ? { format: (value) => page.percent(value) } : {}) }));
    const rows = funds.map((fund) => [
        page.name(fund.facility), fund.region ? page.name(fund.region) : '–', fund.places, page.date(fund.until), isNumber(fund.chance) ? 100 * fund.chance : null,
        ...(several ? [whereText(report, page, fund)] : []),
    ]);
    return page.picture({
        id: 'h-funding', title: page.t('h.funding'), unit: page.t('h.funding_unit'), definition: page.t('h.funding_definition'),
        note: page.t('h.funding_note', { n: funds.length, places: funds.reduce((sum, fund) => sum + (fund.places ?? 0), 0) }),
        body: tableBody(page, columns, rows, page.t('h.funding')), table: { columns, rows },
    });
}

export function chapter(report, page) {
    const pictures = [
        throughYears(report, page), running(report, page), measures(report, page), extra(report, page), price(report, page), funding(report, page),
    ].filter(Boolean);
    return pictures.length === 0 ? null
        : element('div', null, element('p', null, page.t('h.intro')), pictures);
}
