#include "crowds.h"

#include "models/state.h"

#include <string.h>

bool
crowds_create(struct crowds *crowds, const struct plan *plan)
{
    return crowding_create(&crowds->network, plan->facilities, GROUPS);
}

void
crowds_free(struct crowds *crowds)
{
    crowding_free(&crowds->network);
}

/* Would the facility of TO take somebody of GROUP at once? */
static bool
group_accepted(const struct site *to, struct group group)
{
    return accept_kind(to->facility, group.status, group.sex) &&
           (!to->facility->house || group.list == GROUP_HOUSE_LIST);
}

static bool
same_kind(const struct site *a, const struct site *b)
{
    return a->facility->statuses == b->facility->statuses &&
           a->facility->sexes == b->facility->sexes && a->facility->house == b->facility->house;
}

/* Fill the network with everybody above capacity and every free place, places that accept the same
 * people together; the sums of both. */
static void
fill_network(const struct model *model, struct crowds *crowds, int64_t *above, int64_t *net)
{
    struct crowding *c = &crowds->network;
    uint32_t *to_site = c->kind;

    c->from = c->to = 0;
    *above = *net = 0;
    for (uint32_t i = 0; i < model->plan->facilities; i++) {
        const struct site *site = &model->site[i];
        if (!site->facility->counted)
            continue;
        int64_t room = site->capacity - site->population;
        *net -= room;
        if (room > 0) {
            uint32_t t = 0;
            while (t < c->to && !same_kind(&model->site[to_site[t]], site))
                t++;
            if (t == c->to) {
                to_site[c->to] = i;
                c->room[c->to++] = 0;
            }
            c->room[t] += room;
        } else if (room < 0) {
            *above -= room;
            c->surplus[c->from] = -room;
            for (uint32_t g = 0; g < GROUPS; g++)
                c->people[c->from * GROUPS + g] = site->group[g];
            c->from++;
        }
    }
    for (uint32_t g = 0; g < GROUPS; g++)
        for (uint32_t t = 0; t < c->to; t++)
            c->accepts[g * c->to + t] = group_accepted(&model->site[to_site[t]], group_numbered(g));
}

/* Domain: shortage, wrong type, delay, wrong place, in this order; they add up to ABOVE. Delay is
 * what those in process alone could mend. */
void
crowds_find(const struct model *model, struct crowds *crowds)
{
    struct crowding *c = &crowds->network;
    int64_t *part = crowds->part;
    int64_t above, net;
    bool in_process[GROUPS], all[GROUPS];

    fill_network(model, crowds, &above, &net);
    for (uint32_t g = 0; g < GROUPS; g++) {
        in_process[g] = group_numbered(g).in_process;
        all[g] = true;
    }
    memset(c->move, 0, (size_t)c->from * GROUPS * sizeof *c->move);
    memset(c->take, 0, (size_t)GROUPS * c->to * sizeof *c->take);
    int64_t delay = crowding_flow_of(c, in_process);
    int64_t rest = crowding_flow_of(c, all);
    part[CROWDING_SHORTAGE] = net > 0 ? net : 0;
    part[CROWDING_WRONG_TYPE] = above - part[CROWDING_SHORTAGE] - delay - rest;
    part[CROWDING_DELAY] = delay;
    part[CROWDING_WRONG_PLACE] = rest;
}
