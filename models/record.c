/* What a replication leaves behind: sums over each day for the nation and the regions, over each month
 * for the facilities, and crowding taken apart at each day's end. */

#include "model.h"

#include "sim/calendar.h"

#include <stdlib.h>
#include <string.h>

int
record_create(struct model *model, struct error *err)
{
    const struct plan *plan = model->plan;
    uint32_t places = 1 + plan->regions;

    model->result_days = plan->days - plan->warm_days;
    size_t days = (size_t)model->result_days;
    model->month_of = malloc(days * sizeof *model->month_of);
    if (model->month_of == NULL)
        return error_set(err, NO_MEMORY, "no memory for the record");
    for (int32_t day = 0; day < model->result_days; day++) {
        struct date date = calendar_date(plan->scenario->start + day);
        if (day == 0 || date.day == 1)
            model->months++;
        model->month_of[day] = model->months - 1;
    }
    size_t months = (size_t)model->months * (plan->facilities + 1);
    struct record *record = &model->record;
    record->level = calloc(days * places * model->levels, sizeof *record->level);
    record->flow = calloc(days * places * model->flows, sizeof *record->flow);
    record->facility = calloc(months * model->levels, sizeof *record->facility);
    record->facility_flow = calloc(months * model->flows, sizeof *record->facility_flow);
    record->peak = calloc(months, sizeof *record->peak);
    record->crowding = calloc(days * CROWDING_PARTS, sizeof *record->crowding);
    record->on = calloc(days * (plan->measures + 1), sizeof *record->on);
    model->region_line = calloc(places, sizeof *model->region_line);
    model->region_total = calloc(places, sizeof *model->region_total);
    model->region_flow = calloc(places, sizeof *model->region_flow);
    model->region_flow_total = calloc(places, sizeof *model->region_flow_total);
    model->facility_total = calloc(plan->facilities + 1, sizeof *model->facility_total);
    model->facility_flow_total = calloc(plan->facilities + 1, sizeof *model->facility_flow_total);
    return record->level && record->flow && record->facility && record->facility_flow &&
                   record->peak && record->crowding && record->on && model->region_line &&
                   model->region_total && model->region_flow && model->region_flow_total &&
                   model->facility_total && model->facility_flow_total
               ? OK
               : error_set(err, NO_MEMORY, "no memory for the record of %zu days", days);
}

void
record_reset(struct model *model)
{
    uint32_t places = 1 + model->plan->regions, facilities = model->plan->facilities;

    memset(model->region_line, 0, places * sizeof *model->region_line);
    memset(model->region_total, 0, places * sizeof *model->region_total);
    memset(model->region_flow, 0, places * sizeof *model->region_flow);
    memset(model->region_flow_total, 0, places * sizeof *model->region_flow_total);
    memset(model->facility_total, 0, facilities * sizeof *model->facility_total);
    memset(model->facility_flow_total, 0, facilities * sizeof *model->facility_flow_total);
}

void
record_free(struct model *model)
{
    struct record *record = &model->record;

    free(record->level);
    free(record->flow);
    free(record->facility);
    free(record->facility_flow);
    free(record->peak);
    free(record->crowding);
    free(record->on);
    free(model->month_of);
    free(model->region_line);
    free(model->region_total);
    free(model->region_flow);
    free(model->region_flow_total);
    free(model->facility_total);
    free(model->facility_flow_total);
}

/* Which sum a level of SITE belongs to: a centre's people are no prison population. */
static bool
counts_for_nation(const struct site *site, uint32_t level)
{
    if (site->facility == NULL || site->facility->counted)
        return true;
    return level > LEVEL_FLOOR;
}

/* Tell the region and the nation what has changed at SITE since it last told. */
static void
tell(struct model *model, struct site *site)
{
    uint32_t place = 1 + site->region;

    for (uint32_t level = 0; level < model->levels; level++) {
        int64_t a = site->line[level].a - site->told[level].a;
        int64_t v = site->line[level].v - site->told[level].v;
        uint32_t as = level;
        if ((a | v) == 0)
            continue;
        site->told[level] = site->line[level];
        if (!counts_for_nation(site, level)) {
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

static void
record_places(struct model *model, int32_t day, ticks now)
{
    uint32_t places = 1 + model->plan->regions;

    for (uint32_t place = 0; place < places; place++) {
        size_t row = (size_t)(day < 0 ? 0 : day) * places + place;
        for (uint32_t level = 0; level < model->levels; level++) {
            struct line line = model->region_line[place][level];
            int64_t total = line.a + line.v * now;
            if (day >= 0)
                model->record.level[row * model->levels + level] =
                    total - model->region_total[place][level];
            model->region_total[place][level] = total;
        }
        for (uint32_t flow = 0; flow < model->flows; flow++) {
            int64_t total = model->region_flow[place][flow];
            if (day >= 0)
                model->record.flow[row * model->flows + flow] =
                    total - model->region_flow_total[place][flow];
            model->region_flow_total[place][flow] = total;
        }
    }
}

static void
record_facilities(struct model *model, int32_t month, ticks now)
{
    uint32_t facilities = model->plan->facilities;

    for (uint32_t i = 0; i < facilities; i++) {
        struct site *site = &model->site[i];
        size_t row = (size_t)(month < 0 ? 0 : month) * facilities + i;
        for (uint32_t level = 0; level < model->levels; level++) {
            int64_t total = site->line[level].a + site->line[level].v * now;
            if (month >= 0)
                model->record.facility[row * model->levels + level] =
                    total - model->facility_total[i][level];
            model->facility_total[i][level] = total;
        }
        for (uint32_t flow = 0; flow < model->flows; flow++) {
            if (month >= 0)
                model->record.facility_flow[row * model->flows + flow] =
                    site->flow[flow] - model->facility_flow_total[i][flow];
            model->facility_flow_total[i][flow] = site->flow[flow];
        }
        if (month >= 0)
            model->record.peak[row] = site->peak;
        site->peak = site->population;
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
            c->accepts[(uint32_t)g * c->to + t] =
                group_accepted(&model->site[to_site[t]], g);
}

/* Domain: shortage, wrong type, delay, wrong place, in this order; they add up to ABOVE. Delay is what
 * those in process alone could mend. */
static void
record_crowding(struct model *model, int32_t day)
{
    struct crowding *c = &model->crowding;
    int32_t *part = model->record.crowding + (size_t)day * CROWDING_PARTS;
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

/* At the end of a day: NOW is its last moment. */
void
record_day(struct model *model, ticks now)
{
    int32_t day = (int32_t)ticks_day(now) - 1 - model->plan->warm_days;

    for (uint32_t i = 0; i < model->plan->sites; i++)
        if (model->site[i].touched)
            tell(model, &model->site[i]);
    if (day < -1 || day >= model->result_days)
        return;
    record_places(model, day, now);
    if (day < 0) {
        record_facilities(model, -1, now);
        return;
    }
    record_crowding(model, day);
    for (uint32_t i = 0; i < model->plan->measures; i++)
        model->record.on[(size_t)day * model->plan->measures + i] = model->measure[i].on;
    if (day + 1 == model->result_days || model->month_of[day + 1] != model->month_of[day])
        record_facilities(model, model->month_of[day], now);
}
