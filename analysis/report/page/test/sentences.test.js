// The sentences of "In short": each case beside sentences written by hand in three languages.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languages } from '../src/language.js';
import { openDocument } from '../src/numbers.js';
import { inShort } from '../src/sentences.js';
import { texts } from '../src/texts/sentences.js';
import { alone, makeDocument } from './document.js';

const day = (year, month = 1) => Date.UTC(year, month - 1, 1) / 86400000;

/* ---- Small documents ---- */

// A band of one window: MEAN, the 80 % of futures [LOW80, HIGH80], the interval of the mean, and in
// how many of 100 futures it is better and worse, which BETTER says of below and above; coded as the
// program does, with two decimals.
function band({ mean, within, ends, sides }, better) {
    const coded = (value) => [Math.round(value * 100)];
    const [low80, high80] = within ?? [mean, mean];
    return {
        mean: coded(mean),
        ...(within ? { q: [low80, low80, mean, mean, mean, high80, high80].map(coded) } : {}),
        ...(ends ? { low: coded(ends[0]), high: coded(ends[1]) } : {}),
        ...(sides ? { [better > 0 ? 'above' : 'below']: [10 * sides[0]], [better > 0 ? 'below' : 'above']: [10 * sides[1]] } : {}),
    };
}

const quantity = (name, better, of, than) => ({
    name, labels: {}, by: 'year', unit: 'persons', better, decimals: 2, of: of.map((values) => values && band(values, better)),
    than: [null, ...than.map((values) => values && band(values, better))],
});

// A document of the year 2030 with scenarios Nu, A, B, C...
function documentOf({ quantities, replications = 20, others = 0, window = [day(2030), day(2031)], ...rest }) {
    const names = ['Nu', ...'ABCDE'.slice(0, others)];
    return openDocument({
        scenarios: names.map((name) => ({ name, short: name, replications })),
        days: { year: [window], whole: [[day(2026), day(2036)]] },
        quantities,
        ...rest,
    });
}

// The base with 480 on the floor, and others that differ from it by THAN.
const besides = (than, rest = {}) => documentOf({
    others: than.length,
    quantities: [quantity('floor_sleepers', -1, [{ mean: 480, within: [210, 860] }, ...than.map(() => null)], than)],
    ...rest,
});

const base = {
    nl: 'In het uitgangspunt (‘Nu’) zijn er in 2030 gemiddeld 480 grondslapers (in 80 van de 100 toekomsten: 210 tot 860).',
    fr: 'Dans le scénario de référence (« Nu »), on compte en moyenne 480 détenus dormant au sol en 2030 (dans 80 futurs sur 100 : de 210 à 860).',
    en: 'In the base (‘Nu’) there are on average 480 people sleeping on the floor in 2030 (in 80 of 100 futures: 210 to 860).',
};
const aCost = {
    rows: [{ name: 'total_cost', base: { mean: 7904e6, low: 7850e6, high: 7958e6 }, others: [{ difference: 309.4e6, low: 306.1e6, high: 312.8e6 }] }],
};

/* ---- Cases ---- */

