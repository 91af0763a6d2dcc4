#include "plan.h"

#include "sim/engine/calendar.h"
#include "sim/engine/portable_math.h"
#include "sim/engine/stream.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAYS_BEFORE 365 /* the start whose entries the stock comes from */

uint32_t
plan_region_index(const struct scenario *scenario, const char *name)
{
    for (uint32_t i = 0; name != NULL && i < scenario->regions.count; i++)
        if (strcmp(scenario->regions.name[i], name) == 0)
            return i;
    return NOWHERE;
}

uint32_t
plan_facility_index(const struct plan *plan, const char *name)
{
    uint32_t low = 0, high = name != NULL ? plan->facilities : 0;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2, number = plan->by_name[middle];
        int order = strcmp(plan->facility[number].name, name);
        if (order == 0)
            return number;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NOWHERE;
}

/* What a kind does when full, unless its row says otherwise. */
static const struct {
    uint8_t when_full;
    bool house;
} kind_rules[KINDS] = {
    [PRISON] = {CROWD, false},           [DETENTION_HOUSE] = {REFUSE, true},
    [TRANSITION_HOUSE] = {REFUSE, true}, [FORENSIC_CENTRE] = {REFUSE, false},
    [RENTED] = {REFUSE, false},
};

static void
plan_facility(struct plan *plan, uint32_t i)
{
    const struct facility_record *row =
        (const struct facility_record *)plan->scenario->facilities.item + i;
    struct facility_plan *facility = &plan->facility[i];
    bool filled = row->use == USE_SENTENCES || row->use == USE_OPEN || row->use == USE_INTERNEES;

    *facility = (struct facility_plan){
        .record = row,
        .name = row->name,
        .hash = stream_text_name(row->name),
        .region = plan_region_index(plan->scenario, row->region),
        .kind = (uint8_t)row->kind,
        .use = (uint8_t)row->use,
        .when_full =
            (uint8_t)(row->when_full == BY_KIND ? kind_rules[row->kind].when_full : row->when_full),
        .statuses = (uint8_t)scenario_statuses(row),
        .sexes = (uint8_t)(row->sexes ? row->sexes : 3),
        .needs = (uint8_t)(row->needs ? row->needs : 0x3f),
        .counted = row->counted,
        .house = kind_rules[row->kind].house,
        .specialised = row->needs != 0,
        .allocated = (row->kind == PRISON && filled) || row->kind == RENTED,
        .least_sentence = ticks_from_days(row->least_sentence),
        .most_sentence = ticks_from_days(row->most_sentence),
        .hand_off = row->hand_off == NULL && kind_rules[row->kind].house
                        ? plan->scenario->house_selection.hand_off
                        : row->hand_off,
    };
    plan->detention_houses |= row->kind == DETENTION_HOUSE;
    plan->transition_houses |= row->kind == TRANSITION_HOUSE;
    plan->centres |= row->kind == FORENSIC_CENTRE;
    plan->allocation |= facility->allocated;
}

static double
share_of(const struct shares *shares, const char *word)
{
    for (size_t i = 0; i < shares->count; i++)
        if (strcmp(shares->name[i], word) == 0)
            return shares->share[i];
    return 0;
}

/* Attributes go together: a mother with a child is a woman, a young adult is under 25, an elderly
 * person over 60; the shares of each attribute come out as the scenario gives them. */
static void
plan_people(struct plan *plan)
{
    const struct people_record *people = &plan->scenario->people;
    double mothers = share_of(&people->needs, need_words[MOTHER]), sum = 0;
    double young = share_of(&people->needs, need_words[YOUNG_ADULT]);
    double old = share_of(&people->needs, need_words[ELDERLY]);

    for (int need = 0; need < NEEDS; need++) {
        if (need != MOTHER && mothers < 1)
            sum += share_of(&people->needs, need_words[need]) / (1 - mothers);
        plan->people.need[need] = sum;
    }
    sum = 0;
    for (int age = 0; age < AGE_BANDS; age++) {
        double share = share_of(&people->ages, age_words[age]);
        share -= age == 0 ? young : age == AGE_BANDS - 1 ? old : 0;
        sum += young + old < 1 && share > 0 ? share / (1 - young - old) : 0;
        plan->people.age[age] = sum;
    }
    for (int i = 0; i < EXCLUSIONS; i++)
        plan->people.exclusion[i] = share_of(&people->exclusions, exclusion_words[i]);
    for (uint16_t i = 0; i < plan->classes; i++)
        plan->class[i].mothers =
            plan->class[i].women > mothers ? mothers / plan->class[i].women : 1;
}

