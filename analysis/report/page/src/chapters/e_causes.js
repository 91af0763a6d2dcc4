// E: why it is crowded. The people above capacity in four parts, each with what would remedy it.

import { addressOf } from '../address.js';
import { worthOf } from '../bands.js';
import { element } from '../dom.js';
import { focusYear, placeOfYear } from '../numbers.js';
import { cutYears, openParts, partsByLabel, partsPicture, sentences } from '../parts.js';

const colourOf = { shortage: 'blue', wrong_place: 'orange', wrong_type: 'green', delay: 'vermilion' };
const causeNames = Object.keys(colourOf);

// The parts that the document tells, as parts of a picture.
function causes(report, page, by) {
    const all = by === 'month' ? partsByLabel(report, 'crowding', 'month', (label) => label)
        : openParts(report, causeNames.map((key) => ({ name: `crowding_${key}`, key })), 'year');
    return causeNames.map((key) => all.find((part) => part.key === key)).filter(Boolean)
        .map((part) => ({ ...part, label: page.t(`e.part.${part.key}`), colour: colourOf[part.key] }));
}

function partsOverTime(report, page) {
    return partsPicture(report, page, {
        id: 'e-parts', title: page.t('e.title'), unit: page.t('e.unit'), tableUnit: page.t('e.table_unit'), definition: page.t('e.definition'),
        note: sentences(cutYears(report, page)),
        monthly: causes(report, page, 'month'), yearly: causes(report, page, 'year'), stacked: true,
    });
}

// What a part comes to in scenario S in the year at W: person-days and its share of all parts.
function amounts(parts, s, w) {
    const means = parts.map((part) => part.quantity.of[s]?.mean[w] ?? null);
    const sum = means.reduce((a, b) => a + (b ?? 0), 0);
    return means.map((value, n) => ({ value, share: sum > 0 ? (100 * value) / sum : null, band: parts[n].quantity.of[s] }));
}

function amountCell(page, { value, share, band }, w) {
    return value === null ? element('td', { class: 'number' }, '–') : element('td', { class: 'number' },
        element('strong', null, share === null ? '–' : page.percent(share)),
        element('span', { class: 'unit' }, ` ${page.number(value, Math.min(0, worthOf(band, w)))}`));
}

// The table that is read: each part, what it means, what helps, and how much of it there is.
function remedyTable(report, page, parts, w) {
    const places = report.scenarios.map((_, s) => s);
    const columns = places.map((s) => amounts(parts, s, w));
    return element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': page.t('e.remedies') }, element('table', { class: 'numbers' },
        element('thead', null, element('tr', null,
            [page.t('e.part'), page.t('e.remedy'), ...places.map((s) => page.scenario(s))].map((text) => element('th', { scope: 'col' }, text)))),
        element('tbody', null, parts.map((part, n) => element('tr', null,
            element('th', { scope: 'row' }, element('strong', null, part.label)),
            element('td', { class: 'words' }, page.t(`e.remedy.${part.key}`)),
            columns.map((column) => amountCell(page, column[n], w)))))));
}

function remedies(report, page) {
    const parts = causes(report, page, 'year');
    const year = focusYear(report);
    const w = parts.length > 0 ? placeOfYear(parts[0].quantity, year) : -1;
    if (w < 0) {
        return null;
    }
    const cells = parts.flatMap((part) => report.scenarios.map((_, s) => ({ part, s, band: part.quantity.of[s] })))
        .filter(({ band }) => band);
    return page.picture({
        id: 'e-remedies', title: page.t('e.remedies_title', { year: String(year) }), unit: page.t('e.remedies_unit'),
        body: remedyTable(report, page, parts, w), note: page.t('e.remedies_note'), definition: page.t('e.definition'),
        table: {
            columns: [
                { name: page.t('e.part') }, { name: page.t('parts.scenario') }, { name: page.t('parts.mean'), unit: page.unit('person-days') },
                { name: page.t('parts.low') }, { name: page.t('parts.high') },
            ],
            rows: cells.map(({ part, s, band }) => [
                part.label, page.scenario(s), band.mean[w], band.low?.[w] ?? null, band.high?.[w] ?? null,
            ]),
        },
        addresses: (row, i) => addressOf(report, { of: cells[i].s, name: cells[i].part.name, time: year }),
    });
}

export function chapter(report, page) {
    const pictures = [partsOverTime(report, page), remedies(report, page)].filter(Boolean);
    return pictures.length === 0 ? null
        : element('div', null, element('p', null, page.t('e.intro')), pictures);
}
