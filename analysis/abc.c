#include "abc.h"

#include "sim/engine/portable_math.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_matrix.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FROM_PRIOR 0.1  /* share of the proposals */
#define WIDER      2    /* the kernel's covariance by that of the members */
#define NARROWEST  1e-6 /* variance of a kernel in each score: no prior is known that well */

struct abc_own {
    double *distance; /* [members][replications] */
    double *nearest;  /* [members]: the least of them */
    double *share;  /* [kept]: of all weight, by replications within the tolerance; adds up to 1 */
    double *upto;   /* [kept]: shares added up */
    double *sorted; /* [members] */
    double *centre; /* [kept][parameters]: scores by the kernel's root */
    double *copy;   /* [members][parameters] */
    double *mean, *at;  /* [parameters] */
    gsl_matrix *kernel; /* [parameters][parameters]: covariance, then its root below */
    double log_root;    /* logarithm of the root's determinant */
};

static size_t
half(const struct abc *abc)
{
    return abc->members - abc_new(abc->members);
}

size_t
abc_new(size_t members)
{
    return members / 2;
}

/* Of which a covariance can be told at all. */
static size_t
fewest_kept(size_t parameters)
{
    return 5 * (parameters + 1);
}

size_t
abc_fewest(size_t parameters)
{
    return 2 * fewest_kept(parameters);
}

static double *
numbers(size_t count)
{
    return calloc(count + 1, sizeof(double));
}

static bool
allocate(struct abc_own *own, const struct abc *abc)
{
    size_t n = abc->members, p = abc->parameters;
    gsl_error_handler_t *handler = gsl_set_error_handler_off();

    *own = (struct abc_own){
        .distance = numbers(n * abc->replications),
        .nearest = numbers(n),
        .share = numbers(n),
        .upto = numbers(n),
        .sorted = numbers(n),
        .centre = numbers(n * p),
        .copy = numbers(n * p),
        .mean = numbers(p),
        .at = numbers(p),
        .kernel = gsl_matrix_alloc(p, p),
    };
    gsl_set_error_handler(handler);
    return own->distance && own->nearest && own->share && own->upto && own->sorted && own->centre &&
           own->copy && own->mean && own->at && own->kernel;
}

int
abc_open(struct abc *abc, struct error *err)
{
    abc->own = calloc(1, sizeof *abc->own);
    abc->unit = numbers(abc->targets);
    abc->weight = numbers(abc->members);
    abc->kept = 0;
    abc->count = abc->members;
    if (abc->own == NULL || abc->unit == NULL || abc->weight == NULL || !allocate(abc->own, abc))
        return error_set(err, NO_MEMORY, "no memory for the members");
    for (size_t m = 0; m < abc->members; m++)
        abc->weight[m] = 1;
    return OK;
}

void
abc_close(struct abc *abc)
{
    struct abc_own *own = abc->own;

    free(abc->unit);
    free(abc->weight);
    if (own == NULL)
        return;
    free(own->distance);
    free(own->nearest);
    free(own->share);
    free(own->upto);
    free(own->sorted);
    free(own->centre);
    free(own->copy);
    free(own->mean);
    free(own->at);
    gsl_matrix_free(own->kernel);
    free(own);
}

static double
normal(struct stream *stream)
{
    return gsl_cdf_ugaussian_Pinv(stream_uniform_open(stream));
}

static void
set_units(struct abc *abc, const double *outcome, const double *chance)
{
    size_t worlds = abc->count * abc->replications;

    abc->out_of_reach = abc->targets;
    for (size_t t = abc->targets; t-- > 0;) {
        double own = abc->error[t] * abc->error[t] + chance[t * abc->targets + t];
        abc->unit[t] = own > 0 ? sqrt(own) : gsl_stats_sd(outcome + t, abc->targets, worlds);
        if (abc->unit[t] <= 0 && outcome[t] != abc->observed[t])
            abc->out_of_reach = t;
    }
}

size_t
abc_out_of_reach(const struct abc *abc)
{
    return abc->out_of_reach;
}