static int
by_facility_name(const void *left, const void *right, void *context)
{
    const struct facility_plan *facility = context;

    return strcmp(facility[*(const uint32_t *)left].name, facility[*(const uint32_t *)right].name);
}

static int
by_region_name(const void *left, const void *right, void *context)
{
    const char *const *name = context;

    return strcmp(name[*(const uint32_t *)left], name[*(const uint32_t *)right]);
}

static int
by_class_name(const void *left, const void *right, void *context)
{
    const struct class_plan *class = context;

    return strcmp(class[*(const uint16_t *)left].name, class[*(const uint16_t *)right].name);
}

static int
by_phase_name(const void *left, const void *right, void *context)
{
    const struct phase_plan *phase = context;

    return strcmp(phase[*(const uint16_t *)left].name, phase[*(const uint16_t *)right].name);
}

/* Classes and phases by name: nobody of the stock is another because a list is written in another
 * order. */
static void
plan_order_pathways(struct plan *plan)
{
    for (uint16_t i = 0; i < plan->classes; i++)
        plan->class_by_name[i] = i;
    for (uint16_t i = 0; i < plan->phases; i++)
        plan->phase_by_name[i] = i;
    qsort_r(plan->class_by_name, plan->classes, sizeof *plan->class_by_name, by_class_name,
            plan->class);
    qsort_r(plan->phase_by_name, plan->phases, sizeof *plan->phase_by_name, by_phase_name,
            plan->phase);
}

/* The facilities of each region, side by side; both by name. */
static void
plan_regions(struct plan *plan)
{
    uint32_t at = 0;

    for (uint32_t i = 0; i < plan->facilities; i++)
        plan->by_name[i] = i;
    for (uint32_t r = 0; r < plan->regions; r++)
        plan->region_by_name[r] = r;
    qsort_r(plan->by_name, plan->facilities, sizeof *plan->by_name, by_facility_name,
            plan->facility);
    qsort_r(plan->region_by_name, plan->regions, sizeof *plan->region_by_name, by_region_name,
            plan->scenario->regions.name);
    for (uint32_t i = 0; i < plan->facilities; i++)
        plan->region[plan->facility[i].region].facilities++;
    for (uint32_t r = 0; r < plan->regions; r++) {
        plan->region[r].first = at;
        at += plan->region[r].facilities;
        plan->region[r].facilities = 0;
    }
    for (uint32_t i = 0; i < plan->facilities; i++) {
        uint32_t number = plan->by_name[i];
        struct region_plan *region = &plan->region[plan->facility[number].region];
        plan->of_region[region->first + region->facilities++] = number;
    }
}

static const struct class_record *
class_row(const struct scenario *scenario, const char *name)
{
    const struct class_record *rows = scenario->classes.item;

    for (size_t i = 0; i < scenario->classes.count; i++)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    return NULL;
}

static void
plan_class(struct plan *plan, uint16_t i, uint16_t first)
{
    const struct scenario *scenario = plan->scenario;
    const struct class_record *row = class_row(scenario, scenario->pathways.name[i]);

    plan->class[i] = (struct class_plan){
        .name = scenario->pathways.name[i],
        .first = first,
        .phases = (uint16_t)scenario->pathways.list[i].count,
        .women = scenario->people.women,
        .no_residence = scenario->people.no_residence,
    };
    if (row == NULL)
        return;
    plan->class[i].sentence = row->sentence;
    plan->class[i].served = row->served;
    plan->class[i].repeat = row->repeat;
    plan->class[i].priority = (uint8_t)row->priority;
    if (row->women >= 0)
        plan->class[i].women = row->women;
    if (row->no_residence >= 0)
        plan->class[i].no_residence = row->no_residence;
}

