#ifndef ANALYSIS_REPORT_BROUGHT_H
#define ANALYSIS_REPORT_BROUGHT_H
/* What other commands have worked out, brought into the report from the JSON that they print. The
 * files come from anybody: each number and word is looked at, and what is wrong is one line that
 * begins with the file's name. */

#include "sim/base/error.h"

#include <jansson.h>

#define BROUGHT_MOST_BYTES ((size_t)16 << 20) /* of a file */

/* What `doorstroom attribute --format json` has printed into the file at PATH, as
 *
 *   name, label, unit, better (-1, 0, 1), of (an address), futures, scenario (the base's name)
 *   rows         {name, alone, alone_low, alone_high, last, last_low, last_high, shapley, low,
 *                high}
 *   interaction  {alone, last}
 *   total        {value, low, high}
 *   base, all    their values
 *
 * BAD_INPUT, ENVIRONMENT (it cannot be read), NO_MEMORY. */
MUST_CHECK int brought_attribution(const char *path, json_t **attribution, struct error *err);

/* What `doorstroom backtest --format json` has printed, as
 *
 *   name          of the scenario; quantity, futures, first, last (the origins)
 *   laws_known, intake_known
 *                 did the model know what was dated after an origin?
 *   rows          {forecaster, months, counts, bias, rms, cover80, cover90, crps, skill}, a number
 *                 null where there are too few counts; a row without a count is left out
 *
 * Errors as above. */
MUST_CHECK int brought_backtest(const char *path, json_t **backtest, struct error *err);

#endif
