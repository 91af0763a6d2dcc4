#include "lines.h"

#include "sim/base/array.h"

#include <stdarg.h>
#include <stdio.h>

void
lines_put(struct lines *lines, const char *format, ...)
{
    va_list values, again;

    va_start(values, format);
    va_copy(again, values);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0 || !array_room(lines->text, lines->room, lines->size + (size_t)length + 1))
        lines->lost = true;
    else
        lines->size +=
            (size_t)vsnprintf(lines->text + lines->size, (size_t)length + 1, format, values);
    va_end(values);
}
