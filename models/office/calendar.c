#include "calendar.h"

#include "sim/base/array.h"

#include <stdlib.h>
#include <string.h>

bool
calendar_fit(struct calendar *calendar, const struct plan *plan, uint32_t region)
{
    return array_room(calendar->row, calendar->room,
                      (size_t)plan->region[region].calendars + plan->region[region].project_rows +
                          1);
}

bool
calendar_create(struct calendar *calendar, const struct plan *plan, uint32_t region)
{
    *calendar = (struct calendar){.rows = 0};
    if (!calendar_fit(calendar, plan, region))
        return false;
    calendar_reset(calendar, plan, region);
    return true;
}

void
calendar_reset(struct calendar *calendar, const struct plan *plan, uint32_t region)
{
    const struct region_plan *own = &plan->region[region];

    if (own->calendars > 0)
        memcpy(calendar->row, plan->calendar + own->first_calendar,
               own->calendars * sizeof *calendar->row);
    calendar->rows = own->calendars;
    calendar->done = 0;
}

void
calendar_free(struct calendar *calendar)
{
    free(calendar->row);
    *calendar = (struct calendar){0};
}

/* The order of a region's rows: the plan's (plan/calendar.c). */
static bool
comes_before(const struct calendar_plan *a, const struct calendar_plan *b)
{
    if (a->day != b->day)
        return a->day < b->day;
    if (a->facility != b->facility)
        return a->facility < b->facility;
    return a->kind < b->kind;
}

bool
calendar_add(struct calendar *calendar, const struct calendar_plan *row)
{
    uint32_t at = calendar->rows;

    if (!array_room(calendar->row, calendar->room, (size_t)calendar->rows + 1))
        return false;
    for (; at > calendar->done && comes_before(row, &calendar->row[at - 1]); at--)
        calendar->row[at] = calendar->row[at - 1];
    calendar->row[at] = *row;
    calendar->rows++;
    return true;
}

const struct calendar_plan *
calendar_next(struct calendar *calendar, int32_t day)
{
    if (calendar->done == calendar->rows || calendar->row[calendar->done].day > day)
        return NULL;
    return &calendar->row[calendar->done++];
}
