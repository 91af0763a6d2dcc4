#include "backtest_plan.h"

#include "restart.h"

#include "models/run/reading.h"

#include "sim/base/array.h"
#include "sim/engine/calendar.h"

#include <gsl/gsl_heapsort.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH 4400

const char *const forecaster_words[FORECASTERS] = {"model", "naive", "drift"};

int32_t
backtest_end(const struct backtest *b)
{
    return b->base.start + (int32_t)floor(b->base.horizon + 0.5);
}

static const struct backtest_count_object *
rows_of(const struct backtest *b)
{
    return b->asked.counts.item;
}

static struct position
where(const struct backtest *b, const char *field)
{
    return node_at(node_where(b->asked.node, field));
}

/* Is there a facility or a region called PLACE? */
static bool
knows_place(const struct backtest *b, const char *place)
{
    for (size_t i = 0; i < b->base.facilities.count; i++)
        if (strcmp(scenario_facility(&b->base, i)->name, place) == 0)
            return true;
    for (size_t i = 0; i < b->base.regions.count; i++)
        if (strcmp(b->base.regions.name[i], place) == 0)
            return true;
    return false;
}

/* The label of a quantity: a status, or else a place; false: the second of these. */
static bool
take_label(struct backtest *b, const char *label)
{
    const char **kind = &b->place;

    for (int k = 0; k < STATUSES; k++)
        if (strcmp(label, status_words[k]) == 0)
            kind = &b->status;
    if (*kind != NULL)
        return false;
    *kind = label;
    return true;
}

/* The quantity as address.h reads it: the population, perhaps of a status and of a place. */
static int
read_quantity(struct backtest *b, struct faults *faults)
{
    char text[ADDRESS_TEXT];
    struct error err = {0};
    const struct quantity_name *name = &b->quantity.quantity;
    bool good = snprintf(text, sizeof text, "mean(%s)", b->asked.quantity) < (int)sizeof text &&
                address_read(&b->quantity, text, &err) == OK &&
                strcmp(name->name, "population") == 0;

    for (size_t i = 0; i < name->labels && good; i++)
        good = name->axis[i] == NULL && take_label(b, name->label[i]);
    struct window all;
    window_read("all", &all);
    if (good && (b->quantity.window.from != all.from || b->quantity.window.until != all.until))
        faults_add(faults, where(b, "quantity"), "quantity",
                   "'%.60s' names a time, and the origins and the counts say which: leave it out, "
                   "or put a label that looks like one between double quotes",
                   b->asked.quantity);
    else if (!good)
        faults_add(faults, where(b, "quantity"), "quantity",
                   "expected population, perhaps with a status and a place behind it, such as "
                   "population, convicted, Antwerpen; found '%.60s'",
                   b->asked.quantity);
    else if (b->place != NULL && !knows_place(b, b->place))
        faults_add(faults, where(b, "quantity"), "quantity",
                   "no facility or region of the scenario is called '%.60s'", b->place);
    return faults->errors == 0 ? OK : BAD_INPUT;
}

static int
by_date(const void *one, const void *other)
{
    const struct backtest_count_object *const *a = one, *const *b = other;

    return ((*a)->date > (*b)->date) - ((*a)->date < (*b)->date);
}

/* Count I, in the order of days, is of the day of the one before it. */
static void
refuse_twice(const struct backtest *b, size_t i, struct faults *faults)
{
    bool later = b->row[i] > b->row[i - 1];
    const struct node *first = b->row[i - later]->node, *second = b->row[i - !later]->node;

    faults_add(faults, node_at(node_where(second, "date")), "counts",
               "line %d is of the same day; expected one count of each", node_at(first).line);
}

