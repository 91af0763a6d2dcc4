/* The plan: its tables, and plans derived from another. */

#include "tests/support.h"

#include "tests/models.h"

#include "models/office/calendar.h"
#include "models/plan/derive.h"
#include "models/plan/topics.h"
#include "models/record/series.h"
#include "models/scenario/read.h"

#include <stdlib.h>
#include <string.h>

/* A plan of FILE as it is read with COUNT texts laid over it. */
struct planned {
    struct scenario scenario;
    struct faults faults;
    struct plan *plan;
};

static void
plan_open(struct planned *planned, const char *file, const char *const *set, size_t count)
{
    struct error err = {0};
    char path[256], line[1024];

    *planned = (struct planned){0};
    snprintf(path, sizeof path, "tests/data/models/%s", file);
    struct scenario_source from = {.file = path, .set = set, .sets = count};
    if (scenario_read_from(&planned->scenario, &from, &planned->faults) != OK) {
        faults_line(&planned->faults, 0, line, sizeof line);
        fail_msg("%s", line);
    }
    if (plan_create(&planned->plan, &planned->scenario, &err) != OK)
        fail_msg("%s", err.message);
}

static void
plan_close(struct planned *planned)
{
    plan_free(planned->plan);
    scenario_free(&planned->scenario);
    faults_free(&planned->faults);
}

/* All values of a replication, one variable behind the other. */
struct values {
    size_t bytes;
    char *value;
};

static struct values
values_of(const struct plan *plan, uint64_t replication)
{
    struct error err = {0};
    struct layout layout;
    struct model *model;
    struct values values = {0};

    assert_int_equal(series_layout(&layout, plan, &err), OK);
    assert_int_equal(model_create(&model, plan, 1, &err), OK);
    assert_int_equal(model_run(model, replication, &err), OK);
    for (size_t i = 0; i < layout.variables; i++) {
        const struct layout_variable *variable = &layout.variable[i];
        size_t size = layout_count(&layout, variable) * layout_value_size(variable->type);
        values.value = realloc(values.value, values.bytes + size + 1);
        assert_non_null(values.value);
        record_values(model, i, values.value + values.bytes);
        values.bytes += size;
    }
    model_free(model);
    series_layout_free(&layout);
    return values;
}

static bool
same_values(const struct plan *a, const struct plan *b, uint64_t replication)
{
    struct values left = values_of(a, replication), right = values_of(b, replication);
    bool same = left.bytes == right.bytes && memcmp(left.value, right.value, left.bytes) == 0;

    free(left.value);
    free(right.value);
    return same;
}

#define MONTH 30.4375 /* days of 1 mo */

static double half = 0.5, most = 3 * MONTH, third = 0.4, fifth = 0.2, women = 0.3, more = 1.1,
              above = 1.21;
static int64_t vans = 3, cap = 10, moves = 2, people = 260;
static int32_t always[] = {NO_DATE}, until = 20634; /* 2026-06-30 */
static struct steps places = {.count = 1, .day = always, .value = (double[]){20}};
static struct steps arrivals = {.count = 1, .day = always, .value = (double[]){1.3}};
static struct steps level = {.count = 1, .day = always, .value = &more};
static const char *const ways[] = {"released", "sentence"};
static struct shares on = {
    .count = 2, .name = (const char **)(uintptr_t)ways, .share = (double[]){0.3, 0.7}};
static const char *const series[] = {"capacity"};
static struct names capacity = {.count = 1, .name = (const char **)(uintptr_t)series};
static struct distribution fixed, *stay = &fixed;

