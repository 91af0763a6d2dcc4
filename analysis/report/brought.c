#include "brought.h"

#include "analysis/address.h"
#include "analysis/indicator.h"

#include "sim/engine/calendar.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What may stand in a column. */
enum kind {
    KIND_TEXT,
    KIND_NUMBER,
    KIND_MAYBE,
    KIND_COUNT,
    KIND_SOME,
    KIND_DATE,
    KIND_YES_NO,
    KIND_WAY
};

struct column {
    const char *name;
    enum kind kind;
    bool same; /* in all rows */
};

static const char *const kind_words[] = {
    [KIND_TEXT] = "a text",
    [KIND_NUMBER] = "a number",
    [KIND_MAYBE] = "a number or null",
    [KIND_COUNT] = "a whole number",
    [KIND_SOME] = "a whole number, 1 or more",
    [KIND_DATE] = "a date",
    [KIND_YES_NO] = "yes or no",
    [KIND_WAY] = "less, more or nothing",
};

/* Larger numbers are no persons, days or euros. */
#define MOST 1e18

static bool
is_number(const json_t *value)
{
    return json_is_number(value) && fabs(json_number_value(value)) <= MOST;
}

static bool
is_of_kind(const json_t *value, enum kind kind)
{
    const char *text = json_string_value(value);
    double number = json_number_value(value);
    int32_t day;

    switch (kind) {
    case KIND_TEXT:
        return text != NULL;
    case KIND_NUMBER:
        return is_number(value);
    case KIND_MAYBE:
        return is_number(value) || json_is_null(value);
    case KIND_COUNT:
        return is_number(value) && number >= 0 && floor(number) >= number;
    case KIND_SOME:
        return is_number(value) && number >= 1 && floor(number) >= number;
    case KIND_DATE:
        return text != NULL && calendar_parse(text, &day);
    case KIND_YES_NO:
        return text != NULL && (strcmp(text, "yes") == 0 || strcmp(text, "no") == 0);
    case KIND_WAY:
        return text != NULL &&
               (text[0] == '\0' || strcmp(text, "less") == 0 || strcmp(text, "more") == 0);
    }
    return false;
}

static int
refuse(struct error *err, const char *path, size_t row, const char *column, const char *expected)
{
    return error_set(err, BAD_INPUT, "%.300s: row %zu: %s: expected %s", path, row + 1, column,
                     expected);
}

/* Every row has all columns, each of its kind, and the same where that is said. */
static int
check_rows(const char *path, const json_t *rows, const struct column *column, size_t columns,
           struct error *err)
{
    for (size_t i = 0; i < json_array_size(rows); i++)
        for (size_t c = 0; c < columns; c++) {
            const json_t *row = json_array_get(rows, i);
            const json_t *value = json_object_get(row, column[c].name);
            const json_t *first = json_object_get(json_array_get(rows, 0), column[c].name);
            if (!is_of_kind(value, column[c].kind))
                return refuse(err, path, i, column[c].name, kind_words[column[c].kind]);
            if (column[c].same && json_equal(value, first) == 0)
                return refuse(err, path, i, column[c].name, "the same as in the first row");
        }
    return OK;
}

/* All of the file at PATH, up to BROUGHT_MOST_BYTES, into *TEXT, which the caller frees. */
static int
read_text(const char *path, char **text, size_t *size, struct error *err)
{
    FILE *file = fopen(path, "rb");

    *text = NULL;
    if (file == NULL)
        return error_set(err, ENVIRONMENT, "%.300s: cannot be read: %s", path, strerror(errno));
    *text = malloc(BROUGHT_MOST_BYTES + 1);
    *size = *text != NULL ? fread(*text, 1, BROUGHT_MOST_BYTES + 1, file) : 0;
    bool broken = ferror(file) != 0;
    fclose(file);
    if (*text == NULL)
        return error_set(err, NO_MEMORY, "%.300s: no memory for it", path);
    if (broken)
        return error_set(err, ENVIRONMENT, "%.300s: cannot be read", path);
    if (*size > BROUGHT_MOST_BYTES)
        return error_set(err, BAD_INPUT, "%.300s: larger than 16 MiB", path);
    return OK;
}

