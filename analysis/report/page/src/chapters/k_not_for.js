// What the report may be used for and what not, the largest known errors, how old the data are, and
// how good past forecasts were, in words.

import { element } from '../dom.js';
import { pick } from '../numbers.js';

// What holds of every scenario, beside what the scenario says itself.
const alwaysFor = ['k.for.compare', 'k.for.order'];
const neverFor = ['k.never.person', 'k.never.facility', 'k.never.prophecy', 'k.never.small'];

export function chapter(report, page) {
    return element('div', { class: 'limits' },
        element('p', null, page.t('k.intro')),
        part('k.for', report.texts?.uses, alwaysFor, page),
        part('k.never', report.texts?.not_for, neverFor, page),
        errors(report, page),
        pastScore(report, page),
        age(report, page));
}

function heading(key, page) {
    return element('h3', null, page.t(key));
}

// A list of the scenario's own TEXTS and then of what ALWAYS holds.
function part(title, texts, always, page) {
    const lines = [...(texts ?? []).map((text) => pick(text, page.code)), ...always.map((key) => page.t(key))];
    return [heading(title, page), element('ul', null, lines.map((line) => element('li', null, line)))];
}

function errors(report, page) {
    const known = report.texts?.errors ?? [];
    return [
        heading('k.errors', page),
        known.length === 0
            ? element('p', null, page.t('k.no_errors'))
            : element('ol', null, known.map((text) => element('li', null, pick(text, page.code)))),
    ];
}

/* ---- The score of past forecasts ---- */

const sides = [
    { is: (bias) => bias < 0, key: 'k.too_low' },
    { is: (bias) => bias > 0, key: 'k.too_high' },
    { is: () => true, key: 'k.neither' },
];

// What the model's errors were MONTHS ahead, and whether the last count did better.
function scoreOf(row, rows, page) {
    const naive = rows.find((other) => other.forecaster === 'naive' && other.months === row.months);
    const compared = typeof naive?.rms === 'number'
        ? page.t(row.rms < naive.rms ? 'k.better_than' : 'k.worse_than', { off: page.percent(naive.rms, 1) }) : '';
    const bias = row.bias ?? 0;
    return element('li', null, page.t('k.score', {
        months: row.months, counts: row.counts, off: page.percent(row.rms, 1),
        side: page.t(sides.find((side) => side.is(bias)).key, { bias: page.percent(Math.abs(bias), 1) }),
    }), compared ? ` ${compared}` : null);
}

function pastScore(report, page) {
    const rows = report.backtest?.rows ?? [];
    const model = rows.filter((row) => row.forecaster === 'model' && typeof row.rms === 'number');
    return [
        heading('k.past', page),
        model.length === 0
            ? element('p', null, page.t('k.no_score'))
            : [element('p', null, page.t('k.past_intro')), element('ul', null, model.map((row) => scoreOf(row, rows, page)))],
    ].flat();
}

/* ---- The age of the data ---- */

function age(report, page) {
    const { start } = report.scenarios[0];
    const { lastCounted } = report;
    const sources = (report.texts?.sources ?? []).map((text) => pick(text, page.code));
    return [
        heading('k.age', page),
        element('p', null,
            page.t('k.start', { date: page.date(start) }), ' ',
            lastCounted === null ? null : `${page.t('k.last_count', { date: page.date(lastCounted) })} `,
            page.t('k.made', { date: page.dateText(report.made.date) })),
        sources.length > 0 ? element('ul', null, sources.map((source) => element('li', null, source))) : null,
    ];
}
