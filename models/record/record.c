#include "record.h"

#include "models/state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct record {
    size_t variables;
    struct kept *kept;
    bool crowded;         /* crowding is kept */
    struct crowds crowds; /* at the last day's end */
    struct tally nation;  /* sums over regions, at the end of a row */
    struct tally *region; /* [regions]: sums of what sites told */
    char *memory;         /* of the tallies */
};

static bool
create_kept(struct kept *kept, const struct plan *plan)
{
    const uint32_t columns[SCOPES] = {1, plan->regions, plan->facilities};
    size_t rows = (size_t)plan->keep[kept->variable.scope].rows;

    kept->columns = columns[kept->variable.scope];
    kept->width = (uint32_t)series_width(plan, kept->variable.series);
    kept->first = series_first(plan, kept->variable.series);
    const uint32_t parts[] = {[NO_PARTS] = 0, [PART_EACH] = kept->width, [PARTS_OF_QUOTIENT] = 2};
    kept->parts = parts[recorded_kinds[kept->variable.series->of].parts];
    if (!series_is_timed(kept->variable.series)) /* the model has it */
        return true;
    kept->before = calloc((size_t)kept->columns * kept->parts + 1, sizeof *kept->before);
    if (series_is_whole(kept->variable.series))
        kept->count = calloc(rows * kept->columns * kept->width + 1, sizeof *kept->count);
    else
        kept->mean = calloc(rows * kept->columns * kept->width + 1, sizeof *kept->mean);
    return kept->before != NULL && (kept->count != NULL || kept->mean != NULL);
}

static bool
create_tallies(struct record *record, const struct plan *plan)
{
    record->region = calloc(plan->regions + 1, sizeof *record->region);
    record->memory = calloc(plan->regions + 1, tally_size(plan));
    if (record->region == NULL || record->memory == NULL || !crowds_create(&record->crowds, plan))
        return false;
    record->nation = tally_at(plan, record->memory + plan->regions * tally_size(plan));
    for (uint32_t r = 0; r < plan->regions; r++)
        record->region[r] = tally_at(plan, record->memory + r * tally_size(plan));
    return true;
}

static bool
create_variables(struct record *record, const struct plan *plan)
{
    struct variable *variables = calloc(3 * series_count, sizeof *variables);
    bool good = variables != NULL;

    record->kept = calloc(3 * series_count, sizeof *record->kept);
    good = good && record->kept != NULL;
    record->variables = good ? series_variables(plan, variables) : 0;
    for (size_t i = 0; i < record->variables && good; i++) {
        record->kept[i].variable = variables[i];
        record->crowded |= variables[i].series->of == OF_CROWDING;
        good = create_kept(&record->kept[i], plan);
    }
    free(variables);
    return good;
}

double
record_bytes(const struct plan *plan)
{
    const double columns[SCOPES] = {1, plan->regions, plan->facilities};
    struct variable *variables = calloc(3 * series_count, sizeof *variables);
    double bytes = 0;

    if (variables == NULL)
        return -1;
    size_t count = series_variables(plan, variables);
    for (size_t i = 0; i < count; i++)
        bytes += columns[variables[i].scope] * plan->keep[variables[i].scope].rows *
                 (double)series_width(plan, variables[i].series) *
                 (series_is_whole(variables[i].series) ? sizeof(int64_t) : sizeof(float));
    free(variables);
    return bytes;
}

struct record *
record_create(const struct plan *plan)
{
    struct record *record = calloc(1, sizeof *record);

    if (record == NULL)
        return NULL;
    if (create_tallies(record, plan) && create_variables(record, plan))
        return record;
    record_free(record);
    return NULL;
}

void
record_reset(struct model *model)
{
    const struct plan *plan = model->plan;

    memset(model->record->memory, 0, (plan->regions + 1) * tally_size(plan));
    for (uint32_t region = 0; region < plan->regions; region++)
        model->record->region[region].felt = (struct wide_line){0, 0};
    for (size_t i = 0; i < model->record->variables; i++) {
        struct kept *kept = &model->record->kept[i];
        if (kept->before != NULL)
            memset(kept->before, 0, (size_t)kept->columns * kept->parts * sizeof *kept->before);
    }
}

