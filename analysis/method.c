#include "method.h"

#include "abc.h"
#include "smoother.h"

#include <math.h>
#include <stdlib.h>

static size_t
smoother_runs(size_t members, size_t steps)
{
    return members * (steps + 1);
}

static int
smoother_open(struct ensemble *e, struct error *err)
{
    (void)e;
    (void)err;
    return OK;
}

static int
smoother_move(struct ensemble *e, size_t step, struct stream *stream, struct error *err)
{
    const struct smoother smoother = {.members = e->members,
                                      .parameters = e->parameters,
                                      .targets = e->targets,
                                      .steps = e->steps,
                                      .replications = e->replications,
                                      .observed = e->observed,
                                      .error = e->error,
                                      .chance = e->chance};

    e->done = step + 1 == e->steps;
    return smoother_step(&smoother, e->score, e->mean, stream, err);
}

static void
smoother_close(struct ensemble *e)
{
    (void)e;
}

static size_t
abc_fewest_members(size_t parameters, size_t targets)
{
    (void)targets;
    return abc_fewest(parameters);
}

static size_t
abc_runs(size_t members, size_t steps)
{
    return 2 * members + steps * abc_new(members);
}

static int
abc_begin(struct ensemble *e, struct error *err)
{
    struct abc *abc = e->own = malloc(sizeof *abc);

    if (abc == NULL)
        return error_set(err, NO_MEMORY, "no memory for the members");
    *abc = (struct abc){.members = e->members,
                        .parameters = e->parameters,
                        .targets = e->targets,
                        .replications = e->replications,
                        .observed = e->observed,
                        .error = e->error};
    return abc_open(abc, err);
}

/* Is it time to end after STEP, and why? */
static bool
abc_ends(const struct ensemble *e, size_t step, enum method_end *why)
{
    const struct abc *abc = e->own;
    const struct {
        bool holds;
        enum method_end why;
    } ends[] = {
        {abc_is_stuck(abc), METHOD_STUCK},
        {abc_is_exact(abc), METHOD_EXACT},
        {abc->accepted < e->accepted, METHOD_ACCEPTED},
        {step == e->steps, METHOD_STEPS},
    };

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends[i].holds) {
            *why = ends[i].why;
            return true;
        }
    return false;
}

static int
abc_move(struct ensemble *e, size_t step, struct stream *stream, struct error *err)
{
    struct abc *abc = e->own;

    abc_keep(abc, e->score, e->outcome, e->chance, stream);
    size_t never = abc_out_of_reach(abc);
    if (never < abc->targets)
        return error_set(
            err, BAD_INPUT,
            "targets[%zu] is the same in every run, %g, and not what was observed, %g; "
            "give it an error, or leave it out",
            never, e->outcome[never], abc->observed[never]);
    e->done = abc_ends(e, step, &e->report.end);
    if (e->done) {
        e->report.steps = step;
        e->report.kept = abc->kept;
        abc_resample(abc, e->score, stream);
        return OK;
    }
    abc_propose(abc, e->score, stream);
    e->first = abc->kept;
    e->last = abc->count;
    return OK;
}

/* Even in a ball is a variance of radius^2 / (dimensions + 2) in each. */
static void
abc_tell(struct ensemble *e)
{
    const struct abc *abc = e->own;
    struct method_report *report = &e->report;
    double variance, own;

    report->first = abc->first;
    report->tolerance = abc->tolerance;
    report->accepted = abc->accepted;
    report->effective = abc->effective;
    report->wider = 1;
    for (size_t t = 0; t < e->targets; t++)
        report->silent += abc->unit[t] <= 0;
    for (size_t t = 0; t < e->targets; t++) {
        variance =
            pow(abc->tolerance * abc->unit[t], 2) / (double)(e->targets - report->silent + 2);
        own = e->error[t] * e->error[t] + e->chance[t * e->targets + t];
        report->wider = fmax(report->wider, own > 0 ? sqrt(1 + variance / own) : 1);
    }
}

static void
abc_end(struct ensemble *e)
{
    if (e->own != NULL)
        abc_close(e->own);
    free(e->own);
}

const struct method method_table[] = {
    {"smoother", "perturbations", 100, 4, false, smoother_fewest, smoother_runs, smoother_open,
     smoother_move, NULL, smoother_close},
    {"abc", "populations", 1000, 40, true, abc_fewest_members, abc_runs, abc_begin, abc_move,
     abc_tell, abc_end},
};

const char *const method_words[] = {"smoother", "abc", NULL};
