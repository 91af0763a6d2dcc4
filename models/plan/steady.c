#include "steady.h"

#include "sim/base/array.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_NODES     512
#define SENTENCE_NODES 20 /* GSL has tables for rules of up to 20 points */
#define SHARE_NODES    16
#define FINE           16 /* points of a stay that most people have behind them; of the next; of others */
#define COARSE         4
#define RARE           64 /* points of a clock that hardly ever rings */
#define FINENESSES     3
#define LIKELY         0.3  /* chance of having come here, from which on a stay is taken finely */
#define POSSIBLE       0.01 /* and coarsely; below it by its mean */
#define OFTEN          0.5  /* chance of ringing from which on a clock's own points are enough */
#define LEAST_CHANCE   1e-6 /* below it a way is followed by shares alone */
#define MOST_ENTRIES   5e6  /* followed in all classes together: a fraction of a second */
#define MOST_STEPS     200  /* of a way */
#define LEAST_LEFT     1e-10
#define MOST_PASSES    20000

/* How a phase ends: after DAYS, by `then` (0) or a clock. The weights of a phase sum to 1. */
struct ending {
    double days, weight;
    uint8_t how;
    uint8_t way; /* on, where it says how long the phase lasts, from 1; 0: any */
};

struct law {
    struct ending *ending;
    size_t count, room;
};

struct walk {
    const struct plan *plan;
    struct steady *steady;
    struct law *law;    /* [phases][FINENESSES]: of phases that do not serve; of clocks else */
    bool *serves_later; /* [phases]: it serves a part of the sentence, or leads to one that does */
    double *left;       /* [phases]: visits that are still to be followed, by shares alone */
    double *next;       /* [phases] */
    double *visits, *days, *ends;  /* of the class at hand, as in struct steady */
    double days_in, least, served; /* the sentence at hand, its earliest and its served share */
    double least_chance;           /* below it a way of the class is followed by shares alone */
    double entries, most_entries;  /* into phases, of the class */
};

/* P(X >= DAYS), and P(X > DAYS). */
static double
not_before(const struct distribution *dist, double days)
{
    return distribution_survival(dist, nextafter(days, 0));
}

/* The chance that no clock of PHASE but ALREADY rings before DAYS; of two at one time the first in
 * the list counts, and `then` before both. */
static double
no_other_rings(const struct phase_plan *phase, int already, double days)
{
    double chance = 1;

    for (int i = 0; i < phase->clock_count; i++)
        if (i + 1 != already)
            chance *= already == 0 || i + 1 > already
                          ? not_before(phase->clock[i].after, days)
                          : distribution_survival(phase->clock[i].after, days);
    return chance;
}

static size_t
points(const struct distribution *dist, int fineness, struct distribution_node *nodes)
{
    static const size_t wanted[FINENESSES] = {FINE, COARSE, 1};

    if (wanted[fineness] > 1)
        return distribution_nodes(dist, wanted[fineness], nodes, MOST_NODES);
    nodes[0] = (struct distribution_node){distribution_mean(dist), 1};
    return 1;
}

/* The chance that DIST lies before DAYS. */
static double
before(const struct distribution *dist, double days)
{
    return 1 - not_before(dist, days);
}

/* COUNT points of DIST as far as it lies before DAYS: of a clock that hardly ever rings in time,
 * hardly any of its own points does. */
static void
points_before(const struct distribution *dist, double days, size_t count,
              struct distribution_node *nodes)
{
    double chance = before(dist, days);

    for (size_t i = 0; i < count; i++)
        nodes[i] = (struct distribution_node){
            distribution_quantile(dist, chance * ((double)i + 0.5) / (double)count),
            chance / (double)count};
}

/* Append the points at which PHASE ends by HOW, weighted with the chance that nothing else has. */
/* Of those who go each way on from PHASE, which says how long it lasts. */
static bool
add_ways(struct law *law, const struct phase_plan *phase, int fineness)
{
    struct distribution_node nodes[MOST_NODES];
    double before = 0;

    for (uint8_t way = 0; way < phase->next_count; way++) {
        double share = phase->next[way].up_to - before;
        size_t count = points(phase->next[way].after, fineness, nodes);
        if (count == 0 || !array_room(law->ending, law->room, law->count + count))
            return false;
        for (size_t i = 0; i < count; i++)
            law->ending[law->count++] = (struct ending){
                nodes[i].value, share * nodes[i].weight * no_other_rings(phase, 0, nodes[i].value),
                0, (uint8_t)(way + 1)};
        before = phase->next[way].up_to;
    }
    return true;
}

