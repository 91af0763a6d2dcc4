#include "read_histogram.h"

#include <math.h>
#include <string.h>

enum column { COLUMN_VALUE, COLUMN_FROM, COLUMN_TO, COLUMN_SHARE, COLUMN_COUNT, COLUMNS };
static const char *const columns[] = {"value", "from", "to", "share", "count", NULL};

#define BIT(column) (1u << COLUMN_##column)

/* What a row may say. */
static const unsigned forms[] = {BIT(VALUE) | BIT(SHARE), BIT(VALUE) | BIT(COUNT),
                                 BIT(FROM) | BIT(TO) | BIT(SHARE),
                                 BIT(FROM) | BIT(TO) | BIT(COUNT)};

struct row {
    double number[COLUMNS];
    unsigned given; /* bits of columns */
};

bool
read_parameter(const struct reading *r, const struct node *node, const char *name, double *value)
{
    bool plain = r->field->plain || strcmp(name, "cv") == 0;
    enum field_type type = plain             ? FIELD_SHARE
                           : r->field->rates ? FIELD_RATE_STEPS
                                             : FIELD_DURATION;

    return reading_number(r, node, type, 0, 1e9, value);
}

static bool
read_cell(const struct reading *r, const struct node *node, int column, double *value)
{
    if (column == COLUMN_SHARE)
        return reading_number(r, node, FIELD_SHARE, 0, 1, value);
    if (column == COLUMN_COUNT)
        return reading_number(r, node, FIELD_WHOLE, 0, 1e12, value);
    return read_parameter(r, node, columns[column], value);
}

static bool
is_form(unsigned given)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (given == forms[i])
            return true;
    return false;
}

/* One row; all say the same columns as the FIRST. */
static bool
read_row(const struct reading *r, const struct node *node, const struct row *first, struct row *row)
{
    bool good = true;

    *row = (struct row){.given = 0};
    if (node->kind != NODE_MAP) {
        reading_refuse(r, node, "{value: , count: } or {from: , to: , count: }");
        return false;
    }
    for (size_t i = 0; i < node->count; i++) {
        int column = reading_word(r, node->key[i], columns);
        if (column < 0)
            return false;
        row->given |= 1u << column;
        good &= read_cell(r, node->child[i], column, &row->number[column]);
    }
    if (good && !is_form(row->given)) {
        faults_add(r->tree->faults, node_at(node), r->path,
                   "a row says value, or from and to; and share or count");
        good = false;
    } else if (good && is_form(first->given) && row->given != first->given) {
        faults_add(r->tree->faults, node_at(node), r->path,
                   "says other columns than the first row");
        good = false;
    }
    if (good && (row->given & BIT(TO)) && row->number[COLUMN_TO] <= row->number[COLUMN_FROM]) {
        faults_add(r->tree->faults, node_at(node), r->path, "to must be above from");
        good = false;
    }
    return good;
}

/* The part that ROW is, of the weight SHARE. */
static bool
make_part(const struct reading *r, const struct node *node, const struct row *row, double share,
          struct distribution_part *part)
{
    bool range = (row->given & BIT(TO)) != 0;
    struct error err = {0};

    part->weight = share;
    if (distribution_make(&part->of, range ? DIST_UNIFORM : DIST_FIXED,
                          &row->number[range ? COLUMN_FROM : COLUMN_VALUE], &err) == OK)
        return true;
    faults_add(r->tree->faults, node_at(node), r->path, "%s", err.message);
    return false;
}

/* What all rows say together: counts of any sum, shares of 1. */
static bool
sum_is_good(const struct reading *r, const struct node *node, const struct row *first, double sum)
{
    if ((first->given & BIT(SHARE)) && fabs(sum - 1) > 1e-9)
        faults_add(r->tree->faults, node_at(node), r->path,
                   "shares must sum to 1, these sum to %.10g; give counts where shares are rounded",
                   sum);
    else if (sum <= 0)
        faults_add(r->tree->faults, node_at(node), r->path, "all counts are 0");
    else
        return true;
    return false;
}

bool
read_histogram(const struct reading *r, const struct node *node, struct distribution *dist)
{
    struct row *rows = reading_room(r, node, node->count, sizeof *rows);
    double sum = 0;
    bool good = true;

    dist->part = reading_room(r, node, node->count, sizeof *dist->part);
    dist->count = node->count;
    if (rows == NULL || dist->part == NULL)
        return false;
    for (size_t i = 0; i < node->count; i++) {
        good &= read_row(r, node->child[i], &rows[0], &rows[i]);
        sum += rows[i].number[COLUMN_SHARE] + rows[i].number[COLUMN_COUNT];
    }
    if (!good || !sum_is_good(r, node, &rows[0], sum))
        return false;
    for (size_t i = 0; i < node->count; i++) {
        double share = (rows[i].number[COLUMN_SHARE] + rows[i].number[COLUMN_COUNT]) / sum;
        good &= make_part(r, node->child[i], &rows[i], share, &dist->part[i]);
    }
    return good;
}
