#include "sure.h"

#include "give.h"

#include "analysis/frame.h"
#include "analysis/pairing.h"
#include "analysis/quantity.h"
#include "analysis/statistics.h"
#include "analysis/window.h"

#include "sim/engine/calendar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OUTCOME        "floor_sleepers"
#define RANK_DECIMALS  4
#define P_DECIMALS     6
#define SHARE_DECIMALS 3

/* Those of which the spread is taken apart. */
static const char *const spread_names[] = {"floor_sleepers", "density", "people"};

static int
no_memory(struct error *err)
{
    error_set(err, NO_MEMORY, "no memory for how sure the report is");
    return NO_MEMORY;
}

/* The values of an indicator by replication and window, and its unit. */
struct values {
    bool told; /* false: the result has none, and why is in the error */
    double *value;
    const char *unit;
};

static int
read_values(const struct store *store, const struct frame *frame, const char *name,
            const struct window *window, size_t windows, struct values *values, struct error *err)
{
    const struct quantity_name of = {.name = name};
    struct quantity quantity;
    size_t replications = store_replications(store);
    int status = quantity_create(&quantity, frame, &of, window, windows, err);

    *values = (struct values){.told = status == OK};
    if (status == OK) {
        values->unit = quantity.of.unit;
        values->value = calloc(replications * windows + 1, sizeof *values->value);
        status = values->value == NULL
                     ? no_memory(err)
                     : quantities_read(store, &quantity, 1, NULL, replications, values->value, err);
    } else if (status == BAD_INPUT) {
        status = OK;
    }
    quantity_free(&quantity);
    return status;
}

/* The last of all years of FRAME that it has from January to December; all of it: there is none. */
static struct window
last_full_year(const struct frame *frame)
{
    const struct window all = {frame->from, frame->until};
    int year = calendar_date(frame->until).year;
    struct window full = {calendar_day((struct date){year - 1, 1, 1}),
                          calendar_day((struct date){year, 1, 1})};

    return full.from >= frame->from ? full : all;
}

static json_t *
field_json(const struct ranked_field *field)
{
    const struct rank *rank = &field->rank;
    char path[512];

    snprintf(path, sizeof path, field->drift ? "drift[%s]" : "%s", field->name);
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o}", "path", give_text(path), "regression",
        give_rounded(rank->regression, RANK_DECIMALS), "partial",
        give_rounded(rank->partial, RANK_DECIMALS), "low", give_rounded(rank->low, RANK_DECIMALS),
        "high", give_rounded(rank->high, RANK_DECIMALS), "p", give_rounded(rank->p, P_DECIMALS));
}

/* NULL: no memory. */
static json_t *
ranks_json(const struct ranked *ranked, const struct window *window, bool whole, const char *unit)
{
    char time[WINDOW_TEXT], outcome[128];
    json_t *rows = json_array();
    bool good = rows != NULL;

    if (whole)
        snprintf(outcome, sizeof outcome, "mean(" OUTCOME ")");
    else
        snprintf(outcome, sizeof outcome, "mean(" OUTCOME ", %s)", window_write(window, time));
    for (size_t i = 0; i < ranked->count && good; i++)
        if (!isnan(ranked->field[i].rank.partial))
            good = json_array_append_new(rows, field_json(&ranked->field[i])) == 0;
    if (good)
        return json_pack("{s:s, s:s, s:o, s:o}", "outcome", outcome, "unit", unit, "explained",
                         give_rounded(ranked->explained, RANK_DECIMALS), "rows", rows);
    json_decref(rows);
    return NULL;
}

int
report_ranks(const struct store *store, struct ranked *ranked, json_t **ranks, struct error *err)
{
    struct frame frame;
    struct values outcome = {0};
    struct window window = {0};
    int status = frame_of_store(&frame, store, err);

    *ranks = NULL;
    *ranked = (struct ranked){0};
    if (status == OK) {
        window = last_full_year(&frame);
        status = read_values(store, &frame, OUTCOME, &window, 1, &outcome, err);
    }
    if (status == OK && outcome.told)
        status = ranked_make(ranked, store, outcome.value, window.until, err);
    bool whole = window.from == frame.from && window.until == frame.until;
    if (status == OK) {
        *ranks = ranked->told ? ranks_json(ranked, &window, whole, outcome.unit) : json_null();
        status = *ranks != NULL ? OK : no_memory(err);
    }
    free(outcome.value);
    frame_free(&frame);
    return status;
}