const cases = [
    {
        name: 'fewer, in nearly all futures',
        report: besides([{ mean: -190.4, ends: [-230.2, -150.3], sides: [97, 3] }]),
        nl: [base.nl, 'In ‘A’ zijn er in 2030 gemiddeld 190 grondslapers minder dan in het uitgangspunt (95 %-interval van het gemiddelde: 150 tot 230 minder); in 97 van de 100 toekomsten zijn het er minder.'],
        fr: [base.fr, 'Dans « A », on compte en moyenne 190 détenus dormant au sol de moins que dans la référence en 2030 (intervalle à 95 % de la moyenne : de 150 à 230 de moins) ; il y en a moins dans 97 futurs sur 100.'],
        en: [base.en, 'In ‘A’ there are on average 190 fewer people sleeping on the floor than in the base in 2030 (95% interval of the mean: 150 to 230 fewer); there are fewer in 97 of 100 futures.'],
    },
    {
        name: 'fewer on average, but more in most futures',
        report: besides([{ mean: -53.2, ends: [-96.2, -10.2], sides: [48, 52] }]),
        nl: { 1: 'In ‘A’ zijn er in 2030 gemiddeld 53 grondslapers minder dan in het uitgangspunt (95 %-interval van het gemiddelde: 10 tot 96 minder); in 48 van de 100 toekomsten zijn het er minder, in 52 van de 100 toekomsten meer.' },
        fr: { 1: 'Dans « A », on compte en moyenne 53 détenus dormant au sol de moins que dans la référence en 2030 (intervalle à 95 % de la moyenne : de 10 à 96 de moins) ; futurs où il y en a moins : 48 sur 100, où il y en a davantage : 52 sur 100.' },
        en: { 1: 'In ‘A’ there are on average 53 fewer people sleeping on the floor than in the base in 2030 (95% interval of the mean: 10 to 96 fewer); there are fewer in 48 of 100 futures, more in 52 of 100 futures.' },
    },
    {
        name: 'more, and fewer in no future',
        report: besides([{ mean: 62.5, ends: [49.8, 75.2], sides: [0, 88] }]),
        nl: [base.nl, 'In ‘A’ zijn er in 2030 gemiddeld 63 grondslapers meer dan in het uitgangspunt (95 %-interval van het gemiddelde: 50 tot 75 meer); in 88 van de 100 toekomsten zijn het er meer, in geen enkele minder.'],
        fr: [base.fr, 'Dans « A », on compte en moyenne 63 détenus dormant au sol de plus que dans la référence en 2030 (intervalle à 95 % de la moyenne : de 50 à 75 de plus) ; il y en a davantage dans 88 futurs sur 100, et dans aucun il n’y en a moins.'],
        en: [base.en, 'In ‘A’ there are on average 63 more people sleeping on the floor than in the base in 2030 (95% interval of the mean: 50 to 75 more); there are more in 88 of 100 futures, and fewer in none.'],
    },
    {
        name: 'certain: in all futures',
        report: besides([{ mean: -22.71, ends: [-23.66, -21.76], sides: [100, 0] }]),
        nl: [base.nl, 'In ‘A’ zijn er in 2030 gemiddeld 22,7 grondslapers minder dan in het uitgangspunt (95 %-interval van het gemiddelde: 21,8 tot 23,7 minder); in alle 20 gesimuleerde toekomsten zijn het er minder.'],
        fr: [base.fr, 'Dans « A », on compte en moyenne 22,7 détenus dormant au sol de moins que dans la référence en 2030 (intervalle à 95 % de la moyenne : de 21,8 à 23,7 de moins) ; il y en a moins dans les 20 futurs simulés.'],
        en: [base.en, 'In ‘A’ there are on average 22.7 fewer people sleeping on the floor than in the base in 2030 (95% interval of the mean: 21.8 to 23.7 fewer); there are fewer in all 20 simulated futures.'],
    },
    {
        name: 'no difference that can be told: the interval holds zero',
        report: besides([{ mean: -9, ends: [-40.1, 22.2], sides: [55, 45] }]),
        nl: [base.nl, 'In ‘A’ is er in 2030 geen aantoonbaar verschil met het uitgangspunt: het ligt tussen 40 grondslapers minder en 22 meer (95 %-interval van het gemiddelde); in 55 van de 100 toekomsten zijn het er minder, in 45 van de 100 toekomsten meer.'],
        fr: [base.fr, 'Dans « A », aucune différence avec la référence ne peut être établie en 2030 : elle se situe entre 40 détenus dormant au sol de moins et 22 de plus (intervalle à 95 % de la moyenne) ; futurs où il y en a moins : 55 sur 100, où il y en a davantage : 45 sur 100.'],
        en: [base.en, 'In ‘A’ no difference from the base can be told in 2030: it lies between 40 fewer people sleeping on the floor and 22 more (95% interval of the mean); there are fewer in 55 of 100 futures, more in 45 of 100 futures.'],
    },
    {
        name: 'the same in every future',
        report: besides([{ mean: 0, ends: [0, 0], sides: [0, 0] }]),
        nl: [base.nl, 'In ‘A’ zijn er in 2030 evenveel grondslapers als in het uitgangspunt: verschil 0 in alle 20 gesimuleerde toekomsten.'],
        fr: [base.fr, 'Dans « A », on compte autant de détenus dormant au sol que dans la référence en 2030 : écart de 0 dans les 20 futurs simulés.'],
        en: [base.en, 'In ‘A’ there are as many people sleeping on the floor as in the base in 2030: a difference of 0 in all 20 simulated futures.'],
    },
    {
        name: 'one person, told',
        report: besides([{ mean: -12, ends: [-12, -12], sides: [100, 0] }, { mean: -1.04, ends: [-1.6, -0.48], sides: [70, 20] }]),
        nl: [base.nl, 'In ‘A’ zijn er in 2030 precies 12 grondslapers minder dan in het uitgangspunt, in alle 20 gesimuleerde toekomsten evenveel.',
            'In ‘B’ zijn er in 2030 gemiddeld 1,0 grondslapers minder dan in het uitgangspunt (95 %-interval van het gemiddelde: 0,5 tot 1,6 minder); in 70 van de 100 toekomsten zijn het er minder, in 20 meer.'],
        fr: [base.fr, 'Dans « A », on compte 12 détenus dormant au sol de moins que dans la référence en 2030, autant dans chacun des 20 futurs simulés.',
            'Dans « B », on compte en moyenne 1,0 détenu dormant au sol de moins que dans la référence en 2030 (intervalle à 95 % de la moyenne : de 0,5 à 1,6 de moins) ; il y en a moins dans 70 futurs sur 100, davantage dans 20.'],
        en: [base.en, 'In ‘A’ there are 12 fewer people sleeping on the floor than in the base in 2030, the same in all 20 simulated futures.',
            'In ‘B’ there are on average 1.0 fewer people sleeping on the floor than in the base in 2030 (95% interval of the mean: 0.5 to 1.6 fewer); there are fewer in 70 of 100 futures, more in 20.'],
    },
    {
        name: 'a difference of less than one person',
        report: besides([{ mean: -0.31, ends: [-0.52, -0.1], sides: [54, 45] }]),
        nl: [base.nl, 'In ‘A’ is het verschil met het uitgangspunt in 2030 gemiddeld kleiner dan één grondslaper: 0,3 minder (95 %-interval van het gemiddelde: 0,1 tot 0,5 minder); in 54 van de 100 toekomsten zijn het er minder, in 45 meer.'],
        fr: [base.fr, 'Dans « A », l’écart moyen avec la référence est inférieur à un détenu dormant au sol en 2030 : 0,3 de moins (intervalle à 95 % de la moyenne : de 0,1 à 0,5 de moins) ; il y en a moins dans 54 futurs sur 100, davantage dans 45.'],
        en: [base.en, 'In ‘A’ the difference from the base is on average less than one person sleeping on the floor in 2030: 0.3 fewer (95% interval of the mean: 0.1 to 0.5 fewer); there are fewer in 54 of 100 futures, more in 45.'],
    },
    {
        name: 'one scenario, fewer than one person, and no cost',
        report: documentOf({ quantities: [quantity('floor_sleepers', -1, [{ mean: 0.42, within: [0, 1.3] }], [])] }),
        nl: ['In ‘Nu’ is er in 2030 gemiddeld minder dan één grondslaper: 0,4 (in 80 van de 100 toekomsten: 0,0 tot 1,3).'],
        fr: ['Dans « Nu », on compte en moyenne moins d’un détenu dormant au sol en 2030 : 0,4 (dans 80 futurs sur 100 : de 0,0 à 1,3).'],
        en: ['In ‘Nu’ there is on average less than one person sleeping on the floor in 2030: 0.4 (in 80 of 100 futures: 0.0 to 1.3).'],
    },
    {
        name: 'one person in every future, and a cost',
        report: documentOf({ quantities: [quantity('people', 0, [{ mean: 1, within: [1, 1] }], [])], comparison: aCost }),
        nl: ['In ‘Nu’ is er in 2030 gemiddeld één gedetineerde, in alle 20 gesimuleerde toekomsten evenveel.',
            'In ‘Nu’ kosten inrichtingen, gebouwen en maatregelen van januari 2026 tot en met december 2035 samen 7.904 miljoen euro (95 %-interval: 7.850 tot 7.958).'],
        fr: ['Dans « Nu », on compte en moyenne un détenu en 2030, autant dans chacun des 20 futurs simulés.',
            'Dans « Nu », les établissements, les bâtiments et les mesures coûtent ensemble 7 904 millions d’euros entre janvier 2026 et décembre 2035 (intervalle à 95 % : de 7 850 à 7 958).'],
        en: ['In ‘Nu’ there is on average one person in prison in 2030, the same in all 20 simulated futures.',
            'In ‘Nu’ facilities, buildings and measures together cost 7,904 million euros from January 2026 to December 2035 (95% interval: 7,850 to 7,958).'],
    },
    {
        name: 'nobody on the floor: the people above capacity are spoken of',
        report: documentOf({
            others: 1,
            quantities: [
                quantity('floor_sleepers', -1, [{ mean: 0, within: [0, 0] }, { mean: 0, within: [0, 0] }], [{ mean: 0, ends: [0, 0] }]),
                quantity('above_capacity', -1, [{ mean: 20, within: [10, 30] }, null], [{ mean: -5, ends: [-6, -4], sides: [90, 10] }]),
            ],
        }),
        nl: ['In het uitgangspunt (‘Nu’) zijn er in 2030 geen grondslapers: 0 in alle 20 gesimuleerde toekomsten.',
            'In het uitgangspunt (‘Nu’) zijn er in 2030 gemiddeld 20 gedetineerden boven de capaciteit (in 80 van de 100 toekomsten: 10 tot 30).',
            'In ‘A’ zijn er in 2030 gemiddeld 5 gedetineerden boven de capaciteit minder dan in het uitgangspunt (95 %-interval van het gemiddelde: 4 tot 6 minder); in 90 van de 100 toekomsten zijn het er minder.'],
        fr: ['Dans le scénario de référence (« Nu »), on ne compte aucun détenu dormant au sol en 2030 : 0 dans les 20 futurs simulés.',
            'Dans le scénario de référence (« Nu »), on compte en moyenne 20 détenus au-delà de la capacité en 2030 (dans 80 futurs sur 100 : de 10 à 30).',
            'Dans « A », on compte en moyenne 5 détenus au-delà de la capacité de moins que dans la référence en 2030 (intervalle à 95 % de la moyenne : de 4 à 6 de moins) ; il y en a moins dans 90 futurs sur 100.'],
        en: ['In the base (‘Nu’) there are no people sleeping on the floor in 2030: 0 in all 20 simulated futures.',
            'In the base (‘Nu’) there are on average 20 people above capacity in 2030 (in 80 of 100 futures: 10 to 30).',
            'In ‘A’ there are on average 5 fewer people above capacity than in the base in 2030 (95% interval of the mean: 4 to 6 fewer); there are fewer in 90 of 100 futures.'],
    },
    {
        name: 'one replication: no interval, and it says so',
        report: documentOf({
            others: 1, replications: 1,
            quantities: [quantity('floor_sleepers', -1, [{ mean: 481.37 }, { mean: 291 }], [{ mean: -190.37 }])],
        }),
        nl: ['In het uitgangspunt (‘Nu’) zijn er in 2030 gemiddeld 481 grondslapers; er is maar één toekomst gesimuleerd, en die zegt niets over de spreiding.',
            'In ‘A’ zijn er in 2030 gemiddeld 190 grondslapers minder dan in het uitgangspunt; er is maar één toekomst gesimuleerd, en die zegt niet of dat toeval is.'],
        fr: ['Dans le scénario de référence (« Nu »), on compte en moyenne 481 détenus dormant au sol en 2030 ; un seul futur a été simulé, il ne dit rien de la dispersion.',
            'Dans « A », on compte en moyenne 190 détenus dormant au sol de moins que dans la référence en 2030 ; un seul futur a été simulé, il ne dit pas si c’est le hasard.'],
        en: ['In the base (‘Nu’) there are on average 481 people sleeping on the floor in 2030; only one future was simulated, which says nothing of the spread.',
            'In ‘A’ there are on average 190 fewer people sleeping on the floor than in the base in 2030; only one future was simulated, which does not say whether that is chance.'],
    },
    {
        name: 'six scenarios: the lowest and the highest, the price of the lowest, and the score',
        report: besides([-50, -190, 10, -20, 30].map((mean) => ({ mean, ends: [mean - 8, mean + 8], sides: mean < 0 ? [90, 10] : [10, 90] })), {
            comparison: { rows: [], price: [null, { euro: 543.1, low: 529.5, high: 557.7 }, null, null, null] },
            backtest: { rows: [
                { forecaster: 'naive', months: 36, counts: 25, rms: 11.9, cover80: 44 },
                { forecaster: 'model', months: 12, counts: 25, rms: 3.8, cover80: 88 },
                { forecaster: 'model', months: 36, counts: 25, rms: 7.8, cover80: 68 },
                { forecaster: 'model', months: 48, counts: 3, rms: null, cover80: null },
            ] },
        }),
        nl: [base.nl,
            'In ‘B’, dat van de 5 andere scenario’s gemiddeld het laagst uitkomt, zijn er in 2030 gemiddeld 190 grondslapers minder dan in het uitgangspunt (95 %-interval van het gemiddelde: 182 tot 198 minder); in 90 van de 100 toekomsten zijn het er minder.',
            'In ‘E’, dat van de 5 andere scenario’s gemiddeld het hoogst uitkomt, zijn er in 2030 gemiddeld 30 grondslapers meer dan in het uitgangspunt (95 %-interval van het gemiddelde: 22 tot 38 meer); in 90 van de 100 toekomsten zijn het er meer.',
            'In ‘B’ kost elke gedetineerde minder boven de capaciteit 543 euro per dag (95 %-interval: 530 tot 558), van januari 2026 tot en met december 2035.',
            'Getoetst aan het verleden: 36 maanden vooraf viel 68 % van de 25 tellingen binnen de band die er 80 % moet bevatten; de voorspelling zat er doorgaans 7,8 % naast.'],
        fr: [base.fr,
            'Dans « B », le plus bas en moyenne des 5 autres scénarios, on compte en moyenne 190 détenus dormant au sol de moins que dans la référence en 2030 (intervalle à 95 % de la moyenne : de 182 à 198 de moins) ; il y en a moins dans 90 futurs sur 100.',
            'Dans « E », le plus élevé en moyenne des 5 autres scénarios, on compte en moyenne 30 détenus dormant au sol de plus que dans la référence en 2030 (intervalle à 95 % de la moyenne : de 22 à 38 de plus) ; il y en a davantage dans 90 futurs sur 100.',
            'Dans « B », chaque détenu de moins au-delà de la capacité coûte 543 euros par jour (intervalle à 95 % : de 530 à 558), entre janvier 2026 et décembre 2035.',
            'À l’épreuve du passé : 36 mois à l’avance, 68 % des 25 comptages tombaient dans la bande qui doit en contenir 80 % ; l’écart habituel était de 7,8 %.'],
        en: [base.en,
            'In ‘B’, on average the lowest of the 5 other scenarios, there are on average 190 fewer people sleeping on the floor than in the base in 2030 (95% interval of the mean: 182 to 198 fewer); there are fewer in 90 of 100 futures.',
            'In ‘E’, on average the highest of the 5 other scenarios, there are on average 30 more people sleeping on the floor than in the base in 2030 (95% interval of the mean: 22 to 38 more); there are more in 90 of 100 futures.',
            'In ‘B’ each person fewer above capacity costs 543 euros a day (95% interval: 530 to 558), from January 2026 to December 2035.',
            'Tested on the past: 36 months ahead, 68% of the 25 counts fell within the band that should hold 80% of them; the forecast was typically 7.8% off.'],
    },
    {
        name: 'no price: the cost; no back-test: what is not known beside chance',
        report: besides([{ mean: -190, ends: [-230, -150], sides: [97, 3] }], {
            comparison: { ...aCost, price: [null] }, variance: [{ name: 'floor_sleepers', by: 'year', share: [0.624], low: [0.412], high: [0.788] }],
        }),
        nl: [base.nl, 'In ‘A’ zijn er in 2030 gemiddeld 190 grondslapers minder dan in het uitgangspunt (95 %-interval van het gemiddelde: 150 tot 230 minder); in 97 van de 100 toekomsten zijn het er minder.',
            'In ‘A’ liggen de kosten 309 miljoen euro hoger dan in het uitgangspunt (95 %-interval: 306 tot 313), van januari 2026 tot en met december 2035.',
            'De spreiding in het aantal grondslapers in 2030 komt voor 62 % door wat niet bekend is (95 %-interval: 41 tot 79 %); de rest is toeval.'],
        fr: [base.fr, 'Dans « A », on compte en moyenne 190 détenus dormant au sol de moins que dans la référence en 2030 (intervalle à 95 % de la moyenne : de 150 à 230 de moins) ; il y en a moins dans 97 futurs sur 100.',
            'Dans « A », les coûts dépassent de 309 millions d’euros ceux de la référence (intervalle à 95 % : de 306 à 313), entre janvier 2026 et décembre 2035.',
            'La dispersion du nombre de détenus dormant au sol en 2030 vient pour 62 % de ce qu’on ne connaît pas (intervalle à 95 % : de 41 à 79 %) ; le reste est dû au hasard.'],
        en: [base.en, 'In ‘A’ there are on average 190 fewer people sleeping on the floor than in the base in 2030 (95% interval of the mean: 150 to 230 fewer); there are fewer in 97 of 100 futures.',
            'In ‘A’ costs are 309 million euros higher than in the base (95% interval: 306 to 313), from January 2026 to December 2035.',
            'Of the spread in the number of people sleeping on the floor in 2030, 62% comes from what is not known (95% interval: 41 to 79%); the rest is chance.'],
    },
    {
        name: 'a price that saves, and one of which that cannot be told',
        report: besides([{ mean: -190, ends: [-230, -150], sides: [97, 3] }], { comparison: { rows: [], price: [{ euro: -28.59, low: -28.86, high: -28.32 }] } }),
        nl: { 2: 'In ‘A’ levert elke gedetineerde minder boven de capaciteit een besparing van 29 euro per dag op (95 %-interval: 28 tot 29), van januari 2026 tot en met december 2035.' },
        fr: { 2: 'Dans « A », chaque détenu de moins au-delà de la capacité fait économiser 29 euros par jour (intervalle à 95 % : de 28 à 29), entre janvier 2026 et décembre 2035.' },
        en: { 2: 'In ‘A’ each person fewer above capacity saves 29 euros a day (95% interval: 28 to 29), from January 2026 to December 2035.' },
    },
    {
        name: 'a price whose interval holds zero',
        report: besides([{ mean: -190, ends: [-230, -150], sides: [97, 3] }], { comparison: { rows: [], price: [{ euro: 4, low: -30, high: 38 }] } }),
        nl: { 2: 'In ‘A’ staat niet vast of één gedetineerde minder boven de capaciteit geld kost: van 30 euro bespaard tot 38 euro uitgegeven per dag (95 %-interval), van januari 2026 tot en met december 2035.' },
        fr: { 2: 'Dans « A », on ne peut établir si un détenu de moins au-delà de la capacité coûte de l’argent : de 30 euros économisés à 38 euros dépensés par jour (intervalle à 95 %), entre janvier 2026 et décembre 2035.' },
        en: { 2: 'In ‘A’ it cannot be told whether one person fewer above capacity costs money: from 30 euros saved to 38 euros spent a day (95% interval), from January 2026 to December 2035.' },
    },
    {
        name: 'a part of one month is named by that month',
        report: documentOf({ window: [day(2026, 4), day(2026, 4) + 20], quantities: [quantity('people', 0, [{ mean: 12540, within: [12100, 13100] }], [])] }),
        nl: ['In ‘Nu’ zijn er in april 2026 gemiddeld 12.540 gedetineerden (in 80 van de 100 toekomsten: 12.100 tot 13.100).'],
        fr: ['Dans « Nu », on compte en moyenne 12 540 détenus en avril 2026 (dans 80 futurs sur 100 : de 12 100 à 13 100).'],
        en: ['In ‘Nu’ there are on average 12,540 people in prison in April 2026 (in 80 of 100 futures: 12,100 to 13,100).'],
    },
    {
        name: 'a part of a year is named by its months',
        report: documentOf({ window: [day(2026, 4), day(2026, 10)], quantities: [quantity('people', 0, [{ mean: 12540, within: [12100, 13100] }], [])] }),
        nl: ['In ‘Nu’ zijn er van april 2026 tot en met september 2026 gemiddeld 12.540 gedetineerden (in 80 van de 100 toekomsten: 12.100 tot 13.100).'],
        fr: ['Dans « Nu », on compte en moyenne 12 540 détenus entre avril 2026 et septembre 2026 (dans 80 futurs sur 100 : de 12 100 à 13 100).'],
        en: ['In ‘Nu’ there are on average 12,540 people in prison from April 2026 to September 2026 (in 80 of 100 futures: 12,100 to 13,100).'],
    },
];

