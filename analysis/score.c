#include "score.h"

#include "crps.h"
#include "statistics.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

const double score_level[SCORE_LEVELS] = {0.8, 0.9};

static struct outcome
outcome_without_spread(double median, double observed)
{
    struct outcome outcome = {.observed = observed, .median = median, .crps = NAN};

    for (int l = 0; l < SCORE_LEVELS; l++)
        outcome.low[l] = outcome.high[l] = NAN;
    return outcome;
}

struct outcome
outcome_of_ensemble(const double *value, size_t count, double observed, double *work)
{
    for (size_t i = 0; i < count; i++)
        if (isnan(value[i]))
            return outcome_without_spread(NAN, observed);
    memcpy(work, value, count * sizeof *work);
    gsl_sort(work, 1, count);
    struct outcome outcome =
        outcome_without_spread(statistics_next_below(work, count, 0.5), observed);
    for (int l = 0; l < SCORE_LEVELS; l++) {
        outcome.low[l] = statistics_next_below(work, count, (1 - score_level[l]) / 2);
        outcome.high[l] = statistics_next_below(work, count, (1 + score_level[l]) / 2);
    }
    outcome.crps = crps_ensemble(work, count, observed);
    return outcome;
}

struct outcome
outcome_of_normal(double mean, double sd, double observed)
{
    struct outcome outcome = outcome_without_spread(mean, observed);

    outcome.crps = crps_normal(mean, sd, observed);
    if (isnan(outcome.crps))
        return outcome;
    for (int l = 0; l < SCORE_LEVELS; l++) {
        double far = gsl_cdf_ugaussian_Pinv((1 + score_level[l]) / 2) * sd;
        outcome.low[l] = mean - far;
        outcome.high[l] = mean + far;
    }
    return outcome;
}

/* SUM over COUNT forecasts, unless they are too few. */
static double
mean_of(double sum, size_t count)
{
    return count >= SCORE_FEWEST ? sum / (double)count : NAN;
}

static bool
lies_in_part(const struct outcome *outcome, int l)
{
    return outcome->observed >= outcome->low[l] && outcome->observed <= outcome->high[l];
}

struct score
score_make(const struct outcome *outcome, const struct outcome *other, size_t count)
{
    double bias = 0, squares = 0, crps = 0, ours = 0, theirs = 0, in[SCORE_LEVELS] = {0};
    struct score score = {0};

    for (size_t i = 0; i < count; i++) {
        if (isnan(outcome[i].median))
            continue;
        double off = 100 * (outcome[i].median / outcome[i].observed - 1);
        score.counts++;
        bias += off;
        squares += off * off;
        if (isnan(outcome[i].crps))
            continue;
        score.spread++;
        crps += outcome[i].crps;
        for (int l = 0; l < SCORE_LEVELS; l++)
            in[l] += lies_in_part(&outcome[i], l);
        if (isnan(other[i].crps))
            continue;
        score.both++;
        ours += outcome[i].crps;
        theirs += other[i].crps;
    }
    score.bias = mean_of(bias, score.counts);
    score.rms = sqrt(mean_of(squares, score.counts));
    score.crps = mean_of(crps, score.spread);
    for (int l = 0; l < SCORE_LEVELS; l++)
        score.cover[l] = 100 * mean_of(in[l], score.spread);
    score.against = mean_of(ours, score.both) / mean_of(theirs, score.both);
    return score;
}