/* The rows in the file at PATH, COLUMN [columns] in each, as COMMAND prints them. */
static int
read_rows(const char *path, const char *command, const struct column *column, size_t columns,
          json_t **rows, struct error *err)
{
    char *text;
    size_t size = 0;
    json_error_t wrong;
    int status = read_text(path, &text, &size, err);

    *rows = status == OK ? json_loadb(text, size, JSON_REJECT_DUPLICATES, &wrong) : NULL;
    free(text);
    if (status != OK)
        return status;
    if (*rows == NULL)
        return json_error_code(&wrong) == json_error_out_of_memory
                   ? error_set(err, NO_MEMORY, "%.300s: no memory for it", path)
                   : error_set(err, BAD_INPUT, "%.300s:%d:%d: no JSON: %.160s", path, wrong.line,
                               wrong.column, wrong.text);
    if (!json_is_array(*rows) || json_array_size(*rows) == 0)
        return error_set(err, BAD_INPUT,
                         "%.300s: expected a list of rows, as doorstroom %s --format json prints "
                         "it",
                         path, command);
    return check_rows(path, *rows, column, columns, err);
}

/* Those of COLUMN [columns] in ROW, as an object of its own. NULL: no memory. */
static json_t *
pick(const json_t *row, const char *const *column, size_t columns)
{
    json_t *object = json_object();

    for (size_t c = 0; c < columns; c++)
        if (json_object_set(object, column[c], json_object_get(row, column[c])) != 0) {
            json_decref(object);
            return NULL;
        }
    return object;
}

static int
done(const char *path, json_t *rows, json_t *made, json_t **out, struct error *err)
{
    json_decref(rows);
    *out = made;
    return made != NULL ? OK : error_set(err, NO_MEMORY, "%.300s: no memory for it", path);
}

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const struct column attribution_columns[] = {
    {"overlay", KIND_TEXT, false},    {"alone", KIND_MAYBE, false},
    {"alone_low", KIND_MAYBE, false}, {"alone_high", KIND_MAYBE, false},
    {"last", KIND_MAYBE, false},      {"last_low", KIND_MAYBE, false},
    {"last_high", KIND_MAYBE, false}, {"shapley", KIND_MAYBE, false},
    {"low", KIND_MAYBE, false},       {"high", KIND_MAYBE, false},
    {"indicator", KIND_TEXT, true},   {"unit", KIND_TEXT, true},
    {"better", KIND_WAY, true},       {"of", KIND_TEXT, true},
    {"futures", KIND_SOME, true},     {"base_name", KIND_TEXT, true},
};

/* The rows behind those of the overlays, in this order. */
enum sum { SUM_INTERACTION, SUM_TOTAL, SUM_BASE, SUM_ALL, SUMS };
static const struct {
    const char *name, *needs[3]; /* numbers that it must have */
} sums[SUMS] = {
    [SUM_INTERACTION] = {"interaction", {"alone", "last"}},
    [SUM_TOTAL] = {"total", {"shapley"}},
    [SUM_BASE] = {"base", {"shapley"}},
    [SUM_ALL] = {"all", {"shapley"}},
};
static const char *const of_overlay[] = {"alone", "last", "shapley"};

static int
need(const char *path, const json_t *rows, size_t i, const char *const *name, size_t most,
     struct error *err)
{
    for (size_t n = 0; n < most && name[n] != NULL; n++)
        if (!is_number(json_object_get(json_array_get(rows, i), name[n])))
            return refuse(err, path, i, name[n], kind_words[KIND_NUMBER]);
    return OK;
}

