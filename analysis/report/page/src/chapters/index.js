// The chapters in their order. `name` is the key of the chapter's title and its anchor.

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

export const chapters = [
    { letter: 'A', name: 'years', make: aYears.chapter },
    { letter: 'B', name: 'places', make: bPlaces.chapter },
    { letter: 'C', name: 'houses', make: cHouses.chapter },
    { letter: 'D', name: 'measures', make: dMeasures.chapter },
    { letter: 'E', name: 'causes', make: eCauses.chapter },
    { letter: 'F', name: 'desks', make: fDesks.chapter },
    { letter: 'G', name: 'after', make: gAfter.chapter },
    { letter: 'H', name: 'money', make: hMoney.chapter },
    { letter: 'I', name: 'sure', make: iSure.chapter },
    { letter: 'J', name: 'assumed', make: jAssumed.chapter },
    { letter: 'K', name: 'not_for', make: kNotFor.chapter },
    { letter: 'L', name: 'again', make: lAgain.chapter },
];
