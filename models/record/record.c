/* What a replication leaves behind. Sites count over time as straight lines (site.h); at the end of
 * a row (a day of the nation, a month of a facility, as the scenario's `record:` says) each kept
 * variable takes the difference of its totals since the row before. */

#include "models/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

static int
create_kept(struct kept *kept, const struct plan *plan, struct error *err)
{
    const uint32_t places[RECORD_PLACES] = {1, plan->regions, plan->facilities};
    size_t rows = (size_t)plan->keep[kept->variable.place].rows;

    kept->places = places[kept->variable.place];
    kept->width = (uint32_t)series_width(plan, kept->variable.series);
    kept->parts = parts_of(kept->variable.series, kept->width);
    kept->before = calloc((size_t)kept->places * kept->parts + 1, sizeof *kept->before);
    if (series_is_whole(kept->variable.series))
        kept->count = calloc(rows * kept->places * kept->width + 1, sizeof *kept->count);
    else
        kept->mean = calloc(rows * kept->places * kept->width + 1, sizeof *kept->mean);
    return kept->before != NULL && (kept->count != NULL || kept->mean != NULL)
               ? OK
               : error_set(err, NO_MEMORY, "no memory for %s", kept->variable.series->name);
}

int
record_create(struct model *model, struct error *err)
{
    const struct plan *plan = model->plan;
    struct record *record = &model->record;
    struct variable *variables = calloc(3 * series_count, sizeof *variables);
    size_t classes = plan->classes > 0 ? plan->classes : 1;
    int status = OK;

    model->region_line = calloc(plan->regions, sizeof *model->region_line);
    model->region_flow = calloc(plan->regions, sizeof *model->region_flow);
    model->region_felt = calloc(plan->regions, sizeof *model->region_felt);
    model->region_total = calloc((size_t)plan->regions * classes * TOTALS, sizeof(int64_t));
    model->nation_total = calloc(classes * TOTALS, sizeof(int64_t));
    record->kept = calloc(3 * series_count, sizeof *record->kept);
    if (variables == NULL || record->kept == NULL || model->region_line == NULL ||
        model->region_flow == NULL || model->region_felt == NULL || model->region_total == NULL ||
        model->nation_total == NULL) {
        free(variables);
        return error_set(err, NO_MEMORY, "no memory for the record");
    }
    record->variables = series_variables(plan, variables);
    for (size_t i = 0; i < record->variables && status == OK; i++) {
        record->kept[i].variable = variables[i];
        record->crowds |= variables[i].series->of == OF_CROWDING;
        status = create_kept(&record->kept[i], plan, err);
    }
    free(variables);
    return status;
}

void
record_reset(struct model *model)
{
    const struct plan *plan = model->plan;

    memset(model->region_line, 0, plan->regions * sizeof *model->region_line);
    memset(model->region_flow, 0, plan->regions * sizeof *model->region_flow);
    memset(model->region_felt, 0, plan->regions * sizeof *model->region_felt);
    memset(model->region_total, 0,
           (size_t)plan->regions * plan->classes * TOTALS * sizeof *model->region_total);
    for (size_t i = 0; i < model->record.variables; i++) {
        struct kept *kept = &model->record.kept[i];
        memset(kept->before, 0, (size_t)kept->places * kept->parts * sizeof *kept->before);
    }
}

void
record_free(struct model *model)
{
    for (size_t i = 0; model->record.kept != NULL && i < model->record.variables; i++) {
        free(model->record.kept[i].before);
        free(model->record.kept[i].mean);
        free(model->record.kept[i].count);
    }
    free(model->record.kept);
    free(model->region_line);
    free(model->region_flow);
    free(model->region_felt);
    free(model->region_total);
    free(model->nation_total);
}

void
record_values(const struct model *model, size_t variable, void *values)
{
    const struct kept *kept = &model->record.kept[variable];
    size_t rows = (size_t)model->plan->keep[kept->variable.place].rows;
    size_t count = rows * kept->places * kept->width;

    if (kept->count != NULL)
        memcpy(values, kept->count, count * sizeof *kept->count);
    else
        memcpy(values, kept->mean, count * sizeof *kept->mean);
}

