#include "document.h"

#include "about.h"
#include "assumed.h"
#include "brought.h"
#include "compared.h"
#include "funding.h"
#include "give.h"
#include "law.h"
#include "numbers.h"
#include "places.h"
#include "said.h"
#include "sure.h"

#include "analysis/within.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define FORMAT 1

static int
no_memory(struct error *err)
{
    return error_set(err, NO_MEMORY, "no memory for the report");
}

/* VALUE under KEY; it is given away also where that fails. */
static int
put(json_t *document, const char *key, json_t *value, struct error *err)
{
    return json_object_set_new(document, key, value) == 0 ? OK : no_memory(err);
}

/* What a report is made of. */
struct work {
    const struct report_asked *asked;
    struct within *within;            /* [stores] */
    const struct scenario **scenario; /* [stores]; NULL: this version does not read it */
    json_t *document, *notes;
    size_t wrong; /* which result an error is of; SIZE_MAX: none, its line names a file */
};

/* The scenarios that the results were simulated from. One that cannot be read leaves out what it
 * would say, and a note. */
static int
read_scenarios(struct work *work, struct error *err)
{
    const struct report_asked *asked = work->asked;
    int status = OK;

    for (size_t k = 0; k < asked->stores && status == OK; k++) {
        struct error fault = {0};
        work->wrong = k;
        status = scenario_within(&work->within[k], asked->store[k], &fault);
        if (status == OK)
            work->scenario[k] = &work->within[k].scenario;
        else if (status == BAD_INPUT)
            status = json_array_append_new(work->notes, give_text(fault.message)) == 0
                         ? OK
                         : no_memory(err);
        else
            error_set(err, status, "%s", fault.message);
    }
    return status;
}

static int
put_results(struct work *work, struct error *err)
{
    const struct report_asked *asked = work->asked;
    json_t *list = json_array();
    int status = put(work->document, "scenarios", list, err);

    for (size_t k = 0; k < asked->stores && status == OK; k++) {
        json_t *about, *said = NULL;
        work->wrong = k;
        status = about_result(asked->store[k], asked->path[k], &about, err);
        if (status == OK && work->scenario[k] != NULL) {
            said = said_of_itself(work->scenario[k]);
            status = json_object_update(about, said) == 0 ? OK : no_memory(err);
        }
        json_decref(said);
        if (json_array_append_new(list, about) != 0 && status == OK)
            status = no_memory(err);
    }
    return status;
}

/* What comes from the scenarios alone. */
static int
put_said(struct work *work, struct error *err)
{
    const struct report_asked *asked = work->asked;
    const struct {
        const char *key;
        json_t *(*said)(const struct scenario *const *scenario, size_t scenarios);
    } parts[] = {{"texts", said_texts}, {"counted", said_counted}, {"measures", said_measures}};
    json_t *coordinates = said_coordinates(work->scenario, asked->stores);
    int status = put(work->document, "facilities",
                     places_facilities(asked->store, asked->stores, coordinates), err);

    json_decref(coordinates);
    for (size_t i = 0; i < sizeof parts / sizeof *parts && status == OK; i++)
        status =
            put(work->document, parts[i].key, parts[i].said(work->scenario, asked->stores), err);
    return status;
}

static int
put_numbers(struct work *work, struct error *err)
{
    json_t *numbers = NULL;
    int status =
        report_numbers(work->asked->store, work->asked->stores, &numbers, &work->wrong, err);

    if (status == OK && json_object_update(work->document, numbers) != 0)
        status = no_memory(err);
    json_decref(numbers);
    return status;
}

/* The table of page one; what compare has to say stands among the notes. */
static int
put_compared(struct work *work, struct error *err)
{
    json_t *compared = NULL;
    int status =
        report_compared(work->asked->store, work->asked->stores, &compared, &work->wrong, err);
    json_t *note = json_object_get(compared, "notes");

    if (status == OK && json_string_length(note) > 0 && json_array_append(work->notes, note) != 0)
        status = no_memory(err);
    return status == OK ? put(work->document, "comparison", compared, err) : status;
}

