// "In short": what the results say, in at most five sentences.
//
// Each sentence is made by a rule from numbers and their intervals. What differs between cases
// (nobody, fewer than one, a difference that cannot be told...) stands in tables: the first row whose
// test holds names the text. Texts are found by 'short.CASE' in texts/sentences.js; the numbers
// that fill them are worked out once, so that all languages say the same.

import { decimalsFor, roundTo, shortened, speak, worth } from './language.js';
import { focusYear, isWholeYear, placeOfYear } from './numbers.js';

const MOST = 5;
const ALL_OTHERS = 3; // so many others are all spoken of: with the base and a price that makes five
const MANY = 10; // of 100 futures that go the other way: more are told
const LOW_80 = 1; // the places of the 10 % and 90 % points among a band's quantiles
const HIGH_80 = 5;

// What is spoken of: the first of these that the results hold.
const subjects = ['floor_sleepers', 'above_capacity', 'people'];

/* ---- Numbers of one window ---- */

// The values of BAND at window I: null where there is none.
function valuesAt(band, i) {
    const at = (list) => list?.[i] ?? null;
    if (!band || at(band.mean) === null) {
        return null;
    }
    return {
        mean: at(band.mean),
        low: at(band.low),
        high: at(band.high),
        low80: at(band.quantiles?.[LOW_80]),
        high80: at(band.quantiles?.[HIGH_80]),
        below: at(band.below),
        above: at(band.above),
    };
}

// How many decimals a value is written with: what its interval allows, but no more than one, save
// where the first digit that is not zero comes later.
function decimalsOf(value, low, high) {
    const most = Math.max(1, decimalsFor(value, 1));
    return low === null || high === null ? Math.min(most, decimalsFor(value, 3)) : Math.min(most, worth(low, high, 1));
}

const isWhole = (value) => Number.isInteger(value);

// A number without needless decimals: 12 and not 12.0, where its ends are whole, too.
function tidy(decimals, ...values) {
    return values.every((value) => value === null || isWhole(value)) ? Math.min(0, decimals) : decimals;
}

/* ---- Words ---- */

// What the sentences of one report and language share.
function speaker(report, language) {
    const year = focusYear(report);
    const window = (report.days.year ?? [])[placeOfYear({ windows: report.days.year ?? [] }, year)];
    const { t } = language;
    const months = (window) => {
        const [from, until] = [language.month(window[0]), language.month(window[1] - 1)];
        return from === until ? t('short.month', { month: from }) : t('short.months', { from, until });
    };
    const replications = report.scenarios.map((scenario) => scenario.replications);
    return {
        report,
        language,
        t,
        year,
        when: isWholeYear(window) ? t('short.year', { year: String(year) }) : months(window),
        period: months(report.days.whole?.[0] ?? window),
        futures: Math.min(...replications),
    };
}

const titleOf = (say, i) => {
    const { title, name } = say.report.scenarios[i];
    return shortened(title?.[say.language.code] ?? title?.en ?? name);
};

// "In 'X'": the base is called so where there are others, and one picked among many says why.
function whereOf(say, i, pick) {
    const { report, t } = say;
    const role = i === 0 && report.scenarios.length > 1 ? 'base' : pick ?? 'plain';
    return t(`short.where.${role}`, { title: titleOf(say, i), count: report.scenarios.length - 1 });
}

// A value in words: 'one' for exactly one, else its number.
function shownAs(say, value, decimals) {
    const rounded = roundTo(Math.abs(value), decimals);
    return rounded === 1 && decimals <= 0 ? say.t('short.one') : say.language.number(rounded, decimals);
}

// The count N and the words for VALUE of quantity NAME, to fill a text. Of 1.0 Dutch and English
// speak as of many, French as of one.
function amount(say, name, value, decimals) {
    const n = decimals > 0 && say.language.code !== 'fr' ? 2 : roundTo(Math.abs(value), decimals);
    return { n, shown: shownAs(say, value, decimals), noun: say.t(`short.noun.${name}`, { n }) };
}

/* ---- How many there are ---- */

const isCount = (name) => name !== 'density';