/* Tell the region what has changed at SITE since it last told. People of a facility that is not
 * counted are no prison population: they are told as LEVEL_CENTRE. */
static void
tell_level(struct line *region, struct site *site, uint32_t level)
{
    uint32_t as = level;

    if (level < LEVELS_OF_PRISON && site->facility != NULL && !site->facility->counted)
        as = level < LEVEL_POPULATION + STATUSES ? LEVEL_CENTRE : NOWHERE;
    if (as != NOWHERE) {
        region[as].a += site->line[level].a - site->told[level].a;
        region[as].v += site->line[level].v - site->told[level].v;
    }
    site->told[level] = site->line[level];
}

static void
tell_totals(int64_t *region, struct site *site)
{
    for (uint32_t word = 0; word < CLASS_WORDS; word++)
        for (; site->changed_classes[word] != 0;
             site->changed_classes[word] &= site->changed_classes[word] - 1) {
            uint32_t class = word * 64 + (uint32_t)__builtin_ctzll(site->changed_classes[word]);
            for (uint32_t i = class * TOTALS; i < (class + 1) * TOTALS; i++) {
                region[i] += site->total[i] - site->total_told[i];
                site->total_told[i] = site->total[i];
            }
        }
}

static void
tell_felt(struct wide_line *region, struct site *site)
{
    if (site->facility == NULL || !site->facility->counted)
        return;
    region->a += site->felt.a - site->felt_told.a;
    region->v += site->felt.v - site->felt_told.v;
    site->felt_told = site->felt;
}

static void
tell(struct model *model, struct site *site)
{
    struct line *region = model->region_line[site->region];
    int64_t *flows = model->region_flow[site->region];

    for (uint32_t word = 0; word < CHANGED_WORDS; word++)
        for (; site->changed[word] != 0; site->changed[word] &= site->changed[word] - 1)
            tell_level(region, site, word * 64 + (uint32_t)__builtin_ctzll(site->changed[word]));
    for (; site->changed_flows != 0; site->changed_flows &= site->changed_flows - 1) {
        int flow = __builtin_ctzll(site->changed_flows);
        if (__builtin_add_overflow(flows[flow], site->flow[flow] - site->flow_told[flow],
                                   &flows[flow]))
            site_overflow(site, flow);
        site->flow_told[flow] = site->flow[flow];
    }
    tell_felt(&model->region_felt[site->region], site);
    tell_totals(model->region_total + (size_t)site->region * model->plan->classes * TOTALS, site);
}

/* What is counted of a place: the nation, a region or a facility. */
struct counts {
    const struct line *line;
    const int64_t *flow;
    const struct wide_line *felt;
    const int64_t *total; /* [classes][TOTALS] */
    const struct measure_state *measure;
};