/* What is assumed, and which of it moves the outcome. */
static int
put_assumed(struct work *work, struct error *err)
{
    struct ranked ranked = {0};
    json_t *ranks = NULL, *list = NULL;
    int status = report_ranks(work->asked->store[0], &ranked, &ranks, err);

    if (status == OK)
        status = put(work->document, "ranks", ranks, err);
    if (status == OK && work->scenario[0] != NULL)
        status = report_assumed(&work->within[0], &ranked, &list, err);
    if (status == OK && list != NULL)
        status = put(work->document, "assumptions", list, err);
    ranked_free(&ranked);
    return status;
}

static int
put_sure(struct work *work, struct error *err)
{
    json_t *variance = NULL;
    int status = report_variance(work->asked->store[0], &variance, err);

    return status == OK ? put(work->document, "variance", variance, err) : status;
}

/* The shares are those of the measures over the first result's scenario, by its name; a result that
 * has none is taken at its word. */
static int
check_base(const struct report_asked *asked, const json_t *attribution, struct error *err)
{
    const char *of = json_string_value(json_object_get(attribution, "scenario"));
    const char *base = store_text(asked->store[0], NULL, "title");

    if (of == NULL || base == NULL || strcmp(of, base) == 0)
        return OK;
    return error_set(err, BAD_INPUT, "%.300s: is of '%.160s', and %.300s is of '%.160s'",
                     asked->attribution, of, asked->path[0], base);
}

/* What other commands have worked out. */
static int
put_brought(struct work *work, struct error *err)
{
    const struct {
        const char *key, *path;
        int (*brought)(const char *path, json_t **json, struct error *err);
    } parts[] = {{"attribution", work->asked->attribution, brought_attribution},
                 {"backtest", work->asked->backtest, brought_backtest}};
    int status = OK;

    work->wrong = SIZE_MAX;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && status == OK; i++) {
        json_t *json;
        if (parts[i].path == NULL)
            continue;
        status = parts[i].brought(parts[i].path, &json, err);
        if (status == OK)
            status = put(work->document, parts[i].key, json, err);
    }
    if (status == OK)
        status = check_base(work->asked, json_object_get(work->document, "attribution"), err);
    return status;
}

/* Money that ends, and the law of small houses. */
static int
put_houses(struct work *work, struct error *err)
{
    const struct report_asked *asked = work->asked;
    json_t *funding = NULL, *law = NULL;
    int status = report_funding(work->scenario, asked->stores, &funding, err);

    if (status == OK)
        status = put(work->document, "funding", funding, err);
    if (status == OK)
        status = report_law(asked->store, asked->stores, &law, &work->wrong, err);
    return status == OK ? put(work->document, "law", law, err) : status;
}

/* What needs no result to be looked into. */
static int
put_head(struct work *work, struct error *err)
{
    const struct report_asked *asked = work->asked;
    json_t *document = work->document;
    int status = put(document, "format", json_integer(FORMAT), err);

    work->notes = json_array();
    if (status == OK)
        status = put(document, "notes", work->notes, err);
    if (status == OK)
        status = put(document, "made", about_program(asked->command, asked->made), err);
    return status == OK ? put(document, "regions", places_regions(asked->store, asked->stores), err)
                        : status;
}

/* In their order. Those that look at more than the base say which result is wrong. */
static int (*const steps[])(struct work *work, struct error *err) = {
    put_head,    put_brought,  read_scenarios, put_results, put_said,
    put_numbers, put_compared, put_assumed,    put_sure,    put_houses,
};

static int
put_all(struct work *work, struct error *err)
{
    int status = OK;

    for (size_t i = 0; i < sizeof steps / sizeof *steps && status == OK; i++) {
        work->wrong = 0;
        status = steps[i](work, err);
    }
    return status;
}

int
report_document(const struct report_asked *asked, json_t **document, size_t *wrong,
                struct error *err)
{
    struct work work = {.asked = asked,
                        .within = calloc(asked->stores + 1, sizeof *work.within),
                        .scenario = calloc(asked->stores + 1, sizeof *work.scenario),
                        .document = json_object()};
    bool room = work.within != NULL && work.scenario != NULL && work.document != NULL;
    int status = room ? put_all(&work, err) : no_memory(err);

    for (size_t k = 0; work.within != NULL && k < asked->stores; k++)
        within_free(&work.within[k]);
    free(work.within);
    free(work.scenario);
    if (status != OK) {
        json_decref(work.document);
        work.document = NULL;
    }
    *document = work.document;
    *wrong = work.wrong;
    return status;
}
