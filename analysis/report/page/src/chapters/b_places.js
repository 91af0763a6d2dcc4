// B: where it is crowded: every facility on the map, through the years, by itself beside its region
// and the nation, and in a table that adds up.

import { addressOf, timeOf } from '../address.js';
import { worthOf } from '../bands.js';
import { element } from '../dom.js';
import { heatClasses, heatMap, heatSteps } from '../heat.js';
import { coversSome, drawMap, mapSteps } from '../map.js';
import { focusYear, isWholeYear, placeOfYear, yearOf } from '../numbers.js';
import { openParts, partsPicture, sentences, writeSize, yearsOf } from '../parts.js';
import { addsUp, allFacilities, bandIn, facilitiesIn, sumOver, useWord, valueIn } from '../places.js';
import { isInRange } from '../range.js';

const MOST_NAMED = 6;

// The columns of the table of facilities: quantities that add up, and one that does not.
const columns = ['capacity', 'people', 'density', 'above_capacity', 'floor_sleepers'];
const adding = columns.filter((name) => name !== 'density');

function regionName(page, region) {
    return region ? page.name(region) : '';
}

/* ---- Every facility by month ---- */

function heatRows(report, page, s) {
    return facilitiesIn(report, s).map((facility) => ({
        facility, name: page.name(facility.name), region: regionName(page, facility.region), use: useWord(page, facility),
        values: report.get('density', { facility: facility.name }, 'month')?.of[s]?.mean,
    })).filter((row) => row.values?.some((value) => Number.isFinite(value)));
}

function classKey(page) {
    return heatClasses.map(({ last, fill }, i) => {
        const from = (heatClasses[i - 1]?.last ?? NaN) + 1;
        const label = i === 0 ? page.t('b.below', { until: last + 1 }) : last === Infinity ? page.t('b.above', { last: from - 1 })
            : page.t('b.class', { from, last });
        return { label, fill };
    });
}

function yearTable(report, page, rows, s, range) {
    const windows = report.days.year.map((window, i) => [window, i]).filter(([window]) => isInRange(range, window));
    return {
        columns: [{ name: page.t('b.facility') }, { name: page.t('b.region') }, { name: page.t('b.use') },
            ...windows.map(([window]) => ({ name: String(yearOf(window)), decimals: 0 }))],
        rows: rows.map((row) => [row.name, row.region, row.use, ...windows.map(([, i]) => valueIn(report, 'density', row.facility, s, i))]),
    };
}

function monthRows(page, rows, windows, range) {
    const kept = windows.map((window, i) => [window, i]).filter(([window]) => isInRange(range, window));
    return {
        columns: [{ name: page.t('b.facility') }, { name: page.t('b.region') }, { name: page.t('b.use') }, { name: page.t('parts.month') },
            { name: page.label('density'), unit: page.unit('per 100 places'), decimals: 1 }],
        rows: rows.flatMap((row) => kept.map(([window, i]) => [row.name, row.region, row.use, timeOf('month', window), row.values[i]])),
    };
}

function heatAddresses(report, rows, s) {
    return rows.flatMap(({ facility, name }) => report.days.year.map((window) => ({
        text: `${name}, ${yearOf(window)}`,
        address: addressOf(report, { of: s, name: 'density', labels: [facility.name], time: yearOf(window) }),
    })));
}

function heat(report, page, s) {
    const rows = heatRows(report, page, s);
    if (rows.length === 0) {
        return null;
    }
    const windows = report.days.month;
    const key = classKey(page);
    const text = (row, i) => [
        row.name, [row.region, row.use].filter(Boolean).join(', '), page.month(windows[i][0]),
        Number.isFinite(row.values[i]) ? page.t('b.per_100', { value: page.number(row.values[i]) }) : page.t('b.not_open'),
    ].filter(Boolean).join('\n');
    return page.picture({
        id: 'b-heat', title: page.t('b.heat', { scenario: page.scenario(s) }), unit: page.t('b.heat_unit'),
        definition: page.t('b.heat_definition'), note: page.t('b.heat_note'), range: yearsOf(report),
        draw: (width, range) => heatMap(rows, { windows, key, width, range }),
        steps: (range, width) => heatSteps(rows, { windows, key, width, range }, text),
        row: (range) => windows.filter((window) => isInRange(range, window)).length,
        table: (range) => yearTable(report, page, rows, s, range),
        csv: (range) => monthRows(page, rows, windows, range),
        addresses: heatAddresses(report, rows, s),
    });
}

