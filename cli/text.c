#include "text.h"

#include <locale.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

/* The C library's knowledge of UTF-8, whatever the user's language is. */
static locale_t
utf8_locale(void)
{
    static locale_t utf8;

    if (utf8 == (locale_t)0)
        utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    return utf8;
}

/* The character that TEXT begins with: its bytes, and its columns; -1: not to be printed. */
static size_t
next_character(const char *text, int *columns)
{
    mbstate_t state = {0};
    wchar_t wide;
    size_t bytes = mbrtowc(&wide, text, strlen(text), &state);

    *columns = -1;
    if (bytes == 0 || bytes > strlen(text))
        return 1;
    if (iswprint((wint_t)wide))
        *columns = wcwidth(wide);
    bool accent = wide >= 0x300 && wide <= 0x36f;    /* written over the letter before */
    bool variant = wide >= 0xfe00 && wide <= 0xfe0f; /* which form the sign before has */
    if (*columns == 0 && !accent && !variant)
        *columns = -1;
    return bytes;
}

const char *
text_safe(const char *text, size_t width, char *out, size_t size)
{
    locale_t utf8 = utf8_locale(), before = utf8 != (locale_t)0 ? uselocale(utf8) : (locale_t)0;
    size_t used = 0, taken = 0, cut_at = 0;
    bool cut = false;

    while (*text != '\0' && !cut) {
        char piece[40] = "";
        int columns;
        size_t bytes = next_character(text, &columns), length = 0;
        if (columns >= 0)
            length = (size_t)snprintf(piece, sizeof piece, "%.*s", (int)bytes, text);
        for (size_t i = 0; columns < 0 && i < bytes; i++)
            length += (size_t)snprintf(piece + length, sizeof piece - length, "\\x%02x",
                                       (unsigned char)text[i]);
        size_t wide = columns >= 0 ? (size_t)columns : length;
        cut = used + length + 3 > size || (width > 0 && taken + wide > width);
        if (cut)
            break;
        memcpy(out + used, piece, length);
        used += length;
        taken += wide;
        if (width == 0 || taken + 2 <= width)
            cut_at = used;
        text += bytes;
    }
    out[used] = '\0';
    if (cut)
        memcpy(out + cut_at, "..", 3);
    if (before != (locale_t)0)
        uselocale(before);
    return out;
}

size_t
text_columns(const char *safe)
{
    locale_t utf8 = utf8_locale(), before = utf8 != (locale_t)0 ? uselocale(utf8) : (locale_t)0;
    size_t sum = 0;

    while (*safe != '\0') {
        int columns;
        safe += next_character(safe, &columns);
        sum += columns > 0 ? (size_t)columns : 0;
    }
    if (before != (locale_t)0)
        uselocale(before);
    return sum;
}

void
text_cell(FILE *to, const char *text, int width)
{
    char safe[1024];
    size_t room = (size_t)(width < 0 ? -width : width);

    text_safe(text, room, safe, sizeof safe);
    int fill = (int)(room - text_columns(safe));
    fprintf(to, "%*s%s%*s", width < 0 ? fill : 0, "", safe, width < 0 ? 0 : fill, "");
}

#define WORD 512

/* The first word of TEXT, made safe, or as much of it as ROOM columns hold; its bytes in TEXT. */
static size_t
next_word(const char *text, size_t room, char safe[4 * WORD], size_t *columns)
{
    size_t length = strcspn(text, " ");
    char word[WORD];

    length = length < sizeof word ? length : sizeof word - 1;
    for (;; length--) {
        bool whole = ((unsigned char)text[length] & 0xc0) != 0x80; /* no character is cut */
        snprintf(word, sizeof word, "%.*s", (int)length, text);
        *columns = text_columns(text_safe(word, 0, safe, 4 * WORD));
        if (length <= 1 || (whole && *columns <= room))
            return length;
    }
}

void
text_wrap(FILE *to, const char *text, size_t column, size_t indent)
{
    bool first = true;

    for (;;) {
        char safe[4 * WORD];
        size_t columns;
        text += strspn(text, " ");
        size_t length = next_word(text, TERMINAL_WIDTH - indent, safe, &columns);
        if (length == 0)
            break;
        if (!first && column + 1 + columns > TERMINAL_WIDTH) {
            fprintf(to, "\n%*s", (int)indent, "");
            column = indent;
            first = true;
        }
        fprintf(to, "%s%s", first ? "" : " ", safe);
        column += columns + !first;
        first = false;
        text += length;
    }
    fprintf(to, "\n");
}

int
number_decimals(double largest)
{
    return largest >= 1000                   ? 0
           : largest >= 100                  ? 1
           : largest >= 1                    ? 2
           : largest >= 0.01 || largest == 0 ? 3
                                             : NUMBER_POWERS;
}

/* 1.23e-5, not 1.23e-05. */
static const char *
power_text(double value, size_t width, char out[NUMBER_TEXT])
{
    for (int digits = 3; digits >= 0; digits--) {
        snprintf(out, NUMBER_TEXT, "%.*e", digits, value);
        char *power = strchr(out, 'e');
        if (power != NULL)
            snprintf(power, NUMBER_TEXT - (size_t)(power - out), "e%d", atoi(power + 1));
        if (strlen(out) <= width)
            break;
    }
    return out;
}

const char *
number_text(double value, int decimals, size_t width, char out[NUMBER_TEXT])
{
    if (isnan(value)) {
        snprintf(out, NUMBER_TEXT, "-");
        return out;
    }
    for (int d = value == 0 ? 0 : decimals; d >= 0; d--) {
        int length = snprintf(out, NUMBER_TEXT, "%.*f", d, value);
        if (length > 0 && (size_t)length <= width && length < NUMBER_TEXT) {
            if (strspn(out, "-0.") == strlen(out)) /* -0.00 too */
                snprintf(out, NUMBER_TEXT, "0");
            return out;
        }
    }
    return power_text(value, width, out);
}
