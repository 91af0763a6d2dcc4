// Words, numbers and dates in Dutch, French and English.
//
// speak('nl') gives everything that a chapter needs to say something in one language. A text is
// found by its key in texts/; '{name}' in it is filled from VALUES, a number among them by the
// language's own way of writing numbers. '{n|one person|{n} people}' chooses by number.

import { texts } from './texts/index.js';

export const languages = ['nl', 'fr', 'en'];

// Belgian usage: both languages of the country write 13.015 and 13 015 their own way.
const locales = { nl: 'nl-BE', fr: 'fr-BE', en: 'en-GB' };
const until = { nl: 'tot', fr: 'à', en: 'to' };
const MINUS = '\u2212';

function formatter(locale, options) {
    const format = new Intl.NumberFormat(locale, options);
    return (value) => format.format(Object.is(value, -0) ? 0 : value).replace('-', MINUS);
}

// TEXT with at most MOST signs: where it has more, its begin and its end, by which long names differ.
function ends(text, most) {
    const signs = text.length > most ? [...text] : [];
    const end = Math.floor(most / 4);
    return signs.length > most ? `${signs.slice(0, most - end - 1).join('')}…${signs.slice(-end).join('')}` : text;
}

const MOST_OF_NAME = 120;
const MOST_OF_WORD = 40;

// A name as it is shown: one that would burst a page is cut in its middle, and so is each word.
export function shortened(name) {
    return ends(String(name).split(' ').map((word) => ends(word, MOST_OF_WORD)).join(' '), MOST_OF_NAME);
}

// How many decimals VALUE needs for DIGITS digits that mean something; never more than LIMIT.
export function decimalsFor(value, digits = 2, limit = 3) {
    const size = Math.abs(value);
    if (!Number.isFinite(size) || size === 0) {
        return 0;
    }
    return Math.min(limit, digits - 1 - Math.floor(Math.log10(size)));
}

// VALUE to DECIMALS, which may be negative: -1 rounds to tens.
export function roundTo(value, decimals) {
    const scale = 10 ** decimals;
    return Math.round(value * scale) / scale;
}

// Decimals to which a number is worth writing, from the half width of its interval: two digits
// of the half width that mean something.
export function worth(low, high, otherwise = 0) {
    const half = (high - low) / 2;
    return half > 0 ? decimalsFor(half, 2) : otherwise;
}

// The numbers of one language.
function numbers(code) {
    const locale = locales[code];
    const cache = new Map();

    function number(value, decimals = 0, options = {}) {
        if (value === null || value === undefined || Number.isNaN(value)) {
            return '–';
        }
        const shown = Math.max(0, Math.min(20, decimals));
        const word = `${shown}${JSON.stringify(options)}`;
        if (!cache.has(word)) {
            cache.set(word, formatter(locale, {
                minimumFractionDigits: shown,
                maximumFractionDigits: shown,
                ...options,
            }));
        }
        return cache.get(word)(roundTo(value, decimals));
    }

    // A difference carries its sign; none is written before a zero.
    const signed = (value, decimals = 0) => number(value, decimals, { signDisplay: 'exceptZero' });
    // VALUE is per cent already.
    const percent = (value, decimals = 0) => `${number(value, decimals)}${code === 'en' ? '' : '\u00a0'}%`;
    // Large sums of euro in millions.
    const million = (value, decimals = 0) => number(value / 1e6, decimals);

    // Both ends of an interval, rounded alike, with WRITE as one of the above.
    const between = (low, high, decimals = 0, write = number) => (
        `${write(low, decimals)} ${until[code]} ${write(high, decimals)}`);

    return { number, signed, percent, million, between };
}

// The dates of one language; a day counts from 1970-01-01.
function dates(code) {
    const locale = locales[code];
    const made = (options) => {
        const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
        return (when) => format.format(typeof when === 'number' ? new Date(when * 86400000) : when);
    };
    const date = made({ day: 'numeric', month: 'long', year: 'numeric' });
    return {
        // French counts the first day of a month by its place: 1er janvier.
        date: code === 'fr' ? (when) => date(when).replace(/^1 /, '1er ') : date,
        month: made({ month: 'long', year: 'numeric' }),
        shortMonth: made({ month: 'short', year: 'numeric' }),
    };
}

// Fill '{name}' and '{name|one|many}' of TEXT from VALUES.
export function fill(text, values, plural, write) {
    const choice = /\{(\w+)\|([^|{}]*(?:\{\w+\}[^|{}]*)*)\|([^|{}]*(?:\{\w+\}[^|{}]*)*)\}/g;
    return text
        .replace(choice, (all, name, one, many) => (plural(values[name]) === 'one' ? one : many))
        .replace(/\{(\w+)\}/g, (all, name) => {
            const value = values[name];
            if (value === undefined) {
                return all;
            }
            return typeof value === 'number' ? write(value) : String(value);
        });
}

// Everything that is said in one language.
export function speak(code) {
    const known = languages.includes(code) ? code : 'en';
    const words = texts[known];
    const rules = new Intl.PluralRules(locales[known]);
    const figures = numbers(known);

    // A text by its key; a key without a text is shown as it is, so that it is seen.
    function t(key, values = {}) {
        return fill(words[key] ?? key, values, (n) => rules.select(n), (n) => figures.number(n));
    }

    // "a, b and c".
    const list = (items) => new Intl.ListFormat(locales[known], { type: 'conjunction' }).format(items);

    return {
        code: known,
        locale: locales[known],
        decimalPoint: known === 'en' ? '.' : ',',
        t,
        find: (key, otherwise) => words[key] ?? otherwise,
        plural: (n) => rules.select(n),
        list,
        ...figures,
        ...dates(known),
    };
}
