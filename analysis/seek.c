#include "seek.h"

#include "frame.h"
#include "quantity.h"
#include "statistics.h"

#include "models/run/campaign.h"
#include "models/run/reading.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A value while it is tried. */
struct attempt {
    size_t rung;
    struct scenario scenario;
    struct frame frame;
    struct quantity quantity;
    struct memory_choice choice[QUANTITY_CHOICES];
    struct memory memory;
};

/* Values that are tried side by side. */
#define AT_ONCE 2
struct attempts {
    struct attempt of[AT_ONCE];
    struct experiment_point point[AT_ONCE];
    size_t count;
};

static size_t
replications_of(const struct seek *seek)
{
    return (size_t)(seek->last - seek->first + 1);
}

/* Which draw each replication is of; NULL with OK: each of its own. */
static int
draws_of(const struct seek *seek, uint64_t **draw, struct error *err)
{
    *draw = NULL;
    if (seek->chance <= 1)
        return OK;
    *draw = calloc(replications_of(seek) + 1, sizeof **draw);
    if (*draw == NULL)
        return error_set(err, NO_MEMORY, "no memory for the draws");
    for (size_t r = 0; r < replications_of(seek); r++)
        (*draw)[r] = (seek->first + r) / seek->chance;
    return OK;
}

/* Read the scenario with the value of ATTEMPT as the last of what is set. */
static int
read_value(const struct seek *seek, struct attempt *attempt, struct error *err)
{
    struct scenario_source from = *seek->from;
    const char **set = calloc(from.sets + 2, sizeof *set);
    size_t size = strlen(seek->path) + LADDER_TEXT + 4;
    char *line = malloc(size), value[LADDER_TEXT];
    struct faults faults = {0};
    int status = NO_MEMORY;

    if (set == NULL || line == NULL) {
        free(set);
        free(line);
        return error_set(err, NO_MEMORY, "no memory for a value");
    }
    snprintf(line, size, "%s: %s", seek->path, ladder_write(seek->ladder, attempt->rung, value));
    if (from.sets > 0)
        memcpy(set, from.set, from.sets * sizeof *set);
    set[from.sets++] = line;
    from.set = set;
    status = run_read_from(&attempt->scenario, &from, &faults);
    if (status != OK && seek->refused != NULL)
        seek->refused(seek->context, attempt->rung, &faults);
    faults_free(&faults);
    attempt->scenario.seed = seek->seed;
    if (attempt->scenario.world != NULL)
        attempt->scenario.world->seed = seek->seed;
    free(line);
    free(set);
    return status;
}

/* Make ATTEMPT ready to be run as POINT. */
static int
open_attempt(const struct seek *seek, struct attempt *attempt, struct experiment_point *point,
             struct error *err)
{
    const struct address *asked = &seek->goal->address;
    int status = read_value(seek, attempt, err);

    *point = (struct experiment_point){.first = seek->first, .last = seek->last};
    if (status == OK)
        status = campaign_plan(point, &attempt->scenario, err);
    if (status == OK)
        status = frame_of_layout(&attempt->frame, point->layout, err);
    if (status == OK)
        status = quantity_create(&attempt->quantity, &attempt->frame, &asked->quantity,
                                 &asked->window, 1, err);
    if (status == OK)
        status = goal_check_unit(seek->goal, attempt->quantity.of.unit, err);
    if (status == OK)
        attempt->memory.choices = quantities_choose(&attempt->quantity, 1, attempt->choice);
    attempt->memory.choice = attempt->choice;
    point->sink = sink_memory(&attempt->memory);
    return status;
}

static void
close_attempts(struct attempts *attempts)
{
    for (size_t i = 0; i < attempts->count; i++) {
        memory_free(&attempts->of[i].memory);
        quantity_free(&attempts->of[i].quantity);
        frame_free(&attempts->of[i].frame);
        campaign_plan_free(&attempts->point[i]);
        scenario_free(&attempts->of[i].scenario);
    }
}

