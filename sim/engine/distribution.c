#include "distribution.h"

#include "portable_math.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_version.h>
#include <math.h>

/* shape[]: lognormal mu, sigma; gamma k, theta; Weibull scale, k; hyperexponential share of the
 * first phase, mean of the first, mean of the second; the others use given[] as it is. */
const struct distribution_form distribution_forms[DIST_KINDS] = {
    [DIST_FIXED] = {"fixed", 1, {"value"}},
    [DIST_EXPONENTIAL] = {"exponential", 1, {"mean"}},
    [DIST_LOGNORMAL] = {"lognormal", 2, {"mean", "cv"}},
    [DIST_GAMMA] = {"gamma", 2, {"mean", "cv"}},
    [DIST_WEIBULL] = {"weibull", 2, {"mean", "cv"}},
    [DIST_HYPEREXPONENTIAL] = {"hyperexponential", 2, {"mean", "cv"}},
    [DIST_UNIFORM] = {"uniform", 2, {"low", "high"}},
    [DIST_TRIANGULAR] = {"triangular", 3, {"low", "mode", "high"}},
    [DIST_EMPIRICAL] = {"empirical", 0, {0}},
    [DIST_MIXTURE] = {"mixture", 0, {0}},
};

/* log of the Weibull's (second moment / mean^2) at the shape exp(LOG_SHAPE), less its target. */
static double
weibull_spread(double log_shape, void *target)
{
    double k = portable_exp(log_shape);

    return gsl_sf_lngamma(1 + 2 / k) - 2 * gsl_sf_lngamma(1 + 1 / k) - *(double *)target;
}

static int
weibull_shape(double cv, double *shape, struct error *err)
{
    double target = portable_log1p(cv * cv);
    gsl_function spread = {weibull_spread, &target};
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);

    if (solver == NULL)
        return error_set(err, NO_MEMORY, "no memory for the Weibull's shape");
    gsl_root_fsolver_set(solver, &spread, -3.0, 5.0);
    for (int i = 0; i < 200; i++) {
        gsl_root_fsolver_iterate(solver);
        if (gsl_root_test_interval(gsl_root_fsolver_x_lower(solver),
                                   gsl_root_fsolver_x_upper(solver), 1e-14, 0) == GSL_SUCCESS)
            break;
    }
    *shape = portable_exp(gsl_root_fsolver_root(solver));
    gsl_root_fsolver_free(solver);
    return OK;
}

/* Two exponentials, chosen with shares p and 1 - p, each bringing half of the mean. */
static void
hyperexponential_shape(struct distribution *dist, double mean, double cv)
{
    double square = cv * cv;
    double first = 0.5 * (1 + sqrt((square - 1) / (square + 1)));

    dist->shape[0] = first;
    dist->shape[1] = mean / (2 * first);
    dist->shape[2] = mean / (2 * (1 - first));
}

static int
check_given(enum distribution_kind kind, const double *given, struct error *err)
{
    const struct distribution_form *form = &distribution_forms[kind];

    for (unsigned i = 0; i < form->parameters; i++)
        if (!(given[i] >= 0) || given[i] > 1e12)
            return error_set(err, BAD_INPUT, "%s: %s must be 0 or more, and at most 1e12",
                             form->name, form->parameter[i]);
    switch (kind) {
    case DIST_EXPONENTIAL:
        if (given[0] <= 0)
            return error_set(err, BAD_INPUT, "%s: mean must be above 0", form->name);
        break;
    case DIST_LOGNORMAL:
    case DIST_GAMMA:
    case DIST_WEIBULL:
    case DIST_HYPEREXPONENTIAL:
        if (given[0] <= 0 || given[1] < 0.01 || given[1] > 20)
            return error_set(err, BAD_INPUT, "%s: mean must be above 0 and cv from 0.01 to 20",
                             form->name);
        if (kind == DIST_HYPEREXPONENTIAL && given[1] < 1)
            return error_set(err, BAD_INPUT, "%s: cv must be 1 or more", form->name);
        break;
    case DIST_UNIFORM:
        if (given[1] <= given[0])
            return error_set(err, BAD_INPUT, "%s: high must be above low", form->name);
        break;
    case DIST_TRIANGULAR:
        if (given[1] < given[0] || given[2] < given[1] || given[2] <= given[0])
            return error_set(err, BAD_INPUT, "%s: low, mode, high must rise", form->name);
        break;
    default:
        break;
    }
    return OK;
}

