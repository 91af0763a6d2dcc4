#include "stock_phases.h"

#include "spread.h"

#include <stdlib.h>
#include <string.h>

/* The counts of people of one phase at home or outside. */
struct phase_counts {
    const struct counted *first;   /* any of them */
    const struct counted *all;     /* NULL: not counted all together */
    const struct counted **region; /* [regions]; NULL: not counted */
    int64_t regions_sum;
    size_t regions_counted;
};

static bool
is_of_phase(const struct stock_table *t, size_t row, const struct counted *of)
{
    struct target target;

    return t->cell[row] == SIZE_MAX &&
           stock_table_phase(t->scenario, &t->stock[row], &target) != NULL &&
           target.class == of->class && target.phase == of->phase;
}

static void
collect_phase(const struct stock_table *t, struct phase_counts *phase)
{
    const struct counts *counts = t->counts_of;

    for (size_t i = 0; i < counts->count; i++) {
        const struct counted *counted = &counts->counted[i];
        if (counted->kind != COUNT_PHASE || counted->class != phase->first->class ||
            counted->phase != phase->first->phase)
            continue;
        if (counted->region == SIZE_MAX) {
            phase->all = counted;
            continue;
        }
        phase->region[counted->region] = counted;
        phase->regions_sum += counted->row->count;
        phase->regions_counted++;
    }
}

/* COUNT people over the rows of the phase that lie in REGION, or (SIZE_MAX) in none that is
 * counted; a new row where there is none. */
static int
share_phase(struct stock_table *t, const struct phase_counts *phase, size_t region, int64_t count,
            struct error *err)
{
    const struct scenario *scenario = t->scenario;
    const struct phase_object *rows = scenario->pathways.list[phase->first->class].item;
    struct restock_row row = {.status = rows[phase->first->phase].status,
                              .class = scenario->pathways.name[phase->first->class],
                              .phase = rows[phase->first->phase].phase,
                              .count = count};
    double total = 0;

    for (size_t i = 0; i < t->rows; i++) {
        size_t of = stock_table_region(scenario, t->stock[i].region);
        bool fits = region != SIZE_MAX ? of == region
                    : of < t->regions  ? phase->region[of] == NULL
                                       : true;
        t->weight[i] = fits && is_of_phase(t, i, phase->first) ? (double)t->stock[i].count : 0;
        total += t->weight[i];
    }
    if (total <= 0) {
        row.region = region != SIZE_MAX ? scenario->regions.name[region] : NULL;
        return stock_table_row(&t->extra, &t->extras, &t->extra_room, row, err);
    }
    int error = spread_total(count, t->weight, t->rows, t->part, err);
    for (size_t i = 0; i < t->rows && error == OK; i++)
        if (t->weight[i] > 0)
            t->share[i] = t->part[i];
    return error;
}

/* What is wrong with the counts of PHASE, of which UNPLACED people of the stock name no region;
 * NULL: nothing. */
static const char *
phase_wrong(const struct stock_table *t, const struct phase_counts *phase, int64_t unplaced)
{
    bool whole = phase->regions_counted == t->regions;

    if (phase->all != NULL && phase->regions_sum > phase->all->row->count)
        return "%lld people, and its regions that are counted too are %lld already; one of the "
               "two is wrong";
    if (phase->all != NULL && whole && phase->regions_sum < phase->all->row->count)
        return "%lld people, and all regions are counted too and are %lld; one of the two is wrong";
    if (phase->all == NULL && !whole && unplaced > 0)
        return "%lld people of a region (%lld in all that are counted), and the baseline's stock "
               "names no region of these; expected a count of each region, or of all";
    return NULL;
}

static int
scale_phase(struct stock_table *t, struct phase_counts *phase, struct faults *faults,
            struct error *err)
{
    int64_t unplaced = 0;
    int error = OK;

    collect_phase(t, phase);
    for (size_t i = 0; i < t->rows; i++)
        if (is_of_phase(t, i, phase->first) && t->stock[i].region == NULL)
            unplaced += t->stock[i].count;
    const char *wrong = phase_wrong(t, phase, unplaced);
    if (wrong != NULL) {
        const struct counted *at = phase->all != NULL ? phase->all : phase->first;
        counts_fault(t->counts_of, at, faults, "count", wrong, (long long)at->row->count,
                     (long long)phase->regions_sum);
        return BAD_INPUT;
    }
    for (size_t r = 0; r < t->regions && error == OK; r++)
        if (phase->region[r] != NULL)
            error = share_phase(t, phase, r, phase->region[r]->row->count, err);
    bool whole = phase->regions_counted == t->regions;
    if (error == OK && (phase->all != NULL || whole))
        error =
            share_phase(t, phase, SIZE_MAX,
                        phase->all != NULL ? phase->all->row->count - phase->regions_sum : 0, err);
    return error;
}

/* The first count of the phase that COUNTED is of? */
static bool
is_first(const struct counts *counts, const struct counted *counted)
{
    for (const struct counted *c = counts->counted; c < counted; c++)
        if (c->kind == COUNT_PHASE && c->class == counted->class && c->phase == counted->phase)
            return false;
    return counted->kind == COUNT_PHASE;
}

int
stock_phases_scale(struct stock_table *t, struct faults *faults, struct error *err)
{
    const struct counts *counts = t->counts_of;
    int error = OK;

    for (size_t i = 0; i < counts->count && (error == OK || error == BAD_INPUT); i++) {
        struct phase_counts phase = {.first = &counts->counted[i]};
        if (!is_first(counts, phase.first))
            continue;
        phase.region = calloc(t->regions + 1, sizeof *phase.region);
        if (phase.region == NULL)
            return error_set(err, NO_MEMORY, "no memory for the stock");
        int one = scale_phase(t, &phase, faults, err);
        error = one != OK ? one : error;
        free(phase.region);
    }
    return error;
}

/* Sums of the phases at home and outside, and a line for those that were not counted. */
int
stock_phases_sum(struct stock_table *t, struct error *err)
{
    struct scenario *scenario = t->scenario;
    const struct counts *counts = t->counts_of;
    int error = OK;

    for (size_t c = 0; c < scenario->pathways.count; c++)
        for (size_t p = 0; p < scenario->pathways.list[c].count && error == OK; p++) {
            const struct counted of = {.class = c, .phase = p};
            const char *class = scenario->pathways.name[c];
            const char *phase =
                ((const struct phase_object *)scenario->pathways.list[c].item)[p].phase;
            int64_t before = 0, now = 0;
            bool counted = false;
            char name[256];
            for (size_t i = 0; i < t->rows; i++) {
                bool fits = is_of_phase(t, i, &of);
                before += fits ? t->stock[i].count : 0;
                now += fits ? t->share[i] : 0;
            }
            snprintf(name, sizeof name, "%s.%s", class, phase);
            for (size_t i = 0; i < t->extras; i++)
                now += t->extra[i].facility == NULL && strcmp(t->extra[i].class, class) == 0 &&
                               strcmp(t->extra[i].phase, phase) == 0
                           ? t->extra[i].count
                           : 0;
            for (size_t i = 0; i < counts->count; i++)
                counted |= counts->counted[i].kind == COUNT_PHASE &&
                           counts->counted[i].class == c && counts->counted[i].phase == p;
            if (before > 0 && !counted)
                lines_put(t->notes, "not counted, as in the baseline: %lld people, %s\n",
                          (long long)before, name);
            if (before + now > 0)
                error = stock_table_sum(t, tree_keep_text(&scenario->tree, name), before, now, err);
        }
    return error;
}