static struct target_plan
plan_target(const struct plan *plan, uint16_t class, const char *name)
{
    struct target found = {0};

    scenario_target(plan->scenario, class, name, &found);
    return (struct target_plan){
        .exit = found.exit,
        .to = (uint16_t)(found.exit ? found.phase : plan->class[found.class].first + found.phase)};
}

static int
plan_phase(struct plan *plan, uint16_t class, uint16_t at, const struct phase_record *row,
           struct error *err)
{
    struct phase_plan *phase = &plan->phase[at];
    const struct desk_record *desks = plan->scenario->desks.item;
    const struct clock_record *clocks = row->clocks.item;
    double sum = 0;

    assert(row->then.count <= MOST_SHARES && row->clocks.count <= MOST_CLOCKS);
    *phase = (struct phase_plan){.class = class,
                                 .status = (uint8_t)row->status,
                                 .place = (uint8_t)row->place,
                                 .serve = (uint8_t)row->serve,
                                 .desk = -1,
                                 .facility = plan_facility_index(plan, row->facility),
                                 .stay = row->stay};
    if (asprintf(&phase->name, "%s.%s", plan->class[class].name, row->phase) < 0) {
        phase->name = NULL;
        return error_set(err, NO_MEMORY, "no memory for the phases");
    }
    if (row->refused != NULL) {
        phase->diverts = true;
        phase->refused = plan_target(plan, class, row->refused);
    }
    for (size_t i = 0; row->desk != NULL && i < plan->scenario->desks.count; i++)
        if (strcmp(desks[i].name, row->desk) == 0) {
            phase->desk = (int16_t)i;
            phase->stay = desks[i].time;
        }
    plan->units |= phase->facility != NOWHERE;
    plan->desk_places |= phase->desk >= 0 && desks[phase->desk].places > 0;
    plan->busy_desks |= phase->desk >= 0 && desks[phase->desk].places > 0 &&
                        desks[phase->desk].serves != SERVES_FACILITY;
    for (size_t i = 0; i < row->then.count; i++) {
        struct target_plan *next = &phase->next[phase->next_count++];
        *next = plan_target(plan, class, row->then.name[i]);
        sum += row->then.share[i];
        next->up_to = i + 1 == row->then.count ? 1 : sum;
    }
    for (size_t i = 0; i < row->clocks.count; i++) {
        phase->clock[phase->clock_count] = plan_target(plan, class, clocks[i].to);
        phase->clock[phase->clock_count++].after = clocks[i].after;
    }
    return OK;
}

/* A phase inside that leads only out of custody. */
static void
mark_releases(struct plan *plan)
{
    for (uint16_t i = 0; i < plan->phases; i++) {
        struct phase_plan *phase = &plan->phase[i];
        phase->releases = phase->place == INSIDE && phase->status == CONVICTED && phase->desk < 0;
        for (int n = 0; n < phase->next_count; n++)
            if (!phase->next[n].exit && plan->phase[phase->next[n].to].place == INSIDE)
                phase->releases = false;
    }
}

static int
plan_pathways(struct plan *plan, struct error *err)
{
    const struct record_map *pathways = &plan->scenario->pathways;
    uint16_t at = 0;
    int status = OK;

    for (uint16_t class = 0; class < plan->classes; class ++) {
        plan_class(plan, class, at);
        at = (uint16_t)(at + pathways->list[class].count);
    }
    at = 0;
    for (uint16_t class = 0; class < plan->classes; class ++)
        for (size_t i = 0; i < pathways->list[class].count && status == OK; i++)
            status = plan_phase(plan, class, at++,
                                (const struct phase_record *)pathways->list[class].item + i, err);
    if (status != OK)
        return status;
    mark_releases(plan);
    plan_order_pathways(plan);
    plan_people(plan);
    return OK;
}

