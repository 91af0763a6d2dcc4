#ifndef ANALYSIS_REPORT_NUMBERS_H
#define ANALYSIS_REPORT_NUMBERS_H
/* The numbers of the report: what shown.c lists, of each result and of each beside the base. */

#include "sim/base/error.h"
#include "sim/result/store.h"

#include <jansson.h>
#include <stddef.h>

/* An object of
 *   probabilities   of the quantiles that bands have
 *   days            {month, year, whole}: [from, until) of each stretch, days since 1970-01-01
 *   quantities      a list, README.md says of what
 * from STORE [stores], the base first. BAD_INPUT: they do not belong together (*WRONG: which) or a
 * value is damaged; NO_MEMORY. The caller gives it back with json_decref. */
MUST_CHECK int report_numbers(struct store *const *store, size_t stores, json_t **numbers,
                              size_t *wrong, struct error *err);

#endif
