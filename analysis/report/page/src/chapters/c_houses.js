// C: small houses: what is promised and what opens, who has the next move, how many people live there,
// why places stand empty, and the law that a house alone loses more than houses that share.

import { addressOf } from '../address.js';
import { worthOf } from '../bands.js';
import { yearBars, yearBarSteps } from '../bars.js';
import { element } from '../dom.js';
import { intervalRows, intervalSteps } from '../intervals.js';
import { lawPlot, lawSteps } from '../law.js';
import { focusYear, placeOfYear, yearOf } from '../numbers.js';
import {
    cutNote, drawnWindows, labelsOf, madePart, meansOf, openParts, partsByLabel, partsPicture, sentences, sumOfParts, wordFor, writeSize, yearsOf,
} from '../parts.js';
import { allFacilities, useOf } from '../places.js';
import { isInRange } from '../range.js';

const RECOMMENDED = 30; // places of a small house at the most
const LEAST_OPENED = 0.25; // a year in which a house opens in fewer futures than this tells little of its delay
const DAYS_OF_MONTH = 365.25 / 12;

// The stages of a project in the groups in which they are drawn; a stage not named is preparation.
const stageGroups = [
    { key: 'prepared', stages: ['promised', 'decision', 'site', 'agreement'], colour: 'orange' },
    { key: 'permit', stages: ['permit'], colour: 'vermilion' },
    { key: 'built', stages: ['works', 'staffing', 'opening'], colour: 'purple' },
    { key: 'open', stages: ['open'], colour: 'green' },
    { key: 'ended', stages: ['abandoned', 'lapsed'], colour: 'blue' },
];

/* ---- Projects ---- */

function stageParts(report, page, by) {
    return partsByLabel(report, 'projects', by, (label) => wordFor(page, label));
}

// Open projects: told by themselves, with the futures, or as a stage.
function openProjects(report, page, by) {
    const [told] = openParts(report, [{ name: 'projects_open', label: page.t('c.open'), colour: 'blue', fan: true }], by);
    const stage = stageParts(report, page, by).find(({ key }) => key === 'open');
    return told ?? (stage ? { ...stage, label: page.t('c.open'), colour: 'blue' } : null);
}

function progress(report, page) {
    const lines = (by) => {
        const stages = stageParts(report, page, by);
        const begun = stages.length > 0 ? [sumOfParts(stages, { label: page.t('c.begun'), colour: 'orange' })] : [];
        const planned = openParts(report, [{ name: 'projects_promised', label: page.t('c.planned'), colour: 'vermilion' }], by);
        return { drawn: [...begun, ...planned, openProjects(report, page, by)].filter(Boolean), told: [...planned, openProjects(report, page, by)].filter(Boolean) };
    };
    return partsPicture(report, page, {
        id: 'c-progress', title: page.t('c.progress'), definition: page.t('c.progress_definition'), note: page.t('c.progress_note'),
        monthly: lines('month').drawn, yearly: lines('year').told,
    });
}

function stages(report, page) {
    const parts = stageParts(report, page, 'month');
    const groupOf = (key) => stageGroups.find((group) => group.stages.includes(key)) ?? stageGroups[0];
    const groups = stageGroups.map((group) => ({ group, inside: parts.filter(({ key }) => groupOf(key) === group) }))
        .filter(({ inside }) => inside.length > 0);
    return partsPicture(report, page, {
        id: 'c-stages', title: page.t('c.stages'), definition: page.t('c.stages_definition'), stacked: true,
        monthly: groups.map(({ group, inside }) => sumOfParts(inside, { label: page.t(`c.stage.${group.key}`), colour: group.colour })),
        yearly: stageParts(report, page, 'year'),
    });
}

function parties(report, page) {
    const word = (label) => wordFor(page, label);
    return partsPicture(report, page, {
        id: 'c-parties', title: page.t('c.parties'), definition: page.t('c.parties_definition'), stacked: true,
        monthly: partsByLabel(report, 'projects_at', 'month', word), yearly: partsByLabel(report, 'projects_at', 'year', word),
    });
}

/* ---- Openings and their delay ---- */

// Months that a house opened in each year comes late, on average; null where hardly any opens.
export function monthsLate(delay, opened) {
    return delay.map((days, i) => (opened[i] >= LEAST_OPENED && days !== null ? days / opened[i] / DAYS_OF_MONTH : null));
}

