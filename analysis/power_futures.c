#include "power_futures.h"

#include "frame.h"
#include "quantity.h"

#include "models/run/campaign.h"

#include <stdlib.h>
#include <string.h>

/* The futures of an effect while they are run. */
struct run_of_effect {
    struct frame frame;
    struct quantity
        *quantity; /* [quantities]: rows of what is counted, then places of each house */
    size_t quantities, houses;
    size_t *region; /* [houses]: the region of each */
    struct memory_choice *choice;
    struct memory memory;
};

struct futures {
    struct power *power;
    struct run_of_effect *run;      /* [effects] */
    struct experiment_point *point; /* [effects] */
    double *value;                  /* [most quantities][windows]: of the future that is taken */
};

size_t
futures_place(const struct power *power, size_t outcome)
{
    size_t rows = 0;

    for (size_t o = 0; o < outcome; o++)
        rows += power->scenario[0].regions.count * power->outcome[o].count;
    return rows;
}

size_t
futures_rows(const struct power *power)
{
    return futures_place(power, power->asked.outcomes.count);
}

static int
no_memory(const struct power *power, struct error *err)
{
    return error_set(err, NO_MEMORY, "no memory for %zu replications", power->replications);
}

/* COUNTED of a region, as the next quantity of RUN. */
static int
add_of_region(const struct power *power, struct run_of_effect *run, const struct address *counted,
              const char *region, struct error *err)
{
    const char *label[QUANTITY_LABELS], *axis[QUANTITY_LABELS];
    const struct quantity_name *asked = &counted->quantity;
    struct quantity_name name = {asked->name, label, asked->labels + 1, axis};

    for (size_t i = 0; i < asked->labels; i++) {
        label[i] = asked->label[i];
        axis[i] = asked->axis != NULL ? asked->axis[i] : NULL;
    }
    label[asked->labels] = region;
    axis[asked->labels] = "region";
    return quantity_create(&run->quantity[run->quantities++], &run->frame, &name, power->window,
                           power->windows, err);
}

static int
add_outcomes(const struct power *power, struct run_of_effect *run, struct error *err)
{
    const struct names *regions = &power->scenario[0].regions;
    int status = OK;

    for (size_t o = 0; o < power->asked.outcomes.count; o++)
        for (size_t i = 0; i < power->outcome[o].count; i++)
            for (size_t r = 0; r < regions->count && status == OK; r++)
                status =
                    add_of_region(power, run, &power->outcome[o].counted[i], regions->name[r], err);
    return status;
}

static bool
is_house(const struct frame *frame, size_t f)
{
    return strcmp(frame->facility_kind[f], "detention_house") == 0 ||
           strcmp(frame->facility_kind[f], "transition_house") == 0;
}

/* The places of each house, which tell when it is open. */
static int
add_houses(const struct power *power, struct run_of_effect *run, struct error *err)
{
    const struct names *regions = &power->scenario[0].regions;
    const struct frame *frame = &run->frame;
    const struct store_axis *facilities = frame_axis(frame, "capacity", "facility");
    int status = OK;

    if (facilities == NULL || frame->facility_kind == NULL || frame->facility_region == NULL)
        return OK; /* there are no facilities */
    for (size_t f = 0; f < frame->facilities && status == OK; f++) {
        const char *axis = "facility";
        const struct quantity_name name = {"capacity", &facilities->label[f], 1, &axis};
        size_t r = 0;
        if (!is_house(frame, f))
            continue;
        while (r + 1 < regions->count && strcmp(regions->name[r], frame->facility_region[f]) != 0)
            r++;
        run->region[run->houses++] = r;
        status = quantity_create(&run->quantity[run->quantities++], frame, &name, power->window,
                                 power->windows, err);
    }
    return status;
}

/* What is counted of the futures of an effect. */
static int
choose_counted(const struct power *power, struct run_of_effect *run, struct error *err)
{
    size_t most = futures_rows(power) + run->frame.facilities;

    run->quantity = calloc(most + 1, sizeof *run->quantity);
    run->region = calloc(run->frame.facilities + 1, sizeof *run->region);
    run->choice = calloc(most * QUANTITY_CHOICES + 1, sizeof *run->choice);
    if (run->quantity == NULL || run->region == NULL || run->choice == NULL)
        return no_memory(power, err);
    int status = add_outcomes(power, run, err);
    if (status == OK)
        status = add_houses(power, run, err);
    if (status == OK)
        run->memory.choices = quantities_choose(run->quantity, run->quantities, run->choice);
    run->memory.choice = run->choice;
    return status;
}

