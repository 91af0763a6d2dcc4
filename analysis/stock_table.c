#include "stock_table.h"

#include "sim/base/array.h"

#include <stdlib.h>
#include <string.h>

const struct facility_object *
stock_table_facility(const struct stock_table *t, size_t site)
{
    return site < t->facilities ? scenario_facility(t->scenario, site) : NULL;
}

bool
stock_table_open(const struct stock_table *t, size_t site)
{
    return site >= t->facilities ||
           counts_open_on(t->scenario, stock_table_facility(t, site), t->counts_of->date);
}

size_t
stock_table_region(const struct scenario *scenario, const char *name)
{
    size_t region = 0;

    while (name != NULL && region < scenario->regions.count &&
           strcmp(scenario->regions.name[region], name) != 0)
        region++;
    return name != NULL ? region : scenario->regions.count;
}

const struct phase_object *
stock_table_phase(const struct scenario *scenario, const struct stock_object *row,
                  struct target *target)
{
    size_t class;

    if (row->phase == NULL || scenario_class(scenario, row->class, &class) == NULL ||
        !scenario_target(scenario, class, row->phase, target) || target->exit)
        return NULL;
    return (const struct phase_object *)scenario->pathways.list[target->class].item + target->phase;
}

static size_t
cell_of(const struct stock_table *t, const struct stock_object *row)
{
    struct target target;
    const struct phase_object *phase = stock_table_phase(t->scenario, row, &target);
    size_t site = row->facility != NULL
                      ? known_index(&t->names, row->facility)
                      : t->facilities + stock_table_region(t->scenario, row->region);

    if (phase != NULL && phase->where != PHASE_INSIDE)
        return SIZE_MAX;
    return site * STATUSES + (size_t)row->status;
}

void
stock_table_free(struct stock_table *t)
{
    free(t->site);
    free(t->before);
    free(t->weight);
    free(t->people);
    free(t->part);
    free(t->told);
    free(t->count);
    free(t->counted);
    free(t->cell);
    free(t->order);
    free(t->share);
    free(t->extra);
}

static bool
table_allocate(struct stock_table *t)
{
    size_t cells = t->sites * STATUSES, most = (t->sites > t->rows ? t->sites : t->rows) + 1;
    size_t counts = t->counts_of->count + 1;

    t->site = calloc(t->sites, sizeof *t->site);
    t->before = calloc(cells, sizeof *t->before);
    t->weight = calloc(most, sizeof *t->weight);
    t->people = calloc(cells, sizeof *t->people);
    t->part = calloc(most, sizeof *t->part);
    t->told = calloc(cells, sizeof *t->told);
    t->count = calloc(counts, sizeof *t->count);
    t->counted = calloc(counts, sizeof *t->counted);
    t->cell = calloc(t->rows + 1, sizeof *t->cell);
    t->order = calloc(t->rows + 1, sizeof *t->order);
    t->share = calloc(t->rows + 1, sizeof *t->share);
    return t->site != NULL && t->before != NULL && t->weight != NULL && t->people != NULL &&
           t->part != NULL && t->told != NULL && t->count != NULL && t->counted != NULL &&
           t->cell != NULL && t->order != NULL && t->share != NULL;
}

int
stock_table_begin(struct stock_table *t, struct scenario *scenario, const struct counts *counts,
                  struct lines *notes, struct error *err)
{
    *t = (struct stock_table){.scenario = scenario,
                              .counts_of = counts,
                              .notes = notes,
                              .stock = scenario->stock.item,
                              .rows = scenario->stock.count,
                              .facilities = scenario->facilities.count,
                              .regions = scenario->regions.count};
    t->sites = t->facilities + t->regions + 1;
    const char **name = tree_allocate(&scenario->tree, (t->facilities + 1) * sizeof *name);
    if (name == NULL || !table_allocate(t))
        return error_set(err, NO_MEMORY, "no memory for the stock");
    for (size_t i = 0; i < t->facilities; i++)
        name[i] = stock_table_facility(t, i)->name;
    t->names = known_names(scenario, "facility", name, t->facilities, false);
    for (size_t i = 0; i < t->sites; i++) {
        const struct facility_object *facility = stock_table_facility(t, i);
        t->site[i] = (struct spread_site){
            facility != NULL ? stock_table_region(scenario, facility->region) : i - t->facilities,
            facility == NULL || facility->counted};
    }
    for (size_t i = 0; i < t->rows; i++) {
        t->cell[i] = cell_of(t, &t->stock[i]);
        t->share[i] = t->stock[i].count;
        if (t->cell[i] != SIZE_MAX)
            t->before[t->cell[i]] += (double)t->stock[i].count;
    }
    return OK;
}

int
stock_table_row(struct restock_row **list, size_t *count, size_t *room, struct restock_row row,
                struct error *err)
{
    if (row.count == 0)
        return OK;
    if (!array_room(*list, *room, *count + 1))
        return error_set(err, NO_MEMORY, "no memory for the stock");
    (*list)[(*count)++] = row;
    return OK;
}

int
stock_table_sum(struct stock_table *t, const char *what, int64_t before, int64_t now,
                struct error *err)
{
    if (!array_room(t->sum, t->sum_room, t->sums + 1))
        return error_set(err, NO_MEMORY, "no memory for the sums");
    t->sum[t->sums++] = (struct restock_sum){what, before, now};
    return OK;
}
