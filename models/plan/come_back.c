#include "come_back.h"

#include "intake.h"
#include "names.h"
#include "steady.h"

#include "sim/engine/portable_math.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct come_back_object *
objects_of(const struct plan *plan)
{
    return plan->scenario->come_back.item;
}

/* The first row that holds for CLASS and EXIT. */
static uint16_t
rule_for(const struct plan *plan, const char *class, const char *exit)
{
    const struct come_back_object *rows = objects_of(plan);

    for (size_t i = 0; i < plan->scenario->come_back.count; i++)
        if (names_hold_for(&rows[i].classes, class) && names_hold_for(&rows[i].exits, exit))
            return (uint16_t)i;
    return NO_RULE;
}

/* Of CLASS the shares of the age bands, as people/person.c draws them. */
static void
shares_of_ages(const struct plan *plan, const struct class_plan *class, double share[AGE_BANDS])
{
    const struct people_plan *people = &plan->people;
    double others = 1 - class->women * class->mothers;
    double young = others * (people->need[NEED_YOUNG_ADULT] - people->need[NEED_YOUNG_ADULT - 1]);
    double elderly = others * (people->need[NEED_ELDERLY] - people->need[NEED_ELDERLY - 1]);
    double before = 0;

    for (int band = 0; band < AGE_BANDS; band++) {
        share[band] = (people->age[band] - before) * (1 - young - elderly);
        before = people->age[band];
    }
    share[0] += young + (1 - before) * (1 - young - elderly); /* nothing is said of their age */
    share[AGE_BANDS - 1] += elderly;
}

/* The share of those under RULE who come back where somebody of factor 1 does with chance R. */
static double
mean_chance(const struct come_back_rule *rule, const double share[AGE_BANDS], double r)
{
    double mean = 0;

    for (int band = 0; band < AGE_BANDS; band++)
        mean += share[band] * (1 - portable_pow(1 - r, rule->age[band]));
    return mean;
}

/* Of those who are anywhere in BAND alike at release, the share who are in the next as they come
 * back. */
static double
share_moved(const struct distribution *delay, int band)
{
    enum { POINTS = 200 };
    double years = plan_age_from(band + 1) - plan_age_from(band), moved = 0;

    if (band + 1 == AGE_BANDS)
        return 0;
    for (int i = 0; i < POINTS; i++)
        moved += fmin(1, distribution_quantile(delay, (i + 0.5) / POINTS) / 365.25 / years);
    return moved / POINTS;
}

/* Of those who come in OF_CLASS anywhere in BAND alike, the share who are in the next as they
 * leave, after the mean stay in balance. */
static double
share_crossing(const struct plan *plan, uint16_t of_class, int band)
{
    const double *days = plan->steady.days + (size_t)of_class * plan->steady.phases;
    double years = 0;

    if (band + 1 == AGE_BANDS || plan->people.age[AGE_BANDS - 1] <= 0) /* or no ages are given */
        return 0;
    for (uint16_t p = 0; p < plan->steady.phases; p++)
        years += days[p] / 365.25;
    return fmin(1, years / (plan_age_from(band + 1) - plan_age_from(band)));
}

static void
fill_chances(struct come_back_rule *rule, int band)
{
    for (int home = 0; home < 2; home++)
        for (int house = 0; house < 2; house++)
            for (int rushed = 0; rushed < 2; rushed++)
                rule->stays_out[band][home][house][rushed] = portable_pow(
                    1 - rule->r, rule->age[band] * (home ? rule->home : 1) *
                                     (house ? rule->house : 1) * (rushed ? rule->rushed : 1));
}

/* r by halving: the mean rises with it. */
static int
solve_chance(struct come_back_rule *rule, const double share[AGE_BANDS], bool by_age,
             const char *name, struct error *err)
{
    double low = 0, high = 1 - 1e-12;

    if (mean_chance(rule, share, high) < rule->chance)
        return error_set(err, BAD_INPUT,
                         "come_back %.60s: its factors let at most %.3g %% come back, and chance "
                         "is %.3g %%",
                         name, 100 * mean_chance(rule, share, high), 100 * rule->chance);
    for (int i = 0; i < 100; i++) {
        double middle = (low + high) / 2;
        if (mean_chance(rule, share, middle) < rule->chance)
            low = middle;
        else
            high = middle;
    }
    rule->r = (low + high) / 2;
    for (int band = 0; band < AGE_BANDS; band++) {
        rule->moved[band] = by_age ? share_moved(rule->delay, band) : 0;
        fill_chances(rule, band);
    }
    return OK;
}

