// What is assumed: every number that went in, with its grade, its source, and how much the outcome
// moves with it.

import * as Plot from '@observablehq/plot';
import { colours } from '../colours.js';
import { element } from '../dom.js';

const grades = ['A', 'B', 'C', ''];
const WIDTH_OF_NAME = 190;

export function chapter(report, page) {
    const rows = report.assumptions ?? [];
    const drawn = rows.filter((row) => row.drawn).length;
    return rows.length === 0 ? null : element('div', null,
        element('p', null, page.t('j.intro', { all: rows.length }), drawn > 0 ? ` ${page.t('j.some_drawn', { drawn })}` : null),
        explanation(page), counts(rows, page), list(rows, page));
}

const gradeName = (grade, page) => page.t(grade === '' ? 'j.grade.none' : `j.grade.${grade}`);

function explanation(page) {
    return element('dl', { class: 'grades' }, grades.flatMap((grade) => [
        element('dt', null, gradeName(grade, page)),
        element('dd', null, page.t(grade === '' ? 'j.means.none' : `j.means.${grade}`)),
    ]));
}

/* ---- How many of each grade ---- */

// All numbers as rows of a file.
function fileOf(rows, page) {
    const column = (key) => ({ name: page.t(`j.column.${key}`) });
    return {
        columns: ['path', 'value', 'grade', 'source', 'drawn', 'effect'].map(column),
        rows: rows.map((row) => [row.path, row.value, row.grade, row.source, page.t(row.drawn ? 'j.yes' : 'j.no'), row.effect]),
    };
}

function counts(rows, page) {
    const counted = grades.map((grade) => ({
        name: gradeName(grade, page), count: rows.filter((row) => (row.grade ?? '') === grade).length,
    }));
    return page.picture({
        id: 'j-grades',
        title: page.t('j.counts'),
        unit: page.t('j.counts_unit'),
        draw: (width) => drawCounts(counted, page, width),
        steps: () => counted.map(({ name, count }) => ({ x: count, y: name, text: `${name}\n${page.number(count)}` })),
        table: {
            columns: [{ name: page.t('j.column.grade') }, { name: page.t('j.count') }],
            rows: counted.map(({ name, count }) => [name, count]),
        },
        csv: () => fileOf(rows, page),
        note: page.t('j.counts_note'),
    });
}

function drawCounts(counted, page, width) {
    return Plot.plot({
        width: Math.min(width, 720),
        height: 20 + 38 * counted.length,
        marginLeft: Math.min(WIDTH_OF_NAME, width * 0.52),
        marginRight: 60,
        marginTop: 6,
        marginBottom: 6,
        style: { fontSize: '13px' },
        x: { domain: [0, Math.max(1, ...counted.map((row) => row.count))], axis: null },
        y: { type: 'band', domain: counted.map((row) => row.name), label: null, tickSize: 0, padding: 0.3 },
        marks: [
            Plot.barX(counted, { x1: 0, x2: 'count', y: 'name', fill: colours.blue }),
            Plot.text(counted, { x: 'count', y: 'name', text: (row) => page.number(row.count), dx: 7, textAnchor: 'start', fill: colours.ink }),
            Plot.ruleX([0], { stroke: colours.soft }),
        ],
    });
}

/* ---- The list ---- */

// Small letters without accents, for finding.
const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

// Does ROW hold every word of QUERY, and has it the GRADE ('all': any)?
export function matches(row, query, grade) {
    const text = folded(`${row.path} ${row.value} ${row.source}`);
    return (grade === 'all' || (row.grade ?? '') === grade)
        && folded(query).split(/\s+/).every((word) => text.includes(word));
}