static int
check_quantiles(const struct distribution *dist, struct error *err)
{
    const double(*q)[2] = (const double(*)[2])dist->quantile;

    if (dist->count < 2 || q[0][0] != 0 || q[dist->count - 1][0] != 1)
        return error_set(err, BAD_INPUT, "empirical: quantiles must run from 0 to 1");
    for (size_t i = 0; i < dist->count; i++) {
        if (!(q[i][1] >= 0) || q[i][1] > 1e12)
            return error_set(err, BAD_INPUT, "empirical: a value must be 0 or more");
        if (i > 0 && (q[i][0] <= q[i - 1][0] || q[i][1] < q[i - 1][1]))
            return error_set(err, BAD_INPUT, "empirical: quantiles and values must rise");
    }
    return OK;
}

static int
check_parts(const struct distribution *dist, struct error *err)
{
    double sum = 0;

    for (size_t i = 0; i < dist->count; i++) {
        if (!(dist->part[i].weight >= 0))
            return error_set(err, BAD_INPUT, "mixture: a weight must be 0 or more");
        sum += dist->part[i].weight;
    }
    if (dist->count == 0 || fabs(sum - 1) > 1e-9)
        return error_set(err, BAD_INPUT, "mixture: weights must sum to 1, not %.10g", sum);
    return OK;
}

int
distribution_make(struct distribution *dist, enum distribution_kind kind, const double *given,
                  struct error *err)
{
    int status;

    dist->kind = kind;
    if (kind == DIST_EMPIRICAL)
        return check_quantiles(dist, err);
    if (kind == DIST_MIXTURE)
        return check_parts(dist, err);
    dist->count = 0;
    dist->part = NULL;
    if ((status = check_given(kind, given, err)) != OK)
        return status;
    for (unsigned i = 0; i < distribution_forms[kind].parameters; i++)
        dist->given[i] = given[i];
    double mean = given[0];
    switch (kind) {
    case DIST_LOGNORMAL:
        dist->shape[1] = sqrt(portable_log1p(given[1] * given[1]));
        dist->shape[0] = portable_log(mean) - 0.5 * dist->shape[1] * dist->shape[1];
        break;
    case DIST_GAMMA:
        dist->shape[0] = 1 / (given[1] * given[1]);
        dist->shape[1] = mean * given[1] * given[1];
        break;
    case DIST_WEIBULL:
        if ((status = weibull_shape(given[1], &dist->shape[1], err)) != OK)
            return status;
        dist->shape[0] = mean / portable_exp(gsl_sf_lngamma(1 + 1 / dist->shape[1]));
        break;
    case DIST_HYPEREXPONENTIAL:
        hyperexponential_shape(dist, mean, given[1]);
        break;
    default:
        break;
    }
    return OK;
}