const levelCases = [
    { text: 'nobody', is: (v) => v.mean === 0 && (v.high80 ?? 0) === 0 },
    { text: 'lone', is: (v, say) => say.futures === 1 || v.low80 === null },
    { text: 'exact', is: (v) => v.low80 === v.mean && v.high80 === v.mean },
    { text: 'fewer_than_one', is: (v, say, name, decimals) => isCount(name) && roundTo(v.mean, decimals) < 1 },
    { text: 'range', is: () => true },
];

// How many of NAME there are in scenario I.
function level(say, name, i) {
    const quantity = say.report.get(name, {}, 'year');
    const value = quantity && valuesAt(quantity.of[i], placeOfYear(quantity, say.year));
    if (!value) {
        return null;
    }
    const decimals = tidy(decimalsOf(value.mean, value.low80, value.high80), value.mean, value.low80, value.high80);
    const { text } = levelCases.find((row) => row.is(value, say, name, decimals));
    return say.t(`short.level.${text}`, {
        ...amount(say, name, value.mean, decimals),
        where: whereOf(say, i),
        when: say.when,
        low: say.language.number(value.low80, decimals),
        high: say.language.number(value.high80, decimals),
        futures: say.futures,
        one: say.t(`short.noun.${name}`, { n: 1 }),
        many: say.t(`short.noun.${name}`, { n: 2 }),
    });
}

/* ---- By how much another scenario differs ---- */

const differenceCases = [
    { text: 'same', is: (v) => v.mean === 0 && (v.low ?? 0) === 0 && (v.high ?? 0) === 0 },
    { text: 'lone', is: (v, say) => say.futures === 1 || v.low === null || v.high === null },
    { text: 'untold', is: (v) => v.low <= 0 && v.high >= 0 },
    { text: 'exact', is: (v) => v.low === v.high },
    { text: 'under_one', is: (v, say, name) => isCount(name) && Math.max(Math.abs(v.low), Math.abs(v.high)) < 1 },
    { text: 'told', is: () => true },
];

const shareCases = [
    { text: 'none', is: (share) => share <= 0 },
    { text: 'all', is: (share) => share >= 100 },
    { text: 'some', is: () => true },
];

// SHARE of 100 futures: neither 0 nor 100 unless it is none or all.
function share(say, of, kind) {
    const { text } = shareCases.find((row) => row.is(of));
    return say.t(`short.${kind}.${text}`, { n: Math.max(1, Math.min(99, Math.round(of))), futures: say.futures });
}

// In how many futures there are fewer and more; null where the direction is neither good nor bad.
function sidesOf(value, better) {
    return better === 0 || value.below === null || value.above === null
        ? null : { fewer: value.below, more: value.above };
}

// The clause on single futures.
function futuresClause(say, text, way, sides) {
    if (!sides) {
        return '';
    }
    const other = way === 'fewer' ? 'more' : 'fewer';
    if (text === 'untold' || sides[other] >= sides[way]) {
        return say.t('short.futures.untold', { fewer: share(say, sides.fewer, 'count'), more: share(say, sides.more, 'count') });
    }
    const none = sides[other] === 0 && sides[way] < 100 ? say.t(`short.futures.none.${other}`) : '';
    const also = sides[other] > MANY ? say.t(`short.futures.also.${other}`, { n: Math.round(sides[other]) }) : '';
    return say.t(`short.futures.${way}`, { share: share(say, sides[way], 'share'), none: none || also });
}

// The ends of the interval, the nearer to zero first; of one that holds zero, the lower first.
function endsOf(say, value, decimals) {
    const ends = value.low > 0 || value.low < 0 && value.high > 0 ? [value.low, value.high] : [value.high, value.low];
    return ends.map((end) => say.language.number(Math.abs(roundTo(end ?? 0, decimals)), decimals));
}

// DECIMALS, or as many as keep the end that is nearer to zero from reading as zero.
function notToZero({ low, high }, decimals) {
    const near = Math.min(Math.abs(low ?? 0), Math.abs(high ?? 0));
    return low * high > 0 && roundTo(near, decimals) === 0 ? Math.min(1, decimalsFor(near, 1)) : decimals;
}

