#include "goal.h"

#include "interval.h"
#include "statistics.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_DRAWS 10000000 /* that a run has */

#define FORM                                                                                       \
    "expected a statistic and its level, such as 'chance(floor_sleepers < 100, 2032) >= 80 %%' "   \
    "or "                                                                                          \
    "'mean(floor_sleepers, 2032) < 100'"

/* "< 100" or ">= 80 %" at TEXT, the end of a goal; what is wrong, or NULL. */
static const char *
read_level(struct goal *goal, const char *text)
{
    char *end;

    text += strspn(text, " \t");
    size_t length = relation_read(text, &goal->relation);
    if (length == 0)
        return "a comparison is missing behind it: one of < <= > >=";
    text += length;
    goal->level = address_number(text, &end);
    if (end == text || !isfinite(goal->level))
        return "a number is to stand behind the last comparison";
    end += strspn(end, " \t");
    bool share = *end == '%';
    end += share;
    if (end[strspn(end, " \t")] != '\0')
        return "what stands behind the last comparison is no number";
    goal->per_cent = share && goal->address.statistic != STATISTIC_CHANCE;
    if (goal->address.statistic != STATISTIC_CHANCE)
        return NULL;
    goal->level /= 100;
    return share && goal->level >= 0 && goal->level <= 1
               ? NULL
               : "the level of a chance is a share from 0 % to 100 %";
}

int
goal_read(struct goal *goal, const char *text, struct error *err)
{
    const char *bracket = strrchr(text, ')');
    char copy[ADDRESS_TEXT];

    *goal = (struct goal){.level = 0};
    if (bracket == NULL || (size_t)(bracket - text) + 2 > sizeof copy)
        return error_set(err, BAD_INPUT, "'%.120s': " FORM, text);
    snprintf(copy, sizeof copy, "%.*s", (int)(bracket - text) + 1, text);
    int status = address_read(&goal->address, copy, err);
    if (status != OK)
        return status;
    enum statistic statistic = goal->address.statistic;
    bool known = statistic == STATISTIC_MEAN || statistic == STATISTIC_QUANTILE ||
                 statistic == STATISTIC_CHANCE;
    const char *wrong = goal->address.of[0] != '\0'
                            ? "it is asked of runs that are still to come: leave the id out"
                        : !known || goal->address.bound != BOUND_NONE
                            ? "a goal is of a mean, a quantile (q90) or a chance; its bound follows"
                            : read_level(goal, bracket + 1);
    return wrong == NULL ? OK : error_set(err, BAD_INPUT, "'%.120s': %s", text, wrong);
}

int
goal_check_unit(const struct goal *goal, const char *unit, struct error *err)
{
    int status = address_check_unit(&goal->address, unit, err);

    return status == OK && goal->per_cent
               ? unit_check_per_cent(goal->address.quantity.name, unit, goal->level, err)
               : status;
}

const char *
goal_write(const struct goal *goal, char out[GOAL_TEXT])
{
    char address[ADDRESS_TEXT];
    bool chance = goal->address.statistic == STATISTIC_CHANCE;

    snprintf(out, GOAL_TEXT, "%s %s %.10g%s", address_write(&goal->address, address),
             relation_text(goal->relation), goal->level * (chance ? 100 : 1), chance ? " %" : "");
    return out;
}

/* Is VALUE as the goal asks of the statistic? */
static bool
meets(const struct goal *goal, double value)
{
    const struct address level = {.relation = goal->relation, .limit = goal->level};

    return address_holds(&level, value);
}

/* Does the goal ask for little? */
static bool
asks_for_less(const struct goal *goal)
{
    return goal->relation == RELATION_LESS || goal->relation == RELATION_MOST;
}

/* Bounds of the chance of which DRAWS show the share SUM / DRAWS. Clopper and Pearson 1934; where
 * all of them do, or none, in closed form. */
static double
chance_low(double sum, double draws, double confidence)
{
    return sum <= 0       ? 0
           : sum >= draws ? pow(1 - confidence, 1 / draws)
                          : interval_beta_quantile(1 - confidence, sum, draws - sum + 1);
}

static double
chance_high(double sum, double draws, double confidence)
{
    return 1 - chance_low(draws - sum, draws, confidence);
}

/* What is judged: values, how many share a draw. */
struct sample {
    const double *value;
    size_t count;
    const uint64_t *draw;
    double confidence;
    double *work; /* [2 * count] */
};

/* The draws' shares of values that meet ADDRESS's comparison, added up; how many draws. */
static double
sum_of_shares(const struct sample *sample, const struct address *address, double *draws)
{
    double *met = sample->work;
    double sum = 0;

    for (size_t i = 0; i < sample->count; i++)
        met[i] = address_holds(address, sample->value[i]) ? 1 : 0;
    size_t units = statistics_units(met, 1, sample->count, sample->draw, met);
    for (size_t i = 0; i < units; i++)
        sum += met[i];
    *draws = (double)units;
    return sum;
}

static void
judge_chance(const struct goal *goal, const struct sample *sample, struct judgement *j)
{
    double draws, sum = sum_of_shares(sample, &goal->address, &draws);

    j->estimate = sum / draws;
    j->low = chance_low(sum, draws, sample->confidence);
    j->high = chance_high(sum, draws, sample->confidence);
}