static double
rate_on(const struct scenario *scenario, const struct intake_record *row, int32_t date)
{
    struct date day = calendar_date(date);
    double years = (date - scenario->start) / 365.25;
    double rate = steps_at(&row->rate, date, 0) * steps_at(&scenario->intake_level, date, 1);

    if (row->months.count == 12)
        rate *= row->months.value[day.month - 1];
    if (row->weekdays.count == 7)
        rate *= row->weekdays.value[calendar_weekday(date)];
    if (row->trend != 0 && years > 0)
        rate *= portable_pow(1 + row->trend, years);
    return rate > 0 ? rate : 0;
}

/* Entries a day in the year before DATE. */
static double
rate_before(const struct scenario *scenario, const struct intake_record *row, int32_t date)
{
    double sum = 0;

    for (int day = 1; day <= DAYS_BEFORE; day++)
        sum += rate_on(scenario, row, date - day);
    return sum / DAYS_BEFORE;
}

static double
slab_bound(int slab)
{
    double bound = 1;
    int power = SLAB_LOWEST + slab;

    for (; power > 0; power--)
        bound *= 2;
    for (; power < 0; power++)
        bound /= 2;
    return bound;
}

/* What a source is called for its draws: COUNT texts, one behind the other; NULL: nothing. */
static uint64_t
joined_name(const char *const *text, size_t count)
{
    uint64_t name = stream_text_name("");

    for (size_t i = 0; i < count; i++)
        name = stream_text_more(name, text[i] != NULL ? text[i] : "");
    return name;
}

static int
plan_source(struct plan *plan, uint32_t i, struct error *err)
{
    const struct intake_record *row = (const struct intake_record *)plan->scenario->intake.item + i;
    struct source_plan *source = &plan->source[i];
    const char *const name[] = {row->class, "/", row->region, "/", row->facility};
    size_t class = 0;
    double most = 0;

    scenario_class(plan->scenario, row->class, &class);
    source->class_name = row->class;
    source->hash = joined_name(name, sizeof name / sizeof *name);
    source->class = (uint16_t) class;
    source->site = row->facility != NULL
                       ? plan_facility_index(plan, row->facility)
                       : plan_region_site(plan, plan_region_index(plan->scenario, row->region));
    source->rate = malloc((size_t)plan->days * sizeof *source->rate);
    if (source->rate == NULL)
        return error_set(err, NO_MEMORY, "no memory for the rates of %s", row->class);
    for (int32_t day = 0; day < plan->days; day++) {
        source->rate[day] = rate_on(plan->scenario, row, plan->first_day + day);
        most = source->rate[day] > most ? source->rate[day] : most;
    }
    source->before = rate_before(plan->scenario, row, plan->first_day);
    plan->class[class].rate += source->before;
    source->slabs = 1;
    while (slab_bound(source->slabs - 1) < most)
        source->slabs++;
    return OK;
}

static int
plan_intake(struct plan *plan, struct error *err)
{
    int status = OK;

    for (uint32_t i = 0; i < plan->sources && status == OK; i++) {
        status = plan_source(plan, i, err);
        plan->slabs += plan->source[i].slabs;
    }
    plan->slab = malloc((plan->slabs + 1) * sizeof *plan->slab);
    if (status != OK || plan->slab == NULL)
        return status != OK ? status : error_set(err, NO_MEMORY, "no memory for the arrivals");
    uint32_t at = 0;
    for (uint32_t i = 0; i < plan->sources; i++)
        for (uint8_t number = 0; number < plan->source[i].slabs; number++) {
            double low = number == 0 ? 0 : slab_bound(number - 1);
            plan->slab[at++] = (struct slab_plan){i, low, slab_bound(number) - low, number};
        }
    return OK;
}

static void
add_calendar(struct plan *plan, int32_t date, enum calendar_kind kind, uint32_t facility,
             double value)
{
    int32_t day = date == NO_DATE || date < plan->first_day ? 0 : date - plan->first_day;

    if (day < plan->days)
        plan->calendar[plan->calendars++] = (struct calendar_plan){
            day, (uint8_t)kind, facility, plan->facility[facility].region, value};
}

