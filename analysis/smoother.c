#include "smoother.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_matrix.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdbool.h>

/* A column whose length is this share of what it was depends on those before it. */
#define DEPENDENT 1e-9

size_t
smoother_fewest(size_t parameters, size_t targets)
{
    return parameters + 2 * targets +
           2; /* what perturbations are free of, themselves, and a mean */
}

/* What a step works with; rows of matrices are members where they are many. */
struct step {
    gsl_matrix *parameter, *outcome; /* about their means */
    gsl_matrix *base;                /* a column for each that perturbations must not go along */
    gsl_matrix *perturbation, *moments;
    gsl_matrix *between;  /* [parameters][targets]: covariance of both */
    gsl_matrix *outcomes; /* [targets][targets]: of outcomes, then with errors and chance */
    gsl_matrix *wanted;   /* covariance of the perturbations, then its root */
    gsl_vector *move;     /* [targets] */
};

static bool
create(struct step *step, const struct smoother *s)
{
    size_t n = s->targets;

    *step = (struct step){
        .parameter = gsl_matrix_alloc(s->members, s->parameters),
        .outcome = gsl_matrix_alloc(s->members, n),
        .base = gsl_matrix_alloc(s->members, 1 + s->parameters + n),
        .perturbation = gsl_matrix_alloc(s->members, n),
        .moments = gsl_matrix_alloc(n, n),
        .between = gsl_matrix_alloc(s->parameters, n),
        .outcomes = gsl_matrix_alloc(n, n),
        .wanted = gsl_matrix_alloc(n, n),
        .move = gsl_vector_alloc(n),
    };
    return step->parameter && step->outcome && step->base && step->perturbation && step->moments &&
           step->between && step->outcomes && step->wanted && step->move;
}

static void
destroy(struct step *step)
{
    gsl_matrix_free(step->parameter);
    gsl_matrix_free(step->outcome);
    gsl_matrix_free(step->base);
    gsl_matrix_free(step->perturbation);
    gsl_matrix_free(step->moments);
    gsl_matrix_free(step->between);
    gsl_matrix_free(step->outcomes);
    gsl_matrix_free(step->wanted);
    gsl_vector_free(step->move);
}

/* The columns of VALUE [members][columns] about their means, into OUT. */
static void
centre(const double *value, gsl_matrix *out)
{
    for (size_t c = 0; c < out->size2; c++) {
        double mean = gsl_stats_mean(value + c, out->size2, out->size1);
        for (size_t m = 0; m < out->size1; m++)
            gsl_matrix_set(out, m, c, value[m * out->size2 + c] - mean);
    }
}

/* Take off COLUMN what lies along the first COUNT columns of BASE, which are orthonormal. */
static void
take_off(gsl_vector *column, const gsl_matrix *base, size_t count)
{
    for (int pass = 0; pass < 2; pass++) /* the second for what rounding left */
        for (size_t c = 0; c < count; c++) {
            gsl_vector_const_view along = gsl_matrix_const_column(base, c);
            double part;
            gsl_blas_ddot(&along.vector, column, &part);
            gsl_blas_daxpy(-part, &along.vector, column);
        }
}

/* The next column of the base, unless it depends on the COUNT before it; how many there are then.
 */
static size_t
add_base(gsl_matrix *base, size_t count, const gsl_vector *column)
{
    gsl_vector_view next = gsl_matrix_column(base, count);
    double before = gsl_blas_dnrm2(column);

    gsl_vector_memcpy(&next.vector, column);
    take_off(&next.vector, base, count);
    double length = gsl_blas_dnrm2(&next.vector);
    if (length <= DEPENDENT * before || length <= 0)
        return count;
    gsl_vector_scale(&next.vector, 1 / length);
    return count + 1;
}

static size_t
find_base(struct step *step)
{
    gsl_vector_view first = gsl_matrix_column(step->base, 0);
    const gsl_matrix *parts[] = {step->parameter, step->outcome};
    size_t count = 1;

    gsl_vector_set_all(&first.vector, 1 / sqrt((double)step->base->size1));
    for (size_t p = 0; p < 2; p++)
        for (size_t c = 0; c < parts[p]->size2; c++) {
            gsl_vector_const_view column = gsl_matrix_const_column(parts[p], c);
            count = add_base(step->base, count, &column.vector);
        }
    return count;
}