static void
judge_mean(const struct goal *goal, const struct sample *sample, struct judgement *j)
{
    size_t draws = statistics_units(sample->value, 1, sample->count, sample->draw, sample->work);

    (void)goal;
    j->estimate = gsl_stats_mean(sample->work, 1, draws);
    if (draws < 2)
        return;
    double error = gsl_stats_sd_m(sample->work, 1, draws, j->estimate) / sqrt((double)draws);
    double half = error * gsl_cdf_tdist_Pinv(sample->confidence, (double)draws - 1);
    j->low = j->estimate - half;
    j->high = j->estimate + half;
}

/* The first of the SORTED values at or below which (RELATION_MOST) a share of P is shown to lie, or
 * below which (RELATION_LESS) no more than P is not shown to; COUNT: there is none. Both shares
 * rise with the value. */
static size_t
first_beyond(const struct sample *sample, const double *sorted, enum relation relation, double p)
{
    struct address share = {.relation = relation};
    size_t low = 0, high = sample->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        double draws, sum;
        share.limit = sorted[middle];
        sum = sum_of_shares(sample, &share, &draws);
        bool beyond = relation == RELATION_MOST ? chance_low(sum, draws, sample->confidence) >= p
                                                : chance_high(sum, draws, sample->confidence) > p;
        low = beyond ? low : middle + 1;
        high = beyond ? middle : high;
    }
    return low;
}

static void
judge_quantile(const struct goal *goal, const struct sample *sample, struct judgement *j)
{
    const double p = goal->address.p;
    double *sorted = sample->work + sample->count;

    memcpy(sorted, sample->value, sample->count * sizeof *sorted);
    gsl_sort(sorted, 1, sample->count);
    j->estimate = gsl_stats_quantile_from_sorted_data(sorted, 1, sample->count, p);
    size_t upper = first_beyond(sample, sorted, RELATION_MOST, p);
    size_t lower = first_beyond(sample, sorted, RELATION_LESS, p);
    if (upper < sample->count)
        j->high = sorted[upper];
    if (lower > 0)
        j->low = sorted[lower - 1];
}

/* The statistic of values that are all there, with its bounds. */
static void
judge_values(const struct goal *goal, const struct sample *sample, struct judgement *j)
{
    if (goal->address.statistic == STATISTIC_CHANCE)
        judge_chance(goal, sample, j);
    else if (goal->address.statistic == STATISTIC_QUANTILE)
        judge_quantile(goal, sample, j);
    else
        judge_mean(goal, sample, j);
    if (meets(goal, asks_for_less(goal) ? j->high : j->low))
        j->verdict = VERDICT_HOLDS;
    else if (!meets(goal, asks_for_less(goal) ? j->low : j->high))
        j->verdict = VERDICT_FAILS;
}

int
goal_judge(const struct goal *goal, const double *value, size_t count, const uint64_t *draw,
           double confidence, struct judgement *judgement, struct error *err)
{
    double *room = calloc(3 * count + 1, sizeof *room);
    uint64_t *of = calloc(count + 1, sizeof *of);
    struct sample sample = {room, 0, draw != NULL ? of : NULL, confidence,
                            room != NULL ? room + count : NULL};

    *judgement = (struct judgement){NAN, -INFINITY, INFINITY, VERDICT_OPEN};
    if (room == NULL || of == NULL) {
        free(room);
        free(of);
        return error_set(err, NO_MEMORY, "no memory for %zu replications", count);
    }
    for (size_t i = 0; i < count; i++)
        if (!isnan(value[i])) {
            of[sample.count] = draw != NULL ? draw[i] : 0;
            room[sample.count++] = value[i];
        }
    if (sample.count > 0)
        judge_values(goal, &sample, judgement);
    free(room);
    free(of);
    return OK;
}

/* The best that DRAWS can show: all of them as asked. */
static bool
can_be_shown(const struct goal *goal, double draws, double confidence)
{
    const double p = goal->address.p;

    switch (goal->address.statistic) {
    case STATISTIC_CHANCE:
        return meets(goal, asks_for_less(goal) ? chance_high(0, draws, confidence)
                                               : chance_low(draws, draws, confidence));
    case STATISTIC_QUANTILE:
        return asks_for_less(goal) ? chance_low(draws, draws, confidence) >= p
                                   : chance_high(0, draws, confidence) <= p;
    case STATISTIC_MEAN:
    case STATISTIC_SD:
    case STATISTIC_LEAST:
    case STATISTIC_MOST:
    case STATISTIC_RELATIVE:
    case STATISTIC_BETTER:
    case STATISTICS:
        break;
    }
    return draws >= 2;
}

size_t
goal_fewest(const struct goal *goal, double confidence)
{
    size_t low = 0, high = MOST_DRAWS;

    if (!can_be_shown(goal, MOST_DRAWS, confidence))
        return SIZE_MAX;
    while (low + 1 < high) { /* more draws show more */
        size_t middle = low + (high - low) / 2;
        if (can_be_shown(goal, (double)middle, confidence))
            high = middle;
        else
            low = middle;
    }
    return high;
}

double
goal_score(const struct goal *goal, double value)
{
    double met = 0, sign = asks_for_less(goal) ? -1 : 1;

    if (isnan(value))
        return NAN;
    switch (goal->address.statistic) {
    case STATISTIC_CHANCE:
        return sign * (address_holds(&goal->address, value) ? 1 : 0);
    case STATISTIC_QUANTILE:
        met = meets(goal, value) ? 1 : 0;
        return met;
    case STATISTIC_MEAN:
    case STATISTIC_SD:
    case STATISTIC_LEAST:
    case STATISTIC_MOST:
    case STATISTIC_RELATIVE:
    case STATISTIC_BETTER:
    case STATISTICS:
        break;
    }
    return sign * value;
}