/* The mean and the second moment, from which the variance and the mixture's moments follow. */
static void
moments(const struct distribution *dist, double *mean, double *second)
{
    const double *g = dist->given;

    switch (dist->kind) {
    case DIST_FIXED:
        *mean = g[0];
        *second = g[0] * g[0];
        return;
    case DIST_EXPONENTIAL:
        *mean = g[0];
        *second = 2 * g[0] * g[0];
        return;
    case DIST_UNIFORM:
        *mean = (g[0] + g[1]) / 2;
        *second = (g[0] * g[0] + g[0] * g[1] + g[1] * g[1]) / 3;
        return;
    case DIST_TRIANGULAR:
        *mean = (g[0] + g[1] + g[2]) / 3;
        *second =
            (g[0] * g[0] + g[1] * g[1] + g[2] * g[2] + g[0] * g[1] + g[0] * g[2] + g[1] * g[2]) / 6;
        return;
    case DIST_EMPIRICAL:
        *mean = *second = 0;
        for (size_t i = 1; i < dist->count; i++) {
            const double *a = &dist->quantile[2 * (i - 1)], *b = a + 2;
            *mean += (b[0] - a[0]) * (a[1] + b[1]) / 2;
            *second += (b[0] - a[0]) * (a[1] * a[1] + a[1] * b[1] + b[1] * b[1]) / 3;
        }
        return;
    case DIST_MIXTURE:
        *mean = *second = 0;
        for (size_t i = 0; i < dist->count; i++) {
            double m = NAN, s = NAN;
            moments(&dist->part[i].of, &m, &s);
            *mean += dist->part[i].weight * m;
            *second += dist->part[i].weight * s;
        }
        return;
    case DIST_LOGNORMAL:
    case DIST_GAMMA:
    case DIST_WEIBULL:
    case DIST_HYPEREXPONENTIAL:
        *mean = g[0];
        *second = g[0] * g[0] * (1 + g[1] * g[1]);
        return;
    case DIST_KINDS:
        break;
    }
}

double
distribution_mean(const struct distribution *dist)
{
    double mean, second;

    moments(dist, &mean, &second);
    return mean;
}

double
distribution_variance(const struct distribution *dist)
{
    double mean, second;

    moments(dist, &mean, &second);
    return second - mean * mean;
}

static double
triangular_survival(const double *g, double x)
{
    double width = g[2] - g[0];

    if (x <= g[1])
        return 1 - (x - g[0]) * (x - g[0]) / (width * (g[1] - g[0] > 0 ? g[1] - g[0] : 1));
    return (g[2] - x) * (g[2] - x) / (width * (g[2] - g[1]));
}

static double
empirical_survival(const struct distribution *dist, double x)
{
    const double *q = dist->quantile;
    size_t last = dist->count - 1;

    if (x < q[1])
        return 1;
    for (size_t i = 1; i <= last; i++, q += 2)
        if (x < q[3])
            return 1 - (q[0] + (q[2] - q[0]) * (x - q[1]) / (q[3] - q[1]));
    return 0;
}

double
distribution_survival(const struct distribution *dist, double x)
{
    const double *g = dist->given, *s = dist->shape;
    double sum = 0;

    if (x < 0)
        return 1;
    switch (dist->kind) {
    case DIST_FIXED:
        return x < g[0] ? 1 : 0;
    case DIST_EXPONENTIAL:
        return portable_exp(-x / g[0]);
    case DIST_LOGNORMAL:
        return x > 0 ? gsl_cdf_lognormal_Q(x, s[0], s[1]) : 1;
    case DIST_GAMMA:
        return gsl_cdf_gamma_Q(x, s[0], s[1]);
    case DIST_WEIBULL:
        return portable_exp(-portable_pow(x / s[0], s[1]));
    case DIST_HYPEREXPONENTIAL:
        return s[0] * portable_exp(-x / s[1]) + (1 - s[0]) * portable_exp(-x / s[2]);
    case DIST_UNIFORM:
        return x <= g[0] ? 1 : x >= g[1] ? 0 : (g[1] - x) / (g[1] - g[0]);
    case DIST_TRIANGULAR:
        return x <= g[0] ? 1 : x >= g[2] ? 0 : triangular_survival(g, x);
    case DIST_EMPIRICAL:
        return empirical_survival(dist, x);
    case DIST_MIXTURE:
        for (size_t i = 0; i < dist->count; i++)
            sum += dist->part[i].weight * distribution_survival(&dist->part[i].of, x);
        return sum;
    case DIST_KINDS:
        break;
    }
    return NAN;
}

static double
triangular_quantile(const double *g, double u)
{
    double width = g[2] - g[0], rise = (g[1] - g[0]) / width;

    if (u < rise)
        return g[0] + sqrt(u * width * (g[1] - g[0]));
    return g[2] - sqrt((1 - u) * width * (g[2] - g[1]));
}

