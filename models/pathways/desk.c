/* Desks: where a procedure is done. With places for so many cases at a time, others wait their
 * turn, in order of (priority of the class, since, name). A desk of one facility calls the next
 * case at the very moment at which one ends; a desk of a region or of the nation is served by the
 * daily round. */

#include "desk.h"

#include "models/places/trace.h"
#include "models/state.h"

#include <stdlib.h>
#include <string.h>

/* Cases at one site. */
struct site_desks {
    _Alignas(64) uint32_t *line_up; /* slots that wait at this facility's desks, in their order */
    uint32_t line_ups, line_up_room;
    uint32_t *ended; /* cases ended at desks of a region or the nation: desk * regions + region */
    uint32_t ends, end_room;
    int64_t *running; /* [desks]: cases at this facility's desks */
};

struct desks {
    uint32_t sites;
    size_t running_size;
    int64_t *running; /* [desks][regions]: cases at desks of regions; of the nation: region 0; then
                         [sites][desks] of each site */
    struct site_desks *at; /* [sites] */
};

struct desks *
desks_create(const struct plan *plan)
{
    struct desks *desks = calloc(1, sizeof *desks);
    size_t size = plan->sites * sizeof *desks->at;

    if (desks == NULL)
        return NULL;
    desks->running_size =
        ((size_t)plan->desks * (plan->regions + plan->sites) + 1) * sizeof(int64_t);
    desks->running = calloc(1, desks->running_size);
    desks->at = aligned_alloc(_Alignof(struct site_desks), size);
    if (desks->running == NULL || desks->at == NULL) {
        desks_free(desks);
        return NULL;
    }
    memset(desks->at, 0, size);
    desks->sites = plan->sites;
    for (uint32_t i = 0; i < plan->sites; i++)
        desks->at[i].running = desks->running + (size_t)plan->desks * (plan->regions + i);
    return desks;
}

void
desks_reset(struct model *model)
{
    struct desks *desks = model->desks;

    memset(desks->running, 0, desks->running_size);
    for (uint32_t i = 0; i < desks->sites; i++)
        desks->at[i].line_ups = desks->at[i].ends = 0;
}

void
desks_free(struct desks *desks)
{
    if (desks == NULL)
        return;
    for (uint32_t i = 0; i < desks->sites; i++) {
        free(desks->at[i].line_up);
        free(desks->at[i].ended);
    }
    free(desks->at);
    free(desks->running);
    free(desks);
}

static struct site_desks *
desks_at(const struct site *site)
{
    return &site->model->desks->at[site->id];
}

/* A case that would end on a weekend ends on the Monday. */
static ticks
working_day(const struct plan *plan, const struct desk_plan *desk, ticks due)
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
    return site->plan->phase[site->person[slot].phase].desk;
}

static void
set_case(struct site *site, uint32_t slot, enum case_state state, ticks now)
{
    struct person *person = &site->person[slot];

    site_count(site, person, -1, now);
    person->desk_case = (uint8_t)state;
    site_count(site, person, 1, now);
}

/* The case, of LENGTH, starts: it ends when its time is up, unless a competing clock rings before.
 */
static void
start(struct site *site, uint32_t slot, ticks length, ticks now)
{
    struct person *person = &site->person[slot];
    const struct desk_plan *desk = &site->plan->desk[desk_of(site, slot)];

    if (person->desk_case == CASE_WAITING)
        set_case(site, slot, CASE_NONE, now);
    trace_tell(site, person, TRACE_CASE, (uint32_t)desk_of(site, slot), now);
    person->planned = working_day(site->plan, desk, now + length);
    if (desk->places > 0)
        person->desk_case = CASE_RUNNING;
    if (person->planned < person->due[CLOCK_PHASE]) {
        person->clock = 0;
        site_set_clock(site, slot, CLOCK_PHASE, person->planned);
    }
}

/* Does SLOT stand before OTHER in the line of a facility: by desk, there by the class's priority,
 * then who has asked first? */
static bool
stands_before(const struct site *site, uint32_t slot, uint32_t other)
{
    const struct plan *plan = site->plan;
    const struct person *a = &site->person[slot], *b = &site->person[other];
    int desk_a = desk_of(site, slot), desk_b = desk_of(site, other);
    uint8_t first = plan->class[a->class].priority, second = plan->class[b->class].priority;
    ticks since_a = site->more[slot].asked, since_b = site->more[other].asked;

    if (desk_a != desk_b)
        return desk_a < desk_b;
    if (first != second)
        return first < second;
    if (since_a != since_b)
        return since_a < since_b;
    return a->name.source != b->name.source ? a->name.source < b->name.source
                                            : a->name.number < b->name.number;
}

/* How many in the line stand before SLOT. */
static uint32_t
position_in_line(const struct site *site, uint32_t slot)
{
    const struct site_desks *here = desks_at(site);
    uint32_t low = 0, high = here->line_ups;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (stands_before(site, here->line_up[middle], slot))
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
    const struct site_desks *here = desks_at(site);
    uint32_t low = 0, high = here->line_ups;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (desk_of(site, here->line_up[middle]) < desk)
            low = middle + 1;
        else
            high = middle;
    }
    return low < here->line_ups && desk_of(site, here->line_up[low]) == desk ? low : NOWHERE;
}

/* SLOT takes its position in the line. */
static void
enter_line(struct site *site, uint32_t slot)
{
    struct site_desks *here = desks_at(site);
    uint32_t before = here->line_ups, at = position_in_line(site, slot);

    site_push(site, &here->line_up, &here->line_ups, &here->line_up_room, slot);
    if (here->line_ups == before)
        return;
    memmove(&here->line_up[at + 1], &here->line_up[at], (before - at) * sizeof *here->line_up);
    here->line_up[at] = slot;
}

