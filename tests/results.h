#ifndef TESTS_RESULTS_H
#define TESTS_RESULTS_H
/* Write small results, each value of which says where it is from, and which differ in one thing. */

#include "sim/result/journal.h"
#include "sim/result/store.h"
#include "sim/result/store_write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RESULT_ROWS = 4, RESULT_PARTS = 3, RESULT_VARIABLES = 2 };

struct result_spec {
    uint64_t first, last; /* replications */
    int threads;          /* 0: one */
    const char *label;    /* of the last part; NULL: "third" */
    const char *input;    /* a text that decides the values; NULL: "seed 1" */
    const char *remark;   /* one that does not; NULL: "morning" */
    int32_t first_day;
    double north; /* degrees, of the third part */
    /* one value is another: of VARIABLE in REPLICATION at PLACE; 0: none */
    int64_t more;
    size_t variable, place;
    uint64_t replication;
};

/* Two files of this process, which are taken away in the end: set-up and tear-down of a group. */
static char result_path[64], result_other[64];

static inline int
result_name_files(void **state)
{
    (void)state;
    snprintf(result_path, sizeof result_path, "/tmp/doorstroom-result-%ld.h5", (long)getpid());
    snprintf(result_other, sizeof result_other, "/tmp/doorstroom-result-%ld-other.h5",
             (long)getpid());
    return 0;
}

static inline int
result_remove_files(void **state)
{
    (void)state;
    unlink(result_path);
    unlink(result_other);
    return 0;
}

/* Beyond what a double holds. */
#define RESULT_MANY ((int64_t)1 << 60)

/* Value I of VARIABLE (0: float, 1: whole) in REPLICATION. */
static inline int64_t
result_value(const struct result_spec *spec, uint64_t replication, size_t variable, size_t i)
{
    int64_t value = (int64_t)(100 * replication + i) + (variable == 1 ? RESULT_MANY : 0);
    bool other = spec->variable == variable && spec->place == i && spec->replication == replication;

    return value + (other ? spec->more : 0);
}

static inline void
result_append(struct journal *journal, const struct result_spec *spec, uint64_t replication)
{
    enum { WIDE = RESULT_ROWS * RESULT_PARTS };
    struct chunk chunk[RESULT_VARIABLES] = {0};
    struct chunk_tools tools = {0};
    float real[RESULT_ROWS];
    int64_t whole[WIDE];

    for (size_t i = 0; i < RESULT_ROWS; i++)
        real[i] = (float)result_value(spec, replication, 0, i);
    for (size_t i = 0; i < WIDE; i++)
        whole[i] = result_value(spec, replication, 1, i);
    assert_int_equal(chunk_pack(&tools, &chunk[0], real, RESULT_ROWS, sizeof *real, NULL), OK);
    assert_int_equal(chunk_pack(&tools, &chunk[1], whole, WIDE, sizeof *whole, NULL), OK);
    assert_int_equal(journal_append(journal, replication, chunk, NULL), OK);
    for (size_t v = 0; v < RESULT_VARIABLES; v++)
        free(chunk[v].bytes);
    chunk_tools_free(&tools);
}

/* Write what SPEC says to PATH; the status of store_write, the id into ID. */
static inline int
result_try(const char *path, const struct result_spec *spec, char id[DIGEST_TEXT],
           struct error *err)
{
    int32_t days[RESULT_ROWS];
    const char *parts[RESULT_PARTS] = {"first", "second", spec->label ? spec->label : "third"};
    const char *kinds[RESULT_PARTS] = {"prison", "prison", "house"};
    struct layout_dimension dimensions[] = {
        {.name = "time",
         .long_name = "day",
         .standard_name = "time",
         .units = "days since 2026-01-01",
         .size = RESULT_ROWS,
         .value = days,
         .bounds = "time_bnds",
         .length = "time_length",
         .end = spec->first_day + RESULT_ROWS},
        {.name = "part", .long_name = "part", .size = RESULT_PARTS, .label = parts},
        {.name = "bnds", .size = 2}, /* that bounds run over */
    };
    const double north[RESULT_PARTS] = {-51.25, NAN, spec->north};
    struct layout_auxiliary beside[] = {
        {.name = "part_kind", .long_name = "kind of the part", .dimension = 1, .label = kinds},
        {.name = "part_latitude",
         .long_name = "latitude of the part",
         .dimension = 1,
         .number = north,
         .standard_name = "latitude",
         .units = "degrees_north"}};
    static const struct layout_attribute inside[] = {{"long_name", "people inside"},
                                                     {"units", "1"},
                                                     {"counted", "persons"},
                                                     {"cell_methods", "time: mean"},
                                                     {"definition", "people"}};
    static const struct layout_attribute entered[] = {{"long_name", "people who entered"},
                                                      {"units", "1"},
                                                      {"counted", "persons"},
                                                      {"cell_methods", "time: sum"},
                                                      {"definition", "entries"}};
    struct layout_variable variables[RESULT_VARIABLES] = {
        {.name = "inside",
         .attribute = inside,
         .attributes = 5,
         .type = LAYOUT_FLOAT,
         .dimensions = 1,
         .dimension = {0}},
        {.name = "entered",
         .attribute = entered,
         .attributes = 5,
         .type = LAYOUT_COUNT,
         .dimensions = 2,
         .dimension = {0, 1}},
    };
    const struct layout layout = {.dimension = dimensions,
                                  .dimensions = 3,
                                  .auxiliary = beside,
                                  .auxiliaries = 2,
                                  .variable = variables,
                                  .variables = RESULT_VARIABLES};
    const struct store_text title = {.name = "title", .text = "A small result"};
    const struct store_text provenance[] = {
        {.name = "scenario", .text = spec->input ? spec->input : "seed 1", .input = true},
        {.name = "remark", .text = spec->remark ? spec->remark : "morning"}};
    const struct store_texts texts = {
        .attribute = &title, .attributes = 1, .provenance = provenance, .provenances = 2};
    struct journal journal;
    char name[256];

    for (int32_t i = 0; i < RESULT_ROWS; i++)
        days[i] = spec->first_day + i;
    snprintf(name, sizeof name, "/tmp/doorstroom-results-%ld.journal", (long)getpid());
    assert_int_equal(journal_open(&journal, name, "run results\n", RESULT_VARIABLES, false, NULL),
                     OK);
    for (uint64_t r = spec->first; r <= spec->last; r++)
        result_append(&journal, spec, r);
    int status = store_write(path, &layout, &journal, &texts, spec->threads > 0 ? spec->threads : 1,
                             id, err);
    journal_close(&journal, true);
    return status;
}

static inline void
result_write(const char *path, const struct result_spec *spec, char id[DIGEST_TEXT])
{
    struct error err = {0};

    if (result_try(path, spec, id, &err) != OK)
        fail_msg("%s", err.message);
}

static inline struct store *
result_open(const char *path)
{
    struct store *store = NULL;
    struct error err = {0};

    if (store_open(&store, path, &err) != OK)
        fail_msg("%s", err.message);
    return store;
}

#endif
