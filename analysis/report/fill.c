#include "fill.h"

#include <libdeflate.h>
#include <nettle/base64.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEVEL 9 /* of libdeflate, of 12: the higher ones take seconds for a hundredth */

/* page.S */
extern const char report_page[];
extern const uint64_t report_page_size;

const char *
fill_page(size_t *size)
{
    *size = (size_t)report_page_size;
    return report_page;
}

static int
no_memory(struct error *err)
{
    return error_set(err, NO_MEMORY, "no memory for the page");
}

/* TEXT deflated, with the head and the sum of zlib; the caller frees it. NULL: no memory. */
static unsigned char *
deflated(const char *text, size_t size, size_t *packed)
{
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(LEVEL);
    size_t room = libdeflate_zlib_compress_bound(compressor, size);
    unsigned char *out = compressor != NULL ? malloc(room) : NULL;

    *packed = out != NULL ? libdeflate_zlib_compress(compressor, text, size, out, room) : 0;
    libdeflate_free_compressor(compressor);
    return out;
}

/* The numbers as they stand in the page; the caller frees them. NULL: no memory. */
static char *
numbers_text(const json_t *document)
{
    char *text = json_dumps(document, JSON_COMPACT), *base64 = NULL;
    size_t size = text != NULL ? strlen(text) : 0, packed = 0;
    unsigned char *bytes = text != NULL ? deflated(text, size, &packed) : NULL;

    if (bytes != NULL && packed > 0 && (base64 = malloc(BASE64_ENCODE_RAW_LENGTH(packed) + 1))) {
        base64_encode_raw(base64, packed, bytes);
        base64[BASE64_ENCODE_RAW_LENGTH(packed)] = '\0';
    }
    free(bytes);
    free(text);
    return base64;
}

/* What a marker in the page stands for. */
struct filling {
    const char *marker, *text;
    bool escaped; /* it is text: what HTML would read in it is written out */
    int used;
};

static void
put_escaped(FILE *to, const char *text)
{
    static const char *const written[] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;"};

    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        const char *as = c < sizeof written / sizeof *written ? written[c] : NULL;
        if (as != NULL)
            fputs(as, to);
        else
            fputc(c, to);
    }
}

/* The one of FILLING [fillings] whose marker stands at AT, of which LEFT bytes are there; NULL:
 * none. */
static struct filling *
find_filling(struct filling *filling, size_t fillings, const char *at, size_t left)
{
    for (size_t i = 0; i < fillings; i++) {
        size_t length = strlen(filling[i].marker);
        if (length <= left && memcmp(at, filling[i].marker, length) == 0)
            return &filling[i];
    }
    return NULL;
}

/* PAGE once through: what is put in is never looked at for markers. */
static void
put_filled(FILE *to, const char *page, size_t size, struct filling *filling, size_t fillings)
{
    for (size_t at = 0; at < size;) {
        const char *mark = memchr(page + at, '@', size - at);
        size_t until = mark != NULL ? (size_t)(mark - page) : size;
        fwrite(page + at, 1, until - at, to);
        if (until == size)
            return;
        struct filling *found = find_filling(filling, fillings, mark, size - until);
        at = until + (found != NULL ? strlen(found->marker) : 1);
        if (found == NULL)
            fputc('@', to);
        else if (found->escaped)
            put_escaped(to, found->text);
        else
            fputs(found->text, to);
        if (found != NULL)
            found->used++;
    }
}

int
fill_html(const char *page, size_t page_size, const char *title, const char *language,
          const json_t *document, char **html, size_t *size, struct error *err)
{
    char *numbers = numbers_text(document);
    struct filling filling[] = {{"@TITLE@", title, true, 0},
                                {"@LANG@", language, true, 0},
                                {"@NUMBERS@", numbers, false, 0}};
    size_t fillings = sizeof filling / sizeof *filling;

    *html = NULL;
    FILE *to = numbers != NULL ? open_memstream(html, size) : NULL;
    if (to != NULL)
        put_filled(to, page, page_size, filling, fillings);
    bool good = to != NULL && ferror(to) == 0;
    good = to != NULL && fclose(to) == 0 && good;
    free(numbers);
    if (!good)
        return no_memory(err);
    for (size_t i = 0; i < fillings; i++)
        if (filling[i].used != 1)
            return error_set(err, BROKEN, "%s stands %d times in the page, not once",
                             filling[i].marker, filling[i].used);
    return OK;
}