/* One field of each topic at least, where it is, and its value as a scenario says it. */
static const struct {
    const char *file, *set, *path;
    size_t numbers, number[3];
    const void *value;
    bool world;
} rows[] = {
    {"small.yaml",
     "house_selection.suitable: 20 %",
     "house_selection.suitable",
     0,
     {0},
     &fifth,
     false},
    {"small.yaml",
     "house_selection.hand_off: {fixed: {value: 40 d}}",
     "house_selection.hand_off",
     0,
     {0},
     &stay,
     false},
    {"small.yaml",
     "facilities[Second].capacity: 20",
     "facilities.capacity",
     1,
     {1},
     &places,
     false},
    {"small.yaml",
     "facilities[Closing].closes: 2026-06-30",
     "facilities.closes",
     1,
     {6},
     &until,
     false},
    {"small.yaml", "desks[court].time: {fixed: {value: 40 d}}", "desks.time", 1, {0}, &stay, false},
    {"small.yaml",
     "pathways.arrested[remand].then: {released: 0.3, sentence: 0.7}",
     "pathways.then",
     2,
     {0, 0},
     &on,
     false},
    {"small.yaml",
     "pathways.arrested[remand].clocks[home].after: {fixed: {value: 40 d}}",
     "pathways.clocks.after",
     3,
     {0, 0, 0},
     &stay,
     false},
    {"small.yaml", "classes[arrested].repeat: 50 %", "classes.repeat", 1, {0}, &half, false},
    {"small.yaml", "people.women: 30 %", "people.women", 0, {0}, &women, false},
    {"small.yaml", "intake[arrested,north].rate: 1.3 / d", "intake.rate", 1, {0}, &arrivals, false},
    {"small.yaml", "intake_level: 1.1", "intake_level", 0, {0}, &level, false},
    {"small.yaml", "intake_level: {to: 1.1, world: yes}", "intake_level", 0, {0}, &level, true},
    {"small.yaml", "measures[dated].forward: 3 mo", "measures.forward", 1, {0}, &most, false},
    {"small.yaml", "earliest_share: 0.4", "earliest_share", 0, {0}, &third, false},
    {"small.yaml", "allocation.moves: 2", "allocation.moves", 0, {0}, &moves, false},
    {"small.yaml", "balance.from: 121 %", "balance.from", 0, {0}, &above, false},
    {"small.yaml",
     "stock[remand].count: {to: 260, world: yes}",
     "stock.count",
     1,
     {0},
     &people,
     true},
    {"drift.yaml", "drift[courts].yearly: 30 %", "drift.yearly", 1, {0}, &women, false},
    {"projects.yaml",
     "facilities[House 2].project.starts: 2026-06-30",
     "facilities.project.starts",
     1,
     {3},
     &until,
     false},
    {"evenly.yaml",
     "facilities[House].opens_until: 2026-06-30",
     "facilities.opens_until",
     1,
     {1},
     &until,
     false},
    {"evenly.yaml",
     "facilities[On its way].project.starts_until: 2026-06-30",
     "facilities.project.starts_until",
     1,
     {2},
     &until,
     false},
    {"small_kept.yaml", "small_scale_cap: 10", "small_scale_cap", 0, {0}, &cap, false},
    {"small_kept.yaml",
     "record[facility].series: [capacity]",
     "record.series",
     1,
     {1},
     &capacity,
     false},
    {"small_kept.yaml",
     "people.women: {to: 30 %, world: yes}",
     "people.women",
     0,
     {0},
     &women,
     true},
};

/* As if it had been read with the value, bit for bit; and not as it was before. */
static void
a_derived_plan_has_the_bits_of_one_that_is_read(void **state)
{
    double parameter[] = {40, 0, 0};
    struct error err = {0};

    (void)state;
    assert_int_equal(distribution_make(&fixed, DIST_FIXED, parameter, &err), OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct planned base, read;
        struct plan *derived;
        struct plan_change change;
        plan_open(&base, rows[i].file, NULL, 0);
        plan_open(&read, rows[i].file, &rows[i].set, 1);
        assert_true(plan_change_at(&change, rows[i].path, rows[i].number, rows[i].numbers));
        change.value = rows[i].value;
        change.world = rows[i].world;
        if (plan_derive(&derived, base.plan, &change, 1, &err) != OK)
            fail_msg("%s: %s", rows[i].path, err.message);
        if (!same_values(derived, read.plan, 1))
            fail_msg("%s: not as if it were read", rows[i].set);
        if (same_values(derived, base.plan, 1))
            fail_msg("%s: as if nothing were changed", rows[i].set);
        plan_free(derived);
        plan_close(&read);
        plan_close(&base);
    }
}

/* Two changes, one of them the world's too; and the plan that it comes from is as it was. */
static void
a_derived_plan_leaves_its_base_as_it_was(void **state)
{
    static const char *const set[] = {"intake_level: {to: 1.1, world: yes}", "balance.vans: 3"};
    struct planned base, again, read;
    struct plan *derived, *twice;
    struct plan_change change[2], other;
    struct error err = {0};

    (void)state;
    plan_open(&base, "small.yaml", NULL, 0);
    plan_open(&again, "small.yaml", NULL, 0);
    plan_open(&read, "small.yaml", set, 2);
    assert_true(plan_change_at(&change[0], "intake_level", NULL, 0));
    change[0].value = &level;
    change[0].world = true;
    assert_true(plan_change_at(&change[1], "balance.vans", NULL, 0));
    change[1].value = &vans;
    assert_int_equal(plan_derive(&derived, base.plan, change, 2, &err), OK);
    assert_true(same_values(derived, read.plan, 0));
    assert_true(same_values(base.plan, again.plan, 0));
    /* what is derived from it changes one thing more */
    assert_true(plan_change_at(&other, "people.women", NULL, 0));
    other.value = &women;
    assert_int_equal(plan_derive(&twice, derived, &other, 1, &err), OK);
    assert_false(same_values(twice, derived, 0));
    assert_true(same_values(derived, read.plan, 0));
    plan_free(twice);
    plan_free(derived);
    plan_close(&read);
    plan_close(&again);
    plan_close(&base);
}