/* How far each world of the new members, seen with an error, is from what was observed. */
static void
measure(struct abc *abc, const double *outcome, struct stream *stream)
{
    for (size_t m = abc->kept; m < abc->count; m++) {
        double *distance = abc->own->distance + m * abc->replications;
        for (size_t r = 0; r < abc->replications; r++) {
            const double *world = outcome + (m * abc->replications + r) * abc->targets;
            double square = 0;
            for (size_t t = 0; t < abc->targets; t++) {
                double seen = world[t];
                if (abc->error[t] > 0)
                    seen += abc->error[t] * normal(stream);
                if (abc->unit[t] > 0)
                    square += pow((seen - abc->observed[t]) / abc->unit[t], 2);
            }
            distance[r] = sqrt(square);
        }
        abc->own->nearest[m] = gsl_stats_min(distance, 1, abc->replications);
    }
}

/* The distance that half of the members come within, never above the last. Where several are just
 * as far and would be more than half, the next below, unless too few come within that. */
static double
next_tolerance(const struct abc *abc, bool begins)
{
    double *sorted = abc->own->sorted;
    size_t most = half(abc) < abc->count ? half(abc) : abc->count, below = most;

    memcpy(sorted, abc->own->nearest, abc->count * sizeof *sorted);
    gsl_sort(sorted, 1, abc->count);
    double tolerance = sorted[most - 1];
    if (!begins && tolerance >= abc->tolerance)
        return abc->tolerance;
    if (most == abc->count || sorted[most] > tolerance)
        return tolerance;
    while (below > 0 && sorted[below - 1] >= tolerance)
        below--;
    return below >= fewest_kept(abc->parameters) ? sorted[below - 1] : tolerance;
}

/* Those within the tolerance come first; how many of all weight each has. */
static void
compact(struct abc *abc, double *score)
{
    struct abc_own *own = abc->own;
    size_t p = abc->parameters, r = abc->replications, kept = 0;

    for (size_t m = 0; m < abc->count; m++) {
        if (own->nearest[m] > abc->tolerance)
            continue;
        memmove(score + kept * p, score + m * p, p * sizeof *score);
        memmove(own->distance + kept * r, own->distance + m * r, r * sizeof *own->distance);
        own->nearest[kept] = own->nearest[m];
        abc->weight[kept++] = abc->weight[m];
    }
    abc->kept = kept;
}

static void
share_out(struct abc *abc)
{
    struct abc_own *own = abc->own;
    double sum = 0, squares = 0;

    for (size_t m = 0; m < abc->kept; m++) {
        size_t within = 0;
        for (size_t r = 0; r < abc->replications; r++)
            within += own->distance[m * abc->replications + r] <= abc->tolerance;
        own->share[m] = abc->weight[m] * (double)within;
        sum += own->share[m];
        own->upto[m] = sum;
    }
    for (size_t m = 0; m < abc->kept; m++) {
        own->share[m] /= sum;
        own->upto[m] /= sum;
        squares += own->share[m] * own->share[m];
    }
    abc->effective = 1 / squares;
}

void
abc_keep(struct abc *abc, double *score, const double *outcome, const double *chance,
         struct stream *stream)
{
    bool begins = abc->kept == 0;
    size_t within = 0;

    if (begins)
        set_units(abc, outcome, chance);
    measure(abc, outcome, stream);
    for (size_t m = abc->kept; m < abc->count; m++)
        within += begins || abc->own->nearest[m] <= abc->tolerance;
    abc->accepted = (double)within / (double)(abc->count - abc->kept);
    abc->tolerance = next_tolerance(abc, begins);
    if (begins)
        abc->first = abc->tolerance;
    compact(abc, score);
    share_out(abc);
}

bool
abc_is_exact(const struct abc *abc)
{
    return abc->tolerance <= 0 && abc->kept >= half(abc);
}

bool
abc_is_stuck(const struct abc *abc)
{
    return abc->kept == abc->members;
}