/* What the spread of an indicator is taken apart with. */
struct spread {
    const struct store *store;
    struct frame frame;
    uint64_t *draw; /* [count]; NULL: each future is of its own */
    size_t count, draws;
    struct window *year; /* [years] */
    size_t years;
    double *one, *work; /* [count] each */
};

static int
open_spread(struct spread *spread, const struct store *store, struct error *err)
{
    *spread = (struct spread){.store = store, .count = store_replications(store)};
    int status = frame_of_store(&spread->frame, store, err);

    if (status == OK)
        status = pairing_draws(store, NULL, spread->count, &spread->draw, &spread->draws, err);
    if (status != OK)
        return status;
    const struct window all = {spread->frame.from, spread->frame.until};
    spread->years = (size_t)window_years(&all, NULL);
    spread->year = calloc(spread->years + 1, sizeof *spread->year);
    spread->one = calloc(2 * spread->count + 1, sizeof *spread->one);
    if (spread->year == NULL || spread->one == NULL)
        return no_memory(err);
    spread->work = spread->one + spread->count;
    window_years(&all, spread->year);
    return OK;
}

static void
close_spread(struct spread *spread)
{
    free(spread->draw);
    free(spread->year);
    free(spread->one);
    frame_free(&spread->frame);
}

/* The shares of the draws in a variance, year by year, each with its interval. */
struct shares {
    json_t *share, *low, *high;
};

/* Of the variance of VALUE [count][years]; false: no memory. */
static bool
take_shares(const struct spread *spread, const double *value, struct shares *shares, bool *any)
{
    bool good = true;

    for (size_t y = 0; y < spread->years && good; y++) {
        for (size_t r = 0; r < spread->count; r++)
            spread->one[r] = value[r * spread->years + y];
        struct variance_parts parts =
            variance_take_apart(spread->one, spread->count, spread->draw, spread->work);
        *any |= isfinite(parts.share) != 0;
        good =
            json_array_append_new(shares->share, give_rounded(parts.share, SHARE_DECIMALS)) == 0 &&
            json_array_append_new(shares->low, give_rounded(parts.low, SHARE_DECIMALS)) == 0 &&
            json_array_append_new(shares->high, give_rounded(parts.high, SHARE_DECIMALS)) == 0;
    }
    return good;
}

/* Add what is told of NAME to LIST; nothing where no year tells. */
static int
add_spread(const struct spread *spread, const char *name, json_t *list, struct error *err)
{
    struct values values;
    bool any = false;
    int status =
        read_values(spread->store, &spread->frame, name, spread->year, spread->years, &values, err);

    if (status == OK && values.told) {
        struct shares shares = {json_array(), json_array(), json_array()};
        bool good = take_shares(spread, values.value, &shares, &any);
        json_t *row = json_pack("{s:s, s:s, s:o, s:o, s:o}", "name", name, "by", "year", "share",
                                shares.share, "low", shares.low, "high", shares.high);
        if (!good || row == NULL || (any && json_array_append(list, row) != 0))
            status = no_memory(err);
        json_decref(row);
    }
    free(values.value);
    return status;
}

int
report_variance(const struct store *store, json_t **variance, struct error *err)
{
    struct spread spread;
    json_t *list = json_array();
    int status = open_spread(&spread, store, err);

    for (size_t i = 0; i < sizeof spread_names / sizeof *spread_names; i++)
        if (status == OK && spread.draw != NULL)
            status = add_spread(&spread, spread_names[i], list, err);
    close_spread(&spread);
    *variance = NULL;
    if (status == OK)
        *variance = json_array_size(list) > 0 ? json_incref(list) : json_null();
    json_decref(list);
    return status;
}
