#include "assumed.h"

#include "give.h"

#include "analysis/sources.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define EFFECT_DECIMALS 4

/* The partial rank correlation of DRAW (NULL: none); NaN where it is not told. */
static double
effect_of(const struct ranked *ranked, const char *draw)
{
    if (ranked == NULL || !ranked->told || draw == NULL)
        return NAN;
    for (size_t i = 0; i < ranked->count; i++)
        if (!ranked->field[i].drift && strcmp(ranked->field[i].name, draw) == 0)
            return ranked->field[i].rank.partial;
    return NAN;
}

/* NULL: no memory. */
static json_t *
row_json(const struct tree *tree, const struct number_row *row, const struct ranked *ranked)
{
    char *value = sources_value(row);
    json_t *object =
        value == NULL
            ? NULL
            : json_pack("{s:o, s:o, s:s, s:o, s:b, s:o}", "path", give_text(row->path), "value",
                        give_text(value), "grade", sources_grade[row->grade], "source",
                        give_text(row->text != NULL ? row->text : ""), "drawn", (int)row->drawn,
                        "effect",
                        give_rounded(effect_of(ranked, sources_draw(tree, row)), EFFECT_DECIMALS));

    free(value);
    return object;
}

int
report_assumed(struct within *within, const struct ranked *ranked, json_t **list, struct error *err)
{
    struct tree *tree = &within->scenario.tree;
    struct number_rows numbers;
    bool good = numbers_list(tree, &numbers) == OK;

    *list = good ? json_array() : NULL;
    good &= *list != NULL;
    for (size_t i = 0; good && i < numbers.count; i++) {
        const struct number_row *row = &numbers.row[i];
        if (row->below == 0 && !row->chosen)
            good = json_array_append_new(*list, row_json(tree, row, ranked)) == 0;
    }
    if (good)
        return OK;
    json_decref(*list);
    *list = NULL;
    return error_set(err, NO_MEMORY, "no memory for what is assumed");
}
