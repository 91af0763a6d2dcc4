#include "counts.h"

#include "models/scenario/check/known.h"
#include "models/scenario/fields/rows.h"
#include "models/scenario/read_object.h"
#include "models/scenario/source.h"
#include "models/scenario/suggest.h"
#include "models/scenario/table.h"
#include "models/scenario/text.h"

#include "sim/engine/calendar.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH 64

static const struct field count_fields[] = {
    FIELD("date", DATE, count_object, date, .required = true,
          .meaning = "the day of the count; the same in all rows"),
    FIELD("what", TEXT, count_object, what, .required = true,
          .meaning =
              "population (everybody inside), a status (remand, convicted, internee: those "
              "inside), a phase at home or outside (class.phase), or a measure's name (those "
              "whom it holds out of prison)"),
    FIELD("where", TEXT, count_object, where,
          .meaning = "a facility, a region, or nothing for all; facilities that are not counted "
                     "with the others (counted: no) stand under their own name"),
    FIELD("count", WHOLE, count_object, count, .required = true, .high = 1e8,
          .meaning = "so many people"),
    FIELD("source", TEXT, count_object, source,
          .meaning =
              "where the count is from; begins with A:, B: or C:, and is of grade A where it "
              "says none"),
};
TYPE_OF(count, "count", "counts");
const struct object_type *const counts_fields_of_file = &count_type;

static const struct field counts_fields[] = {
    FIELD("counts", OBJECTS, counts_object, counts, .required = true, .object = &count_type,
          .meaning = "a row for each count: CSV, under these columns"),
};
TYPE_OF(counts, "table of counts", "counts");

/* The rows of the table as the value of `counts`; NULL: it is no table. */
static struct node *
load_counts(struct tree *tree, const char *path)
{
    struct source *source = source_read(tree, path, path, NULL);
    int begin = source != NULL ? text_begin(tree->faults, path, source->text, source->size) : -1;
    struct node *list =
        begin < 0 ? NULL
                  : table_load(tree, path, source->text + begin, source->size - (size_t)begin);
    if (list == NULL)
        return NULL;
    struct node *root = tree_node(tree, NODE_MAP, list->at, NULL, 0);
    struct node *key = tree_node(tree, NODE_SCALAR, list->at, "counts", 6);
    if (root == NULL || key == NULL || !tree_add_child(tree, root, key, list))
        return NULL;
    return root;
}

/* One file is one day. */
static void
check_dates(struct counts *counts, struct faults *faults)
{
    const struct count_object *rows = counts->file.counts.item;
    char first[CALENDAR_TEXT], text[CALENDAR_TEXT], path[PATH];

    counts->date = NO_DATE;
    for (size_t i = 0; i < counts->file.counts.count; i++) {
        if (rows[i].date == NO_DATE)
            continue;
        if (rows[i].date > CALENDAR_LAST - 366) {
            snprintf(path, sizeof path, "counts[%zu].date", i);
            faults_add(
                faults, node_at(node_where(rows[i].node, "date")), path,
                "expected a day from which a scenario can start, found one of the year 9999");
            continue;
        }
        if (counts->date == NO_DATE)
            counts->date = rows[i].date;
        if (rows[i].date == counts->date)
            continue;
        snprintf(path, sizeof path, "counts[%zu].date", i);
        calendar_write(counts->date, first);
        calendar_write(rows[i].date, text);
        faults_add(faults, node_at(node_where(rows[i].node, "date")), path,
                   "%s, where the rows before are of %s; a file is of one day: give each day its "
                   "own",
                   text, first);
    }
}

int
counts_read(struct counts *counts, const char *path, const char *text, struct faults *faults)
{
    const char *slash = strrchr(path, '/');
    const struct scenario_text table = {slash != NULL ? slash + 1 : path, text,
                                        text != NULL ? strlen(text) : 0};
    const struct scenario_source from = {.file = path, .text = &table, .texts = text != NULL};
    size_t errors = faults->errors;

    *counts = (struct counts){.date = NO_DATE};
    struct tree *tree = &counts->tree;
    source_begin(tree, &from, faults);
    tree->root = load_counts(tree, path);
    source_end(tree);
    if (tree->root != NULL && !tree->no_memory)
        read_object(tree, tree->root, &counts_type, &counts->file, "");
    if (tree->no_memory || faults->no_memory)
        return NO_MEMORY;
    if (faults->errors == errors && counts->file.counts.count == 0)
        faults_add(faults, (struct position){path, 1, 1}, NULL,
                   "no count stands here; expected the columns date, what, where, count and "
                   "source, and a row for each count");
    check_dates(counts, faults);
    return faults->errors == errors ? OK : tree->environment ? ENVIRONMENT : BAD_INPUT;
}

