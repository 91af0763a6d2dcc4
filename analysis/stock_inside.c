#include "stock_inside.h"

#include "spread.h"

#include "sim/engine/calendar.h"

#include <stdlib.h>
#include <string.h>

/* May people of SITE, which is not open, be at OTHER? */
static bool
takes_from(const struct stock_table *t, size_t site, size_t other, size_t status, bool region)
{
    const struct facility_object *facility = stock_table_facility(t, other);

    return stock_table_open(t, other) && t->site[other].counted == t->site[site].counted &&
           (!region || t->site[other].region == t->site[site].region) &&
           (facility == NULL || (scenario_statuses(facility) >> status & 1)) &&
           (facility == NULL || facility->kind == stock_table_facility(t, site)->kind);
}

/* Spread GONE people of SITE over those of its kind in its region, or else in all. */
static int
move_people(struct stock_table *t, size_t site, size_t status, bool *moved, struct error *err)
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
empty_closed(struct stock_table *t, struct error *err)
{
    char on[CALENDAR_TEXT];
    int error = OK;

    calendar_write(t->counts_of->date, on);
    for (size_t i = 0; i < t->facilities && error == OK; i++) {
        double gone = 0;
        bool moved = true;
        if (stock_table_open(t, i))
            continue;
        for (size_t k = 0; k < STATUSES && error == OK; k++) {
            bool went = true;
            gone += t->before[i * STATUSES + k];
            if (t->before[i * STATUSES + k] > 0)
                error = move_people(t, i, k, &went, err);
            moved &= went;
        }
        if (gone > 0)
            lines_put(t->notes, "%s is not open on %s: its %.0f people of the stock %s\n",
                      stock_table_facility(t, i)->name, on, gone,
                      moved ? "are spread over the others of its kind, before the counts"
                            : "are left out where no other of its kind takes them");
    }
    return error;
}

/* Rows of the stock that name no facility cannot be told from what is counted by facility, unless
 * that one is not counted with the others: they are among those. */
static void
check_named(const struct stock_table *t, const struct counted *counted, struct faults *faults)
{
    bool by_facility = counted->facility != SIZE_MAX;
    size_t region = by_facility ? t->site[counted->facility].region : counted->region;
    double without = 0;

    for (size_t k = 0; k < STATUSES; k++)
        if (counted->status == STATUSES || counted->status == (int)k)
            without += t->before[(t->facilities + t->regions) * STATUSES + k] +
                       (by_facility ? t->before[(t->facilities + region) * STATUSES + k] : 0);
    bool apart = by_facility && !t->site[counted->facility].counted;
    if (region == SIZE_MAX || without <= 0 || apart)
        return;
    counts_fault(t->counts_of, counted, faults, "where",
                 "the baseline's stock has %.0f such people without a %s; expected a count of %s",
                 without, by_facility ? "facility" : "region",
                 by_facility ? "the region, or of all" : "all");
}

static void
take_counts(struct stock_table *t, struct faults *faults)
{
    const struct counts *counts = t->counts_of;

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
seed(struct stock_table *t, size_t site, double people)
{
    const struct facility_object *facility = stock_table_facility(t, site);
    double of[STATUSES] = {0}, total = 0;
    uint32_t takes = scenario_statuses(facility);

    for (size_t i = 0; i < t->facilities * STATUSES; i++)
        if (stock_table_facility(t, i / STATUSES)->kind == facility->kind &&
            (takes >> i % STATUSES & 1))
            of[i % STATUSES] += t->before[i];
    for (size_t k = 0; k < STATUSES; k++)
        total += of[k];
    for (size_t k = 0; k < STATUSES; k++)
        t->before[site * STATUSES + k] = people * (total > 0        ? of[k] / total
                                                   : takes >> k & 1 ? 1
                                                                    : 0);
    lines_put(t->notes,
              "%s: nobody is there in the baseline's stock; statuses as in others "
              "of its kind\n",
              facility->name);
}

static void
seed_empty(struct stock_table *t)
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
spread_counts(struct stock_table *t, struct faults *faults, struct error *err)
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
        counts_fault(t->counts_of, t->counted[spread.wrong], faults, "count", "%s", why.message);
    } else if (status != OK) {
        return error_set(err, status, "%s", why.message);
    }
    return status;
}

/* Whether MEASURE takes people of SITE. */
static bool
takes_out_of(const struct stock_table *t, const struct measure_object *measure, size_t site)
{
    const struct facility_object *facility = stock_table_facility(t, site);
    const char *region = site < t->facilities ? facility->region
                         : site < t->facilities + t->regions
                             ? t->scenario->regions.name[site - t->facilities]
                             : NULL;

    return t->site[site].counted && (facility == NULL || facility->kind == KIND_PRISON) &&
           (measure->region == NULL || (region != NULL && strcmp(region, measure->region) == 0)) &&
           (measure->facility == NULL ||
            (facility != NULL && strcmp(facility->name, measure->facility) == 0));
}

/* People whom a measure holds out are not among those counted inside, and are in the stock: it
 * takes them out in its first round. They are added where a count tells of those inside. */
