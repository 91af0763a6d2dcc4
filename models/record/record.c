#include "record.h"

#include "models/measures/measure.h"
#include "models/state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct record {
    const struct plan *plan;
    size_t variables;
    struct kept *kept;
    bool crowds;                  /* crowding is kept */
    int64_t part[CROWDING_PARTS]; /* persons at the last day's end */
    struct crowding crowding;     /* the network */
    struct tally nation;          /* sums over regions, at the end of a row */
    struct tally *region;         /* [regions]: sums of what sites told */
    char *memory;                 /* of the tallies */
};

/* Totals behind the values of a place: two for a quotient, none for what is read at the row's end.
 */
static uint32_t
parts_of(const struct series *series, size_t width)
{
    switch (series->of) {
    case OF_LEVEL:
    case OF_ABOVE:
    case OF_FLOW:
    case OF_DURATION:
    case OF_MEASURE:
        return (uint32_t)width;
    case OF_RATIO:
        return 2;
    default:
        return 0;
    }
}

static bool
create_kept(struct kept *kept, const struct plan *plan)
{
    const uint32_t places[RECORD_PLACES] = {1, plan->regions, plan->facilities};
    size_t rows = (size_t)plan->keep[kept->variable.place].rows;

    kept->places = places[kept->variable.place];
    kept->width = (uint32_t)series_width(plan, kept->variable.series);
    kept->first = counts_level(plan, kept->variable.series->first);
    kept->parts = parts_of(kept->variable.series, kept->width);
    kept->before = calloc((size_t)kept->places * kept->parts + 1, sizeof *kept->before);
    if (series_is_whole(kept->variable.series))
        kept->count = calloc(rows * kept->places * kept->width + 1, sizeof *kept->count);
    else
        kept->mean = calloc(rows * kept->places * kept->width + 1, sizeof *kept->mean);
    return kept->before != NULL && (kept->count != NULL || kept->mean != NULL);
}

static bool
create_tallies(struct record *record, const struct plan *plan)
{
    record->region = calloc(plan->regions + 1, sizeof *record->region);
    record->memory = calloc(plan->regions + 1, tally_size(plan));
    if (record->region == NULL || record->memory == NULL ||
        !crowding_create(&record->crowding, plan->facilities, GROUPS))
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
        record->crowds |= variables[i].series->of == OF_CROWDING;
        good = create_kept(&record->kept[i], plan);
    }
    free(variables);
    return good;
}

struct record *
record_create(const struct plan *plan)
{
    struct record *record = calloc(1, sizeof *record);

    if (record == NULL)
        return NULL;
    record->plan = plan;
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
        memset(kept->before, 0, (size_t)kept->places * kept->parts * sizeof *kept->before);
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
    crowding_free(&record->crowding);
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
    return model->record->part;
}

void
record_values(const struct model *model, size_t variable, void *values)
{
    const struct kept *kept = &model->record->kept[variable];
    size_t rows = (size_t)model->plan->keep[kept->variable.place].rows;
    size_t count = rows * kept->places * kept->width;

    if (kept->count != NULL)
        memcpy(values, kept->count, count * sizeof *kept->count);
    else
        memcpy(values, kept->mean, count * sizeof *kept->mean);
}

/* The sum of a flow is beyond 64 bits: the engine stops, with the name of its series. */
static void
overflow(const struct site *site, int flow)
{
    lp_fail(site->lp, BAD_INPUT, "%s: its sum is beyond what 64 bits hold; lower intake or horizon",
            series_of_flow(flow));
}

static void
tell(struct model *model, struct site *site)
{
    int overflowed = site_tell(site, &model->record->region[site->region]);

    if (overflowed > 0)
        overflow(site, overflowed - 1);
}

/* What is counted of a place: the nation, a region or a facility. */
static const struct tally *
tally_of(const struct model *model, int kind, uint32_t place)
{
    return kind == AT_FACILITY ? &model->site[place].now
           : kind == AT_REGION ? &model->record->region[place]
                               : &model->record->nation;
}

/* The integral of COUNT lines from the first one on, up to NOW, modulo 2^64. */
static uint64_t
area(const struct line *line, int count, ticks now)
{
    uint64_t sum = 0;

    for (int i = 0; i < count; i++)
        sum += line[i].a + (uint64_t)line[i].v * (uint64_t)now;
    return sum;
}