static struct counts
counts_of(const struct model *model, int kind, uint32_t place)
{
    const struct site *site = &model->site[place];

    if (kind == AT_FACILITY)
        return (struct counts){site->line, site->flow, &site->felt, site->total, NULL};
    if (kind == AT_REGION)
        return (struct counts){
            model->region_line[place], model->region_flow[place], &model->region_felt[place],
            model->region_total + (size_t)place * model->plan->classes * TOTALS, NULL};
    return (struct counts){model->nation_line, model->nation_flow, &model->nation_felt,
                           model->nation_total, model->measure};
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
total(const struct series *series, uint32_t part, const struct counts *counts, ticks now)
{
    const struct ratio_rule *rule;
    int at = series->first + (int)part;

    switch (series->of) {
    case OF_ABOVE: /* all bands beyond the threshold */
        return area(counts->line + at + 1, BANDS - 1 - (int)part, now);
    case OF_RATIO:
        rule = &ratio_rules[series->first];
        return part == 0 ? area(counts->line + rule->above, rule->aboves, now)
                         : area(counts->line + rule->below, rule->belows, now);
    case OF_LEVEL:
        return area(counts->line + at, 1, now);
    case OF_MEASURE:
        return area(&counts->measure[part].in_force, 1, now);
    default:
        return (uint64_t)counts->flow[at];
    }
}

/* What the PART-th total of a place has gained since its last row. Squares of people are exact in
 * 128 bits; the gain of any other total is below 2^63 (site.h). */
static wide
gain(struct kept *kept, uint32_t place, uint32_t part, const struct counts *counts, ticks now)
{
    const struct series *series = kept->variable.series;
    wide *before = &kept->before[(size_t)place * kept->parts + part];
    bool squares = series->of == OF_RATIO && series->first == RATIO_FELT && part == 0;
    wide now_total =
        squares ? counts->felt->a + counts->felt->v * now : (wide)total(series, part, counts, now);
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
point_value(const struct model *model, const struct kept *kept, const struct counts *counts,
            uint32_t place, uint32_t k)
{
    const struct site *site = &model->site[place];

    switch (kept->variable.series->of) {
    case OF_CROWDING:
        return model->record.crowding[k];
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
    const struct counts counts = counts_of(model, kept->variable.place, place);
    size_t at = row < 0 ? 0 : ((size_t)row * kept->places + place) * kept->width;

    if (series->of == OF_RATIO) {
        wide above = gain(kept, place, 0, &counts, now);
        wide below = gain(kept, place, 1, &counts, now);
        if (row >= 0)
            kept->mean[at] = quotient(&ratio_rules[series->first], above, below);
        return;
    }
    for (uint32_t k = 0; k < kept->width; k++) {
        int64_t by = kept->parts > 0 ? (int64_t)gain(kept, place, k, &counts, now) : 0;
        if (row < 0)
            continue;
        if (kept->parts == 0)
            kept->count[at + k] = point_value(model, kept, &counts, place, k);
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
    struct crowding *c = &model->crowding;
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
record_crowding(struct model *model)
{
    struct crowding *c = &model->crowding;
    int64_t *part = model->record.crowding;
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
    for (size_t i = 0; i < model->record.variables; i++)
        if (model->record.kept[i].variable.place == AT_FACILITY)
            write_place(model, &model->record.kept[i], number, row, days, now);
    model->site[number].peak = model->site[number].population;
    model->site[number].row_began = now;
    model->site[number].noon_at = now + TICKS_PER_DAY / 2;
}

void
record_region(struct model *model, uint32_t region, ticks now)
{
    const struct office *office = &model->office[region];
    struct site *outside = &model->site[plan_region_site(model->plan, region)];
    int32_t row, day = day_that_ends(model->plan, now);
    double days;

    for (uint32_t i = 0; i < office->sites; i++)
        tell(model, office->site[i]);
    tell(model, outside);
    if (row_ends(model->plan, AT_FACILITY, day, &row, &days))
        for (uint32_t i = 0; i < office->sites; i++)
            write_facility(model, office->site[i]->id, row, days, now);
    if (row_ends(model->plan, AT_REGION, day, &row, &days))
        for (size_t i = 0; i < model->record.variables; i++)
            if (model->record.kept[i].variable.place == AT_REGION)
                write_place(model, &model->record.kept[i], region, row, days, now);
}

static void
sum_regions(struct model *model)
{
    size_t totals = (size_t)model->plan->classes * TOTALS;

    memset(model->nation_line, 0, sizeof model->nation_line);
    memset(model->nation_flow, 0, sizeof model->nation_flow);
    memset(model->nation_total, 0, totals * sizeof *model->nation_total);
    model->nation_felt = (struct wide_line){0, 0};
    for (uint32_t r = 0; r < model->plan->regions; r++) {
        model->nation_felt.a += model->region_felt[r].a;
        model->nation_felt.v += model->region_felt[r].v;
        for (size_t i = 0; i < totals; i++)
            model->nation_total[i] += model->region_total[r * totals + i];
        for (uint32_t level = 0; level < model->levels; level++) {
            model->nation_line[level].a += model->region_line[r][level].a;
            model->nation_line[level].v += model->region_line[r][level].v;
        }
        for (uint32_t flow = 0; flow < model->flows; flow++)
            if (__builtin_add_overflow(model->nation_flow[flow], model->region_flow[r][flow],
                                       &model->nation_flow[flow]))
                site_overflow(&model->site[0], (int)flow);
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
    if (row >= 0 && model->record.crowds)
        record_crowding(model);
    for (size_t i = 0; i < model->record.variables; i++)
        if (model->record.kept[i].variable.place == AT_NATION)
            write_place(model, &model->record.kept[i], 0, row, days, now);
}