static int
by_region_and_day(const void *left, const void *right)
{
    const struct calendar_plan *a = left, *b = right;

    if (a->region != b->region)
        return a->region < b->region ? -1 : 1;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->facility != b->facility)
        return a->facility < b->facility ? -1 : 1;
    return a->kind - b->kind;
}

static const struct steps *
capacity_steps(const struct plan *plan, const struct facility_record *row)
{
    const struct steps *word = &row->capacity[plan->scenario->capacity_word];

    return word->count > 0 ? word : &row->capacity[MAIN_CAPACITY];
}

/* Every change of a figure by date becomes a calendar row; the value on the first day is one too.
 */
static int
plan_calendar(struct plan *plan, struct error *err)
{
    size_t most = 0;

    for (uint32_t i = 0; i < plan->facilities; i++) {
        const struct facility_record *row = plan->facility[i].record;
        most += 9 + capacity_steps(plan, row)->count + row->beds.count + row->entry.count +
                row->ceiling.count;
    }
    plan->calendar = malloc((most + 1) * sizeof *plan->calendar);
    if (plan->calendar == NULL)
        return error_set(err, NO_MEMORY, "no memory for the calendar");
    for (uint32_t i = 0; i < plan->facilities; i++) {
        const struct facility_record *row = plan->facility[i].record;
        const struct steps *steps[] = {capacity_steps(plan, row), &row->beds, &row->entry,
                                       &row->ceiling};
        for (int kind = CAL_CAPACITY; kind <= CAL_CEILING; kind++) {
            if (steps[kind]->count > 0 &&
                (!steps[kind]->nothing_before || steps[kind]->day[0] <= plan->first_day))
                add_calendar(plan, NO_DATE, (enum calendar_kind)kind, i,
                             steps_at(steps[kind], plan->first_day, 0));
            for (size_t s = 0; s < steps[kind]->count; s++)
                if (steps[kind]->day[s] != NO_DATE && steps[kind]->day[s] > plan->first_day)
                    add_calendar(plan, steps[kind]->day[s], (enum calendar_kind)kind, i,
                                 steps[kind]->value[s]);
        }
        add_calendar(plan, row->opens, CAL_OPEN, i, 1);
        if (row->closes != NO_DATE && row->closing_notice >= 1)
            add_calendar(plan, row->closes - (int32_t)row->closing_notice, CAL_LEAVE, i, 0);
        if (row->closes != NO_DATE)
            add_calendar(plan, row->closes, CAL_CLOSE, i, 0);
    }
    qsort(plan->calendar, plan->calendars, sizeof *plan->calendar, by_region_and_day);
    for (uint32_t i = 0; i < plan->calendars; i++)
        plan->region[plan->calendar[i].region].calendars++;
    for (uint32_t r = 1; r < plan->regions; r++)
        plan->region[r].first_calendar =
            plan->region[r - 1].first_calendar + plan->region[r - 1].calendars;
    return OK;
}

/* A name as a stream's "which time", which has 32 bits. */
static uint32_t
folded_name(const char *name)
{
    uint64_t hash = stream_text_name(name);

    return (uint32_t)(hash ^ hash >> 32);
}

static void
plan_measures(struct plan *plan)
{
    const struct measure_record *rows = plan->scenario->measures.item;

    for (uint32_t i = 0; i < plan->measures; i++)
        plan->measure[i] = (struct measure_plan){
            .record = &rows[i],
            .from = rows[i].from == NO_DATE ? 0 : rows[i].from - plan->first_day,
            .until = rows[i].until == NO_DATE ? INT32_MAX : rows[i].until - plan->first_day,
            .region = rows[i].region != NULL ? plan_region_index(plan->scenario, rows[i].region)
                                             : NOWHERE,
            .draw = folded_name(rows[i].name),
            .forward = ticks_from_days(rows[i].forward),
            .most_sentence = ticks_from_days(rows[i].most_sentence),
        };
}