void
counts_free(struct counts *counts)
{
    tree_free(&counts->tree);
}

void
counts_fault(const struct counts *counts, const struct counted *counted, struct faults *faults,
             const char *field, const char *format, ...)
{
    char path[PATH], text[512];
    va_list values;

    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    snprintf(path, sizeof path, "counts[%zu].%s", (size_t)(counted - counts->counted), field);
    faults_add(faults, node_at(node_where(counted->row->node, field)), path, "%s", text);
}

/* Is all of the process called NAME over as soon as it begins, with certainty? */
static bool
takes_no_time(const struct scenario *scenario, const char *name)
{
    const struct object_map *processes = &scenario->stages;
    bool at_once = true;
    size_t p = 0;

    while (p < processes->count && strcmp(processes->name[p], name) != 0)
        p++;
    if (p == processes->count)
        return false;
    const struct stage_object *stages = processes->list[p].item;
    for (size_t i = 0; i < processes->list[p].count; i++)
        at_once &= distribution_mean(stages[i].time) <= 0 && stages[i].fails <= 0 &&
                   strcmp(stages[i].party, stages[0].party) == 0; /* else it is handed over */
    return at_once;
}

/* Has the house of a project, FACILITY, opened by DAY, and is it funded then, both with certainty?
 * One of a phase may have to wait for its turn; a term that has ended may not have been renewed. */
static bool
is_there(const struct scenario *scenario, const struct facility_object *facility, int32_t day)
{
    const struct project_object *project = &facility->project;
    const struct funding_object *funding = &project->funding;
    int32_t starts = scenario_starts(facility);
    bool funded = funding->node == NULL || funding->renewal >= 1 || day < starts + funding->term;

    return project->phase == NULL && starts <= day && funded &&
           takes_no_time(scenario, project->process);
}

bool
counts_open_on(const struct scenario *scenario, const struct facility_object *facility, int32_t day)
{
    return (facility->project.node == NULL || is_there(scenario, facility, day)) &&
           scenario_opens(facility) <= day &&
           (facility->closes == NO_DATE || facility->closes > day);
}

bool
counts_in_force(const struct measure_object *measure, int32_t day)
{
    return (measure->from == NO_DATE || measure->from <= day) &&
           (measure->until == NO_DATE || measure->until > day);
}

/* Which kinds take people out of the prisons for a time. */
static const bool holds_out[MEASURE_KINDS] = {
    [MEASURE_EXTENDED_LEAVE] = true, [MEASURE_MONITORING] = true, [MEASURE_TRANSFER_OUT] = true};

bool
counts_holds_out(const struct measure_object *measure)
{
    return holds_out[measure->kind] && measure->at_once < MEASURE_NO_LIMIT;
}

int64_t
counts_out(const struct scenario *scenario, const struct counts *counts, size_t measure,
           bool *counted)
{
    const struct measure_object *row =
        (const struct measure_object *)scenario->measures.item + measure;

    *counted = true;
    for (size_t i = 0; i < counts->count; i++)
        if (counts->counted[i].kind == COUNT_MEASURE && counts->counted[i].measure == measure)
            return counts->counted[i].row->count;
    *counted = false;
    return counts_holds_out(row) && counts_in_force(row, scenario->start) &&
                   counts_in_force(row, counts->date)
               ? row->at_once
               : 0;
}

bool
counts_any_out(const struct scenario *scenario, const struct counts *counts)
{
    bool any = false, counted;

    for (size_t i = 0; i < scenario->measures.count; i++)
        any |= counts_out(scenario, counts, i, &counted) > 0;
    return any;
}

/* What the finding of names works with. */
struct search {
    struct counts *counts;
    struct scenario *scenario;
    struct faults *faults;
    struct known facilities;
    const char **phase; /* class.phase of all phases that are not inside, and NULL at the end */
};