static void
fill_rule(const struct plan *plan, struct come_back_rule *rule, const struct come_back_object *row)
{
    size_t as;

    *rule = (struct come_back_rule){.chance = row->chance,
                                    .delay = row->delay,
                                    .as = NO_CLASS,
                                    .home = row->home,
                                    .house = row->house,
                                    .rushed = row->rushed};
    if (row->as != NULL && scenario_class(plan->scenario, row->as, &as) != NULL)
        rule->as = (uint16_t)as;
    for (int band = 0; band < AGE_BANDS; band++) {
        rule->age[band] = 1;
        for (size_t i = 0; i < row->ages.count; i++)
            if (strcmp(row->ages.name[i], age_words[band]) == 0)
                rule->age[band] = row->ages.share[i];
    }
}

/* Where people go from a phase: NEXT, and how many of each arrival of OF_CLASS do, in balance. */
struct leaving {
    const struct target_plan *next;
    double flow;
};

/* The ways on from phase P, in WAYS; their number. */
static size_t
ways_from(const struct plan *plan, uint16_t of_class, uint16_t p,
          struct leaving ways[MOST_SHARES + MOST_CLOCKS])
{
    const struct phase_plan *phase = &plan->phase[p];
    const double *ends =
        plan->steady.ends + ((size_t)of_class * plan->steady.phases + p) * (1 + MOST_CLOCKS);
    double before = 0;
    size_t count = 0;

    for (uint8_t i = 0; i < phase->next_count; i++) {
        ways[count++] =
            (struct leaving){&phase->next[i], ends[0] * (phase->next[i].up_to - before)};
        before = phase->next[i].up_to;
    }
    for (uint8_t i = 0; i < phase->clock_count; i++)
        ways[count++] = (struct leaving){&phase->clock[i], ends[1 + i]};
    return count;
}

/* Of those of OF_CLASS who come into each phase, how many of each arrival have been at home by
 * then, into HOME [phases]: all in a phase at home, and as many elsewhere as come from there.
 * Phases that lead back to one another take some rounds. */
static void
find_home(const struct plan *plan, uint16_t of_class, double *home)
{
    enum { MOST_ROUNDS = 1000 };
    const double *visits = plan->steady.visits + (size_t)of_class * plan->steady.phases;
    struct leaving ways[MOST_SHARES + MOST_CLOCKS];
    double moved = 1;

    memset(home, 0, plan->phases * sizeof *home);
    for (int round = 0; round < MOST_ROUNDS && moved > 1e-12; round++) {
        moved = 0;
        for (uint16_t p = 0; p < plan->phases; p++)
            home[plan->phases + p] = plan->phase[p].where == PHASE_HOME ? visits[p] : 0;
        for (uint16_t p = 0; p < plan->phases; p++) {
            size_t count = visits[p] > 0 ? ways_from(plan, of_class, p, ways) : 0;
            for (size_t i = 0; i < count; i++)
                if (!ways[i].next->exit && plan->phase[ways[i].next->to].where != PHASE_HOME)
                    home[plan->phases + ways[i].next->to] += home[p] / visits[p] * ways[i].flow;
        }
        for (uint16_t p = 0; p < plan->phases; p++) {
            moved = fmax(moved, fabs(home[plan->phases + p] - home[p]));
            home[p] = home[plan->phases + p];
        }
    }
}

/* What comes back, in balance, and how it comes in: of the world, whose past it is. */
struct flows {
    const struct plan *of;
    double *still; /* [rules][days]: the share of those who will come that has not by then */
    uint16_t classes;
    uint32_t regions, rules;
    double *entries;  /* [regions][classes]: a day */
    double (*out)[2]; /* [classes][rules]: of an arrival, those who leave under the rule; who have
                       * not been in a phase at home, and who have */
    double *home;     /* [2][phases]: find_home's */
    double (*age)[AGE_BANDS];     /* [classes]: shares of those who come in */
    double (*crosses)[AGE_BANDS]; /* [classes]: the share who leave in the next band */
};

