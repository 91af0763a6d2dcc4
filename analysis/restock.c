#include "restock.h"

#include "spread.h"

#include "models/scenario/check/known.h"

#include "sim/base/array.h"
#include "sim/engine/calendar.h"

#include <stdlib.h>
#include <string.h>

/* The stock inside as a table of sites and statuses. A site is a facility; or, of rows that name no
 * facility, a region; or, of those that name no region either, the nation, which is in none. */
struct table {
    struct restock *restock;
    const struct stock_object *stock;
    size_t rows, facilities, regions, sites;
    struct known names;       /* of facilities */
    struct spread_site *site; /* [sites] */
    double *before, *weight;  /* [sites][STATUSES]; [sites or rows] */
    int64_t *people, *part;   /* [sites][STATUSES]; [sites or rows] */
    bool *told;               /* [sites][STATUSES] */
    struct spread_count *count;
    const struct counted **counted; /* [counts]: that each is of */
    size_t counts;
    size_t *cell;              /* [rows]: site * STATUSES + status; SIZE_MAX: not inside */
    size_t *order;             /* [rows]: by cell */
    int64_t *share;            /* [rows]: people of each row now */
    struct restock_row *extra; /* rows that the stock has not */
    size_t extras, extra_room;
};

static const struct facility_object *
facility_at(const struct table *t, size_t site)
{
    return site < t->facilities ? scenario_facility(t->restock->scenario, site) : NULL;
}

static bool
is_open(const struct table *t, size_t site)
{
    return site >= t->facilities || counts_open_on(facility_at(t, site), t->restock->counts->date);
}

static size_t
region_called(const struct scenario *scenario, const char *name)
{
    size_t region = 0;

    while (name != NULL && region < scenario->regions.count &&
           strcmp(scenario->regions.name[region], name) != 0)
        region++;
    return name != NULL ? region : scenario->regions.count;
}

/* The phase of ROW; NULL: it names none. */
static const struct phase_object *
phase_of(const struct scenario *scenario, const struct stock_object *row, struct target *target)
{
    size_t class;

    if (row->phase == NULL || scenario_class(scenario, row->class, &class) == NULL ||
        !scenario_target(scenario, class, row->phase, target) || target->exit)
        return NULL;
    return (const struct phase_object *)scenario->pathways.list[target->class].item + target->phase;
}

static size_t
cell_of(const struct table *t, const struct stock_object *row)
{
    struct target target;
    const struct phase_object *phase = phase_of(t->restock->scenario, row, &target);
    size_t site = row->facility != NULL
                      ? known_index(&t->names, row->facility)
                      : t->facilities + region_called(t->restock->scenario, row->region);

    if (phase != NULL && phase->where != PHASE_INSIDE)
        return SIZE_MAX;
    return site * STATUSES + (size_t)row->status;
}

