/* Desks: where a procedure is done. With places for so many cases at a time, others wait their
 * turn, in order of (priority of the class, since, name). A desk of one facility calls the next
 * case at the very moment at which one ends; a desk of a region or of the nation is served by the
 * daily round. */

#include "models/model.h"

#include <string.h>

static const struct desk_record *
desk_row(const struct model *model, int desk)
{
    return (const struct desk_record *)model->plan->scenario->desks.item + desk;
}

/* A case that would end on a weekend ends on the Monday. */
static ticks
working_day(const struct plan *plan, const struct desk_record *desk, ticks due)
{
    int32_t day = (int32_t)ticks_day(due);
    int weekday = ((plan->first_day + day + 3) % 7 + 7) % 7;

    if (!desk->working_days || weekday < 5)
        return due;
    return (ticks)(day + 7 - weekday) * TICKS_PER_DAY;
}

static int
desk_of(const struct site *site, uint32_t slot)
{
    return site->model->plan->phase[site->person[slot].phase].desk;
}

static void
set_case(struct site *site, uint32_t slot, enum case_state state, ticks now)
{
    struct person *person = &site->person[slot];

    site_count(site, person, -1, now);
    person->desk_case = (uint8_t)state;
    site_count(site, person, 1, now);
}

/* The case starts: it ends when its time is up, unless a competing clock rings before. */
static void
start(struct site *site, uint32_t slot, ticks now)
{
    struct person *person = &site->person[slot];
    const struct desk_record *desk = desk_row(site->model, desk_of(site, slot));

    if (person->desk_case == CASE_WAITING)
        set_case(site, slot, CASE_NONE, now);
    person->planned = working_day(site->model->plan, desk, now + person->planned);
    if (desk->places > 0)
        person->desk_case = CASE_RUNNING;
    if (person->planned < person->due[CLOCK_PHASE]) {
        person->clock = 0;
        site_set_clock(site, slot, CLOCK_PHASE, person->planned);
    }
}

/* Does A stand before B in the line of a facility: by desk, there by the class's priority, then who
 * has asked first? */
static bool
stands_before(const struct plan *plan, const struct person *a, const struct person *b)
{
    int16_t desk = plan->phase[a->phase].desk, other = plan->phase[b->phase].desk;
    uint8_t first = plan->class[a->class].priority, second = plan->class[b->class].priority;

    if (desk != other)
        return desk < other;
    if (first != second)
        return first < second;
    if (a->asked != b->asked)
        return a->asked < b->asked;
    return a->name.source != b->name.source ? a->name.source < b->name.source
                                            : a->name.number < b->name.number;
}

/* How many in the line stand before PERSON. */
static uint32_t
place_in_line(const struct site *site, const struct person *person)
{
    uint32_t low = 0, high = site->line_ups;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (stands_before(site->model->plan, &site->person[site->line_up[middle]], person))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Where in the line the next for DESK stands, or NOWHERE. */
static uint32_t
next_in_line(const struct site *site, int desk)
{
    uint32_t low = 0, high = site->line_ups;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (desk_of(site, site->line_up[middle]) < desk)
            low = middle + 1;
        else
            high = middle;
    }
    return low < site->line_ups && desk_of(site, site->line_up[low]) == desk ? low : NOWHERE;
}

/* SLOT takes its place in the line. */
static void
enter_line(struct site *site, uint32_t slot)
{
    uint32_t before = site->line_ups, at = place_in_line(site, &site->person[slot]);

    site_push(site, &site->line_up, &site->line_ups, &site->line_up_room, slot);
    if (site->line_ups == before)
        return;
    memmove(&site->line_up[at + 1], &site->line_up[at], (before - at) * sizeof *site->line_up);
    site->line_up[at] = slot;
}

static void
leave_line(struct site *site, uint32_t at)
{
    site->line_ups--;
    memmove(&site->line_up[at], &site->line_up[at + 1],
            (site->line_ups - at) * sizeof *site->line_up);
}

/* Call the next of those who wait at DESK of this facility, as long as there is a place. */
static void
call_next(struct site *site, int desk, ticks now)
{
    int64_t places = desk_row(site->model, desk)->places;
    uint32_t at;

    while (site->running[desk] < places && (at = next_in_line(site, desk)) != NOWHERE) {
        uint32_t slot = site->line_up[at];
        leave_line(site, at);
        site->running[desk]++;
        start(site, slot, now);
    }
}

