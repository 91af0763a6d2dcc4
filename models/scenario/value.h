#ifndef MODELS_SCENARIO_VALUE_H
#define MODELS_SCENARIO_VALUE_H
/* Texts to values, one function a type. Each returns false when TEXT is not one; ranges are checked
 * by the reader. Units: d, h, min, wk (7 d), mo (30.4375 d), y (365.25 d). */

#include <stdbool.h>
#include <stdint.h>

/* Calendar time: so many months and so many days. */
struct span {
    int32_t months, days;
};

bool value_number(const char *text, double *value);
/* Digits alone, with - before them at most; all that is beyond VALUE_MOST_WHOLE, either way, is it:
 * above every range. */
#define VALUE_MOST_WHOLE 1000000000000000000
bool value_whole(const char *text, int64_t *value);
/* The same as a double. */
bool value_count(const char *text, double *value);
bool value_share(const char *text, double *share);
bool value_duration(const char *text, double *days);
/* A duration that is whole months (mo, y) or whole days (the other units). */
bool value_span(const char *text, struct span *span);
bool value_rate(const char *text, double *per_day);
bool value_yes_no(const char *text, bool *yes);

#endif
