#include "backtest.h"

#include "foresight.h"
#include "frame.h"
#include "quantity.h"

#include "models/run/campaign.h"
#include "models/run/reading.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An origin while it is run. */
struct run_of_origin {
    const struct origin *origin;
    struct scenario scenario;
    struct faults faults;
    struct frame frame;
    struct quantity quantity;
    struct window *window; /* [forecasts]: the days of the counts */
    struct memory_choice choice[QUANTITY_CHOICES];
    struct memory memory;
};

/* Origins as the points of a campaign. */
struct running {
    struct backtest *backtest;
    struct experiment_point *point; /* [running] */
    struct run_of_origin *run;
};

static const struct forecast *
first_of(const struct backtest *b, const struct origin *origin)
{
    return &b->forecast[origin->first];
}

/* Keep every day of the population and nothing else: of the nation, or of all places. */
static int
keep_days(struct scenario *scenario, bool places, struct error *err)
{
    struct keep_object *row = tree_allocate(&scenario->tree, SCOPES * sizeof *row);
    const char **name = tree_allocate(&scenario->tree, sizeof *name);

    if (row == NULL || name == NULL)
        return error_set(err, NO_MEMORY, "no memory for the scenario");
    *name = "population";
    for (int scope = 0; scope < SCOPES; scope++)
        row[scope] = (struct keep_object){.scope = scope, .tick = KEEP_DAY, .series = {1, name}};
    scenario->keep = (struct objects){places ? SCOPES : 1, row};
    return OK;
}

/* Read the scenario begun anew, which ends with the day of the last count. */
static int
read_anew(const struct backtest *b, struct run_of_origin *run, struct error *err)
{
    const struct origin *origin = run->origin;
    const struct forecast *last = first_of(b, origin) + origin->forecasts - 1;
    const char *slash = strrchr(origin->file, '/');
    const struct scenario_text text = {slash != NULL ? slash + 1 : origin->file, origin->text,
                                       origin->size};
    char horizon[64], fault[1000] = "";
    const char *const set[] = {horizon};
    const struct scenario_source from = {.file = origin->file,
                                         .set = set,
                                         .sets = 1,
                                         .allow_outside = true, /* it was asked already */
                                         .text = &text,
                                         .texts = 1};

    snprintf(horizon, sizeof horizon, "horizon: %d d",
             (int)(b->count[last->count].day - origin->day) + 1);
    int status = run_read_from(&run->scenario, &from, &run->faults);
    for (size_t i = 0; i < run->faults.count && status != OK && fault[0] == '\0'; i++)
        if (!run->faults.fault[i].warning)
            faults_line(&run->faults, i, fault, sizeof fault);
    if (status != OK)
        return error_set(err, status, "%s", fault[0] != '\0' ? fault : "no memory to read it");
    run->scenario.chance = 1;
    foresight_end(&run->scenario, origin->day, b->asked.laws == BACKTEST_UNKNOWN,
                  b->asked.intake == BACKTEST_UNKNOWN);
    return keep_days(&run->scenario, b->place != NULL, err);
}

/* The day of each later count. */
static int
make_windows(const struct backtest *b, struct run_of_origin *run, struct error *err)
{
    const struct forecast *forecast = first_of(b, run->origin);

    run->window = calloc(run->origin->forecasts + 1, sizeof *run->window);
    if (run->window == NULL)
        return error_set(err, NO_MEMORY, "no memory for the forecasts");
    for (size_t f = 0; f < run->origin->forecasts; f++) {
        int32_t day = b->count[forecast[f].count].day;
        run->window[f] = (struct window){day, day + 1};
    }
    return OK;
}

static int
open_origin(void *context, size_t i, struct error *err)
{
    struct running *running = context;
    struct run_of_origin *run = &running->run[i];
    struct experiment_point *point = &running->point[i];
    int status = read_anew(running->backtest, run, err);

    if (status == OK)
        status = campaign_plan(point, &run->scenario, err);
    if (status == OK)
        status = frame_of_layout(&run->frame, point->layout, err);
    if (status == OK)
        status = make_windows(running->backtest, run, err);
    if (status == OK)
        status = quantity_create(&run->quantity, &run->frame, &running->backtest->quantity.quantity,
                                 run->window, run->origin->forecasts, err);
    if (status == OK)
        run->memory.choices = quantities_choose(&run->quantity, 1, run->choice);
    run->memory.choice = run->choice;
    point->sink = sink_memory(&run->memory);
    return status;
}

static int
no_memory(struct error *err)
{
    error_set(err, NO_MEMORY, "no memory for the forecasts and their origins");
    return NO_MEMORY;
}