// The first word of a path, which is what the list is grouped by: facilities[Haren].capacity is of
// facilities.
export const groupOf = (path) => path.match(/^[^.[]+/)?.[0] ?? path;

// [{name, rows}]: first the numbers that are drawn, the heaviest first; then all others by group.
export function grouped(rows, drawnName) {
    const weight = (row) => (row.effect === null || row.effect === undefined ? -1 : Math.abs(row.effect));
    const drawn = rows.filter((row) => row.drawn).sort((a, b) => weight(b) - weight(a));
    const groups = new Map();
    for (const row of rows.filter((other) => !other.drawn)) {
        const name = groupOf(row.path);
        groups.set(name, [...(groups.get(name) ?? []), row]);
    }
    const others = [...groups].map(([name, of]) => ({ name, rows: of }));
    return drawn.length > 0 ? [{ name: drawnName, drawn: true, rows: drawn }, ...others] : others;
}

// A source with its web addresses as links.
export function linked(text) {
    return text.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:)])/).map((part, i) => (i % 2 === 0
        ? part : element('a', { href: part, rel: 'noreferrer' }, part)));
}

const columnsOf = (group) => (group.drawn ? ['path', 'value', 'effect', 'grade', 'source'] : ['path', 'value', 'grade', 'source']);

// What stands in a column, and its class.
const cells = {
    value: (row) => ({ children: [String(row.value)] }),
    effect: (row, page) => ({ class: 'number', children: [typeof row.effect === 'number' ? page.signed(row.effect, 2) : '–'] }),
    grade: (row) => ({ children: [row.grade || '–'] }),
    source: (row, page) => ({ class: 'source-text', children: row.source ? linked(row.source) : [page.t('j.no_source')] }),
};

function rowElement(row, columns, page) {
    return element('tr', null, element('th', { scope: 'row' }, row.path), columns.slice(1).map((key) => {
        const cell = cells[key](row, page);
        return element('td', { class: cell.class, 'data-column': page.t(`j.column.${key}`) }, cell.children);
    }));
}

function tableOf(group, page) {
    const columns = columnsOf(group);
    return element('table', { class: 'numbers assumptions' },
        element('caption', { class: 'unseen' }, group.name),
        element('thead', null, element('tr', null, columns.map((key) => element('th', { scope: 'col', class: `of-${key}` }, page.t(`j.column.${key}`))))),
        element('tbody', null, group.rows.map((row) => rowElement(row, columns, page))));
}

const weightNote = (group, page) => (group.drawn ? element('p', { class: 'note' }, page.t('j.weight_note')) : '');

// A group that opens at a click; its table is made then.
function groupElement(group, page, isOpen) {
    const body = element('div', { class: 'part' });
    const root = element('details', { class: 'group', open: isOpen },
        element('summary', null, group.name, element('span', { class: 'unit' }, ` ${page.number(group.rows.length)}`)), body);
    const show = () => {
        if (root.open && !body.firstChild) {
            body.append(weightNote(group, page), tableOf(group, page));
        }
    };
    root.addEventListener('toggle', show);
    show();
    return root;
}

function list(rows, page) {
    const field = element('input', { type: 'search', value: page.recall('assumptions query', ''), autocomplete: 'off' });
    const grade = page.choice({
        key: 'assumptions grade', label: page.t('j.column.grade'), value: 'all',
        options: [{ value: 'all', text: page.t('j.all_grades') }, ...grades.map((value) => ({ value, text: gradeName(value, page) }))],
    });
    const found = element('p', { class: 'note', role: 'status' });
    const groups = element('div', { class: 'groups' });

    function refresh() {
        const query = field.value.trim();
        const shown = rows.filter((row) => matches(row, query, grade.value()));
        const searched = query !== '' || grade.value() !== 'all';
        page.remember('assumptions query', field.value);
        found.textContent = page.t('j.found', { shown: shown.length, all: rows.length });
        groups.replaceChildren(...grouped(shown, page.t('j.drawn'))
            .map((group, n) => groupElement(group, page, query !== '' && shown.length <= 200 || (!searched && n === 0 && group.drawn === true))));
    }

    field.addEventListener('input', refresh);
    grade.listen(refresh);
    return element('section', { class: 'assumed-list', 'aria-labelledby': 'j-list' },
        element('h3', { id: 'j-list' }, page.t('j.list')),
        element('div', { class: 'controls' },
            element('label', { class: 'choice find' }, element('span', null, page.t('j.find')), field), grade.root),
        found, groups);
}
