// Page one, to be read in two minutes: the question, the answer in a few sentences, a table of the
// scenarios side by side, and the population against the capacity.

import { addressOf } from '../address.js';
import { fanPanels, fanSteps } from '../charts.js';
import { describe } from '../bands.js';
import { element } from '../dom.js';
import { decimalsFor } from '../language.js';
import { pick, yearOf } from '../numbers.js';
import { isInRange } from '../range.js';
import { inShort } from '../sentences.js';
import { fanNote, levelPanels } from './a_years.js';

/* ---- The head ---- */

function questionOf(report, page) {
    const base = report.scenarios[0];
    return pick(base.question, page.code, '') || page.t('o.question', { name: page.scenario(0) });
}

function head(report, page) {
    return element('header', { class: 'opening' },
        element('p', { class: 'overline' }, page.t('o.made', {
            date: page.dateText(report.made.date), version: report.made.version,
        })),
        element('h1', null, questionOf(report, page)),
        element('p', { class: 'lead' }, page.t('o.prophecy')));
}

function short(report, page) {
    const sentences = inShort(report, page.code);
    return sentences.length === 0 ? null : element('section', { class: 'in-short', 'aria-labelledby': 'in-short' },
        element('h2', { id: 'in-short' }, page.t('o.in_short')),
        element('ul', null, sentences.map((sentence) => element('li', null, sentence))),
        element('p', { class: 'beware' }, page.t('o.beware'), ' ', element('a', { href: '#not_for' }, page.t('chapter.not_for')), '.'));
}

/* ---- The table ---- */

// Sums of euro are read in millions.
function scaleOf(row) {
    return row.unit === 'euro' ? { by: 1e-6, unit: 'million euro' } : { by: 1, unit: row.unit };
}

// Decimals of a number with an interval that are worth reading here: one, unless the interval is
// narrower, and never more than four digits.
function decimalsOf(value, low, high) {
    const half = (high - low) / 2;
    if (!(half > 0)) {
        return Math.max(0, decimalsFor(value, 3, 1));
    }
    const worth = half >= 0.1 ? Math.min(1, decimalsFor(half, 2)) : Math.min(3, decimalsFor(half, 1));
    return Math.min(worth, Math.max(0, decimalsFor(value, 4)));
}

const known = (...values) => values.every((value) => Number.isFinite(value));

// What a difference comes to, as the key of a text: better, worse, more, less, none,
// same or unknown.
export function verdict({ difference, low, high }, better) {
    if (!known(difference, low, high)) {
        return 'unknown';
    }
    if (low === 0 && high === 0) {
        return 'same';
    }
    if (low <= 0 && high >= 0) {
        return 'none';
    }
    if (better === 0) {
        return difference > 0 ? 'more' : 'less';
    }
    return difference * better > 0 ? 'better' : 'worse';
}

const signs = { better: '✓', worse: '✕', more: '▲', less: '▼', none: '≈', same: '=', unknown: '' };

function baseCell(row, page) {
    const { by } = scaleOf(row);
    const { mean, low, high } = row.base;
    const decimals = decimalsOf(mean * by, low * by, high * by);
    return element('td', { role: 'cell', 'data-scenario': page.scenario(0) },
        element('span', { class: 'value' }, known(mean) ? page.number(mean * by, decimals) : '–'),
        known(low, high) ? element('span', { class: 'interval' }, page.between(low * by, high * by, decimals)) : null);
}

function otherCell(row, other, place, page) {
    const { by } = scaleOf(row);
    if (!other || !known(other.difference)) {
        return element('td', { role: 'cell', 'data-scenario': page.scenario(place) }, '–');
    }
    const { difference, low, high } = other;
    const decimals = known(low, high)
        ? decimalsOf(difference * by, low * by, high * by) : decimalsFor(difference * by, 2, 1);
    const judged = verdict(other, row.better);
    return element('td', { role: 'cell', 'data-scenario': page.scenario(place), class: judged },
        element('span', { class: 'value' }, page.signed(difference * by, decimals)),
        judged === 'same' || judged === 'unknown' ? null
            : element('span', { class: 'interval' }, page.between(low * by, high * by, decimals, page.signed)),
        judged === 'unknown' ? null : element('span', { class: 'verdict' },
            element('span', { class: 'sign', 'aria-hidden': 'true' }, signs[judged]), page.t(`o.${judged}`)));
}

function rowOf(row, page) {
    return element('tr', { role: 'row' },
        element('th', { scope: 'row', role: 'rowheader' }, page.label(row.name, row.label),
            element('span', { class: 'unit' }, page.unit(scaleOf(row).unit))),
        baseCell(row, page), row.others.map((other, i) => otherCell(row, other, i + 1, page)));
}

// Roles stand in words, because on a narrow screen the table is laid out as a list.
function comparisonTable(report, page) {
    const heads = report.scenarios.map((scenario, i) => element('th', { scope: 'col', role: 'columnheader' },
        page.scenario(i), element('span', { class: 'unit' }, page.t(i === 0 ? 'o.base' : 'o.than', { base: page.scenario(0) }))));
    return element('table', { class: 'comparison', role: 'table', 'aria-label': page.t('o.table') },
        element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' },
            element('th', { scope: 'col', role: 'columnheader' }, page.t('o.indicator')), heads)),
        element('tbody', { role: 'rowgroup' }, report.comparison.rows.map((row) => rowOf(row, page))));
}

