/* What a replication leaves behind. Sites count over time as straight lines (site.h); at the end of
 * a row (a day of the nation, a month of a facility, as the scenario's `record:` says) each kept
 * variable takes the difference of its totals since the row before. */

#include "model.h"

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
    kept->value = calloc(rows * kept->places * kept->width + 1, sizeof *kept->value);
    return kept->before != NULL && kept->value != NULL
               ? OK
               : error_set(err, NO_MEMORY, "no memory for %s", kept->variable.series->name);
}

int
record_create(struct model *model, struct error *err)
{
    const struct plan *plan = model->plan;
    struct record *record = &model->record;
    struct variable *variables = calloc(3 * series_count, sizeof *variables);
    int status = OK;

    model->region_line = calloc(plan->regions, sizeof *model->region_line);
    model->region_flow = calloc(plan->regions, sizeof *model->region_flow);
    record->kept = calloc(3 * series_count, sizeof *record->kept);
    if (variables == NULL || record->kept == NULL || model->region_line == NULL ||
        model->region_flow == NULL) {
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
        free(model->record.kept[i].value);
    }
    free(model->record.kept);
    free(model->region_line);
    free(model->region_flow);
}

void
record_values(const struct model *model, size_t variable, void *values)
{
    const struct kept *kept = &model->record.kept[variable];
    size_t rows = (size_t)model->plan->keep[kept->variable.place].rows;

    memcpy(values, kept->value, rows * kept->places * kept->width * sizeof *kept->value);
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
tell(struct model *model, struct site *site)
{
    struct line *region = model->region_line[site->region];
    int64_t *flows = model->region_flow[site->region];

    for (uint32_t word = 0; word < CHANGED_WORDS; word++)
        for (; site->changed[word] != 0; site->changed[word] &= site->changed[word] - 1)
            tell_level(region, site, word * 64 + (uint32_t)__builtin_ctzll(site->changed[word]));
    for (; site->changed_flows != 0; site->changed_flows &= site->changed_flows - 1) {
        int flow = __builtin_ctzll(site->changed_flows);
        flows[flow] += site->flow[flow] - site->flow_told[flow];
        site->flow_told[flow] = site->flow[flow];
    }
}

/* The integral of COUNT lines from the first one on, up to NOW. */
static int64_t
area(const struct line *line, int count, ticks now)
{
    int64_t sum = 0;

    for (int i = 0; i < count; i++)
        sum += line[i].a + line[i].v * now;
    return sum;
}

/* The PART-th total of SERIES: person-ticks, ticks or events since the start. */
static int64_t
total(const struct series *series, uint32_t part, const struct line *line, const int64_t *flow,
      ticks now)
{
    const struct ratio_rule *rule;
    int at = series->first + (int)part;

    switch (series->of) {
    case OF_ABOVE: /* all bands beyond the threshold */
        return area(line + at + 1, BANDS - 1 - (int)part, now);
    case OF_RATIO:
        rule = &ratio_rules[series->first];
        return part == 0 ? area(line + rule->above, rule->aboves, now)
                         : area(line + rule->below, rule->belows, now);
    case OF_LEVEL:
        return area(line + at, 1, now);
    default:
        return flow[at];
    }
}

/* What the PART-th total of a place has gained since its last row. */
static int64_t
gain(struct kept *kept, uint32_t place, uint32_t part, const struct line *line, const int64_t *flow,
     ticks now)
{
    int64_t *before = &kept->before[(size_t)place * kept->parts + part];
    int64_t now_total = total(kept->variable.series, part, line, flow, now);
    int64_t by = now_total - *before;

    *before = now_total;
    return by;
}

static float
quotient(const struct ratio_rule *rule, int64_t above, int64_t below)
{
    return below > 0 ? (float)((double)above / (double)below * rule->scale) : NAN; /* of nothing */
}

/* What is so at the end of the row. */
static int32_t
point_value(const struct model *model, const struct kept *kept, uint32_t place, uint32_t k)
{
    const struct site *site = &model->site[place];

    switch (kept->variable.series->of) {
    case OF_CROWDING:
        return model->record.crowding[k];
    case OF_MEASURE:
        return model->measure[k].on;
    case OF_PEAK:
        return (int32_t)site->peak;
    default:
        return (int32_t)(site->noon_at == TICKS_NEVER ? site->noon : site->population);
    }
}

/* One place of one variable: ROW ends at NOW, or none does (row < 0: in the warm-up). */
static void
write_place(struct model *model, struct kept *kept, uint32_t place, int32_t row, double days,
            ticks now)
{
    const struct series *series = kept->variable.series;
    int kind = kept->variable.place;
    const struct line *line = kind == AT_FACILITY ? model->site[place].line
                              : kind == AT_REGION ? model->region_line[place]
                                                  : model->nation_line;
    const int64_t *flow = kind == AT_FACILITY ? model->site[place].flow
                          : kind == AT_REGION ? model->region_flow[place]
                                              : model->nation_flow;
    size_t at = row < 0 ? 0 : ((size_t)row * kept->places + place) * kept->width;

    if (series->of == OF_RATIO) {
        int64_t above = gain(kept, place, 0, line, flow, now);
        int64_t below = gain(kept, place, 1, line, flow, now);
        if (row >= 0)
            kept->value[at].mean = quotient(&ratio_rules[series->first], above, below);
        return;
    }
    for (uint32_t k = 0; k < kept->width; k++) {
        int64_t by = kept->parts > 0 ? gain(kept, place, k, line, flow, now) : 0;
        if (row < 0)
            continue;
        if (kept->parts == 0)
            kept->value[at + k].count = point_value(model, kept, place, k);
        else if (series->of == OF_FLOW)
            kept->value[at + k].count = (int32_t)by;
        else
            kept->value[at + k].mean =
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
            c->room[t] += (int32_t)room;
        } else if (room < 0) {
            *above -= room;
            c->surplus[c->from] = (int32_t)-room;
            memcpy(&c->people[c->from * GROUPS], site->group, sizeof site->group);
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
    int32_t *part = model->record.crowding;
    int64_t above, net;
    bool in_process[GROUPS], all[GROUPS];

    fill_network(model, &above, &net);
    for (int g = 0; g < GROUPS; g++) {
        in_process[g] = g / 3 % 2 == 1;
        all[g] = true;
    }
    memset(c->move, 0, (size_t)c->from * GROUPS * sizeof *c->move);
    memset(c->take, 0, (size_t)GROUPS * c->to * sizeof *c->take);
    int32_t delay = crowding_flow_of(c, in_process);
    int32_t rest = crowding_flow_of(c, all);
    part[SHORTAGE] = (int32_t)(net > 0 ? net : 0);
    part[WRONG_TYPE] = (int32_t)above - part[SHORTAGE] - delay - rest;
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
    memset(model->nation_line, 0, sizeof model->nation_line);
    memset(model->nation_flow, 0, sizeof model->nation_flow);
    for (uint32_t r = 0; r < model->plan->regions; r++) {
        for (uint32_t level = 0; level < model->levels; level++) {
            model->nation_line[level].a += model->region_line[r][level].a;
            model->nation_line[level].v += model->region_line[r][level].v;
        }
        for (uint32_t flow = 0; flow < model->flows; flow++)
            model->nation_flow[flow] += model->region_flow[r][flow];
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
