#include "attribute.h"

#include "frame.h"

#include "models/plan/plan.h"
#include "models/run/campaign.h"
#include "models/run/provenance.h"
#include "models/run/reading.h"
#include "models/scenario/formula.h"
#include "models/scenario/read.h"

#include "sim/engine/ticks.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What to read of SET, whose overlays go into OVER [overlays]. */
static struct scenario_source
source_of(const struct attribution *a, uint64_t set, const char **over)
{
    struct scenario_source from = a->from;

    from.over = over;
    from.overs = 0;
    for (size_t i = 0; i < a->from.overs; i++)
        if (set >> i & 1)
            over[from.overs++] = a->from.over[i];
    return from;
}

/* "the base", "2-cap.yaml", "1-plan.yaml with 2-cap.yaml": for messages. */
static void
write_set(const struct attribution *a, uint64_t set, char *text, size_t size)
{
    size_t at = 0;

    snprintf(text, size, "the base");
    for (size_t i = 0; i < a->from.overs && at < size; i++)
        if (set >> i & 1)
            at += (size_t)snprintf(text + at, size - at, "%s%.200s", at > 0 ? " with " : "",
                                   a->from.over[i]);
}

/* The worlds of a set are those of the base: only what is done in them differs. That no overlay
 * draws anew what the base has drawn, the reader sees to. */
static int
check_alike(const struct attribution *a, const struct scenario *other, uint64_t set,
            struct error *err)
{
    const struct scenario *base = &a->base;
    char what[512];

    write_set(a, set, what, sizeof what);
    if (other->seed != a->read_seed)
        return error_set(err, BAD_INPUT,
                         "%.300s: its seed is %" PRId64 " and that of the base %" PRId64
                         ", so other people would be compared: leave seed out of it",
                         what, other->seed, a->read_seed);
    if (other->start != base->start || other->horizon != base->horizon ||
        other->warm_up != base->warm_up)
        return error_set(err, BAD_INPUT,
                         "%.300s: its start, horizon or warm_up is not that of the base: leave "
                         "them out of it",
                         what);
    if (other->chance != base->chance)
        return error_set(err, BAD_INPUT,
                         "%.300s: its chance is not that of the base: leave it out of it", what);
    return OK;
}

/* Read SET with all that is to be said; of what is said, what FAULTS does not have yet is not of
 * interest unless it is an error. */
static int
read_all_of(struct attribution *a, uint64_t set, struct scenario *scenario, struct faults *faults,
            struct error *err)
{
    const char *over[SHAPLEY_MOST_PLAYERS];
    const struct scenario_source from = source_of(a, set, over);
    int status = run_read_from(scenario, &from, faults);

    if (status != OK)
        return error_set(err, status, "it cannot be read");
    return set != 0 ? check_alike(a, scenario, set, err) : OK;
}

/* Each overlay alone: its name, and that it can be run. */
static int
read_each(struct attribution *a, struct faults *faults, struct error *err)
{
    int status = OK;

    for (size_t i = 0; i < a->from.overs && status == OK; i++) {
        struct scenario scenario;
        struct faults found = {0};
        status = read_all_of(a, UINT64_C(1) << i, &scenario, &found, err);
        a->name[i] = status == OK ? strdup(scenario.name) : NULL;
        if (status == OK && a->name[i] == NULL)
            status = error_set(err, NO_MEMORY, "no memory for a name");
        scenario_free(&scenario);
        if (found.errors > 0) {
            faults_free(faults);
            *faults = found;
        } else {
            faults_free(&found);
        }
    }
    return status;
}

int
attribution_read(struct attribution *a, const struct scenario_source *from, struct faults *faults,
                 struct error *err)
{
    struct faults of_base = {0};
    uint64_t everybody = (UINT64_C(1) << from->overs) - 1;

    *a = (struct attribution){.from = *from};
    a->name = calloc(from->overs + 1, sizeof *a->name);
    if (a->name == NULL)
        return error_set(err, NO_MEMORY, "no memory for the overlays");
    int status = read_all_of(a, 0, &a->base, &of_base, err);
    a->read_seed = a->base.seed;
    if (status != OK) {
        *faults = of_base;
        return status;
    }
    faults_free(&of_base); /* what is doubtful in it is said again of all together */
    status = read_all_of(a, everybody, &a->all, faults, err);
    return status == OK ? read_each(a, faults, err) : status;
}

