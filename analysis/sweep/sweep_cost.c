#include "sweep_cost.h"

#include "sweep.h"

#include "analysis/trial.h"
#include "models/run/campaign.h"
#include "sim/result/sink_point.h"

#include <math.h>
#include <stdlib.h>

#define LONGEST_SECONDS 2.0   /* of a trial, about */
#define FEWEST_POINTS   8     /* that stand for all */
#define LARGE_POINTS    2     /* where a part of a replication takes the time of a trial */
#define POINT_BYTES     600.0 /* of memory, for each in a part: measured */
#define GOLDEN          0.6180339887498949

/* What a trial runs: the first replications of points from all over the design. */
struct some {
    const struct design *design;
    size_t points, replications;
    int threads;
    const volatile sig_atomic_t *stop;
};

static size_t
smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static int
rising(const void *a, const void *b)
{
    const size_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* POINTS different ones, rising, which no period of a grid falls in with: steps of the golden
 * ratio. NULL: no memory. */
static size_t *
choose(size_t points, size_t all)
{
    size_t *chosen = calloc(points + 1, sizeof *chosen);
    bool *taken = calloc(all + 1, sizeof *taken);

    for (size_t i = 0; i < points && chosen != NULL && taken != NULL; i++) {
        double at = (double)i * GOLDEN;
        size_t point = (size_t)((at - floor(at)) * (double)all);
        while (point >= all || taken[point])
            point = point + 1 >= all ? 0 : point + 1;
        taken[point] = true;
        chosen[i] = point;
    }
    if (taken == NULL) {
        free(chosen);
        return NULL;
    }
    free(taken);
    if (chosen != NULL)
        qsort(chosen, points, sizeof *chosen, rising);
    return chosen;
}

static void
run_some(const void *what, struct trial *seen)
{
    const struct some *some = what;
    struct design fewer = *some->design;
    uint64_t events = 0;
    size_t *only = choose(some->points, fewer.points);

    fewer.replications = some->replications;
    struct sweep sweep = {.design = &fewer,
                          .tasks = 1,
                          .only = only,
                          .points = some->points,
                          .threads = some->threads,
                          .command_line = "doorstroom check",
                          .stop = some->stop,
                          .events = &events};
    double start = trial_now();
    seen->status = only != NULL ? sweep_run(&sweep, &seen->error)
                                : error_set(&seen->error, NO_MEMORY, "no memory for the points");
    seen->failures = (double)sweep.failures;
    if (seen->status == OK && sweep.failures > 0) {
        const struct sweep_failure *failure = &sweep.failure[0];
        int code = error_set(&seen->error, failure->error.code, "point %zu: %s", failure->point,
                             failure->error.message);
        seen->status = sweep.failures < some->points ? OK : code;
    }
    seen->replications = (double)(some->points * some->replications);
    seen->simulated = sweep.seconds_run;
    seen->stored = trial_now() - start - sweep.seconds_run;
    seen->events = (double)events / seen->replications;
    seen->variables = (double)sweep.variables;
    seen->file_bytes =
        (double)sweep.bytes - trial_index_bytes(seen->variables, (double)some->points);
    sweep_free(&sweep);
    free(only);
}

static int
try_some(const struct some *some, struct trial *seen, struct error *err)
{
    return trial_run(run_some, some, some->stop, seen, err);
}

/* What is paid for a point, and beside the points, by the line through two trials. */
static void
by_line(double few, double of_few, double more, double of_more, double *fixed, double *each)
{
    *each = more > few && of_more > of_few ? (of_more - of_few) / (more - few) : of_more / more;
    *fixed = fmax(0, of_more - more * *each);
}

/* What is paid beside running points, likewise: each part has the factors of all points of the
 * design, and where these are many they are nearly all of it, and of what points add only noise is
 * seen. */
static void
store_by_line(struct sweep_cost *cost, double few, const struct trial *of_few, double more,
              const struct trial *of_more)
{
    double each = more > few ? fmax(0, (of_more->stored - of_few->stored) / (more - few))
                             : of_more->stored / more;

    cost->point_seconds += each;
    cost->fixed_seconds += fmax(0, of_more->stored - more * each);
}

/* Cheap points: a quarter of SOME's, and all of those. */
static int
try_whole_points(struct sweep_cost *cost, struct some some, struct error *err)
{
    struct trial few, more;
    struct some fewer = some;

    fewer.points = smaller(some.points, some.points / 4 + (size_t)some.threads);
    int status = try_some(&fewer, &few, err);
    if (status == OK)
        status = try_some(&some, &more, err);
    if (status != OK)
        return status;
    by_line((double)fewer.points, few.simulated, (double)some.points, more.simulated,
            &cost->fixed_seconds, &cost->point_seconds);
    store_by_line(cost, (double)fewer.points, &few, (double)some.points, &more);
    by_line((double)fewer.points, few.file_bytes, (double)some.points, more.file_bytes,
            &cost->fixed_bytes, &cost->point_bytes);
    cost->seen = more;
    return OK;
}

/* Dear ones: SOME's points with one replication, beside which PILOT had fewer points, and with so
 * many more as there is time for. */
static int
try_replications(struct sweep_cost *cost, struct some some, double pilot_points,
                 const struct trial *pilot, struct error *err)
{
    struct trial one, more;
    struct some first = some;
    double all = (double)some.design->replications, points = (double)some.points;
    double second = (double)some.replications, opening, seconds, bytes;

    first.replications = 1;
    int status = try_some(&first, &one, err);
    more = one;
    if (status == OK && some.replications > 1)
        status = try_some(&some, &more, err);
    if (status != OK)
        return status;
    by_line(1, one.simulated / points, second, more.simulated / points, &opening, &seconds);
    cost->point_seconds = opening + seconds * all;
    store_by_line(cost, pilot_points, pilot, points, &one);
    by_line(pilot_points, pilot->file_bytes, points, one.file_bytes, &cost->fixed_bytes,
            &cost->point_bytes);
    if (second > 1) {
        cost->point_seconds +=
            fmax(0, more.stored - one.stored) / points / (second - 1) * (all - 1);
        bytes = (more.file_bytes - one.file_bytes) / points / (second - 1);
        cost->point_bytes += bytes * (all - 1);
    }
    cost->seen = more;
    return OK;
}

/* Where a point's replications are short enough to be run whole. */
static int
try_small(struct sweep_cost *cost, const struct design *design, int threads,
          const volatile sig_atomic_t *stop, struct error *err)
{
    size_t replications = (size_t)design->replications, least = 2 * (size_t)threads;
    struct some some = {design, smaller(design->points, (size_t)threads), 1, threads, stop};
    struct trial pilot;
    int status = try_some(&some, &pilot, err);

    if (status != OK)
        return status;
    double pilot_points = (double)some.points, each = pilot.simulated / pilot_points;
    double whole = LONGEST_SECONDS / (each * (double)replications);
    if (whole >= (double)smaller(design->points, FEWEST_POINTS)) {
        some.points = whole < (double)design->points ? (size_t)whole : design->points;
        some.replications = replications;
        status = try_whole_points(cost, some, err);
    } else {
        some.points = smaller(design->points, least > FEWEST_POINTS ? least : FEWEST_POINTS);
        double together = LONGEST_SECONDS / (each * (double)some.points);
        some.replications = smaller(replications, together > 3 ? (size_t)together : 3);
        status = try_replications(cost, some, pilot_points, &pilot, err);
    }
    cost->tried = some.points;
    cost->tried_replications = some.replications;
    return status;
}

static int
read_point(const struct design *design, size_t point, struct scenario *scenario, struct error *err)
{
    struct faults faults = {0};
    char line[1024] = "no memory to read it";
    int status = design_scenario(design, point, scenario, &faults);

    for (size_t i = faults.count; status != OK && i-- > 0;)
        if (!faults.fault[i].warning)
            faults_line(&faults, i, line, sizeof line);
    faults_free(&faults);
    return status == OK ? OK : error_set(err, status, "point %zu: %s", point, line);
}

/* Where a replication takes long: as a run of some points would, each alone. */
static int
try_large(struct sweep_cost *cost, const struct design *design, int threads,
          const volatile sig_atomic_t *stop, struct error *err)
{
    size_t points = smaller(design->points, LARGE_POINTS), *chosen = choose(points, design->points);
    size_t together = smaller(design->points, (size_t)threads);
    int status = chosen != NULL ? OK : error_set(err, NO_MEMORY, "no memory for the points");

    for (size_t i = 0; i < points && status == OK; i++) {
        struct scenario scenario = {0};
        struct cost seen = {0};
        status = read_point(design, chosen[i], &scenario, err);
        scenario.replications = (int64_t)(design->replications * together);
        if (status == OK)
            status = cost_estimate(&scenario, threads, stop, &seen, err);
        cost->point_seconds += seen.seconds / (double)(together * points);
        cost->point_bytes += seen.file_bytes / (double)(together * points);
        cost->seen.events += seen.events / (double)points;
        cost->seen.peak_bytes = fmax(cost->seen.peak_bytes, seen.memory_bytes);
        scenario_free(&scenario);
    }
    cost->tried = together;
    free(chosen);
    return status;
}

int
sweep_cost_try(struct sweep_cost *cost, const struct design *design, int threads,
               const volatile sig_atomic_t *stop, struct error *err)
{
    struct scenario first = {0};
    struct experiment_point point = {0};
    double part = 1;
    int status = read_point(design, 0, &first, err);

    *cost = (struct sweep_cost){0};
    if (status == OK)
        status = campaign_plan(&point, &first, err);
    if (status == OK) {
        /* Each thread has one, and the next is opened before the one before it is closed. */
        size_t open = smaller(design->points, (size_t)threads + 1);
        cost->open_bytes = (double)(open * point_values_bytes(point.layout));
        status = cost_part(&first, &part, err);
    }
    campaign_plan_free(&point);
    scenario_free(&first);
    if (status != OK)
        return status;
    return part < 1 ? try_large(cost, design, threads, stop, err)
                    : try_small(cost, design, threads, stop, err);
}

struct cost
sweep_cost_of(const struct sweep_cost *cost, const struct design *design, size_t points)
{
    double n = (double)points, replications = (double)design->replications;
    double seconds = cost->fixed_seconds + n * cost->point_seconds;
    double more = fmax(0, n - (double)cost->tried);
    double held = replications - (double)cost->tried_replications;

    return (struct cost){
        .seconds = seconds,
        .seconds_a_replication = seconds / (n * replications),
        .file_bytes =
            cost->fixed_bytes + n * cost->point_bytes + trial_index_bytes(cost->seen.variables, n),
        .events = cost->seen.events,
        .memory_bytes = cost->seen.peak_bytes + held * cost->open_bytes +
                        trial_memory_of_more(&cost->seen, (double)cost->tried, n) +
                        more * POINT_BYTES,
    };
}
