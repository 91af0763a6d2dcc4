#include "met.h"

#include "stay.h"

#include "models/plan/draws.h"

#define MOST_STEPS  64
#define MOST_TRIES  1000000
#define MOST_VISITS 8    /* of one life, among which one is met; hardly anybody has more */
#define FEWEST      1e-4 /* visits, for each arrival, that whole lives find in time */

/* A way through the pathways up to a phase: the phases before it. */
struct route {
    uint16_t phase[MOST_STEPS];
    uint32_t steps; /* the last one first */
};

/* How one of CLASS came to PHASE: back from visit to visit, each way as often as it is gone. */
static void
draw_route(struct route *route, const struct plan *plan, uint16_t of_class, uint16_t phase,
           struct stream *stream)
{
    const struct steady *steady = &plan->steady;
    const double *ends = steady->ends + (size_t)of_class * steady->phases * (1 + MOST_CLOCKS);
    uint16_t at = phase;

    route->steps = 0;
    while (route->steps < MOST_STEPS) {
        double first = at == plan->class[of_class].first, total = first;
        for (uint32_t i = steady->ways[at]; i < steady->ways[at + 1]; i++) {
            const struct way *way = &steady->way[i];
            total += ends[way->from * (1 + MOST_CLOCKS) + way->how] * way->share;
        }
        if (total <= first)
            return;
        double left = stream_uniform(stream) * total - first;
        const struct way *chosen = NULL;
        for (uint32_t i = steady->ways[at]; i < steady->ways[at + 1] && left >= 0; i++) {
            const struct way *way = &steady->way[i];
            double flow = ends[way->from * (1 + MOST_CLOCKS) + way->how] * way->share;
            chosen = flow > 0 ? way : chosen;
            left -= flow;
        }
        if (chosen == NULL) /* here the pathway begins */
            return;
        route->phase[route->steps++] = at = chosen->from;
    }
}

/* How long PHASE lasts with its clocks: *CLOCK is the one that ends it, 0 if none does. Where stays
 * go by way, the person's is drawn first. */
static ticks
whole_length(struct person *person, const struct phase_plan *phase, ticks custody,
             struct stream *stream, uint8_t *clock)
{
    person->way = phase->by_way ? stay_way(phase, stream_uniform(stream)) : 0;
    ticks length = stay_length(person, phase, custody, stream);

    *clock = 0;
    for (uint8_t i = 0; i < phase->clock_count; i++) {
        ticks after = ticks_from_days(distribution_draw(phase->clock[i].after, stream));
        if (after >= length)
            continue;
        length = after;
        *clock = (uint8_t)(i + 1);
    }
    return length;
}

/* The way of PHASE that leads to phase TO; 0: it has none with a stay of its own. */
static uint8_t
way_to(const struct phase_plan *phase, uint16_t to)
{
    for (uint8_t i = 0; phase->by_way && i < phase->next_count; i++)
        if (!phase->next[i].exit && phase->next[i].to == to)
            return (uint8_t)(i + 1);
    return 0;
}

/* Served before the phase AT, by one of the ways that lead there, on which no clock counts. */
static ticks
draw_custody(struct person *person, const struct plan *plan, const struct phase_plan *at,
             struct stream *stream)
{
    struct route route;
    ticks custody = 0;

    draw_route(&route, plan, person->class, (uint16_t)(at - plan->phase), stream);
    for (uint32_t i = route.steps; i-- > 0;) {
        const struct phase_plan *phase = &plan->phase[route.phase[i]];
        ticks length;
        person->way = way_to(phase, i > 0 ? route.phase[i - 1] : (uint16_t)(at - plan->phase));
        if (phase->where != PHASE_INSIDE)
            continue;
        length = stay_length(person, phase, custody, stream);
        custody += length > 0 ? length : 0;
    }
    return custody;
}

/* One visit of a phase. */
struct visit {
    ticks custody, length; /* served before; how long it lasts */
    uint8_t clock;         /* that ends it */
};

/* Live through the pathways with the sentence of PERSON, from the first phase on, and note the
 * visits of the phase AT; how many there are. */
static uint32_t
live(struct person *person, const struct plan *plan, uint16_t at, struct visit *visit,
     struct stream *stream)
{
    uint16_t now = plan->class[person->class].first;
    uint32_t visits = 0;
    ticks custody = 0;

    for (int step = 0; step < MOST_STEPS && visits < MOST_VISITS; step++) {
        const struct phase_plan *phase = &plan->phase[now];
        uint8_t clock;
        ticks length = whole_length(person, phase, custody, stream, &clock);
        length = length > 0 ? length : 0;
        if (now == at)
            visit[visits++] = (struct visit){custody, length, clock};
        custody += phase->where == PHASE_INSIDE ? length : 0;
        bool by_way = clock == 0 && person->way > 0;
        double u = clock == 0 && phase->next_count > 1 && !by_way ? stream_uniform(stream) : 0;
        const struct target_plan *next =
            by_way ? &phase->next[person->way - 1] : stay_follows(phase, clock, u);
        if (next->exit)
            break;
        now = next->to;
    }
    return visits;
}