// By how much scenario I differs from the base in NAME; PICK: why it is the one that is spoken of.
function difference(say, name, i, pick) {
    const quantity = say.report.get(name, {}, 'year');
    const value = quantity && valuesAt(quantity.than[i], placeOfYear(quantity, say.year));
    if (!value) {
        return null;
    }
    const way = value.mean < 0 ? 'fewer' : 'more';
    const decimals = notToZero(value, tidy(decimalsOf(value.mean, value.low, value.high), value.mean, value.low, value.high));
    const { text } = differenceCases.find((row) => row.is(value, say, name));
    const [low, high] = endsOf(say, value, decimals);
    const first = text === 'untold' ? value.low : value.mean;
    return say.t(`short.difference.${text}`, {
        ...amount(say, name, first, decimals),
        where: whereOf(say, i, pick),
        when: say.when,
        way: say.t(`short.way.${way}`),
        low,
        high,
        futures: say.futures,
        clause: futuresClause(say, text, way, sidesOf(value, quantity.better)),
        one: say.t(`short.noun.${name}`, { n: 1 }),
        many: say.t(`short.noun.${name}`, { n: 2 }),
    });
}

/* ---- Which scenarios are spoken of ---- */

// The mean difference of scenario I from the base in the year spoken of, or null.
function meanDifference(say, name, i) {
    const quantity = say.report.get(name, {}, 'year');
    return quantity ? valuesAt(quantity.than[i], placeOfYear(quantity, say.year))?.mean ?? null : null;
}

// The scenarios beside the base: all of up to three; of more, the one with the lowest mean and the one
// with the highest.
function picked(say, name) {
    const others = say.report.scenarios.map((_, i) => i).slice(1);
    if (others.length <= ALL_OTHERS) {
        return others.map((i) => ({ i }));
    }
    const known = others
        .map((i) => ({ i, mean: meanDifference(say, name, i) }))
        .filter(({ mean }) => mean !== null)
        .sort((a, b) => a.mean - b.mean);
    const ends = known.length > 1 ? [known[0], known.at(-1)] : known;
    return ends.map(({ i }, n) => ({ i, pick: n === 0 ? 'lowest' : 'highest' }));
}

// Is NAME zero in every future of every scenario?
function isNowhere(say, name) {
    const quantity = say.report.get(name, {}, 'year');
    const place = quantity ? placeOfYear(quantity, say.year) : -1;
    return !quantity || quantity.of.every((band) => {
        const value = valuesAt(band, place);
        return !value || (value.mean === 0 && (value.high80 ?? 0) === 0);
    });
}

/* ---- Money ---- */

const MILLION = 1e6;

// The side of zero on which [LOW, HIGH] lies, or 'untold'; without an interval that of VALUE.
function sideOf(value, low, high) {
    if (low === null || high === null || low === undefined || high === undefined) {
        return value < 0 ? 'saves' : 'costs';
    }
    if (low > 0 || high < 0) {
        return low > 0 ? 'costs' : 'saves';
    }
    return 'untold';
}

// Cents are told of small sums only: prices are not known so well.
const centsOf = (value) => (Math.abs(value) >= 10 ? 0 : 2);

function moneyEnds(say, [value, low, high]) {
    if (low === null || high === null || low === undefined || high === undefined) {
        const decimals = Math.min(centsOf(value), decimalsFor(value, 3));
        return { value: say.language.number(Math.abs(value), decimals), interval: '' };
    }
    const decimals = Math.min(centsOf(value), worth(low, high));
    const show = (end) => say.language.number(Math.abs(roundTo(end, decimals)), decimals);
    const [near, far] = low > 0 || sideOf(value, low, high) === 'untold' ? [low, high] : [high, low];
    const ends = { low: show(near), high: show(far) };
    return { value: show(value), ...ends, interval: say.t('short.interval', ends) };
}