/* Fields that are the same for all replications: what the scenario is called, which texts it comes
 * from, when it runs and how often, what there is. */
static const char *const same_for_all[] = {
    "name",        "description", "extends",      "set",
    "add",         "drop",        "start",        "horizon",
    "warm_up",     "round",       "replications", "seed",
    "enforce_cap", "regions",     "exits",        "facility_history",
    "vary",        "uncertain",   "posterior",    "chance",
    "cap_from",    "law",         "sources",      "texts",
    "counted"};
#define SAME_FOR_ALL (sizeof same_for_all / sizeof *same_for_all)

/* Objects on the way to the field of PATH. */
static size_t
objects_before(const char *path)
{
    size_t dots = 0;

    for (; *path != '\0'; path++)
        dots += *path == '.';
    return dots;
}

static void
visit_field(const char *path, const struct field *field, void *count)
{
    bool read = false, same = false;

    if (objects_before(path) >= CHANGE_MOST_STEPS && field->object == NULL)
        fail_msg("%s: deeper than a change reaches", path);
    for (size_t i = 0; i < plan_topic_count; i++)
        read |= topic_reads(&plan_topics[i], path);
    for (size_t i = 0; i < SAME_FOR_ALL; i++) {
        size_t length = strlen(same_for_all[i]);
        same |= strncmp(path, same_for_all[i], length) == 0 &&
                (path[length] == '\0' || path[length] == '.');
    }
    if (read == same)
        fail_msg("%s: %s", path, read ? "a topic reads it" : "no topic reads it");
    *(size_t *)count += same && strchr(path, '.') == NULL;
}

static void
every_field_is_read_by_a_topic_or_the_same_for_all(void **state)
{
    size_t same = 0;

    (void)state;
    field_each(visit_field, &same);
    assert_int_equal(same, SAME_FOR_ALL);
}

static void
what_cannot_change_is_refused(void **state)
{
    static const struct {
        const char *path;
        size_t numbers, number[3];
        const char *message;
    } refused[] = {
        {"start", 0, {0}, "start is the same for all replications"},
        {"facilities.capacity", 1, {8}, "facilities has 8 items, and none of number 8"},
        {"pathways.stay", 2, {2, 0}, "pathways has 2 lists, and none of number 2"},
        {"pathways.stay", 2, {1, 1}, "pathways has 1 items, and none of number 1"},
    };
    static const char *const unknown[] = {"",        "facility", "facilities", "facilities.size",
                                          "horizon", "set",      "start.year"};
    static const size_t zero[3];
    struct planned base;
    struct plan_change change;
    struct error err = {0};

    (void)state;
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        assert_false(plan_change_at(&change, unknown[i], zero, 3));
    assert_false(plan_change_at(&change, "facilities.capacity", zero, 0));
    assert_false(plan_change_at(&change, "pathways.stay", zero, 1));
    plan_open(&base, "small.yaml", NULL, 0);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct plan *plan = NULL;
        assert_true(
            plan_change_at(&change, refused[i].path, refused[i].number, refused[i].numbers));
        change.value = &until;
        if (refused[i].message == NULL)
            continue;
        assert_int_equal(plan_derive(&plan, base.plan, &change, 1, &err), BAD_INPUT);
        assert_string_equal(err.message, refused[i].message);
        assert_null(plan);
    }
    plan_close(&base);
}

/* tables.yaml: days count from 2025-12-22, a Monday; facilities are Prison, House and Jail, regions
 * south and north, classes kept and tried. */
enum { THE_PRISON, THE_HOUSE, THE_JAIL };
enum { SOUTH, NORTH };
enum { KEPT, TRIED };
enum { STAY, TRIAL, TERM };
#define DAY TICKS_PER_DAY

static void
the_time_of_a_run_is_in_whole_days(void **state)
{
    const struct plan *plan = *state;

    assert_int_equal(plan->warm_days, 10);
    assert_int_equal(plan->result_days, 40);
    assert_int_equal(plan->days, 50);
    assert_int_equal(plan->start, 20454); /* 56 years of 365 days and 14 leap days */
    assert_int_equal(plan->first_day, 20444);
    assert_true(plan->round == DAY && plan->end == 50 * DAY);
}

