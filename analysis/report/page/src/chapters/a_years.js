// A: overcrowding through the years, for the nation or a region: what happens in each scenario, how
// it differs from the base, and in how many futures a level is passed.

import * as Plot from '@observablehq/plot';
import { addressOf, timeOf } from '../address.js';
import { describe } from '../bands.js';
import { beginsAboveZero, fanPanels, fanSteps } from '../charts.js';
import { colours, order, textColours } from '../colours.js';
import { element } from '../dom.js';
import { focusYear, placeOfYear, shareAbove, yearOf } from '../numbers.js';
import { isInRange } from '../range.js';

// What is shown, in order. `beside` are lines drawn with it, `counted` the series of the past,
// `loose` axes begin where the values do.
const shown = [
    {
        name: 'people', beside: [{ name: 'capacity', colour: 'vermilion' }],
        counted: [['population', 'ink'], ['capacity', 'vermilion']], loose: true,
    },
    { name: 'above_capacity', beside: [], counted: [] },
    { name: 'floor_sleepers', beside: [], counted: [['floor_sleepers', 'ink']] },
    { name: 'density', beside: [], counted: [], loose: true, level: 100 },
    { name: 'felt_density', beside: [], counted: [], loose: true, level: 100 },
];

/* ---- Panels ---- */

function yearsOf(report, past) {
    const first = Math.min(yearOf(report.days.year[0]), ...past.map((row) => yearOf([row.day])));
    return { from: first, until: yearOf(report.days.year.at(-1)) };
}

function dotsOf(report, { counted }, region) {
    return counted.flatMap(([series, colour]) => report.counted(series, { region }).map((row) => ({ ...row, colour })));
}

// The panels of WHAT: one for each scenario that has it.
export function levelPanels(report, page, what, region) {
    const labels = region ? { region } : {};
    const quantity = report.get(what.name, labels, 'month');
    if (!quantity) {
        return null;
    }
    const dots = dotsOf(report, what, region);
    const beside = what.beside.map((line) => ({ ...line, quantity: report.get(line.name, labels, 'month') }))
        .filter((line) => line.quantity);
    const panels = quantity.of.map((band, i) => band && {
        place: i, name: page.scenario(i), windows: quantity.windows, band, dots,
        lines: [
            { label: beside.length > 0 ? page.label(what.name) : null, values: band.mean, colour: 'blue' },
            ...beside.filter((line) => line.quantity.of[i]).map((line) => ({
                label: page.label(line.name), values: line.quantity.of[i].mean, colour: line.colour,
            })),
        ],
    }).filter(Boolean);
    return panels.length > 0 ? { quantity, panels, dots } : null;
}

function differencePanels(report, page, what, region) {
    const quantity = report.get(what.name, region ? { region } : {}, 'month');
    const panels = (quantity?.than ?? []).map((band, i) => band && {
        place: i, name: page.scenario(i), windows: quantity.windows, band,
        lines: [{ label: null, values: band.mean, colour: 'blue' }],
    }).filter(Boolean);
    return panels.length > 0 ? { quantity, panels } : null;
}

/* ---- Numbers under the pictures ---- */

// Columns of a band for each scenario: mean and, where there are several futures, the ends of what
// 80 % of them do.
function bandColumns(page, places, quantity, bands) {
    const { decimals } = quantity;
    return places.flatMap((place, n) => [
        { name: `${page.scenario(place)}: ${page.t('a.mean')}`, decimals },
        ...(bands[n].quantiles ? [{ name: page.t('a.low80'), decimals }, { name: page.t('a.high80'), decimals }] : []),
    ]);
}

// A table by WINDOW of OF or THAN of QUANTITY, one row a window in RANGE.
function bandTable(page, quantity, which, range, timeName) {
    const places = quantity[which].map((band, i) => (band ? i : -1)).filter((i) => i >= 0);
    const rows = quantity.windows.map((window, w) => [window, w]).filter(([window]) => isInRange(range, window));
    return {
        columns: [{ name: timeName }, ...bandColumns(page, places, quantity, places.map((i) => quantity[which][i]))],
        rows: rows.map(([window, w]) => [timeOf(quantity.by, window), ...places.flatMap((i) => {
            const band = quantity[which][i];
            return [band.mean[w], ...(band.quantiles ? [band.quantiles[1][w], band.quantiles[5][w]] : [])];
        })]),
    };
}