static bool
add_endings(struct law *law, const struct phase_plan *phase, int how, int fineness)
{
    if (how == 0 && phase->by_way)
        return add_ways(law, phase, fineness);
    const struct distribution *dist = how == 0 ? phase->stay : phase->clock[how - 1].after;
    struct distribution_node nodes[MOST_NODES];
    bool timed = how > 0 && phase->serve == SERVE_NOTHING;
    double last = timed ? distribution_quantile(phase->stay, 0.9999) : 0;
    size_t count = points(dist, fineness, nodes);
    if (timed && before(dist, last) < OFTEN)
        points_before(dist, last, count = RARE, nodes);
    if (count == 0 || !array_room(law->ending, law->room, law->count + count))
        return false;
    for (size_t i = 0; i < count; i++) {
        double weight = nodes[i].weight * no_other_rings(phase, how, nodes[i].value);
        if (how > 0 && phase->serve == SERVE_NOTHING)
            weight *= distribution_survival(phase->stay, nodes[i].value);
        law->ending[law->count++] = (struct ending){nodes[i].value, weight, (uint8_t)how, 0};
    }
    return true;
}

/* The law of PHASE's end; of one that serves, of its clocks alone. */
static bool
make_law(struct law *law, const struct phase_plan *phase, int fineness)
{
    bool serves = phase->serve != SERVE_NOTHING, good = true;
    double sum = 0;

    for (int how = serves ? 1 : 0; how <= phase->clock_count && good; how++)
        good = add_endings(law, phase, how, fineness);
    for (size_t i = 0; i < law->count; i++)
        sum += law->ending[i].weight;
    for (size_t i = 0; i < law->count && !serves && sum > 0; i++)
        law->ending[i].weight /= sum;
    return good;
}

/* Take the points of FROM that end alike together: one for each way of ending. */
static bool
shorten_law(struct law *law, const struct law *from, uint8_t clocks)
{
    size_t most = MOST_SHARES + 1u + clocks;

    law->ending = calloc(most, sizeof *law->ending);
    if (law->ending == NULL)
        return false;
    for (size_t i = 0; i < from->count; i++) {
        uint8_t how = from->ending[i].how, way = from->ending[i].way;
        struct ending *one = &law->ending[how > 0 ? MOST_SHARES + how : way];
        one->how = how;
        one->way = way;
        one->weight += from->ending[i].weight;
        one->days += from->ending[i].weight * from->ending[i].days;
    }
    for (size_t i = 0; i < most; i++)
        if (law->ending[i].weight > 0) {
            law->ending[law->count] = law->ending[i];
            law->ending[law->count].days /= law->ending[law->count].weight;
            law->count++;
        }
    return true;
}

static bool
make_laws(struct walk *walk)
{
    for (uint16_t i = 0; i < walk->plan->phases; i++) {
        const struct phase_plan *phase = &walk->plan->phase[i];
        struct law *law = &walk->law[i * FINENESSES];
        if (!make_law(&law[0], phase, 0) || !make_law(&law[1], phase, phase->clock_count == 0) ||
            !shorten_law(&law[2], &law[0], phase->clock_count))
            return false;
    }
    return true;
}

/* Where a phase leads when it ends by HOW. */
static size_t
targets(const struct phase_plan *phase, int how, const struct target_plan **target)
{
    *target = how == 0 ? phase->next : &phase->clock[how - 1];
    return how == 0 ? phase->next_count : 1;
}

static double
target_share(const struct target_plan *target, size_t i, int how)
{
    return how > 0 ? 1 : target[i].up_to - (i > 0 ? target[i - 1].up_to : 0);
}