/* Who leaves in FROM, by rule, and was at home or not. */
static void
find_leavers(struct flows *flows, uint16_t from)
{
    const struct plan *of = flows->of;
    const double *visits = of->steady.visits + (size_t)from * of->steady.phases;
    struct leaving ways[MOST_SHARES + MOST_CLOCKS];

    find_home(of, from, flows->home);
    for (uint16_t p = 0; p < of->phases; p++) {
        size_t count = visits[p] > 0 ? ways_from(of, from, p, ways) : 0;
        double home = count > 0 ? fmin(1, flows->home[p] / visits[p]) : 0;
        for (size_t i = 0; i < count; i++) {
            uint16_t rule = ways[i].next->exit
                                ? of->come_back.of[(size_t)from * of->exits + ways[i].next->to]
                                : NO_RULE;
            if (rule == NO_RULE)
                continue;
            flows->out[(size_t)from * flows->rules + rule][0] += ways[i].flow * (1 - home);
            flows->out[(size_t)from * flows->rules + rule][1] += ways[i].flow * home;
        }
    }
}

static void
find_out(struct flows *flows)
{
    const struct plan *of = flows->of;

    for (uint16_t from = 0; from < of->classes; from++) {
        shares_of_ages(of, &of->class[from], flows -> age[from]);
        for (int band = 0; band < AGE_BANDS; band++)
            flows->crosses[from][band] = share_crossing(of, from, band);
        find_leavers(flows, from);
    }
}

/* Of an arrival in FROM, those who came in in BAND, leave under RULE in the same or the NEXT, and
 * come back. */
static double
back_of_band(const struct flows *flows, uint16_t from, uint32_t rule, int band, bool next)
{
    const struct come_back_rule *row = &flows->of->come_back.rule[rule];
    const double *out = flows->out[(size_t)from * flows->rules + rule];
    double crosses = flows->crosses[from][band], come = 0;

    if (next && crosses == 0) /* there may be no next band */
        return 0;
    for (int home = 0; home < 2; home++)
        come += out[home] * (1 - row->stays_out[band + next][home][0][0]);
    return come * flows->age[from][band] * (next ? crosses : 1 - crosses);
}

static bool
leads_to(const struct flows *flows, uint16_t from, uint32_t rule, uint16_t to)
{
    uint16_t as = flows->of->come_back.rule[rule].as;

    return (as != NO_CLASS ? as : from) == to;
}

/* Of an arrival in FROM, those who come back in TO. */
static double
all_back(const struct flows *flows, uint16_t from, uint16_t to)
{
    double sum = 0;

    for (uint32_t rule = 0; rule < flows->rules; rule++)
        for (int band = 0; band < AGE_BANDS && leads_to(flows, from, rule, to); band++)
            sum += back_of_band(flows, from, rule, band, false) +
                   back_of_band(flows, from, rule, band, true);
    return sum;
}

/* Those who come back in TO a day under RULE where ENTRIES come in, by the band they are in then.
 * Who left in the band they came in is by so much nearer to its end; who had just come into the
 * next stays there. */
static void
back_by_age(const struct flows *flows, const double *entries, uint32_t rule, uint16_t to,
            double back[AGE_BANDS])
{
    const struct come_back_rule *row = &flows->of->come_back.rule[rule];

    for (uint16_t from = 0; from < flows->classes; from++)
        for (int band = 0; band < AGE_BANDS && leads_to(flows, from, rule, to); band++) {
            double crosses = flows->crosses[from][band];
            double come = entries[from] * back_of_band(flows, from, rule, band, false);
            double moved = crosses < 1 ? fmin(1, row->moved[band] / (1 - crosses)) : 0;
            back[band] += come * (1 - moved);
            if (moved > 0 || crosses > 0)
                back[band + 1] +=
                    come * moved + entries[from] * back_of_band(flows, from, rule, band, true);
        }
}

static uint32_t
region_of_source(const struct plan *plan, const struct source_plan *source)
{
    return source->site < plan->facilities ? plan->facility[source->site].region
                                           : source->site - plan->facilities;
}

