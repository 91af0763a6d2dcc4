#include "stock.h"

#include "names.h"

#include <stdlib.h>

static void
plan_stock_row(struct plan *plan, struct stock_plan *row, const struct stock_object *object,
               uint32_t listed)
{
    static const char *const status[STATUSES] = {"0", "1", "2"};
    const char *const text[] = {"stock/",
                                status[object->status],
                                "/",
                                object->class,
                                "/",
                                object->phase,
                                "/",
                                object->region,
                                "/",
                                object->facility,
                                object->fresh ? "/fresh" : NULL};
    size_t of_class = 0;
    struct target target = {0};

    *row = (struct stock_plan){.source = names_joined(text, sizeof text / sizeof *text),
                               .facility = plan_facility_index(plan, object->facility),
                               .region = plan_region_index(plan, object->region),
                               .class = NO_CLASS,
                               .phase = NO_PHASE,
                               .count = object->count,
                               .listed = listed,
                               .status = (uint8_t)object->status,
                               .fresh = object->fresh,
                               .spent = object->spent,
                               .left = object->left};
    if (row->facility != NOWHERE)
        row->region = plan->facility[row->facility].region;
    if (object->class == NULL || !scenario_class(plan->scenario, object->class, &of_class))
        return;
    row->class = (uint16_t)of_class;
    if (object->phase != NULL && scenario_target(plan->scenario, of_class, object->phase, &target))
        row->phase = (uint16_t)(plan->class[target.class].first + target.phase);
}

static int
by_source(const void *left, const void *right)
{
    uint64_t a = ((const struct stock_plan *)left)->source;
    uint64_t b = ((const struct stock_plan *)right)->source;

    return (a > b) - (a < b);
}

/* The rows of the stock, in an order that is not that of the list: who comes first to a prison has
 * the first turn there. */
int
plan_stock_create(struct plan *plan, struct error *err)
{
    const struct stock_object *objects = plan->scenario->stock.item;
    size_t rows = plan->scenario->stock.count;

    plan->stock = calloc(rows + 1, sizeof *plan->stock);
    if (plan->stock == NULL)
        return error_set(err, NO_MEMORY, "no memory for the stock");
    plan->stocks = (uint32_t)rows;
    for (size_t i = 0; i < rows; i++)
        plan_stock_row(plan, &plan->stock[i], &objects[i], (uint32_t)i);
    qsort(plan->stock, rows, sizeof *plan->stock, by_source);
    return OK;
}

void
plan_stock_free(struct plan *plan)
{
    free(plan->stock);
}
