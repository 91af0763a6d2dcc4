#ifndef ANALYSIS_SWEEP_SAMPLE_H
#define ANALYSIS_SWEEP_SAMPLE_H
/* The samples of a sweep: where in the unit cube, or on which levels of its factors, a model is to
 * be run. A table of methods; what a factor's numbers mean is the caller's. The same question has
 * the same bits on every machine. */

#include "sim/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rows and factors that any sample has at most. */
enum { SAMPLE_ROWS = 1 << 30, SAMPLE_FACTORS = 1000000 };

struct sample_method;

struct sample_asked {
    const struct sample_method *method;
    size_t n;            /* points, trajectories or base rows, as the method's n_counts says */
    size_t factors;      /* one or more */
    const size_t *count; /* [factors]: values of each; only where the method takes_values */
    size_t levels;       /* an even number; only where the method takes_levels */
    uint64_t seed;
};

/* What sample.moved says of a row where it is no factor. */
enum {
    SAMPLE_START = -1, /* nothing was moved: all at their first value, a trajectory's first point,
                          a row of the matrix A; each row of a method that moves nothing */
    SAMPLE_OTHER = -2, /* a row of the matrix B */
};

/* Rows that belong together follow each other: row i is of group i / group. */
struct sample {
    size_t rows, factors;
    size_t group;    /* rows of a trajectory, of a base row with all made from it, else 1; of
                        one_at_a_time all */
    double *u;       /* [rows][factors], in (0, 1); morris: in [0, 1], level / (levels - 1); NULL
                        where the method takes_values */
    int32_t *level;  /* [rows][factors], from 0: of morris, and where the method takes_values the
                        number of the value; else NULL */
    int32_t *moved;  /* [rows]: the factor in which the row differs from the one before (morris),
                        from its group's first row (one_at_a_time, saltelli, jansen), or see above */
    bool unbalanced; /* Sobol's points are not a power of two: they are no net, and their means
                        converge more slowly */
};

struct sample_method {
    const char *word;     /* as a design says */
    const char *meaning;  /* a sentence */
    const char *n_counts; /* what N is a number of; NULL: it is not asked for */
    bool takes_values, takes_levels;
    bool wants_power; /* of two, for N */
    size_t most_n, most_factors;
    const char *limit; /* where most_factors comes from, behind that number in a message */
    /* How many rows, SIZE_MAX if more than SAMPLE_ROWS; and how many of them are a group. */
    size_t (*rows)(const struct sample_asked *asked);
    size_t (*group)(const struct sample_asked *asked);
    /* Fill what SAMPLE has room for: u, level, moved, the last all SAMPLE_START. */
    int (*fill)(struct sample *sample, const struct sample_asked *asked, struct error *err);
};

enum {
    SAMPLE_GRID,
    SAMPLE_ONE_AT_A_TIME,
    SAMPLE_LATIN_HYPERCUBE,
    SAMPLE_SOBOL,
    SAMPLE_HALTON,
    SAMPLE_MORRIS,
    SAMPLE_SALTELLI,
    SAMPLE_JANSEN, /* the rows of saltelli: only the estimator is another */
    SAMPLE_METHODS
};

extern const struct sample_method sample_methods[SAMPLE_METHODS];

/* The method that is called WORD; NULL: none is. */
const struct sample_method *sample_method_find(const char *word);

/* How many rows ASKED makes, into *ROWS, without making them. BAD_INPUT: in one line what is wrong
 * with N, the factors, their values or the levels, or that there would be too many rows. */
MUST_CHECK int sample_count(const struct sample_asked *asked, size_t *rows, struct error *err);

/* Make the sample: to be freed by sample_free, which is done already if it fails. BAD_INPUT as for
 * sample_count; NO_MEMORY. */
MUST_CHECK int sample_make(struct sample *sample, const struct sample_asked *asked,
                           struct error *err);

void sample_free(struct sample *sample);

#endif