void
record_free(struct record *record)
{
    if (record == NULL)
        return;
    for (size_t i = 0; record->kept != NULL && i < record->variables; i++) {
        free(record->kept[i].before);
        free(record->kept[i].mean);
        free(record->kept[i].count);
    }
    free(record->kept);
    free(record->region);
    free(record->memory);
    crowds_free(&record->crowds);
    free(record);
}

const struct kept *
record_kept(const struct model *model, size_t variable)
{
    return variable < model->record->variables ? &model->record->kept[variable] : NULL;
}

const int64_t *
record_crowding(const struct model *model)
{
    return model->record->crowds.part;
}

void
record_values(const struct model *model, size_t variable, void *values)
{
    const struct kept *kept = &model->record->kept[variable];
    size_t rows = (size_t)model->plan->keep[kept->variable.scope].rows;
    size_t count = rows * kept->columns * kept->width;

    if (!series_is_timed(kept->variable.series))
        memcpy(values, model->parameter, kept->width * sizeof *model->parameter);
    else if (kept->count != NULL)
        memcpy(values, kept->count, count * sizeof *kept->count);
    else
        memcpy(values, kept->mean, count * sizeof *kept->mean);
}

/* The sum of a flow is beyond 64 bits: the engine stops, with the name of its series. */
static void
overflow(const struct site *site, int flow)
{
    lp_fail(site->lp, BAD_INPUT, "%s: its sum is beyond what 64 bits hold; lower intake or horizon",
            series_of_flow(site->plan, flow));
}

static void
tell(struct model *model, struct site *site)
{
    int overflowed = site_tell(site, &model->record->region[site->region]);

    if (overflowed > 0)
        overflow(site, overflowed - 1);
}

/* What the PART-th total has gained since its last row. Squares of people are exact in
 * 128 bits; the gain of any other total is below 2^63 (counts.h). */
static wide
gain(struct kept *kept, uint32_t part, const struct moment *moment)
{
    const struct series *series = kept->variable.series;
    wide *before = &kept->before[(size_t)moment->number * kept->parts + part];
    bool squares = series->of == OF_RATIO && series->first == RATIO_FELT && part == 0;
    wide total = squares ? moment->counts->felt.a + moment->counts->felt.v * moment->now
                         : (wide)recorded_kinds[series->of].total(kept, part, moment);
    wide by = total - *before;

    *before = total;
    return squares ? by : (int64_t)(uint64_t)by;
}

/* A row that ends. */
struct row {
    int32_t number; /* -1: before the first, in the warm-up: nothing is written */
    double days;
};

/* A quotient; of nothing it is none. */
static void
write_quotient(struct kept *kept, const struct moment *moment, const struct row *row, size_t at)
{
    wide above = gain(kept, 0, moment), below = gain(kept, 1, moment);

    if (row->number >= 0)
        kept->mean[at] = below > 0 ? (float)((double)above / (double)below *
                                             ratio_rules[kept->variable.series->first].scale)
                                   : NAN;
}

/* The values of one variable for one region, say. */
static void
write_values(struct kept *kept, const struct moment *moment, const struct row *row)
{
    const struct recorded_kind *kind = &recorded_kinds[kept->variable.series->of];
    size_t at =
        row->number < 0 ? 0 : ((size_t)row->number * kept->columns + moment->number) * kept->width;

    if (kind->parts == PARTS_OF_QUOTIENT) {
        write_quotient(kept, moment, row, at);
        return;
    }
    for (uint32_t k = 0; k < kept->width; k++) {
        int64_t by = kind->total != NULL ? (int64_t)gain(kept, k, moment) : 0;
        if (row->number < 0)
            continue;
        if (kind->point != NULL)
            kept->count[at + k] = kind->point(kept, k, moment);
        else if (kind->value != NULL)
            kept->mean[at + k] = kind->value(by, row->days);
        else
            kept->count[at + k] = by;
    }
}