function openingPanels(report, page) {
    const opened = report.get('projects_opened', {}, 'year');
    const delay = report.get('opening_delay', {}, 'year');
    const drawn = opened ? drawnWindows(opened.windows, true) : [];
    return (opened?.of ?? []).map((band, s) => {
        const late = band && delay?.of[s] ? monthsLate(delay.of[s].mean, band.mean) : [];
        return band && {
            place: s, name: page.scenario(s), windows: drawn.map((i) => opened.windows[i]), values: drawn.map((i) => band.mean[i]),
            late: drawn.map((i) => late[i]), words: drawn.map((i) => (Number.isFinite(late[i]) ? page.signed(late[i]) : '')), all: { band, late },
        };
    }).filter((panel) => panel?.values.some((value) => value > 0));
}

function lateText(page, months) {
    const n = Math.round(Math.abs(months));
    return n === 0 ? page.t('c.on_time') : page.t(months > 0 ? 'c.late' : 'c.early', { n });
}

function openings(report, page) {
    const panels = openingPanels(report, page);
    if (panels.length === 0) {
        return null;
    }
    const text = (panel, i) => [
        `${panel.name}, ${yearOf(panel.windows[i])}`, page.t('c.opened_n', { n: writeSize(page, panel.values[i]) }),
        Number.isFinite(panel.late[i]) ? lateText(page, panel.late[i]) : null,
    ].filter(Boolean).join('\n');
    const rows = (range) => panels.flatMap((panel) => report.days.year.map((window, i) => ({ panel, window, i }))
        .filter(({ window }) => isInRange(range, window)));
    return page.picture({
        id: 'c-opened', title: page.t('c.opened'), unit: page.t('c.opened_unit'), definition: page.t('c.opened_definition'),
        note: sentences(page.t('c.opened_note'), cutNote(report, page)), range: yearsOf(report),
        draw: (width, range) => yearBars(panels, { width, range, write: (value) => page.number(value, value % 1 ? 1 : 0) }),
        steps: (range, width) => yearBarSteps(panels, range, width, text),
        table: (range) => ({
            columns: [{ name: page.t('parts.scenario') }, { name: page.t('parts.year') }, { name: page.t('c.opened_column'), decimals: 1 },
                { name: page.t('c.late_column'), decimals: 0 }],
            rows: rows(range).map(({ panel, window, i }) => [panel.name, String(yearOf(window)), panel.all.band.mean[i], panel.all.late[i] ?? null]),
        }),
        addresses: rows(null).map(({ panel, window }) => ({
            text: `${panel.name}, ${yearOf(window)}`, address: addressOf(report, { of: panel.place, name: 'projects_opened', time: yearOf(window) }),
        })),
    });
}

/* ---- Places and residents ---- */

function inUse(report, page) {
    const lines = (by) => openParts(report, [
        { name: 'house_places', label: page.t('c.places'), colour: 'vermilion' },
        { name: 'house_residents', label: page.t('c.residents'), colour: 'blue', fan: true },
    ], by);
    return partsPicture(report, page, {
        id: 'c-use', title: page.t('c.use'), unit: page.t('c.use_unit'), definition: page.t('c.use_definition'), monthly: lines('month'), yearly: lines('year'),
    });
}

function byRegion(report, page) {
    const word = (label) => page.name(label);
    return partsPicture(report, page, {
        id: 'c-regions', title: page.t('c.regions'), definition: page.t('c.use_definition'), stacked: true,
        monthly: partsByLabel(report, 'house_residents', 'month', word), yearly: partsByLabel(report, 'house_residents', 'year', word),
    });
}

// Empty places by BY: those between two residents, and all others.
function emptyParts(report, page, by) {
    const [gap, empty] = ['vacating', 'house_empty'].map((name) => openParts(report, [{ name, label: page.t('c.empty_all') }], by)[0]);
    const handed = gap && { ...gap, label: page.t('c.empty_gap'), colour: 'vermilion' };
    const rest = gap && empty ? madePart([empty], { label: page.t('c.empty_rest'), colour: 'blue' }, (s) => {
        const [all, less] = [meansOf(empty, s), meansOf(gap, s)];
        return all && less ? all.map((value, i) => (value === null ? null : Math.max(0, value - (less[i] ?? 0)))) : null;
    }) : null;
    return { drawn: [handed, rest].filter(Boolean), told: [empty, handed].filter(Boolean) };
}

