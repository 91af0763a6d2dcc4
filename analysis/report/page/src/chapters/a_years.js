import * as Plot from '@observablehq/plot';
import { addressOf, timeOf } from '../address.js';
import { bandShades, colours } from '../colours.js';
import { element } from '../dom.js';
import { middleOf, yearOf } from '../numbers.js';
import { datesOf, isInRange } from '../range.js';

export function chapter(report, page) {
    const quantity = report.get('floor_sleepers', {}, 'month');
    if (!quantity) {
        return null;
    }
    return element('div', null, floor(report, page, quantity));
}

function floor(report, page, quantity) {
    const band = quantity.of[0];
    const yearly = report.get('floor_sleepers', {}, 'year');
    const all = { from: yearOf(quantity.windows[0]), until: yearOf(quantity.windows.at(-1)) };
    const rows = quantity.windows.map((window, i) => ({
        window, date: middleOf(window), mean: band.mean[i], low: band.quantiles?.[1][i], high: band.quantiles?.[5][i],
    }));
    return page.picture({
        id: 'a-floor',
        title: page.t('a.floor'),
        unit: page.t('a.persons'),
        range: all,
        draw: (width, range) => Plot.plot({
            width, height: 320, x: { type: 'utc', domain: datesOf(range), label: null }, y: { zero: true, label: null, grid: true },
            marks: [
                Plot.areaY(rows.filter((r) => isInRange(range, r.window)), { x: 'date', y1: 'low', y2: 'high', fill: bandShades[1] }),
                Plot.lineY(rows.filter((r) => isInRange(range, r.window)), { x: 'date', y: 'mean', stroke: colours.blue, strokeWidth: 2 }),
            ],
        }),
        steps: (range) => rows.filter((r) => isInRange(range, r.window)).map((r) => ({
            x: r.date, text: `${page.month(r.window[0])}\n${page.number(r.mean)} (${page.number(r.low)}–${page.number(r.high)})`,
        })),
        table: (range) => ({
            columns: [{ name: page.t('a.year') }, { name: page.t('a.mean') }],
            rows: yearly.windows.map((window, i) => [window, yearly.of[0].mean[i]]).filter(([w]) => isInRange(range, w))
                .map(([w, value]) => [String(yearOf(w)), value]),
        }),
        addresses: (row) => addressOf(report, { name: 'floor_sleepers', time: row[0] }),
    });
}