/* Where clocks decide who comes to the phase AT and when, a visit of a life: each of all lives is
 * as likely. FALSE: not this time. */
static bool
draw_visit(struct person *person, const struct plan *plan, uint16_t at, struct visit *chosen,
           struct stream *stream)
{
    struct visit visit[MOST_VISITS];
    uint32_t visits = live(person, plan, at, visit, stream), which = 0;

    if (visits > 0 && plan->steady.again[at])
        which = (uint32_t)(stream_uniform(stream) * MOST_VISITS);
    if (which >= visits)
        return false;
    *chosen = visit[which];
    return true;
}

/* Is whoever is met in the phase AT drawn by living whole lives? */
static bool
is_lived(const struct person *person, const struct plan *plan, uint16_t at)
{
    return plan->steady.lived[at] && steady_visits(&plan->steady, person->class, at) > FEWEST;
}

/* Served before PHASE. FALSE: not this time. */
static bool
draw_custody_before(struct person *person, const struct plan *plan, const struct phase_plan *phase,
                    struct stream *stream)
{
    struct visit visit;

    if (!is_lived(person, plan, (uint16_t)(phase - plan->phase))) {
        person->custody = draw_custody(person, plan, phase, stream);
        return true;
    }
    if (!draw_visit(person, plan, (uint16_t)(phase - plan->phase), &visit, stream))
        return false;
    person->custody = visit.custody;
    return true;
}

static void
draw_sentence(struct person *person, const struct plan *plan, const struct class_plan *class,
              bool long_ones, struct stream *stream)
{
    if (class->sentence == NULL)
        return;
    person->repeat = stream_uniform(stream) < class->repeat;
    double days = long_ones ? distribution_draw_length_biased(class->sentence, stream)
                            : distribution_draw(class->sentence, stream);
    person_set_sentence(person, plan, days,
                        class->served != NULL ? distribution_draw(class->served, stream) : 1);
}

/* The chance that no clock of PHASE but the one numbered ALREADY (from 1; 0: all) rings within
 * DAYS.
 */
static double
no_clock_rings(const struct phase_plan *phase, int already, double days)
{
    double chance = 1;

    for (int i = 0; i < phase->clock_count; i++)
        if (i + 1 != already)
            chance *= distribution_survival(phase->clock[i].after, days);
    return chance;
}

/* What may end PHASE, with the odds of being met in a phase that it ends: its stay, or the sentence
 * of which it serves a part (0), and its clocks. */
static int
draw_end(const struct phase_plan *phase, const struct class_plan *class, struct stream *stream)
{
    double mean[1 + MOST_CLOCKS], total = 0;

    if (phase->clock_count == 0)
        return 0;
    for (int how = 0; how <= phase->clock_count; how++) {
        mean[how] = how > 0                         ? distribution_mean(phase->clock[how - 1].after)
                    : phase->serve == SERVE_NOTHING ? distribution_mean(phase->stay)
                    : class->sentence != NULL       ? distribution_mean(class->sentence)
                                                    : 0;
        total += mean[how];
    }
    double left = stream_uniform(stream) * total;
    int how = 0;
    while (how < phase->clock_count && left >= mean[how])
        left -= mean[how++];
    return how;
}

/* Of which way somebody is who is met in PHASE: by its share and its mean. */
static uint8_t
way_met(const struct phase_plan *phase, struct stream *stream)
{
    double left = stream_uniform(stream) * distribution_mean(phase->stay), before = 0;

    for (uint8_t i = 0; i + 1 < phase->next_count; i++) {
        left -= (phase->next[i].up_to - before) * distribution_mean(phase->next[i].after);
        before = phase->next[i].up_to;
        if (left < 0)
            return (uint8_t)(i + 1);
    }
    return phase->next_count;
}

/* As try_met, for a phase that serves and to which clocks lead: it lasts at most S, which is drawn
 * length-biased, and is kept with chance D / S. */
static bool
try_met_serving(struct person *person, const struct plan *plan, const struct phase_plan *phase,
                struct stream *stream, ticks *length)
{
    struct visit visit;

    draw_sentence(person, plan, &plan->class[person->class], true, stream);
    if (!draw_visit(person, plan, (uint16_t)(phase - plan->phase), &visit, stream))
        return false;
    person->custody = visit.custody;
    person->clock = visit.clock;
    *length = visit.length;
    return stream_uniform(stream) * (double)person->sentence < (double)visit.length;
}

