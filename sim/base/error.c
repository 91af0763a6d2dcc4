#include "error.h"

#include <stdarg.h>
#include <stdio.h>

#undef error_set

int
error_set(struct error *err, int code, const char *format, ...)
{
    if (err != NULL) {
        va_list values;
        err->code = code;
        va_start(values, format);
        vsnprintf(err->message, sizeof err->message, format, values);
        va_end(values);
    }
    return code;
}