/* The counts in the order of their days. */
static int
sort_counts(struct backtest *b, struct faults *faults, struct error *err)
{
    size_t count = b->asked.counts.count;

    b->row = calloc(count + 1, sizeof *b->row);
    b->count = calloc(count + 1, sizeof *b->count);
    if (b->row == NULL || b->count == NULL)
        return error_set(err, NO_MEMORY, "no memory for %zu counts", count);
    for (size_t i = 0; i < count; i++)
        b->row[i] = &rows_of(b)[i];
    gsl_heapsort(b->row, count, sizeof *b->row, by_date);
    for (size_t i = 0; i < count; i++) {
        b->count[b->counts++] = (struct past_count){b->row[i]->date, b->row[i]->value};
        b->beyond += b->row[i]->date >= backtest_end(b);
        if (i > 0 && b->row[i]->date == b->row[i - 1]->date)
            refuse_twice(b, i, faults);
    }
    return OK;
}

/* Does the scenario reach from the first origin to the last, and as far as the longest horizon? */
static void
check_times(const struct backtest *b, struct faults *faults)
{
    char start[CALENDAR_TEXT], end[CALENDAR_TEXT];
    const struct horizons *h = &b->horizons;
    double longest = h->months[h->count - 1];

    calendar_write(b->base.start, start);
    calendar_write(backtest_end(b), end);
    if (b->asked.from < b->base.start)
        faults_add(faults, where(b, "from"), "from",
                   "the scenario begins on %s; expected that day or a later one", start);
    if (b->asked.to >= backtest_end(b))
        faults_add(faults, where(b, "to"), "to",
                   "the scenario ends before %s; expected an earlier day", end);
    else if (past_months(backtest_end(b) - b->asked.from) < longest)
        faults_add(faults, where(b, "horizons"), "horizons",
                   "%g months after the first origin the scenario has ended (%s): leave that out, "
                   "or give the scenario a longer horizon",
                   longest, end);
}

/* The later counts that belong to a horizon of origin O, as its forecasts. */
static int
find_targets(struct backtest *b, size_t o, struct error *err)
{
    struct origin *origin = &b->origin[o];

    origin->first = b->forecasts;
    for (size_t c = origin->known; c < b->counts && b->count[c].day < backtest_end(b); c++) {
        double months = past_months(b->count[c].day - origin->day);
        size_t h = horizons_nearest(&b->horizons, months);
        if (h == SIZE_MAX)
            continue;
        if (!array_room(b->forecast, b->room, b->forecasts + 1))
            return error_set(err, NO_MEMORY, "no memory for the forecasts");
        b->forecast[b->forecasts++] =
            (struct forecast){.origin = o, .count = c, .horizon = h, .months = months};
    }
    origin->forecasts = b->forecasts - origin->first;
    return OK;
}

static int
place_origin(struct backtest *b, size_t o, struct error *err)
{
    struct origin *origin = &b->origin[o];

    while (origin->known < b->counts && b->count[origin->known].day <= origin->day)
        origin->known++;
    if (origin->known == 0)
        origin->fate = ORIGIN_NO_COUNT;
    else if (origin->day - b->count[origin->known - 1].day > b->asked.oldest)
        origin->fate = ORIGIN_OLD_COUNT;
    if (origin->fate != ORIGIN_RUNS)
        return OK;
    int status = find_targets(b, o, err);
    if (origin->forecasts == 0)
        origin->fate = ORIGIN_NO_TARGET;
    b->running += origin->fate == ORIGIN_RUNS;
    return status;
}

static int
place_origins(struct backtest *b, struct faults *faults, struct error *err)
{
    size_t room = 0;
    int status = OK;

    for (int32_t day = b->asked.from; day <= b->asked.to && status == OK;
         day = calendar_add_months(b->asked.from, (int)(b->origins * (size_t)b->asked.every))) {
        if (!array_room(b->origin, room, b->origins + 1))
            return error_set(err, NO_MEMORY, "no memory for the origins");
        b->origin[b->origins] = (struct origin){.day = day};
        status = place_origin(b, b->origins++, err);
    }
    if (status != OK || b->running > 0)
        return status;
    faults_add(faults, where(b, "counts"), "counts",
               "from no origin can anything be forecast: expected one with a count at most %g days "
               "before it and another at one of the horizons behind it",
               b->asked.oldest);
    return BAD_INPUT;
}