static void
mark_serving(struct walk *walk)
{
    const struct plan *plan = walk->plan;
    bool changed = true;

    for (uint16_t i = 0; i < plan->phases; i++)
        walk->serves_later[i] = plan->phase[i].serve != SERVE_NOTHING;
    while (changed) {
        changed = false;
        for (uint16_t i = 0; i < plan->phases; i++)
            for (int how = 0; how <= plan->phase[i].clock_count; how++) {
                const struct target_plan *target;
                size_t count = targets(&plan->phase[i], how, &target);
                for (size_t t = 0; t < count; t++)
                    if (!walk->serves_later[i] && !target[t].exit &&
                        walk->serves_later[target[t].to])
                        walk->serves_later[i] = changed = true;
            }
    }
}

static void enter(struct walk *walk, uint16_t at, double custody, double chance, double weight,
                  int steps);

/* The phase ends by HOW (and goes on by WAY, unless that is 0) with this CHANCE and custody; all is
 * counted with WEIGHT, the sentence's.
 */
static void
go_on(struct walk *walk, uint16_t at, int how, uint8_t way, double custody, double chance,
      double weight, int steps)
{
    const struct target_plan *target;
    size_t count = targets(&walk->plan->phase[at], how, &target);

    walk->ends[at * (1 + MOST_CLOCKS) + how] += chance * weight;
    for (size_t i = 0; i < count; i++)
        if (!target[i].exit && (way == 0 || way == i + 1))
            enter(walk, target[i].to, custody,
                  way > 0 ? chance : chance * target_share(target, i, how), weight, steps + 1);
}

/* Has one of the clocks of AT, that may ring before LENGTH, no usual point there? */
static bool
rings_rarely(const struct walk *walk, uint16_t at, double length)
{
    const struct phase_plan *phase = &walk->plan->phase[at];
    const struct law *law = &walk->law[at * FINENESSES];
    bool seen[1 + MOST_CLOCKS] = {false};

    for (size_t i = 0; i < law->count; i++)
        seen[law->ending[i].how] |= law->ending[i].days < length && law->ending[i].weight > 0;
    for (int i = 0; i < phase->clock_count; i++)
        if (!seen[i + 1] && before(phase->clock[i].after, length) > 0)
            return true;
    return false;
}

/* The clocks of a phase that serves for LENGTH, each by points before that: the chance that one
 * rings is 1 - REACHED. */
static void
serve_rarely(struct walk *walk, uint16_t at, double length, double reached, double custody,
             double chance, double weight, int steps)
{
    const struct phase_plan *phase = &walk->plan->phase[at];
    struct distribution_node nodes[MOST_CLOCKS][COARSE];
    double rung = 0;

    for (int i = 0; i < phase->clock_count; i++) {
        points_before(phase->clock[i].after, length, COARSE, nodes[i]);
        for (int n = 0; n < COARSE; n++) {
            nodes[i][n].weight *= no_other_rings(phase, i + 1, nodes[i][n].value);
            rung += nodes[i][n].weight;
        }
    }
    for (int i = 0; i < phase->clock_count; i++)
        for (int n = 0; n < COARSE && rung > 0; n++) {
            double days = nodes[i][n].value;
            double part = chance * nodes[i][n].weight * (1 - reached) / rung;
            if (part <= 0)
                continue;
            walk->days[at] += part * weight * days;
            go_on(walk, at, i + 1, 0, custody + (phase->where == PHASE_INSIDE ? days : 0), part,
                  weight, steps);
        }
}

/* A phase that serves: to its due date, unless a clock rings before. */
static void
serve(struct walk *walk, uint16_t at, double custody, double chance, double weight, int steps)
{
    const struct phase_plan *phase = &walk->plan->phase[at];
    const struct law *law = &walk->law[at * FINENESSES];
    double share = phase->serve == SERVE_EARLIEST ? walk->least
                   : phase->serve == SERVE_SHARE  ? walk->served
                                                  : 1;
    double length = fmax(0, share * walk->days_in - custody), rung = 0;
    double reached = no_other_rings(phase, 0, length);
    bool inside = phase->where == PHASE_INSIDE;

    for (size_t i = 0; i < law->count; i++)
        rung += law->ending[i].days < length ? law->ending[i].weight : 0;
    bool rarely = reached < 1 && rings_rarely(walk, at, length);
    if (rarely)
        serve_rarely(walk, at, length, reached, custody, chance, weight, steps);
    for (size_t i = 0; i < law->count && reached < 1 && !rarely; i++) {
        const struct ending *end = &law->ending[i];
        double part = chance * end->weight * (1 - reached) / rung;
        if (end->days >= length || part <= 0)
            continue;
        walk->days[at] += part * weight * end->days;
        go_on(walk, at, end->how, 0, custody + (inside ? end->days : 0), part, weight, steps);
    }
    walk->days[at] += chance * weight * reached * length;
    go_on(walk, at, 0, 0, custody + (inside ? length : 0), chance * reached, weight, steps);
}

