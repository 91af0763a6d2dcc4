#include "scale.h"

#include "models/scenario/value.h"

static const struct scale scales[FIELD_TYPES] = {
    [FIELD_WHOLE] = {value_count, ""},
    [FIELD_NUMBER] = {value_number, ""},
    [FIELD_SHARE] = {value_share, ""},
    [FIELD_DURATION] = {value_duration, " d"},
    [FIELD_SPAN] = {value_duration, " d"},
    [FIELD_DATE] = {value_duration, " d"}, /* that it is moved by */
    [FIELD_NUMBERS] = {value_number, ""},
    [FIELD_SHARES] = {value_share, ""},
    [FIELD_FRACTIONS] = {value_share, ""},
    [FIELD_ANY] = {value_share, ""},
    [FIELD_COUNT_STEPS] = {value_count, ""},
    [FIELD_STEPS] = {value_number, ""},
    [FIELD_SHARE_STEPS] = {value_share, ""},
    [FIELD_RATE_STEPS] = {value_rate, " / d"},
    [FIELD_DISTRIBUTION] = {value_duration, " d"},
};

const struct scale *
scale_of_type(enum field_type type)
{
    return scales[type].parse != NULL ? &scales[type] : NULL;
}

const struct scale *
scale_of(const struct field *field)
{
    if (field->type == FIELD_DISTRIBUTION && (field->plain || field->rates))
        return scale_of_type(field->plain ? FIELD_SHARE : FIELD_RATE_STEPS);
    return scale_of_type(field->type);
}