static void
plan_stock_row(struct plan *plan, struct stock_plan *row, const struct stock_record *record)
{
    static const char *const status[STATUSES] = {"0", "1", "2"};
    const char *const text[] = {"stock/",
                                status[record->status],
                                "/",
                                record->class,
                                "/",
                                record->phase,
                                "/",
                                record->region,
                                "/",
                                record->facility,
                                record->fresh ? "/fresh" : NULL};
    size_t class = 0;
    struct target target = {0};

    *row = (struct stock_plan){.record = record,
                               .source = joined_name(text, sizeof text / sizeof *text),
                               .facility = plan_facility_index(plan, record->facility),
                               .region = plan_region_index(plan->scenario, record->region),
                               .class = NO_CLASS,
                               .phase = NO_PHASE};
    if (row->facility != NOWHERE)
        row->region = plan->facility[row->facility].region;
    if (record->class == NULL || !scenario_class(plan->scenario, record->class, &class))
        return;
    row->class = (uint16_t) class;
    if (record->phase != NULL && scenario_target(plan->scenario, class, record->phase, &target))
        row->phase = (uint16_t)(plan->class[target.class].first + target.phase);
}

static int
by_source(const void *left, const void *right)
{
    uint64_t a = ((const struct stock_plan *)left)->source;
    uint64_t b = ((const struct stock_plan *)right)->source;

    return (a > b) - (a < b);
}

/* The rows of the stock, in an order that is not that of the list: who comes first to a prison has
 * the first turn there. */
static int
plan_stock_rows(struct plan *plan, struct error *err)
{
    const struct stock_record *records = plan->scenario->stock.item;
    size_t rows = plan->scenario->stock.count;

    plan->stock = calloc(rows + 1, sizeof *plan->stock);
    if (plan->stock == NULL)
        return error_set(err, NO_MEMORY, "no memory for the stock");
    plan->stocks = (uint32_t)rows;
    for (size_t i = 0; i < rows; i++)
        plan_stock_row(plan, &plan->stock[i], &records[i]);
    qsort(plan->stock, rows, sizeof *plan->stock, by_source);
    return OK;
}

/* Whether DAY of the result begins a new row. */
static bool
begins_row(const struct plan *plan, uint8_t tick, int32_t day)
{
    struct date date = calendar_date(plan->scenario->start + day);

    return day == 0 || tick == BY_DAY ||
           (tick == BY_WEEK && calendar_weekday(plan->scenario->start + day) == 0) ||
           (tick == BY_MONTH && date.day == 1) ||
           (tick == BY_YEAR && date.day == 1 && date.month == 1);
}

static int
keep_place(struct plan *plan, struct keep_plan *keep, uint8_t tick,
           const struct keep_record *record, struct error *err)
{
    size_t days = (size_t)plan->result_days + 1;

    *keep = (struct keep_plan){.record = record,
                               .tick = tick,
                               .row_of = malloc(days * sizeof *keep->row_of),
                               .first = malloc(days * sizeof *keep->first)};
    if (keep->row_of == NULL || keep->first == NULL)
        return error_set(err, NO_MEMORY, "no memory for the days of the result");
    for (int32_t day = 0; day < plan->result_days; day++) {
        if (begins_row(plan, tick, day))
            keep->first[keep->rows++] = day;
        keep->row_of[day] = keep->rows - 1;
    }
    return OK;
}

static int
plan_keep(struct plan *plan, struct error *err)
{
    static const uint8_t usual[RECORD_PLACES] = {BY_DAY, BY_DAY, BY_MONTH};
    const struct keep_record *rows = plan->scenario->keep.item;
    int status = OK;

    for (int place = 0; place < RECORD_PLACES && plan->scenario->keep.count == 0 && status == OK;
         place++)
        status = keep_place(plan, &plan->keep[place], usual[place], NULL, err);
    for (size_t i = 0; rows != NULL && i < plan->scenario->keep.count && status == OK; i++)
        status = keep_place(plan, &plan->keep[rows[i].place], (uint8_t)rows[i].tick, &rows[i], err);
    return status;
}

/* People at once, as if the highest rate held, but no more than come in all; and events, with about
 * two for each phase. A scenario too large for any machine shows here, before memory is taken. */