/* All entries where the rates are those of the first time: T = P + Q' T. */
static int
solve_traffic(struct flows *flows, struct error *err)
{
    size_t n = flows->classes;
    gsl_matrix *matrix = gsl_matrix_alloc(n, n);
    gsl_vector *total = gsl_vector_alloc(n);
    gsl_permutation *order = gsl_permutation_alloc(n);
    int sign, status = OK;

    if (matrix == NULL || total == NULL || order == NULL) {
        status = error_set(err, NO_MEMORY, "no memory for those who come back");
    } else {
        for (uint16_t to = 0; to < flows->classes; to++)
            for (uint16_t from = 0; from < flows->classes; from++)
                gsl_matrix_set(matrix, to, from, (to == from) - all_back(flows, from, to));
        gsl_linalg_LU_decomp(matrix, order, &sign);
        for (uint32_t r = 0; r < flows->regions; r++) {
            gsl_vector_view first = gsl_vector_view_array(flows->entries + r * n, n);
            gsl_linalg_LU_solve(matrix, order, &first.vector, total);
            gsl_vector_memcpy(&first.vector, total);
        }
    }
    gsl_permutation_free(order);
    gsl_vector_free(total);
    gsl_matrix_free(matrix);
    return status;
}

/* Multiply what comes of SOURCE with FACTOR, and with WEIGHT by age in proportion. AGE: the shares
 * of the bands among those drawn. */
static void
weigh(struct source_plan *source, const double age[AGE_BANDS], const double weight[AGE_BANDS],
      double factor)
{
    double most = 0, mean = 0;

    for (int band = 0; band < AGE_BANDS; band++)
        mean += age[band] * weight[band];
    for (int band = 0; band < AGE_BANDS; band++) {
        source->of_age[band] = mean > 0 ? weight[band] * factor / mean : 0;
        most = age[band] > 0 ? fmax(most, source->of_age[band]) : most;
    }
    source->most *= most;
    source->people *= factor;
}

/* People come in with the ages that the scenario says, all together: so of those of the first time
 * as many of each age as are left without those who come back; where the rates count all entries,
 * so many fewer come for the first time. */
static int
weigh_first(struct plan *plan, const struct flows *flows, bool total, struct error *err)
{
    for (uint32_t s = 0; s < plan->sources; s++) {
        struct source_plan *source = &plan->source[s];
        const double *entries =
            flows->entries + (size_t)region_of_source(plan, source) * flows->classes;
        const double *age = flows->age[source->class];
        double all = entries[source->class], back[AGE_BANDS] = {0}, weight[AGE_BANDS], sum = 0;
        for (uint32_t rule = 0; rule < flows->rules; rule++)
            back_by_age(flows, entries, rule, source->class, back);
        for (int band = 0; band < AGE_BANDS; band++)
            sum += back[band];
        if (total && sum > all * (1 + 1e-9))
            return error_set(err, BAD_INPUT,
                             "come_back: %.4g a day would come back as %s in a region where %.4g "
                             "a day come in all; lower chance, or say intake_counts: primary",
                             sum, source->class_name, all);
        double first = total ? all : all - sum; /* to which the weights refer */
        for (int band = 0; band < AGE_BANDS; band++)
            weight[band] = first > 0 && age[band] > 0
                               ? fmax(0, (all * age[band] - back[band]) / (first * age[band]))
                               : 1;
        weigh(source, age, weight, total && all > 0 ? 1 - sum / all : 1);
    }
    return OK;
}

/* The share still to come of those who will: its mean over day DAY, by Simpson's rule. */
static double
still_to_come(const struct distribution *delay, int32_t day)
{
    return (distribution_survival(delay, day) + 4 * distribution_survival(delay, day + 0.5) +
            distribution_survival(delay, day + 1)) /
           6;
}

/* Those released before the start come back at a rate that falls as the delay passes. */
static bool
fill_again(const struct plan *plan, struct source_plan *source, const struct flows *flows,
           const double *entries)
{
    const double *age = flows->age[source->class];
    double all[AGE_BANDS] = {0}, weight[AGE_BANDS], sum = 0;

    source->rate = calloc((size_t)plan->days + 1, sizeof *source->rate);
    if (source->rate == NULL)
        return false;
    for (uint32_t rule = 0; rule < flows->rules; rule++) {
        double back[AGE_BANDS] = {0}, come = 0;
        back_by_age(flows, entries, rule, source->class, back);
        for (int band = 0; band < AGE_BANDS; band++) {
            come += back[band];
            all[band] += back[band];
        }
        const double *still = flows->still + (size_t)rule * (size_t)plan->days;
        for (int32_t day = 0; come > 0 && day < plan->days; day++)
            source->rate[day] += come * still[day];
        sum += come;
    }
    for (int32_t day = 0; day < plan->days; day++) {
        source->people += source->rate[day];
        source->most = fmax(source->most, source->rate[day]);
    }
    for (int band = 0; band < AGE_BANDS; band++)
        weight[band] = sum > 0 && age[band] > 0 ? all[band] / (sum * age[band]) : 1;
    weigh(source, age, weight, 1);
    return true;
}