/* No end of an interval of row I is on the wrong side of the other. */
static int
check_ends(const char *path, const json_t *rows, size_t i, struct error *err)
{
    static const char *const ends[][2] = {
        {"alone_low", "alone_high"}, {"last_low", "last_high"}, {"low", "high"}};
    const json_t *row = json_array_get(rows, i);

    for (size_t e = 0; e < COUNT(ends); e++) {
        const json_t *low = json_object_get(row, ends[e][0]),
                     *high = json_object_get(row, ends[e][1]);
        if (json_is_number(low) && json_is_number(high) &&
            json_number_value(low) > json_number_value(high))
            return refuse(err, path, i, ends[e][1], "no less than the low end");
    }
    return OK;
}

/* Are there overlays, then the four sums; and have all the numbers that they stand for? */
static int
check_attribution(const char *path, const json_t *rows, struct error *err)
{
    size_t count = json_array_size(rows), overlays = count > SUMS ? count - SUMS : 0;
    struct address of;
    const json_t *first = json_array_get(rows, 0);
    int status = OK;

    if (overlays == 0)
        return error_set(err, BAD_INPUT,
                         "%.300s: expected rows of overlays, then interaction, "
                         "total, base and all",
                         path);
    for (size_t i = 0; i < overlays && status == OK; i++)
        status = need(path, rows, i, of_overlay, COUNT(of_overlay), err);
    for (size_t s = 0; s < SUMS && status == OK; s++) {
        const json_t *name = json_object_get(json_array_get(rows, overlays + s), "overlay");
        if (strcmp(json_string_value(name), sums[s].name) != 0)
            return refuse(err, path, overlays + s, "overlay", sums[s].name);
        status = need(path, rows, overlays + s, sums[s].needs, COUNT(sums[s].needs), err);
    }
    for (size_t i = 0; i < count && status == OK; i++)
        status = check_ends(path, rows, i, err);
    if (status == OK &&
        address_read(&of, json_string_value(json_object_get(first, "of")), NULL) != OK)
        status = refuse(err, path, 0, "of", "the address of a number");
    return status;
}

static int
way_of(const json_t *first)
{
    const char *better = json_string_value(json_object_get(first, "better"));

    return strcmp(better, "less") == 0 ? -1 : strcmp(better, "more") == 0 ? 1 : 0;
}

/* NULL: no memory. */
static json_t *
overlay_rows(const json_t *rows)
{
    static const char *const names[] = {"alone",     "alone_low", "alone_high", "last", "last_low",
                                        "last_high", "shapley",   "low",        "high"};
    json_t *list = json_array();
    bool good = list != NULL;

    for (size_t i = 0; i + SUMS < json_array_size(rows) && good; i++) {
        const json_t *row = json_array_get(rows, i);
        json_t *object = pick(row, names, COUNT(names));
        good = json_object_set(object, "name", json_object_get(row, "overlay")) == 0;
        good = json_array_append_new(list, object) == 0 && good;
    }
    if (good)
        return list;
    json_decref(list);
    return NULL;
}

static json_t *
make_attribution(const json_t *rows)
{
    const json_t *first = json_array_get(rows, 0), *sum[SUMS];
    const char *name = json_string_value(json_object_get(first, "indicator"));
    const struct indicator *known = indicator_find(name);
    size_t overlays = json_array_size(rows) - SUMS;

    for (size_t s = 0; s < SUMS; s++)
        sum[s] = json_array_get(rows, overlays + s);
    return json_pack(
        "{s:s, s:s, s:O, s:i, s:O, s:O, s:O, s:o, s:{s:O, s:O}, s:{s:O, s:O, s:O}, s:O, s:O}",
        "name", name, "label", known != NULL ? known->label : name, "unit",
        json_object_get(first, "unit"), "better", way_of(first), "of", json_object_get(first, "of"),
        "futures", json_object_get(first, "futures"), "scenario",
        json_object_get(first, "base_name"), "rows", overlay_rows(rows), "interaction", "alone",
        json_object_get(sum[SUM_INTERACTION], "alone"), "last",
        json_object_get(sum[SUM_INTERACTION], "last"), "total", "value",
        json_object_get(sum[SUM_TOTAL], "shapley"), "low", json_object_get(sum[SUM_TOTAL], "low"),
        "high", json_object_get(sum[SUM_TOTAL], "high"), "base",
        json_object_get(sum[SUM_BASE], "shapley"), "all", json_object_get(sum[SUM_ALL], "shapley"));
}