// Spaces that a line may not break at are looked at apart.
const plain = (text) => text.replace(/[\u00a0\u202f]/g, ' ');

for (const { name, report, ...expected } of cases) {
    for (const code of languages) {
        test(`${name} (${code})`, () => {
            const said = inShort(report, code).map(plain);
            if (Array.isArray(expected[code])) {
                assert.deepEqual(said, expected[code]);
                return;
            }
            Object.entries(expected[code]).forEach(([i, sentence]) => assert.equal(said[i], sentence));
        });
    }
}

/* ---- What holds of all ---- */

// The numbers of a sentence, as the number that they write.
function numbersIn(text, code) {
    const [group, point] = { nl: ['.', ','], fr: [' ', ','], en: [',', '.'] }[code];
    const found = plain(text).match(/\d+(?:[.,  ]\d{3})*(?:[.,]\d+)?/g) ?? [];
    return found.map((number) => Number(number.replaceAll(group, '').replace(point, '.'))).sort((a, b) => a - b);
}

for (const [name, raw] of [['several scenarios', makeDocument()], ['one scenario', alone()]]) {
    test(`all languages say the same numbers, of ${name}`, () => {
        // Titles are of each language and may hold a number.
        const report = openDocument({ ...raw, scenarios: raw.scenarios.map((scenario) => ({ ...scenario, title: undefined, name: 'X' })) });
        const [nl, fr, en] = languages.map((code) => inShort(report, code).map((text) => numbersIn(text, code)));
        assert.deepEqual(fr, nl);
        assert.deepEqual(en, nl);
        assert.ok(nl.length > 1 && nl.length <= 5);
        nl.forEach((numbers) => assert.ok(numbers.length >= 3, 'a number, a range and a date'));
    });
}

