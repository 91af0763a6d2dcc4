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
    kept->sum = calloc(kept->parts + 2, sizeof *kept->sum);
    return kept->before != NULL && kept->sum != NULL && kept->value != NULL
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

    model->region_line = calloc(1 + plan->regions, sizeof *model->region_line);
    model->region_flow = calloc(1 + plan->regions, sizeof *model->region_flow);
    record->kept = calloc(3 * series_count, sizeof *record->kept);
    if (variables == NULL || record->kept == NULL || model->region_line == NULL ||
        model->region_flow == NULL) {
        free(variables);
        return error_set(err, NO_MEMORY, "no memory for the record");
    }
    record->variables = series_variables(plan, variables);
    for (size_t i = 0; i < record->variables && status == OK; i++) {
        record->kept[i].variable = variables[i];
        status = create_kept(&record->kept[i], plan, err);
    }
    free(variables);
    return status;
}

void
record_reset(struct model *model)
{
    const struct plan *plan = model->plan;

    memset(model->region_line, 0, (1 + plan->regions) * sizeof *model->region_line);
    memset(model->region_flow, 0, (1 + plan->regions) * sizeof *model->region_flow);
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
        free(model->record.kept[i].sum);
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

/* Tell the region and the nation what has changed at SITE since it last told. People of a facility
 * that is not counted are no prison population: they are told as LEVEL_CENTRE. */
static void
tell(struct model *model, struct site *site)
{
    uint32_t place = 1 + site->region;
    bool counted = site->facility == NULL || site->facility->counted;

    for (uint32_t level = 0; level < model->levels; level++) {
        int64_t a = site->line[level].a - site->told[level].a;
        int64_t v = site->line[level].v - site->told[level].v;
        uint32_t as = level;
        if ((a | v) == 0)
            continue;
        site->told[level] = site->line[level];
        if (!counted && level < LEVELS_OF_PRISON) {
            if (level >= LEVEL_POPULATION + STATUSES)
                continue;
            as = LEVEL_CENTRE;
        }
        model->region_line[0][as].a += a;
        model->region_line[0][as].v += v;
        model->region_line[place][as].a += a;
        model->region_line[place][as].v += v;
    }
    for (uint32_t flow = 0; flow < model->flows; flow++) {
        int64_t by = site->flow[flow] - site->flow_told[flow];
        site->flow_told[flow] = site->flow[flow];
        model->region_flow[0][flow] += by;
        model->region_flow[place][flow] += by;
    }
    site->touched = false;
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

static void
put_totals(struct kept *kept, size_t at, double days)
{
    const struct series *series = kept->variable.series;
    const int64_t *sum = kept->sum;

    for (uint32_t k = 0; k < kept->width; k++) {
        if (series->of == OF_FLOW)
            kept->value[at + k].count = (int32_t)sum[k];
        else if (series->of == OF_RATIO)
            kept->value[at + k].mean =
                sum[1] > 0
                    ? (float)((double)sum[0] / (double)sum[1] * ratio_rules[series->first].scale)
                    : NAN; /* nobody, or no place */
        else if (series->of == OF_DURATION)
            kept->value[at + k].mean = (float)ticks_to_days(sum[k]);
        else
            kept->value[at + k].mean = (float)(ticks_to_days(sum[k]) / days);
    }
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

/* One place of one variable: the row that ends at NOW (none in the warm-up: AT is then not
 * written). */
static void
write_place(struct model *model, struct kept *kept, uint32_t place, bool write, size_t at,
            double days, ticks now)
{
    uint8_t kind = kept->variable.place;
    const struct line *line = kind == AT_FACILITY
                                  ? model->site[place].line
                                  : model->region_line[kind == AT_REGION ? 1 + place : 0];
    const int64_t *flow = kind == AT_FACILITY
                              ? model->site[place].flow
                              : model->region_flow[kind == AT_REGION ? 1 + place : 0];

    for (uint32_t part = 0; part < kept->parts; part++) {
        int64_t *before = &kept->before[(size_t)place * kept->parts + part];
        int64_t now_total = total(kept->variable.series, part, line, flow, now);
        kept->sum[part] = now_total - *before;
        *before = now_total;
    }
    if (!write)
        return;
    if (kept->parts > 0)
        put_totals(kept, at, days);
    else
        for (uint32_t k = 0; k < kept->width; k++)
            kept->value[at + k].count = point_value(model, kept, place, k);
}

static void
write_row(struct model *model, struct kept *kept, int32_t row, ticks now)
{
    const struct keep_plan *keep = &model->plan->keep[kept->variable.place];
    int32_t last = row + 1 < keep->rows ? keep->first[row + 1] : model->plan->result_days;
    double days = row < 0 ? 1 : last - keep->first[row];

    for (uint32_t place = 0; place < kept->places; place++)
        write_place(model, kept, place, row >= 0,
                    row < 0 ? 0 : ((size_t)row * kept->places + place) * kept->width, days, now);
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

/* A new row begins: facilities count their peak and their noon anew. */
static void
begin_facilities(struct model *model, ticks now)
{
    for (uint32_t i = 0; i < model->plan->facilities; i++) {
        model->site[i].peak = model->site[i].population;
        model->site[i].noon_at = now + TICKS_PER_DAY / 2;
    }
}

void
record_day(struct model *model, ticks now)
{
    const struct plan *plan = model->plan;
    int32_t day = (int32_t)ticks_day(now) - 1 - plan->warm_days; /* that ends */
    bool ends[RECORD_PLACES] = {false};

    for (uint32_t i = 0; i < plan->sites; i++)
        if (model->site[i].touched)
            tell(model, &model->site[i]);
    if (day < -1 || day >= plan->result_days)
        return;
    for (int place = 0; place < RECORD_PLACES; place++) {
        const struct keep_plan *keep = &plan->keep[place];
        ends[place] = keep->rows > 0 && (day < 0 || day + 1 == plan->result_days ||
                                         keep->row_of[day + 1] != keep->row_of[day]);
    }
    if (day >= 0 && ends[AT_NATION])
        record_crowding(model);
    for (size_t i = 0; i < model->record.variables; i++) {
        struct kept *kept = &model->record.kept[i];
        int place = kept->variable.place;
        if (ends[place])
            write_row(model, kept, day < 0 ? -1 : plan->keep[place].row_of[day], now);
    }
    if (ends[AT_FACILITY])
        begin_facilities(model, now);
}