/* The model's forecasts from one origin. */
static int
take_origin(struct backtest *b, const struct run_of_origin *run, struct error *err)
{
    struct forecast *forecast = b->forecast + run->origin->first;
    size_t n = run->memory.replications, days = run->origin->forecasts;
    double *value = calloc(n * days + 1, sizeof *value);
    double *one = calloc(n + 1, sizeof *one), *work = calloc(n + 1, sizeof *work);
    int status = value != NULL && one != NULL && work != NULL ? OK : no_memory(err);

    for (size_t r = 0; r < n && status == OK; r++)
        quantities_take(&run->quantity, 1, &run->memory, run->memory.first + r, value + r * days);
    for (size_t f = 0; f < days && status == OK; f++) {
        for (size_t r = 0; r < n; r++)
            one[r] = value[r * days + f];
        forecast[f].of[FORECAST_MODEL] =
            outcome_of_ensemble(one, n, b->count[forecast[f].count].value, work);
    }
    free(value);
    free(one);
    free(work);
    return status;
}

static void
close_origin(void *context, size_t i)
{
    struct running *running = context;
    struct run_of_origin *run = &running->run[i];
    struct experiment_point *point = &running->point[i];

    if (point->status == OK)
        point->status = take_origin(running->backtest, run, &point->error);
    quantity_free(&run->quantity);
    frame_free(&run->frame);
    memory_free(&run->memory);
    campaign_plan_free(point);
    scenario_free(&run->scenario);
    faults_free(&run->faults);
    free(run->window);
}

/* What the counts before ORIGIN say by themselves of the day of FORECAST. */
static void
forecast_plainly(const struct backtest *b, const struct origin *origin, struct forecast *forecast)
{
    const struct past_count *last = &b->count[origin->known - 1],
                            *then = &b->count[forecast->count];
    const double trend[FORECASTERS] = {[FORECAST_DRIFT] = past_trend(b->count, origin->known)};

    for (int who = FORECAST_NAIVE; who < FORECASTERS; who++) {
        double years = past_months(then->day - last->day) / 12;
        double mean = last->value * exp(trend[who] * years);
        double spread =
            past_spread(b->count, origin->known, &b->horizons, forecast->horizon, trend[who]);
        forecast->of[who] = outcome_of_normal(mean, mean * spread, then->value);
    }
}

/* The origins from which something is forecast, as points. */
static void
set_points(struct running *running)
{
    struct backtest *b = running->backtest;
    size_t point = 0;

    for (size_t o = 0; o < b->origins; o++) {
        const struct origin *origin = &b->origin[o];
        if (origin->fate != ORIGIN_RUNS)
            continue;
        uint64_t first = point * b->replications;
        running->point[point] =
            (struct experiment_point){.first = first, .last = first + b->replications - 1};
        running->run[point++].origin = origin;
        for (size_t f = 0; f < origin->forecasts; f++)
            forecast_plainly(b, origin, &b->forecast[origin->first + f]);
    }
}

/* The first failure of an origin. */
static int
status_of(const struct running *running, int status, struct error *err)
{
    for (size_t i = 0; i < running->backtest->running && status == OK; i++)
        if (running->point[i].status != OK)
            status =
                error_set(err, running->point[i].status, "%s", running->point[i].error.message);
    return status;
}

int
backtest_run(struct backtest *b, int threads, struct error *err)
{
    struct running running = {.backtest = b,
                              .point = calloc(b->running + 1, sizeof *running.point),
                              .run = calloc(b->running + 1, sizeof *running.run)};
    const struct campaign campaign = {.point = running.point,
                                      .points = b->running,
                                      .threads = threads,
                                      .context = &running,
                                      .open = open_origin,
                                      .close = close_origin,
                                      .stop = b->stop};
    int status = running.point != NULL && running.run != NULL ? OK : no_memory(err);

    if (status == OK) {
        set_points(&running);
        status = status_of(&running, campaign_run(&campaign, err), err);
    }
    free(running.point);
    free(running.run);
    return status;
}

struct score
backtest_score(const struct backtest *b, enum forecaster who, size_t origin, size_t horizon)
{
    struct outcome *ours = calloc(b->forecasts + 1, sizeof *ours);
    struct outcome *naive = calloc(b->forecasts + 1, sizeof *naive);
    size_t count = 0;

    for (size_t f = 0; f < b->forecasts && ours != NULL && naive != NULL; f++) {
        const struct forecast *forecast = &b->forecast[f];
        if ((origin != BACKTEST_ALL && forecast->origin != origin) ||
            (horizon != BACKTEST_ALL && forecast->horizon != horizon))
            continue;
        ours[count] = forecast->of[who];
        naive[count++] = forecast->of[FORECAST_NAIVE];
    }
    struct score score = score_make(ours, naive, count);
    free(ours);
    free(naive);
    return score;
}
