// How to do it again: the commands, what went in, how to cite it, and the licences of what is inside.

import { addressOf, commandOf } from '../address.js';
import { element } from '../dom.js';
import { focusYear } from '../numbers.js';

export function chapter(report, page) {
    return element('div', { class: 'again' },
        element('p', null, page.t('l.intro')),
        commands(report, page),
        inputs(report, page),
        program(report, page), citation(report, page), licences(page), notes(report, page));
}

/* ---- Commands ---- */

const shellWord = (text) => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

// The steps: what each is for, and what is typed.
export function steps(report) {
    const [base] = report.scenarios;
    const address = addressOf(report, { name: 'floor_sleepers', time: focusYear(report) ?? undefined });
    return [
        { key: 'l.run', lines: report.scenarios.map((scenario) => scenario.command).filter(Boolean) },
        { key: 'l.verify', lines: report.scenarios.map((scenario) => `doorstroom verify ${shellWord(scenario.file)}`) },
        { key: 'l.report', lines: [report.made.command].filter(Boolean) },
        { key: 'l.number', lines: [commandOf(report, address)] },
        { key: 'l.change', lines: [`doorstroom provenance ${shellWord(base.file)} --export scenario`] },
    ].filter((step) => step.lines.length > 0);
}

function commands(report, page) {
    return steps(report).map(({ key, lines }) => [
        element('h3', null, page.t(key)),
        element('pre', { tabindex: 0 }, element('code', null, lines.join('\n'))),
    ]).flat();
}

/* ---- What went in ---- */

const isHash = (text) => /^[0-9a-f]{40,}$/.test(text);

// Names and values as a list; a value that is not there is left out.
function facts(pairs, page) {
    return element('dl', null, pairs.filter(([, value]) => value !== undefined && value !== null && value !== '')
        .flatMap(([key, value]) => [element('dt', null, page.t(key)), element('dd', null, isHash(value) ? element('code', null, value) : value)]));
}

// What is told of a scenario: the key of its name, and its value.
function factsOf(scenario, page) {
    return [
        ['l.file', scenario.file], ['l.id', scenario.id], ['l.hash', scenario.inputs],
        ['l.version', [scenario.version, scenario.commit].filter(Boolean).join(', ')],
        ['l.seed', String(scenario.seed)],
        ['l.futures', page.t('l.numbered', { n: scenario.replications, first: String(scenario.first), last: String(scenario.last) })],
        ['l.period', `${page.date(scenario.start)} – ${page.date(scenario.end - 1)}`],
        ['l.capacity', scenario.capacity],
    ];
}

// What went in: once what all scenarios have alike, then what is each one's own.
function inputs(report, page) {
    const all = report.scenarios.map((scenario) => factsOf(scenario, page));
    const isShared = (n) => all.length > 1 && all.every((of) => of[n][1] === all[0][n][1]);
    const shared = all[0].filter((_, n) => isShared(n));
    return [
        element('h3', null, page.t('l.inputs')),
        shared.length > 0 ? [element('h4', null, page.t('l.common')), facts(shared, page)] : null,
        all.map((of, i) => [element('h4', null, page.scenario(i)), facts(of.filter((_, n) => !isShared(n)), page)]),
    ];
}

function program(report, page) {
    const { made } = report;
    return [
        element('h3', null, page.t('l.program')),
        facts([
            ['l.version', [made.version, made.commit].filter(Boolean).join(', ')], ['l.date', page.dateText(made.date)],
            ['l.compiler', made.compiler], ['l.libraries', made.libraries],
        ], page),
        element('p', null, page.t('l.same_bits')),
    ];
}

/* ---- How to cite it ---- */

// The report as a reference list has it.
export function reference(report, page) {
    const { made, scenarios } = report;
    return page.t('l.reference', {
        year: made.date.slice(0, 4), version: made.version, date: page.dateText(made.date),
        ids: scenarios.map((scenario) => scenario.short).join(', '),
    });
}

function citation(report, page) {
    return [
        element('h3', null, page.t('l.cite')),
        element('p', null, page.t('l.cite_why')),
        element('pre', { tabindex: 0 }, reference(report, page)),
    ];
}

/* ---- Licences ---- */

function licences(page) {
    const packages = page.licences ?? [];
    return [
        element('h3', null, page.t('l.licences')),
        element('ul', null, ['l.licence_program', 'l.licence_text', 'l.licence_map'].map((key) => element('li', null, page.t(key)))),
        packages.length === 0 ? null : element('p', null, page.t('l.packages', { n: packages.length })),
        element('ul', { class: 'licence-list' }, packages.map(packageItem)),
    ];
}

function packageItem({ name, version, licence, text }) {
    const line = `${name} ${version}, ${licence}`;
    return element('li', null, text
        ? element('details', null, element('summary', null, line), element('pre', { tabindex: 0 }, text))
        : line);
}

// What the program has to say to the reader; it says so in English.
function notes(report, page) {
    const lines = report.notes ?? [];
    return lines.length === 0 ? null : [
        element('h3', null, page.t('l.notes')),
        element('ul', { lang: 'en' }, lines.map((line) => element('li', null, page.note(line)))),
    ];
}
