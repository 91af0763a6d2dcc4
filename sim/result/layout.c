#include "layout.h"

#include <string.h>

double *
layout_doubles(enum layout_type type, void *values, size_t count)
{
    char *kept = values;

    for (size_t i = count; type != LAYOUT_REAL && i-- > 0;) {
        float narrow;
        int64_t whole;
        memcpy(&narrow, kept + i * sizeof narrow, sizeof narrow);
        memcpy(&whole, kept + i * sizeof whole, sizeof whole);
        double value = type == LAYOUT_FLOAT ? (double)narrow : (double)whole;
        memcpy(kept + i * sizeof value, &value, sizeof value);
    }
    return values;
}