static void
facilities_are_as_their_kind_and_row_say(void **state)
{
    const struct plan *plan = *state;
    const struct facility_plan *prison = &plan->facility[THE_PRISON];
    const struct facility_plan *house = &plan->facility[THE_HOUSE],
                               *jail = &plan->facility[THE_JAIL];

    assert_int_equal(plan->facilities, 3);
    assert_int_equal(plan->sites, 5);
    assert_true(prison->region == NORTH && house->region == NORTH && jail->region == SOUTH);
    assert_true(prison->when_full == FULL_CROWD && house->when_full == FULL_REFUSE);
    assert_true(prison->statuses == 7 && house->statuses == 1 << STATUS_CONVICTED);
    assert_true(prison->sexes == 3 && jail->sexes == 1 << SEX_WOMAN);
    assert_true(prison->needs == 0x3f && house->needs == 1 << NEED_ADDICTION);
    assert_true(house->house && house->specialised && !prison->house && !prison->specialised);
    assert_true(prison->allocated && !house->allocated && !jail->allocated);
    assert_true(prison->least_sentence == DAY && jail->least_sentence == 0);
    assert_true(prison->most_sentence == 73050 * DAY); /* 200 y of 365.25 d */
    assert_true(plan->detention_houses && plan->allocation);
    assert_false(plan->transition_houses || plan->centres);
}

static void
rows_are_found_and_ordered_by_name(void **state)
{
    const struct plan *plan = *state;
    const uint32_t names[] = {THE_HOUSE, THE_JAIL, THE_PRISON};
    const uint32_t of_region[] = {THE_JAIL, THE_HOUSE, THE_PRISON};

    assert_memory_equal(plan->by_name, names, sizeof names);
    assert_memory_equal(plan->of_region, of_region, sizeof of_region);
    assert_true(plan->region[SOUTH].first == 0 && plan->region[SOUTH].facilities == 1);
    assert_true(plan->region[NORTH].first == 1 && plan->region[NORTH].facilities == 2);
    assert_true(plan->region_by_name[0] == NORTH && plan->region_by_name[1] == SOUTH);
    assert_true(plan->class_by_name[0] == KEPT && plan->class_by_name[1] == TRIED);
    assert_true(plan->phase_by_name[0] == STAY && plan->phase_by_name[1] == TERM &&
                plan->phase_by_name[2] == TRIAL);
    assert_int_equal(plan_facility_index(plan, "Jail"), THE_JAIL);
    assert_int_equal(plan_region_index(plan, "north"), NORTH);
    assert_int_equal(plan_region_index(plan, "east"), NOWHERE);
    assert_int_equal(plan_facility_index(plan, NULL), NOWHERE);
}

static void
the_calendar_has_a_row_for_each_change_in_the_run(void **state)
{
    static const struct calendar_plan expected[] = {
        {0, CAL_CAPACITY, THE_JAIL, SOUTH, 50},    {0, CAL_BEDS, THE_JAIL, SOUTH, 55},
        {0, CAL_ENTRY, THE_JAIL, SOUTH, 2},        {0, CAL_OPEN, THE_JAIL, SOUTH, 1},
        {26, CAL_LEAVE, THE_JAIL, SOUTH, 0},       {29, CAL_CLOSE, THE_JAIL, SOUTH, 0},
        {0, CAL_CAPACITY, THE_PRISON, NORTH, 100}, {0, CAL_CEILING, THE_PRISON, NORTH, 1.2},
        {0, CAL_OPEN, THE_PRISON, NORTH, 1},       {0, CAL_CAPACITY, THE_HOUSE, NORTH, 20},
        {12, CAL_OPEN, THE_HOUSE, NORTH, 1},       {14, CAL_CAPACITY, THE_PRISON, NORTH, 110},
    };
    const struct plan *plan = *state;

    assert_int_equal(plan->calendars, sizeof expected / sizeof *expected);
    for (uint32_t i = 0; i < plan->calendars; i++) {
        const struct calendar_plan *row = &plan->calendar[i];
        assert_int_equal(row->day, expected[i].day);
        assert_int_equal(row->kind, expected[i].kind);
        assert_int_equal(row->facility, expected[i].facility);
        assert_int_equal(row->region, expected[i].region);
        assert_near(row->value, expected[i].value, 1e-12);
    }
    assert_true(plan->region[SOUTH].first_calendar == 0 && plan->region[SOUTH].calendars == 6);
    assert_true(plan->region[NORTH].first_calendar == 6 && plan->region[NORTH].calendars == 6);
}