/* The length T of PHASE for one who is met in it, the density of T times T: whatever ends it is
 * drawn length-biased and kept with the chance that nothing else ends it first. A phase that serves
 * a part D of the sentence S lasts at most S, so S is drawn length-biased and kept with chance D /
 * S, which is exact for all that is drawn together with S: repeat offence, served share, custody
 * before. FALSE: not this time. */
static bool
try_met(struct person *person, const struct plan *plan, const struct phase_plan *phase,
        struct stream *stream, ticks *length)
{
    const struct class_plan *class = &plan->class[person->class];
    bool serves = phase->serve != SERVE_NOTHING;
    bool lived = is_lived(person, plan, (uint16_t)(phase - plan->phase));
    double days, accept;

    if (lived && serves)
        return try_met_serving(person, plan, phase, stream, length);
    int how = draw_end(phase, class, stream);
    draw_sentence(person, plan, class, serves && how == 0, stream);
    if (!draw_custody_before(person, plan, phase, stream))
        return false;
    person->clock = (uint8_t)how;
    person->way = how == 0 && phase->by_way ? way_met(phase, stream) : 0;
    ticks due = serves ? stay_served_by(person, phase->serve) - person->custody : TICKS_NEVER;
    if (how == 0 && serves) {
        *length = due;
        days = ticks_to_days(due);
        accept = due > 0 ? (double)due / (double)person->sentence : 0;
    } else {
        days = distribution_draw_length_biased(person->way > 0 ? phase->next[person->way - 1].after
                                               : how == 0      ? phase->stay
                                                               : phase->clock[how - 1].after,
                                               stream);
        *length = ticks_from_days(days);
        accept = *length <= due ? 1 : 0;
        if (how > 0 && !serves)
            accept *= distribution_survival(phase->stay, days);
    }
    accept *= phase->clock_count > 0 && accept > 0 ? no_clock_rings(phase, how, days) : 1;
    return accept >= 1 || stream_uniform(stream) < accept;
}

/* The same at the beginning of PHASE: everything is drawn as it comes. */
static bool
try_fresh(struct person *person, const struct plan *plan, const struct phase_plan *phase,
          struct stream *stream, ticks *length)
{
    draw_sentence(person, plan, &plan->class[person->class], false, stream);
    if (!draw_custody_before(person, plan, phase, stream))
        return false;
    *length = whole_length(person, phase, person->custody, stream, &person->clock);
    return *length > 0 || phase->serve == SERVE_NOTHING;
}

bool
met_may_last(const struct plan *plan, uint16_t class, uint16_t phase)
{
    return steady_visits(&plan->steady, class, phase) <= FEWEST ||
           steady_days(&plan->steady, class, phase) > 0;
}

/* In the middle of PHASE by what is counted: the time SPENT, of a stay that lasts longer, or the
 * time that is LEFT. A sentence that the phase serves has as much left. FALSE: not this time. */
static bool
try_counted(struct person *person, const struct plan *plan, const struct phase_plan *phase,
            const struct met *met, struct stream *stream, ticks *spent, ticks *length)
{
    draw_sentence(person, plan, &plan->class[person->class], false, stream);
    if (!draw_custody_before(person, plan, phase, stream))
        return false;
    person->clock = 0;
    person->way = 0;
    double days = distribution_draw(met->spent != NULL ? met->spent : met->left, stream);
    if (met->spent != NULL) {
        *spent = ticks_from_days(days);
        *length = ticks_from_days(distribution_draw_beyond(phase->stay, days, stream));
        return *length >= *spent;
    }
    *spent = 0;
    *length = ticks_from_days(days);
    if (phase->serve != SERVE_NOTHING)
        person->custody = stay_served_by(person, phase->serve) - *length;
    return true;
}

bool
met_draw(struct person *person, const struct plan *plan, uint64_t replication,
         struct stream_name name, const struct met *met)
{
    const struct phase_plan *row = &plan->phase[met->phase];
    bool counted = met->spent != NULL || met->left != NULL;
    bool may = counted || met_may_last(plan, met->class, met->phase);
    struct stream stream = plan_stream(plan, replication, DRAW_STOCK, name, 0);
    ticks length = 0, spent = 0;
    bool found = false;

    person_draw_attributes(person, plan, replication, name, met->class, met->region, COMES_AT_ALL,
                           0);
    for (int i = 0; i < MOST_TRIES && !found && may; i++)
        found = counted      ? try_counted(person, plan, row, met, &stream, &spent, &length)
                : met->fresh ? try_fresh(person, plan, row, &stream, &length)
                             : try_met(person, plan, row, &stream, &length);
    if (!found)
        return false;
    if (!counted && !met->fresh)
        spent = (ticks)(stream_uniform(&stream) * (double)length);
    person->phase = met->phase;
    person->status = row->status;
    person->began = -spent;
    person->due[CLOCK_PHASE] = person->planned = length - spent;
    person->step = 1;
    return true;
}
