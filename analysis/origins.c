#include "origins.h"

#include "lines.h"

#include "models/scenario/fields/fields.h"
#include "models/scenario/path.h"

#include "sim/base/array.h"
#include "sim/engine/calendar.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH_SIZE 512

static bool
has_entry(const struct origins *origins, const char *path)
{
    for (size_t i = 0; i < origins->count; i++)
        if (strcmp(origins->entry[i].path, path) == 0)
            return true;
    return false;
}

void
origins_add(struct origins *origins, const char *path, enum grade grade, const char *format, ...)
{
    struct origin origin = {NULL, NULL, grade};
    va_list values;

    if (has_entry(origins, path))
        return;
    va_start(values, format);
    if (vasprintf(&origin.text, format, values) < 0)
        origin.text = NULL;
    va_end(values);
    origin.path = strdup(path);
    if (origin.path == NULL || origin.text == NULL ||
        !array_room(origins->entry, origins->room, origins->count + 1)) {
        free(origin.path);
        free(origin.text);
        origins->lost = true;
        return;
    }
    origins->entry[origins->count++] = origin;
}

/* The grade of C, and in *SAID what its source says behind that. */
static enum grade
grade_of_count(const struct counted *c, const char **said)
{
    const char *source = c->row->source;
    enum grade grade = GRADE_NONE;

    *said = "the table of counts names no source";
    if (source != NULL && *source != '\0')
        grade = grade_of_text(source, said);
    return grade != GRADE_NONE ? grade : GRADE_C; /* a letter that is no grade */
}

void
origins_add_count(struct origins *origins, const char *path, const struct counted *counted,
                  bool spread)
{
    const struct count_object *row = counted->row;
    bool placed = row->where != NULL && *row->where != '\0';
    const char *said;
    enum grade grade = grade_of_count(counted, &said);

    if (spread && grade == GRADE_A)
        grade = GRADE_B;
    origins_add(origins, path, grade, "%s%lld, %s%s%s%s: %s", spread ? "a part of " : "",
                (long long)row->count, row->what, placed ? ", " : "", placed ? row->where : "",
                spread ? ", spread as in the baseline" : "", said);
}

/* Of the baseline's number at FROM; NULL: there is none. */
static const struct number_row *
find_number(const struct origins *origins, const char *from)
{
    for (size_t i = 0; i < origins->baseline->count; i++)
        if (origins->baseline->row[i].below == 0 &&
            strcmp(origins->baseline->row[i].path, from) == 0)
            return &origins->baseline->row[i];
    return NULL;
}

void
origins_add_kept(struct origins *origins, const char *path, const char *from)
{
    const struct number_row *row = find_number(origins, from);
    bool source = row != NULL && row->grade != GRADE_NONE && row->text != NULL;

    origins_add(origins, path, source ? row->grade : GRADE_C, "from the baseline%s%s",
                source ? ": " : ", which names no source", source ? row->text : "");
}

/* What a count says of the rows of the stock that it is of; NULL: not said. */
struct key {
    const char *status, *class, *phase, *region, *facility;
};

/* That of C, which is of a facility or of a phase; false: it is of neither, and so of no row more
 * than of others. */
static bool
key_of(const struct scenario *s, const struct counted *c, struct key *key)
{
    const struct facility_object *facilities = s->facilities.item;

    *key = (struct key){NULL, NULL, NULL, NULL, NULL};
    if (c->kind == COUNT_PHASE) {
        const struct phase_object *phases = s->pathways.list[c->class].item;
        key->class = s->pathways.name[c->class];
        key->phase = phases[c->phase].phase;
        key->region = c->region != SIZE_MAX ? s->regions.name[c->region] : NULL;
    } else if (c->kind == COUNT_INSIDE && c->facility != SIZE_MAX) {
        key->status = c->status != STATUSES ? status_words[c->status] : NULL;
        key->facility = facilities[c->facility].name;
    }
    return key->phase != NULL || key->facility != NULL;
}

static bool
fits(const char *wanted, const char *name)
{
    return wanted == NULL || (name != NULL && strcmp(wanted, name) == 0);
}