static const struct phase_object *
phase_at(const struct scenario *scenario, size_t class, size_t phase)
{
    return (const struct phase_object *)scenario->pathways.list[class].item + phase;
}

/* The names of all phases at home or outside. */
static void
list_phases(struct search *s)
{
    struct scenario *scenario = s->scenario;
    size_t all = 0;

    for (size_t c = 0; c < scenario->pathways.count; c++)
        all += scenario->pathways.list[c].count;
    s->phase = tree_allocate(&s->counts->tree, (all + 1) * sizeof *s->phase);
    for (size_t c = 0, n = 0; s->phase != NULL && c < scenario->pathways.count; c++)
        for (size_t p = 0; p < scenario->pathways.list[c].count; p++) {
            char name[256];
            if (phase_at(scenario, c, p)->where == PHASE_INSIDE)
                continue;
            snprintf(name, sizeof name, "%s.%s", scenario->pathways.name[c],
                     phase_at(scenario, c, p)->phase);
            s->phase[n++] = tree_keep_text(&s->counts->tree, name);
        }
}

/* The phase that WHAT names by its class, in COUNTED; false: none. */
static bool
find_phase(const struct search *s, const char *what, struct counted *counted)
{
    struct target target;

    for (size_t c = 0; c < s->scenario->pathways.count; c++) {
        const char *name = s->scenario->pathways.name[c];
        size_t length = strlen(name);
        if (strncmp(what, name, length) != 0 || what[length] != '.' ||
            !scenario_target(s->scenario, c, what + length + 1, &target) || target.exit ||
            target.class != c)
            continue;
        counted->class = target.class;
        counted->phase = target.phase;
        return true;
    }
    return false;
}

static void
unknown_what(const struct search *s, const struct counted *counted)
{
    const struct objects *measures = &s->scenario->measures;
    const struct measure_object *measure = measures->item;
    const char *words[STATUSES + 2] = {"population"};
    const char *what = counted->row->what, *near;
    const char **names = tree_allocate(&s->counts->tree, (measures->count + 1) * sizeof *names);
    size_t phases = 0;

    memcpy(words + 1, status_words, STATUSES * sizeof *words);
    for (size_t i = 0; names != NULL && i < measures->count; i++)
        names[i] = measure[i].name;
    while (s->phase != NULL && s->phase[phases] != NULL)
        phases++;
    near = suggest(what, words, STATUSES + 1);
    near = near != NULL || s->phase == NULL ? near : suggest(what, s->phase, phases);
    near = near != NULL || names == NULL ? near : suggest(what, names, measures->count);
    counts_fault(
        s->counts, counted, s->faults, "what",
        "expected population, remand, convicted, internee, a phase at home or outside%s%.60s, "
        "or a measure; found '%.60s'%s%.60s%s",
        phases > 0 ? " such as " : "", phases > 0 ? s->phase[0] : "", what,
        near != NULL ? "; did you mean '" : "", near != NULL ? near : "", near != NULL ? "'?" : "");
}

static void
find_what(const struct search *s, struct counted *counted)
{
    const struct measure_object *measure = s->scenario->measures.item;
    const char *what = counted->row->what;

    counted->status = STATUSES;
    if (strcmp(what, "population") == 0)
        return;
    for (int k = 0; k < STATUSES; k++)
        if (strcmp(what, status_words[k]) == 0) {
            counted->status = k;
            return;
        }
    counted->kind = COUNT_PHASE;
    if (find_phase(s, what, counted)) {
        if (phase_at(s->scenario, counted->class, counted->phase)->where == PHASE_INSIDE)
            counts_fault(s->counts, counted, s->faults, "what",
                         "%.60s is a phase inside; people inside are counted by status or as "
                         "population, expected one of these",
                         what);
        return;
    }
    counted->kind = COUNT_MEASURE;
    for (counted->measure = 0; counted->measure < s->scenario->measures.count; counted->measure++)
        if (strcmp(measure[counted->measure].name, what) == 0)
            return;
    unknown_what(s, counted);
}