/* ---- The map ---- */

function isOnMap({ latitude, longitude }) {
    return Number.isFinite(latitude) && Number.isFinite(longitude);
}

// "Not on the map: Olen, Genk and 3 others", or null.
function missingNote(page, list) {
    const missing = list.filter((facility) => !isOnMap(facility)).map(({ name }) => name);
    if (missing.length === 0) {
        return null;
    }
    const rest = missing.length - MOST_NAMED;
    const named = rest > 1 ? [...missing.slice(0, MOST_NAMED), page.t('b.others', { n: rest })] : missing;
    return page.t('b.not_on_map', { n: missing.length, names: page.list(named) });
}

function density(places, people) {
    return places > 0 ? (100 * people) / places : null;
}

function mapText(page) {
    return ({ name, places, people }) => [
        name, `${page.label('capacity')}: ${writeSize(page, places)}`, `${page.label('people')}: ${writeSize(page, people)}`,
        places > 0 ? page.t('b.per_100', { value: page.number(density(places, people)) }) : null,
    ].filter(Boolean).join('\n');
}

function map(report, page, { s, w, year }) {
    const list = facilitiesIn(report, s).map((facility) => ({
        ...facility, title: facility.name, name: page.name(facility.name),
        places: valueIn(report, 'capacity', facility, s, w), people: valueIn(report, 'people', facility, s, w),
    })).filter(({ places, people }) => places > 0 || people > 0);
    const shown = list.filter(isOnMap);
    if (shown.length === 0) {
        return null;
    }
    const outline = coversSome(page.outline, shown) ? page.outline : null;
    const words = { places: page.t('b.map_places'), above: page.t('b.map_above'), below: page.t('b.map_below'), number: page.number };
    return page.picture({
        id: 'b-map', title: page.t('b.map', { year: String(year), scenario: page.scenario(s) }), unit: page.t('b.map_unit'),
        note: sentences(missingNote(page, list), outline ? page.t('b.map_source') : null),
        draw: (width) => drawMap(outline, shown, width, words),
        steps: (range, width) => mapSteps(outline, shown, width, mapText(page)),
        table: {
            columns: [{ name: page.t('b.facility') }, { name: page.t('b.region') }, { name: page.label('capacity'), decimals: 0 },
                { name: page.label('people'), decimals: 0 }, { name: page.unit('per 100 places'), decimals: 0 }],
            rows: list.map(({ name, region, places, people }) => [name, regionName(page, region), places, people, density(places, people)]),
        },
        addresses: (row, i) => addressOf(report, { of: s, name: 'people', labels: [list[i].title], time: year }),
    });
}

/* ---- All facilities, adding up ---- */

function cell(page, value) {
    return element('td', { class: 'number' }, value === null ? '–' : page.number(value));
}

// The cells of LIST as a whole: sums, and people over places.
function sumCells(report, page, list, s, w) {
    const sum = (name) => sumOver(report, list, name, s, w);
    return columns.map((name) => cell(page, name === 'density' ? density(sum('capacity'), sum('people')) : sum(name)));
}

// The use of FACILITY, unless its name says it already.
function useNode(page, facility) {
    const use = useWord(page, facility);
    return page.name(facility.name).includes(`(${use})`) ? null : element('span', { class: 'unit' }, ` ${use}`);
}

function facilityRow(report, page, facility, s, w) {
    return element('tr', null,
        element('th', { scope: 'row' }, page.name(facility.name), useNode(page, facility)),
        columns.map((name) => cell(page, valueIn(report, name, facility, s, w))));
}

