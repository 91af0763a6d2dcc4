#include "numbers.h"

#include "futures.h"
#include "give.h"
#include "shown.h"

#include "analysis/pairing.h"
#include "analysis/quantity.h"
#include "analysis/window.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Values that are held at once, in bytes: of the base, of one other and what they are folded from.
 */
#define MOST_BYTES ((size_t)192 << 20)

/* The stretches of time: all years, then the whole, then all months. */
struct stretches {
    struct window *window; /* [years + 1 + months] */
    size_t years, months;
};

/* The kinds of stretches, and where those of a kind are. */
enum by { BY_YEAR, BY_WHOLE, BY_MONTH, BY };
static const struct {
    const char *name;
    int times; /* of shown_times */
} kinds[BY] = {{"year", SHOWN_YEARS}, {"whole", SHOWN_WHOLE}, {"month", SHOWN_MONTHS}};

static size_t
stretch_from(const struct stretches *stretches, enum by by)
{
    return by == BY_YEAR ? 0 : by == BY_WHOLE ? stretches->years : stretches->years + 1;
}

static size_t
stretch_until(const struct stretches *stretches, enum by by)
{
    return by == BY_MONTH ? stretches->years + 1 + stretches->months
                          : stretch_from(stretches, (enum by)(by + 1));
}

struct result {
    const struct store *store;
    size_t replications;
    uint64_t *draw;         /* [replications]; NULL: each is of its own */
    struct pairing pairing; /* with the base; of the base nothing */
};

/* A number that is asked for, with its entries in the list: one for each kind of stretches. */
struct entry {
    struct shown_ask ask;
    json_t *by[BY]; /* NULL: not asked for, or no result tells */
    bool told;      /* by some result */
};

struct work {
    struct result *result; /* [results] */
    struct frame *frame;   /* [results] */
    size_t results;
    struct stretches stretches;
    struct entry *entry; /* [entries] */
    size_t entries;
    json_t *list;
};

static int
no_memory(struct error *err)
{
    return error_set(err, NO_MEMORY, "no memory for the numbers of the report");
}

static int
open_result(struct work *work, size_t k, struct store *const *store, struct error *err)
{
    struct result *result = &work->result[k];
    size_t draws;

    result->store = store[k];
    result->replications = store_replications(store[k]);
    int status = frame_of_store(&work->frame[k], store[k], err);
    if (status == OK)
        status = pairing_draws(store[k], NULL, result->replications, &result->draw, &draws, err);
    if (status == OK && k > 0)
        status = pairing_make(&result->pairing, store[0], store[k], err);
    return status;
}

static int
make_stretches(struct work *work, struct error *err)
{
    struct stretches *stretches = &work->stretches;
    const struct window whole = {work->frame[0].from, work->frame[0].until};

    stretches->years = (size_t)window_years(&whole, NULL);
    stretches->months = (size_t)window_months(&whole, NULL);
    stretches->window = calloc(stretches->years + 1 + stretches->months, sizeof *stretches->window);
    if (stretches->window == NULL) {
        no_memory(err);
        return NO_MEMORY;
    }
    window_years(&whole, stretches->window);
    stretches->window[stretches->years] = whole;
    window_months(&whole, stretches->window + stretches->years + 1);
    return OK;
}

/* To how many decimals numbers of a unit are told: of the mean of a year, of a month. */
static int
decimals_of(const char *unit, enum by by)
{
    static const struct {
        const char *unit;
        int of_year, of_month;
    } table[] = {{"euro", 0, 0}, {"person-days", 0, 0}, {"days", 1, 1}, {"1", 4, 4}};

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].unit, unit) == 0)
            return by == BY_MONTH ? table[i].of_month : table[i].of_year;
    return by == BY_MONTH ? 1 : 2;
}

/* A list of nulls, one for each result. NULL: no memory. */
static json_t *
empty_list(size_t results)
{
    json_t *list = json_array();
    bool good = list != NULL;

    for (size_t k = 0; k < results && good; k++)
        good = json_array_append_new(list, json_null()) == 0;
    return give_if(list, good);
}