static void
phases_lead_where_the_pathway_says(void **state)
{
    const struct plan *plan = *state;
    const struct phase_plan *trial = &plan->phase[TRIAL], *term = &plan->phase[TERM];

    assert_true(plan->classes == 2 && plan->phases == 3);
    assert_true(plan->class[KEPT].first == STAY && plan->class[KEPT].phases == 1);
    assert_true(plan->class[TRIED].first == TRIAL && plan->class[TRIED].phases == 2);
    assert_string_equal(plan->phase[STAY].name, "kept.stay");
    assert_string_equal(term->name, "tried.term");
    assert_true(trial->desk == 1 && term->desk == -1);
    assert_near(distribution_mean(trial->stay), 7, 1e-12); /* a case at the court */
    assert_int_equal(trial->next_count, 3);
    assert_true(trial->next[0].exit && trial->next[0].to == 0 && trial->next[1].to == 1);
    assert_true(!trial->next[2].exit && trial->next[2].to == TERM);
    assert_near(trial->next[0].up_to, 0.25, 1e-12);
    assert_near(trial->next[1].up_to, 0.5, 1e-12);
    assert_true(trial->next[2].up_to == 1);
    assert_int_equal(trial->clock_count, 1);
    assert_true(!trial->clock[0].exit && trial->clock[0].to == STAY);
    assert_near(distribution_mean(trial->clock[0].after), 50, 1e-12);
    assert_true(term->releases && !trial->releases && !plan->phase[STAY].releases);
    assert_true(plan->busy_desks && !plan->units);
}

static void
shares_of_attributes_add_up_beside_one_another(void **state)
{
    const struct plan *plan = *state;
    /* of the 98 % who are no mother with a child */
    const double need[NEEDS] = {68 / 98., 88 / 98., 88 / 98., 88 / 98., 88 / 98., 1};
    /* of the 80 % whose need does not say that they are young: 10, 30 and 40 */
    const double age[AGE_BANDS] = {0.125, 0.5, 1, 1, 1};

    for (int i = 0; i < NEEDS; i++)
        assert_near(plan->people.need[i], need[i], 1e-12);
    for (int i = 0; i < AGE_BANDS; i++)
        assert_near(plan->people.age[i], age[i], 1e-12);
    assert_near(plan->people.exclusion[EXCLUSION_TERRORIST], 0.01, 1e-12);
    assert_near(plan->class[KEPT].women, 0.05, 1e-12);
    assert_near(plan->class[KEPT].mothers, 0.4, 1e-12); /* 2 of 5 women in 100 */
    assert_near(plan->class[TRIED].mothers, 0.05, 1e-12);
    assert_near(plan->class[TRIED].repeat, 0.2, 1e-12);
    assert_int_equal(plan->class[TRIED].priority, 2);
}

static void
sources_have_a_rate_each_day_and_slabs_up_to_the_highest(void **state)
{
    const struct plan *plan = *state;
    const struct source_plan *tried = &plan->source[0], *kept = &plan->source[1];

    assert_true(tried->site == 3 + NORTH && kept->site == THE_JAIL);
    assert_true(tried->class == TRIED && kept->class == KEPT);
    assert_near(tried->rate[19], 2, 1e-12);
    assert_near(tried->rate[20], 3, 1e-12);
    assert_near(tried->rate[30], 6, 1e-12); /* at twice the level */
    assert_near(kept->rate[4], 1, 1e-12);   /* a Friday */
    assert_true(kept->rate[5] == 0 && kept->rate[6] == 0);
    assert_near(kept->rate[32], 2, 1e-12);
    assert_near(tried->before, 2, 1e-12);
    assert_near(kept->before, 260 / 365., 1e-12); /* 52 weeks and a Sunday */
    assert_near(plan->entries[TRIED], 2, 1e-12);
    assert_near(plan->entries[KEPT], 260 / 365., 1e-12);
    /* up to 8 = 2^3 and 2 = 2^1 a day, from 2^-12 on: so many doublings and the lowest slab */
    assert_true(tried->slabs == 16 && kept->slabs == 14 && plan->slabs == 30);
    assert_true(plan->slab[0].low == 0 && plan->slab[0].height == 1 / 4096.);
    assert_true(plan->slab[15].low == 4 && plan->slab[15].height == 4);
    assert_true(plan->slab[16].source == 1 && plan->slab[16].number == 0);
}

