#include "value.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_DIGITS 18 /* of VALUE_MOST_WHOLE, less the one */

static const struct {
    const char *name;
    double days;
} units[] = {
    {"d", 1}, {"h", 1 / 24.0}, {"min", 1 / 1440.0}, {"wk", 7}, {"mo", 30.4375}, {"y", 365.25},
};

/* The number that TEXT starts with; *REST is what follows it and its spaces. */
static bool
leading_number(const char *text, double *value, const char **rest)
{
    const char *digits = text + (*text == '-' || *text == '+');
    char *end;

    if (!isdigit((unsigned char)*digits) && !(*digits == '.' && isdigit((unsigned char)digits[1])))
        return false;
    if (digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X'))
        return false;
    *value = strtod(text, &end);
    while (*end == ' ')
        end++;
    *rest = end;
    return isfinite(*value);
}

static bool
unit_days(const char *name, double *days)
{
    for (unsigned i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(units[i].name, name) == 0) {
            *days = units[i].days;
            return true;
        }
    return false;
}

bool
value_number(const char *text, double *value)
{
    const char *rest;

    return leading_number(text, value, &rest) && *rest == '\0';
}

bool
value_whole(const char *text, int64_t *value)
{
    const char *digits = text + (*text == '-');
    size_t count = strspn(digits, "0123456789");

    /* 040 is 32 in YAML 1.1; 1.040, 1e3, +40 and -0 are no spelling of a count */
    if (count == 0 || digits[count] != '\0' || (digits[0] == '0' && (count > 1 || digits != text)))
        return false;
    *value = count <= MOST_DIGITS ? strtoll(text, NULL, 10)
             : digits == text     ? VALUE_MOST_WHOLE
                                  : -VALUE_MOST_WHOLE;
    return true;
}

bool
value_count(const char *text, double *value)
{
    int64_t whole;
    bool good = value_whole(text, &whole);

    *value = good ? (double)whole : 0;
    return good;
}

bool
value_share(const char *text, double *share)
{
    const char *rest;

    if (!leading_number(text, share, &rest))
        return false;
    if (strcmp(rest, "%") == 0) {
        *share /= 100;
        return true;
    }
    return *rest == '\0';
}

bool
value_duration(const char *text, double *days)
{
    const char *rest;
    double number, unit;

    if (!leading_number(text, &number, &rest) || !unit_days(rest, &unit))
        return false;
    *days = number * unit;
    return true;
}

bool
value_span(const char *text, struct span *span)
{
    const char *rest;
    double number, unit;

    if (!leading_number(text, &number, &rest) || !unit_days(rest, &unit))
        return false;
    bool year = strcmp(rest, "y") == 0, month = strcmp(rest, "mo") == 0;
    double parts = year ? number * 12 : month ? number : number * unit;
    double whole = nearbyint(parts);
    if (fabs(parts) > 1e6 || fabs(parts - whole) > 1e-6)
        return false;
    *span = (struct span){year || month ? (int32_t)whole : 0, year || month ? 0 : (int32_t)whole};
    return true;
}

bool
value_rate(const char *text, double *per_day)
{
    const char *rest;
    double number, unit;

    if (!leading_number(text, &number, &rest) || *rest++ != '/')
        return false;
    while (*rest == ' ')
        rest++;
    if (!unit_days(rest, &unit))
        return false;
    *per_day = number / unit;
    return true;
}

bool
value_yes_no(const char *text, bool *yes)
{
    *yes = strcmp(text, "yes") == 0 || strcmp(text, "true") == 0;
    return *yes || strcmp(text, "no") == 0 || strcmp(text, "false") == 0;
}