/* {AXIS: LABEL} of ASK, or {}: it is of the nation. NULL: no memory. */
static json_t *
labels_json(const struct shown_ask *ask)
{
    json_t *labels = json_object();

    return give_if(labels, ask->label == NULL || json_object_set_new(labels, ask->of->over,
                                                                     give_text(ask->label)) == 0);
}

/* The entry of ASK for a kind of stretches, as QUANTITY calls it. NULL: no memory. */
static json_t *
begin_entry(const struct work *work, const struct shown_ask *ask, const struct quantity *quantity,
            enum by by)
{
    const struct indicator *of = &quantity->of;
    const char *definition = of->definition;

    if (definition == NULL && quantity->there[0])
        definition =
            store_text(work->result[0].store, quantity->term[0].view.variable, "definition");
    return json_pack("{s:s, s:o, s:s, s:o, s:i, s:i, s:o, s:o, s:o, s:o}", "name", ask->of->name,
                     "labels", labels_json(ask), "by", kinds[by].name, "unit", give_text(of->unit),
                     "better", of->better, "decimals", decimals_of(of->unit, by), "label",
                     give_text(of->label), "definition",
                     give_text(definition != NULL ? definition : ""), "of",
                     empty_list(work->results), "than", empty_list(work->results));
}

/* Entries FIRST to LAST - 1 of one result, as far as it tells them. */
struct batch {
    size_t first, last, windows;
    struct quantity *quantity; /* [told] */
    size_t *at;                /* [told]: which entry */
    size_t told;
    double *value; /* [told][replications][windows] */
};

static void
batch_free(struct batch *batch)
{
    for (size_t i = 0; i < batch->told; i++)
        quantity_free(&batch->quantity[i]);
    free(batch->quantity);
    free(batch->at);
    free(batch->value);
    batch->told = 0;
}

/* What result K tells: what it does not keep, or keeps in longer rows, is left out. */
static int
find_told(const struct work *work, size_t k, struct batch *batch, struct error *err)
{
    int status = OK;

    for (size_t e = batch->first; e < batch->last && status != NO_MEMORY; e++) {
        const struct shown_ask *ask = &work->entry[e].ask;
        const struct quantity_name name = {ask->of->name, &ask->label, ask->label != NULL,
                                           &ask->of->over};
        struct quantity *quantity = &batch->quantity[batch->told];
        status = quantity_create(quantity, &work->frame[k], &name, work->stretches.window,
                                 batch->windows, err);
        if (status == OK)
            batch->at[batch->told++] = e;
        else
            quantity_free(quantity);
    }
    return status == NO_MEMORY ? NO_MEMORY : OK;
}

static int
batch_read(const struct work *work, size_t k, struct batch *batch, struct error *err)
{
    size_t n = work->result[k].replications, count = batch->last - batch->first;

    batch->told = 0;
    batch->quantity = calloc(count + 1, sizeof *batch->quantity);
    batch->at = calloc(count + 1, sizeof *batch->at);
    batch->value = calloc(count * n * batch->windows + 1, sizeof *batch->value);
    if (batch->quantity == NULL || batch->at == NULL || batch->value == NULL)
        return no_memory(err);
    int status = find_told(work, k, batch, err);
    if (status == OK)
        status = quantities_read(work->result[k].store, batch->quantity, batch->told, NULL, n,
                                 batch->value, err);
    return status;
}

/* Where what is told of entry E stands, or SIZE_MAX. */
static size_t
find_entry(const struct batch *batch, size_t e)
{
    for (size_t i = 0; i < batch->told; i++)
        if (batch->at[i] == e)
            return i;
    return SIZE_MAX;
}