function groupBody(report, page, { name, list }, s, w) {
    return element('tbody', null,
        name ? element('tr', { class: 'sum' }, element('th', { scope: 'rowgroup' }, name), sumCells(report, page, list, s, w)) : null,
        list.map((facility) => facilityRow(report, page, facility, s, w)));
}

function nationRow(report, page, s, w) {
    return element('tbody', null, element('tr', { class: 'sum' }, element('th', { scope: 'row' }, page.t('b.nation')),
        columns.map((name) => cell(page, report.get(name, {}, 'year')?.of[s]?.mean[w] ?? null))));
}

// The facilities that count by region, and those that do not, in groups of their own.
function groupsOf(report, page, s) {
    const list = facilitiesIn(report, s);
    const counted = list.filter((facility) => facility.counted !== false);
    const regions = [...new Set(counted.map(({ region }) => region))];
    return {
        counted: regions.map((region) => ({ name: regionName(page, region), list: counted.filter((one) => one.region === region) })),
        others: list.filter((facility) => facility.counted === false),
    };
}

function allTable(report, page, s, w) {
    const { counted, others } = groupsOf(report, page, s);
    const heads = [page.t('b.facility'), ...columns.map((name) => page.t(`b.column.${name}`))];
    return element('div', { class: 'scroll long', tabindex: 0, role: 'region', 'aria-label': page.t('b.all_short') },
        element('table', { class: 'numbers facilities' },
            element('thead', null, element('tr', null, heads.map((text) => element('th', { scope: 'col' }, text)))),
            nationRow(report, page, s, w),
            counted.map((group) => groupBody(report, page, group, s, w)),
            others.length > 0 ? groupBody(report, page, { name: page.t('b.uncounted'), list: others }, s, w) : null));
}

// Says whether the facilities add up to the nation, number by number.
export function sumNote(report, page, s, w) {
    const checked = adding.map((name) => ({ name, ...addsUp(report, name, s, w) })).filter(({ sum }) => sum !== undefined);
    const right = checked.filter(({ off }) => off === 0);
    const wrong = checked.filter(({ off }) => off !== 0);
    const label = ({ name }) => page.t(`b.of.${name}`);
    return sentences(
        right.length > 0 ? page.t('b.adds_up', { n: right[0].count, what: page.list(right.map(label)) }) : null,
        ...wrong.map((row) => page.t(row.off < 0 ? 'b.sum_less' : 'b.sum_more', {
            what: label(row), sum: page.number(row.sum), nation: page.number(row.nation),
            off: page.number(Math.abs(Math.round(row.sum) - Math.round(row.nation)) || Math.abs(row.off), Math.abs(row.off) < 1 ? 1 : 0),
        })),
        checked.length > 0 ? page.t('b.density_no_sum') : null);
}

function fileOfAll(report, page, s, w) {
    const list = facilitiesIn(report, s);
    const ends = (name) => (facility) => {
        const band = bandIn(report, name, facility, s);
        return [band?.mean[w] ?? null, band?.low?.[w] ?? null, band?.high?.[w] ?? null];
    };
    return {
        columns: [{ name: page.t('b.facility') }, { name: page.t('b.region') }, { name: page.t('b.use') },
            ...columns.flatMap((name) => ['parts.mean', 'parts.low', 'parts.high'].map((part) => ({
                name: `${page.t(`b.column.${name}`)}, ${page.t(part)}`, decimals: 1,
            })))],
        rows: list.map((facility) => [page.name(facility.name), regionName(page, facility.region), useWord(page, facility),
            ...columns.flatMap((name) => ends(name)(facility))]),
    };
}