// What one person-day above capacity that scenario I avoids costs or saves.
function price(say, i) {
    const found = say.report.comparison?.price?.[i - 1];
    if (!found || found.euro === null) {
        return null;
    }
    const side = sideOf(found.euro, found.low, found.high);
    return say.t(`short.price.${side}`, {
        where: whereOf(say, i), period: say.period, ...moneyEnds(say, [found.euro, found.low, found.high]),
    });
}

const costRow = (say) => say.report.comparison?.rows?.find((row) => row.name === 'total_cost');
const inMillions = (values) => values.map((value) => (value === null || value === undefined ? null : value / MILLION));

// How much more or less scenario I costs than the base.
function extraCost(say, i) {
    const found = costRow(say)?.others?.[i - 1];
    if (!found || found.difference === null) {
        return null;
    }
    const values = inMillions([found.difference, found.low, found.high]);
    return say.t(`short.extra.${sideOf(...values)}`, {
        where: whereOf(say, i), title: titleOf(say, i), period: say.period, ...moneyEnds(say, values),
    });
}

// What the base costs.
function baseCost(say) {
    const base = costRow(say)?.base;
    if (!base || base.mean === null) {
        return null;
    }
    const values = inMillions([base.mean, base.low, base.high]);
    return say.t('short.cost', { where: whereOf(say, 0), period: say.period, ...moneyEnds(say, values) });
}

/* ---- How sure it is ---- */

// The model's score at the longest time ahead that has one.
function score(say) {
    const rows = (say.report.backtest?.rows ?? [])
        .filter((row) => row.forecaster === 'model' && typeof row.cover80 === 'number');
    const row = rows.sort((a, b) => b.months - a.months)[0];
    return row ? say.t('short.score', {
        counts: row.counts,
        months: row.months,
        inside: say.language.percent(row.cover80),
        off: say.language.percent(row.rms, 1),
    }) : null;
}

// How much of the spread is what is not known, and how much is chance.
function unknown(say, name) {
    const place = placeOfYear({ windows: say.report.days.year }, say.year);
    const row = (say.report.variance ?? []).find((one) => one.name === name);
    const [part, low, high] = [row?.share?.[place], row?.low?.[place], row?.high?.[place]];
    return [part, low, high].some((value) => typeof value !== 'number') ? null : say.t('short.unknown', {
        when: say.when,
        many: say.t(`short.noun.${name}`, { n: 2 }),
        unknown: say.language.percent(100 * part),
        low: say.language.number(100 * low, 0),
        high: say.language.percent(100 * high),
    });
}

/* ---- All of it ---- */

// What is said of one scenario alone.
function ofOne(say, name) {
    return [level(say, name, 0), level(say, 'density', 0), name === 'people' ? null : level(say, 'people', 0), baseCost(say)];
}

// What is said of others beside the base.
function ofMore(say, name, nowhere) {
    const chosen = picked(say, name);
    const opening = nowhere ? [level(say, 'floor_sleepers', 0)] : [];
    const density = chosen.length === 1 && !nowhere ? [difference(say, 'density', chosen[0].i)] : [];
    const money = chosen.map(({ i }) => price(say, i) ?? extraCost(say, i)).find(Boolean);
    const differences = chosen.map(({ i, pick }) => difference(say, name, i, pick));
    return [...opening, nowhere && chosen.length > 1 ? null : level(say, name, 0), ...differences, ...density, money];
}

// At most five sentences; REPORT as openDocument gives it, CODE of a language.
export function inShort(report, code) {
    if (focusYear(report) === null) {
        return [];
    }
    const say = speaker(report, speak(code));
    const there = subjects.filter((name) => report.get(name, {}, 'year'));
    const name = there.find((subject) => !isNowhere(say, subject)) ?? there[0];
    if (!name) {
        return [];
    }
    const nowhere = there[0] === 'floor_sleepers' && name !== 'floor_sleepers';
    const said = report.scenarios.length > 1 ? ofMore(say, name, nowhere) : ofOne(say, nowhere ? 'floor_sleepers' : name);
    const sure = score(say);
    const first = said.filter(Boolean).slice(0, sure ? MOST - 1 : MOST);
    return [...first, sure ?? (first.length < MOST ? unknown(say, name) : null)].filter(Boolean);
}
