#include "outcome.h"

#include "analysis/frame.h"
#include "analysis/quantity.h"
#include "models/run/campaign.h"
#include "sim/result/sink_memory.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What reading takes. The memory is filled from the file, a point at a time, as a run would. */
struct reading {
    struct experiment_point plain; /* the scenario without any factor's value */
    struct frame frame;
    struct quantity quantity;
    struct memory_choice choice[QUANTITY_CHOICES];
    struct memory_series series[QUANTITY_CHOICES];
    struct memory memory;
    struct chunk_tools tools;
};

static int
open_sweep(struct outcome *outcome, const char *path, struct error *err)
{
    int status = store_open_any(&outcome->store, path, err);

    if (status != OK)
        return status;
    if (!store_is_of_points(outcome->store))
        return error_set(err, BAD_INPUT, "%.500s: is no sweep", path);
    status = scenario_within(&outcome->within, outcome->store, err);
    if (status == OK)
        status = design_within(&outcome->design, outcome->store, outcome->within.scenario.seed,
                               &outcome->faults, err);
    if (status != OK && err->code == OK)
        return error_set(err, status, "%.500s: its design cannot be read", path);
    return status;
}

static int
make_room(struct outcome *outcome, struct error *err)
{
    size_t points = outcome->design.points, count = points * (size_t)outcome->design.replications;

    outcome->there = calloc(points + 1, sizeof *outcome->there);
    outcome->value = calloc(count + 1, sizeof *outcome->value);
    if (outcome->there == NULL || outcome->value == NULL)
        return error_set(err, NO_MEMORY, "no memory for the outcomes of %zu points", points);
    for (size_t i = 0; i < count; i++)
        outcome->value[i] = NAN;
    return OK;
}

static int
open_quantity(struct reading *reading, struct outcome *outcome, const struct address *address,
              struct error *err)
{
    outcome->within.scenario.keep = outcome->design.asked.record;
    int status = campaign_plan(&reading->plain, &outcome->within.scenario, err);

    if (status == OK)
        status = frame_of_layout(&reading->frame, reading->plain.layout, err);
    if (status == OK)
        status = quantity_create(&reading->quantity, &reading->frame, &address->quantity,
                                 &address->window, 1, err);
    if (status != OK)
        return status;
    snprintf(outcome->what, sizeof outcome->what, "%s", reading->quantity.of.label);
    snprintf(outcome->unit, sizeof outcome->unit, "%s", reading->quantity.of.unit);
    reading->memory =
        (struct memory){.choice = reading->choice,
                        .choices = quantities_choose(&reading->quantity, 1, reading->choice),
                        .replications = (size_t)outcome->design.replications,
                        .series = reading->series};
    return OK;
}

/* What is chosen of a variable into SERIES, from the point at ENTRY of the file. */
static int
read_choice(struct reading *reading, const struct outcome *outcome, size_t c, size_t entry,
            struct error *err)
{
    const struct memory_choice *choice = &reading->choice[c];
    struct memory_series *series = &reading->series[c];
    const struct store_variable *variable = store_find(outcome->store, choice->name);
    size_t replications = (size_t)outcome->design.replications;

    if (variable == NULL || variable->count % replications != 0)
        return error_set(err, BAD_INPUT, "%s is another than the design says", choice->name);
    size_t count = variable->count / replications;
    series->count = choice->fold != NULL ? choice->kept : count;
    if (series->value == NULL)
        series->value = calloc(replications * series->count + 1, sizeof *series->value);
    void *values = malloc(store_room(variable) + 1);
    if (series->value == NULL || values == NULL) {
        free(values);
        return error_set(err, NO_MEMORY, "no memory for the values of a point");
    }
    int status = store_read(outcome->store, variable, entry, &reading->tools, values, err);
    const double *from = status == OK ? store_doubles(variable, values) : NULL;
    for (size_t r = 0; r < replications && status == OK; r++)
        if (choice->fold != NULL)
            choice->fold(choice->context, from + r * count, count,
                         series->value + r * series->count);
        else
            memcpy(series->value + r * count, from + r * count, count * sizeof *from);
    free(values);
    return status;
}

static int
read_point(struct reading *reading, struct outcome *outcome, size_t entry, struct error *err)
{
    uint64_t point = store_replication(outcome->store, entry);
    uint64_t replications = outcome->design.replications;
    int status = OK;

    if (point >= outcome->design.points)
        return error_set(err, BAD_INPUT, "point %" PRIu64 " is none of the design", point);
    for (size_t c = 0; c < reading->memory.choices && status == OK; c++)
        status = read_choice(reading, outcome, c, entry, err);
    for (uint64_t r = 0; r < replications && status == OK; r++)
        quantities_take(&reading->quantity, 1, &reading->memory, r,
                        &outcome->value[point * replications + r]);
    outcome->held += !outcome->there[point];
    outcome->there[point] = true;
    return status;
}

static void
close_reading(struct reading *reading)
{
    for (size_t c = 0; c < QUANTITY_CHOICES; c++)
        free(reading->series[c].value);
    chunk_tools_free(&reading->tools);
    quantity_free(&reading->quantity);
    frame_free(&reading->frame);
    campaign_plan_free(&reading->plain);
}

/* A number that each future has by itself. */
static int
check_address(const struct address *address, struct error *err)
{
    if (address->statistic != STATISTIC_MEAN || address->bound != BOUND_NONE)
        return error_set(err, BAD_INPUT,
                         "factors move the mean over futures: give its address, such as "
                         "'mean(floor_sleepers, 2030)'");
    if (address->of[0] != '\0' || address->base[0] != '\0')
        return error_set(err, BAD_INPUT,
                         "the sweep is given as a file: leave the id out of the address");
    return OK;
}

int
outcome_read(struct outcome *outcome, const char *path, const struct address *address,
             struct error *err)
{
    struct reading reading = {0};

    memset(outcome, 0, sizeof *outcome);
    int status = check_address(address, err);
    if (status == OK)
        status = open_sweep(outcome, path, err);
    if (status == OK)
        status = make_room(outcome, err);
    if (status == OK)
        status = open_quantity(&reading, outcome, address, err);
    for (size_t i = 0; status == OK && i < store_replications(outcome->store); i++)
        status = read_point(&reading, outcome, i, err);
    close_reading(&reading);
    return status;
}

void
outcome_free(struct outcome *outcome)
{
    free(outcome->there);
    free(outcome->value);
    design_free(&outcome->design);
    faults_free(&outcome->faults);
    within_free(&outcome->within);
    store_close(outcome->store);
}