/* The slot that stood AT this position of the line, and leaves it. */
static uint32_t
leave_line(struct site_desks *here, uint32_t at)
{
    uint32_t slot = here->line_up[at];

    here->line_ups--;
    memmove(&here->line_up[at], &here->line_up[at + 1],
            (here->line_ups - at) * sizeof *here->line_up);
    return slot;
}

/* Call the next of those who wait at DESK of this facility, as long as there is a place. */
static void
call_next(struct site *site, int desk, ticks now)
{
    struct site_desks *here = desks_at(site);
    int64_t places = site->plan->desk[desk].places;
    uint32_t at;

    while (here->running[desk] < places && (at = next_in_line(site, desk)) != NOWHERE) {
        uint32_t slot = leave_line(here, at);
        here->running[desk]++;
        start(site, slot, site->more[slot].length, now);
    }
}

/* SLOT lines up: with the facility, or with the office for the next round. */
static void
line_up(struct site *site, uint32_t slot, int desk)
{
    if (site->plan->desk[desk].serves == SERVES_FACILITY)
        enter_line(site, slot);
    else
        site_request(site, slot, ASKS_DESK);
}

void
desk_begin(struct site *site, uint32_t slot, ticks length, ticks now)
{
    int desk = desk_of(site, slot);
    const struct desk_plan *row = &site->plan->desk[desk];
    int64_t *running_here = &desks_at(site)->running[desk];

    if (row->places == 0) {
        start(site, slot, length, now);
    } else if (row->serves == SERVES_FACILITY && *running_here < row->places) {
        ++*running_here;
        start(site, slot, length, now);
    } else {
        site_case_waits(site, slot, length, now);
        set_case(site, slot, CASE_WAITING, now);
        trace_tell(site, &site->person[slot], TRACE_WAITS, WAIT_DESK, now);
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
    if (site->plan->desk[desk].serves != SERVES_FACILITY)
        return;
    if (person->desk_case == CASE_RUNNING) {
        desks_at(site)->running[desk]--;
        call_next(site, desk, now);
        return;
    }
    struct site_desks *here = desks_at(site);
    for (uint32_t i = 0; i < here->line_ups; i++)
        if (here->line_up[i] == slot) {
            leave_line(here, i);
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
    if (site->plan->desk[desk].serves != SERVES_FACILITY)
        return;
    if (person->desk_case == CASE_RUNNING)
        desks_at(site)->running[desk]++;
    else
        call_next(site, desk, now);
}

#define TEN_DAYS (10 * TICKS_PER_DAY)

/* SLOT's procedure has come to its end at DESK, unless a competing clock has ended the phase. */
static void
count_end(struct site *site, uint32_t slot, int desk, ticks now)
{
    const struct person *person = &site->person[slot];
    const struct plan *plan = site->plan;
    ticks took = now - person->began;

    if (person->clock > 0)
        return;
    site_flow(site, counts_flow(plan, FLOW_DESK_DONE) + desk, 1);
    if (person_inside(person))
        site_flow(site, counts_flow(plan, FLOW_TEN_DAYS) + desk, took < TEN_DAYS ? took : TEN_DAYS);
}

void
desk_end(struct site *site, uint32_t slot, ticks now)
{
    struct person *person = &site->person[slot];
    const struct plan *plan = site->plan;
    int desk = desk_of(site, slot);

    if (desk >= 0)
        count_end(site, slot, desk, now);
    if (person->desk_case == CASE_NONE)
        return;
    desk_leave(site, slot, now);
    if (person->desk_case == CASE_RUNNING && site->plan->desk[desk].serves != SERVES_FACILITY) {
        struct site_desks *here = desks_at(site);
        site_push(site, &here->ended, &here->ends, &here->end_room,
                  (uint32_t)desk * plan->regions + person->region);
    }
    set_case(site, slot, CASE_NONE, now);
}

/* Which count of running cases a case at DESK of somebody from REGION belongs to. */
static int64_t *
running(struct model *model, int desk, uint32_t region)
{
    return &model->desks->running[(uint32_t)desk * model->plan->regions +
                                  (model->plan->desk[desk].serves == SERVES_REGION ? region : 0)];
}

bool
desk_waits_for_round(const struct site *site, uint32_t slot)
{
    return site->person[slot].desk_case == CASE_WAITING &&
           site->plan->desk[desk_of(site, slot)].serves != SERVES_FACILITY;
}

void
desk_take_back(struct model *model)
{
    uint32_t regions = model->plan->regions;

    for (uint32_t i = 0; i < model->desks->sites; i++) {
        struct site_desks *at = &model->desks->at[i];
        for (uint32_t k = 0; k < at->ends; k++)
            --*running(model, (int)(at->ended[k] / regions), at->ended[k] % regions);
        at->ends = 0;
    }
}

bool
desk_has_place(struct model *model, const struct person *person)
{
    int desk = model->plan->phase[person->phase].desk;

    return *running(model, desk, person->region) < model->plan->desk[desk].places;
}

void
desk_start(struct model *model, struct site *site, uint32_t slot, ticks now)
{
    ++*running(model, desk_of(site, slot), site->person[slot].region);
    start(site, slot, site->more[slot].length, now);
}

void
desk_settle(struct site *site, uint32_t slot)
{
    int desk = desk_of(site, slot);

    if (desk < 0 || site->plan->desk[desk].places == 0)
        return;
    site->person[slot].desk_case = CASE_RUNNING;
    if (site->plan->desk[desk].serves == SERVES_FACILITY)
        desks_at(site)->running[desk]++;
    else
        ++*running(site->model, desk, site->person[slot].region);
}
