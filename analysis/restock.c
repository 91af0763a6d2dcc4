#include "restock.h"

#include "stock_inside.h"
#include "stock_phases.h"

#include <stdlib.h>

/* All rows: those of the stock in their order, then the new ones. */
static int
list_rows(struct restock *r, const struct stock_table *t, struct error *err)
{
    int error = OK;

    for (size_t i = 0; i < t->rows && error == OK; i++) {
        const struct stock_object *row = &t->stock[i];
        error = stock_table_row(&r->row, &r->rows, &r->row_room,
                                (struct restock_row){row, row->status, row->class, row->phase,
                                                     row->region, row->facility, t->share[i]},
                                err);
    }
    for (size_t i = 0; i < t->extras && error == OK; i++)
        error = stock_table_row(&r->row, &r->rows, &r->row_room, t->extra[i], err);
    return error;
}

/* All of the stock; whatever is wrong with the counts is said, inside and outside. */
static int
scale_all(struct stock_table *t, struct faults *faults, struct error *err)
{
    int inside = stock_inside_scale(t, faults, err);

    if (inside != OK && inside != BAD_INPUT)
        return inside;
    int phases = stock_phases_scale(t, faults, err);
    return phases != OK ? phases : inside;
}

int
restock_make(struct restock *restock, struct scenario *scenario, const struct counts *counts,
             struct lines *notes, struct faults *faults, struct error *err)
{
    struct stock_table table;
    int error = stock_table_begin(&table, scenario, counts, notes, err);

    *restock = (struct restock){.row = NULL};
    if (error == OK)
        error = scale_all(&table, faults, err);
    if (error == OK)
        error = stock_phases_sum(&table, err);
    if (error == OK)
        error = list_rows(restock, &table, err);
    restock->sum = table.sum;
    restock->sums = table.sums;
    stock_table_free(&table);
    return error;
}

void
restock_free(struct restock *restock)
{
    free(restock->row);
    free(restock->sum);
}