static void
plan_expect(struct plan *plan)
{
    const struct stock_record *stock = plan->scenario->stock.item;

    for (size_t i = 0; i < plan->scenario->stock.count; i++)
        plan->most_people += (double)stock[i].count;
    plan->most_events = 3 * plan->most_people;
    for (uint32_t i = 0; i < plan->sources; i++) {
        const struct source_plan *source = &plan->source[i];
        double sum = 0, most = 0, days = 0, phases = 0;
        for (int32_t day = 0; day < plan->days; day++) {
            sum += source->rate[day];
            most = source->rate[day] > most ? source->rate[day] : most;
        }
        for (uint16_t phase = 0; phase < plan->phases; phase++) {
            days += steady_days(&plan->steady, source->class, phase);
            phases += steady_visits(&plan->steady, source->class, phase);
        }
        plan->most_people += most * days < sum ? most * days : sum;
        plan->most_events += sum * (1.5 + 2 * phases);
    }
}

static uint16_t
phase_named(const struct plan *plan, const char *name)
{
    for (uint16_t i = 0; i < plan->phases; i++)
        if (strcmp(plan->phase[i].name, name) == 0)
            return i;
    return NO_PHASE;
}

/* What the world's facilities, regions and phases are called is what they are here. A facility may
 * be missing: its people look for another. */
static int
plan_names_of_world(struct plan *plan, struct error *err)
{
    const struct plan *world = plan->world;

    plan->facility_of_world = calloc(world->facilities + 1, sizeof *plan->facility_of_world);
    plan->region_of_world = calloc(world->regions + 1, sizeof *plan->region_of_world);
    plan->phase_of_world = calloc(world->phases + 1u, sizeof *plan->phase_of_world);
    if (plan->facility_of_world == NULL || plan->region_of_world == NULL ||
        plan->phase_of_world == NULL)
        return error_set(err, NO_MEMORY, "no memory for the stock");
    for (uint32_t i = 0; i < world->facilities; i++)
        plan->facility_of_world[i] =
            world == plan ? i : plan_facility_index(plan, world->facility[i].name);
    for (uint32_t i = 0; i < world->regions; i++) {
        const char *name = world->scenario->regions.name[i];
        plan->region_of_world[i] = plan_region_index(plan->scenario, name);
        if (plan->region_of_world[i] == NOWHERE && world->stocks > 0)
            return error_set(err, BAD_INPUT,
                             "the stock comes from a scenario with region '%s', which is not here; "
                             "keep the region, or write a stock of this scenario's own",
                             name);
    }
    for (uint16_t i = 0; i < world->phases; i++) {
        plan->phase_of_world[i] = phase_named(plan, world->phase[i].name);
        if (plan->phase_of_world[i] == NO_PHASE && world->stocks > 0)
            return error_set(err, BAD_INPUT,
                             "the stock comes from a scenario with phase '%s', which is not here; "
                             "keep the phase, or write a stock of this scenario's own",
                             world->phase[i].name);
    }
    return OK;
}

/* The stock is the world's: the same people with the same draws whatever is laid over it. */
static int
plan_world(struct plan *plan, struct error *err)
{
    struct plan *world = plan;
    int status = OK;

    if (plan->scenario->world != NULL)
        status = plan_create(&world, plan->scenario->world, err);
    plan->world = world;
    if (status != OK || world == NULL)
        return status;
    world->seed = plan->seed;
    return plan_names_of_world(plan, err);
}

