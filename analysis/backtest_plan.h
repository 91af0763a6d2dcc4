#ifndef ANALYSIS_BACKTEST_PLAN_H
#define ANALYSIS_BACKTEST_PLAN_H
/* What a back-test will run: the days on which it forecasts (origins), what was known on each, the
 * scenario begun anew there, and the later counts that it is held against. */

#include "address.h"
#include "backtest_file.h"
#include "past.h"
#include "score.h"

#include "models/scenario/faults.h"
#include "models/scenario/scenario.h"

#include "sim/base/error.h"

#include <signal.h>
#include <stddef.h>
#include <stdint.h>

/* Why nothing is forecast from an origin. */
enum origin_fate { ORIGIN_RUNS, ORIGIN_NO_COUNT, ORIGIN_OLD_COUNT, ORIGIN_NO_TARGET };

struct origin {
    int32_t day; /* since 1970-01-01 */
    enum origin_fate fate;
    size_t known;            /* counts until it; the last of them is where its forecasts begin */
    size_t first, forecasts; /* into those of the back-test */
    char *file, *text;       /* the scenario begun anew, by the name that its faults have */
    size_t size;             /* bytes of the text */
};

/* Whose forecast it is. */
enum forecaster { FORECAST_MODEL, FORECAST_NAIVE, FORECAST_DRIFT, FORECASTERS };
extern const char *const forecaster_words[FORECASTERS];

/* What was said on an origin of the day of a later count. */
struct forecast {
    size_t origin, count, horizon;
    double months;
    struct outcome of[FORECASTERS];
};

struct backtest {
    struct backtest_object asked;
    struct tree tree;
    struct scenario base;
    struct address quantity;    /* its name and labels */
    const char *status, *place; /* of them; NULL: all */
    struct horizons horizons;
    struct past_count *count;                 /* [counts]: rising in their days */
    const struct backtest_count_object **row; /* [counts]: those that they were read from */
    size_t counts, beyond;     /* counts behind the end of the scenario, which nothing forecasts */
    struct origin *origin;     /* [origins] */
    size_t origins, running;   /* origins from which something is forecast */
    struct forecast *forecast; /* [forecasts]: by origin, then by day */
    size_t forecasts, room;
    size_t replications;               /* of each origin; may be changed before the run */
    const volatile sig_atomic_t *stop; /* set: end soon; NULL: never */
};

/* Read the file at PATH and the scenario that it names, and begin that anew at each origin. It may
 * name files outside its folder if ALLOW_OUTSIDE. BAD_INPUT: FAULTS says what; else what failed.
 * Free either way; the back-test must not be copied. */
MUST_CHECK int backtest_read(struct backtest *backtest, const char *path, bool allow_outside,
                             struct faults *faults, struct error *err);
void backtest_free(struct backtest *backtest);

/* The first day after the result of the scenario. */
int32_t backtest_end(const struct backtest *backtest);

#endif