static double
empirical_quantile(const struct distribution *dist, double u)
{
    const double *q = dist->quantile;

    while (u > q[2])
        q += 2;
    return q[1] + (q[3] - q[1]) * (u - q[0]) / (q[2] - q[0]);
}

/* Where no formula turns the survival function: by halving, from a bound that doubles. */
static double
halved_quantile(const struct distribution *dist, double u)
{
    double low = 0, high = 1;

    while (distribution_survival(dist, high) > 1 - u && high < 1e300)
        high *= 2;
    for (int i = 0; i < 100 && high - low > 1e-14 * high; i++) {
        double middle = low + (high - low) / 2;
        if (distribution_survival(dist, middle) > 1 - u)
            low = middle;
        else
            high = middle;
    }
    return high;
}

double
distribution_quantile(const struct distribution *dist, double u)
{
    const double *g = dist->given, *s = dist->shape;

    switch (dist->kind) {
    case DIST_FIXED:
        return g[0];
    case DIST_EXPONENTIAL:
        return -g[0] * portable_log1p(-u);
    case DIST_LOGNORMAL:
        return gsl_cdf_lognormal_Qinv(1 - u, s[0], s[1]);
    case DIST_GAMMA:
        return gsl_cdf_gamma_Qinv(1 - u, s[0], s[1]);
    case DIST_WEIBULL:
        return s[0] * portable_pow(-portable_log1p(-u), 1 / s[1]);
    case DIST_UNIFORM:
        return g[0] + (g[1] - g[0]) * u;
    case DIST_TRIANGULAR:
        return triangular_quantile(g, u);
    case DIST_EMPIRICAL:
        return empirical_quantile(dist, u);
    case DIST_HYPEREXPONENTIAL:
    case DIST_MIXTURE:
        return halved_quantile(dist, u);
    case DIST_KINDS:
        break;
    }
    return NAN;
}

/* The rule over quantiles: u = 1 - (1 - x)^3 for x on (0, 1), which brings points into the tail. */
static size_t
quantile_nodes(const struct distribution *dist, double share, size_t wanted,
               struct distribution_node *nodes)
{
    gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc(wanted);
    double sum = 0;

    if (table == NULL)
        return 0;
    for (size_t i = 0; i < wanted; i++) {
        double x, weight;
        gsl_integration_glfixed_point(0, 1, i, &x, &weight, table);
        double left = 1 - x;
        nodes[i].value = distribution_quantile(dist, 1 - left * left * left);
        nodes[i].weight = 3 * weight * left * left;
        sum += nodes[i].weight;
    }
    gsl_integration_glfixed_table_free(table);
    for (size_t i = 0; i < wanted; i++)
        nodes[i].weight *= share / sum;
    return wanted;
}

/* Two points on each straight piece, where the density is even (Gauss and Legendre, two points). */
static size_t
piece_nodes(const struct distribution *dist, double share, struct distribution_node *nodes)
{
    const double *q = dist->quantile, off = 0.5 / sqrt(3);
    size_t count = 0;

    for (size_t i = 1; i < dist->count; i++, q += 2)
        for (int side = -1; side <= 1; side += 2)
            nodes[count++] = (struct distribution_node){q[1] + (q[3] - q[1]) * (0.5 + side * off),
                                                        share * (q[2] - q[0]) / 2};
    return count;
}

/* Three points have the exact mean of a uniform part; fewer are not worth it. */
#define LEAST_OF_A_PART 3

static size_t
share_nodes(const struct distribution *dist, double share, size_t wanted,
            struct distribution_node *nodes, size_t most)
{
    size_t count = 0;