/* A cell of a table: between quotes, each quote inside written twice. */
static void
put_cell(struct lines *to, const char *text)
{
    lines_put(to, "%c", '"');
    for (; text != NULL && *text != '\0'; text++)
        lines_put(to, *text == '"' ? "\"\"" : "%c", *text);
    lines_put(to, "%c", '"');
}

static void
put_row(struct lines *to, int32_t day, const char *what, const char *place, long long count)
{
    char date[CALENDAR_TEXT];

    calendar_write(day, date);
    lines_put(to, "%s,", date);
    put_cell(to, what);
    lines_put(to, ",");
    put_cell(to, place);
    lines_put(to, ",%lld\n", count);
}

/* Whether MEASURE has come into force since the scenario's start, long enough before DAY that as
 * many as it holds out at once are out. */
static bool
holds_its_number(const struct backtest *b, const struct measure_object *measure, int32_t day)
{
    return counts_holds_out(measure) && measure->at_once > 0 && measure->from != NO_DATE &&
           measure->from > b->base.start && counts_in_force(measure, day) &&
           (double)measure->a_day * (day - measure->from) >= (double)measure->at_once;
}

/* The people of FACILITY, which is not counted with the others, where it has opened since the
 * scenario's start: as many as it has places. Empty, it would take them from the others at once. */
static void
put_filled(const struct backtest *b, const struct facility_object *facility, int32_t day,
           struct lines *to)
{
    const char *status = NULL;
    double places = steps_at(scenario_places(&b->base, facility), day, 0);

    if (facility->counted || facility->opens == NO_DATE || facility->opens <= b->base.start ||
        !counts_open_on(&b->base, facility, day))
        return;
    for (int k = 0; k < STATUSES; k++)
        if (scenario_statuses(facility) == 1u << k)
            status = status_words[k];
    put_row(to, day, status != NULL ? status : "population", facility->name, (long long)places);
}

/* What was known on the day of ORIGIN, as restart reads counts: the last count, taken as of that
 * day; measures that hold their number out have those people out, who are not counted. */
static void
put_counts(const struct backtest *b, const struct origin *origin, struct lines *to)
{
    const struct measure_object *measure = b->base.measures.item;

    lines_put(to, "date,what,where,count\n");
    put_row(to, origin->day, b->status != NULL ? b->status : "population", b->place,
            (long long)floor(b->count[origin->known - 1].value + 0.5));
    for (size_t i = 0; i < b->base.measures.count; i++)
        if (holds_its_number(b, &measure[i], origin->day))
            put_row(to, origin->day, measure[i].name, NULL, (long long)measure[i].at_once);
    for (size_t i = 0; i < b->base.facilities.count; i++)
        put_filled(b, scenario_facility(&b->base, i), origin->day, to);
}

/* The name of the scenario begun anew on DAY: beside SCENARIO, where no such file is read. */
static void
name_anew(const char *scenario, int32_t day, char out[PATH])
{
    const char *slash = strrchr(scenario, '/');
    char date[CALENDAR_TEXT];

    calendar_write(day, date);
    snprintf(out, PATH, "%.*s(begun anew on %s)", slash != NULL ? (int)(slash - scenario) + 1 : 0,
             scenario, date);
}

/* The errors of FOUND, which say where in texts that do not stay, into FAULTS; those of TABLE are
 * of the count that ORIGIN begins from. */
