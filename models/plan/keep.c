#include "keep.h"

#include "sim/engine/calendar.h"

#include <stdlib.h>
#include <string.h>

static bool
begins_row(const struct plan *plan, uint8_t tick, int32_t day)
{
    struct date date = calendar_date(plan->scenario->start + day);

    return day == 0 || tick == KEEP_DAY ||
           (tick == KEEP_WEEK && calendar_weekday(plan->scenario->start + day) == 0) ||
           (tick == KEEP_MONTH && date.day == 1) ||
           (tick == KEEP_YEAR && date.day == 1 && date.month == 1);
}

static int
keep_scope(struct plan *plan, struct keep_plan *keep, uint8_t tick, const struct keep_object *row,
           struct error *err)
{
    size_t days = (size_t)plan->result_days + 1;

    *keep = (struct keep_plan){.tick = tick,
                               .row_of = malloc(days * sizeof *keep->row_of),
                               .first = malloc(days * sizeof *keep->first)};
    if (row != NULL)
        keep->series = row->series;
    if (keep->row_of == NULL || keep->first == NULL)
        return error_set(err, NO_MEMORY, "no memory for the days of the result");
    for (int32_t day = 0; day < plan->result_days; day++) {
        if (begins_row(plan, tick, day))
            keep->first[keep->rows++] = day;
        keep->row_of[day] = keep->rows - 1;
    }
    return OK;
}

int
plan_keep_create(struct plan *plan, struct error *err)
{
    static const uint8_t usual[SCOPES] = {KEEP_DAY, KEEP_DAY, KEEP_MONTH};
    const struct keep_object *rows = plan->scenario->keep.item;
    int status = OK;

    memset(plan->keep, 0, sizeof plan->keep);
    for (int scope = 0; scope < SCOPES && plan->scenario->keep.count == 0 && status == OK; scope++)
        status = keep_scope(plan, &plan->keep[scope], usual[scope], NULL, err);
    for (size_t i = 0; rows != NULL && i < plan->scenario->keep.count && status == OK; i++)
        status = keep_scope(plan, &plan->keep[rows[i].scope], (uint8_t)rows[i].tick, &rows[i], err);
    return status;
}

void
plan_keep_free(struct plan *plan)
{
    for (int scope = 0; scope < SCOPES; scope++) {
        free(plan->keep[scope].row_of);
        free(plan->keep[scope].first);
    }
}
