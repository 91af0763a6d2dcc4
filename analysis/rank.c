#include "rank.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* A parameter of whose variance others leave less than one part in this says what they say. */
#define MOST_TOLD 1e10
/* What regression leaves of a variance of 1, or a coefficient's square, is rounding below this. */
#define NOTHING 1e-12

/* Correlations of the parameters among themselves, inverted, and with the outcome say it all. */
struct ranking {
    size_t count;       /* draws that have all values */
    size_t used;        /* parameters that vary */
    size_t *kept;       /* [count]: which draws they are */
    size_t *of;         /* [used]: which parameters */
    double *ranks;      /* [used + 1][count]: the outcome's last */
    size_t *order;      /* [count] */
    gsl_matrix *among;  /* [used][used]: correlations of parameters, then their inverse */
    gsl_vector *with;   /* [used]: correlations with the outcome */
    gsl_vector *direct; /* [used]: regression coefficients */
};

static int
make_room(struct ranking *ranking, size_t parameters, size_t count, struct error *err)
{
    size_t some = parameters > 0 ? parameters : 1;

    ranking->kept = calloc(count + 1, sizeof *ranking->kept);
    ranking->of = calloc(some, sizeof *ranking->of);
    ranking->ranks = calloc((parameters + 1) * count + 1, sizeof *ranking->ranks);
    ranking->order = calloc(count + 1, sizeof *ranking->order);
    ranking->among = gsl_matrix_alloc(some, some);
    ranking->with = gsl_vector_alloc(some);
    ranking->direct = gsl_vector_alloc(some);
    return ranking->kept && ranking->of && ranking->ranks && ranking->order && ranking->among &&
                   ranking->with && ranking->direct
               ? OK
               : error_set(err, NO_MEMORY, "no memory for the ranks");
}

static void
free_room(struct ranking *ranking)
{
    free(ranking->kept);
    free(ranking->of);
    free(ranking->ranks);
    free(ranking->order);
    gsl_matrix_free(ranking->among);
    gsl_vector_free(ranking->with);
    gsl_vector_free(ranking->direct);
}

/* The draws of which everything is known. */
static void
keep(struct ranking *ranking, const double *parameter, size_t parameters, const double *outcome,
     size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool missing = isnan(outcome[i]);
        for (size_t j = 0; j < parameters; j++)
            missing |= isnan(parameter[j * count + i]) != 0;
        if (!missing)
            ranking->kept[ranking->count++] = i;
    }
}

/* The ranks of what VALUE has for the draws kept, from 1 on, in row ROW; those of the same value
 * share the mean of theirs. Are there two? */
static bool
write_ranks(struct ranking *ranking, const double *value, size_t row)
{
    size_t n = ranking->count, *order = ranking->order;
    double *ranks = ranking->ranks + row * n;

    for (size_t i = 0; i < n; i++)
        ranks[i] = value[ranking->kept[i]];
    gsl_sort_index(order, ranks, 1, n);
    bool varies = n > 1 && ranks[order[0]] < ranks[order[n - 1]];
    for (size_t i = 0, next; i < n; i = next) {
        for (next = i + 1; next < n && ranks[order[next]] <= ranks[order[i]];)
            next++;
        for (size_t k = i; k < next; k++)
            ranks[order[k]] = (double)(i + 1 + next) / 2;
    }
    return varies;
}

static int
write_all_ranks(struct ranking *ranking, const double *parameter, size_t parameters,
                const double *outcome, size_t count, struct error *err)
{
    for (size_t j = 0; j < parameters; j++)
        if (write_ranks(ranking, parameter + j * count, ranking->used))
            ranking->of[ranking->used++] = j;
    size_t fewest = ranking->used + RANK_MORE_DRAWS; /* Fisher's z divides by n - (used - 1) - 3 */
    if (ranking->count < fewest)
        return error_set(err, BAD_INPUT,
                         "%zu uncertain fields take %zu draws at least, not %zu: run more "
                         "replications",
                         ranking->used, fewest, ranking->count);
    if (!write_ranks(ranking, outcome, ranking->used))
        return error_set(err, BAD_INPUT, "the outcome is the same in all futures");
    return OK;
}