static void
take_errors(struct backtest *b, const struct origin *origin, const char *table,
            const struct faults *found, struct faults *faults)
{
    for (size_t i = 0; i < found->count; i++) {
        struct position at = found->fault[i].at;
        const char *text = found->fault[i].text != NULL ? found->fault[i].text : "";
        bool counted = at.file != NULL && strcmp(at.file, table) == 0;
        char date[CALENDAR_TEXT];
        if (found->fault[i].warning)
            continue;
        at.file = tree_keep_text(&b->tree, at.file != NULL ? at.file : "");
        calendar_write(origin->day, date);
        if (counted)
            faults_add(faults, node_at(b->row[origin->known - 1]->node), "counts",
                       "begun anew on %s: %s", date, text + found->fault[i].path);
        else
            faults_add(faults, at, NULL, "%s", text);
    }
}

/* Begin SCENARIO anew on the day of ORIGIN. */
static int
begin_anew(struct backtest *b, struct origin *origin, const char *scenario, bool allow_outside,
           struct faults *faults, struct error *err)
{
    struct lines counted = {0};
    struct faults found = {0};
    char file[PATH], table[PATH];

    name_anew(scenario, origin->day, file);
    snprintf(table, sizeof table, "%.*s counted", PATH - 10, file);
    put_counts(b, origin, &counted);
    origin->file = strdup(file);
    if (counted.lost || origin->file == NULL) {
        free(counted.text);
        return error_set(err, NO_MEMORY, "no memory for the scenario");
    }
    struct restart restart = {.baseline = scenario,
                              .table = table,
                              .output = file,
                              .match = b->asked.match,
                              .allow_outside = allow_outside,
                              .counted = counted.text,
                              .later_unknown = b->asked.laws == BACKTEST_UNKNOWN};
    int status = restart_make(&restart, &found, err);
    take_errors(b, origin, table, &found, faults);
    origin->text = restart.text.text;
    origin->size = restart.text.size;
    restart.text = (struct lines){0};
    restart_free(&restart);
    faults_free(&found);
    free(counted.text);
    return status;
}

/* The file that the back-test names, seen from its own. */
static void
scenario_path(const char *path, const char *scenario, char out[PATH])
{
    const char *slash = strrchr(path, '/');
    int folder = slash != NULL && scenario[0] != '/' ? (int)(slash - path) + 1 : 0;

    snprintf(out, PATH, "%.*s%s", folder, path, scenario);
}

/* All but the scenarios begun anew. */
static int
read_parts(struct backtest *b, const char *scenario, bool allow_outside, struct faults *faults,
           struct error *err)
{
    int status = run_read(&b->base, scenario, allow_outside, faults);

    if (status == OK)
        status = read_quantity(b, faults);
    if (status == OK)
        status = sort_counts(b, faults, err);
    if (status != OK)
        return status;
    b->horizons = (struct horizons){b->asked.horizons.value, b->asked.horizons.count};
    b->replications = (size_t)b->asked.replications;
    check_times(b, faults);
    return faults->errors > 0 ? BAD_INPUT : place_origins(b, faults, err);
}

int
backtest_read(struct backtest *b, const char *path, bool allow_outside, struct faults *faults,
              struct error *err)
{
    char scenario[PATH];

    *b = (struct backtest){0};
    int status = backtest_file_read(&b->asked, &b->tree, path, faults);
    if (status != OK)
        return status == NO_MEMORY ? error_set(err, status, "no memory to read it") : status;
    scenario_path(path, b->asked.scenario, scenario);
    status = read_parts(b, scenario, allow_outside, faults, err);
    for (size_t o = 0; o < b->origins && status == OK; o++)
        if (b->origin[o].fate == ORIGIN_RUNS)
            status = begin_anew(b, &b->origin[o], scenario, allow_outside, faults, err);
    if (status == OK && b->tree.no_memory)
        status = error_set(err, NO_MEMORY, "no memory to read it");
    return status;
}

void
backtest_free(struct backtest *b)
{
    for (size_t o = 0; o < b->origins; o++) {
        free(b->origin[o].file);
        free(b->origin[o].text);
    }
    free(b->origin);
    free(b->forecast);
    free(b->count);
    free(b->row);
    scenario_free(&b->base);
    tree_free(&b->tree);
}