    if (dist->kind == DIST_FIXED && most > 0) {
        nodes[0] = (struct distribution_node){dist->given[0], share};
        return 1;
    }
    if (dist->kind == DIST_EMPIRICAL && 2 * (dist->count - 1) <= most)
        return piece_nodes(dist, share, nodes);
    if (dist->kind == DIST_MIXTURE && dist->count * wanted > most &&
        dist->count * LEAST_OF_A_PART <= most)
        wanted = most / dist->count;
    if (dist->kind != DIST_MIXTURE || dist->count * wanted > most)
        return quantile_nodes(dist, share, wanted < most ? wanted : most, nodes);
    for (size_t i = 0; i < dist->count; i++) {
        size_t more = share_nodes(&dist->part[i].of, share * dist->part[i].weight, wanted,
                                  nodes + count, most / dist->count);
        if (more == 0)
            return 0;
        count += more;
    }
    return count;
}

size_t
distribution_nodes(const struct distribution *dist, size_t wanted, struct distribution_node *nodes,
                   size_t most)
{
    return share_nodes(dist, 1, wanted, nodes, most);
}

/* What a part of a mixture weighs: fresh, among those older than AGE, or length-biased. */
enum weighing { BY_WEIGHT, BY_SURVIVAL, BY_LENGTH };

static double
part_weight(const struct distribution_part *part, enum weighing weighing, double age)
{
    switch (weighing) {
    case BY_SURVIVAL:
        return part->weight * distribution_survival(&part->of, age);
    case BY_LENGTH:
        return part->weight * distribution_mean(&part->of);
    case BY_WEIGHT:
        break;
    }
    return part->weight;
}

/* Choose a part with the odds of its weight; TOTAL is the sum of all. Rounding may leave a rest
 * behind the last part that has a weight: that one is taken. */
static const struct distribution *
choose_part(const struct distribution *dist, enum weighing weighing, double age, double total,
            struct stream *stream)
{
    double left = stream_uniform(stream) * total;
    size_t chosen = 0;

    for (size_t i = 0; i < dist->count; i++) {
        double weight = part_weight(&dist->part[i], weighing, age);
        if (weight <= 0)
            continue;
        chosen = i;
        if (left < weight)
            break;
        left -= weight;
    }
    return &dist->part[chosen].of;
}

double
distribution_draw(const struct distribution *dist, struct stream *stream)
{
    const double *g = dist->given, *s = dist->shape;
    gsl_rng rng = stream_gsl(stream);

    switch (dist->kind) {
    case DIST_FIXED:
        return g[0];
    case DIST_EXPONENTIAL:
        return g[0] * stream_exponential(stream);
    case DIST_LOGNORMAL:
        return gsl_ran_lognormal(&rng, s[0], s[1]);
    case DIST_GAMMA:
        return gsl_ran_gamma(&rng, s[0], s[1]);
    case DIST_WEIBULL:
        return gsl_ran_weibull(&rng, s[0], s[1]);
    case DIST_HYPEREXPONENTIAL:
        return s[stream_uniform(stream) < s[0] ? 1 : 2] * stream_exponential(stream);
    case DIST_UNIFORM:
        return gsl_ran_flat(&rng, g[0], g[1]);
    case DIST_TRIANGULAR:
        return triangular_quantile(g, stream_uniform(stream));
    case DIST_EMPIRICAL:
        return empirical_quantile(dist, stream_uniform(stream));
    case DIST_MIXTURE:
        return distribution_draw(choose_part(dist, BY_WEIGHT, 0, 1, stream), stream);
    case DIST_KINDS:
        break;
    }
    return NAN;
}