static void
unknown_where(const struct search *s, const struct counted *counted)
{
    const char *where = counted->row->where;
    const char *near = suggest(where, s->facilities.name, s->facilities.count);

    if (near == NULL)
        near = suggest(where, s->scenario->regions.name, s->scenario->regions.count);
    counts_fault(s->counts, counted, s->faults, "where",
                 "expected a facility, a region, or nothing for all; found '%.60s'%s%.60s%s", where,
                 near != NULL ? "; did you mean '" : "", near != NULL ? near : "",
                 near != NULL ? "'?" : "");
}

static void
find_where(const struct search *s, struct counted *counted)
{
    const char *where = counted->row->where;

    if (where == NULL || *where == '\0')
        return;
    for (size_t i = 0; i < s->scenario->regions.count; i++)
        if (strcmp(s->scenario->regions.name[i], where) == 0)
            counted->region = i;
    counted->facility = known_index(&s->facilities, where);
    if (counted->facility != SIZE_MAX && counted->region != SIZE_MAX)
        counts_fault(s->counts, counted, s->faults, "where",
                     "both a facility and a region are called '%.60s'; rename one of them", where);
    else if (counted->facility == SIZE_MAX && counted->region == SIZE_MAX)
        unknown_where(s, counted);
}

/* Whether the day says why a facility is not open. */
static void
check_open(const struct search *s, const struct counted *counted)
{
    const struct facility_object *facility = scenario_facility(s->scenario, counted->facility);
    int32_t day = s->counts->date;
    char on[CALENDAR_TEXT], other[CALENDAR_TEXT] = "";
    bool later = scenario_opens(facility) > day;

    if (counts_open_on(s->scenario, facility, day) || counted->row->count == 0)
        return;
    calendar_write(day, on);
    if (facility->project.node == NULL)
        calendar_write(later ? scenario_opens(facility) : facility->closes, other);
    counts_fault(s->counts, counted, s->faults, "where",
                 "%.60s is not open on %s: %s%s; expected no count, or another %s", facility->name,
                 on,
                 facility->project.node != NULL ? "by its project it may not be there"
                 : later                        ? "it opens on "
                                                : "it closed on ",
                 other,
                 facility->project.node != NULL ? "opening: give it opens in place of its project"
                                                : "date in the baseline");
}

static void
check_inside(const struct search *s, const struct counted *counted)
{
    char takes[64] = ""; /* all statuses have room */
    size_t length = 0;

    if (counted->facility == SIZE_MAX)
        return;
    const struct facility_object *facility = scenario_facility(s->scenario, counted->facility);
    uint32_t statuses = scenario_statuses(facility);
    check_open(s, counted);
    if (counted->status == STATUSES || counted->row->count == 0 ||
        (statuses >> counted->status & 1))
        return;
    for (int k = 0; k < STATUSES; k++)
        if (statuses >> k & 1)
            length += (size_t)snprintf(takes + length, sizeof takes - length, "%s%s",
                                       length > 0 ? ", " : "", status_words[k]);
    counts_fault(s->counts, counted, s->faults, "where", "%.60s does not take %s; expected %s",
                 facility->name, status_words[counted->status], takes);
}

static void
check_phase(const struct search *s, const struct counted *counted)
{
    if (counted->facility != SIZE_MAX)
        counts_fault(s->counts, counted, s->faults, "where",
                     "people of %.60s live in no facility; expected a region, or nothing for all",
                     counted->row->what);
}

static void
check_measure(const struct search *s, const struct counted *counted)
{
    const struct measure_object *measure =
        (const struct measure_object *)s->scenario->measures.item + counted->measure;
    char on[CALENDAR_TEXT];

    if (counted->measure >= s->scenario->measures.count)
        return; /* said already */
    calendar_write(s->counts->date, on);
    if (counted->row->where != NULL && *counted->row->where != '\0')
        counts_fault(s->counts, counted, s->faults, "where",
                     "people under a measure are counted all together; expected nothing");
    if (!holds_out[measure->kind])
        counts_fault(s->counts, counted, s->faults, "what",
                     "%.60s holds nobody out of prison; expected a measure of kind extended_leave, "
                     "electronic_monitoring or transfer_out%s",
                     measure->name,
                     measure->kind == MEASURE_POSTPONE
                         ? "; count those who wait by their phase, class.phase"
                         : "");
    else if (!counts_holds_out(measure) && counted->row->count > 0)
        counts_fault(s->counts, counted, s->faults, "what",
                     "%.60s has no at_once that a count could be; give it one in the baseline",
                     measure->name);
    else if (!counts_in_force(measure, s->counts->date) && counted->row->count > 0)
        counts_fault(
            s->counts, counted, s->faults, "count",
            "%lld people under %.60s, which is not in force on %s; expected 0, or other dates "
            "in the baseline",
            (long long)counted->row->count, measure->name, on);
}