/* Judge what ATTEMPT has given, as the next trial, and tell it. */
static int
judge(struct seek *seek, const struct attempt *attempt, struct error *err)
{
    size_t count = replications_of(seek);
    struct seek_trial *trial = &seek->trial[seek->trials];
    uint64_t *draw;
    int status = draws_of(seek, &draw, err);

    if (status != OK)
        return status;
    trial->rung = attempt->rung;
    trial->score = calloc(count + 1, sizeof *trial->score);
    if (trial->score == NULL) {
        free(draw);
        return error_set(err, NO_MEMORY, "no memory for %zu replications", count);
    }
    seek->trials++;
    for (size_t r = 0; r < count; r++)
        quantities_take(&attempt->quantity, 1, &attempt->memory, seek->first + r, &trial->score[r]);
    status =
        goal_judge(seek->goal, trial->score, count, draw, seek->confidence, &trial->judgement, err);
    for (size_t r = 0; r < count; r++)
        trial->score[r] = goal_score(seek->goal, trial->score[r]);
    if (status == OK && seek->tried != NULL)
        seek->tried(seek->context, trial);
    free(draw);
    return status;
}

static int
run_attempts(const struct seek *seek, struct attempts *attempts, struct error *err)
{
    const struct campaign campaign = {
        .point = attempts->point,
        .points = attempts->count,
        .threads = seek->threads,
        .context = seek->context,
        .progress = seek->progress,
        .stop = seek->stop,
    };

    if (seek->begin != NULL)
        seek->begin(seek->context);
    int status = campaign_run(&campaign, err);
    if (seek->end != NULL)
        seek->end(seek->context);
    for (size_t i = 0; i < attempts->count && status == OK; i++)
        if (attempts->point[i].status != OK)
            status =
                error_set(err, attempts->point[i].status, "%s", attempts->point[i].error.message);
    return status;
}

/* Try COUNT values side by side; they are the next trials, in the order of RUNG. */
static int
try_values(struct seek *seek, const size_t *rung, size_t count, struct error *err)
{
    struct attempts *attempts = calloc(1, sizeof *attempts);
    int status = OK;

    if (attempts == NULL)
        return error_set(err, NO_MEMORY, "no memory for a value");
    for (; attempts->count < count && status == OK; attempts->count++) {
        attempts->of[attempts->count].rung = rung[attempts->count];
        status = open_attempt(seek, &attempts->of[attempts->count],
                              &attempts->point[attempts->count], err);
    }
    if (status == OK)
        status = run_attempts(seek, attempts, err);
    for (size_t i = 0; i < count && status == OK; i++)
        status = judge(seek, &attempts->of[i], err);
    close_attempts(attempts);
    free(attempts);
    return status;
}

/* Steps from the near end, where the goal is hardest to keep, to the far one; and back. */
static size_t
rung_at(const struct seek *seek, size_t steps)
{
    return seek->largest ? seek->ladder->count - 1 - steps : steps;
}

static bool
holds(const struct seek_trial *trial)
{
    return trial->judgement.verdict == VERDICT_HOLDS;
}

/* The near end does not hold and the far one does: halve what lies between. */
static int
bisect(struct seek *seek, struct error *err)
{
    size_t fails = 0, keeps = seek->ladder->count - 1;
    int status = OK;

    seek->result = SEEK_EDGE;
    seek->short_of = &seek->trial[0];
    seek->found = &seek->trial[1];
    while (keeps - fails > 1 && status == OK) {
        size_t middle = fails + (keeps - fails) / 2, rung = rung_at(seek, middle);
        status = try_values(seek, &rung, 1, err);
        if (status != OK)
            break;
        const struct seek_trial *trial = &seek->trial[seek->trials - 1];
        if (holds(trial)) {
            keeps = middle;
            seek->found = trial;
        } else {
            fails = middle;
            seek->short_of = trial;
        }
    }
    return status;
}