// Are there anywhere more places in hand-off than there are empty ones? A house that shrinks to its cap counts none
// of the places that its residents leave.
export function shrinks([empty, gap]) {
    return empty.quantity.of.some((_, s) => {
        const [all, handed] = [meansOf(empty, s), meansOf(gap, s)];
        return all && handed && all.some((value, i) => handed[i] > value);
    });
}

// How many wait for a house while places stand empty, in the year that the report speaks of.
function waitingNote(report, page) {
    const year = focusYear(report);
    const waiting = report.get('waiting_for_house', {}, 'year');
    const w = waiting ? placeOfYear(waiting, year) : -1;
    const value = waiting?.of[0]?.mean[w];
    return Number.isFinite(value) ? page.t('c.empty_waiting', { year: String(year), scenario: page.scenario(0), n: Math.round(value) }) : null;
}

function empty(report, page) {
    const [months, years] = ['month', 'year'].map((by) => emptyParts(report, page, by));
    const isWhole = months.drawn.length > 1;
    return partsPicture(report, page, {
        id: 'c-empty', title: page.t(isWhole ? 'c.empty' : 'c.empty_gap_only'), definition: page.t('c.empty_definition'), stacked: true,
        note: isWhole ? sentences(page.t(shrinks(months.told) ? 'c.empty_shrinks' : 'c.empty_note'), waitingNote(report, page), page.t('c.empty_staff')) : null,
        monthly: months.drawn, yearly: years.told,
    });
}

function handOff(report, page) {
    const quantity = report.get('handoff_gap', {}, 'year');
    const year = focusYear(report);
    const w = quantity ? placeOfYear(quantity, year) : -1;
    const rows = (quantity?.of ?? []).map((band, s) => band && Number.isFinite(band.mean[w]) && {
        s, name: page.scenario(s), mean: band.mean[w], low: band.low?.[w], high: band.high?.[w], colour: s === 0 ? 'ink' : 'blue',
        text: page.number(band.mean[w], Math.min(1, worthOf(band, w))),
    }).filter(Boolean);
    if (rows.length === 0) {
        return null;
    }
    const groups = [{ rows }];
    const interval = (row) => (Number.isFinite(row.low) ? `95 %: ${page.between(row.low, row.high, 1)}` : null);
    return page.picture({
        id: 'c-handoff', title: page.t('c.handoff', { year: String(year) }), unit: page.unit('days'), definition: page.t('c.handoff_definition'),
        note: rows.some((row) => Number.isFinite(row.low)) ? page.t('parts.interval_note') : null,
        draw: (width) => intervalRows(groups, { width, write: (value) => page.number(value) }),
        steps: (range, width) => intervalSteps(groups, width, (row) => [row.name, `${row.text} ${page.unit('days')}`, interval(row)].filter(Boolean).join('\n')),
        table: {
            columns: [{ name: page.t('parts.scenario') }, { name: page.t('parts.mean'), unit: page.unit('days'), decimals: 1 },
                { name: page.t('parts.low'), decimals: 1 }, { name: page.t('parts.high'), decimals: 1 }],
            rows: rows.map((row) => [row.name, row.mean, row.low ?? null, row.high ?? null]),
        },
        addresses: (row, i) => addressOf(report, { of: rows[i].s, name: 'handoff_gap', time: year }),
    });
}

function waiting(report, page) {
    const lines = (by) => openParts(report, [{ name: 'waiting_for_house', label: null, colour: 'blue', fan: true }], by)
        .map((part) => ({ ...part, label: page.t('c.waiting_label') }));
    return partsPicture(report, page, {
        id: 'c-waiting', title: page.t('c.waiting'), definition: page.t('c.waiting_definition'), monthly: lines('month'), yearly: lines('year'),
    });
}

/* ---- Who lives where ---- */

function match(report, page) {
    const lines = (by) => openParts(report, [
        { name: 'match', label: page.t('c.match_fits'), colour: 'blue' }, { name: 'small_scale', label: page.t('c.match_small'), colour: 'orange' },
    ], by);
    return partsPicture(report, page, {
        id: 'c-match', title: page.t('c.match'), unit: page.t('c.match_unit'), definition: page.t('c.match_definition'),
        monthly: lines('month'), yearly: lines('year'), write: (value) => page.percent(value),
    });
}