static int
add_again(struct plan *plan, struct flows *flows, struct error *err)
{
    size_t days = (size_t)plan->days;

    flows->still = calloc(flows->rules * days + 1, sizeof *flows->still);
    if (flows->still == NULL)
        return error_set(err, NO_MEMORY, "no memory for those who come back");
    for (uint32_t rule = 0; rule < flows->rules; rule++)
        for (int32_t day = 0; day < plan->days; day++)
            flows->still[rule * days + (size_t)day] =
                still_to_come(flows->of->come_back.rule[rule].delay, day);
    size_t most = plan->sources + (size_t)plan->regions * flows->classes;
    struct source_plan *more = realloc(plan->source, (most + 1) * sizeof *more);

    if (more == NULL)
        return error_set(err, NO_MEMORY, "no memory for those who come back");
    plan->source = more;
    for (uint32_t r = 0; r < plan->regions; r++)
        for (uint16_t c = 0; c < flows->classes; c++) {
            const char *const name[] = {"again", "/", plan->class[c].name, "/",
                                        plan->region[r].name};
            struct source_plan source = {.class_name = plan->class[c].name,
                                         .hash = names_joined(name, sizeof name / sizeof *name),
                                         .site = plan_region_site(plan, r),
                                         .class = c,
                                         .drift = NO_DRIFT,
                                         .again = true};
            if (!fill_again(plan, &source, flows, flows->entries + (size_t)r * flows->classes))
                return error_set(err, NO_MEMORY, "no memory for those who come back");
            if (source.most > 0)
                plan->source[plan->sources++] = source;
            else
                free(source.rate);
        }
    return OK;
}

static int
make_rules(struct plan *plan, struct error *err)
{
    struct come_back_plan *come_back = &plan->come_back;
    double ages[AGE_BANDS], share[AGE_BANDS];

    for (uint16_t c = 0; c < plan->classes; c++)
        for (uint32_t e = 0; e < plan->exits; e++)
            come_back->of[(size_t)c * plan->exits + e] =
                rule_for(plan, plan->class[c].name, plan->exit_name[e]);
    for (uint32_t i = 0; i < come_back->count; i++) {
        const struct come_back_object *row = &objects_of(plan)[i];
        double all = 0;
        fill_rule(plan, &come_back->rule[i], row);
        memset(share, 0, sizeof share);
        for (uint16_t c = 0; c < plan->classes; c++) { /* as they leave */
            double weight =
                names_hold_for(&row->classes, plan->class[c].name) ? plan->entries[c] : 0;
            shares_of_ages(plan, &plan->class[c], ages);
            for (int band = 0; band < AGE_BANDS; band++) {
                double crosses = share_crossing(plan, c, band);
                share[band] += weight * ages[band] * (1 - crosses);
                if (crosses > 0)
                    share[band + 1] += weight * ages[band] * crosses;
            }
            all += weight;
        }
        for (int band = 0; band < AGE_BANDS; band++)
            share[band] = all > 0 ? share[band] / all : band == 0;
        int status = solve_chance(&come_back->rule[i], share, plan->people.age[AGE_BANDS - 1] > 0,
                                  row->name, err);
        if (status != OK)
            return status;
    }
    return OK;
}

/* Of those who come in each class the share who come back. */
static void
find_shares_back(struct plan *plan, const struct flows *flows)
{
    for (uint16_t to = 0; to < flows->classes; to++) {
        double all = 0, back = 0;
        for (uint32_t r = 0; r < flows->regions; r++) {
            const double *entries = flows->entries + (size_t)r * flows->classes;
            double of_age[AGE_BANDS] = {0};
            for (uint32_t rule = 0; rule < flows->rules; rule++)
                back_by_age(flows, entries, rule, to, of_age);
            for (int band = 0; band < AGE_BANDS; band++)
                back += of_age[band];
            all += entries[to];
        }
        plan->come_back.back[to] = all > 0 ? fmin(1, back / all) : 0;
    }
}