/* SLOT lines up: with the facility, or with the office for the next round. */
static void
line_up(struct site *site, uint32_t slot, int desk)
{
    if (desk_row(site->model, desk)->serves == SERVES_FACILITY)
        enter_line(site, slot);
    else
        site_request(site, slot, ASKS_DESK);
}

void
desk_begin(struct site *site, uint32_t slot, ticks length, ticks now)
{
    struct person *person = &site->person[slot];
    int desk = desk_of(site, slot);
    const struct desk_record *row = desk_row(site->model, desk);

    person->planned = length;
    if (row->places == 0) {
        start(site, slot, now);
    } else if (row->serves == SERVES_FACILITY && site->running[desk] < row->places) {
        site->running[desk]++;
        start(site, slot, now);
    } else {
        person->asked = now;
        set_case(site, slot, CASE_WAITING, now);
        line_up(site, slot, desk);
    }
}

void
desk_leave(struct site *site, uint32_t slot, ticks now)
{
    struct person *person = &site->person[slot];
    int desk = desk_of(site, slot);

    if (person->desk_case == CASE_NONE)
        return;
    if (desk_row(site->model, desk)->serves != SERVES_FACILITY)
        return;
    if (person->desk_case == CASE_RUNNING) {
        site->running[desk]--;
        call_next(site, desk, now);
        return;
    }
    for (uint32_t i = 0; i < site->line_ups; i++)
        if (site->line_up[i] == slot) {
            leave_line(site, i);
            return;
        }
}

void
desk_arrive(struct site *site, uint32_t slot, ticks now)
{
    struct person *person = &site->person[slot];
    int desk = desk_of(site, slot);

    if (person->desk_case == CASE_NONE)
        return;
    if (person->desk_case == CASE_WAITING)
        line_up(site, slot, desk);
    if (desk_row(site->model, desk)->serves != SERVES_FACILITY)
        return;
    if (person->desk_case == CASE_RUNNING)
        site->running[desk]++;
    else
        call_next(site, desk, now);
}

void
desk_end(struct site *site, uint32_t slot, ticks now)
{
    struct person *person = &site->person[slot];
    const struct plan *plan = site->model->plan;
    int desk = desk_of(site, slot);

    if (person->desk_case == CASE_NONE)
        return;
    desk_leave(site, slot, now);
    if (person->desk_case == CASE_RUNNING &&
        desk_row(site->model, desk)->serves != SERVES_FACILITY) {
        site_push(site, &site->closed, &site->closes, &site->close_room,
                  (uint32_t)desk * plan->regions + person->region);
    }
    set_case(site, slot, CASE_NONE, now);
}

/* Which count of running cases a case at DESK of somebody from REGION belongs to. */
static int64_t *
running(struct model *model, int desk, uint32_t region)
{
    return &model->running[(uint32_t)desk * model->plan->regions +
                           (desk_row(model, desk)->serves == SERVES_REGION ? region : 0)];
}

void
desk_take_back(struct model *model, struct site *site)
{
    uint32_t regions = model->plan->regions;

    for (uint32_t i = 0; i < site->closes; i++)
        --*running(model, (int)(site->closed[i] / regions), site->closed[i] % regions);
    site->closes = 0;
}

bool
desk_has_place(struct model *model, const struct person *person)
{
    int desk = model->plan->phase[person->phase].desk;

    return *running(model, desk, person->region) < desk_row(model, desk)->places;
}

void
desk_start(struct model *model, struct site *site, uint32_t slot, ticks now)
{
    ++*running(model, desk_of(site, slot), site->person[slot].region);
    start(site, slot, now);
}

void
desk_settle(struct site *site, uint32_t slot)
{
    int desk = desk_of(site, slot);

    if (desk < 0 || desk_row(site->model, desk)->places == 0)
        return;
    site->person[slot].desk_case = CASE_RUNNING;
    if (desk_row(site->model, desk)->serves == SERVES_FACILITY)
        site->running[desk]++;
    else
        ++*running(site->model, desk, site->person[slot].region);
}
