// F: the desks where decisions are made: how many people inside wait there, and what faster
// decisions would save.

import { addressOf } from '../address.js';
import { worthOf } from '../bands.js';
import { element } from '../dom.js';
import { focusYear, placeOfYear } from '../numbers.js';
import { intervalRows, intervalSteps } from '../intervals.js';
import { cutYears, partsByLabel, partsPicture, sentences, wordFor } from '../parts.js';

function waiting(report, page) {
    const word = (label) => wordFor(page, label);
    return partsPicture(report, page, {
        id: 'f-waiting', title: page.t('f.waiting'), unit: page.t('f.waiting_unit'), definition: page.t('f.waiting_definition'),
        monthly: partsByLabel(report, 'at_desk', 'month', word), yearly: partsByLabel(report, 'at_desk', 'year', word), stacked: true,
    });
}

// Rows of a quantity by desk in the year at W: a group for each desk, a row for each scenario.
function groupsOf(report, page, parts, w) {
    return parts.map((part) => ({
        name: part.label,
        rows: part.quantity.of.map((band, s) => band && Number.isFinite(band.mean[w]) && {
            part, s, band, name: page.scenario(s), mean: band.mean[w], low: band.low?.[w], high: band.high?.[w],
            text: page.number(band.mean[w], Math.min(0, worthOf(band, w))), colour: s === 0 ? 'ink' : 'blue',
        }).filter(Boolean),
    })).filter((group) => group.rows.some((row) => row.mean !== 0));
}

function rowText(page, unit, year) {
    return (row) => [
        `${row.part.label}, ${year}`, row.name, `${row.text} ${unit}`,
        Number.isFinite(row.low) ? `95 %: ${page.between(row.low, row.high, Math.min(0, worthOf(row.band, row.w)))}` : null,
    ].filter(Boolean).join('\n');
}

// A picture of quantity NAME by desk in the year that the report speaks of.
function byDesk(report, page, name, id) {
    const parts = partsByLabel(report, name, 'year', (label) => wordFor(page, label));
    const year = focusYear(report);
    const w = parts.length > 0 ? placeOfYear(parts[0].quantity, year) : -1;
    const groups = w < 0 ? [] : groupsOf(report, page, parts, w);
    if (groups.length === 0) {
        return null;
    }
    const unit = page.unit(parts[0].quantity.unit);
    const rows = groups.flatMap((group) => group.rows);
    return page.picture({
        id, title: page.t(`f.${name}`, { year: String(year) }), unit, definition: page.t(`f.${name}_definition`),
        note: sentences(page.t('parts.interval_note'), page.t(`f.${name}_note`)),
        draw: (width) => intervalRows(groups, { width, write: (value) => page.number(value) }),
        steps: (range, width) => intervalSteps(groups, width, rowText(page, unit, year)),
        table: {
            columns: [
                { name: page.t('f.desk') }, { name: page.t('parts.scenario') }, { name: page.t('parts.mean'), unit },
                { name: page.t('parts.low') }, { name: page.t('parts.high') },
            ],
            rows: rows.map((row) => [row.part.label, row.name, row.mean, row.low ?? null, row.high ?? null]),
        },
        addresses: (row, i) => addressOf(report, { of: rows[i].s, name, labels: rows[i].part.labels, time: year }),
    });
}

function decided(report, page) {
    return partsPicture(report, page, {
        id: 'f-done', title: page.t('f.done'), definition: page.t('f.done_definition'), note: cutYears(report, page),
        yearly: partsByLabel(report, 'desk_done', 'year', (label) => wordFor(page, label)), stacked: true,
    });
}

export function chapter(report, page) {
    const pictures = [
        waiting(report, page), byDesk(report, page, 'desk_days', 'f-days'), byDesk(report, page, 'ten_days', 'f-ten'), decided(report, page),
    ].filter(Boolean);
    return pictures.length === 0 ? null
        : element('div', null, element('p', null, page.t('f.intro')), pictures);
}