/* Twice the weighted covariance of those that are kept, and its root. */
static void
set_kernel(struct abc *abc, const double *score)
{
    struct abc_own *own = abc->own;
    size_t p = abc->parameters;
    double spared = 1 - 1 / abc->effective; /* for the mean that is estimated, too */

    for (size_t i = 0; i < p; i++) {
        own->mean[i] = 0;
        for (size_t m = 0; m < abc->kept; m++)
            own->mean[i] += own->share[m] * score[m * p + i];
    }
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++) {
            double sum = 0;
            for (size_t m = 0; m < abc->kept; m++)
                sum += own->share[m] * (score[m * p + i] - own->mean[i]) *
                       (score[m * p + j] - own->mean[j]);
            double covariance = spared > 0 ? sum / spared : 0;
            gsl_matrix_set(own->kernel, i, j, WIDER * covariance + (i == j ? NARROWEST : 0));
        }
    gsl_linalg_cholesky_decomp1(own->kernel);
    own->log_root = 0;
    for (size_t i = 0; i < p; i++)
        own->log_root += portable_log(gsl_matrix_get(own->kernel, i, i));
}

/* SCORE by the kernel's root, into OUT: there a kernel is standard normal. */
static void
by_root(const struct abc *abc, const double *score, double *out)
{
    gsl_vector_view vector = gsl_vector_view_array(out, abc->parameters);

    memcpy(out, score, abc->parameters * sizeof *out);
    gsl_blas_dtrsv(CblasLower, CblasNoTrans, CblasNonUnit, abc->own->kernel, &vector.vector);
}

/* The member that the share U of all weight comes up to. */
static size_t
member_at(const struct abc *abc, double u)
{
    size_t low = 0, high = abc->kept - 1;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (abc->own->upto[middle] > u)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* A proposal into OUT: from the prior, or about one of those that are kept. */
static void
draw(const struct abc *abc, const double *score, double *out, struct stream *stream)
{
    gsl_vector_view vector = gsl_vector_view_array(out, abc->parameters);
    bool prior = stream_uniform(stream) < FROM_PRIOR;
    const double *about = score + member_at(abc, stream_uniform(stream)) * abc->parameters;

    for (size_t i = 0; i < abc->parameters; i++)
        out[i] = normal(stream);
    if (prior)
        return;
    gsl_blas_dtrmv(CblasLower, CblasNoTrans, CblasNonUnit, abc->own->kernel, &vector.vector);
    for (size_t i = 0; i < abc->parameters; i++)
        out[i] += about[i];
}

/* The density of the prior at SCORE over that of a proposal. */
static double
weigh(const struct abc *abc, const double *score)
{
    struct abc_own *own = abc->own;
    size_t p = abc->parameters;
    double square = 0, proposal = 0;

    by_root(abc, score, own->at);
    for (size_t i = 0; i < p; i++)
        square += score[i] * score[i];
    for (size_t m = 0; m < abc->kept; m++) {
        double away = 0;
        for (size_t i = 0; i < p; i++)
            away += pow(own->at[i] - own->centre[m * p + i], 2);
        proposal += own->share[m] * portable_exp(0.5 * (square - away) - own->log_root);
    }
    return 1 / (FROM_PRIOR + (1 - FROM_PRIOR) * proposal);
}

void
abc_propose(struct abc *abc, double *score, struct stream *stream)
{
    size_t p = abc->parameters, most = abc_new(abc->members), room = abc->members - abc->kept;

    set_kernel(abc, score);
    for (size_t m = 0; m < abc->kept; m++)
        by_root(abc, score + m * p, abc->own->centre + m * p);
    abc->count = abc->kept + (most < room ? most : room);
    for (size_t m = abc->kept; m < abc->count; m++) {
        draw(abc, score, score + m * p, stream);
        abc->weight[m] = weigh(abc, score + m * p);
    }
}

void
abc_resample(struct abc *abc, double *score, struct stream *stream)
{
    size_t p = abc->parameters;
    double begins = stream_uniform(stream);

    memcpy(abc->own->copy, score, abc->kept * p * sizeof *score);
    for (size_t m = 0; m < abc->members; m++) {
        size_t of = member_at(abc, ((double)m + begins) / (double)abc->members);
        memcpy(score + m * p, abc->own->copy + of * p, p * sizeof *score);
    }
    abc->kept = abc->count = abc->members;
}
