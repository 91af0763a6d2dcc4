#ifndef ANALYSIS_REPORT_ASSUMED_H
#define ANALYSIS_REPORT_ASSUMED_H
/* What a result assumes: every number of its scenario with grade and source, and how much the
 * outcome moves with it. */

#include "analysis/ranked.h"
#include "analysis/within.h"

#include "sim/base/error.h"

#include <jansson.h>

/* A list of an object for each number that is a fact of the world, in the order of the scenario:
 *
 *   path, value   as a scenario writes them; of what is drawn the median
 *   grade         A, B, C or "": there is no source
 *   source        its text, "" where there is none
 *   drawn         for each future
 *   effect        partial rank correlation with the outcome of RANKED, of a value that is drawn;
 *                 null where RANKED (which may be NULL) does not tell
 *
 * NO_MEMORY. */
MUST_CHECK int report_assumed(struct within *within, const struct ranked *ranked, json_t **list,
                              struct error *err);

#endif