// The share that fits by group, where it is told; else who waits for a house.
function groups(report, page) {
    const word = (label) => wordFor(page, label);
    const name = labelsOf(report, 'match').length > 0 ? 'match' : 'waiting_by_need';
    return partsPicture(report, page, {
        id: 'c-groups', title: page.t(`c.groups.${name}`), definition: page.t(`c.groups_definition.${name}`), stacked: name !== 'match',
        monthly: partsByLabel(report, name, 'month', word), yearly: partsByLabel(report, name, 'year', word),
    });
}

// The highest yearly mean of FACILITY's places in scenario S from the year at FROM on: {places, w}, or null.
function highest(report, facility, s, from) {
    const mean = report.get('capacity', { facility: facility.name }, 'year')?.of[s]?.mean ?? [];
    const most = Math.max(0, ...mean.slice(from));
    return most > 0 ? { places: most, w: mean.indexOf(most, from) } : null;
}

const isLarge = (found) => found !== null && found.places > RECOMMENDED + 0.5;

// Houses that have more than RECOMMENDED places in some scenario in the year that the report speaks of,
// or later: [{facility, found: [by scenario]}].
export function largeHouses(report) {
    const from = Math.max(0, placeOfYear({ windows: report.days.year }, focusYear(report)));
    return allFacilities(report).filter((facility) => ['detention_house', 'transition_house'].includes(useOf(facility)))
        .map((facility) => ({ facility, found: report.scenarios.map((_, s) => highest(report, facility, s, from)) }))
        .filter(({ found }) => found.some(isLarge));
}

function placesCell(page, found) {
    const text = found ? page.number(found.places) : '–';
    return element('td', { class: 'number' }, isLarge(found) ? element('strong', null, text) : text);
}

function largeTable(page, houses, names) {
    return element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': page.t('c.large', { places: RECOMMENDED }) },
        element('table', { class: 'numbers facilities' },
            element('thead', null, element('tr', null, [page.t('c.house'), ...names].map((text) => element('th', { scope: 'col' }, text)))),
            element('tbody', null, houses.map(({ facility, found }) => element('tr', null,
                element('th', { scope: 'row' }, page.name(facility.name)), found.map((one) => placesCell(page, one)))))));
}

function large(report, page) {
    const houses = largeHouses(report);
    if (houses.length === 0) {
        return null;
    }
    const names = report.scenarios.map((_, s) => page.scenario(s));
    const cells = houses.flatMap(({ facility, found }) => found.map((one, s) => ({ facility, one, s })));
    return page.picture({
        id: 'c-large', title: page.t('c.large', { places: RECOMMENDED }), unit: page.t('c.large_unit', { year: String(focusYear(report)) }), note: page.t('c.large_note', { places: RECOMMENDED }),
        body: largeTable(page, houses, names),
        table: {
            columns: [{ name: page.t('c.house') }, { name: page.t('parts.scenario') }, { name: page.unit('places'), decimals: 0 }, { name: page.t('parts.year') }],
            rows: cells.map(({ facility, one, s }) => [page.name(facility.name), names[s], one?.places ?? null, one ? String(yearOf(report.days.year[one.w])) : '–']),
        },
        addresses: (row, i) => (cells[i].one
            ? addressOf(report, { of: cells[i].s, name: 'capacity', labels: [cells[i].facility.name], time: yearOf(report.days.year[cells[i].one.w]) }) : null),
    });
}

/* ---- The law of small houses ---- */

// What the results have seen, as dots: the share of its time that a place is lived in.
export function seenOf(report, page) {
    return (report.law?.seen ?? []).filter(({ scenario, region, stay, gap }) => report.scenarios[scenario] && !region && stay > 0 && gap >= 0)
        .map(({ scenario, stay, gap }) => ({ scenario, stay, x: gap, y: (100 * stay) / (stay + gap), name: page.scenario(scenario) }));
}

function gapLines(law, page) {
    return law.stay_days.map((stay, i) => ({
        name: page.t('c.law_stay', { n: Math.round(stay / DAYS_OF_MONTH) }), stay,
        points: law.gap_days.map((gap, j) => ({ x: gap, y: law.occupancy[i][j] })),
    })).slice(0, 5);
}