static double
correlation(const struct ranking *ranking, size_t a, size_t b)
{
    size_t n = ranking->count;

    return gsl_stats_correlation(ranking->ranks + a * n, 1, ranking->ranks + b * n, 1, n);
}

static int
invert(gsl_matrix *among, struct error *err)
{
    bool good = gsl_linalg_cholesky_decomp1(among) == GSL_SUCCESS &&
                gsl_linalg_cholesky_invert(among) == GSL_SUCCESS;

    for (size_t j = 0; j < among->size1 && good; j++)
        good = gsl_matrix_get(among, j, j) < MOST_TOLD;
    return good ? OK
                : error_set(err, BAD_INPUT,
                            "two uncertain fields, or several together, say the same");
}

static const struct rank no_rank = {NAN, NAN, NAN, NAN, NAN, NAN};

/* The partial correlation from the regression: its t is DIRECT / sqrt(LEFT OWN / degrees), OWN the
 * parameter's entry in the inverse. */
static struct rank
make_rank(const struct ranking *ranking, double direct, double own, double left)
{
    double others = (double)ranking->used - 1, n = (double)ranking->count;
    double whole = direct * direct + left * own, degrees = n - 2 - others;
    struct rank rank = no_rank;

    rank.regression = direct * direct < NOTHING ? 0 : direct;
    rank.regression_wide = gsl_cdf_tdist_Pinv(0.975, degrees) * sqrt(left * own / degrees);
    if (whole < NOTHING)
        return rank;
    double r = fmax(-1, fmin(1, direct / sqrt(whole)));
    double wide = gsl_cdf_ugaussian_Pinv(0.975) / sqrt(n - others - 3);
    double t = fabs(r) * sqrt(degrees / (1 - r * r));
    rank.partial = r;
    rank.low = tanh(atanh(r) - wide);
    rank.high = tanh(atanh(r) + wide);
    rank.p = isfinite(t) ? 2 * gsl_cdf_tdist_Q(t, degrees) : 0;
    return rank;
}

static int
rank_all(struct ranking *ranking, struct rank *rank, double *explained, struct error *err)
{
    size_t used = ranking->used;
    gsl_matrix_view among = gsl_matrix_submatrix(ranking->among, 0, 0, used, used);
    gsl_vector_view with = gsl_vector_subvector(ranking->with, 0, used),
                    direct = gsl_vector_subvector(ranking->direct, 0, used);

    for (size_t a = 0; a < used; a++) {
        for (size_t b = 0; b < used; b++)
            gsl_matrix_set(&among.matrix, a, b, a == b ? 1 : correlation(ranking, a, b));
        gsl_vector_set(&with.vector, a, correlation(ranking, a, used));
    }
    int status = invert(&among.matrix, err);
    if (status != OK)
        return status;
    gsl_blas_dsymv(CblasLower, 1, &among.matrix, &with.vector, 0, &direct.vector);
    gsl_blas_ddot(&with.vector, &direct.vector, explained);
    *explained = fmin(1, *explained);
    double left = 1 - *explained > NOTHING ? 1 - *explained : 0;
    for (size_t j = 0; j < used; j++)
        rank[ranking->of[j]] = make_rank(ranking, gsl_vector_get(&direct.vector, j),
                                         gsl_matrix_get(&among.matrix, j, j), left);
    return OK;
}

int
rank_parameters(const double *parameter, size_t parameters, const double *outcome, size_t count,
                struct rank *rank, double *explained, struct error *err)
{
    struct ranking ranking = {0};
    gsl_error_handler_t *handler = gsl_set_error_handler_off();
    int status = make_room(&ranking, parameters, count, err);

    *explained = NAN;
    for (size_t j = 0; j < parameters; j++)
        rank[j] = no_rank;
    if (status == OK) {
        keep(&ranking, parameter, parameters, outcome, count);
        status = write_all_ranks(&ranking, parameter, parameters, outcome, count, err);
    }
    if (status == OK && ranking.used > 0)
        status = rank_all(&ranking, rank, explained, err);
    free_room(&ranking);
    gsl_set_error_handler(handler);
    return status;
}