// All numbers of the table, unrounded: one row for each indicator and scenario.
function comparisonNumbers(report, page) {
    const words = (row, place) => [page.label(row.name, row.label), page.scenario(place), page.unit(row.unit)];
    return {
        columns: [
            { name: page.t('o.indicator') }, { name: page.t('a.scenario') }, { name: page.t('o.unit') },
            ...['mean', 'low', 'high', 'difference', 'difference_low', 'difference_high'].map((name) => ({
                name: page.t(`o.${name}`), format: (value) => page.number(value, decimalsFor(value, 4, 2)),
            })),
        ],
        rows: report.comparison.rows.flatMap((row) => [
            [...words(row, 0), row.base.mean, row.base.low, row.base.high, null, null, null],
            ...row.others.map((other, i) => (other
                ? [...words(row, i + 1), other.mean, null, null, other.difference, other.low, other.high] : null)).filter(Boolean),
        ]),
    };
}

function comparisonAddresses(report, page) {
    return report.comparison.rows.flatMap((row) => report.scenarios.map((scenario, of) => ({
        text: `${page.label(row.name, row.label)}, ${page.scenario(of)}`,
        address: addressOf(report, { of, than: of > 0, name: row.name }),
    })));
}

function comparison(report, page) {
    if (!report.comparison?.rows?.length) {
        return null;
    }
    const [from, until] = report.days.whole[0];
    const several = report.scenarios.length > 1;
    const time = { from: page.month(from), until: page.month(until - 1) };
    return page.picture({
        id: 'o-table',
        title: page.t(several ? 'o.table' : 'o.table_one'),
        unit: page.t('o.table_time', time),
        note: page.t(several ? 'o.table_note' : 'o.table_note_one', { futures: report.comparison.futures }),
        definition: report.comparison.rows.filter((row) => page.definition(row.name))
            .map((row) => `${page.label(row.name, row.label)}: ${page.definition(row.name)}`).join('\n'),
        body: comparisonTable(report, page),
        table: () => comparisonNumbers(report, page),
        addresses: comparisonAddresses(report, page),
    });
}

/* ---- The fan ---- */

const people = {
    name: 'people', beside: [{ name: 'capacity', colour: 'vermilion' }],
    counted: [['population', 'ink'], ['capacity', 'vermilion']],
};

// One row for each year in RANGE.
function fanTable(report, page, range) {
    const both = people.beside.map(({ name }) => report.get(name)).concat(report.get('people')).filter(Boolean).reverse();
    const places = report.scenarios.map((scenario, i) => i);
    return {
        columns: [{ name: page.t('a.year') }, ...places.flatMap((i) => both.map((quantity) => ({
            name: `${page.scenario(i)}: ${page.label(quantity.name)}`,
        })))],
        rows: report.days.year.map((window, w) => [window, String(yearOf(window)),
            ...places.flatMap((i) => both.map((quantity) => quantity.of[i]?.mean[w] ?? null))])
            .filter(([window]) => isInRange(range, window)).map(([, ...row]) => row),
    };
}

function fanAddresses(report, page) {
    return report.scenarios.flatMap((scenario, of) => report.days.year.map((window) => ({
        text: `${page.scenario(of)}, ${yearOf(window)}`,
        address: addressOf(report, { of, name: 'people', time: yearOf(window) }),
    })));
}

function fan(report, page) {
    const made = levelPanels(report, page, people, '');
    if (!made) {
        return null;
    }
    const { panels, dots } = made;
    const range = {
        from: Math.min(yearOf(report.days.year[0]), ...dots.map(({ day }) => yearOf([day]))),
        until: yearOf(report.days.year.at(-1)),
    };
    const options = { write: page.number, loose: true };
    return page.picture({
        id: 'o-people', title: page.t('o.fan'), unit: page.t('o.fan_unit'), range,
        definition: `${page.label('people')}: ${page.definition('people')} ${page.label('capacity')}: ${page.definition('capacity')}`,
        summary: page.t('a.summary'),
        note: (years) => fanNote(page, made, years, options),
        draw: (width, years) => fanPanels(panels, { ...options, width, range: years }),
        steps: (years, width) => fanSteps(panels, years, width, (panel, i) => [
            panel.name, page.month(panel.windows[i][0]), `${page.label('people')}: ${describe(panel.band, i, page)}`,
            ...panel.lines.slice(1).map((line) => `${line.label}: ${page.number(line.values[i])}`),
        ].join('\n')),
        table: (years) => fanTable(report, page, years),
        addresses: report.get('people') ? fanAddresses(report, page) : [],
    });
}

/* ---- What the scenarios are ---- */

// The question of a scenario in the reader's language, else its description as it stands.
const questionText = (scenario, page) => pick(scenario.question, page.code, '') || (scenario.description ?? '');

function scenarioList(report, page) {
    return element('details', { class: 'scenarios' },
        element('summary', null, page.t('o.scenarios', { n: report.scenarios.length })),
        element('dl', null, report.scenarios.flatMap((scenario, i) => [
            element('dt', null, page.scenario(i), i === 0 && report.scenarios.length > 1 ? ` (${page.t('page.base')})` : ''),
            element('dd', null, questionText(scenario, page), questionText(scenario, page) ? element('br') : '',
                element('span', { class: 'unit' }, page.t('o.run', {
                    futures: scenario.replications, from: page.date(scenario.start), until: page.date(scenario.end - 1), id: scenario.short,
                }))),
        ])),
        report.notes?.length ? element('ul', { lang: 'en' }, report.notes.map((note) => element('li', null, page.note(note)))) : null);
}

export function chapter(report, page) {
    return element('div', { id: 'overview', class: 'page-one' },
        head(report, page), short(report, page), scenarioList(report, page), comparison(report, page), fan(report, page));
}
