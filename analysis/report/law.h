#ifndef ANALYSIS_REPORT_LAW_H
#define ANALYSIS_REPORT_LAW_H
/* What holds of every small house: how hand-offs and houses that are alone keep places empty and
 * people waiting; beside it what results show of their own houses. */

#include "sim/base/error.h"
#include "sim/result/store.h"

#include <jansson.h>
#include <stddef.h>

/* An object of
 *
 *   stay_days, gap_days  days of a stay, days that a place is empty between two
 *   occupancy            [stay][gap], per cent of the time that a place is lived in
 *   places, pools        of a house; houses that share their places
 *   load                 people who would live there if there were always room, for each place
 *   refused              [load][pool], per cent of those who come who find no place (Erlang B)
 *   seen                 {scenario, region, stay, gap} of STORE [stores], region null for all of
 *                        them: person-days in houses and place-days between residents, for each
 *                        move into a house, over all of the result; only where both can be told
 *
 * BAD_INPUT: a value is damaged (*WRONG: of which store); NO_MEMORY. */
MUST_CHECK int report_law(struct store *const *store, size_t stores, json_t **law, size_t *wrong,
                          struct error *err);

#endif
