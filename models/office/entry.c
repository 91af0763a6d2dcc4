#include "entry.h"

#include "choose.h"
#include "move.h"

#include "models/pathways/desk.h"

#include "models/state.h"

/* Whom the region has no place for: the nation looks further. */
static void
send_away(struct region_office *region, struct site *site, uint32_t slot)
{
    site_push(site, &region->away, &region->aways, &region->away_room, site->id);
    site_push(site, &region->away, &region->aways, &region->away_room, slot);
}

/* Why somebody comes to a prison: from a house by a breach, from rented places as a measure ends.
 */
static enum trace_move
why_back(const struct site *from)
{
    return site_is_house(from) ? MOVE_BREACH : from->facility != NULL ? MOVE_BACK : MOVE_ENTRY;
}

/* Find a prison for the person of SLOT. Somebody from another region (sent back by a house here) is
 * the nation's affair, and so is somebody whom no prison of the region accepts. */
static void
place(struct model *model, struct site *site, uint32_t slot, ticks now)
{
    struct person *person = &site->person[slot];
    struct site *to = person->region == site->region ? choose_court(model, person) : NULL;

    if (to != NULL)
        move_to(model, site, slot, to, why_back(site), now);
    else
        send_away(&model->office->region[site->region], site, slot);
}

void
entry_place(struct model *model, struct site *site, uint32_t slot, ticks now)
{
    site->person[slot].wants_place = true;
    place(model, site, slot, now);
}

static void
answer(struct model *model, struct site *site, uint32_t slot, enum asks what, ticks now)
{
    struct person *person = &site->person[slot];

    if (person->phase == NO_PHASE)
        return;
    if (what == ASKS_PLACE && person->wants_place)
        place(model, site, slot, now);
    else if (what == ASKS_TURN && person->queue != QUEUE_NONE)
        office_list_add(model, site, slot, (enum queue_kind)person->queue);
    else if (what == ASKS_DESK && desk_waits_for_round(site, slot))
        office_list_add(model, site, slot, QUEUE_DESK);
}

/* What was asked for at SITE since the last round, in the order of asking. */
void
entry_answer(struct model *model, struct site *site, ticks now)
{
    uint32_t requests = site->requests;

    for (uint32_t r = 0; r < requests; r++)
        person_fetch(&site->person[site->request[r].slot]);
    for (uint32_t r = 0; r < requests; r++)
        answer(model, site, site->request[r].slot, (enum asks)site->request[r].what, now);
    if (requests > 0) /* moving may have added requests behind those that were there */
        site_drop_requests(site, requests);
}

/* Whom their region had no place for: the own region's prison after all, or the emptiest of the
 * country. Who finds none asks again at the next round. */
void
entry_away(struct model *model, ticks now)
{
    for (uint32_t r = 0; r < model->plan->regions; r++) {
        struct region_office *region = &model->office->region[model->plan->region_by_name[r]];
        for (uint32_t i = 0; i < region->aways; i += 2) {
            struct site *from = &model->site[region->away[i]];
            uint32_t slot = region->away[i + 1];
            struct person *person = &from->person[slot];
            if (!person->wants_place)
                continue; /* found a place meanwhile */
            struct site *to = choose_court(model, person);
            if (to == NULL)
                to = choose_anywhere(model, person);
            if (to != NULL)
                move_to(model, from, slot, to, why_back(from), now);
            else
                site_request(from, slot, ASKS_PLACE);
        }
        region->aways = 0;
    }
}
