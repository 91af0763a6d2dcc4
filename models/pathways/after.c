#include "after.h"

#include "models/places/events.h"
#include "models/plan/draws.h"
#include "models/state.h"

#include "sim/base/array.h"

#include <stdlib.h>

/* Of a region. A free place names the next free one in its person. */
struct away {
    struct traveller *who; /* [room] */
    uint32_t used, room;
    int64_t free; /* -1: none */
};

struct after {
    uint32_t regions;
    struct away away[]; /* [regions] */
};

struct after *
after_create(const struct plan *plan)
{
    struct after *after = calloc(1, sizeof *after + plan->regions * sizeof *after->away);

    if (after != NULL)
        after->regions = plan->regions;
    return after;
}

void
after_reset(struct model *model)
{
    for (uint32_t r = 0; r < model->after->regions; r++) {
        model->after->away[r].used = 0;
        model->after->away[r].free = -1;
    }
}

void
after_free(struct after *after)
{
    for (uint32_t r = 0; after != NULL && r < after->regions; r++)
        free(after->away[r].who);
    free(after);
}

/* Send WHO to their region at DUE: from an event as a message, from the round at once. */
static void
send_back(struct site *site, const struct traveller *who, ticks due)
{
    struct model *model = site->model;
    uint32_t to = plan_region_site(model->plan, who->person.region);

    if (site->lp->thread >= 0) {
        ticks end = engine_window_end(model->engine);
        lp_send(site->lp, to, due > end ? due : end, 0, EVENT_COME_BACK, 0, who);
        return;
    }
    uint32_t number = after_keep(&model->site[to], who);
    if (number != NOWHERE)
        lp_schedule(model->site[to].lp, due, 0, EVENT_COME_BACK, number);
}

/* What PERSON, who has just left SITE, was in. */
static enum regime
regime_left(const struct site *site, const struct person *person)
{
    static const enum regime by_where[WHERES] = {
        [WHERE_FACILITY] = REGIME_PRISON, [WHERE_CUSTODY] = REGIME_PRISON,
        [WHERE_HOME] = REGIME_HOME,       [WHERE_OUTSIDE] = REGIMES,
        [WHERE_DOOR] = REGIMES,           [WHERE_ABROAD] = REGIME_PRISON};

    return site_is_house(site) && person->where == WHERE_FACILITY ? REGIME_HOUSE
                                                                  : by_where[person->where];
}

void
after_release(struct site *site, struct traveller *who, uint16_t exit, ticks now)
{
    const struct plan *plan = site->plan;
    struct person *person = &who->person;
    uint16_t number = plan->come_back.of[(size_t)person->class * plan->exits + exit];

    site_flow(site,
              counts_flow(plan, FLOW_TIMES) + (person->times < TIMES ? person->times : TIMES - 1),
              1);
    who->regime = (uint8_t)regime_left(site, person);
    if (who->regime < REGIMES)
        site_flow(site, counts_flow(plan, FLOW_FROM) + who->regime, 1);
    if (number == NO_RULE)
        return;
    const struct come_back_rule *rule = &plan->come_back.rule[number];
    struct stream stream = site_stream(site, person, DRAW_COME_BACK, person->times);
    double stays_out = rule->stays_out[person_age(person, now)][person->was_home]
                                      [person->was_in_house][person->was_rushed];
    if (stream_uniform(&stream) >= 1 - stays_out)
        return;
    ticks due = now + ticks_from_days(distribution_draw(rule->delay, &stream));
    if (due >= plan->end)
        return;
    person->phase = NO_PHASE;
    if (rule->as != NO_CLASS)
        person->class = rule->as;
    send_back(site, who, due);
}

uint32_t
after_keep(struct site *site, const struct traveller *who)
{
    struct away *away = &site->model->after->away[site->region];
    uint32_t number = away->used;

    if (away->free >= 0) {
        number = (uint32_t)away->free;
        away->free = away->who[number].person.next_free;
    } else {
        size_t room = away->room;
        if (!array_room(away->who, room, (size_t)away->used + 1) || room > UINT32_MAX) {
            lp_fail(site->lp, NO_MEMORY, "no memory for another person who will come back");
            return NOWHERE;
        }
        away->room = (uint32_t)room;
        away->used++;
    }
    away->who[number] = *who;
    return number;
}

struct traveller
after_take(struct site *site, uint32_t number)
{
    struct away *away = &site->model->after->away[site->region];
    struct traveller who = away->who[number];

    away->who[number].person.next_free = away->free;
    away->free = number;
    return who;
}