/* The PART-th total of SERIES: person-ticks, ticks or events since the start, modulo 2^64. */
static uint64_t
total(const struct model *model, const struct kept *kept, uint32_t part, const struct tally *counts,
      ticks now)
{
    const struct ratio_rule *rule;
    int at = kept->first + (int)part;

    switch (kept->variable.series->of) {
    case OF_ABOVE: /* all bands beyond the threshold */
        return area(counts->line + at + 1, BANDS - 1 - (int)part, now);
    case OF_RATIO:
        rule = &ratio_rules[kept->first];
        return part == 0 ? area(counts->line + rule->above, rule->aboves, now)
                         : area(counts->line + rule->below, rule->belows, now);
    case OF_LEVEL:
        return area(counts->line + at, 1, now);
    case OF_MEASURE:
        return area(measure_in_force(model, part), 1, now);
    default:
        return (uint64_t)counts->flow[at];
    }
}

/* What the PART-th total of a place has gained since its last row. Squares of people are exact in
 * 128 bits; the gain of any other total is below 2^63 (site.h). */
static wide
gain(const struct model *model, struct kept *kept, uint32_t place, uint32_t part,
     const struct tally *counts, ticks now)
{
    const struct series *series = kept->variable.series;
    wide *before = &kept->before[(size_t)place * kept->parts + part];
    bool squares = series->of == OF_RATIO && series->first == RATIO_FELT && part == 0;
    wide now_total = squares ? counts->felt.a + counts->felt.v * now
                             : (wide)total(model, kept, part, counts, now);
    wide by = now_total - *before;

    *before = now_total;
    return squares ? by : (int64_t)(uint64_t)by;
}

static float
quotient(const struct ratio_rule *rule, wide above, wide below)
{
    return below > 0 ? (float)((double)above / (double)below * rule->scale) : NAN; /* of nothing */
}

/* What is so at the end of the row. */
static int64_t
point_value(const struct model *model, const struct kept *kept, const struct tally *counts,
            uint32_t place, uint32_t k)
{
    const struct site *site = &model->site[place];

    switch (kept->variable.series->of) {
    case OF_CROWDING:
        return model->record->part[k];
    case OF_PEAK:
        return site->peak;
    case OF_TOTAL:
        return counts->total[k * TOTALS + (uint32_t)kept->variable.series->first];
    default:
        return site->noon_at == TICKS_NEVER ? site->noon : site->population;
    }
}

/* One place of one variable: ROW ends at NOW, or none does (row < 0: in the warm-up). */
static void
write_place(struct model *model, struct kept *kept, uint32_t place, int32_t row, double days,
            ticks now)
{
    const struct series *series = kept->variable.series;
    const struct tally *counts = tally_of(model, kept->variable.place, place);
    size_t at = row < 0 ? 0 : ((size_t)row * kept->places + place) * kept->width;

    if (series->of == OF_RATIO) {
        wide above = gain(model, kept, place, 0, counts, now);
        wide below = gain(model, kept, place, 1, counts, now);
        if (row >= 0)
            kept->mean[at] = quotient(&ratio_rules[series->first], above, below);
        return;
    }
    for (uint32_t k = 0; k < kept->width; k++) {
        int64_t by = kept->parts > 0 ? (int64_t)gain(model, kept, place, k, counts, now) : 0;
        if (row < 0)
            continue;
        if (kept->parts == 0)
            kept->count[at + k] = point_value(model, kept, counts, place, k);
        else if (series->of == OF_FLOW)
            kept->count[at + k] = by;
        else
            kept->mean[at + k] =
                (float)(ticks_to_days(by) / (series->of == OF_DURATION ? 1 : days));
    }
}

/* Would the facility of TO take somebody of GROUP at once? Groups are numbered by site_group. */
static bool
group_accepted(const struct site *to, int group)
{
    int house = group % 3, sex = group / 6 % SEXES, status = group / 6 / SEXES;

    if (!(to->facility->statuses >> status & 1) || !(to->facility->sexes >> sex & 1))
        return false;
    return to->facility->house ? house == 1 : true;
}

static bool
same_kind(const struct site *a, const struct site *b)
{
    return a->facility->statuses == b->facility->statuses &&
           a->facility->sexes == b->facility->sexes && a->facility->house == b->facility->house;
}

/* Fill the network with everybody above capacity and every free place, places that accept the same
 * people together; the sums of both. */
