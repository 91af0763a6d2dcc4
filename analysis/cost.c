#include "cost.h"

#include "trial.h"

#include "models/plan/plan.h"
#include "models/run/limits.h"
#include "models/run/run.h"

#include <math.h>

#define LEAST_DAYS 10

/* What a trial runs: a part of the scenario's time, so many times. */
struct piece {
    const struct scenario *scenario;
    double part, replications;
    int threads;
    const volatile sig_atomic_t *stop;
};

static void
run_piece(const void *what, struct trial *seen)
{
    const struct piece *piece = what;
    struct scenario shorter = *piece->scenario;

    shorter.horizon = fmax(1, floor(shorter.horizon * piece->part));
    if (piece->part < 1)
        shorter.warm_up = floor(shorter.warm_up * piece->part);
    struct run run = {.scenario = &shorter,
                      .last = (uint64_t)piece->replications - 1,
                      .threads = piece->threads,
                      .command_line = "doorstroom check",
                      .stop = piece->stop};
    double start = trial_now();
    seen->status = run_scenario(&run, &seen->error);
    seen->replications = piece->replications;
    seen->stored = run.seconds_stored;
    seen->simulated = trial_now() - start - run.seconds_stored;
    seen->events = (double)run.events / piece->replications;
    seen->variables = (double)run.variables;
    seen->file_bytes = (double)run.bytes - trial_index_bytes(seen->variables, seen->replications);
}

static int
try_piece(struct piece piece, struct trial *seen, struct error *err)
{
    return trial_run(run_piece, &piece, piece.stop, seen, err);
}

/* A quantity of the whole by the line through two parts of it; never less than what was seen. */
static double
whole(double first, double second, double part)
{
    return fmax(second, first + (second - first) / part * (1 - part));
}

int
cost_part(const struct scenario *scenario, double *part, struct error *err)
{
    struct plan *plan;
    int status = plan_create(&plan, scenario, err);

    if (status != OK)
        return status;
    if ((status = run_fits(plan, err)) != OK) {
        plan_free(plan);
        return status;
    }
    double least = LEAST_DAYS / (scenario->horizon + scenario->warm_up);
    *part = COST_TRIAL_EVENTS / plan->most_events;
    *part = *part > 0.4 ? 1 : *part > least ? *part : least > 0.4 ? 1 : least;
    plan_free(plan);
    return OK;
}

/* A quantity of N replications. */
static double
by_line(const struct trial *few, double of_few, const struct trial *more, double of_more, double n)
{
    return trial_by_line(few->replications, of_few, more->replications, of_more, n);
}

/* A small scenario: a replication for each thread, then as many as fill the time of a trial. What
 * is paid once is told apart so, and where that is all of them the answer is what was seen. */
static int
estimate_small(const struct scenario *scenario, int threads, const volatile sig_atomic_t *stop,
               struct cost *cost, struct error *err)
{
    struct trial few, more;
    struct piece piece = {scenario, 1, 0, threads, stop};
    double n = (double)scenario->replications, first = fmin(n, threads);

    piece.replications = first;
    int status = try_piece(piece, &few, err);
    if (status != OK)
        return status;
    double fill = TRIAL_SECONDS / fmax(few.simulated + few.stored, 1e-3);
    double second = piece.replications = fmin(n, first * ceil(fmax(4, fill)));
    status = try_piece(piece, &more, err);
    if (status == OK && second < n && more.simulated + more.stored < 0.5 * TRIAL_SECONDS) {
        few = more; /* the first took its time for what is paid once */
        fill = TRIAL_SECONDS / fmax(more.simulated + more.stored, 1e-3);
        piece.replications = fmin(n, second * ceil(fill));
        status = try_piece(piece, &more, err);
    }
    if (status != OK)
        return status;
    *cost = (struct cost){
        .events = more.events,
        .seconds = by_line(&few, few.simulated, &more, more.simulated, n) +
                   by_line(&few, few.stored, &more, more.stored, n),
        .file_bytes = by_line(&few, few.file_bytes, &more, more.file_bytes, n) +
                      trial_index_bytes(more.variables, n),
        .memory_bytes = more.peak_bytes + trial_memory_of_more(&more, more.replications, n),
    };
    return OK;
}

/* A large one: two short pieces of a replication for each thread, and the line through them. */
static int
estimate_large(const struct scenario *scenario, int threads, double part,
               const volatile sig_atomic_t *stop, struct cost *cost, struct error *err)
{
    struct trial first, second;
    double n = (double)scenario->replications, together = fmin(n, threads);
    int status = try_piece((struct piece){scenario, part, together, threads, stop}, &first, err);

    if (status == OK)
        status =
            try_piece((struct piece){scenario, 2 * part, together, threads, stop}, &second, err);
    if (status != OK)
        return status;
    *cost = (struct cost){
        .events = whole(first.events, second.events, part),
        .seconds = ceil(n / together) * whole(first.simulated, second.simulated, part) +
                   n / together * whole(first.stored, second.stored, part),
        .file_bytes = n / together * whole(first.file_bytes, second.file_bytes, part) +
                      trial_index_bytes(second.variables, n),
        .memory_bytes = whole(first.peak_bytes, second.peak_bytes, part) +
                        trial_memory_of_more(&second, together, n),
    };
    return OK;
}

int
cost_estimate(const struct scenario *scenario, int threads, const volatile sig_atomic_t *stop,
              struct cost *cost, struct error *err)
{
    double part = 1;
    int status = cost_part(scenario, &part, err);

    if (status == OK)
        status = part < 1 ? estimate_large(scenario, threads, part, stop, cost, err)
                          : estimate_small(scenario, threads, stop, cost, err);
    if (status == OK)
        cost->seconds_a_replication = cost->seconds / (double)scenario->replications;
    return status;
}
