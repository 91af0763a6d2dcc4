#include "shown.h"

#include "sim/base/array.h"

#include <stdlib.h>
#include <string.h>

enum { MONTHS = SHOWN_MONTHS, YEARS = SHOWN_YEARS, WHOLE = SHOWN_WHOLE };
enum { MEAN = SHOWN_MEAN, BANDS = SHOWN_BANDS, FUTURES = SHOWN_BANDS | SHOWN_FUTURES };
#define ALL_TIMES (MONTHS | YEARS | WHOLE)

const struct shown shown_table[] = {
    /* Overcrowding through the years. */
    {"people", NULL, ALL_TIMES, FUTURES},
    {"above_capacity", NULL, ALL_TIMES, FUTURES},
    {"floor_sleepers", NULL, ALL_TIMES, FUTURES},
    {"density", NULL, ALL_TIMES, FUTURES},
    {"felt_density", NULL, ALL_TIMES, FUTURES},
    {"capacity", NULL, ALL_TIMES, BANDS},
    {"people", "region", MONTHS | YEARS, BANDS},
    {"above_capacity", "region", MONTHS | YEARS, BANDS},
    {"floor_sleepers", "region", MONTHS | YEARS, BANDS},
    {"density", "region", MONTHS | YEARS, BANDS},
    {"felt_density", "region", MONTHS | YEARS, BANDS},
    {"capacity", "region", MONTHS | YEARS, MEAN},
    /* Where. */
    {"density", "facility", MONTHS | YEARS, MEAN},
    {"people", "facility", YEARS, MEAN},
    {"capacity", "facility", YEARS, MEAN},
    {"above_capacity", "facility", YEARS, MEAN},
    {"floor_sleepers", "facility", YEARS, MEAN},
    /* Small houses. */
    {"house_residents", NULL, ALL_TIMES, FUTURES},
    {"house_places", NULL, MONTHS | YEARS, BANDS},
    {"house_empty", NULL, MONTHS | YEARS, BANDS},
    {"vacating", NULL, MONTHS | YEARS, MEAN},
    {"waiting_for_house", NULL, MONTHS | YEARS, BANDS},
    {"house_residents", "region", YEARS, MEAN},
    {"house_places", "region", YEARS, MEAN},
    {"waiting_for_house", "region", YEARS, MEAN},
    {"handoff_gap", NULL, YEARS, MEAN},
    {"match", NULL, MONTHS | YEARS, MEAN},
    {"small_scale", NULL, MONTHS | YEARS, MEAN},
    {"projects", "stage", MONTHS | YEARS, MEAN},
    {"projects_at", "party", MONTHS | YEARS, MEAN},
    {"projects_open", NULL, MONTHS | YEARS, BANDS},
    {"projects_promised", NULL, MONTHS | YEARS, MEAN},
    {"projects_opened", NULL, YEARS, BANDS},
    {"opening_delay", NULL, YEARS, MEAN},
    {"waiting_by_need", "group", YEARS, MEAN},
    /* Measures. */
    {"measure_on", "measure", MONTHS | YEARS, MEAN},
    {"measure_people", "measure", MONTHS | YEARS, MEAN},
    {"measure_waiting", "measure", YEARS, MEAN},
    {"measure_taken", "measure", YEARS, MEAN},
    {"measure_days", "measure", YEARS, MEAN},
    {"early_releases", NULL, YEARS, MEAN},
    {"early_days", NULL, YEARS, MEAN},
    {"waiting_outside", NULL, ALL_TIMES, BANDS},
    /* Why it is crowded. */
    {"crowding", "part", MONTHS, MEAN},
    {"crowding_shortage", NULL, YEARS | WHOLE, MEAN},
    {"crowding_wrong_place", NULL, YEARS | WHOLE, MEAN},
    {"crowding_wrong_type", NULL, YEARS | WHOLE, MEAN},
    {"crowding_delay", NULL, YEARS | WHOLE, MEAN},
    /* Desks. */
    {"at_desk", "desk", MONTHS | YEARS, MEAN},
    {"desk_days", "desk", YEARS, MEAN},
    {"desk_done", "desk", YEARS, MEAN},
    {"ten_days", "desk", YEARS, MEAN},
    /* After release, and who. */
    {"came_back", "class", YEARS, MEAN},
    {"released_from", "regime", YEARS, MEAN},
    {"came_back_from", "regime", YEARS, MEAN},
    {"women", NULL, MONTHS | YEARS, MEAN},
    {"no_residence", NULL, MONTHS | YEARS, MEAN},
    {"population_by_need", "group", MONTHS | YEARS, MEAN},
    {"population", "status", MONTHS | YEARS, MEAN},
    /* Money. */
    {"total_cost", NULL, YEARS | WHOLE, BANDS},
    {"cost", "kind", YEARS | WHOLE, MEAN},
    {"building_cost", NULL, YEARS | WHOLE, MEAN},
    {"measure_cost", "measure", YEARS | WHOLE, MEAN},
    {"penalty", NULL, YEARS | WHOLE, MEAN},
};
const size_t shown_count = sizeof shown_table / sizeof *shown_table;

static bool
is_listed(const struct shown_asks *asks, size_t first, const char *label)
{
    for (size_t i = first; i < asks->count; i++)
        if (strcmp(asks->ask[i].label, label) == 0)
            return true;
    return false;
}

static int
add(struct shown_asks *asks, const struct shown *of, const char *label, struct error *err)
{
    if (!array_room(asks->ask, asks->room, asks->count + 1))
        return error_set(err, NO_MEMORY, "no memory for what the report shows");
    asks->ask[asks->count++] = (struct shown_ask){of, label};
    return OK;
}

static int
add_labels(struct shown_asks *asks, const struct shown *of, const char *series,
           const struct frame *frame, size_t frames, struct error *err)
{
    size_t first = asks->count;
    int status = OK;

    for (size_t f = 0; f < frames; f++) {
        const struct store_axis *axis = frame_axis(&frame[f], series, of->over);
        for (size_t i = 0; axis != NULL && i < axis->size && status == OK; i++)
            if (!is_listed(asks, first, axis->label[i]))
                status = add(asks, of, axis->label[i], err);
    }
    return status;
}

int
shown_list(struct shown_asks *asks, const struct frame *frame, size_t frames, struct error *err)
{
    int status = OK;

    *asks = (struct shown_asks){0};
    for (size_t i = 0; i < shown_count && status == OK; i++) {
        const struct shown *of = &shown_table[i];
        const struct indicator *indicator = indicator_find(of->name);
        const char *series = indicator != NULL ? indicator->term[0].series : of->name;
        bool kept = false;
        for (size_t f = 0; f < frames; f++)
            kept |= frame_keeps(&frame[f], series);
        if (kept && of->over == NULL)
            status = add(asks, of, NULL, err);
        else if (kept)
            status = add_labels(asks, of, series, frame, frames, err);
    }
    return status;
}

void
shown_free(struct shown_asks *asks)
{
    free(asks->ask);
    *asks = (struct shown_asks){0};
}