static void
rules_and_desks_are_in_ticks_and_whole_numbers(void **state)
{
    const struct plan *plan = *state;
    const struct selection_plan *selection = &plan->selection_rule;

    assert_near(distribution_mean(selection->screening), 9, 1e-12);
    assert_near(selection->suitable, 0.5, 1e-12);
    assert_true(selection->least_stay == 6 * DAY && selection->window == 12 * DAY);
    assert_true(2 * selection->most_sentence == 1461 * DAY); /* 2 y of 365.25 d */
    assert_true(selection->region_first && !plan->allocation_rule.region_first);
    assert_true(plan->allocation_rule.least_left == 4 * DAY && plan->allocation_rule.moves == 3);
    assert_true(plan->balance_rule.on && plan->balance_rule.seats == 12);
    assert_near(plan->balance_rule.from, 1.3, 1e-12);
    assert_near(plan->balance_rule.to, 1.1, 1e-12);
    assert_int_equal(plan->small_scale_cap, 30);
    assert_true(plan->earliest_share[false] == 0.25 && plan->earliest_share[true] == 0.25);
    assert_int_equal(plan->desks, 2);
    assert_string_equal(plan->desk[1].name, "court");
    assert_true(plan->desk[0].places == 0 && plan->desk[0].serves == SERVES_NATION);
    assert_true(plan->desk[1].places == 4 && plan->desk[1].serves == SERVES_REGION);
    assert_true(plan->desk[1].working_days && !plan->desk[0].working_days);
    assert_true(plan->exits == 2 && strcmp(plan->exit_name[1], "moved") == 0);
}

static void
measures_have_their_days_and_their_times(void **state)
{
    const struct plan *plan = *state;
    const struct measure_plan *dated = &plan->measure[0], *full = &plan->measure[1];

    assert_int_equal(plan->measures, 2);
    assert_string_equal(dated->name, "dated");
    assert_true(dated->from == 20 && dated->until == 30 && dated->region == NOWHERE);
    assert_true(dated->forward == 8 * DAY && dated->review == 0 && dated->notice == 0);
    assert_true(dated->on <= 0 && dated->uptake == 0.5 && dated->reaches == REACHES_NEW);
    assert_true(full->from == 0 && full->until == INT32_MAX && full->region == SOUTH);
    assert_true(full->review == 2 * DAY && full->notice == DAY && full->most_sentence == 50 * DAY);
    assert_near(full->on, 0.9, 1e-12);
    assert_near(full->off, 0.8, 1e-12);
    assert_true(full->residence == RESIDENCE_WITH && full->all_offences && full->uptake == 1);
}

static void
rows_of_the_stock_say_as_much_as_is_said(void **state)
{
    const struct plan *plan = *state;
    const struct stock_plan *kept = &plan->stock[plan->stock[0].status == STATUS_REMAND ? 0 : 1];
    const struct stock_plan *tried = &plan->stock[plan->stock[0].status == STATUS_REMAND ? 1 : 0];

    assert_int_equal(plan->stocks, 2);
    assert_true(plan->stock[0].source < plan->stock[1].source); /* in no order of the list */
    assert_true(kept->class == KEPT && kept->phase == NO_PHASE && kept->fresh && kept->count == 7);
    assert_true(kept->facility == THE_JAIL && kept->region == SOUTH);
    assert_true(tried->class == TRIED && tried->phase == TERM && !tried->fresh);
    assert_true(tried->facility == NOWHERE && tried->region == NORTH && tried->count == 9);
    assert_true(plan->world == plan && plan->facility_of_world[THE_JAIL] == THE_JAIL);
}

static void
days_of_the_result_fall_into_rows(void **state)
{
    static const int32_t weeks[] = {0, 4, 11, 18, 25, 32, 39}; /* Thursday, then Mondays */
    const struct plan *plan = *state;
    const struct keep_plan *nation = &plan->keep[AT_NATION], *each = &plan->keep[AT_FACILITY];

    assert_int_equal(nation->rows, 7);
    assert_memory_equal(nation->first, weeks, sizeof weeks);
    assert_true(nation->row_of[3] == 0 && nation->row_of[4] == 1 && nation->row_of[39] == 6);
    assert_true(nation->series.count == 2 && each->series.count == 0);
    assert_int_equal(plan->keep[AT_REGION].rows, 0);
    assert_true(each->rows == 2 && each->first[1] == 31); /* 2026-02-01 */
}

/* The court takes 7 days, unless the clock, of 50 days on average, rings before. */
static void
visits_and_days_are_those_in_balance(void **state)
{
    const struct plan *plan = *state;
    double ends = exp(-7 / 50.);

    assert_near(steady_visits(&plan->steady, TRIED, TRIAL), 1, 1e-9);
    assert_near(steady_visits(&plan->steady, TRIED, TERM), ends / 2, 1e-3);
    assert_near(steady_visits(&plan->steady, TRIED, STAY), 1 - ends, 1e-3);
    assert_near(steady_days(&plan->steady, TRIED, TRIAL), 50 * (1 - ends), 1e-2);
    assert_near(steady_days(&plan->steady, KEPT, STAY), 5, 1e-9);
}

