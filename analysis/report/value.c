#include "value.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

json_t *
value_json(double value, int decimals)
{
    double power = pow(10, decimals), whole = round(value * power);

    if (!isfinite(whole))
        return json_null();
    return json_real(fabs(whole) > 0 ? whole / power : 0);
}

json_t *
value_text(const char *text)
{
    char *copy = strdup(text != NULL ? text : "");
    const uint8_t *wrong;
    size_t size = copy != NULL ? strlen(copy) : 0;

    while (copy != NULL && (wrong = u8_check((uint8_t *)copy, size)) != NULL)
        copy[wrong - (uint8_t *)copy] = '?';
    json_t *string = copy != NULL ? json_stringn(copy, size) : NULL;
    free(copy);
    return string;
}