function allFacilitiesPicture(report, page, { s, w, year }) {
    const list = facilitiesIn(report, s);
    return page.picture({
        id: 'b-all', title: page.t('b.all', { year: String(year), scenario: page.scenario(s) }), unit: page.t('b.all_unit'),
        body: allTable(report, page, s, w),
        note: sentences(sumNote(report, page, s, w), list.some(({ counted }) => counted === false) ? page.t('b.uncounted_note') : null),
        table: fileOfAll(report, page, s, w),
        addresses: (row, i) => addressOf(report, { of: s, name: 'people', labels: [list[i].name], time: year }),
    });
}

/* ---- One facility beside its region and the nation ---- */

// FACILITY, its region and the nation, as parts of quantity NAME.
function besideParts(report, page, name, facility, by) {
    const region = facility.region ? [{ name, labels: { region: facility.region }, label: page.name(facility.region), colour: 'orange' }] : [];
    return openParts(report, [
        { name, labels: { facility: facility.name }, label: page.name(facility.name), colour: 'blue' },
        ...region, { name, labels: {}, label: page.t('b.nation'), colour: 'ink' },
    ], by);
}

function oneDensity(report, page, facility) {
    return partsPicture(report, page, {
        id: 'b-one-density', title: page.t('b.one_density', { name: page.name(facility.name) }), unit: page.unit('per 100 places'),
        definition: page.definition('density'),
        monthly: besideParts(report, page, 'density', facility, 'month'), yearly: besideParts(report, page, 'density', facility, 'year'),
    });
}

function onePeople(report, page, facility) {
    const labels = { facility: facility.name };
    const parts = openParts(report, [
        { name: 'people', labels, label: page.label('people'), colour: 'blue' },
        { name: 'capacity', labels, label: page.label('capacity'), colour: 'vermilion' },
    ], 'year');
    return partsPicture(report, page, {
        id: 'b-one-people', title: page.t('b.one_people', { name: page.name(facility.name) }), unit: page.t('b.one_people_unit'), yearly: parts,
    });
}

function bandCell(page, band, w) {
    if (!band || !Number.isFinite(band.mean[w])) {
        return element('td', { class: 'number' }, '–');
    }
    const decimals = Math.abs(band.mean[w]) < 100 ? Math.max(0, Math.min(1, worthOf(band, w))) : 0;
    const isWide = Number.isFinite(band.low?.[w]) && page.number(band.low[w], decimals) !== page.number(band.high[w], decimals);
    const interval = isWide ? element('span', { class: 'interval' }, page.between(band.low[w], band.high[w], decimals)) : null;
    return element('td', { class: 'number' }, element('strong', null, page.number(band.mean[w], decimals)), interval);
}

// The table that is read: each number of the facility beside its region's and the nation's.
function oneNumbers(report, page, facility, { s, w, year }) {
    const places = [{ labels: { facility: facility.name }, name: page.name(facility.name) },
        ...(facility.region ? [{ labels: { region: facility.region }, name: page.name(facility.region) }] : []),
        { labels: {}, name: page.t('b.nation') }];
    const rows = columns.map((name) => ({ name, bands: places.map(({ labels }) => report.get(name, labels, 'year')?.of[s] ?? null) }))
        .filter(({ bands }) => bands[0]);
    if (rows.length === 0) {
        return element('p', { class: 'note' }, page.t('b.one_none', { name: page.name(facility.name), scenario: page.scenario(s) }));
    }
    const flat = rows.flatMap(({ name, bands }) => bands.map((band, p) => ({ name, band, place: places[p] })).filter(({ band }) => band));
    return page.picture({
        id: 'b-one-numbers', unit: page.t('b.one_unit'),
        title: page.t('b.one_numbers', { name: page.name(facility.name), year: String(year), scenario: page.scenario(s) }),
        body: element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': page.name(facility.name) },
            element('table', { class: 'numbers facilities' },
                element('thead', null, element('tr', null, ['', ...places.map(({ name }) => name)].map((text) => element(text ? 'th' : 'td', { scope: text ? 'col' : null }, text)))),
                element('tbody', null, rows.map(({ name, bands }) => element('tr', null,
                    element('th', { scope: 'row' }, page.t(`b.column.${name}`)), bands.map((band) => bandCell(page, band, w))))))),
        table: {
            columns: [{ name: page.t('b.number') }, { name: page.t('b.where') }, { name: page.t('parts.mean'), decimals: 1 },
                { name: page.t('parts.low'), decimals: 1 }, { name: page.t('parts.high'), decimals: 1 }],
            rows: flat.map(({ name, band, place }) => [page.t(`b.column.${name}`), place.name, band.mean[w], band.low?.[w] ?? null, band.high?.[w] ?? null]),
        },
        addresses: (row, i) => addressOf(report, { of: s, name: flat[i].name, labels: flat[i].place.labels, time: year }),
    });
}

