#include "compared.h"

#include "give.h"

#include "analysis/compare.h"
#include "analysis/frame.h"

#include <math.h>
#include <stdbool.h>

/* What stands on page one beside the headlines. */
static const struct quantity_name besides[] = {{.name = "returns"}};

static json_t *
base_json(const struct estimate *base)
{
    return json_pack("{s:o, s:o, s:o}", "mean", give_number(base->mean), "low",
                     give_number(base->low), "high", give_number(base->high));
}

static json_t *
other_json(const struct compared *c)
{
    const struct {
        const char *name;
        double value;
    } numbers[] = {
        {"mean", c->other.mean},
        {"difference", c->difference.mean},
        {"low", c->difference.low},
        {"high", c->difference.high},
        {"relative", c->relative},
        {"relative_low", c->relative_low},
        {"relative_high", c->relative_high},
        {"better", c->better},
        {"same", c->same},
        {"p", c->p},
        {"holm", c->holm},
    };
    json_t *other = json_object();
    bool good = other != NULL;

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers && good; i++)
        good = json_object_set_new(other, numbers[i].name, give_number(numbers[i].value)) == 0;
    return give_if(other, good);
}

/* OTHERS of row I, as many as are told of. */
static json_t *
others_json(const struct compare_row *row, size_t others)
{
    json_t *list = json_array();
    bool good = list != NULL;

    for (size_t k = 0; k < others && good; k++)
        good = json_array_append_new(list, other_json(&row->compared[k])) == 0;
    return give_if(list, good);
}

static json_t *
rows_json(const struct comparison *comparison, size_t others)
{
    json_t *list = json_array();
    bool good = list != NULL;

    for (size_t i = 0; i < comparison->rows && good; i++) {
        const struct compare_row *row = &comparison->row[i];
        good = json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:i, s:s, s:o, s:o}", "name",
                                                     row->of.name, "label", row->of.label, "unit",
                                                     row->of.unit, "better", row->of.better, "by",
                                                     "whole", "base", base_json(&row->base),
                                                     "others", others_json(row, others))) == 0;
    }
    return give_if(list, good);
}

static json_t *
prices_json(const struct comparison *comparison, size_t others)
{
    json_t *list = json_array();
    bool good = list != NULL;

    for (size_t k = 0; k < others && good; k++) {
        const struct compare_price *price = &comparison->price[k];
        good = json_array_append_new(list, price->told
                                               ? json_pack("{s:f, s:f, s:f}", "euro", price->euro,
                                                           "low", price->low, "high", price->high)
                                               : json_null()) == 0;
    }
    return give_if(list, good);
}

/* Does every result keep what stands beside the headlines? */
static int
are_kept(struct store *const *store, size_t stores, bool *kept, size_t *wrong, struct error *err)
{
    int status = OK;

    *kept = true;
    for (size_t k = 0; k < stores && status == OK; k++) {
        struct frame frame;
        *wrong = k;
        status = frame_of_store(&frame, store[k], err);
        *kept &= status == OK && frame_keeps(&frame, besides[0].name);
        frame_free(&frame);
    }
    return status;
}

static json_t *
compared_json(const struct comparison *comparison, size_t others)
{
    return json_pack("{s:o, s:o, s:i, s:o, s:o}", "rows", rows_json(comparison, others), "price",
                     prices_json(comparison, others), "futures", (int)comparison->replications,
                     "gain", give_number(others > 0 ? comparison->gain : NAN), "notes",
                     give_text(comparison->notes));
}

/* A result alone is compared with itself, of which only the base is told. */
static int
compare_all(struct store *const *store, size_t stores, const struct compare_asked *asked,
            struct comparison *comparison, size_t *wrong, struct error *err)
{
    bool alone = stores == 1;
    int status = comparison_make(comparison, store[0], alone ? store : store + 1,
                                 alone ? 1 : stores - 1, asked, wrong, err);

    *wrong += !alone; /* there it is counted among the others */
    return status;
}

int
report_compared(struct store *const *store, size_t stores, json_t **compared, size_t *wrong,
                struct error *err)
{
    struct comparison comparison = {0};
    struct compare_asked asked = {.quantity = besides, .headlines = true};
    bool kept;
    int status = are_kept(store, stores, &kept, wrong, err);

    *compared = NULL;
    window_read("all", &asked.window);
    asked.quantities = kept ? 1 : 0;
    if (status == OK)
        status = compare_all(store, stores, &asked, &comparison, wrong, err);
    if (status == OK) {
        *compared = compared_json(&comparison, stores - 1);
        if (*compared == NULL)
            status = error_set(err, NO_MEMORY, "no memory for the comparison");
    }
    comparison_free(&comparison);
    return status;
}