void
attribution_free(struct attribution *a)
{
    for (size_t i = 0; a->name != NULL && i < a->from.overs; i++)
        free(a->name[i]);
    free(a->name);
    free(a->value);
    free(a->draw);
    shapley_free(&a->shapley);
    scenario_free(&a->all);
    scenario_free(&a->base);
}

/* A set while it is run: its scenario, what is asked of it, and what comes. */
struct set_run {
    size_t set; /* which of the sets */
    struct scenario scenario;
    struct frame frame;
    struct quantity quantity;
    struct memory_choice choice[QUANTITY_CHOICES];
    struct memory memory;
};

/* The sets that are run, a point each. */
struct attribution_run {
    struct attribution *of;
    struct set_run **run;           /* [sets to run] */
    struct experiment_point *point; /* [sets to run] */
    size_t *set;                    /* [sets to run] */
    size_t points;
    bool failed; /* one has: the rest is not begun */
};

/* As run_read_from, of a set whose parts have been looked at. */
static int
read_set(const struct attribution *a, uint64_t set, struct scenario *scenario, struct error *err)
{
    const char *over[SHAPLEY_MOST_PLAYERS];
    const struct scenario_source from = source_of(a, set, over);
    struct faults faults = {0};
    char line[900] = "it cannot be read", what[512];
    int status = scenario_read_from(scenario, &from, &faults);
    size_t i = 0;

    while (i < faults.count && faults.fault[i].warning)
        i++;
    if (i < faults.count)
        faults_line(&faults, i, line, sizeof line);
    faults_free(&faults);
    write_set(a, set, what, sizeof what);
    if (status != OK)
        return error_set(err, status, "%.400s: %.500s", what, line);
    status = check_alike(a, scenario, set, err);
    scenario->seed = a->base.seed;
    if (scenario->world != NULL)
        scenario->world->seed = a->base.seed;
    return status;
}

/* Make SET ready to be run: its plan into POINT, its quantity. */
static int
set_open(struct set_run *run, const struct attribution *a, struct experiment_point *point,
         struct error *err)
{
    uint64_t set = a->shapley.set[run->set];
    struct error found = {0};
    char what[512];
    int status = read_set(a, set, &run->scenario, err);

    if (status != OK)
        return status;
    status = campaign_plan(point, &run->scenario, &found);
    if (status == OK)
        status = frame_of_layout(&run->frame, point->layout, &found);
    if (status == OK)
        status = quantity_create(&run->quantity, &run->frame, &a->of->quantity, &a->of->window, 1,
                                 &found);
    write_set(a, set, what, sizeof what);
    if (status != OK)
        return error_set(err, status, "%.300s: %.600s", what, found.message);
    run->memory.choice = run->choice;
    run->memory.choices = quantities_choose(&run->quantity, 1, run->choice);
    point->sink = sink_memory(&run->memory);
    return OK;
}

static void
set_close(struct set_run *run, struct experiment_point *point)
{
    memory_free(&run->memory);
    quantity_free(&run->quantity);
    frame_free(&run->frame);
    campaign_plan_free(point);
    scenario_free(&run->scenario);
}

/* How many replications share a draw. */
static uint64_t
chance_of(const struct scenario *scenario)
{
    return scenario->tree.draws != NULL && scenario->tree.draws->count > 0
               ? (uint64_t)scenario->chance
               : 1;
}

static int
make_draws(struct attribution *a, struct error *err)
{
    uint64_t chance = chance_of(&a->base);

    a->replications = a->draws = (size_t)(a->last - a->first) + 1;
    if (chance < 2)
        return OK;
    a->draw = calloc(a->replications + 1, sizeof *a->draw);
    if (a->draw == NULL)
        return error_set(err, NO_MEMORY, "no memory for the draws");
    for (size_t r = 0; r < a->replications; r++)
        a->draw[r] = (a->first + r) / chance;
    a->draws = (size_t)(a->last / chance - a->first / chance) + 1;
    return OK;
}

/* The days that are looked at, and what the quantity is called. */
static void
note_measured(struct attribution *a, const struct set_run *run)
{
    a->measured = run->quantity.of;
    a->window = a->of->window;
    if (a->window.from < run->frame.from)
        a->window.from = run->frame.from;
    if (a->window.until > run->frame.until)
        a->window.until = run->frame.until;
}