int
brought_attribution(const char *path, json_t **attribution, struct error *err)
{
    json_t *rows;
    int status =
        read_rows(path, "attribute", attribution_columns, COUNT(attribution_columns), &rows, err);

    *attribution = NULL;
    if (status == OK)
        status = check_attribution(path, rows, err);
    if (status == OK)
        return done(path, rows, make_attribution(rows), attribution, err);
    json_decref(rows);
    return status;
}

static const struct column backtest_columns[] = {
    {"forecaster", KIND_TEXT, false},  {"months", KIND_NUMBER, false},
    {"counts", KIND_COUNT, false},     {"bias", KIND_MAYBE, false},
    {"rms", KIND_MAYBE, false},        {"cover80", KIND_MAYBE, false},
    {"cover90", KIND_MAYBE, false},    {"crps", KIND_MAYBE, false},
    {"skill", KIND_MAYBE, false},      {"name", KIND_TEXT, true},
    {"quantity", KIND_TEXT, true},     {"futures", KIND_SOME, true},
    {"first", KIND_DATE, true},        {"last", KIND_DATE, true},
    {"laws_known", KIND_YES_NO, true}, {"intake_known", KIND_YES_NO, true},
};

static const char *const forecasters[] = {"model", "naive", "drift"};

static int
check_backtest(const char *path, const json_t *rows, struct error *err)
{
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const char *who = json_string_value(json_object_get(json_array_get(rows, i), "forecaster"));
        bool known = false;
        for (size_t f = 0; f < COUNT(forecasters); f++)
            known |= strcmp(forecasters[f], who) == 0;
        if (!known)
            return refuse(err, path, i, "forecaster", "model, naive or drift");
    }
    return OK;
}

/* NULL: no memory. */
static json_t *
score_rows(const json_t *rows)
{
    static const char *const names[] = {"forecaster", "months",  "counts", "bias", "rms",
                                        "cover80",    "cover90", "crps",   "skill"};
    json_t *list = json_array();
    bool good = list != NULL;

    for (size_t i = 0; i < json_array_size(rows) && good; i++) {
        const json_t *row = json_array_get(rows, i);
        if (json_number_value(json_object_get(row, "counts")) > 0)
            good = json_array_append_new(list, pick(row, names, COUNT(names))) == 0;
    }
    if (good)
        return list;
    json_decref(list);
    return NULL;
}

static bool
says_yes(const json_t *row, const char *column)
{
    return strcmp(json_string_value(json_object_get(row, column)), "yes") == 0;
}

int
brought_backtest(const char *path, json_t **backtest, struct error *err)
{
    json_t *rows;
    int status = read_rows(path, "backtest", backtest_columns, COUNT(backtest_columns), &rows, err);

    *backtest = NULL;
    if (status == OK)
        status = check_backtest(path, rows, err);
    if (status != OK) {
        json_decref(rows);
        return status;
    }
    const json_t *first = json_array_get(rows, 0);
    json_t *made = json_pack(
        "{s:O, s:O, s:O, s:O, s:O, s:b, s:b, s:o}", "name", json_object_get(first, "name"),
        "quantity", json_object_get(first, "quantity"), "futures",
        json_object_get(first, "futures"), "first", json_object_get(first, "first"), "last",
        json_object_get(first, "last"), "laws_known", says_yes(first, "laws_known"), "intake_known",
        says_yes(first, "intake_known"), "rows", score_rows(rows));
    return done(path, rows, made, backtest, err);
}