/* Put what FUTURES say into the entries of E, at K of the list called LIST. */
static bool
put_told(struct work *work, size_t e, size_t k, const char *list, const struct futures *futures,
         const struct quantity *quantity)
{
    struct entry *entry = &work->entry[e];
    const struct shown *shown = entry->ask.of;
    bool change = strcmp(list, "than") == 0, good = true;

    for (enum by by = 0; by < BY && good; by++) {
        struct futures_asked asked = {
            .from = stretch_from(&work->stretches, by),
            .until = stretch_until(&work->stretches, by),
            .decimals = decimals_of(quantity->of.unit, by),
            .interval = by != BY_MONTH,
            .bands = (shown->detail & SHOWN_BANDS) != 0 || by == BY_WHOLE,
            .all = (shown->detail & SHOWN_FUTURES) != 0 && by == BY_YEAR && !change,
            .change = change && by != BY_MONTH,
        };
        if (!(shown->times & kinds[by].times) || asked.until > futures->windows)
            continue;
        if (entry->by[by] == NULL) {
            entry->by[by] = begin_entry(work, &entry->ask, quantity, by);
            good = json_array_append_new(work->list, entry->by[by]) == 0;
        }
        if (good)
            good = json_array_set_new(json_object_get(entry->by[by], list), k,
                                      futures_json(futures, &asked)) == 0;
    }
    entry->told = true;
    return good;
}

static int
tell_levels(struct work *work, size_t k, const struct batch *batch, struct error *err)
{
    const struct result *result = &work->result[k];

    for (size_t i = 0; i < batch->told; i++) {
        const struct futures futures = {batch->value + i * result->replications * batch->windows,
                                        result->replications, batch->windows, result->draw};
        if (!put_told(work, batch->at[i], k, "of", &futures, &batch->quantity[i]))
            return no_memory(err);
    }
    return OK;
}

/* Other less base, replication by replication, into DIFFERENCE. */
static void
subtract(const struct pairing *pairing, const double *base, const double *other, size_t windows,
         double *difference)
{
    for (size_t r = 0; r < pairing->count; r++)
        for (size_t w = 0; w < windows; w++)
            difference[r * windows + w] =
                other[pairing->other[r] * windows + w] - base[pairing->base[r] * windows + w];
}

static int
tell_changes(struct work *work, size_t k, const struct batch *base, const struct batch *other,
             struct error *err)
{
    const struct pairing *pairing = &work->result[k].pairing;
    size_t windows = other->windows, n = other->windows * work->result[k].replications;
    double *difference = calloc(pairing->count * windows + 1, sizeof *difference);
    bool good = difference != NULL;

    for (size_t i = 0; i < other->told && good; i++) {
        size_t at = find_entry(base, other->at[i]);
        if (at == SIZE_MAX)
            continue;
        subtract(pairing, base->value + at * windows * work->result[0].replications,
                 other->value + i * n, windows, difference);
        const struct futures futures = {difference, pairing->count, windows, pairing->draw};
        good = put_told(work, other->at[i], k, "than", &futures, &other->quantity[i]);
    }
    free(difference);
    return good ? OK : no_memory(err);
}

static int
tell_batch(struct work *work, size_t first, size_t last, size_t windows, size_t *wrong,
           struct error *err)
{
    struct batch base = {.first = first, .last = last, .windows = windows};
    int status = batch_read(work, 0, &base, err);

    *wrong = 0;

    if (status == OK)
        status = tell_levels(work, 0, &base, err);
    for (size_t k = 1; k < work->results && status == OK; k++) {
        struct batch other = {.first = first, .last = last, .windows = windows};
        *wrong = k;
        status = batch_read(work, k, &other, err);
        if (status == OK)
            status = tell_levels(work, k, &other, err);
        if (status == OK)
            status = tell_changes(work, k, &base, &other, err);
        batch_free(&other);
    }
    batch_free(&base);
    return status;
}

/* Tell all entries that wait, over the first WINDOWS stretches, so many at once as have room. */
static int
tell_waiting(struct work *work, size_t first, size_t last, size_t windows, size_t *wrong,
             struct error *err)
{
    size_t most = 1;
    int status = OK;

    for (size_t k = 0; k < work->results; k++)
        most = work->result[k].replications > most ? work->result[k].replications : most;
    size_t step = MOST_BYTES / (4 * most * windows * sizeof(double)) + 1;
    for (size_t e = first; e < last && status == OK; e += step)
        status = tell_batch(work, e, e + step < last ? e + step : last, windows, wrong, err);
    return status;
}

static int
compare_months(const void *a, const void *b)
{
    const struct entry *one = a, *two = b;

    return !(one->ask.of->times & SHOWN_MONTHS) - !(two->ask.of->times & SHOWN_MONTHS);
}

