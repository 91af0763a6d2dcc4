#include "csv.h"

#include <stdlib.h>
#include <string.h>

/* SPECIAL: what a cell between quotes may hold alone. */
static void
write_text(FILE *to, const char *text, const char *special)
{
    const char *mark = text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL ? "'" : "";

    if (strpbrk(text, special) == NULL) {
        fprintf(to, "%s%s", mark, text);
        return;
    }
    fprintf(to, "\"%s", mark);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            fputc('"', to);
        fputc(*text, to);
    }
    fputc('"', to);
}

void
csv_text(FILE *to, const char *text)
{
    write_text(to, text, ",\"\r\n");
}

void
csv_text_comma(FILE *to, const char *text)
{
    write_text(to, text, ";\"\r\n");
}

/* In as many digits as read back as the same number. */
static void
write_number(double value, char text[64])
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, 64, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
}

void
csv_number(FILE *to, double value)
{
    char text[64];

    write_number(value, text);
    fputs(text, to);
}

void
csv_number_comma(FILE *to, double value)
{
    char text[64];

    write_number(value, text);
    char *point = strchr(text, '.');
    if (point != NULL)
        *point = ',';
    fputs(text, to);
}
