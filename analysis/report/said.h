#ifndef ANALYSIS_REPORT_SAID_H
#define ANALYSIS_REPORT_SAID_H
/* What the scenarios within results say themselves: words in three languages, where facilities are,
 * what was counted, which measures there are. */

#include "models/scenario/scenario.h"

#include <jansson.h>
#include <stddef.h>

/* Each takes SCENARIO [scenarios], the base first; NULL stands for one that this version does not
 * read. NULL comes back where there is no memory. */

/* {title: {en, nl, fr}, question: {...}, capacity: the word of what counts} of one: what it says of
 * itself, nothing else. */
json_t *said_of_itself(const struct scenario *scenario);

/* {names: {NAME: {en, nl, fr}}, uses: [{en, nl, fr}], not_for, errors, sources}, each once. */
json_t *said_texts(const struct scenario *const *scenario, size_t scenarios);

/* [{series, region, facility, day, value, source}] of the first that has any. */
json_t *said_counted(const struct scenario *const *scenario, size_t scenarios);

/* [{name, kind, from, until, in: [is it in this scenario?]}], each name once. */
json_t *said_measures(const struct scenario *const *scenario, size_t scenarios);

/* {FACILITY: [latitude, longitude]} of all that say where they are. */
json_t *said_coordinates(const struct scenario *const *scenario, size_t scenarios);

#endif
