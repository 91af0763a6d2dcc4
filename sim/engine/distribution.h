#ifndef SIM_DISTRIBUTION_H
#define SIM_DISTRIBUTION_H
/* Distributions of positive quantities (durations in days, or any other unit), described by the
 * means and spreads that people publish. The samplers are GSL's, on the portable functions of
 * portable_math.h; the exponential is the ziggurat of stream.h. Every distribution can be drawn
 * fresh, beyond an age already reached, and length-biased (as one in progress at a random moment).
 *
 * A distribution is read-only once made and may be shared by threads. */

#include "sim/base/error.h"
#include "sim/base/library.h"
#include "stream.h"

#include <stddef.h>

enum distribution_kind {
    DIST_FIXED,            /* value */
    DIST_EXPONENTIAL,      /* mean */
    DIST_LOGNORMAL,        /* mean, cv */
    DIST_GAMMA,            /* mean, cv */
    DIST_WEIBULL,          /* mean, cv */
    DIST_HYPEREXPONENTIAL, /* mean, cv >= 1: two phases with balanced means */
    DIST_UNIFORM,          /* low, high */
    DIST_TRIANGULAR,       /* low, mode, high */
    DIST_EMPIRICAL,        /* quantiles, straight lines between them */
    DIST_MIXTURE,          /* parts with weights */
    DIST_KINDS
};

struct distribution_part;

struct distribution {
    enum distribution_kind kind;
    double given[3]; /* the parameters as given, in the order of the list above */
    double shape[4]; /* what the samplers want: see distribution.c */
    size_t count;    /* quantiles or parts */
    union {
        double *quantile;               /* [count][2]: probability, value; both rise */
        struct distribution_part *part; /* [count] */
    };
};

struct distribution_part {
    double weight; /* the weights sum to 1 */
    struct distribution of;
};

/* The name that a scenario writes, and how many parameters it takes (0: quantiles or parts). */
struct distribution_form {
    const char *name;
    unsigned parameters;
    const char *parameter[3];
};
extern const struct distribution_form distribution_forms[DIST_KINDS];

/* Make DIST from GIVEN (as many as the form takes). For DIST_EMPIRICAL and DIST_MIXTURE set count
 * and quantile or part first; the caller keeps owning them. Returns BAD_INPUT and says which
 * parameter and why: negative, a cv that the form cannot have, quantiles that fall. */
MUST_CHECK int distribution_make(struct distribution *dist, enum distribution_kind kind,
                                 const double *given, struct error *err);

double distribution_mean(const struct distribution *dist);
double distribution_variance(const struct distribution *dist);

/* P(X > x). */
double distribution_survival(const struct distribution *dist, double x);

/* The X with P(X <= x) = U, for U in (0, 1). */
double distribution_quantile(const struct distribution *dist, double u);

/* A point and its weight, of a rule for means over a distribution. */
struct distribution_node {
    double value, weight;
};

/* Points by which a mean is taken: E g(X) is about the sum of weight g(value); the weights sum
 * to 1. Gauss and Legendre's rule over the quantiles, closer together in the tail; a mixture has
 * the points of its parts, an empirical distribution those of its pieces, a fixed value is one
 * point. NODES has room for MOST; about WANTED of them are used for each part (fewer where there is
 * no room). Returns how many; 0: no memory. */
size_t distribution_nodes(const struct distribution *dist, size_t wanted,
                          struct distribution_node *nodes, size_t most);

/* A fresh draw. */
double distribution_draw(const struct distribution *dist, struct stream *stream);

/* A draw of X given X > age: the whole of X, not the rest. Where P(X > age) = 0 the answer is age.
 */
double distribution_draw_beyond(const struct distribution *dist, double age, struct stream *stream);

/* A draw with density x f(x) / mean: the whole duration of one found in progress at a random
 * moment; the time already spent is then uniform on (0, X). */
double distribution_draw_length_biased(const struct distribution *dist, struct stream *stream);

/* GSL, behind this module. */
struct library distribution_library(void);

#endif