/* What is due of REGION's calendar by DAY, as letters: C of a capacity, O of an opening, . of
 * others. */
static const char *
due(struct calendar *calendar, int32_t day)
{
    static char text[16];
    const struct calendar_plan *row;
    size_t count = 0;

    while ((row = calendar_next(calendar, day)) != NULL)
        text[count++] = row->kind == CAL_CAPACITY ? 'C' : row->kind == CAL_OPEN ? 'O' : '.';
    text[count] = '\0';
    return text;
}

static void
a_replication_adds_to_its_own_calendar(void **state)
{
    const struct plan *plan = *state;
    const struct calendar_plan later = {20, CAL_CAPACITY, THE_HOUSE, NORTH, 25};
    const struct calendar_plan same_day = {14, CAL_OPEN, THE_HOUSE, NORTH, 1};
    const struct calendar_plan past = {3, CAL_OPEN, THE_PRISON, NORTH, 1};
    struct calendar calendar;

    assert_true(calendar_create(&calendar, plan, NORTH));
    assert_string_equal(due(&calendar, 0), "C.OC");
    assert_true(calendar_add(&calendar, &later));
    assert_true(calendar_add(&calendar, &same_day)); /* behind the prison's row of that day */
    assert_string_equal(due(&calendar, 11), "");
    assert_string_equal(due(&calendar, 14), "OCO");
    assert_true(calendar_add(&calendar, &past)); /* its day is over: at once */
    assert_string_equal(due(&calendar, 15), "O");
    assert_string_equal(due(&calendar, 49), "C");
    calendar_reset(&calendar, plan, NORTH); /* the next replication has the plan's alone */
    assert_string_equal(due(&calendar, 49), "C.OCOC");
    assert_int_equal(plan->calendars, 12);
    calendar_free(&calendar);
}

enum { MANY = 20, MANY_PHASES = 15, MANY_REGIONS = 200, MANY_DAYS = 20 };

/* 200 regions with a prison each; 20 classes of 15 phases of a day each, the eighth at a desk of
 * its own; people leave by an exit of their class. 10 + i of class i are at their beginning in
 * region 10 i. */
static void
write_many(FILE *file, int phases)
{
    fprintf(file, "name: Many\nstart: 2026-01-01\nhorizon: %d d\nintake: []\nregions:\n",
            MANY_DAYS);
    for (int i = 0; i < MANY_REGIONS; i++)
        fprintf(file, "  - r%d\n", i);
    fprintf(file, "exits:\n");
    for (int i = 0; i < MANY; i++)
        fprintf(file, "  - out%d\n", i);
    fprintf(file, "facilities:\n");
    for (int i = 0; i < MANY_REGIONS; i++)
        fprintf(file, "  - {name: f%d, region: r%d, capacity: 50}\n", i, i);
    fprintf(file, "desks:\n");
    for (int i = 0; i < MANY; i++)
        fprintf(file, "  - {name: desk%d, time: {fixed: {value: 1 d}}}\n", i);
    fprintf(file, "stock:\n");
    for (int i = 0; i < MANY; i++)
        fprintf(file,
                "  - {status: remand, count: %d, class: c%d, phase: p0, region: r%d, facility: "
                "f%d, fresh: yes}\n",
                10 + i, i, 10 * i, 10 * i);
    fprintf(file, "pathways:\n");
    for (int i = 0; i < MANY; i++) {
        fprintf(file, "  c%d:\n", i);
        for (int k = 0; k < phases; k++) {
            fprintf(file, "    - {phase: p%d, status: remand, ", k);
            fprintf(file, k == 7 ? "desk: desk%d, " : "stay: {fixed: {value: 1 d}}, ", i);
            fprintf(file, k + 1 < phases ? "then: {p%d: 1}}\n" : "then: {out%d: 1}}\n",
                    k + 1 < phases ? k + 1 : i);
        }
    }
    fprintf(file, "record: [{place: nation, tick: day}, {place: region, tick: day}]\n");
}

/* The scenario with so many phases a class, read; what it is read with goes into FAULTS. */
static int
read_many(struct scenario *scenario, int phases, struct faults *faults)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);

    assert_non_null(file);
    write_many(file, phases);
    fclose(file);
    const struct scenario_text many = {.name = "many.yaml", .text = text, .size = size};
    const struct scenario_source from = {
        .file = "many.yaml", .text = &many, .texts = 1, .no_files = true};
    int status = scenario_read_from(scenario, &from, faults);
    free(text);
    return status;
}

