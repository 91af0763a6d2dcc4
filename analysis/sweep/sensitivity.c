#include "sensitivity.h"

#include "morris_effects.h"
#include "sobol_indices.h"

#include "analysis/rank.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RESAMPLES 1000

static struct bootstrap
resampling(const struct design *design)
{
    return (struct bootstrap){.seed = design->seed, .resamples = RESAMPLES};
}

/* The place of row I of a Saltelli sample among A, then B, then each AB: [factors + 2][rows]. */
static size_t
place_of(const struct sample *sample, size_t i, size_t rows)
{
    int32_t moved = sample->moved[i];
    size_t matrix = moved == SAMPLE_START ? 0 : moved == SAMPLE_OTHER ? 1 : 2 + (size_t)moved;

    return matrix * rows + i / sample->group;
}

/* The indices from ALL, values in the order of their matrices: [factors + 2][rows][replications].
 */
static int
estimate_shares(struct sensitivity *out, const struct outcome *outcome, const double *all,
                struct sobol_index *index, struct error *err)
{
    const struct design *design = &outcome->design;
    size_t matrix = out->units * (size_t)design->replications;
    const struct sobol_outcomes of = {.factors = design->factors,
                                      .rows = out->units,
                                      .replications = (size_t)design->replications,
                                      .a = all,
                                      .b = all + matrix,
                                      .ab = all + 2 * matrix,
                                      .common = design->asked.seeds == DESIGN_COMMON};
    struct sobol_whole whole;
    int status = sobol_indices(&of, resampling(design), index, &whole, err);

    for (size_t f = 0; f < design->factors; f++) {
        out->row[f].of[0] = index[f].total;
        out->row[f].of[1] = index[f].first;
    }
    out->used = whole.rows;
    out->noise = whole.share;
    return status;
}

static int
find_shares(struct sensitivity *out, const struct outcome *outcome, struct error *err)
{
    const struct sample *sample = &outcome->design.sample;
    size_t replications = (size_t)outcome->design.replications;
    double *all = calloc(sample->rows * replications + 1, sizeof *all);
    struct sobol_index *index = calloc(sample->factors + 1, sizeof *index);
    int status;

    out->units = sample->rows / sample->group;
    if (all != NULL && index != NULL) {
        for (size_t i = 0; i < sample->rows; i++)
            memcpy(all + place_of(sample, i, out->units) * replications,
                   outcome->value + i * replications, replications * sizeof *all);
        status = estimate_shares(out, outcome, all, index, err);
    } else
        status = error_set(err, NO_MEMORY, "no memory for indices");
    free(index);
    free(all);
    return status;
}

/* Which factor each step moves, and by how much of its range. A factor with a few values moves from
 * one to another, which is not the step of its level: its effect would differ from step to step,
 * and what is straight look as if it were not. */
static void
take_steps(const struct design *design, size_t *moved, double *step)
{
    for (size_t i = 0, at = 0; i < design->sample.rows; i++) {
        if (design->sample.moved[i] < 0)
            continue;
        size_t f = (size_t)design->sample.moved[i];
        const struct factor *factor = &design->factor[f];
        moved[at] = f;
        step[at++] = factor_place(factor, design_quantile(design, i, f)) -
                     factor_place(factor, design_quantile(design, i - 1, f));
    }
}