static int
add_out(struct stock_table *t, size_t measure, struct error *err)
{
    const struct scenario *scenario = t->scenario;
    const struct measure_object *row =
        (const struct measure_object *)scenario->measures.item + measure;
    bool counted;
    int64_t out = counts_out(scenario, t->counts_of, measure, &counted), added = 0;
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
        lines_put(t->notes,
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
share_rows(struct stock_table *t, struct error *err)
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

/* Is row I of the stock one of STATUS in a facility of the kind of FACILITY, with a class? */
static bool
is_like(const struct stock_table *t, size_t i, int status, const struct facility_object *facility)
{
    size_t site = t->cell[i] / STATUSES;

    return t->cell[i] != SIZE_MAX && t->stock[i].status == status && t->stock[i].class != NULL &&
           site < t->facilities && stock_table_facility(t, site)->kind == facility->kind;
}

/* Rows for the people of a cell that has none: of the classes and phases of others of its kind. */
static int
add_cell(struct stock_table *t, size_t cell, struct error *err)
{
    const struct facility_object *facility = stock_table_facility(t, cell / STATUSES);
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
        error = stock_table_row(&t->extra, &t->extras, &t->extra_room, row, err);
    }
    return error;
}

static int
add_cells(struct stock_table *t, struct error *err)
{
    int error = OK;

    for (size_t cell = 0; cell < t->facilities * STATUSES && error == OK; cell++)
        if (t->people[cell] > 0)
            error = add_cell(t, cell, err);
    return error;
}

/* What was not counted: a line for each status, with the facilities where that is so. */
static void
tell_not_counted(const struct stock_table *t, size_t status)
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
    lines_put(t->notes, "not counted, as in the baseline: %.0f people, %s", people,
              status_words[status]);
    for (size_t i = 0; i < t->facilities && any; i++) {
        if (t->told[i * STATUSES + status] || t->before[i * STATUSES + status] <= 0)
            continue;
        if (named < 3)
            lines_put(t->notes, "%s%s", named++ == 0 ? ", in " : ", ",
                      stock_table_facility(t, i)->name);
        else
            more++;
    }
    if (more > 0)
        lines_put(t->notes, " and %zu more", more);
    lines_put(t->notes, "%c", '\n');
}

/* Is anybody counted at SITE by the row of it, or by the stock? */
static void
tell_empty(const struct stock_table *t)
{
    const struct scenario *scenario = t->scenario;

    for (size_t i = 0; i < t->facilities; i++) {
        const struct facility_object *facility = stock_table_facility(t, i);
        bool opened = scenario_opens(facility) > scenario->start;
        double there = 0;
        for (size_t k = 0; k < STATUSES; k++)
            there += (double)t->people[i * STATUSES + k];
        if (opened && stock_table_open(t, i) && there <= 0)
            lines_put(
                t->notes,
                "%s has opened since the baseline's start and is not counted: nobody is there "
                "at first\n",
                facility->name);
    }
}

/* How many are inside, of a status or (STATUSES) of all, in facilities that are counted or not. */
static int
sum_inside(struct stock_table *t, size_t status, bool counted, const char *what, struct error *err)
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
    return before + now > 0 ? stock_table_sum(t, what, before, now, err) : OK;
}

/* Of those in the stock, whom measures hold out: then and now. */
static int
sum_held_out(struct stock_table *t, int64_t *before, int64_t *now, struct error *err)
{
    const struct measure_object *rows = t->scenario->measures.item;

    *before = *now = 0;
    for (size_t i = 0; i < t->scenario->measures.count; i++) {
        bool counted;
        *now += counts_out(t->scenario, t->counts_of, i, &counted);
        *before += counts_holds_out(&rows[i]) && counts_in_force(&rows[i], t->scenario->start)
                       ? rows[i].at_once
                       : 0;
    }
    return *before + *now > 0
               ? stock_table_sum(t, "less those whom measures hold out", -*before, -*now, err)
               : OK;
}

/* Sums of those inside, while the table has them; the last is what a count finds. */
static int
sum_all_inside(struct stock_table *t, struct error *err)
{
    int64_t before, now;
    int error = OK;

    for (size_t k = 0; k < STATUSES && error == OK; k++)
        error = sum_inside(t, k, true, status_words[k], err);
    if (error == OK)
        error = sum_held_out(t, &before, &now, err);
    if (error == OK)
        error = sum_inside(t, STATUSES, true, "population", err);
    if (error == OK && t->sums > 0 && strcmp(t->sum[t->sums - 1].what, "population") == 0) {
        t->sum[t->sums - 1].before -= before;
        t->sum[t->sums - 1].now -= now;
    }
    return error == OK ? sum_inside(t, STATUSES, false, "in facilities that are not counted", err)
                       : error;
}

int
stock_inside_scale(struct stock_table *t, struct faults *faults, struct error *err)
{
    size_t errors = faults->errors;
    int error = empty_closed(t, err);

    if (error == OK)
        take_counts(t, faults);
    if (error != OK || faults->errors > errors)
        return error != OK ? error : BAD_INPUT;
    seed_empty(t);
    error = spread_counts(t, faults, err);
    for (size_t i = 0; i < t->scenario->measures.count && error == OK; i++)
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