/* ---- The chapter ---- */

function scenarioChoice(report, page) {
    return page.choice({
        key: 'places scenario', label: page.t('parts.which_scenario'), value: 0,
        options: report.scenarios.map((_, s) => ({ value: s, text: page.scenario(s) })),
    });
}

function yearChoice(report, page) {
    const years = report.days.year.filter((window) => isWholeYear(window) || report.days.year.length < 3).map(yearOf);
    return page.choice({
        key: 'places year', label: page.t('parts.which_year'), value: focusYear(report), options: years.map((year) => ({ value: year, text: String(year) })),
    });
}

// The facility with the most people above its capacity in the year that the report speaks of.
function fullest(report, all) {
    const w = placeOfYear({ windows: report.days.year }, focusYear(report));
    const above = (facility) => valueIn(report, 'above_capacity', facility, 0, w) ?? -1;
    return all.reduce((most, one) => (above(one) > above(most) ? one : most));
}

function facilityChoice(report, page) {
    const all = allFacilities(report);
    const options = [...all].sort((a, b) => page.name(a.name).localeCompare(page.name(b.name), page.locale))
        .map(({ name }) => ({ value: name, text: page.name(name) }));
    return page.choice({ key: 'places facility', label: page.t('b.which_facility'), value: fullest(report, all).name, options });
}

// What is shown follows what is chosen: all of it of the scenario, the rest of the year or the facility too.
function follow(report, page, choices, parts) {
    const { scenario, year, facility } = choices;
    const chosen = () => ({
        s: Number(scenario.value()), year: Number(year.value()), w: placeOfYear({ windows: report.days.year }, Number(year.value())),
    });
    const one = () => allFacilities(report).find(({ name }) => name === facility.value());
    const fill = (part, ...pictures) => part.replaceChildren(...pictures.filter(Boolean));
    const byYear = () => {
        fill(parts.map, map(report, page, chosen()));
        fill(parts.all, allFacilitiesPicture(report, page, chosen()));
        fill(parts.numbers, oneNumbers(report, page, one(), chosen()));
    };
    scenario.listen(() => fill(parts.heat, heat(report, page, chosen().s)));
    year.listen(() => {});
    facility.listen(() => fill(parts.one, oneDensity(report, page, one()), onePeople(report, page, one())));
    [scenario, year, facility].forEach(({ root }) => root.addEventListener('change', byYear));
    byYear();
}

export function chapter(report, page) {
    if (allFacilities(report).length === 0) {
        return null;
    }
    const choices = { scenario: scenarioChoice(report, page), year: yearChoice(report, page), facility: facilityChoice(report, page) };
    const parts = Object.fromEntries(['heat', 'map', 'all', 'numbers', 'one'].map((name) => [name, element('div')]));
    follow(report, page, choices, parts);
    return element('div', null,
        element('p', null, page.t('b.intro')),
        element('div', { class: 'controls' }, report.scenarios.length > 1 ? choices.scenario.root : null, choices.year.root),
        parts.map, parts.heat, parts.all,
        element('div', { class: 'chance' },
            element('h3', null, page.t('b.one')), element('p', null, page.t('b.one_intro')),
            element('div', { class: 'controls' }, choices.facility.root), parts.numbers, parts.one));
}