/* Perturbations with exactly the covariance whose root WANTED has below, and none with members. */
static int
perturb(struct step *step, struct stream *stream)
{
    gsl_matrix *e = step->perturbation;
    size_t members = e->size1, base = find_base(step);

    for (size_t m = 0; m < members; m++)
        for (size_t t = 0; t < e->size2; t++)
            gsl_matrix_set(e, m, t, gsl_cdf_ugaussian_Pinv(stream_uniform_open(stream)));
    for (size_t t = 0; t < e->size2; t++) {
        gsl_vector_view column = gsl_matrix_column(e, t);
        take_off(&column.vector, step->base, base);
    }
    gsl_blas_dsyrk(CblasLower, CblasTrans, 1 / (double)(members - 1), e, 0, step->moments);
    if (gsl_linalg_cholesky_decomp1(step->moments) != GSL_SUCCESS)
        return BAD_INPUT;
    gsl_blas_dtrsm(CblasRight, CblasLower, CblasTrans, CblasNonUnit, 1, step->moments, e);
    gsl_blas_dtrmm(CblasRight, CblasLower, CblasTrans, CblasNonUnit, 1, step->wanted, e);
    return OK;
}

/* Covariances of the members, and what the observations add to them. */
static void
find_covariances(struct step *step, const struct smoother *s)
{
    double each = 1 / (double)(s->members - 1), count = (double)s->steps;

    gsl_blas_dgemm(CblasTrans, CblasNoTrans, each, step->parameter, step->outcome, 0,
                   step->between);
    gsl_blas_dgemm(CblasTrans, CblasNoTrans, each, step->outcome, step->outcome, 0, step->outcomes);
    for (size_t a = 0; a < s->targets; a++)
        for (size_t b = 0; b < s->targets; b++) {
            double chance = s->chance[a * s->targets + b];
            double errors = a == b ? s->error[a] * s->error[a] : 0;
            /* what was observed, counted so many times; outcomes of members have some already */
            double adds = count * (errors + chance) - chance / (double)s->replications;
            gsl_matrix_set(step->wanted, a, b, adds);
            *gsl_matrix_ptr(step->outcomes, a, b) += adds;
        }
}

static void
move_members(struct step *step, const struct smoother *s, double *parameter, const double *outcome)
{
    for (size_t m = 0; m < s->members; m++) {
        gsl_vector_view of_member =
            gsl_vector_view_array(parameter + m * s->parameters, s->parameters);
        for (size_t t = 0; t < s->targets; t++)
            gsl_vector_set(step->move, t,
                           s->observed[t] + gsl_matrix_get(step->perturbation, m, t) -
                               outcome[m * s->targets + t]);
        gsl_linalg_cholesky_svx(step->outcomes, step->move);
        gsl_blas_dgemv(CblasNoTrans, 1, step->between, step->move, 1, &of_member.vector);
    }
}

int
smoother_step(const struct smoother *s, double *parameter, const double *outcome,
              struct stream *stream, struct error *err)
{
    struct step step;
    gsl_error_handler_t *handler = gsl_set_error_handler_off();
    int status = create(&step, s) ? OK : NO_MEMORY;

    if (status == OK) {
        centre(parameter, step.parameter);
        centre(outcome, step.outcome);
        find_covariances(&step, s);
        bool good = gsl_linalg_cholesky_decomp1(step.wanted) == GSL_SUCCESS &&
                    gsl_linalg_cholesky_decomp1(step.outcomes) == GSL_SUCCESS;
        status = good ? perturb(&step, stream) : BAD_INPUT;
    }
    if (status == OK)
        move_members(&step, s, parameter, outcome);
    destroy(&step);
    gsl_set_error_handler(handler);
    if (status == OK)
        return OK;
    return status == NO_MEMORY ? error_set(err, NO_MEMORY, "no memory for the members")
                               : error_set(err, BAD_INPUT,
                                           "targets have no error and no chance of their own, or "
                                           "say the same twice; give each an error");
}
