#include "text.h"

#include <string.h>
#include <unistr.h>

/* What a file's first bytes say that it is. Longer signatures first. */
static const struct {
    const char *bytes;
    size_t length;
    const char *what;
} signatures[] = {
    {"\xff\xfe\0\0", 4, "UTF-32"},
    {"\0\0\xfe\xff", 4, "UTF-32"},
    {"\xff\xfe", 2, "UTF-16"},
    {"\xfe\xff", 2, "UTF-16"},
    {"PK\x03\x04", 4, "a spreadsheet or an archive"},
    {"\xd0\xcf\x11\xe0", 4, "a spreadsheet"},
};

#define MARK        "\xef\xbb\xbf" /* the byte order mark in UTF-8 */
#define MARK_LENGTH 3

/* The first four bytes of a text that begins with two ASCII characters: which of them are zero
 * (RFC 4627, section 3). */
static const struct {
    bool zero[4];
    const char *what;
} patterns[] = {
    {{false, true, false, true}, "UTF-16"},
    {{true, false, true, false}, "UTF-16"},
    {{false, true, true, true}, "UTF-32"},
    {{true, true, true, false}, "UTF-32"},
};

static const char *
other_encoding(const char *text, size_t size)
{
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
        if (size >= signatures[i].length &&
            memcmp(text, signatures[i].bytes, signatures[i].length) == 0)
            return signatures[i].what;
    for (size_t i = 0; size >= 4 && i < sizeof patterns / sizeof *patterns; i++) {
        bool fits = true;
        for (int byte = 0; byte < 4; byte++)
            fits &= (text[byte] == '\0') == patterns[i].zero[byte];
        if (fits)
            return patterns[i].what;
    }
    return NULL;
}

/* What a text from a page or a PDF brings along and nobody sees: a soft hyphen, a space of no
 * width, line and paragraph ends of its own, turns of direction, joiners of words. */
static bool
is_invisible(ucs4_t c)
{
    return c == 0xad || c == 0x200b || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f);
}

/* The characters that YAML 1.1 allows (section 5.1), without the mark inside a text, the other ends
 * of a line (U+0085, U+2028) and without
 * those that make two names that look the same differ. */
static bool
is_printable(ucs4_t c)
{
    if (is_invisible(c))
        return false;
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0x7e) ||
           (c >= 0xa0 && c <= 0xd7ff) || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff) ||
           c >= 0x10000;
}

int
text_begin(struct faults *faults, const char *file, const char *bytes, size_t size)
{
    const uint8_t *text = (const uint8_t *)bytes;
    const char *other = other_encoding(bytes, size);
    size_t at = size >= MARK_LENGTH && memcmp(text, MARK, MARK_LENGTH) == 0 ? MARK_LENGTH : 0;
    int begin = (int)at, line = 1, column = 1, length;
    ucs4_t c;

    if (other != NULL) {
        faults_add(faults, (struct position){file, 1, 1}, NULL,
                   "this is %s; save it as a text in UTF-8", other);
        return -1;
    }
    for (; at < size; at += (size_t)length) {
        length = u8_mbtoucr(&c, text + at, size - at);
        if (length < 1) {
            faults_add(faults, (struct position){file, line, column}, NULL,
                       "byte 0x%02x is not UTF-8; save the file as UTF-8", text[at]);
            return -1;
        }
        if (!is_printable(c)) {
            faults_add(faults, (struct position){file, line, column}, NULL,
                       "character U+%04X does not belong in a text; take it out", (unsigned)c);
            return -1;
        }
        bool ends = c == '\n' || (c == '\r' && text[at + 1] != '\n'); /* a zero follows the text */
        line += ends;
        column = ends ? 1 : column + 1;
    }
    return begin;
}

bool
text_has_control(const char *text, size_t length)
{
    ucs4_t c;
    int step;

    for (size_t at = 0; at < length; at += (size_t)step) {
        step = u8_mbtoucr(&c, (const uint8_t *)text + at, length - at);
        if (step < 1 || !is_printable(c))
            return true;
    }
    return false;
}
