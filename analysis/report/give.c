#include "give.h"

#include "models/scenario/scenario.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#define REPLACEMENT "\xEF\xBF\xBD"

/* A copy of TEXT, each byte that begins no character replaced; NULL: no memory. */
static char *
repaired(const char *text)
{
    size_t left = strlen(text);
    char *copy = malloc(3 * left + 1), *to = copy;

    while (copy != NULL && left > 0) {
        ucs4_t character;
        int size = u8_mbtoucr(&character, (const uint8_t *)text, left);
        size_t taken = size > 0 ? (size_t)size : 1;
        const char *from = size > 0 ? text : REPLACEMENT;
        size_t put = size > 0 ? taken : strlen(REPLACEMENT);
        memcpy(to, from, put);
        to += put;
        text += taken;
        left -= taken;
    }
    if (copy != NULL)
        *to = '\0';
    return copy;
}

json_t *
give_text(const char *text)
{
    if (text == NULL)
        return json_null();
    json_t *given = json_string(text);
    if (given != NULL)
        return given;
    char *copy = repaired(text);
    given = copy != NULL ? json_string(copy) : NULL;
    free(copy);
    return given;
}

json_t *
give_number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

json_t *
give_rounded(double value, int decimals)
{
    double power = pow(10, decimals), whole = round(value * power);

    return give_number(fabs(whole) > 0 ? whole / power : fabs(whole));
}

json_t *
give_if(json_t *json, bool good)
{
    if (good)
        return json;
    json_decref(json);
    return NULL;
}

json_t *
give_day(int32_t day)
{
    return day == NO_DATE ? json_null() : json_integer(day);
}