function lawOfGaps(report, page) {
    const { law } = report;
    if (!law?.occupancy?.length) {
        return null;
    }
    const lines = gapLines(law, page);
    const seen = seenOf(report, page).filter(({ x }) => x <= law.gap_days.at(-1));
    const seenText = ({ x, y, name }) => page.t('c.law_seen_one', { name, n: Math.round(x), share: page.percent(y) });
    const low = Math.min(...lines.flatMap(({ points }) => points.map(({ y }) => y)), ...seen.map(({ y }) => y));
    const extent = [Math.max(0, Math.floor(low / 10) * 10), 100];
    return page.picture({
        id: 'c-law-gap', title: page.t('c.law_gap'), unit: page.t('c.law_gap_unit'), definition: page.t('c.law_gap_definition'),
        note: sentences(extent[0] > 0 ? page.t('c.law_not_zero') : null, seen.length > 0 ? page.t('c.law_seen', { list: page.list(seen.map(seenText)) }) : null),
        draw: (width) => lawPlot(lines, {
            seen: seen.map((dot) => ({ ...dot, name: seen.length < 3 ? dot.name : '' })), width, extent, writeX: (v) => page.number(v), writeY: (v) => page.percent(v), labelX: page.t('c.law_gap_axis'),
        }),
        steps: () => [
            ...lawSteps(lines, (line, { x, y }) => [line.name, page.t('c.law_gap_step', { n: x }), page.percent(y)].join('\n')),
            ...seen.map(({ x, y, name }) => ({ x, y, text: [name, page.t('c.law_gap_step', { n: Math.round(x) }), page.percent(y)].join('\n') })),
        ],
        table: {
            columns: [{ name: page.t('c.law_gap_axis') }, ...lines.map(({ name }) => ({ name, unit: '%', decimals: 0 }))],
            rows: law.gap_days.map((gap, j) => [page.number(gap), ...lines.map(({ points }) => points[j].y)]),
        },
    });
}

function lawOfPools(report, page) {
    const { law } = report;
    if (!law?.refused?.length) {
        return null;
    }
    const lines = law.pools.map((pool, j) => ({
        name: page.t('c.law_pool', { n: pool, places: law.places * pool }), points: law.load.map((load, i) => ({ x: 100 * load, y: law.refused[i][j] })),
    })).slice(0, 5);
    const high = Math.max(...lines.flatMap(({ points }) => points.map(({ y }) => y)));
    return page.picture({
        id: 'c-law-pool', title: page.t('c.law_pools'), unit: page.t('c.law_pools_unit', { places: law.places }), definition: page.t('c.law_pools_definition', { places: law.places }),
        draw: (width) => lawPlot(lines, {
            width, extent: [0, Math.ceil(high / 5) * 5], writeX: (v) => page.percent(v), writeY: (v) => page.percent(v), labelX: page.t('c.law_pools_axis'),
        }),
        steps: () => lawSteps(lines, (line, { x, y }) => [line.name, page.t('c.law_pools_step', { load: page.percent(x) }), page.t('c.law_refused', { n: page.percent(y, y < 10 ? 1 : 0) })].join('\n')),
        table: {
            columns: [{ name: page.t('c.law_pools_axis') }, ...lines.map(({ name }) => ({ name, unit: '%', decimals: 1 }))],
            rows: law.load.map((load, i) => [page.percent(100 * load), ...lines.map(({ points }) => points[i].y)]),
        },
    });
}

function law(report, page) {
    const pictures = [lawOfGaps(report, page), lawOfPools(report, page)].filter(Boolean);
    return pictures.length === 0 ? null : element('div', { class: 'chance' },
        element('h3', null, page.t('c.law')), element('p', null, page.t('c.law_intro')), pictures);
}

/* ---- The chapter ---- */

const pictures = [progress, stages, parties, openings, inUse, byRegion, empty, handOff, waiting, match, groups, large];

// The law alone is no chapter: it says nothing of these results.
export function chapter(report, page) {
    const made = pictures.map((make) => make(report, page)).filter(Boolean);
    return made.length === 0 ? null
        : element('div', null, element('p', null, page.t('c.intro')), made, law(report, page));
}
