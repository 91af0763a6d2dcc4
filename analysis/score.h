#ifndef ANALYSIS_SCORE_H
#define ANALYSIS_SCORE_H
/* Forecasts against what came: error, bias, cover and the continuous ranked probability score. */

#include <stddef.h>

#define SCORE_FEWEST 5                         /* counts: below there is no score */
#define SCORE_LEVELS 2                         /* middle parts of a forecast that are looked at */
extern const double score_level[SCORE_LEVELS]; /* their chance: 0.8, 0.9 */

/* A forecast of one number and what came of it; NaN where the forecast is one number without a
 * spread, and all of them where there is no forecast. */
struct outcome {
    double observed, median;
    double low[SCORE_LEVELS], high[SCORE_LEVELS]; /* ends of its middle parts */
    double crps;
};

/* Of a forecast that is an ensemble of COUNT values, any order; WORK [count]. Ends so that a value
 * like those of the ensemble lies between with the part's chance, which takes 19 values for 90 %
 * (statistics_next_below). NaN values make the outcome NaN. */
struct outcome outcome_of_ensemble(const double *value, size_t count, double observed,
                                   double *work);

/* Of a normal forecast; SD NaN: one without a spread. */
struct outcome outcome_of_normal(double mean, double sd, double observed);

/* What COUNTS forecasts were worth. Errors are those of the median, in per cent of what came. */
struct score {
    size_t counts;    /* forecasts */
    double bias, rms; /* mean error, and root of the mean square; NaN below SCORE_FEWEST */
    size_t spread;    /* forecasts with a spread; what follows is of these, NaN below
                         SCORE_FEWEST of them */
    double cover[SCORE_LEVELS]; /* per cent of what came that lay in the middle part */
    double crps;                /* mean, in the unit of what is forecast */
    size_t both;                /* forecasts with a spread of which the other has one too */
    double against;             /* mean score over that of the other, where both have one; NaN below
                                   SCORE_FEWEST */
};

/* The score of OUTCOME [count], beside OTHER [count], forecasts of the same; those that are NaN are
 * none. */
struct score score_make(const struct outcome *outcome, const struct outcome *other, size_t count);

#endif
