#ifndef ANALYSIS_REPORT_PLACES_H
#define ANALYSIS_REPORT_PLACES_H
/* The places that results tell of. */

#include "sim/base/error.h"
#include "sim/result/store.h"

#include <jansson.h>
#include <stddef.h>

/* The names of the regions of STORE [stores], each once, in the order of the results. NULL: no
 * memory. */
json_t *places_regions(struct store *const *store, size_t stores);

/* [{name, region, kind, use, counted, latitude, longitude, in: [is it in this result?]}], each
 * once, in the order of the results; COORDINATES: {NAME: [latitude, longitude]}. NULL: no memory.
 */
json_t *places_facilities(struct store *const *store, size_t stores, const json_t *coordinates);

#endif