/* X given X > age by turning the survival function: S(X) is uniform on (0, S(age)). */
double
distribution_draw_beyond(const struct distribution *dist, double age, struct stream *stream)
{
    const double *g = dist->given, *s = dist->shape;
    double left = distribution_survival(dist, age), x = NAN;

    if (age <= 0)
        return distribution_draw(dist, stream);
    if (left <= 0)
        return age;
    switch (dist->kind) {
    case DIST_FIXED:
        return g[0];
    case DIST_EXPONENTIAL:
        return age + g[0] * stream_exponential(stream);
    case DIST_LOGNORMAL:
        x = gsl_cdf_lognormal_Qinv(left * stream_uniform_open(stream), s[0], s[1]);
        break;
    case DIST_GAMMA:
        x = gsl_cdf_gamma_Qinv(left * stream_uniform_open(stream), s[0], s[1]);
        break;
    case DIST_WEIBULL:
        x = s[0] *
            portable_pow(portable_pow(age / s[0], s[1]) + stream_exponential(stream), 1 / s[1]);
        break;
    case DIST_HYPEREXPONENTIAL: {
        double first = s[0] * portable_exp(-age / s[1]) / left;
        return age + s[stream_uniform(stream) < first ? 1 : 2] * stream_exponential(stream);
    }
    case DIST_UNIFORM:
        x = g[1] - (g[1] - g[0]) * left * stream_uniform_open(stream);
        break;
    case DIST_TRIANGULAR:
        x = triangular_quantile(g, 1 - left * stream_uniform_open(stream));
        break;
    case DIST_EMPIRICAL:
        x = empirical_quantile(dist, 1 - left * stream_uniform_open(stream));
        break;
    case DIST_MIXTURE:
        return distribution_draw_beyond(choose_part(dist, BY_SURVIVAL, age, left, stream), age,
                                        stream);
    case DIST_KINDS:
        return NAN;
    }
    return x > age ? x : age;
}

/* Length-biased on [A, B] for a uniform density: x^2 is uniform. */
static double
uniform_length_biased(double a, double b, double u)
{
    return sqrt(a * a + u * (b * b - a * a));
}

static double
empirical_length_biased(const struct distribution *dist, struct stream *stream)
{
    const double *q = dist->quantile;
    double left = stream_uniform(stream) * distribution_mean(dist);

    for (size_t i = 1; i < dist->count - 1; i++, q += 2) {
        double weight = (q[2] - q[0]) * (q[1] + q[3]) / 2;
        if (left < weight)
            break;
        left -= weight;
    }
    return uniform_length_biased(q[1], q[3], stream_uniform(stream));
}

/* Exact length-biased laws: lognormal(mu + sigma^2, sigma); gamma(k + 1); Weibull = scale x G^(1/k)
 * with G ~ gamma(1 + 1/k); mixtures with weights times means; the bounded triangular by rejection.
 */
double
distribution_draw_length_biased(const struct distribution *dist, struct stream *stream)
{
    const double *g = dist->given, *s = dist->shape;
    gsl_rng rng = stream_gsl(stream);
    double x;

    switch (dist->kind) {
    case DIST_FIXED:
        return g[0];
    case DIST_EXPONENTIAL:
        return gsl_ran_gamma(&rng, 2, g[0]);
    case DIST_LOGNORMAL:
        return gsl_ran_lognormal(&rng, s[0] + s[1] * s[1], s[1]);
    case DIST_GAMMA:
        return gsl_ran_gamma(&rng, s[0] + 1, s[1]);
    case DIST_WEIBULL:
        return s[0] * portable_pow(gsl_ran_gamma(&rng, 1 + 1 / s[1], 1), 1 / s[1]);
    case DIST_HYPEREXPONENTIAL: /* each phase brings half of the mean */
        return gsl_ran_gamma(&rng, 2, s[stream_uniform(stream) < 0.5 ? 1 : 2]);
    case DIST_UNIFORM:
        return uniform_length_biased(g[0], g[1], stream_uniform(stream));
    case DIST_TRIANGULAR:
        do
            x = triangular_quantile(g, stream_uniform(stream));
        while (stream_uniform(stream) * g[2] > x);
        return x;
    case DIST_EMPIRICAL:
        return empirical_length_biased(dist, stream);
    case DIST_MIXTURE:
        return distribution_draw_length_biased(
            choose_part(dist, BY_LENGTH, 0, distribution_mean(dist), stream), stream);
    case DIST_KINDS:
        break;
    }
    return NAN;
}

struct library
distribution_library(void)
{
    struct library library = {.name = "gsl"};

    snprintf(library.version, sizeof library.version, "%s", gsl_version);
    return library;
}
