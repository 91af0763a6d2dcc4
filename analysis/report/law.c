#include "law.h"

#include "give.h"

#include "analysis/erlang.h"
#include "analysis/frame.h"
#include "analysis/quantity.h"
#include "analysis/window.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const double stay_days[] = {60, 120, 180, 365};
static const double gap_days[] = {0, 7, 14, 30, 60};
static const double loads[] = {0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5};
static const double pools[] = {1, 2, 5, 10};

#define PLACES           30
#define PERCENT_DECIMALS 2
#define DAYS_DECIMALS    1
#define LOAD_DECIMALS    1

static int
no_memory(struct error *err)
{
    error_set(err, NO_MEMORY, "no memory for the law of small houses");
    return NO_MEMORY;
}

/* Each of these is NULL where there is no memory. */
static json_t *
numbers_json(const double *number, size_t count, int decimals)
{
    json_t *list = json_array();
    bool good = list != NULL;

    for (size_t i = 0; i < count && good; i++)
        good = json_array_append_new(list, give_rounded(number[i], decimals)) == 0;
    return give_if(list, good);
}

static json_t *
occupancy_json(void)
{
    json_t *table = json_array();
    bool good = table != NULL;

    for (size_t s = 0; s < COUNT(stay_days) && good; s++) {
        double row[COUNT(gap_days)];
        for (size_t g = 0; g < COUNT(gap_days); g++)
            row[g] = 100 * erlang_lived_in(stay_days[s], gap_days[g]);
        good =
            json_array_append_new(table, numbers_json(row, COUNT(gap_days), PERCENT_DECIMALS)) == 0;
    }
    return give_if(table, good);
}

static json_t *
refused_json(void)
{
    json_t *table = json_array();
    bool good = table != NULL;

    for (size_t l = 0; l < COUNT(loads) && good; l++) {
        double row[COUNT(pools)];
        for (size_t p = 0; p < COUNT(pools); p++) {
            double places = PLACES * pools[p];
            row[p] = 100 * erlang_refused((int)places, loads[l] * places);
        }
        good = json_array_append_new(table, numbers_json(row, COUNT(pools), PERCENT_DECIMALS)) == 0;
    }
    return give_if(table, good);
}

/* Asked of a region, or of all: days empty for each move, and per cent of place-days lost. */
enum asked { GAP, LOSS, ASKED };
static const char *const asked_name[ASKED] = {[GAP] = "handoff_gap", [LOSS] = "handoff_loss"};

struct seen {
    struct frame frame;
    struct window whole;
    struct quantity *quantity; /* [places][ASKED]: all, then each region */
    const char **region;       /* [places]; NULL: all */
    size_t places, replications;
    double *value; /* [places][ASKED][replications] */
};

/* Ask it of REGION (NULL: all); nothing where the result does not keep what it is made of. */
static int
ask(struct seen *seen, const char *region, struct error *err)
{
    int status = OK;
    size_t asked = 0;
    struct quantity *quantity = seen->quantity + seen->places * ASKED;

    for (; asked < ASKED && status == OK; asked++) {
        const struct quantity_name name = {asked_name[asked], &region, region != NULL, NULL};
        status = quantity_create(&quantity[asked], &seen->frame, &name, &seen->whole, 1, err);
    }
    if (status == OK) {
        seen->region[seen->places++] = region;
        return OK;
    }
    while (asked > 0)
        quantity_free(&quantity[--asked]);
    return status == BAD_INPUT ? OK : status;
}

static int
ask_all(struct seen *seen, struct error *err)
{
    const struct store_axis *regions = frame_axis(&seen->frame, "vacating", "region");
    size_t most = 1 + (regions != NULL ? regions->size : 0);

    seen->quantity = calloc(most * ASKED, sizeof *seen->quantity);
    seen->region = calloc(most, sizeof *seen->region);
    seen->value = calloc(most * ASKED * seen->replications + 1, sizeof *seen->value);
    if (seen->quantity == NULL || seen->region == NULL || seen->value == NULL)
        return no_memory(err);
    int status = ask(seen, NULL, err);
    for (size_t i = 0; regions != NULL && i < regions->size && status == OK; i++)
        status = ask(seen, regions->label[i], err);
    return status;
}

/* The mean over futures of days a stay and days a gap of place P: of GAP days for each move, LOSS
 * is the share of gap / (stay + gap). A future without a move, or without a gap, does not tell. */
static void
take_means(const struct seen *seen, size_t p, double *stay, double *gap)
{
    const double *value = seen->value + p * ASKED * seen->replications;
    double told = 0;

    *stay = *gap = 0;
    for (size_t r = 0; r < seen->replications; r++) {
        double days = value[GAP * seen->replications + r];
        double lost = value[LOSS * seen->replications + r] / 100;
        if (!(days > 0 && lost > 0))
            continue;
        *stay += days * (1 - lost) / lost;
        *gap += days;
        told++;
    }
    *stay = told > 0 ? *stay / told : (double)NAN;
    *gap = told > 0 ? *gap / told : (double)NAN;
}

static int
put_seen(const struct seen *seen, size_t scenario, json_t *list, struct error *err)
{
    for (size_t p = 0; p < seen->places; p++) {
        double stay, gap;
        take_means(seen, p, &stay, &gap);
        if (isnan(stay))
            continue;
        json_t *region = give_text(seen->region[p]);
        json_t *row =
            json_pack("{s:i, s:o, s:o, s:o}", "scenario", (int)scenario, "region", region, "stay",
                      give_rounded(stay, DAYS_DECIMALS), "gap", give_rounded(gap, DAYS_DECIMALS));
        if (json_array_append_new(list, row) != 0)
            return no_memory(err);
    }
    return OK;
}

/* What STORE, number SCENARIO, shows of its houses, into LIST. */
static int
see(const struct store *store, size_t scenario, json_t *list, struct error *err)
{
    struct seen seen = {.replications = store_replications(store)};
    int status = frame_of_store(&seen.frame, store, err);

    seen.whole = (struct window){seen.frame.from, seen.frame.until};
    if (status == OK)
        status = ask_all(&seen, err);
    if (status == OK)
        status = quantities_read(store, seen.quantity, seen.places * ASKED, NULL, seen.replications,
                                 seen.value, err);
    if (status == OK)
        status = put_seen(&seen, scenario, list, err);
    for (size_t i = 0; i < seen.places * ASKED; i++)
        quantity_free(&seen.quantity[i]);
    free(seen.quantity);
    free(seen.region);
    free(seen.value);
    frame_free(&seen.frame);
    return status;
}

int
report_law(struct store *const *store, size_t stores, json_t **law, size_t *wrong,
           struct error *err)
{
    json_t *seen = json_array();
    int status = OK;

    *law = NULL;
    *wrong = 0;
    for (size_t k = 0; k < stores && status == OK; k++) {
        *wrong = k;
        status = see(store[k], k, seen, err);
    }
    if (status != OK) {
        json_decref(seen);
        return status;
    }
    *law = json_pack("{s:o, s:o, s:o, s:o, s:i, s:o, s:o, s:o}", "stay_days",
                     numbers_json(stay_days, COUNT(stay_days), DAYS_DECIMALS), "gap_days",
                     numbers_json(gap_days, COUNT(gap_days), DAYS_DECIMALS), "occupancy",
                     occupancy_json(), "pools", numbers_json(pools, COUNT(pools), 0), "places",
                     PLACES, "load", numbers_json(loads, COUNT(loads), LOAD_DECIMALS), "refused",
                     refused_json(), "seen", seen);
    return *law != NULL ? OK : no_memory(err);
}
