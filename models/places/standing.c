#include "standing.h"

static void
set_places(struct standing *standing, double value)
{
    standing->places = (int64_t)(value + 0.5);
}

static void
set_beds(struct standing *standing, double value)
{
    standing->bed_places = (int64_t)(value + 0.5);
}

static void
set_entry(struct standing *standing, double value)
{
    standing->entry = value;
}

static void
set_ceiling(struct standing *standing, double value)
{
    standing->ceiling = value;
}

static void
open_up(struct standing *standing, double value)
{
    (void)value;
    standing->open = true;
}

/* It takes nobody in any more, and its people go as there is room elsewhere. */
static void
begin_to_leave(struct standing *standing, double value)
{
    (void)value;
    standing->open = standing->leaving = true;
}

static void
close_down(struct standing *standing, double value)
{
    (void)value;
    standing->open = false;
    standing->leaving = true;
}

static void
set_cap(struct standing *standing, double value)
{
    standing->cap = (int64_t)(value + 0.5);
}

/* What each kind of row of the calendar does. */
static void (*const kinds[CAL_KINDS])(struct standing *, double) = {
    [CAL_CAPACITY] = set_places, [CAL_BEDS] = set_beds, [CAL_ENTRY] = set_entry,
    [CAL_CEILING] = set_ceiling, [CAL_OPEN] = open_up,  [CAL_LEAVE] = begin_to_leave,
    [CAL_CLOSE] = close_down,    [CAL_CAP] = set_cap,
};

struct standing
standing_begin(const struct facility_plan *facility)
{
    bool allocated = facility != NULL && facility->allocated;

    return (struct standing){.bed_places = -1, .ceiling = allocated ? 1 : 1e9};
}

void
standing_apply(struct standing *standing, const struct calendar_plan *row)
{
    kinds[row->kind](standing, row->value);
}
