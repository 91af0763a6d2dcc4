#include "range.h"

#include <stdio.h>

/* What a type's range is told in; NULL: it has none. */
static const char *
range_unit(enum field_type type)
{
    static const char *const units[] = {
        [FIELD_WHOLE] = "",       [FIELD_NUMBER] = "",      [FIELD_SHARE] = "",
        [FIELD_STEPS] = "",       [FIELD_SHARE_STEPS] = "", [FIELD_RATE_STEPS] = " / d",
        [FIELD_COUNT_STEPS] = "", [FIELD_DURATION] = " d",  [FIELD_SPAN] = " d",
    };

    return type < sizeof units / sizeof *units ? units[type] : NULL;
}

bool
range_text(const struct field *field, char *text, size_t size)
{
    const char *unit = range_unit(field->type);

    if (field->type == FIELD_NUMBERS && field->entries == 0)
        snprintf(text, size, "numbers, each from 0 to 100");
    else if (field->type == FIELD_NUMBERS)
        snprintf(text, size, "%d numbers, each from 0 to 100", field->entries);
    else if (field->type == FIELD_SHARES || field->type == FIELD_FRACTIONS)
        snprintf(text, size, "each from 0 to 1");
    else if (unit != NULL)
        snprintf(text, size, "%.15g%s to %.15g%s", field->low, unit, field->high, unit);
    else
        return false;
    return true;
}

const char *
range_type_text(const struct field *field)
{
    return field->type == FIELD_DISTRIBUTION && field->plain
               ? "a distribution of plain numbers such as uniform: {low: 0.3, high: 0.8}"
               : field_type_text(field->type);
}