static void
table_free(struct table *t)
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
table_allocate(struct table *t)
{
    size_t cells = t->sites * STATUSES, most = (t->sites > t->rows ? t->sites : t->rows) + 1;
    size_t counts = t->restock->counts->count + 1;

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

static int
table_begin(struct table *t, struct restock *restock, struct error *err)
{
    struct scenario *scenario = restock->scenario;

    *t = (struct table){.restock = restock,
                        .stock = scenario->stock.item,
                        .rows = scenario->stock.count,
                        .facilities = scenario->facilities.count,
                        .regions = scenario->regions.count};
    t->sites = t->facilities + t->regions + 1;
    const char **name = tree_allocate(&scenario->tree, (t->facilities + 1) * sizeof *name);
    if (name == NULL || !table_allocate(t))
        return error_set(err, NO_MEMORY, "no memory for the stock");
    for (size_t i = 0; i < t->facilities; i++)
        name[i] = facility_at(t, i)->name;
    t->names = known_names(scenario, "facility", name, t->facilities, false);
    for (size_t i = 0; i < t->sites; i++) {
        const struct facility_object *facility = facility_at(t, i);
        t->site[i] = (struct spread_site){
            facility != NULL ? region_called(scenario, facility->region) : i - t->facilities,
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

/* May people of SITE, which is not open, be at OTHER? */
static bool
takes_from(const struct table *t, size_t site, size_t other, size_t status, bool region)
{
    const struct facility_object *facility = facility_at(t, other);

    return is_open(t, other) && t->site[other].counted == t->site[site].counted &&
           (!region || t->site[other].region == t->site[site].region) &&
           (facility == NULL || (scenario_statuses(facility) >> status & 1)) &&
           (facility == NULL || facility->kind == facility_at(t, site)->kind);
}

/* Spread GONE people of SITE over those of its kind in its region, or else in all. */
static int
move_people(struct table *t, size_t site, size_t status, bool *moved, struct error *err)
{
    double gone = t->before[site * STATUSES + status], total = 0;

    t->before[site * STATUSES + status] = 0;
    for (int region = 1; region >= 0 && total <= 0; region--)
        for (size_t i = 0; i < t->sites; i++) {
            t->weight[i] =
                takes_from(t, site, i, status, region == 1) ? t->before[i * STATUSES + status] : 0;
            total += t->weight[i];
        }
    *moved = total > 0;
    if (total <= 0)
        return OK;
    int error = spread_total((int64_t)gone, t->weight, t->sites, t->part, err);
    for (size_t i = 0; error == OK && i < t->sites; i++)
        t->before[i * STATUSES + status] += (double)t->part[i];
    return error;
}

/* Nobody is in a facility that is not open. */
static int
empty_closed(struct table *t, struct error *err)
{
    char on[CALENDAR_TEXT];
    int error = OK;

    calendar_write(t->restock->counts->date, on);
    for (size_t i = 0; i < t->facilities && error == OK; i++) {
        double gone = 0;
        bool moved = true;
        if (is_open(t, i))
            continue;
        for (size_t k = 0; k < STATUSES && error == OK; k++) {
            bool went = true;
            gone += t->before[i * STATUSES + k];
            if (t->before[i * STATUSES + k] > 0)
                error = move_people(t, i, k, &went, err);
            moved &= went;
        }
        if (gone > 0)
            fprintf(t->restock->notes, "%s is not open on %s: its %.0f people of the stock %s\n",
                    facility_at(t, i)->name, on, gone,
                    moved ? "are spread over the others of its kind, before the counts"
                          : "are left out where no other of its kind takes them");
    }
    return error;
}

/* Rows of the stock that name no facility cannot be told from what is counted by facility. */
static void
check_named(const struct table *t, const struct counted *counted, struct faults *faults)
{
    bool by_facility = counted->facility != SIZE_MAX;
    size_t region = by_facility ? t->site[counted->facility].region : counted->region;
    double without = 0;

    for (size_t k = 0; k < STATUSES; k++)
        if (counted->status == STATUSES || counted->status == (int)k)
            without += t->before[(t->facilities + t->regions) * STATUSES + k] +
                       (by_facility ? t->before[(t->facilities + region) * STATUSES + k] : 0);
    if (region == SIZE_MAX || without <= 0)
        return;
    char path[64];
    snprintf(path, sizeof path, "counts[%zu].where",
             (size_t)(counted - t->restock->counts->counted));
    faults_add(faults, node_at(node_where(counted->row->node, "where")), path,
               "the baseline's stock has %.0f such people without a %s; expected a count of %s",
               without, by_facility ? "facility" : "region",
               by_facility ? "the region, or of all" : "all");
}

static void
take_counts(struct table *t, struct faults *faults)
{
    const struct counts *counts = t->restock->counts;

    for (size_t i = 0; i < counts->count; i++) {
        const struct counted *counted = &counts->counted[i];
        if (counted->kind != COUNT_INSIDE)
            continue;
        check_named(t, counted, faults);
        bool facility = counted->facility != SIZE_MAX, region = counted->region != SIZE_MAX;
        t->counted[t->counts] = counted;
        t->count[t->counts++] = (struct spread_count){facility ? SPREAD_SITE
                                                      : region ? SPREAD_REGION
                                                               : SPREAD_NATION,
                                                      facility ? counted->facility
                                                      : region ? counted->region
                                                               : 0,
                                                      counted->status, counted->row->count};
    }
}

/* Statuses of the people of a facility that is counted and was empty: as in those of its kind. */
static void
seed(struct table *t, size_t site, double people)
{
    const struct facility_object *facility = facility_at(t, site);
    double of[STATUSES] = {0}, total = 0;
    uint32_t takes = scenario_statuses(facility);

    for (size_t i = 0; i < t->facilities * STATUSES; i++)
        if (facility_at(t, i / STATUSES)->kind == facility->kind && (takes >> i % STATUSES & 1))
            of[i % STATUSES] += t->before[i];
    for (size_t k = 0; k < STATUSES; k++)
        total += of[k];
    for (size_t k = 0; k < STATUSES; k++)
        t->before[site * STATUSES + k] = people * (total > 0        ? of[k] / total
                                                   : takes >> k & 1 ? 1
                                                                    : 0);
    fprintf(t->restock->notes,
            "%s: nobody is there in the baseline's stock; statuses as in others "
            "of its kind\n",
            facility->name);
}

static void
seed_empty(struct table *t)
{
    for (size_t i = 0; i < t->counts; i++) {
        const struct spread_count *count = &t->count[i];
        double there = 0;
        if (count->scope != SPREAD_SITE || count->status != SPREAD_ANY || count->people == 0)
            continue;
        for (size_t k = 0; k < STATUSES; k++)
            there += t->before[count->of * STATUSES + k];
        if (there <= 0)
            seed(t, count->of, (double)count->people);
    }
}

static int
spread_counts(struct table *t, struct faults *faults, struct error *err)
{
    struct error why = {0};
    struct spread spread = {.site = t->site,
                            .sites = t->sites,
                            .regions = t->regions + 1,
                            .before = t->before,
                            .count = t->count,
                            .counts = t->counts,
                            .people = t->people,
                            .told = t->told};
    int status = spread_solve(&spread, &why);

    if (status == BAD_INPUT) {
        const struct counted *counted = t->counted[spread.wrong];
        char path[64];
        snprintf(path, sizeof path, "counts[%zu].count",
                 (size_t)(counted - t->restock->counts->counted));
        faults_add(faults, node_at(node_where(counted->row->node, "count")), path, "%s",
                   why.message);
    } else if (status != OK) {
        return error_set(err, status, "%s", why.message);
    }
    return status;
}

int64_t
restock_out(const struct scenario *scenario, const struct counts *counts, size_t measure,
            bool *counted)
{
    const struct measure_object *row =
        (const struct measure_object *)scenario->measures.item + measure;

    *counted = true;
    for (size_t i = 0; i < counts->count; i++)
        if (counts->counted[i].kind == COUNT_MEASURE && counts->counted[i].measure == measure)
            return counts->counted[i].row->count;
    *counted = false;
    return counts_holds_out(row) && counts_in_force(row, scenario->start) &&
                   counts_in_force(row, counts->date)
               ? row->at_once
               : 0;
}

bool
restock_any_out(const struct scenario *scenario, const struct counts *counts)
{
    bool any = false, counted;

    for (size_t i = 0; i < scenario->measures.count; i++)
        any |= restock_out(scenario, counts, i, &counted) > 0;
    return any;
}

/* Whether MEASURE takes people of SITE. */
static bool
takes_out_of(const struct table *t, const struct measure_object *measure, size_t site)
{
    const struct facility_object *facility = facility_at(t, site);
    const char *region = site < t->facilities ? facility->region
                         : site < t->facilities + t->regions
                             ? t->restock->scenario->regions.name[site - t->facilities]
                             : NULL;

    return t->site[site].counted && (facility == NULL || facility->kind == KIND_PRISON) &&
           (measure->region == NULL || (region != NULL && strcmp(region, measure->region) == 0)) &&
           (measure->facility == NULL ||
            (facility != NULL && strcmp(facility->name, measure->facility) == 0));
}

/* People whom a measure holds out are not among those counted inside, and are in the stock: it
 * takes them out in its first round. They are added where a count tells of those inside. */
static int
add_out(struct table *t, size_t measure, struct error *err)
{
    const struct scenario *scenario = t->restock->scenario;
    const struct measure_object *row =
        (const struct measure_object *)scenario->measures.item + measure;
    bool counted;
    int64_t out = restock_out(scenario, t->restock->counts, measure, &counted), added = 0;
    size_t status = STATUS_CONVICTED;

    while (row->statuses != 0 && !(row->statuses >> status & 1))
        status = (status + 1) % STATUSES;
    for (size_t i = 0; i < t->sites; i++)
        t->weight[i] = takes_out_of(t, row, i) ? (double)t->people[i * STATUSES + status] : 0;
    int error = spread_total(out, t->weight, t->sites, t->part, err);
    for (size_t i = 0; i < t->sites && error == OK; i++)
        if (t->told[i * STATUSES + status] && t->weight[i] > 0) {
            t->people[i * STATUSES + status] += t->part[i];
            added += t->part[i];
        }
    if (out > 0)
        fprintf(t->restock->notes,
                "%s: %lld people%s are held out of prison, %lld of them beside those counted "
                "inside; all "
                "are in the stock, and leave in the first round\n",
                row->name, (long long)out,
                counted ? "" : " (not counted: at_once, as in the baseline)", (long long)added);
    return error;
}

static int
by_cell(const void *one, const void *other, void *context)
{
    const size_t *cell = context, a = *(const size_t *)one, b = *(const size_t *)other;

    return cell[a] != cell[b] ? (cell[a] < cell[b] ? -1 : 1) : (a < b ? -1 : a > b);
}

/* The people of each cell over its rows, as they were. */
static int
share_rows(struct table *t, struct error *err)
{
    int error = OK;

    for (size_t i = 0; i < t->rows; i++)
        t->order[i] = i;
    qsort_r(t->order, t->rows, sizeof *t->order, by_cell, t->cell);
    for (size_t i = 0, n; i < t->rows && t->cell[t->order[i]] != SIZE_MAX && error == OK; i += n) {
        size_t cell = t->cell[t->order[i]];
        for (n = 0; i + n < t->rows && t->cell[t->order[i + n]] == cell; n++)
            t->weight[n] = (double)t->stock[t->order[i + n]].count;
        error = spread_total(t->people[cell], t->weight, n, t->part, err);
        for (size_t j = 0; j < n && error == OK; j++)
            t->share[t->order[i + j]] = t->part[j];
        t->people[cell] = 0; /* all are in rows */
    }
    return error;
}

static int
add_row(struct restock_row **list, size_t *count, size_t *room, struct restock_row row,
        struct error *err)
{
    if (row.count == 0)
        return OK;
    if (!array_room(*list, *room, *count + 1))
        return error_set(err, NO_MEMORY, "no memory for the stock");
    (*list)[(*count)++] = row;
    return OK;
}

/* Is row I of the stock one of STATUS in a facility of the kind of FACILITY, with a class? */
static bool
is_like(const struct table *t, size_t i, int status, const struct facility_object *facility)
{
    size_t site = t->cell[i] / STATUSES;

    return t->cell[i] != SIZE_MAX && t->stock[i].status == status && t->stock[i].class != NULL &&
           site < t->facilities && facility_at(t, site)->kind == facility->kind;
}

/* Rows for the people of a cell that has none: of the classes and phases of others of its kind. */
static int
add_cell(struct table *t, size_t cell, struct error *err)
{
    const struct facility_object *facility = facility_at(t, cell / STATUSES);
    struct restock_row row = {.status = (int)(cell % STATUSES), .facility = facility->name};
    size_t found = 0;

    for (size_t i = 0; i < t->rows; i++) {
        size_t same = 0;
        if (!is_like(t, i, row.status, facility) || t->stock[i].fresh)
            continue;
        while (same < found &&
               (strcmp(t->stock[t->order[same]].class, t->stock[i].class) != 0 ||
                strcmp(t->stock[t->order[same]].phase != NULL ? t->stock[t->order[same]].phase : "",
                       t->stock[i].phase != NULL ? t->stock[i].phase : "") != 0))
            same++;
        if (same == found) {
            t->weight[found] = 0;
            t->order[found++] = i;
        }
        t->weight[same] += (double)t->stock[i].count;
    }
    t->weight[found] = found == 0;
    int error = spread_total(t->people[cell], t->weight, found + (found == 0), t->part, err);
    for (size_t i = 0; i < found + (found == 0) && error == OK; i++) {
        row.count = t->part[i];
        row.class = found > 0 ? t->stock[t->order[i]].class : NULL;
        row.phase = found > 0 ? t->stock[t->order[i]].phase : NULL;
        error = add_row(&t->extra, &t->extras, &t->extra_room, row, err);
    }
    return error;
}

static int
add_cells(struct table *t, struct error *err)
{
    int error = OK;

    for (size_t cell = 0; cell < t->facilities * STATUSES && error == OK; cell++)
        if (t->people[cell] > 0)
            error = add_cell(t, cell, err);
    return error;
}

/* The counts of people of one phase at home or outside. */
struct phase_counts {
    const struct counted *first;   /* any of them */
    const struct counted *all;     /* NULL: not counted all together */
    const struct counted **region; /* [regions]; NULL: not counted */
    int64_t regions_sum;
    size_t regions_counted;
};

static bool
is_of_phase(const struct table *t, size_t row, const struct counted *of)
{
    struct target target;

    return t->cell[row] == SIZE_MAX &&
           phase_of(t->restock->scenario, &t->stock[row], &target) != NULL &&
           target.class == of->class && target.phase == of->phase;
}

static void
collect_phase(const struct table *t, struct phase_counts *phase)
{
    const struct counts *counts = t->restock->counts;

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
share_phase(struct table *t, const struct phase_counts *phase, size_t region, int64_t count,
            struct error *err)
{
    const struct scenario *scenario = t->restock->scenario;
    const struct phase_object *rows = scenario->pathways.list[phase->first->class].item;
    struct restock_row row = {.status = rows[phase->first->phase].status,
                              .class = scenario->pathways.name[phase->first->class],
                              .phase = rows[phase->first->phase].phase,
                              .count = count};
    double total = 0;

    for (size_t i = 0; i < t->rows; i++) {
        size_t of = region_called(scenario, t->stock[i].region);
        bool fits = region != SIZE_MAX ? of == region
                    : of < t->regions  ? phase->region[of] == NULL
                                       : true;
        t->weight[i] = fits && is_of_phase(t, i, phase->first) ? (double)t->stock[i].count : 0;
        total += t->weight[i];
    }
    if (total <= 0) {
        row.region = region != SIZE_MAX ? scenario->regions.name[region] : NULL;
        return add_row(&t->extra, &t->extras, &t->extra_room, row, err);
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
phase_wrong(const struct table *t, const struct phase_counts *phase, int64_t unplaced)
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
scale_phase(struct table *t, struct phase_counts *phase, struct faults *faults, struct error *err)
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
        char path[64];
        snprintf(path, sizeof path, "counts[%zu].count",
                 (size_t)(at - t->restock->counts->counted));
        faults_add(faults, node_at(node_where(at->row->node, "count")), path, wrong,
                   (long long)at->row->count, (long long)phase->regions_sum);
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

static int
scale_phases(struct table *t, struct faults *faults, struct error *err)
{
    const struct counts *counts = t->restock->counts;
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

/* What was not counted: a line for each status, with the facilities where that is so. */
static void
tell_not_counted(const struct table *t, size_t status)
{
    double people = 0;
    size_t named = 0, more = 0;
    bool any = false;

    for (size_t i = 0; i < t->sites; i++) {
        people += t->told[i * STATUSES + status] ? 0 : t->before[i * STATUSES + status];
        any |= t->told[i * STATUSES + status] && t->before[i * STATUSES + status] > 0;
    }
    if (people <= 0)
        return;
    fprintf(t->restock->notes, "not counted, as in the baseline: %.0f people, %s", people,
            status_words[status]);
    for (size_t i = 0; i < t->facilities && any; i++) {
        if (t->told[i * STATUSES + status] || t->before[i * STATUSES + status] <= 0)
            continue;
        if (named < 3)
            fprintf(t->restock->notes, "%s%s", named++ == 0 ? ", in " : ", ",
                    facility_at(t, i)->name);
        else
            more++;
    }
    if (more > 0)
        fprintf(t->restock->notes, " and %zu more", more);
    fputc('\n', t->restock->notes);
}

/* Is anybody counted at SITE by the row of it, or by the stock? */
static void
tell_empty(const struct table *t)
{
    const struct scenario *scenario = t->restock->scenario;

    for (size_t i = 0; i < t->facilities; i++) {
        const struct facility_object *facility = facility_at(t, i);
        bool opened = facility->opens != NO_DATE && facility->opens > scenario->start;
        double there = 0;
        for (size_t k = 0; k < STATUSES; k++)
            there += (double)t->people[i * STATUSES + k];
        if (opened && is_open(t, i) && there <= 0)
            fprintf(t->restock->notes,
                    "%s has opened since the baseline's start and is not counted: nobody is there "
                    "at first\n",
                    facility->name);
    }
}

static int
add_sum(struct restock *restock, const char *what, int64_t before, int64_t now, struct error *err)
{
    if (!array_room(restock->sum, restock->sum_room, restock->sums + 1))
        return error_set(err, NO_MEMORY, "no memory for the sums");
    restock->sum[restock->sums++] = (struct restock_sum){what, before, now};
    return OK;
}

/* How many are inside, of a status or (STATUSES) of all, in facilities that are counted or not. */
static int
sum_inside(const struct table *t, size_t status, bool counted, const char *what, struct error *err)
{
    int64_t before = 0, now = 0;

    for (size_t i = 0; i < t->rows; i++)
        before += t->cell[i] != SIZE_MAX && t->site[t->cell[i] / STATUSES].counted == counted &&
                          (status == STATUSES || t->cell[i] % STATUSES == status)
                      ? t->stock[i].count
                      : 0;
    for (size_t i = 0; i < t->sites * STATUSES; i++)
        now += t->site[i / STATUSES].counted == counted &&
                       (status == STATUSES || i % STATUSES == status)
                   ? t->people[i]
                   : 0;
    return before + now > 0 ? add_sum(t->restock, what, before, now, err) : OK;
}

/* Sums of those inside, while the table has them. */
static int
sum_all_inside(const struct table *t, struct error *err)
{
    int error = sum_inside(t, STATUSES, true, "stock inside", err);

    for (size_t k = 0; k < STATUSES && error == OK; k++)
        error = sum_inside(t, k, true, status_words[k], err);
    return error == OK ? sum_inside(t, STATUSES, false, "in facilities that are not counted", err)
                       : error;
}

/* Sums of the phases at home and outside, and a line for those that were not counted. */
static int
sum_phases(const struct table *t, struct error *err)
{
    struct scenario *scenario = t->restock->scenario;
    const struct counts *counts = t->restock->counts;
    int error = OK;

    for (size_t c = 0; c < scenario->pathways.count; c++)
        for (size_t p = 0; p < scenario->pathways.list[c].count && error == OK; p++) {
            const struct counted of = {.class = c, .phase = p};
            int64_t before = 0, now = 0;
            bool counted = false;
            char name[256];
            for (size_t i = 0; i < t->rows; i++) {
                bool fits = is_of_phase(t, i, &of);
                before += fits ? t->stock[i].count : 0;
                now += fits ? t->share[i] : 0;
            }
            snprintf(name, sizeof name, "%s.%s", scenario->pathways.name[c],
                     ((const struct phase_object *)scenario->pathways.list[c].item)[p].phase);
            for (size_t i = 0; i < t->extras; i++)
                now += t->extra[i].facility == NULL &&
                               strcmp(t->extra[i].class, scenario->pathways.name[c]) == 0 &&
                               strcmp(t->extra[i].phase, strchr(name, '.') + 1) == 0
                           ? t->extra[i].count
                           : 0;
            for (size_t i = 0; i < counts->count; i++)
                counted |= counts->counted[i].kind == COUNT_PHASE &&
                           counts->counted[i].class == c && counts->counted[i].phase == p;
            if (before > 0 && !counted)
                fprintf(t->restock->notes, "not counted, as in the baseline: %lld people, %s\n",
                        (long long)before, name);
            if (before + now > 0)
                error =
                    add_sum(t->restock, tree_keep_text(&scenario->tree, name), before, now, err);
        }
    return error;
}

/* All rows: those of the stock in their order, then the new ones. */
static int
list_rows(const struct table *t, struct error *err)
{
    struct restock *r = t->restock;
    int error = OK;

    for (size_t i = 0; i < t->rows && error == OK; i++) {
        const struct stock_object *row = &t->stock[i];
        error = add_row(&r->row, &r->rows, &r->row_room,
                        (struct restock_row){row, row->status, row->class, row->phase, row->region,
                                             row->facility, t->share[i]},
                        err);
    }
    for (size_t i = 0; i < t->extras && error == OK; i++)
        error = add_row(&r->row, &r->rows, &r->row_room, t->extra[i], err);
    return error;
}

/* People inside: the table is solved, those held out are added, and it becomes rows. */
static int
scale_inside(struct table *t, struct faults *faults, struct error *err)
{
    size_t errors = faults->errors;
    int error = empty_closed(t, err);

    if (error == OK)
        take_counts(t, faults);
    if (error != OK || faults->errors > errors)
        return error != OK ? error : BAD_INPUT;
    seed_empty(t);
    error = spread_counts(t, faults, err);
    for (size_t i = 0; i < t->restock->scenario->measures.count && error == OK; i++)
        error = add_out(t, i, err);
    if (error != OK)
        return error;
    for (size_t k = 0; k < STATUSES; k++)
        tell_not_counted(t, k);
    tell_empty(t);
    error = sum_all_inside(t, err);
    if (error == OK)
        error = share_rows(t, err);
    return error == OK ? add_cells(t, err) : error;
}

int
restock_make(struct restock *restock, struct faults *faults, struct error *err)
{
    struct table table;
    int inside = BAD_INPUT, error = table_begin(&table, restock, err);

    if (error == OK)
        inside = scale_inside(&table, faults, err);
    if (inside == OK || (error == OK && inside == BAD_INPUT))
        error = scale_phases(&table, faults, err); /* all that is wrong is said */
    else if (error == OK)
        error = inside;
    error = error == OK ? inside : error;
    if (error == OK)
        error = sum_phases(&table, err);
    if (error == OK)
        error = list_rows(&table, err);
    table_free(&table);
    return error;
}

void
restock_free(struct restock *restock)
{
    free(restock->row);
    free(restock->sum);
}