/* Somebody with this CHANCE of coming here enters phase AT after so much CUSTODY. */
static void
enter(struct walk *walk, uint16_t at, double custody, double chance, double weight, int steps)
{
    const struct phase_plan *phase = &walk->plan->phase[at];
    bool counts = phase->where == PHASE_INSIDE;
    int fineness = chance >= LIKELY && counts ? 0 : chance >= POSSIBLE && counts ? 1 : 2;

    if (!walk->serves_later[at] || chance < walk->least_chance || steps > MOST_STEPS ||
        ++walk->entries > walk->most_entries) {
        walk->left[at] += chance * weight;
        return;
    }
    walk->visits[at] += chance * weight;
    if (phase->serve != SERVE_NOTHING) {
        serve(walk, at, custody, chance, weight, steps);
        return;
    }
    const struct law *law = &walk->law[at * FINENESSES + fineness];
    for (size_t i = 0; i < law->count; i++) {
        const struct ending *end = &law->ending[i];
        walk->days[at] += chance * weight * end->weight * end->days;
        if (end->weight > 0)
            go_on(walk, at, end->how, end->way, custody + (counts ? end->days : 0),
                  chance * end->weight, weight, steps);
    }
}

/* How a visit of a phase ends and how long it is, for those who are followed by shares alone. */
struct usual {
    double days, share[1 + MOST_CLOCKS];
};

/* What serves lasts and ends as it did for those who were followed closely. */
static void
find_usual(const struct walk *walk, uint16_t at, struct usual *usual)
{
    const struct law *law = &walk->law[at * FINENESSES + 2];

    *usual = (struct usual){0, {1}};
    if (walk->plan->phase[at].serve != SERVE_NOTHING) {
        for (int how = 0; how <= MOST_CLOCKS && walk->visits[at] > 0; how++)
            usual->share[how] = walk->ends[at * (1 + MOST_CLOCKS) + how] / walk->visits[at];
        if (walk->visits[at] > 0)
            usual->days = walk->days[at] / walk->visits[at];
        return;
    }
    usual->share[0] = 0;
    for (size_t i = 0; i < law->count; i++) {
        usual->share[law->ending[i].how] += law->ending[i].weight;
        usual->days += law->ending[i].weight * law->ending[i].days;
    }
}

/* Visits left at AT are counted and go on to the next phases. */
static void
pass_on(struct walk *walk, uint16_t at, const struct usual *usual)
{
    const struct phase_plan *phase = &walk->plan->phase[at];
    double came = walk->left[at];

    walk->visits[at] += came;
    walk->days[at] += came * usual->days;
    for (int how = 0; how <= phase->clock_count; how++) {
        const struct target_plan *target;
        size_t count = targets(phase, how, &target);
        walk->ends[at * (1 + MOST_CLOCKS) + how] += came * usual->share[how];
        for (size_t t = 0; t < count; t++)
            if (!target[t].exit)
                walk->next[target[t].to] += came * usual->share[how] * target_share(target, t, how);
    }
}

/* Follow what is left by shares until hardly anybody is left. */
static void
follow_shares(struct walk *walk, struct usual *usual)
{
    uint16_t phases = walk->plan->phases;
    double rest = 1;

    for (uint16_t i = 0; i < phases; i++)
        find_usual(walk, i, &usual[i]);
    for (int pass = 0; pass < MOST_PASSES && rest > LEAST_LEFT; pass++) {
        memset(walk->next, 0, phases * sizeof *walk->next);
        for (uint16_t i = 0; i < phases; i++)
            if (walk->left[i] > 0)
                pass_on(walk, i, &usual[i]);
        double *left = walk->left;
        walk->left = walk->next;
        walk->next = left;
        rest = 0;
        for (uint16_t i = 0; i < phases; i++)
            rest += walk->left[i];
    }
}

