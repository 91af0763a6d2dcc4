#include "rank.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* The inverse of a correlation matrix says it all: with the outcome as its last row it holds the
 * partial correlations; without it, times the correlations with the outcome, the regression. */
struct ranking {
    size_t count;
    size_t used;     /* parameters that vary */
    size_t *of;      /* [used]: which they are */
    double *ranks;   /* [used + 1][count]: the outcome's last */
    size_t *order;   /* [count] */
    gsl_matrix *all; /* [used + 1][used + 1]: correlations, then their inverse */
};

static bool
varies(const double *value, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (value[i] != value[0])
            return true;
    return false;
}

/* From 1 on; those of the same value share the mean of theirs. */
static void
write_ranks(const double *value, size_t count, size_t *order, double *ranks)
{
    gsl_sort_index(order, value, 1, count);
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && value[order[next]] == value[order[i]];)
            next++;
        for (size_t k = i; k < next; k++)
            ranks[order[k]] = (double)(i + 1 + next) / 2;
    }
}

static int
make_room(struct ranking *ranking, size_t parameters, struct error *err)
{
    ranking->of = calloc(parameters + 1, sizeof *ranking->of);
    ranking->ranks = calloc((parameters + 1) * ranking->count + 1, sizeof *ranking->ranks);
    ranking->order = calloc(ranking->count + 1, sizeof *ranking->order);
    return ranking->of != NULL && ranking->ranks != NULL && ranking->order != NULL
               ? OK
               : error_set(err, NO_MEMORY, "no memory for the ranks");
}

static void
free_room(struct ranking *ranking)
{
    free(ranking->of);
    free(ranking->ranks);
    free(ranking->order);
    if (ranking->all != NULL)
        gsl_matrix_free(ranking->all);
}

static int
check_size(const struct ranking *ranking, const double *outcome, struct error *err)
{
    size_t fewest = ranking->used + 4; /* Fisher's z divides by n - (used - 1) - 3 */

    if (!varies(outcome, ranking->count))
        return error_set(err, BAD_INPUT, "the outcome is the same in all futures");
    if (ranking->count < fewest)
        return error_set(err, BAD_INPUT, "%zu uncertain fields take %zu draws at least, not %zu",
                         ranking->used, fewest, ranking->count);
    return OK;
}

/* The matrix of correlations of all ranks. */
static void
correlate(const struct ranking *ranking)
{
    for (size_t a = 0; a <= ranking->used; a++)
        for (size_t b = 0; b <= ranking->used; b++) {
            const double *x = ranking->ranks + a * ranking->count,
                         *y = ranking->ranks + b * ranking->count;
            gsl_matrix_set(ranking->all, a, b,
                           a == b ? 1 : gsl_stats_correlation(x, 1, y, 1, ranking->count));
        }
}

static int
invert(gsl_matrix *matrix, struct error *err)
{
    if (gsl_linalg_cholesky_decomp1(matrix) == GSL_SUCCESS &&
        gsl_linalg_cholesky_invert(matrix) == GSL_SUCCESS)
        return OK;
    return error_set(err, BAD_INPUT, "two uncertain fields, or several together, say the same");
}

static void
write_partial(const struct ranking *ranking, size_t j, struct rank *rank)
{
    const gsl_matrix *inverse = ranking->all;
    size_t last = ranking->used;
    double own = gsl_matrix_get(inverse, j, j), outcome = gsl_matrix_get(inverse, last, last);
    double others = (double)ranking->used - 1, n = (double)ranking->count;
    double r = fmax(-1, fmin(1, -gsl_matrix_get(inverse, j, last) / sqrt(own * outcome)));
    double wide = gsl_cdf_ugaussian_Pinv(0.975) / sqrt(n - others - 3);
    double t = fabs(r) * sqrt((n - 2 - others) / fmax(0, 1 - r * r));

    rank->partial = r;
    rank->low = tanh(atanh(r) - wide);
    rank->high = tanh(atanh(r) + wide);
    rank->p = isfinite(t) ? 2 * gsl_cdf_tdist_Q(t, n - 2 - others) : 0;
    /* of the outcome on the others, by the same inverse: -P_jy / P_yy */
    rank->regression = -gsl_matrix_get(inverse, j, last) / outcome;
}

static int
rank_all(struct ranking *ranking, struct rank *rank, double *explained, struct error *err)
{
    ranking->all = gsl_matrix_alloc(ranking->used + 1, ranking->used + 1);
    if (ranking->all == NULL)
        return error_set(err, NO_MEMORY, "no memory for the ranks");
    correlate(ranking);
    int status = invert(ranking->all, err);
    if (status != OK)
        return status;
    for (size_t j = 0; j < ranking->used; j++)
        write_partial(ranking, j, &rank[ranking->of[j]]);
    *explained = 1 - 1 / gsl_matrix_get(ranking->all, ranking->used, ranking->used);
    return OK;
}

int
rank_parameters(const double *parameter, size_t parameters, const double *outcome, size_t count,
                struct rank *rank, double *explained, struct error *err)
{
    struct ranking ranking = {.count = count};
    int status = make_room(&ranking, parameters, err);

    *explained = NAN;
    for (size_t j = 0; j < parameters && status == OK; j++) {
        rank[j] = (struct rank){NAN, NAN, NAN, NAN, NAN};
        if (!varies(parameter + j * count, count))
            continue;
        write_ranks(parameter + j * count, count, ranking.order,
                    ranking.ranks + ranking.used * count);
        ranking.of[ranking.used++] = j;
    }
    if (status == OK) {
        write_ranks(outcome, count, ranking.order, ranking.ranks + ranking.used * count);
        status = check_size(&ranking, outcome, err);
    }
    if (status == OK)
        status = rank_all(&ranking, rank, explained, err);
    free_room(&ranking);
    return status;
}