// Every yearly mean of a quantity by its address.
function bandAddresses(report, page, quantity, which) {
    return quantity[which].flatMap((band, of) => (band ? quantity.windows.map((window) => {
        const time = timeOf('year', window);
        return {
            text: `${page.scenario(of)}, ${time}`,
            address: addressOf(report, { of, than: which === 'than', name: quantity.name, labels: quantity.labels, time }),
        };
    }) : []));
}

/* ---- Pictures ---- */

// What both kinds of picture share: bands by month, a table by year, a file by month.
function fanPicture(report, page, { what, region, made, which, id, words }) {
    const { quantity, panels } = made;
    const yearly = report.get(what.name, quantity.labels, 'year');
    const range = yearsOf(report, made.dots ?? []);
    const write = which === 'than' ? page.signed : page.number;
    return page.picture({
        id, ...words, range, unit: page.unit(quantity.unit),
        draw: (width, years) => fanPanels(panels, {
            width, range: years, write, loose: which === 'of' && what.loose, level: which === 'of' ? what.level : undefined,
            least: which === 'than' ? 1 : 0,
        }),
        steps: (years, width) => fanSteps(panels, years, width, (panel, i) => [
            panel.name, page.month(panel.windows[i][0]), describe(panel.band, i, page, write),
            ...panel.lines.slice(1).map((line) => `${line.label}: ${page.number(line.values[i])}`),
        ].join('\n')),
        table: (years) => bandTable(page, yearly ?? quantity, which, years, page.t('a.year')),
        csv: (years) => bandTable(page, quantity, which, years, page.t('a.month')),
        addresses: yearly ? bandAddresses(report, page, yearly, which) : [],
    });
}

function placeName(page, region) {
    return region ? page.name(region) : page.t('a.nation');
}

// What is said under a fan: its bands, the dots, and an axis that does not begin at zero.
export function fanNote(page, { panels, dots }, range, options) {
    return [
        panels.some(({ band }) => band.quantiles) ? page.t('a.bands') : null,
        dots.length > 0 ? page.t('a.dots') : null,
        beginsAboveZero(panels, range, options) ? page.t('a.not_zero') : null,
    ].filter(Boolean).join(' ');
}

function levelPicture(report, page, what, region) {
    const made = levelPanels(report, page, what, region);
    if (!made) {
        return null;
    }
    return fanPicture(report, page, {
        what, region, made, which: 'of', id: `a-${what.name}`,
        words: {
            title: page.t('a.title', { what: page.label(what.name), place: placeName(page, region) }),
            definition: page.definition(what.name, made.quantity.definition),
            summary: page.t(`a.summary`),
            note: (range) => fanNote(page, made, range, { loose: what.loose }),
        },
    });
}

function differencePicture(report, page, what, region) {
    const made = differencePanels(report, page, what, region);
    return made && fanPicture(report, page, {
        what, region, made, which: 'than', id: `a-${what.name}-than`,
        words: {
            title: page.t('a.title_than', { what: page.label(what.name), place: placeName(page, region), base: page.scenario(0) }),
            definition: page.t('a.than_definition'),
            note: made.panels.some((panel) => panel.band.quantiles) ? page.t('a.than_bands') : null,
        },
    });
}

/* ---- In n of 100 futures ---- */

function futuresOf(report, name) {
    const quantity = report.get(name, {}, 'year');
    return quantity?.of.some((band) => band?.futures?.[0]?.length > 1) ? quantity : null;
}

// A round level near the middle of what the base does in a year.
function roundLevel(quantity, w) {
    const value = quantity.of[0]?.mean[w] ?? 0;
    const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(value)))) - 1);
    return Math.round(value / step) * step;
}

const NARROW = 560;

// How many of the futures lie above each value: a step for each future.
function stairs(quantity, w, page) {
    return quantity.of.flatMap((band, place) => {
        const sorted = band?.futures?.[w]?.filter((value) => value !== null) ?? [];
        const step = (value, above) => ({
            place, name: page.scenario(place), value, share: (100 * above) / sorted.length,
        });
        return sorted.length === 0 ? [] : [
            ...sorted.map((value, k) => step(value, sorted.length - k)), step(sorted.at(-1), 0),
        ];
    });
}