static int
find_effects(struct sensitivity *out, const struct outcome *outcome, struct error *err)
{
    const struct sample *sample = &outcome->design.sample;
    size_t factors = outcome->design.factors;
    size_t *moved = calloc(sample->rows + 1, sizeof *moved);
    double *step = calloc(sample->rows + 1, sizeof *step);
    struct morris_effect *effect = calloc(factors + 1, sizeof *effect);
    int status = NO_MEMORY;

    out->units = sample->rows / sample->group;
    if (moved != NULL && step != NULL && effect != NULL) {
        take_steps(&outcome->design, moved, step);
        const struct morris_outcomes of = {.factors = factors,
                                           .trajectories = out->units,
                                           .replications = (size_t)outcome->design.replications,
                                           .outcome = outcome->value,
                                           .moved = moved,
                                           .step = step,
                                           .common = outcome->design.asked.seeds == DESIGN_COMMON};
        status = morris_effects(&of, resampling(&outcome->design), effect, &out->used, err);
    } else
        status = error_set(err, NO_MEMORY, "no memory for effects");
    for (size_t f = 0; f < factors && status == OK; f++) {
        out->row[f].of[0] = effect[f].mu_star;
        out->row[f].of[1] = effect[f].mu;
        out->row[f].of[2] = effect[f].sigma;
        out->chance = fmax(out->chance, effect[f].mu_star_chance); /* the one that is a number */
    }
    free(effect);
    free(step);
    free(moved);
    return status;
}

static int
take_numbers(const struct outcome *outcome, double *number, double *mean, struct error *err)
{
    const struct design *design = &outcome->design;
    size_t replications = (size_t)design->replications;
    char text[FACTOR_TEXT];

    for (size_t p = 0; p < design->points; p++) {
        for (size_t r = 0; r < replications; r++)
            mean[p] += outcome->value[p * replications + r] / (double)replications;
        for (size_t f = 0; f < design->factors; f++) {
            double *to = &number[f * design->points + p];
            *to = factor_number(design_value(design, p, f, text));
            if (isnan(*to))
                return error_set(err, BAD_INPUT, "%.200s: '%s' is a word, which has no rank",
                                 design->factor[f].name, design_value(design, p, f, text));
        }
    }
    return OK;
}

/* EXPLAINED of the variance of POINTS ranks, less what FACTORS would explain by chance. */
static double
adjusted(double explained, size_t points, size_t factors)
{
    double n = (double)points;

    return fmax(0, 1 - (1 - explained) * (n - 1) / (n - 1 - (double)factors));
}

/* NUMBER [factors + 1][points]: the factors, and the mean outcome last; *USED points have one. */
static int
rank_points(const double *number, size_t factors, size_t points, struct rank *rank,
            double *explained, size_t *used, struct error *err)
{
    const double *mean = number + points * factors;
    double least = INFINITY, most = -INFINITY;
    int status = rank_parameters(number, factors, mean, points, rank, explained, err);

    for (size_t p = 0; p < points; p++) {
        *used += isnan(mean[p]) ? 0U : 1U;
        least = fmin(least, mean[p]);
        most = fmax(most, mean[p]);
    }
    if (status == BAD_INPUT && *used > 1 && least >= most)
        return error_set(
            err, BAD_INPUT,
            "the outcome is the same at all points, %g: ask for another number, or for "
            "wider ranges of the factors",
            least);
    if (status == BAD_INPUT && *used < factors + RANK_MORE_DRAWS)
        status = error_set(err, BAD_INPUT,
                           "ranks of %zu factors take %zu points at least whose outcomes are all "
                           "known, not %zu: sweep more points",
                           factors, factors + RANK_MORE_DRAWS, *used);
    return status;
}

static int
find_ranks(struct sensitivity *out, const struct outcome *outcome, struct error *err)
{
    size_t points = outcome->design.points, factors = outcome->design.factors;
    double *number = calloc(points * (factors + 1) + 1, sizeof *number), explained;
    size_t varied = 0;
    struct rank *rank = calloc(factors + 1, sizeof *rank);
    int status =
        number != NULL && rank != NULL ? OK : error_set(err, NO_MEMORY, "no memory for ranks");

    if (status == OK)
        status = take_numbers(outcome, number, number + points * factors, err);
    if (status == OK)
        status = rank_points(number, factors, points, rank, &explained, &out->used, err);
    for (size_t f = 0; f < factors && status == OK; f++) {
        double direct = rank[f].regression, wide = rank[f].regression_wide;
        out->row[f].of[0] = (struct interval){rank[f].partial, rank[f].low, rank[f].high};
        out->row[f].of[1] = (struct interval){direct, direct - wide, direct + wide};
        varied += isnan(direct) ? 0U : 1U;
    }
    out->units = points;
    if (status == OK)
        out->explained = adjusted(explained, out->used, varied);
    free(rank);
    free(number);
    return status;
}

