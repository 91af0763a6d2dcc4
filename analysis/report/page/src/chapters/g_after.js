// G: who comes back after release, from where, and who the people inside are.

import { addressOf } from '../address.js';
import { element } from '../dom.js';
import { intervalRows, intervalSteps } from '../intervals.js';
import { multiplesPicture } from '../multiples.js';
import { focusYear, placeOfYear } from '../numbers.js';
import { cutNote, openParts, partsByLabel, partsPicture, wordFor } from '../parts.js';

/* ---- Who comes back ---- */

function cameBack(report, page) {
    return multiplesPicture(report, page, {
        id: 'g-back', title: page.t('g.back'), unit: page.t('g.back_unit'), definition: page.t('g.back_definition'),
        note: cutNote(report, page), isFlow: true,
        yearly: partsByLabel(report, 'came_back', 'year', (label) => wordFor(page, label)),
    });
}

// Of each regime in each scenario in the year at W: how many left, how many came back, and how many
// that is of 100; nothing where nobody left.
export function returnRates(report, word, w) {
    const released = partsByLabel(report, 'released_from', 'year', word);
    const back = partsByLabel(report, 'came_back_from', 'year', word);
    return released.map((part) => ({ part, back: back.find(({ key }) => key === part.key) })).filter((pair) => pair.back)
        .flatMap((pair) => report.scenarios.map((_, s) => {
            const [left, came] = [pair.part, pair.back].map(({ quantity }) => quantity.of[s]?.mean[w] ?? null);
            return left > 0 && came !== null ? { ...pair, s, left, came, rate: (100 * came) / left } : null;
        })).filter(Boolean);
}

// The rows of each regime under its name; of one scenario a row for each regime.
function groupsOf(report, page, rates) {
    const isAlone = report.scenarios.length === 1;
    const rows = rates.map((rate) => ({
        ...rate, name: isAlone ? rate.part.label : page.scenario(rate.s), mean: rate.rate, text: page.number(rate.rate, 1),
        colour: rate.s === 0 ? 'ink' : 'blue',
    }));
    const labels = [...new Set(rates.map(({ part }) => part.label))];
    return isAlone ? [{ name: null, rows }] : labels.map((name) => ({ name, rows: rows.filter(({ part }) => part.label === name) }));
}

function byRegime(report, page) {
    const year = focusYear(report);
    const w = placeOfYear({ windows: report.days.year }, year);
    const rates = w < 0 ? [] : returnRates(report, (label) => page.find(`g.place.${label}`, wordFor(page, label)), w);
    if (rates.length === 0) {
        return null;
    }
    const groups = groupsOf(report, page, rates);
    const text = (row) => [`${row.part.label}, ${year}`, row.name, page.t('g.step', {
        rate: page.number(row.rate, 1), came: page.number(row.came), left: page.number(row.left),
    })].join('\n');
    return page.picture({
        id: 'g-regime', title: page.t('g.regime', { year: String(year) }), unit: page.t('g.regime_unit'), definition: page.t('g.regime_definition'),
        note: page.t('g.regime_note'),
        draw: (width) => intervalRows(groups, { width, write: page.number }),
        steps: (range, width) => intervalSteps(groups, width, text),
        table: {
            columns: [
                { name: page.t('g.from') }, { name: page.t('parts.scenario') }, { name: page.t('g.came') }, { name: page.t('g.left') }, { name: page.t('g.of_100'), decimals: 1 },
            ],
            rows: rates.map((rate) => [rate.part.label, page.scenario(rate.s), rate.came, rate.left, rate.rate]),
        },
        addresses: (row, i) => addressOf(report, { of: rates[i].s, name: 'came_back_from', labels: rates[i].part.labels, time: year }),
    });
}

/* ---- Who is inside ---- */

function byStatus(report, page) {
    const parts = (by) => partsByLabel(report, 'population', by, (label) => wordFor(page, label)).filter(({ labels }) => 'status' in labels);
    return partsPicture(report, page, {
        id: 'g-status', title: page.t('g.status'), unit: page.t('g.inside_unit'), definition: page.t('g.status_definition'), stacked: true,
        monthly: parts('month'), yearly: parts('year'),
    });
}

function bySexAndResidence(report, page) {
    const parts = (by) => openParts(report, ['women', 'no_residence'].map((name) => ({ name, label: page.t(`g.${name}`) })), by);
    return multiplesPicture(report, page, {
        id: 'g-who', title: page.t('g.who'), unit: page.t('g.inside_unit'), definition: page.t('g.who_definition'), note: page.t('g.overlap'),
        monthly: parts('month'), yearly: parts('year'),
    });
}

function byNeed(report, page) {
    const parts = (by) => partsByLabel(report, 'population_by_need', by, (label) => wordFor(page, label));
    return multiplesPicture(report, page, {
        id: 'g-need', title: page.t('g.need'), unit: page.t('g.inside_unit'), definition: page.t('g.need_definition'),
        monthly: parts('month'), yearly: parts('year'),
    });
}

export function chapter(report, page) {
    const after = [cameBack(report, page), byRegime(report, page)].filter(Boolean);
    const who = [byStatus(report, page), bySexAndResidence(report, page), byNeed(report, page)].filter(Boolean);
    return after.length + who.length === 0 ? null : element('div', null,
        element('p', null, page.t(after.length > 0 ? 'g.intro' : 'g.intro_who')), after, who);
}