// The base is dark, the others have colours of their own.
const colourOf = (place) => (place === 0 ? 'ink' : order[(place - 1) % order.length]);

// The name of each scenario beside its line, each at a height of its own; on a narrow drawing on two lines.
function stairNames(rows, [low, high], width) {
    const places = [...new Set(rows.map((row) => row.place))];
    const step = width < NARROW ? 15 : 11;
    return places.map((place, n) => {
        const row = rows.find((one) => one.place === place && one.share <= 94 - step * n);
        const right = row.value > low + 0.6 * (high - low);
        const part = (row.value - low) / (high - low || 1);
        const room = (width - 76) * (right ? part : 1 - part) - 10;
        return Plot.text([row], {
            x: 'value', y: 94 - step * n, lineWidth: Math.max(6, room / 13), text: 'name', textAnchor: right ? 'end' : 'start', dx: right ? -7 : 7,
            fill: textColours[colourOf(place)], fontWeight: 600, fontSize: 12, stroke: '#ffffff', strokeWidth: 4,
        });
    });
}

function stairsPlot(page, quantity, w, level, width) {
    const rows = stairs(quantity, w, page);
    const write = (value) => page.number(value);
    const low = Math.min(level, ...rows.map((row) => row.value));
    const high = Math.max(level, ...rows.map((row) => row.value));
    const start = low > 0.4 * high ? low - 0.04 * (high - low) : 0;
    return Plot.plot({
        width, height: 300, marginLeft: 46, marginBottom: 34, marginTop: 22, marginRight: 12,
        style: { fontSize: '12px', fontFamily: 'inherit', overflow: 'visible' },
        x: { domain: [start, high + 0.04 * (high - start)], label: null, tickFormat: write, ticks: Math.max(3, Math.floor(width / 110)) },
        y: { domain: [0, 100], label: null, ticks: 5 },
        marks: [
            Plot.gridY({ stroke: colours.line, strokeOpacity: 1, ticks: 5 }),
            Plot.axisY({ tickSize: 0, ticks: 5, color: colours.soft, label: null }),
            Plot.ruleX([level], { stroke: colours.ink, strokeDasharray: '3 3' }),
            Plot.text([level], { x: (d) => d, frameAnchor: 'top', dy: -16, text: write, fontSize: 12, fontWeight: 600 }),
            Plot.line(rows, {
                x: 'value', y: 'share', z: 'place', curve: 'step-before', strokeWidth: 2,
                stroke: (row) => colours[colourOf(row.place)],
            }),
            Plot.ruleY([0], { stroke: colours.soft }),
            ...stairNames(rows, [start, high], width),
        ],
    });
}

function chanceRows(page, quantity, w, level) {
    return quantity.of.map((band, place) => {
        const futures = band?.futures?.[w];
        return futures ? { place, share: shareAbove(futures, level), futures: futures.filter((v) => v !== null).length } : null;
    }).filter((row) => row && row.share !== null);
}

function chancePicture(report, page, { quantity, w, year, level }) {
    const rows = chanceRows(page, quantity, w, level);
    const unit = page.unit(quantity.unit);
    const values = { what: page.label(quantity.name), level: page.number(level), unit, year: String(year) };
    return page.picture({
        id: 'a-chance',
        title: page.t('a.chance_title', values),
        unit: page.t('a.chance_unit', { unit }),
        definition: page.definition(quantity.name, quantity.definition),
        draw: (width) => stairsPlot(page, quantity, w, level, width),
        steps: () => stairs(quantity, w, page).map((row) => ({
            x: row.value, y: row.share,
            text: page.t('a.chance_step', { name: row.name, n: Math.round(row.share), value: page.number(row.value), unit }),
        })),
        table: {
            columns: [{ name: page.t('a.scenario') }, { name: page.t('a.chance_column', values), decimals: 0 }, { name: page.t('a.futures') }],
            rows: rows.map((row) => [page.scenario(row.place), row.share, row.futures]),
        },
        addresses: (row, i) => addressOf(report, {
            of: rows[i].place, statistic: 'chance', name: quantity.name, relation: `> ${level}`, time: year,
        }),
    });
}

