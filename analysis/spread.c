#include "spread.h"

#include "flow.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct remainder {
    double left;
    size_t index;
};

static int
largest_first(const void *one, const void *other)
{
    const struct remainder *a = one, *b = other;

    if (a->left != b->left)
        return a->left > b->left ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

int
spread_total(int64_t total, const double *weight, size_t count, int64_t *part, struct error *err)
{
    struct remainder *order = calloc(count + 1, sizeof *order);
    int64_t left = total;
    double sum = 0;

    if (order == NULL)
        return error_set(err, NO_MEMORY, "no memory to spread a count");
    for (size_t i = 0; i < count; i++)
        sum += weight[i];
    for (size_t i = 0; i < count; i++) {
        double share = sum > 0 ? (double)total * weight[i] / sum : i == 0 ? (double)total : 0;
        part[i] = (int64_t)floor(share + 1e-9);
        order[i] = (struct remainder){share - (double)part[i], i};
        left -= part[i];
    }
    qsort(order, count, sizeof *order, largest_first);
    for (size_t i = 0; i < count && left > 0; i++, left--)
        part[order[i].index]++;
    free(order);
    return OK;
}

/* What is worked with: the counts by what they are of (0: none, else the number behind it), and the
 * table as it is scaled. */
struct work {
    struct spread *spread;
    size_t *of_site, *of_region, of_nation[STATUSES + 1]; /* [sites or regions][STATUSES + 1] */
    double *people;                                       /* [sites][STATUSES] */
    bool *told, *fixed;                                   /* by a count; by its own */
};

static void
work_free(struct work *w)
{
    free(w->of_site);
    free(w->of_region);
    free(w->people);
    free(w->told);
    free(w->fixed);
}

static size_t
count_of(const struct work *w, enum spread_scope scope, size_t of, int status)
{
    const size_t *row[] = {w->of_site + of * (STATUSES + 1), w->of_region, w->of_nation};

    if (scope == SPREAD_REGION)
        row[SPREAD_REGION] += of * (STATUSES + 1);
    return row[scope][status];
}

/* The sites from FIRST up to the one before the last that a count of SCOPE may tell of. */
static size_t
sites_from(const struct spread *s, enum spread_scope scope, size_t of, size_t *first)
{
    *first = scope == SPREAD_SITE ? of : 0;
    return scope == SPREAD_SITE ? of + 1 : s->sites;
}

static bool
tells_of(const struct spread *s, enum spread_scope scope, size_t of, size_t site)
{
    return scope == SPREAD_SITE ||
           (s->site[site].counted && (scope == SPREAD_NATION || s->site[site].region == of));
}

static int
work_begin(struct work *w, struct spread *s, struct error *err)
{
    size_t cells = s->sites * STATUSES;

    *w = (struct work){.spread = s,
                       .of_site = calloc(s->sites * (STATUSES + 1) + 1, sizeof *w->of_site),
                       .of_region = calloc(s->regions * (STATUSES + 1) + 1, sizeof *w->of_region),
                       .people = calloc(cells + 1, sizeof *w->people),
                       .told = calloc(cells + 1, sizeof *w->told),
                       .fixed = calloc(cells + 1, sizeof *w->fixed)};
    if (w->of_site == NULL || w->of_region == NULL || w->people == NULL || w->told == NULL ||
        w->fixed == NULL)
        return error_set(err, NO_MEMORY, "no memory to spread the counts");
    memcpy(w->people, s->before, cells * sizeof *w->people);
    for (size_t i = 0; i < s->counts; i++) {
        const struct spread_count *count = &s->count[i];
        size_t *row = count->scope == SPREAD_SITE     ? w->of_site + count->of * (STATUSES + 1)
                      : count->scope == SPREAD_REGION ? w->of_region + count->of * (STATUSES + 1)
                                                      : w->of_nation;
        row[count->status] = i + 1;
    }
    return OK;
}

/* What is known of a part of the table: people, and whether these are all. */
struct known {
    int64_t people;
    bool whole;
};

static struct known known_of(const struct work *w, enum spread_scope scope, size_t of, int status);

/* The same by the statuses of a place, or by the places in it. */
static struct known
known_by_status(const struct work *w, enum spread_scope scope, size_t of)
{
    struct known sum = {0, true};

    for (int status = 0; status < STATUSES; status++) {
        struct known part = known_of(w, scope, of, status);
        sum.people += part.people;
        sum.whole &= part.whole;
    }
    return sum;
}

static struct known
known_by_place(const struct work *w, enum spread_scope scope, size_t of, int status)
{
    const struct spread *s = w->spread;
    size_t places = scope == SPREAD_NATION ? s->regions : scope == SPREAD_REGION ? s->sites : 0;
    struct known sum = {0, places > 0};

    for (size_t i = 0; i < places; i++) {
        if (scope == SPREAD_REGION && !tells_of(s, scope, of, i))
            continue;
        struct known part =
            known_of(w, scope == SPREAD_NATION ? SPREAD_REGION : SPREAD_SITE, i, status);
        sum.people += part.people;
        sum.whole &= part.whole;
    }
    return sum;
}

/* What counts within say of it, without its own. */
static struct known
known_within(const struct work *w, enum spread_scope scope, size_t of, int status)
{
    struct known by_place = known_by_place(w, scope, of, status);

    if (status != SPREAD_ANY || (scope != SPREAD_SITE && by_place.whole))
        return by_place;
    struct known by_status = known_by_status(w, scope, of);
    return by_status.whole || by_status.people > by_place.people ? by_status : by_place;
}

static struct known
known_of(const struct work *w, enum spread_scope scope, size_t of, int status)
{
    size_t count = count_of(w, scope, of, status);

    if (count > 0)
        return (struct known){w->spread->count[count - 1].people, true};
    if (scope == SPREAD_SITE && status != SPREAD_ANY)
        return (struct known){0, w->people[of * STATUSES + (size_t)status] <= 0};
    return known_within(w, scope, of, status);
}

/* What is said of a count where nobody is. */
static const char empty[] =
    "%lld people, and beside those of other counts the stock has %lld there "
    "to be scaled; count them by facility and status";

static int
refuse(struct spread *s, size_t count, struct error *err, const char *what, int64_t other)
{
    s->wrong = count;
    return error_set(err, BAD_INPUT, what, (long long)s->count[count].people, (long long)other);
}

/* Do the counts agree with those within them? */
static int
check_parts(const struct work *w, struct error *err)
{
    static const char parts[] = "%lld people, and all of its parts are counted too, or nobody is "
                                "there, and are %lld; one of the two is wrong";
    struct spread *s = w->spread;

    for (size_t i = 0; i < s->counts; i++) {
        const struct spread_count *count = &s->count[i];
        if (count->scope == SPREAD_SITE && count->status != SPREAD_ANY)
            continue;
        struct known within = known_within(w, count->scope, count->of, count->status);
        if (within.people > count->people)
            return refuse(s, i, err,
                          "%lld people, and its parts that are counted too are %lld already; one "
                          "of the two is wrong",
                          within.people);
        if (within.whole && within.people < count->people)
            return refuse(s, i, err, within.people > 0 ? parts : empty, within.people);
    }
    return OK;
}

/* Which cells a count tells of, and which it fixes. */
static void
mark(struct work *w, const struct spread_count *count)
{
    const struct spread *s = w->spread;
    size_t first, end = sites_from(s, count->scope, count->of, &first);

    for (size_t i = first; i < end; i++)
        for (size_t k = 0; k < STATUSES; k++)
            if (tells_of(s, count->scope, count->of, i) &&
                (count->status == SPREAD_ANY || count->status == (int)k))
                w->told[i * STATUSES + k] = true;
    if (count->scope == SPREAD_SITE && count->status != SPREAD_ANY) {
        w->fixed[count->of * STATUSES + (size_t)count->status] = true;
        w->people[count->of * STATUSES + (size_t)count->status] = (double)count->people;
    }
}

/* Scale what COUNT tells of and no count of its own fixes; how far it was off, in people, or -1
 * where nobody is there to be scaled. */
static double
scale(struct work *w, const struct spread_count *count)
{
    const struct spread *s = w->spread;
    size_t first, end = sites_from(s, count->scope, count->of, &first);
    size_t low = count->status == SPREAD_ANY ? 0 : (size_t)count->status;
    size_t high = count->status == SPREAD_ANY ? STATUSES : (size_t)count->status + 1;
    double fixed = 0, moves = 0;

    for (size_t i = first; i < end; i++)
        for (size_t k = low; tells_of(s, count->scope, count->of, i) && k < high; k++)
            *(w->fixed[i * STATUSES + k] ? &fixed : &moves) += w->people[i * STATUSES + k];
    double wanted = (double)count->people - fixed, off = fabs(wanted - moves);
    if (moves <= 0)
        return off > 0.5 ? -1 : 0;
    for (size_t i = first; i < end; i++)
        for (size_t k = low; tells_of(s, count->scope, count->of, i) && k < high; k++)
            if (!w->fixed[i * STATUSES + k])
                w->people[i * STATUSES + k] *= fmax(wanted, 0) / moves;
    return off;
}

#define MOST_SWEEPS 20000
#define NEAR        1e-7 /* people */

/* Scale by all counts in turn until each holds. */
static int
fit(struct work *w, struct error *err)
{
    struct spread *s = w->spread;
    double worst = INFINITY;
    size_t which = 0;

    for (int sweep = 0; sweep < MOST_SWEEPS && worst > NEAR; sweep++) {
        worst = 0;
        for (size_t i = 0; i < s->counts; i++) {
            double off = scale(w, &s->count[i]);
            if (off < 0)
                return refuse(s, i, err, empty, 0);
            which = off > worst ? i : which;
            worst = off > worst ? off : worst;
        }
    }
    return worst <= NEAR ? OK
                         : refuse(s, which, err,
                                  "%lld people cannot hold together with the other counts: scaled "
                                  "in turn they stay %lld people apart",
                                  (int64_t)ceil(worst));
}

/* Sites and statuses as a flow: people go round from the nation to a status, to that status in a
 * region, into a site (a cell), from there to the region and back to the nation. So each count is
 * the flow through one arc. A site that is not counted hangs on the nation's node alone. */
enum { NODE_NATION, NODE_SUM, NODE_STATUS, NODE_REGIONS = NODE_STATUS + STATUSES };
#define COST ((int64_t)1 << 40) /* of a whole person */

static size_t
node_of_region(size_t region, size_t status) /* STATUSES: the region's sum */
{
    return NODE_REGIONS + region * (STATUSES + 1) + status;
}

static size_t
node_of_site(const struct spread *s, size_t site)
{
    return node_of_region(s->regions, 0) + site;
}

/* An arc of which COUNT (0: none) is the flow; or any, about what is FEW. */
static void
arc_of_sum(struct flow *f, const struct work *w, size_t from, size_t to, size_t count, int64_t few)
{
    int64_t people = count > 0 ? w->spread->count[count - 1].people : few;
    int64_t room = count > 0 ? 0 : FLOW_UNLIMITED;

    flow_arc(f, from, to, people, room, room, 0);
}

/* Each cell of SITE rounded down, and one more at a cost that falls with the remainder; the first
 * of equals is the cheaper by a little. What is rounded is kept in `people`. */
static void
arcs_of_site(struct flow *f, const struct work *w, size_t site)
{
    const struct spread *s = w->spread;
    const struct spread_site *of = &s->site[site];
    int64_t sum = 0;

    for (size_t k = 0; k < STATUSES; k++) {
        size_t cell = site * STATUSES + k;
        bool moves = w->told[cell] && !w->fixed[cell];
        double down = moves ? floor(w->people[cell] + NEAR) : round(w->people[cell]);
        double left = fmax(w->people[cell] - down, 0);
        flow_arc(f, of->counted ? node_of_region(of->region, k) : NODE_NATION,
                 node_of_site(s, site), (int64_t)down, moves, 0,
                 (int64_t)((1 - 2 * left) * (double)COST) + (int64_t)(cell & 0xffff));
        s->people[cell] = (int64_t)down;
        sum += (int64_t)down;
    }
    arc_of_sum(f, w, node_of_site(s, site),
               of->counted ? node_of_region(of->region, STATUSES) : NODE_NATION,
               count_of(w, SPREAD_SITE, site, SPREAD_ANY), sum);
}

/* The arcs of all sums of regions and the nation, once the cells are there. */
static void
arcs_of_sums(struct flow *f, const struct work *w)
{
    size_t regions = w->spread->regions;

    for (size_t r = 0; r < regions; r++) {
        size_t sum = node_of_region(r, STATUSES);
        for (size_t k = 0; k < STATUSES; k++)
            arc_of_sum(f, w, NODE_STATUS + k, node_of_region(r, k),
                       count_of(w, SPREAD_REGION, r, (int)k),
                       -flow_excess(f, node_of_region(r, k)));
        arc_of_sum(f, w, sum, NODE_SUM, count_of(w, SPREAD_REGION, r, SPREAD_ANY),
                   flow_excess(f, sum));
    }
    for (size_t k = 0; k < STATUSES; k++)
        arc_of_sum(f, w, NODE_NATION, NODE_STATUS + k, w->of_nation[k],
                   -flow_excess(f, NODE_STATUS + k));
    arc_of_sum(f, w, NODE_SUM, NODE_NATION, w->of_nation[SPREAD_ANY], flow_excess(f, NODE_SUM));
}

/* Round the table so that all counts hold. A site has STATUSES arcs of cells, and one of its sum.
 */
static int
round_all(const struct work *w, struct error *err)
{
    const struct spread *s = w->spread;
    size_t arcs = (STATUSES + 1) * (s->sites + s->regions + 1);
    struct flow *flow;
    int status = flow_create(&flow, node_of_site(s, s->sites), arcs, err);

    for (size_t i = 0; status == OK && i < s->sites; i++)
        arcs_of_site(flow, w, i);
    if (status == OK)
        arcs_of_sums(flow, w);
    if (status == OK && !flow_settle(flow))
        status = error_set(err, BROKEN, "the counts cannot be rounded to whole people");
    for (size_t i = 0; status == OK && i < s->sites; i++)
        for (size_t k = 0; k < STATUSES; k++)
            s->people[i * STATUSES + k] += flow_sent(flow, i * (STATUSES + 1) + k);
    flow_free(flow);
    return status;
}

int
spread_solve(struct spread *spread, struct error *err)
{
    struct work work;
    int status = work_begin(&work, spread, err);

    if (status == OK)
        status = check_parts(&work, err);
    for (size_t i = 0; status == OK && i < spread->counts; i++)
        mark(&work, &spread->count[i]);
    if (status == OK)
        status = fit(&work, err);
    if (status == OK)
        status = round_all(&work, err);
    if (status == OK && spread->told != NULL)
        memcpy(spread->told, work.told, spread->sites * STATUSES * sizeof *spread->told);
    work_free(&work);
    return status;
}