/* All that is kept at NOW of facility, region or nation (0) NUMBER, of which COUNTS are. */
static void
write_row(struct model *model, enum keep_scope scope, uint32_t number, const struct tally *counts,
          const struct row *row, ticks now)
{
    struct record *record = model->record;
    const struct moment moment = {model, counts, record->crowds.part, number, now};

    for (size_t i = 0; i < record->variables; i++)
        if (record->kept[i].variable.scope == scope && record->kept[i].before != NULL)
            write_values(&record->kept[i], &moment, row);
}

/* The day that ends at NOW, counted from the start of the result; -1: the moment before the first.
 */
static int32_t
day_that_ends(const struct plan *plan, ticks now)
{
    return (int32_t)ticks_day(now) - 1 - plan->warm_days;
}

/* Whether a row of SCOPE ends with DAY, and which. */
static bool
row_ends(const struct plan *plan, enum keep_scope scope, int32_t day, struct row *row)
{
    const struct keep_plan *keep = &plan->keep[scope];

    if (keep->rows == 0 || day < -1 || day >= plan->result_days ||
        (day >= 0 && day + 1 < plan->result_days && keep->row_of[day + 1] == keep->row_of[day]))
        return false;
    row->number = day < 0 ? -1 : keep->row_of[day];
    row->days = day < 0 ? 1 : day + 1 - keep->first[row->number];
    return true;
}

void
record_region(struct model *model, uint32_t region, ticks now)
{
    const struct region_plan *own = &model->plan->region[region];
    const uint32_t *facility = model->plan->of_region + own->first;
    struct site *outside = &model->site[plan_region_site(model->plan, region)];
    int32_t day = day_that_ends(model->plan, now);
    struct row row;

    for (uint32_t i = 0; i < own->facilities; i++)
        tell(model, &model->site[facility[i]]);
    tell(model, outside);
    if (row_ends(model->plan, AT_FACILITY, day, &row))
        for (uint32_t i = 0; i < own->facilities; i++) {
            struct site *site = &model->site[facility[i]];
            write_row(model, AT_FACILITY, facility[i], &site->now, &row, now);
            site_begin_row(site, now);
        }
    if (row_ends(model->plan, AT_REGION, day, &row))
        write_row(model, AT_REGION, region, &model->record->region[region], &row, now);
}

static void
sum_regions(struct model *model)
{
    const struct plan *plan = model->plan;
    struct tally *nation = &model->record->nation;
    uint32_t levels = counts_levels(plan), flows = counts_flows(plan);

    memset(nation->line, 0, tally_size(plan));
    nation->felt = (struct wide_line){0, 0};
    for (uint32_t r = 0; r < plan->regions; r++) {
        const struct tally *region = &model->record->region[r];
        nation->felt.a += region->felt.a;
        nation->felt.v += region->felt.v;
        for (size_t i = 0; i < (size_t)plan->classes * TOTALS; i++)
            nation->total[i] += region->total[i];
        for (uint32_t level = 0; level < levels; level++) {
            nation->line[level].a += region->line[level].a;
            nation->line[level].v += region->line[level].v;
        }
        for (uint32_t flow = 0; flow < flows; flow++)
            if (__builtin_add_overflow(nation->flow[flow], region->flow[flow], &nation->flow[flow]))
                overflow(&model->site[0], (int)flow);
    }
}

void
record_nation(struct model *model, ticks now)
{
    struct row row;

    if (!row_ends(model->plan, AT_NATION, day_that_ends(model->plan, now), &row))
        return;
    sum_regions(model);
    if (row.number >= 0 && model->record->crowded)
        crowds_find(model, &model->record->crowds);
    write_row(model, AT_NATION, 0, &model->record->nation, &row, now);
}