static void
there_may_be_many_desks_exits_phases_and_names(void **state)
{
    struct trial trial = {0};
    struct error err = {0};

    (void)state;
    assert_int_equal(read_many(&trial.scenario, MANY_PHASES, &trial.faults), OK);
    assert_int_equal(plan_create(&trial.plan, &trial.scenario, &err), OK);
    assert_int_equal(trial.plan->phases, 300);
    assert_int_equal(trial.plan->regions, MANY_REGIONS);
    assert_int_equal(model_create(&trial.model, trial.plan, 1, &err), OK);
    trial_run(&trial, 0);
    for (uint32_t i = 0; i < MANY; i++) {
        double some = 10 + i;
        for (uint32_t k = 0; k < MANY_PHASES; k++) /* in the kth phase on the kth day */
            for (int32_t day = 0; day < MANY_DAYS; day++)
                assert_near(trial_value(&trial, "in_phase", i * MANY_PHASES + k, day),
                            day == (int32_t)k ? some : 0, 1e-3);
        assert_near(trial_value(&trial, "at_desk", i, 7), some, 1e-3);
        assert_near(trial_value(&trial, "at_desk", i, 8), 0, 1e-3);
        assert_near(trial_sum(&trial, "at_desk", i), some, 1e-3);
        assert_near(trial_sum(&trial, "desk_queue", i), 0, 1e-3);
        assert_near(trial_sum(&trial, "releases", i), some, 1e-9);
        assert_near(trial_at(&trial, AT_REGION, 10 * i, "population", STATUS_REMAND, 3), some,
                    1e-3);
        assert_near(trial_at(&trial, AT_REGION, 10 * i + 1, "population", STATUS_REMAND, 3), 0,
                    1e-3);
    }
    trial_close(&trial);
}

/* 20 classes of 205 are 4100, and 4096 may be followed. */
static void
more_phases_than_can_be_followed_are_refused(void **state)
{
    struct scenario scenario;
    struct faults faults = {0};
    char line[1024];

    (void)state;
    assert_int_equal(read_many(&scenario, 205, &faults), BAD_INPUT);
    faults_line(&faults, 0, line, sizeof line);
    assert_non_null(strstr(line, "pathways: 4100 phases are too many: at most 4096"));
    scenario_free(&scenario);
    faults_free(&faults);
}

static int
open_tables(void **state)
{
    static struct planned planned;

    plan_open(&planned, "tables.yaml", NULL, 0);
    *state = planned.plan;
    return 0;
}

static int
close_tables(void **state)
{
    struct plan *plan = *state;
    struct scenario *scenario = (struct scenario *)(uintptr_t)plan->scenario;
    struct faults *faults = scenario->tree.faults;

    plan_free(plan);
    scenario_free(scenario);
    faults_free(faults);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_time_of_a_run_is_in_whole_days),
        cmocka_unit_test(facilities_are_as_their_kind_and_row_say),
        cmocka_unit_test(rows_are_found_and_ordered_by_name),
        cmocka_unit_test(the_calendar_has_a_row_for_each_change_in_the_run),
        cmocka_unit_test(phases_lead_where_the_pathway_says),
        cmocka_unit_test(shares_of_attributes_add_up_beside_one_another),
        cmocka_unit_test(sources_have_a_rate_each_day_and_slabs_up_to_the_highest),
        cmocka_unit_test(rules_and_desks_are_in_ticks_and_whole_numbers),
        cmocka_unit_test(measures_have_their_days_and_their_times),
        cmocka_unit_test(rows_of_the_stock_say_as_much_as_is_said),
        cmocka_unit_test(days_of_the_result_fall_into_rows),
        cmocka_unit_test(visits_and_days_are_those_in_balance),
        cmocka_unit_test(a_derived_plan_has_the_bits_of_one_that_is_read),
        cmocka_unit_test(a_derived_plan_leaves_its_base_as_it_was),
        cmocka_unit_test(every_field_is_read_by_a_topic_or_the_same_for_all),
        cmocka_unit_test(what_cannot_change_is_refused),
        cmocka_unit_test(a_replication_adds_to_its_own_calendar),
        cmocka_unit_test(there_may_be_many_desks_exits_phases_and_names),
        cmocka_unit_test(more_phases_than_can_be_followed_are_refused),
    };

    return cmocka_run_group_tests(tests, open_tables, close_tables);
}