/* The points of a law of the class; without one a single point at OTHERWISE. */
static size_t
class_points(const struct distribution *dist, size_t wanted, double otherwise,
             struct distribution_node *nodes)
{
    if (dist != NULL)
        return distribution_nodes(dist, wanted, nodes, MOST_NODES);
    nodes[0] = (struct distribution_node){otherwise, 1};
    return 1;
}

/* Send one of CLASS with each sentence, served share and repeat offence through the pathways. */
static bool
walk_class(struct walk *walk, uint16_t number)
{
    const struct class_plan *class = &walk->plan->class[number];
    struct distribution_node sentence[MOST_NODES], served[MOST_NODES];
    size_t sentences = class_points(class->sentence, SENTENCE_NODES, 0, sentence);
    size_t shares = class_points(class->served, SHARE_NODES, 1, served);
    const double repeat[] = {1 - class->repeat, class->repeat};

    for (size_t i = 0; i < sentences; i++)
        for (size_t j = 0; j < shares; j++)
            for (int again = 0; again < 2; again++) {
                double weight = sentence[i].weight * served[j].weight * repeat[again];
                walk->days_in = sentence[i].value;
                walk->least = walk->plan->earliest_share[again];
                walk->served = fmin(1, fmax(walk->least, served[j].value));
                if (weight > 0)
                    enter(walk, class->first, 0, 1, weight, 0);
            }
    return sentences > 0 && shares > 0;
}

/* The same, as closely as time allows: where each phase leads to many others there are too many
 * ways, and less likely ones are left to their shares. */
static bool
walk_in_time(struct walk *walk, uint16_t number)
{
    size_t phases = walk->steady->phases;
    bool good;

    walk->most_entries = MOST_ENTRIES / walk->steady->classes;
    walk->least_chance = LEAST_CHANCE;
    do {
        memset(walk->visits, 0, phases * sizeof *walk->visits);
        memset(walk->days, 0, phases * sizeof *walk->days);
        memset(walk->ends, 0, phases * (1 + MOST_CLOCKS) * sizeof *walk->ends);
        memset(walk->left, 0, phases * sizeof *walk->left);
        walk->entries = 0;
        good = walk_class(walk, number);
        walk->least_chance *= 10;
    } while (good && walk->entries > walk->most_entries && walk->least_chance < 1);
    return good;
}

/* Where nothing cuts a stay short its mean is known exactly. */
static void
mend_means(struct walk *walk)
{
    for (uint16_t i = 0; i < walk->plan->phases; i++) {
        const struct phase_plan *phase = &walk->plan->phase[i];
        if (phase->serve == SERVE_NOTHING && phase->clock_count == 0)
            walk->days[i] = walk->visits[i] * distribution_mean(phase->stay);
    }
}

static bool
walk_classes(struct walk *walk, struct usual *usual)
{
    struct steady *steady = walk->steady;
    bool good = true;

    for (uint16_t of_class = 0; of_class < steady->classes && good; of_class++) {
        size_t row = (size_t)of_class * steady->phases;
        walk->visits = steady->visits + row;
        walk->days = steady->days + row;
        walk->ends = steady->ends + row * (1 + MOST_CLOCKS);
        good = walk_in_time(walk, of_class);
        follow_shares(walk, usual);
        mend_means(walk);
    }
    return good;
}

/* List the ways into each phase; with WAY NULL only count them in ways[phase + 1]. */
static void
list_ways(struct steady *steady, const struct plan *plan, struct way *way)
{
    for (uint16_t i = 0; i < plan->phases; i++) {
        uint16_t from = plan->phase_by_name[i];
        for (int how = 0; how <= plan->phase[from].clock_count; how++) {
            const struct target_plan *target;
            size_t count = targets(&plan->phase[from], how, &target);
            for (size_t t = 0; t < count; t++) {
                if (target[t].exit)
                    continue;
                uint32_t at = steady->ways[target[t].to + 1]++;
                if (way != NULL)
                    way[at] = (struct way){from, (uint8_t)how, target_share(target, t, how)};
            }
        }
    }
}