static int
plan_allocate(struct plan *plan, struct error *err)
{
    const struct scenario *scenario = plan->scenario;
    size_t phases = 0;

    for (size_t i = 0; i < scenario->pathways.count; i++)
        phases += scenario->pathways.list[i].count;
    assert(scenario->regions.count <= MOST_REGIONS && phases <= MOST_PHASES);
    assert(scenario->desks.count <= MOST_DESKS && scenario->exits.count <= MOST_EXITS);
    plan->facilities = (uint32_t)scenario->facilities.count;
    plan->regions = (uint32_t)scenario->regions.count;
    plan->sites = plan->facilities + plan->regions;
    plan->classes = (uint16_t)scenario->pathways.count;
    plan->phases = (uint16_t)phases;
    plan->sources = (uint32_t)scenario->intake.count;
    plan->measures = (uint32_t)scenario->measures.count;
    plan->desks = (uint32_t)scenario->desks.count;
    plan->exits = (uint32_t)scenario->exits.count;
    plan->facility = calloc(plan->facilities + 1, sizeof *plan->facility);
    plan->region = calloc(plan->regions + 1, sizeof *plan->region);
    plan->of_region = calloc(plan->facilities + 1, sizeof *plan->of_region);
    plan->by_name = calloc(plan->facilities + 1, sizeof *plan->by_name);
    plan->region_by_name = calloc(plan->regions + 1, sizeof *plan->region_by_name);
    plan->class_by_name = calloc(plan->classes + 1u, sizeof *plan->class_by_name);
    plan->phase_by_name = calloc(plan->phases + 1u, sizeof *plan->phase_by_name);
    plan->class = calloc(plan->classes + 1u, sizeof *plan->class);
    plan->phase = calloc(plan->phases + 1u, sizeof *plan->phase);
    plan->source = calloc(plan->sources + 1, sizeof *plan->source);
    plan->measure = calloc(plan->measures + 1, sizeof *plan->measure);
    return plan->facility && plan->region && plan->of_region && plan->by_name &&
                   plan->region_by_name && plan->class_by_name && plan->phase_by_name &&
                   plan->class && plan->phase && plan->source && plan->measure
               ? OK
               : error_set(err, NO_MEMORY, "no memory for the plan");
}

int
plan_create(struct plan **out, const struct scenario *scenario, struct error *err)
{
    struct plan *plan = calloc(1, sizeof *plan);
    int status;

    *out = NULL;
    if (plan == NULL)
        return error_set(err, NO_MEMORY, "no memory for the plan");
    plan->scenario = scenario;
    plan->seed = (uint64_t)scenario->seed;
    plan->warm_days = (int32_t)(scenario->warm_up + 0.5);
    plan->days = plan->warm_days + (int32_t)(scenario->horizon + 0.5);
    plan->result_days = plan->days - plan->warm_days;
    plan->first_day = scenario->start - plan->warm_days;
    plan->round = ticks_from_days(scenario->round);
    plan->end = (ticks)plan->days * TICKS_PER_DAY;
    if ((status = plan_allocate(plan, err)) == OK) {
        for (uint32_t i = 0; i < plan->facilities; i++)
            plan_facility(plan, i);
        plan_regions(plan);
        status = plan_pathways(plan, err);
    }
    if (status == OK)
        status = plan_intake(plan, err);
    if (status == OK)
        status = plan_calendar(plan, err);
    if (status == OK)
        status = steady_create(&plan->steady, plan, err);
    if (status == OK)
        status = plan_stock_rows(plan, err);
    if (status == OK)
        status = plan_world(plan, err);
    if (status == OK)
        status = plan_keep(plan, err);
    if (status != OK) {
        plan_free(plan);
        return status;
    }
    plan_expect(plan);
    plan_measures(plan);
    *out = plan;
    return OK;
}

void
plan_free(struct plan *plan)
{
    if (plan == NULL)
        return;
    for (uint32_t i = 0; plan->source != NULL && i < plan->sources; i++)
        free(plan->source[i].rate);
    for (uint16_t i = 0; plan->phase != NULL && i < plan->phases; i++)
        free(plan->phase[i].name);
    for (int place = 0; place < RECORD_PLACES; place++) {
        free(plan->keep[place].row_of);
        free(plan->keep[place].first);
    }
    free(plan->facility);
    free(plan->region);
    free(plan->of_region);
    free(plan->by_name);
    free(plan->region_by_name);
    free(plan->class_by_name);
    free(plan->phase_by_name);
    free(plan->class);
    free(plan->phase);
    free(plan->source);
    free(plan->slab);
    free(plan->calendar);
    free(plan->measure);
    steady_free(&plan->steady);
    if (plan->world != plan)
        plan_free(plan->world);
    free(plan->facility_of_world);
    free(plan->region_of_world);
    free(plan->phase_of_world);
    free(plan->stock);
    free(plan);
}