static int
fill_intake(struct plan *plan, struct flows *flows, struct error *err)
{
    const struct plan *of = flows->of;
    bool total = plan->scenario->intake_counts == INTAKE_COUNTS_TOTAL;

    for (uint32_t s = 0; s < of->sources; s++)
        flows->entries[(size_t)region_of_source(of, &of->source[s]) * flows->classes +
                       of->source[s].class] += of->source[s].before;
    find_out(flows);
    int status = total ? OK : solve_traffic(flows, err);
    if (status == OK)
        status = weigh_first(plan, flows, total, err);
    find_shares_back(plan, flows);
    if (status != OK)
        return status;
    memset(plan->entries, 0, plan->classes * sizeof *plan->entries);
    for (uint32_t r = 0; r < plan->regions; r++)
        for (uint16_t c = 0; c < plan->classes; c++)
            plan->entries[c] += flows->entries[(size_t)r * flows->classes + c];
    status = plan->not_run ? OK : add_again(plan, flows, err);
    return status == OK ? plan_intake_slabs(plan, err) : status;
}

/* Is what WORLD calls its classes, exits and regions what PLAN does, in the same order, and do
 * people come back in it? */
static bool
is_past_of(const struct plan *world, const struct plan *plan)
{
    bool same = world->classes == plan->classes && world->exits == plan->exits &&
                world->regions == plan->regions && world->come_back.count > 0;

    for (uint16_t i = 0; same && i < plan->classes; i++)
        same = strcmp(world->class[i].name, plan->class[i].name) == 0;
    for (uint32_t i = 0; same && i < plan->exits; i++)
        same = strcmp(world->exit_name[i], plan->exit_name[i]) == 0;
    for (uint32_t i = 0; same && i < plan->regions; i++)
        same = strcmp(world->region[i].name, plan->region[i].name) == 0;
    return same;
}

int
plan_come_back(struct plan *plan, struct error *err)
{
    struct come_back_plan *come_back = &plan->come_back;

    *come_back = (struct come_back_plan){.count = (uint32_t)plan->scenario->come_back.count};
    if (come_back->count == 0)
        return OK;
    plan->owns_come_back = true;
    come_back->rule = calloc(come_back->count, sizeof *come_back->rule);
    come_back->of = calloc((size_t)plan->classes * plan->exits + 1, sizeof *come_back->of);
    come_back->back = calloc(plan->classes + 1u, sizeof *come_back->back);
    const struct plan *of =
        plan->world != NULL && plan->world != plan && is_past_of(plan->world, plan) ? plan->world
                                                                                    : plan;
    struct flows flows = {.of = of,
                          .classes = plan->classes,
                          .regions = plan->regions,
                          .rules = of == plan ? come_back->count : of->come_back.count};
    flows.entries = calloc((size_t)plan->regions * plan->classes + 1, sizeof *flows.entries);
    flows.out = calloc((size_t)plan->classes * flows.rules + 1, sizeof *flows.out);
    flows.age = calloc(plan->classes + 1u, sizeof *flows.age);
    flows.crosses = calloc(plan->classes + 1u, sizeof *flows.crosses);
    flows.home = calloc(2 * (size_t)of->phases + 1, sizeof *flows.home);
    bool room = come_back->rule != NULL && come_back->of != NULL && come_back->back != NULL &&
                flows.entries != NULL && flows.out != NULL && flows.age != NULL &&
                flows.crosses != NULL && flows.home != NULL;
    int status = room ? make_rules(plan, err)
                      : error_set(err, NO_MEMORY, "no memory for those who come back");
    if (room && status == OK)
        status = fill_intake(plan, &flows, err);
    free(flows.entries);
    free(flows.still);
    free(flows.out);
    free(flows.age);
    free(flows.crosses);
    free(flows.home);
    return status;
}

void
plan_come_back_free(struct plan *plan)
{
    if (!plan->owns_come_back)
        return;
    free(plan->come_back.rule);
    free(plan->come_back.of);
    free(plan->come_back.back);
}