static bool
make_ways(struct steady *steady, const struct plan *plan)
{
    steady->ways = calloc(plan->phases + 2u, sizeof *steady->ways);
    if (steady->ways == NULL)
        return false;
    list_ways(steady, plan, NULL);
    for (uint32_t i = 1; i <= plan->phases; i++)
        steady->ways[i] += steady->ways[i - 1];
    steady->way = calloc(steady->ways[plan->phases] + 1, sizeof *steady->way);
    if (steady->way == NULL)
        return false;
    /* filled from the first of each phase on: ways[phase + 1] goes through them and ends right */
    memmove(steady->ways + 1, steady->ways, plan->phases * sizeof *steady->ways);
    list_ways(steady, plan, steady->way);
    return true;
}

/* Does FROM have clocks that change how much is served when it ends, or that ring for longer
 * sentences more often? */
static bool
clocks_tell(const struct phase_plan *from)
{
    return from->clock_count > 0 && (from->where == PHASE_INSIDE || from->serve != SERVE_NOTHING);
}

/* Mark in CAME the phases from which some way leads to AT. */
static void
mark_before(const struct steady *steady, uint16_t at, bool *came)
{
    for (uint32_t i = steady->ways[at]; i < steady->ways[at + 1]; i++) {
        uint16_t from = steady->way[i].from;
        if (came[from] || steady->way[i].share <= 0)
            continue;
        came[from] = true;
        mark_before(steady, from, came);
    }
}

/* False: no memory. */
static bool
mark_lived(struct steady *steady, const struct plan *plan)
{
    bool *came = malloc((plan->phases + 1u) * sizeof *came);

    for (uint16_t at = 0; came != NULL && at < plan->phases; at++) {
        memset(came, 0, plan->phases * sizeof *came);
        mark_before(steady, at, came);
        steady->again[at] = came[at];
        for (uint16_t from = 0; from < plan->phases; from++)
            if (came[from] && clocks_tell(&plan->phase[from]))
                steady->lived[at] = true;
    }
    free(came);
    return came != NULL;
}

static bool
allocate(struct walk *walk, const struct plan *plan)
{
    struct steady *steady = walk->steady;
    size_t cells = (size_t)plan->classes * plan->phases + 1;

    steady->classes = plan->classes;
    steady->phases = plan->phases;
    steady->visits = calloc(cells, sizeof *steady->visits);
    steady->days = calloc(cells, sizeof *steady->days);
    steady->ends = calloc(cells * (1 + MOST_CLOCKS), sizeof *steady->ends);
    steady->lived = calloc(plan->phases + 1u, sizeof *steady->lived);
    steady->again = calloc(plan->phases + 1u, sizeof *steady->again);
    walk->law = calloc((plan->phases + 1u) * FINENESSES, sizeof *walk->law);
    walk->serves_later = calloc(plan->phases + 1u, sizeof *walk->serves_later);
    walk->left = calloc(plan->phases + 1u, sizeof *walk->left);
    walk->next = calloc(plan->phases + 1u, sizeof *walk->next);
    return steady->visits && steady->days && steady->ends && steady->lived && steady->again &&
           walk->law && walk->serves_later && walk->left && walk->next && make_ways(steady, plan);
}

int
plan_steady_create(struct plan *plan, struct error *err)
{
    struct steady *steady = &plan->steady;
    struct walk walk = {.plan = plan, .steady = steady};
    struct usual *usual = calloc(plan->phases + 1u, sizeof *usual);

    *steady = (struct steady){0};
    bool good = allocate(&walk, plan) && usual != NULL && make_laws(&walk);
    if (good) {
        mark_serving(&walk);
        good = mark_lived(steady, plan) && walk_classes(&walk, usual);
    }
    for (size_t i = 0; walk.law != NULL && i < plan->phases * (size_t)FINENESSES; i++)
        free(walk.law[i].ending);
    free(walk.law);
    free(walk.serves_later);
    free(walk.left);
    free(walk.next);
    free(usual);
    return good ? OK : error_set(err, NO_MEMORY, "no memory for the pathways in balance");
}

void
plan_steady_free(struct plan *plan)
{
    struct steady *steady = &plan->steady;

    free(steady->visits);
    free(steady->days);
    free(steady->ends);
    free(steady->lived);
    free(steady->again);
    free(steady->ways);
    free(steady->way);
    *steady = (struct steady){0};
}