/* Is the set at INDEX one of nobody, of one alone or of everybody? */
static bool
is_looked_at(const struct attribution *a, size_t index)
{
    return index == a->shapley.sets - 1 || __builtin_popcountll(a->shapley.set[index]) < 2;
}

int
attribution_prepare(struct attribution *a, struct error *err)
{
    size_t n = a->from.overs;
    size_t orders = a->orders > 0 ? a->orders : n > SHAPLEY_MOST_ALL ? ATTRIBUTE_ORDERS : 0;
    int status = shapley_create(&a->shapley, n, orders, (uint64_t)a->base.seed, err);

    if (status == OK)
        status = make_draws(a, err);
    for (size_t i = 0; i < a->shapley.sets && status == OK; i++) {
        struct experiment_point point = {0};
        struct set_run run = {.set = i};
        if (!is_looked_at(a, i))
            continue;
        status = set_open(&run, a, &point, err);
        if (status == OK && i == 0) {
            note_measured(a, &run);
            a->days_each = (double)((const struct plan *)point.subject)->end / TICKS_PER_DAY;
        }
        set_close(&run, &point);
    }
    if (status == OK)
        a->value = calloc(a->shapley.sets * a->replications + 1, sizeof *a->value);
    return status == OK && a->value == NULL
               ? error_set(err, NO_MEMORY, "no memory for %zu sets", a->shapley.sets)
               : status;
}

char *
attribution_identity(const struct attribution *a)
{
    struct set_run run = {.set = a->shapley.sets - 1};
    struct experiment_point point = {0};
    struct error err;
    char asked[ADDRESS_TEXT], *identity = NULL, *of_scenario = NULL;

    if (set_open(&run, a, &point, &err) == OK)
        of_scenario = provenance_identity(&run.scenario, point.layout);
    set_close(&run, &point);
    if (of_scenario != NULL && asprintf(&identity,
                                        "attribute 1\n%.600squantity %.200s\nreplications %" PRIu64
                                        "..%" PRIu64 "\norders %zu\n",
                                        of_scenario, address_write(a->of, asked), a->first, a->last,
                                        a->shapley.orders) < 0)
        identity = NULL;
    free(of_scenario);
    return identity;
}

/* VALUE in whole numbers of its units. */
static int
take_value(const struct attribution *a, size_t set, uint64_t replication, double value,
           int64_t *out, struct error *err)
{
    char what[512];
    double units = value * (double)ATTRIBUTE_UNITS;

    if (fabs(units) <= (double)SHAPLEY_LARGEST) {
        *out = (int64_t)round(units);
        return OK;
    }
    write_set(a, a->shapley.set[set], what, sizeof what);
    return error_set(
        err, BAD_INPUT, "%.300s: %.100s %s in replication %" PRIu64 "%s", what, a->measured.name,
        isnan(value) ? "has no value" : "is too large to be added up exactly", replication,
        isnan(value) ? ": choose a time in which there is something to measure" : "");
}

/* The set has been run: its values are kept. */
static int
keep_values(struct attribution *a, const struct set_run *run, struct error *err)
{
    int64_t *value = a->value + run->set * a->replications;
    int status = OK;

    for (size_t r = 0; r < a->replications && status == OK; r++) {
        double real;
        quantities_take(&run->quantity, 1, &run->memory, a->first + r, &real);
        status = take_value(a, run->set, a->first + r, real, &value[r], err);
    }
    struct chunk chunk = {.bytes = (unsigned char *)value, .size = a->replications * sizeof *value};
    digest_of(chunk.bytes, chunk.size, chunk.digest);
    if (status == OK && a->journal != NULL)
        status = journal_append(a->journal, run->set, &chunk, err);
    a->finished += status == OK;
    return status;
}

static int
open_point(void *context, size_t p, struct error *err)
{
    struct attribution_run *run = context;
    struct set_run *set = calloc(1, sizeof *set);

    if (__atomic_load_n(&run->failed, __ATOMIC_RELAXED)) {
        free(set);
        return error_set(err, INTERRUPTED, "another set has failed");
    }
    if (set == NULL)
        return error_set(err, NO_MEMORY, "no memory for a set");
    set->set = run->set[p];
    run->run[p] = set;
    return set_open(set, run->of, &run->point[p], err);
}