/* Whether the goal is kept worse with FURTHER than with NEAR, in the same futures. */
static int
is_worse(const struct seek *seek, const struct seek_trial *near, const struct seek_trial *further,
         bool *worse, struct error *err)
{
    size_t count = replications_of(seek);
    double *difference = calloc(2 * count + 1, sizeof *difference);
    uint64_t *draw = NULL;

    if (difference == NULL)
        return error_set(err, NO_MEMORY, "no memory for differences");
    int status = draws_of(seek, &draw, err);
    for (size_t r = 0; r < count && status == OK; r++)
        difference[r] = further->score[r] - near->score[r];
    if (status == OK)
        *worse = estimate_make(difference, 1, count, draw, difference + count).high < 0;
    free(difference);
    free(draw);
    return status;
}

/* The nearest trial beyond TRIAL, seen from the near end; NULL: it is the last. */
static const struct seek_trial *
next_beyond(const struct seek *seek, const struct seek_trial *trial)
{
    const struct seek_trial *next = NULL;

    for (size_t i = 0; i < seek->trials; i++) {
        const struct seek_trial *other = &seek->trial[i];
        bool beyond = seek->largest ? other->rung < trial->rung : other->rung > trial->rung;
        bool nearer =
            next == NULL || (seek->largest ? other->rung > next->rung : other->rung < next->rung);
        if (beyond && nearer)
            next = other;
    }
    return next;
}

/* Two neighbours among what was tried of which the further one is worse. */
static int
find_fall(struct seek *seek, struct error *err)
{
    const struct seek_trial *near = &seek->trial[0], *next;
    bool worse = false;
    int status = OK;

    while (!worse && status == OK && (next = next_beyond(seek, near)) != NULL) {
        status = is_worse(seek, near, next, &worse, err);
        if (status == OK && worse) {
            seek->better = near;
            seek->worse = next;
        }
        near = next;
    }
    return status;
}

/* With so few draws no value could be shown to hold. */
static int
check_draws(const struct seek *seek, struct error *err)
{
    uint64_t chance = seek->chance > 0 ? seek->chance : 1;
    uint64_t draws = seek->last / chance - seek->first / chance + 1;
    size_t fewest = goal_fewest(seek->goal, seek->confidence);

    if (fewest == SIZE_MAX)
        return error_set(err, BAD_INPUT,
                         "no number of replications can show a level of %g %%: ask for one a "
                         "little short of it",
                         100 * seek->goal->level);
    if (draws >= fewest)
        return OK;
    return error_set(err, BAD_INPUT,
                     "%llu %s cannot show it with %g %% confidence, even if it held in each of "
                     "them: give -r %llu or more",
                     (unsigned long long)draws,
                     chance > 1 ? (draws == 1 ? "draw" : "draws")
                                : (draws == 1 ? "replication" : "replications"),
                     100 * seek->confidence, (unsigned long long)fewest * chance);
}

int
seek_run(struct seek *seek, struct error *err)
{
    const size_t ends[AT_ONCE] = {rung_at(seek, 0), rung_at(seek, seek->ladder->count - 1)};
    size_t count = seek->ladder->count > 1 ? 2 : 1;
    int status = check_draws(seek, err);

    seek->trials = 0;
    seek->found = seek->short_of = seek->better = seek->worse = NULL;
    if (status == OK)
        status = try_values(seek, ends, count, err);
    if (status != OK)
        return status;
    seek->result = SEEK_NONE;
    if (!holds(&seek->trial[count - 1]))
        return find_fall(seek, err);
    if (holds(&seek->trial[0])) {
        seek->result = SEEK_NEAREST;
        seek->found = &seek->trial[0];
        return find_fall(seek, err);
    }
    status = bisect(seek, err);
    return status == OK ? find_fall(seek, err) : status;
}

void
seek_free(struct seek *seek)
{
    for (size_t i = 0; i < seek->trials; i++)
        free(seek->trial[i].score);
    seek->trials = 0;
}