static bool
key_fits(const struct key *key, const struct restock_row *row)
{
    return fits(key->status, status_words[row->status]) && fits(key->class, row->class) &&
           fits(key->phase, row->phase) && fits(key->region, row->region) &&
           fits(key->facility, row->facility);
}

/* stock[status=remand,facility=Ash].count */
static void
write_path(const struct key *key, char path[PATH_SIZE])
{
    const char *const field[] = {"status", "class", "phase", "region", "facility"};
    const char *const name[] = {key->status, key->class, key->phase, key->region, key->facility};
    size_t length = (size_t)snprintf(path, PATH_SIZE, "stock");
    bool first = true;

    for (size_t i = 0; i < sizeof field / sizeof *field; i++) {
        if (name[i] == NULL)
            continue;
        length += (size_t)snprintf(path + length, PATH_SIZE - length, "%s%s=", first ? "[" : ",",
                                   field[i]);
        length += path_write_name(name[i], path + length, PATH_SIZE - length);
        first = false;
    }
    snprintf(path + length, PATH_SIZE - length, "%s.count", first ? "" : "]");
}

/* C, and the rows that it is of, marked as TOLD. */
static void
add_direct(struct origins *origins, const struct restock *restock, const struct scenario *scenario,
           const struct counted *c, bool *told)
{
    char path[PATH_SIZE];
    struct key key;
    size_t rows = 0;
    bool whole = true;

    if (!key_of(scenario, c, &key))
        return;
    for (size_t i = 0; i < restock->rows; i++)
        if (key_fits(&key, &restock->row[i])) {
            told[i] = true;
            whole &= rows++ == 0 && restock->row[i].count == c->row->count;
        }
    write_path(&key, path);
    if (rows > 0)
        origins_add_count(origins, path, c, !whole);
}

/* ROW as the baseline has it: where that is from. */
static void
add_kept(struct origins *origins, const struct restock_row *row)
{
    const struct object_type *type = field_in(&scenario_type, "stock")->object;
    char key[PATH_SIZE - 16], path[PATH_SIZE];

    path_write_key(row->like->node, type, key, sizeof key);
    snprintf(path, sizeof path, "stock%s.count", key);
    origins_add_kept(origins, path, path);
}

/* All that is not said row by row: the stock, scaled to what was counted of regions and of all. */
static void
add_scaled(struct origins *origins, const struct counts *counts)
{
    enum grade worst = GRADE_B;
    struct lines text = {0};
    char on[CALENDAR_TEXT];

    calendar_write(counts->date, on);
    lines_put(&text, "the baseline's stock, scaled to the counts of %s", on);
    for (size_t i = 0; i < counts->count; i++) {
        const struct counted *c = &counts->counted[i];
        const char *said;
        enum grade grade = grade_of_count(c, &said);
        if (c->kind != COUNT_INSIDE || c->facility != SIZE_MAX)
            continue;
        worst = grade > worst ? grade : worst;
        lines_put(&text, "; %lld, %s%s%s: %s", (long long)c->row->count, c->row->what,
                  c->region != SIZE_MAX ? ", " : "", c->region != SIZE_MAX ? c->row->where : "",
                  said);
    }
    if (text.lost)
        origins->lost = true;
    else
        origins_add(origins, "stock", worst, "%s", text.text);
    free(text.text);
}

void
origins_add_stock(struct origins *origins, const struct restock *restock,
                  const struct counts *counts, const struct scenario *scenario)
{
    bool *told = calloc(restock->rows + 1, sizeof *told);

    if (told == NULL) {
        origins->lost = true;
        return;
    }
    add_scaled(origins, counts);
    for (size_t i = 0; i < counts->count; i++)
        add_direct(origins, restock, scenario, &counts->counted[i], told);
    for (size_t i = 0; i < restock->rows; i++) {
        const struct restock_row *row = &restock->row[i];
        if (!told[i] && row->like != NULL && row->like->count == row->count)
            add_kept(origins, row);
    }
    free(told);
}

void
origins_free(struct origins *origins)
{
    for (size_t i = 0; i < origins->count; i++) {
        free(origins->entry[i].path);
        free(origins->entry[i].text);
    }
    free(origins->entry);
}
