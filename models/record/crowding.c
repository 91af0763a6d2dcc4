#include "crowding.h"

#include <stdlib.h>
#include <string.h>

bool
crowding_create(struct crowding *c, uint32_t most, uint32_t groups)
{
    *c = (struct crowding){.groups = groups, .most = most};
    c->surplus = calloc(most + 1, sizeof *c->surplus);
    c->people = calloc((most + 1) * groups, sizeof *c->people);
    c->room = calloc(most + 1, sizeof *c->room);
    c->accepts = calloc((most + 1) * groups, sizeof *c->accepts);
    c->move = calloc((most + 1) * groups, sizeof *c->move);
    c->take = calloc((most + 1) * groups, sizeof *c->take);
    c->seen = calloc(most + 1 + groups, sizeof *c->seen);
    c->visit = calloc(most + 1 + groups, sizeof *c->visit);
    c->kind = calloc(most + 1, sizeof *c->kind);
    return c->surplus && c->people && c->room && c->accepts && c->move && c->take && c->seen &&
           c->visit && c->kind;
}

void
crowding_free(struct crowding *c)
{
    free(c->surplus);
    free(c->people);
    free(c->room);
    free(c->accepts);
    free(c->move);
    free(c->take);
    free(c->seen);
    free(c->visit);
    free(c->kind);
}

static int64_t
least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* False: the search was at NODE, a facility or (behind them) a group, already. */
static bool
visit(struct crowding *c, uint32_t node)
{
    if (c->seen[node])
        return false;
    c->seen[node] = 1;
    c->visit[c->visits++] = node;
    return true;
}

static int64_t from_group(struct crowding *c, uint32_t g, int64_t amount, const bool *usable);

/* Push up to AMOUNT more out of facility F by any group. */
static int64_t
from_facility(struct crowding *c, uint32_t f, int64_t amount, const bool *usable)
{
    if (!visit(c, f))
        return 0;
    for (uint32_t g = 0; g < c->groups; g++) {
        int64_t left = c->people[f * c->groups + g] - c->move[f * c->groups + g];
        if (left <= 0 || !usable[g])
            continue;
        int64_t pushed = from_group(c, g, least(amount, left), usable);
        if (pushed > 0) {
            c->move[f * c->groups + g] += pushed;
            return pushed;
        }
    }
    return 0;
}

/* Push up to AMOUNT more through group G: into a free place, or by undoing another's way there. */
static int64_t
from_group(struct crowding *c, uint32_t g, int64_t amount, const bool *usable)
{
    if (!visit(c, c->from + g))
        return 0;
    for (uint32_t t = 0; t < c->to; t++)
        if (c->accepts[g * c->to + t] && c->room[t] > 0) {
            int64_t pushed = least(amount, c->room[t]);
            c->take[g * c->to + t] += pushed;
            c->room[t] -= pushed;
            return pushed;
        }
    for (uint32_t t = 0; t < c->to; t++)
        for (uint32_t other = 0; c->accepts[g * c->to + t] && other < c->groups; other++) {
            int64_t there = c->take[other * c->to + t];
            if (other == g || there <= 0)
                continue;
            int64_t pushed = from_group(c, other, least(amount, there), usable);
            if (pushed > 0) { /* the other group found another place; G takes the one it leaves */
                c->take[other * c->to + t] -= pushed;
                c->take[g * c->to + t] += pushed;
                return pushed;
            }
        }
    for (uint32_t f = 0; f < c->from; f++) { /* let F send somebody else in place of one of G */
        int64_t there = c->move[f * c->groups + g];
        if (there <= 0)
            continue;
        int64_t pushed = from_facility(c, f, least(amount, there), usable);
        if (pushed > 0) {
            c->move[f * c->groups + g] -= pushed;
            return pushed;
        }
    }
    return 0;
}

/* Push what goes out of facility F in one search. From where a search has been in vain no later one
 * comes to a free place either: they stay seen, and all that fail cost what one does. */
static int64_t
search(struct crowding *c, uint32_t f, const bool *usable)
{
    c->visits = 0;
    int64_t pushed = from_facility(c, f, c->surplus[f], usable);
    for (uint32_t i = 0; pushed > 0 && i < c->visits; i++)
        c->seen[c->visit[i]] = 0;
    return pushed;
}

int64_t
crowding_flow_of(struct crowding *c, const bool *usable)
{
    int64_t flow = 0, left = 0;

    for (uint32_t t = 0; t < c->to; t++)
        left += c->room[t];
    memset(c->seen, 0, c->from + c->groups);
    for (uint32_t f = 0; f < c->from; f++) {
        int64_t pushed;
        do {
            pushed = c->surplus[f] > 0 && flow < left ? search(c, f, usable) : 0;
            c->surplus[f] -= pushed;
            flow += pushed;
        } while (pushed > 0);
    }
    return flow;
}

int64_t
crowding_flow(struct crowding *c)
{
    bool usable[256];

    memset(usable, 1, sizeof usable);
    memset(c->move, 0, (size_t)c->from * c->groups * sizeof *c->move);
    memset(c->take, 0, (size_t)c->groups * c->to * sizeof *c->take);
    return crowding_flow_of(c, usable);
}