static void
close_point(void *context, size_t p)
{
    struct attribution_run *run = context;
    struct experiment_point *point = &run->point[p];
    struct set_run *set = run->run[p];

    if (point->status == OK)
        point->status = keep_values(run->of, set, &point->error);
    if (point->status != OK)
        __atomic_store_n(&run->failed, true, __ATOMIC_RELAXED);
    if (set != NULL)
        set_close(set, point);
    free(set);
    run->run[p] = NULL;
}

/* What the journal has. */
static int
read_journal(struct attribution *a, bool *there, struct error *err)
{
    size_t size = a->replications * sizeof *a->value;
    struct chunk chunk = {0};
    int status = OK;

    for (size_t i = 0; a->journal != NULL && i < a->journal->entries && status == OK; i++) {
        uint64_t set = a->journal->entry[i].replication;
        status = journal_read(a->journal, i, &chunk, err);
        if (status != OK || set >= a->shapley.sets || chunk.size != size)
            continue;
        memcpy(a->value + set * a->replications, chunk.bytes, size);
        a->kept += !there[set];
        there[set] = true;
    }
    free(chunk.bytes);
    a->finished = a->kept;
    return status;
}

/* The first failure, in the order of the sets, that is no consequence of another. */
static int
first_failure(const struct attribution_run *run, struct error *err)
{
    for (size_t p = 0; p < run->points; p++)
        if (run->point[p].status != OK && run->point[p].status != INTERRUPTED)
            return error_set(err, run->point[p].status, "%s", run->point[p].error.message);
    return OK;
}

/* Of all sets, those that were kept among them. */
static void
tell_progress(void *context, uint64_t done, uint64_t total)
{
    const struct attribution_run *run = context;
    const struct attribution *a = run->of;
    uint64_t kept = a->kept * a->replications;

    a->progress(a->context, kept + done, kept + total);
}

static int
run_points(struct attribution_run *run, struct error *err)
{
    struct attribution *a = run->of;
    const struct campaign campaign = {
        .point = run->point,
        .points = run->points,
        .threads = a->threads,
        .context = run,
        .open = open_point,
        .close = close_point,
        .progress = a->progress != NULL ? tell_progress : NULL,
        .stop = a->stop,
        .days = &a->days,
    };
    int status = campaign_run(&campaign, err);
    int failed = first_failure(run, err);

    if (failed != OK)
        return failed;
    return status == INTERRUPTED ? error_set(err, INTERRUPTED, "%zu of %zu sets are finished",
                                             a->finished, a->shapley.sets)
                                 : status;
}

int
attribution_run(struct attribution *a, struct error *err)
{
    size_t sets = a->shapley.sets;
    struct attribution_run run = {.of = a};
    bool *there = calloc(sets + 1, sizeof *there);

    run.run = calloc(sets + 1, sizeof(struct set_run *));
    run.point = calloc(sets + 1, sizeof *run.point);
    run.set = calloc(sets + 1, sizeof *run.set);
    bool room = there != NULL && run.run != NULL && run.point != NULL && run.set != NULL;
    int status = room ? read_journal(a, there, err) : NO_MEMORY;
    if (!room)
        error_set(err, NO_MEMORY, "no memory for %zu sets", sets);
    for (size_t i = 0; i < sets && status == OK; i++)
        if (!there[i]) {
            run.point[run.points] = (struct experiment_point){.first = a->first, .last = a->last};
            run.set[run.points++] = i;
        }
    if (status == OK && run.points > 0)
        status = run_points(&run, err);
    free(there);
    free(run.run);
    free(run.point);
    free(run.set);
    return status;
}

/* What is made of each replication: [overlays][replications] each, and what belongs to all. */
struct effects {
    double *alone, *last, *share, *interaction_alone, *interaction_last, *total, *base, *all;
};

static double
in_units(int64_t value)
{
    return (double)value / (double)ATTRIBUTE_UNITS;
}

