#include "faults.h"

#include "sim/base/array.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

/* Characters that cannot be seen, or look like others, and would break or turn a line. */
static const struct {
    ucs4_t first, last;
} hidden[] = {
    {0x00, 0x1f},     {0x7f, 0xa0},     {0xad, 0xad},     {0x300, 0x36f},
    {0x2000, 0x200f}, {0x2028, 0x202f}, {0x205f, 0x206f}, {0x3000, 0x3000},
    {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}, {0xfff0, 0xfffc},
};

static bool
is_hidden(ucs4_t c)
{
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (c >= hidden[i].first && c <= hidden[i].last)
            return true;
    return false;
}

/* TEXT in one line that shows all there is: a hidden character by its number, <U+00A0>; one that
 * was cut is left out. NULL: no memory. */
static char *
visible(const char *text)
{
    size_t size = strlen(text), length = 0;
    char *shown = malloc(8 * size + 1); /* <U+0000> for a byte, at most */
    ucs4_t c;

    for (size_t at = 0; shown != NULL && at < size;) {
        int bytes = u8_mbtoucr(&c, (const uint8_t *)text + at, size - at);
        if (bytes > 0 && is_hidden(c)) {
            length += (size_t)sprintf(shown + length, "<U+%04X>", (unsigned)c);
        } else if (bytes > 0) {
            memcpy(shown + length, text + at, (size_t)bytes);
            length += (size_t)bytes;
        }
        at += bytes > 0 ? (size_t)bytes : 1;
    }
    if (shown != NULL)
        shown[length] = '\0';
    return shown;
}

/* With no memory for a fault the count still rises, so a bad file is never taken for a good one. */
static void
add(struct faults *faults, struct position at, bool warning, const char *path, const char *format,
    va_list values)
{
    char text[1024];
    int length = 0;

    if (faults->count >= FAULTS_MOST) {
        faults->left_out += !warning;
        faults->errors += !warning;
        return;
    }
    faults->errors += !warning;
    if (path != NULL && *path != '\0')
        length = snprintf(text, sizeof text, "%s: ", path);
    char *seen = visible(length > 0 ? text : "");
    size_t path_length = seen != NULL ? strlen(seen) : 0;
    free(seen);
    if (length >= 0 && (size_t)length < sizeof text)
        vsnprintf(text + length, sizeof text - (size_t)length, format, values);
    if (!array_room(faults->fault, faults->room, faults->count + 1)) {
        faults->no_memory = true;
        return;
    }
    struct fault *added = &faults->fault[faults->count++];
    *added = (struct fault){at, warning, path_length, visible(text)};
    faults->no_memory |= added->text == NULL;
}

void
faults_add(struct faults *faults, struct position at, const char *path, const char *format, ...)
{
    va_list values;

    va_start(values, format);
    add(faults, at, false, path, format, values);
    va_end(values);
}

void
faults_warn(struct faults *faults, struct position at, const char *path, const char *format, ...)
{
    va_list values;

    va_start(values, format);
    add(faults, at, true, path, format, values);
    va_end(values);
}

static int
by_position(const void *left, const void *right)
{
    const struct fault *a = left, *b = right;
    int file = strcmp(a->at.file, b->at.file);

    if (file != 0)
        return file;
    if (a->at.line != b->at.line)
        return a->at.line < b->at.line ? -1 : 1;
    if (a->at.column != b->at.column)
        return a->at.column < b->at.column ? -1 : 1;
    return strcmp(a->text ? a->text : "", b->text ? b->text : "");
}

bool
faults_many(const struct faults *faults)
{
    return faults->count >= FAULTS_MOST / 10;
}

/* Where a fault's message begins, behind the path of its field. */
static const char *
message_of(const struct fault *fault)
{
    return fault->text != NULL ? fault->text + fault->path : "";
}

/* One value that stands in many places (an anchor, a path that means many) has one fault. */
static void
drop_repeated(struct faults *faults)
{
    size_t kept = 0;

    for (size_t i = 0; i < faults->count; i++) {
        struct fault *fault = &faults->fault[i], *last = kept > 0 ? &faults->fault[kept - 1] : NULL;
        if (last != NULL && fault->at.line > 0 && last->at.line == fault->at.line &&
            last->at.column == fault->at.column && last->warning == fault->warning &&
            strcmp(last->at.file, fault->at.file) == 0 &&
            strcmp(message_of(last), message_of(fault)) == 0) {
            faults->errors -= !fault->warning;
            free(fault->text);
        } else {
            faults->fault[kept++] = *fault;
        }
    }
    faults->count = kept;
}

void
faults_sort(struct faults *faults)
{
    if (faults->count > 1)
        qsort(faults->fault, faults->count, sizeof *faults->fault, by_position);
    drop_repeated(faults);
}

void
faults_line(const struct faults *faults, size_t i, char *text, size_t size)
{
    const struct fault *fault = &faults->fault[i];
    const char *kind = fault->warning ? "warning" : "error";

    if (fault->at.line > 0)
        snprintf(text, size, "%s:%d:%d: %s: %s", fault->at.file, fault->at.line, fault->at.column,
                 kind, fault->text ? fault->text : "");
    else
        snprintf(text, size, "%s: %s: %s", fault->at.file, kind, fault->text ? fault->text : "");
}

void
faults_free(struct faults *faults)
{
    for (size_t i = 0; i < faults->count; i++)
        free(faults->fault[i].text);
    free(faults->fault);
    *faults = (struct faults){0};
}
