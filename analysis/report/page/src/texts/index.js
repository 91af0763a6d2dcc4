// All words of the page: one file a chapter, each with the same keys in three languages.

import * as aYears from './a_years.js';
import * as bPlaces from './b_places.js';
import * as cHouses from './c_houses.js';
import * as dMeasures from './d_measures.js';
import * as eCauses from './e_causes.js';
import * as fDesks from './f_desks.js';
import * as gAfter from './g_after.js';
import * as hMoney from './h_money.js';
import * as iSure from './i_sure.js';
import * as jAssumed from './j_assumed.js';
import * as kNotFor from './k_not_for.js';
import * as lAgain from './l_again.js';
import * as overview from './overview.js';
import * as page from './page.js';
import * as parts from './parts.js';
import * as sentences from './sentences.js';
import * as words from './words.js';

export const modules = {
    page, words, parts, overview, aYears, bPlaces, cHouses, dMeasures, eCauses, fDesks, gAfter, hMoney, iSure,
    jAssumed, kNotFor, lAgain, sentences,
};

// A space that a line may not break at: before a sign and inside quotation marks.
function keepTogether(text) {
    return text.replace(/ (?=[:;?!%»])|(?<=«) /g, '\u00a0');
}

function joined(language) {
    const all = Object.assign({}, ...Object.values(modules).map((module) => module.texts[language]));
    return Object.fromEntries(Object.entries(all).map(([key, text]) => [key, keepTogether(text)]));
}

export const texts = { nl: joined('nl'), fr: joined('fr'), en: joined('en') };