/* Interaction and total are taken from whole numbers: in each replication all adds up exactly. */
static void
split_replication(const struct attribution *a, size_t r, int64_t *value, int64_t *alone,
                  int64_t *last, shapley_wide *share, const struct effects *e)
{
    size_t n = a->from.overs, sets = a->shapley.sets, count = a->replications;
    shapley_wide left_alone, left_last;

    for (size_t s = 0; s < sets; s++)
        value[s] = a->value[s * count + r];
    shapley_split(&a->shapley, value, alone, last, share);
    int64_t total = value[sets - 1] - value[0];
    left_alone = left_last = total;
    for (size_t i = 0; i < n; i++) {
        left_alone -= alone[i];
        left_last -= last[i];
        e->alone[i * count + r] = in_units(alone[i]);
        e->last[i * count + r] = in_units(last[i]);
        e->share[i * count + r] =
            (double)share[i] / (double)shapley_divisor(&a->shapley) / (double)ATTRIBUTE_UNITS;
    }
    e->interaction_alone[r] = (double)left_alone / (double)ATTRIBUTE_UNITS;
    e->interaction_last[r] = (double)left_last / (double)ATTRIBUTE_UNITS;
    e->total[r] = in_units(total);
    e->base[r] = in_units(value[0]);
    e->all[r] = in_units(value[sets - 1]);
}

static struct estimate
estimate_of(const struct attribution *a, const double *value, double *work)
{
    return estimate_make(value, 1, a->replications, a->draw, work);
}

/* The sampling error is that of the mean over draws. */
static void
tell_sampling(const struct attribution *a, struct attribution_table *table, double *value,
              double *mean, double *work)
{
    size_t sets = a->shapley.sets, count = a->replications;
    double *error = mean + sets;

    for (size_t s = 0; s < sets; s++) {
        for (size_t r = 0; r < count; r++)
            value[r] = in_units(a->value[s * count + r]);
        mean[s] = estimate_of(a, value, work).mean;
    }
    shapley_error(&a->shapley, mean, error);
    for (size_t i = 0; i < table->overlays; i++)
        table->overlay[i].sampling = error[i];
}

static void
tell_all(const struct attribution *a, struct attribution_table *table, const struct effects *e,
         double *work)
{
    size_t count = a->replications;

    for (size_t i = 0; i < table->overlays; i++)
        table->overlay[i] =
            (struct attributed){.alone = estimate_of(a, e->alone + i * count, work),
                                .last = estimate_of(a, e->last + i * count, work),
                                .share = estimate_of(a, e->share + i * count, work)};
    table->interaction_alone = estimate_of(a, e->interaction_alone, work);
    table->interaction_last = estimate_of(a, e->interaction_last, work);
    table->total = estimate_of(a, e->total, work);
    table->base = estimate_of(a, e->base, work);
    table->all = estimate_of(a, e->all, work);
}

int
attribution_tell(const struct attribution *a, struct attribution_table *table, struct error *err)
{
    size_t n = a->from.overs, sets = a->shapley.sets, count = a->replications;
    double *room = calloc((3 * n + 7) * count + sets + n, sizeof *room);
    int64_t *whole = calloc(sets + 2 * n, sizeof *whole);
    shapley_wide *share = calloc(n + 1, sizeof *share);

    *table =
        (struct attribution_table){.overlays = n, .overlay = calloc(n + 1, sizeof *table->overlay)};
    bool good = room != NULL && whole != NULL && share != NULL && table->overlay != NULL;
    if (good) {
        double *of_all = room + 3 * n * count;
        const struct effects effects = {
            room,           room + n * count,   room + 2 * n * count, of_all,
            of_all + count, of_all + 2 * count, of_all + 3 * count,   of_all + 4 * count};
        double *work = of_all + 5 * count;
        for (size_t r = 0; r < count; r++)
            split_replication(a, r, whole, whole + sets, whole + sets + n, share, &effects);
        tell_all(a, table, &effects, work);
        tell_sampling(a, table, work + count, work + 2 * count, work);
    }
    free(room);
    free(whole);
    free(share);
    return good ? OK : error_set(err, NO_MEMORY, "no memory for the shares");
}

void
attribution_table_free(struct attribution_table *table)
{
    free(table->overlay);
    table->overlay = NULL;
}

void
attribution_round(const double *value, size_t count, double unit, int64_t whole, int64_t *out)
{
    int64_t left = whole;

    for (size_t i = 0; i < count; i++) {
        out[i] = (int64_t)floor(value[i] / unit);
        left -= out[i];
    }
    for (; left != 0 && count > 0; left += left < 0 ? 1 : -1) {
        size_t best = 0;
        for (size_t i = 1; i < count; i++) {
            double gain = value[i] / unit - (double)out[i];
            double so_far = value[best] / unit - (double)out[best];
            if (left > 0 ? gain > so_far : gain < so_far)
                best = i;
        }
        out[best] += left > 0 ? 1 : -1;
    }
}