test('three others are all spoken of, and what most futures do where the mean goes the other way', () => {
    const said = inShort(besides([
        { mean: -103, ends: [-120, -86], sides: [90, 10] }, { mean: -273, ends: [-339, -208], sides: [99, 1] }, { mean: -53, ends: [-96, -10], sides: [48, 52] },
    ]), 'en').map(plain);
    assert.equal(said.length, 4);
    ['A', 'B', 'C'].forEach((name, i) => assert.ok(said[i + 1].startsWith(`In ‘${name}’ there are on average`)));
    assert.match(said[3], /there are fewer in 48 of 100 futures, more in 52 of 100 futures\.$/);
});

test('what three others bring and one costs goes before what is not known', () => {
    const others = [-103, -273, -53].map((mean) => ({ mean, ends: [mean - 8, mean + 8], sides: [95, 5] }));
    const said = inShort(besides(others, {
        comparison: { rows: [], price: [{ euro: 548, low: 514, high: 588 }, null, null] },
        variance: [{ name: 'floor_sleepers', by: 'year', share: [0.04], low: [0], high: [0.31] }],
    }), 'en').map(plain);
    assert.equal(said.length, 5);
    assert.match(said[4], /^In ‘A’ each person fewer above capacity costs 548 euros a day/);
});

test('an interval that leaves out zero does not read as if it held it', () => {
    const [, said] = inShort(besides([{ mean: -123.1, ends: [-243.1, -3.1], sides: [100, 0] }]), 'en');
    assert.match(plain(said), /123 fewer people .* 3 to 243 fewer/);
});

test('a name with braces is a name', () => {
    const report = besides([{ mean: -190, ends: [-230, -150], sides: [97, 3] }]);
    report.scenarios[1].name = '{n|x|y} {shown} <b>';
    assert.ok(inShort(report, 'nl')[1].startsWith('In ‘{n|x|y} {shown} <b>’ zijn er'));
});

test('no line breaks between a number and its sign, or inside French quotation marks', () => {
    const [, said] = inShort(besides([{ mean: -190, ends: [-230, -150], sides: [97, 3] }]), 'fr');
    assert.match(said, /«\u00a0A\u00a0»/);
    assert.match(said, /95\u00a0% de la moyenne\u00a0:/);
});

test('a document without years says nothing', () => {
    assert.deepEqual(inShort(openDocument({ scenarios: [], days: {}, quantities: [] }), 'en'), []);
});

test('the three languages have the same texts', () => {
    assert.deepEqual(Object.keys(texts.fr), Object.keys(texts.nl));
    assert.deepEqual(Object.keys(texts.en), Object.keys(texts.nl));
});
