#include "flow.h"

#include <assert.h>
#include <stdlib.h>

/* An arc, and the one back behind it. */
struct arc {
    size_t to, next; /* next: of the same node, SIZE_MAX: none */
    int64_t room, cost;
};

struct flow {
    struct arc *arc; /* in pairs: there, and back */
    size_t *first;   /* [nodes + 2]: the last two are the source of all excess, and the sink */
    int64_t *excess, *cost;
    size_t *by, *queue; /* the arc by which a node is reached; nodes to look at, in a ring */
    bool *queued;
    size_t nodes, arcs, source, sink;
};

void
flow_free(struct flow *f)
{
    if (f == NULL)
        return;
    free(f->arc);
    free(f->first);
    free(f->excess);
    free(f->cost);
    free(f->by);
    free(f->queue);
    free(f->queued);
    free(f);
}

int
flow_create(struct flow **out, size_t nodes, size_t arcs, struct error *err)
{
    struct flow *f = calloc(1, sizeof *f);
    size_t all = nodes + 2;

    *out = f;
    if (f == NULL)
        return error_set(err, NO_MEMORY, "no memory for a flow");
    *f = (struct flow){.nodes = all,
                       .source = nodes,
                       .sink = nodes + 1,
                       .arc = calloc(2 * (arcs + nodes) + 1, sizeof *f->arc),
                       .first = calloc(all, sizeof *f->first),
                       .excess = calloc(all, sizeof *f->excess),
                       .cost = calloc(all, sizeof *f->cost),
                       .by = calloc(all, sizeof *f->by),
                       .queue = calloc(all, sizeof *f->queue),
                       .queued = calloc(all, sizeof *f->queued)};
    if (f->arc == NULL || f->first == NULL || f->excess == NULL || f->cost == NULL ||
        f->by == NULL || f->queue == NULL || f->queued == NULL)
        return error_set(err, NO_MEMORY, "no memory for a flow");
    for (size_t i = 0; i < all; i++)
        f->first[i] = SIZE_MAX;
    return OK;
}

void
flow_arc(struct flow *f, size_t from, size_t to, int64_t base, int64_t room, int64_t back,
         int64_t cost)
{
    f->arc[f->arcs] = (struct arc){to, f->first[from], room, cost};
    f->first[from] = f->arcs++;
    f->arc[f->arcs] = (struct arc){from, f->first[to], back, -cost};
    f->first[to] = f->arcs++;
    f->excess[from] -= base;
    f->excess[to] += base;
}

int64_t
flow_excess(const struct flow *flow, size_t node)
{
    return flow->excess[node];
}

/* The cheapest way from source to sink (Bellman 1958, Ford 1956, with a queue); false: none. */
static bool
find_way(struct flow *f)
{
    const size_t ring = f->nodes; /* what waits goes round in it */
    size_t begin = 0, waiting = 1;

    assert(ring > 0);
    for (size_t i = 0; i < f->nodes; i++)
        f->cost[i] = INT64_MAX;
    f->cost[f->source] = 0;
    f->queue[0] = f->source;
    while (waiting > 0) {
        size_t at = f->queue[begin];
        begin = (begin + 1) % ring;
        waiting--;
        f->queued[at] = false;
        for (size_t a = f->first[at]; a != SIZE_MAX; a = f->arc[a].next) {
            size_t to = f->arc[a].to;
            if (f->arc[a].room <= 0 || f->cost[at] + f->arc[a].cost >= f->cost[to])
                continue;
            f->cost[to] = f->cost[at] + f->arc[a].cost;
            f->by[to] = a;
            if (!f->queued[to])
                f->queue[(begin + waiting++) % ring] = to;
            f->queued[to] = true;
        }
    }
    return f->cost[f->sink] != INT64_MAX;
}

/* Send one unit along the way that was found. */
static void
send_one(struct flow *f)
{
    for (size_t at = f->sink; at != f->source; at = f->arc[f->by[at] ^ 1].to) {
        f->arc[f->by[at]].room--;
        f->arc[f->by[at] ^ 1].room++;
    }
}

bool
flow_settle(struct flow *f)
{
    bool settled = true;

    for (size_t i = 0; i < f->source; i++)
        if (f->excess[i] > 0)
            flow_arc(f, f->source, i, 0, f->excess[i], 0, 0);
        else if (f->excess[i] < 0)
            flow_arc(f, i, f->sink, 0, -f->excess[i], 0, 0);
    while (find_way(f))
        send_one(f);
    for (size_t a = f->first[f->source]; a != SIZE_MAX; a = f->arc[a].next)
        settled &= f->arc[a].room == 0;
    return settled;
}

int64_t
flow_sent(const struct flow *flow, size_t arc)
{
    return flow->arc[2 * arc + 1].room;
}