/* Move entries that were told to the front of FIRST to LAST - 1; how many are not. */
static size_t
put_untold_last(struct work *work, size_t first, size_t last)
{
    size_t told = first;

    for (size_t e = first; e < last; e++)
        if (work->entry[e].told) {
            struct entry swap = work->entry[told];
            work->entry[told++] = work->entry[e];
            work->entry[e] = swap;
        }
    return last - told;
}

/* Those by month first. What no result keeps by month is told by year, if it can be. */
static int
tell_all(struct work *work, size_t *wrong, struct error *err)
{
    const struct stretches *stretches = &work->stretches;
    size_t monthly = 0, years = stretches->years + 1;

    qsort(work->entry, work->entries, sizeof *work->entry, compare_months);
    while (monthly < work->entries && (work->entry[monthly].ask.of->times & SHOWN_MONTHS))
        monthly++;
    int status = tell_waiting(work, 0, monthly, years + stretches->months, wrong, err);
    size_t untold = put_untold_last(work, 0, monthly);
    if (status == OK)
        status = tell_waiting(work, monthly - untold, work->entries, years, wrong, err);
    return status;
}

static int
list_entries(struct work *work, struct error *err)
{
    struct shown_asks asks;
    int status = shown_list(&asks, work->frame, work->results, err);

    work->entry = calloc(asks.count + 1, sizeof *work->entry);
    if (status == OK && work->entry == NULL) {
        no_memory(err);
        status = NO_MEMORY;
    }
    for (size_t i = 0; i < asks.count && status == OK; i++)
        work->entry[work->entries++].ask = asks.ask[i];
    shown_free(&asks);
    return status;
}

/* Each of these is NULL where there is no memory. */
static json_t *
stretches_json(const struct stretches *stretches, enum by by)
{
    json_t *list = json_array();
    bool good = list != NULL;

    for (size_t i = stretch_from(stretches, by); i < stretch_until(stretches, by) && good; i++)
        good = json_array_append_new(list, json_pack("[i, i]", stretches->window[i].from,
                                                     stretches->window[i].until)) == 0;
    return give_if(list, good);
}

static json_t *
days_json(const struct stretches *stretches)
{
    json_t *days = json_object();
    bool good = days != NULL;

    for (enum by by = 0; by < BY && good; by++)
        good = json_object_set_new(days, kinds[by].name, stretches_json(stretches, by)) == 0;
    return give_if(days, good);
}

static json_t *
probabilities_json(void)
{
    json_t *list = json_array();
    bool good = list != NULL;

    for (int q = 0; q < FUTURES_QUANTILES && good; q++)
        good = json_array_append_new(list, json_real(futures_p[q])) == 0;
    return give_if(list, good);
}

static json_t *
finish(struct work *work)
{
    return json_pack("{s:o, s:o, s:O}", "probabilities", probabilities_json(), "days",
                     days_json(&work->stretches), "quantities", work->list);
}

static void
work_free(struct work *work)
{
    for (size_t k = 0; k < work->results && work->result != NULL && work->frame != NULL; k++) {
        free(work->result[k].draw);
        pairing_free(&work->result[k].pairing);
        frame_free(&work->frame[k]);
    }
    free(work->result);
    free(work->frame);
    free(work->stretches.window);
    free(work->entry);
    json_decref(work->list);
}

int
report_numbers(struct store *const *store, size_t stores, json_t **numbers, size_t *wrong,
               struct error *err)
{
    struct work work = {.results = stores, .list = json_array()};
    int status = OK;

    *numbers = NULL;
    *wrong = 0;
    work.result = calloc(stores + 1, sizeof *work.result);
    work.frame = calloc(stores + 1, sizeof *work.frame);
    if (work.result == NULL || work.frame == NULL || work.list == NULL) {
        no_memory(err);
        status = NO_MEMORY;
    }
    for (size_t k = 0; k < stores && status == OK; k++) {
        *wrong = k;
        status = open_result(&work, k, store, err);
    }
    if (status == OK)
        status = make_stretches(&work, err);
    if (status == OK)
        status = list_entries(&work, err);
    if (status == OK)
        status = tell_all(&work, wrong, err);
    if (status == OK && (*numbers = finish(&work)) == NULL)
        status = no_memory(err);
    work_free(&work);
    return status;
}