static int
find_none(struct sensitivity *out, const struct outcome *outcome, struct error *err)
{
    (void)out;
    (void)outcome;
    return error_set(err, BAD_INPUT,
                     "one_at_a_time compares points, not factors: sweep by morris or saltelli");
}

struct way {
    int (*find)(struct sensitivity *out, const struct outcome *outcome, struct error *err);
    enum sensitivity_kind kind;
    const char *unit;
    size_t measures;
    struct sensitivity_measure measure[SENSITIVITY_MEASURES];
};

static const struct way
    by_shares = {find_shares,
                 SENSITIVITY_SHARES,
                 "base rows",
                 2,
                 {{"total", "share of the variance that the factor has alone and with others"},
                  {"first", "the share that it has alone"}}},
    by_effects = {find_effects,
                  SENSITIVITY_EFFECTS,
                  "trajectories",
                  3,
                  {{"mu_star", "mean size of what the factor does over its whole range"},
                   {"mu", "the same with its sign"},
                   {"sigma", "how much that differs from place to place: not straight, or together "
                             "with others"}}},
    by_ranks = {find_ranks,
                SENSITIVITY_RANKS,
                "points",
                2,
                {{"prcc", "partial rank correlation, of what the other factors leave"},
                 {"srrc", "standardised rank regression"}}},
    by_nothing = {.find = find_none};

/* Of methods without one, by ranks. */
static const struct way *const by_method[SAMPLE_METHODS] = {
    [SAMPLE_ONE_AT_A_TIME] = &by_nothing,
    [SAMPLE_MORRIS] = &by_effects,
    [SAMPLE_SALTELLI] = &by_shares,
    [SAMPLE_JANSEN] = &by_shares,
};

/* The larger first, then as the design has them; NaN last. */
static int
compare_rows(const void *left, const void *right)
{
    const struct sensitivity_row *a = left, *b = right;
    double x = isnan(a->of[0].value) ? -1 : fabs(a->of[0].value);
    double y = isnan(b->of[0].value) ? -1 : fabs(b->of[0].value);

    return x != y ? (x < y) - (x > y) : (a->factor > b->factor) - (a->factor < b->factor);
}

int
sensitivity_find(struct sensitivity *out, const struct outcome *outcome, struct error *err)
{
    const struct design *design = &outcome->design;
    size_t method = (size_t)design->asked.method;
    const struct way *way = &by_ranks;
    struct error why = {0};

    if (method < SAMPLE_METHODS && by_method[method] != NULL)
        way = by_method[method];
    *out = (struct sensitivity){.kind = way->kind,
                                .measure = way->measure,
                                .measures = way->measures,
                                .unit = way->unit,
                                .noise = {NAN, NAN, NAN},
                                .chance = NAN,
                                .explained = NAN};
    out->row = calloc(design->factors + 1, sizeof *out->row);
    if (out->row == NULL)
        return error_set(err, NO_MEMORY, "no memory for the factors");
    for (size_t f = 0; f < design->factors; f++)
        out->row[f].factor = f;
    int status = way->find(out, outcome, &why);
    if (status != OK && outcome->held < design->points)
        return error_set(err, status, "%zu of %zu points are missing: %.300s",
                         design->points - outcome->held, design->points, why.message);
    if (status != OK)
        return error_set(err, status, "%s", why.message);
    qsort(out->row, design->factors, sizeof *out->row, compare_rows);
    return OK;
}

void
sensitivity_free(struct sensitivity *sensitivity)
{
    free(sensitivity->row);
}