static void
fill_network(struct model *model, int64_t *above, int64_t *net)
{
    struct crowding *c = &model->record->crowding;
    uint32_t *to_site = c->kind;

    c->from = c->to = 0;
    *above = *net = 0;
    for (uint32_t i = 0; i < model->plan->facilities; i++) {
        const struct site *site = &model->site[i];
        if (!site->facility->counted)
            continue;
        int64_t room = site->capacity - site->population;
        *net -= room;
        if (room > 0) {
            uint32_t t = 0;
            while (t < c->to && !same_kind(&model->site[to_site[t]], site))
                t++;
            if (t == c->to) {
                to_site[c->to] = i;
                c->room[c->to++] = 0;
            }
            c->room[t] += room;
        } else if (room < 0) {
            *above -= room;
            c->surplus[c->from] = -room;
            for (int g = 0; g < GROUPS; g++)
                c->people[c->from * GROUPS + (uint32_t)g] = site->group[g];
            c->from++;
        }
    }
    for (int g = 0; g < GROUPS; g++)
        for (uint32_t t = 0; t < c->to; t++)
            c->accepts[(uint32_t)g * c->to + t] = group_accepted(&model->site[to_site[t]], g);
}

/* Domain: shortage, wrong type, delay, wrong place, in this order; they add up to ABOVE. Delay is
 * what those in process alone could mend. */
static void
find_crowding(struct model *model)
{
    struct crowding *c = &model->record->crowding;
    int64_t *part = model->record->part;
    int64_t above, net;
    bool in_process[GROUPS], all[GROUPS];

    fill_network(model, &above, &net);
    for (int g = 0; g < GROUPS; g++) {
        in_process[g] = g / 3 % 2 == 1;
        all[g] = true;
    }
    memset(c->move, 0, (size_t)c->from * GROUPS * sizeof *c->move);
    memset(c->take, 0, (size_t)GROUPS * c->to * sizeof *c->take);
    int64_t delay = crowding_flow_of(c, in_process);
    int64_t rest = crowding_flow_of(c, all);
    part[SHORTAGE] = net > 0 ? net : 0;
    part[WRONG_TYPE] = above - part[SHORTAGE] - delay - rest;
    part[DELAY] = delay;
    part[WRONG_PLACE] = rest;
}

/* The day that ends at NOW, counted from the start of the result; -1: the moment before the first.
 */
static int32_t
day_that_ends(const struct plan *plan, ticks now)
{
    return (int32_t)ticks_day(now) - 1 - plan->warm_days;
}

/* Whether a row of PLACE ends with DAY; its number in *ROW (-1: before the first), its length in
 * *DAYS. */
static bool
row_ends(const struct plan *plan, int place, int32_t day, int32_t *row, double *days)
{
    const struct keep_plan *keep = &plan->keep[place];

    if (keep->rows == 0 || day < -1 || day >= plan->result_days ||
        (day >= 0 && day + 1 < plan->result_days && keep->row_of[day + 1] == keep->row_of[day]))
        return false;
    *row = day < 0 ? -1 : keep->row_of[day];
    *days = day < 0 ? 1 : day + 1 - keep->first[*row];
    return true;
}

/* All that is kept of facility NUMBER; then it counts its peak and its noon anew. */
static void
write_facility(struct model *model, uint32_t number, int32_t row, double days, ticks now)
{
    for (size_t i = 0; i < model->record->variables; i++)
        if (model->record->kept[i].variable.place == AT_FACILITY)
            write_place(model, &model->record->kept[i], number, row, days, now);
    site_begin_row(&model->site[number], now);
}

void
record_region(struct model *model, uint32_t region, ticks now)
{
    const struct region_plan *own = &model->plan->region[region];
    const uint32_t *facility = model->plan->of_region + own->first;
    struct site *outside = &model->site[plan_region_site(model->plan, region)];
    int32_t row, day = day_that_ends(model->plan, now);
    double days;

    for (uint32_t i = 0; i < own->facilities; i++)
        tell(model, &model->site[facility[i]]);
    tell(model, outside);
    if (row_ends(model->plan, AT_FACILITY, day, &row, &days))
        for (uint32_t i = 0; i < own->facilities; i++)
            write_facility(model, facility[i], row, days, now);
    if (row_ends(model->plan, AT_REGION, day, &row, &days))
        for (size_t i = 0; i < model->record->variables; i++)
            if (model->record->kept[i].variable.place == AT_REGION)
                write_place(model, &model->record->kept[i], region, row, days, now);
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
    int32_t row, day = day_that_ends(model->plan, now);
    double days;

    if (!row_ends(model->plan, AT_NATION, day, &row, &days))
        return;
    sum_regions(model);
    if (row >= 0 && model->record->crowds)
        find_crowding(model);
    for (size_t i = 0; i < model->record->variables; i++)
        if (model->record->kept[i].variable.place == AT_NATION)
            write_place(model, &model->record->kept[i], 0, row, days, now);
}