/* In an order of what they count: 0 where it is the same. */
static int
compare(const struct counted *a, const struct counted *b)
{
    const size_t left[] = {a->kind,  (size_t)a->status, a->facility, a->region,
                           a->class, a->phase,          a->measure};
    const size_t right[] = {b->kind,  (size_t)b->status, b->facility, b->region,
                            b->class, b->phase,          b->measure};

    for (size_t i = 0; i < COUNT(left); i++)
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    return 0;
}

static int
by_what(const void *one, const void *other)
{
    const struct counted *a = *(const struct counted *const *)one;
    const struct counted *b = *(const struct counted *const *)other;
    int order = compare(a, b);

    return order != 0 ? order : a < b ? -1 : a > b; /* in the order of the table */
}

static void
check_twice(const struct search *s)
{
    struct counts *counts = s->counts;
    const struct counted **sorted =
        tree_allocate(&counts->tree, (counts->count + 1) * sizeof *sorted);
    size_t known = 0;

    if (sorted == NULL)
        return;
    for (size_t i = 0; i < counts->count; i++)
        if (counts->counted[i].known)
            sorted[known++] = &counts->counted[i];
    qsort(sorted, known, sizeof *sorted, by_what);
    for (size_t i = 1; i < known; i++)
        if (compare(sorted[i], sorted[i - 1]) == 0)
            counts_fault(s->counts, sorted[i], s->faults, "what",
                         "line %d counts the same already; expected it once",
                         node_at(sorted[i - 1]->row->node).line);
}

static void
check_start(const struct search *s)
{
    const struct count_object *row = s->counts->file.counts.item;
    char on[CALENDAR_TEXT], start[CALENDAR_TEXT];

    if (s->counts->date >= s->scenario->start)
        return;
    calendar_write(s->counts->date, on);
    calendar_write(s->scenario->start, start);
    faults_add(s->faults, node_at(node_where(row->node, "date")), "counts[0].date",
               "%s is before the baseline's start; expected %s or later", on, start);
}

int
counts_find(struct counts *counts, struct scenario *scenario, struct faults *faults)
{
    static void (*const check[])(const struct search *, const struct counted *) = {
        [COUNT_INSIDE] = check_inside,
        [COUNT_PHASE] = check_phase,
        [COUNT_MEASURE] = check_measure,
    };
    const struct count_object *rows = counts->file.counts.item;
    const struct facility_object *facility = scenario->facilities.item;
    struct search s = {counts, scenario, faults, .phase = NULL};
    size_t all = scenario->facilities.count, errors = faults->errors;
    const char **name = tree_allocate(&counts->tree, (all + 1) * sizeof *name);

    counts->count = counts->file.counts.count;
    counts->counted = tree_allocate(&counts->tree, (counts->count + 1) * sizeof *counts->counted);
    if (name == NULL || counts->counted == NULL)
        return NO_MEMORY;
    for (size_t i = 0; i < all; i++)
        name[i] = facility[i].name;
    s.facilities = known_names(scenario, "facility", name, all, false);
    list_phases(&s);
    check_start(&s);
    for (size_t i = 0; i < counts->count; i++) {
        struct counted *counted = &counts->counted[i];
        *counted = (struct counted){&rows[i], .facility = SIZE_MAX, .region = SIZE_MAX};
        size_t before = faults->errors;
        find_what(&s, counted);
        find_where(&s, counted);
        counted->known = faults->errors == before;
        if (counted->known)
            check[counted->kind](&s, counted);
    }
    check_twice(&s);
    if (counts->tree.no_memory || scenario->tree.no_memory || faults->no_memory)
        return NO_MEMORY;
    return faults->errors == errors ? OK : BAD_INPUT;
}