/* Make the futures of EFFECT ready to be run as a point. */
static int
open_effect(const struct futures *futures, size_t effect, struct error *err)
{
    const struct power *power = futures->power;
    struct run_of_effect *run = &futures->run[effect];
    struct experiment_point *point = &futures->point[effect];

    *point = (struct experiment_point){.first = 0, .last = power->replications - 1};
    int status = campaign_plan(point, &power->scenario[effect], err);
    if (status == OK)
        status = frame_of_layout(&run->frame, point->layout, err);
    if (status == OK)
        status = choose_counted(power, run, err);
    point->sink = sink_memory(&run->memory);
    return status;
}

static int
simulate(struct futures *futures, struct error *err)
{
    struct power *power = futures->power;
    const struct campaign campaign = {.point = futures->point,
                                      .points = power->effects,
                                      .threads = power->threads,
                                      .context = power->context,
                                      .progress = power->progress,
                                      .stop = power->stop,
                                      .days = &power->days};
    size_t most = 1;
    int status = OK;

    for (size_t e = 0; e < power->effects && status == OK; e++) {
        status = open_effect(futures, e, err);
        most = futures->run[e].quantities > most ? futures->run[e].quantities : most;
    }
    futures->value = calloc(most * power->windows + 1, sizeof *futures->value);
    if (status == OK && futures->value == NULL)
        status = no_memory(power, err);
    if (status == OK)
        status = campaign_run(&campaign, err);
    for (size_t e = 0; e < power->effects && status == OK; e++)
        if (futures->point[e].status != OK)
            status =
                error_set(err, futures->point[e].status, "%s", futures->point[e].error.message);
    return status;
}

int
futures_run(struct futures **out, struct power *power, struct error *err)
{
    struct futures *futures = *out = calloc(1, sizeof *futures);

    if (futures == NULL)
        return no_memory(power, err);
    futures->power = power;
    futures->run = calloc(power->effects + 1, sizeof *futures->run);
    futures->point = calloc(power->effects + 1, sizeof *futures->point);
    if (futures->run == NULL || futures->point == NULL)
        return no_memory(power, err);
    return simulate(futures, err);
}

static void
close_effect(struct run_of_effect *run, struct experiment_point *point)
{
    memory_free(&run->memory);
    for (size_t q = 0; q < run->quantities; q++)
        quantity_free(&run->quantity[q]);
    free(run->quantity);
    free(run->region);
    free(run->choice);
    frame_free(&run->frame);
    campaign_plan_free(point);
}

void
futures_free(struct futures *futures)
{
    if (futures == NULL)
        return;
    for (size_t e = 0;
         futures->run != NULL && futures->point != NULL && e < futures->power->effects; e++)
        close_effect(&futures->run[e], &futures->point[e]);
    free(futures->run);
    free(futures->point);
    free(futures->value);
    free(futures);
}

/* When houses open in each region, by their PLACES [houses][windows]. One that is open in the first
 * month is no part of the roll-out. */
static void
see_openings(const struct power *power, const struct run_of_effect *run, const double *places,
             struct counted *counted)
{
    counted->opens = false;
    for (size_t r = 0; r < power->scenario[0].regions.count; r++)
        counted->opened[r] = power->months;
    for (size_t m = 0; m < power->months; m++)
        counted->house_months[m] = 0;
    for (size_t h = 0; h < run->houses; h++, places += power->windows) {
        size_t *opened = &counted->opened[run->region[h]];
        for (size_t m = 1; m < power->months && !(places[0] > 0); m++) {
            if (!(places[m] > 0))
                continue;
            counted->house_months[m]++;
            *opened = m < *opened ? m : *opened;
            counted->opens = true;
        }
    }
}

void
futures_take(const struct futures *futures, size_t effect, size_t replication,
             struct counted *counted)
{
    const struct power *power = futures->power;
    const struct run_of_effect *run = &futures->run[effect];
    size_t values = futures_rows(power) * power->windows;

    quantities_take(run->quantity, run->quantities, &run->memory, replication, futures->value);
    memcpy(counted->value, futures->value, values * sizeof *counted->value);
    see_openings(power, run, futures->value + values, counted);
}