// One line for each scenario, which is also the legend of the picture.
function chanceLines(page, { quantity, w, year, level }) {
    const head = page.t('a.chance_lines', {
        what: page.label(quantity.name), level: page.number(level), unit: page.unit(quantity.unit), year: String(year),
    });
    const lines = chanceRows(page, quantity, w, level).map((row) => element('li', null,
        element('span', { class: 'swatch', style: `background:${colours[colourOf(row.place)]}`, 'aria-hidden': 'true' }),
        element('strong', null, page.t('a.chance_line', { n: Math.round(row.share) })),
        element('span', { style: `color:${textColours[colourOf(row.place)]}` }, page.scenario(row.place))));
    return element('div', { 'aria-live': 'polite' }, element('p', { class: 'chance-head' }, head), element('ul', { class: 'chances' }, lines));
}

function numberField(page, { label, value, step }, changed) {
    const field = element('input', { type: 'number', value, step, min: 0, inputmode: 'decimal' });
    field.addEventListener('input', () => {
        if (field.value !== '' && Number.isFinite(field.valueAsNumber)) {
            changed(field.valueAsNumber);
        }
    });
    return element('label', { class: 'choice' }, element('span', null, label), field);
}

// The reader sets what, the year and the level; the lines and the picture follow.
function chances(report, page) {
    const names = shown.map(({ name }) => name).concat('places_in_use').filter((name) => futuresOf(report, name));
    if (names.length === 0) {
        return null;
    }
    const years = report.days.year.map((window) => yearOf(window));
    const what = page.choice({
        key: 'chance what', label: page.t('a.chance_what'), value: names.includes('floor_sleepers') ? 'floor_sleepers' : names[0],
        options: names.map((name) => ({ value: name, text: page.label(name) })),
    });
    const when = page.choice({
        key: 'chance year', label: page.t('a.year'), value: focusYear(report), options: years.map((year) => ({ value: year, text: year })),
    });
    const level = element('div');
    const result = element('div');

    function show(value) {
        const quantity = futuresOf(report, what.value());
        const year = Number(when.value());
        const chosen = { quantity, w: placeOfYear(quantity, year), year, level: value };
        page.remember('chance level', { name: quantity.name, value });
        result.replaceChildren(chanceLines(page, chosen), chancePicture(report, page, chosen));
    }

    function begin() {
        const quantity = futuresOf(report, what.value());
        const before = page.recall('chance level', null);
        const value = before?.name === quantity.name ? before.value : roundLevel(quantity, placeOfYear(quantity, Number(when.value())));
        level.replaceChildren(numberField(page, {
            label: page.t('a.chance_level', { unit: page.unit(quantity.unit) }), value, step: value > 500 ? 50 : 5,
        }, show));
        show(value);
    }
    what.listen(begin);
    when.listen(begin);
    return element('div', { class: 'chance' },
        element('h3', { id: 'a-chance-title' }, page.t('a.chance')),
        element('p', null, page.t('a.chance_intro')),
        element('div', { class: 'controls' }, what.root, when.root, level), result);
}

/* ---- The chapter ---- */

function picturesOf(report, page, region) {
    return shown.flatMap((what) => [
        levelPicture(report, page, what, region), differencePicture(report, page, what, region),
    ]).filter(Boolean);
}

export function chapter(report, page) {
    if (!shown.some(({ name }) => report.get(name, {}, 'month'))) {
        return null;
    }
    const regions = report.regions ?? [];
    const where = page.choice({
        key: 'region', label: page.t('a.where'), value: '',
        options: [{ value: '', text: page.t('a.nation') }, ...regions.map((name) => ({ value: name, text: page.name(name) }))],
    });
    const pictures = element('div');
    where.listen((region) => pictures.replaceChildren(...picturesOf(report, page, region)));
    const several = report.scenarios.length > 1;
    return element('div', null, several ? element('p', null, page.t('a.intro')) : null,
        regions.length > 0 ? element('div', { class: 'controls' }, where.root) : null,
        pictures, chances(report, page));
}
