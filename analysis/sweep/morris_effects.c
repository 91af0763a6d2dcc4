#include "morris_effects.h"

#include <math.h>
#include <stdlib.h>

/* Of each factor's estimates. */
enum { MU, MU_STAR, SIGMA, VALUES };

struct design {
    const struct morris_outcomes *outcomes;
    const size_t *trajectory; /* [used] */
};

static const double *
point(const struct morris_outcomes *outcomes, size_t trajectory, size_t at)
{
    return outcomes->outcome + (trajectory * (outcomes->factors + 1) + at) * outcomes->replications;
}

/* The effects of TRAJECTORY join COUNT that there are, TIMES over; SQUARES [factors] are those
 * about the mean (West 1979), so that equal effects leave none. */
static void
add_trajectory(const struct morris_outcomes *o, size_t trajectory, double times, double count,
               const struct weights *weights, double *squares, double *value)
{
    const size_t *moved = o->moved + trajectory * o->factors;
    const double *step = o->step + trajectory * o->factors;
    double share = times / (count + times); /* 1 exactly for the first */
    double within = 0, before = weights_mean(weights, point(o, trajectory, 0), &within);

    for (size_t s = 0; s < o->factors; s++) {
        double after = weights_mean(weights, point(o, trajectory, s + 1), &within);
        double effect = (after - before) / step[s], *of = value + moved[s] * VALUES;
        double off = effect - of[MU];
        of[MU] += off * share;
        of[MU_STAR] += (fabs(effect) - of[MU_STAR]) * share;
        squares[moved[s]] += times * off * (effect - of[MU]);
        before = after;
    }
}

static void
estimate(const void *of, const struct weights *weights, double *squares, double *value)
{
    const struct design *design = of;
    size_t factors = design->outcomes->factors;
    double count = 0;

    for (size_t i = 0; i < factors; i++)
        squares[i] = value[i * VALUES + MU] = value[i * VALUES + MU_STAR] = 0;
    for (size_t u = 0; u < weights->units; u++) {
        double times = weights->unit[u];
        if (times > 0)
            add_trajectory(design->outcomes, design->trajectory[u], times, count, weights, squares,
                           value);
        count += times;
    }
    for (size_t i = 0; i < factors; i++)
        value[i * VALUES + SIGMA] = sqrt(squares[i] / weights->unit_degrees);
}

/* The variance of what one replication alone has as the difference from BEFORE to AFTER. */
static double
variance_of_difference(const double *before, const double *after, size_t replications)
{
    double mean = 0, squares = 0, n = (double)replications;

    for (size_t r = 0; r < replications; r++)
        mean += (after[r] - before[r]) / n;
    for (size_t r = 0; r < replications; r++)
        squares += (after[r] - before[r] - mean) * (after[r] - before[r] - mean);
    return squares / (n - 1);
}

/* Each factor's mean over USED trajectories. */
static void
write_chance(const struct design *design, size_t used, struct morris_effect *effect)
{
    const struct morris_outcomes *o = design->outcomes;

    for (size_t i = 0; i < o->factors; i++)
        effect[i].chance = o->replications > 1 ? 0 : NAN;
    for (size_t u = 0; u < used; u++) {
        size_t t = design->trajectory[u];
        for (size_t s = 0; s < o->factors; s++) {
            double step = o->step[t * o->factors + s];
            double variance =
                variance_of_difference(point(o, t, s), point(o, t, s + 1), o->replications);
            effect[o->moved[t * o->factors + s]].chance +=
                variance / ((double)o->replications * step * step) / (double)used;
        }
    }
    for (size_t i = 0; i < o->factors; i++)
        effect[i].mu_star_chance = sqrt(2 * effect[i].chance / M_PI);
}

/* SEEN [factors] is to be false before and is false after. */
static bool
moves_each_once(const struct morris_outcomes *o, size_t trajectory, bool *seen)
{
    const size_t *moved = o->moved + trajectory * o->factors;
    const double *step = o->step + trajectory * o->factors;
    bool good = true;

    for (size_t s = 0; s < o->factors; s++) {
        good = good && moved[s] < o->factors && !seen[moved[s]] && isfinite(step[s]) &&
               fabs(step[s]) > 0;
        if (good)
            seen[moved[s]] = true;
    }
    for (size_t i = 0; i < o->factors; i++)
        seen[i] = false;
    return good;
}

/* The trajectories of which every outcome is known; how many there are. */
static size_t
keep(const struct morris_outcomes *o, size_t *trajectory)
{
    size_t count = 0, values = (o->factors + 1) * o->replications;

    for (size_t t = 0; t < o->trajectories; t++) {
        bool finite = true;
        for (size_t i = 0; i < values; i++)
            finite = finite && isfinite(point(o, t, 0)[i]);
        if (finite)
            trajectory[count++] = t;
    }
    return count;
}

static int
check(const struct morris_outcomes *o, size_t used, bool *seen, struct error *err)
{
    for (size_t t = 0; t < o->trajectories; t++)
        if (!moves_each_once(o, t, seen))
            return error_set(err, BAD_INPUT,
                             "trajectory %zu does not move each of %zu factors once", t + 1,
                             o->factors);
    if (used < MORRIS_FEWEST_TRAJECTORIES)
        return error_set(err, BAD_INPUT,
                         "elementary effects take %d trajectories at least whose outcomes are all "
                         "known, not %zu of %zu",
                         MORRIS_FEWEST_TRAJECTORIES, used, o->trajectories);
    return OK;
}

static int
estimate_kept(const struct design *design, size_t used, struct bootstrap bootstrap,
              struct interval *value, struct morris_effect *effect, struct error *err)
{
    const struct morris_outcomes *o = design->outcomes;
    struct estimator estimator = {
        .units = used,
        .replications = o->replications,
        .draws_replications = o->common,
        .values = VALUES * o->factors,
        .room = o->factors,
        .of = design,
        .estimate = estimate,
    };
    int status = bootstrap_intervals(&estimator, bootstrap, value, err);

    if (status != OK)
        return status;
    for (size_t i = 0; i < o->factors; i++) {
        const struct interval *of = value + i * VALUES;
        effect[i] =
            (struct morris_effect){.mu = of[MU], .mu_star = of[MU_STAR], .sigma = of[SIGMA]};
    }
    write_chance(design, used, effect);
    return OK;
}

int
morris_effects(const struct morris_outcomes *outcomes, struct bootstrap bootstrap,
               struct morris_effect *effect, size_t *used, struct error *err)
{
    const struct interval none = {NAN, NAN, NAN};
    size_t *trajectory = calloc(outcomes->trajectories + 1, sizeof *trajectory);
    struct interval *value = calloc(outcomes->factors, VALUES * sizeof *value);
    bool *seen = calloc(outcomes->factors, sizeof *seen);
    struct design design = {outcomes, trajectory};
    int status;

    *used = 0;
    for (size_t i = 0; i < outcomes->factors; i++)
        effect[i] = (struct morris_effect){none, none, none, NAN, NAN};
    if (trajectory != NULL && value != NULL && seen != NULL) {
        *used = keep(outcomes, trajectory);
        status = check(outcomes, *used, seen, err);
        if (status == OK)
            status = estimate_kept(&design, *used, bootstrap, value, effect, err);
    } else {
        status =
            error_set(err, NO_MEMORY, "no memory for %zu trajectories", outcomes->trajectories);
    }
    free(trajectory);
    free(value);
    free(seen);
    return status;
}
