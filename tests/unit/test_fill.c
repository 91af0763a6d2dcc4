/* The page of a report filled: markers, hostile titles, and numbers that come out as they went in.
 */

#include "tests/support.h"

#include "analysis/report/fill.h"
#include "analysis/report/give.h"

#include <libdeflate.h>
#include <math.h>
#include <nettle/base64.h>
#include <stdlib.h>
#include <string.h>

static const char page[] = "<p lang=@LANG@ at=a@b.be>@TITLE@</p><s>@NUMBERS@</s>@";

static char *
filled(const char *text, const char *title, const json_t *document, int expected)
{
    struct error err = {0};
    char *html;
    size_t size;

    assert_int_equal(fill_html(text, strlen(text), title, "fr", document, &html, &size, &err),
                     expected);
    assert_true(html == NULL || strlen(html) == size);
    return html;
}

/* What stands in HTML between BEFORE and AFTER; the caller frees it. */
static char *
between(const char *html, const char *before, const char *after)
{
    const char *from = strstr(html, before) + strlen(before);

    return strndup(from, (size_t)(strstr(from, after) - from));
}

static void
a_title_is_text_whatever_it_holds(void **state)
{
    json_t *document = json_object();
    char *html = filled(page, "<b>\"A\" & 'B'</b> @NUMBERS@ @", document, OK);
    char *title = between(html, "<p lang=fr at=a@b.be>", "</p>");

    (void)state;
    assert_string_equal(title, "&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt; @NUMBERS@ @");
    assert_int_equal(html[strlen(html) - 1], '@');
    free(title);
    free(html);
    json_decref(document);
}

static void
numbers_come_out_as_they_went_in(void **state)
{
    json_t *document = json_pack("{s:[i, i, n], s:s}", "a", 1, -25, "name", "</s><script>é");
    char *html = filled(page, "", document, OK), *base64 = between(html, "<s>", "</s>");
    struct base64_decode_ctx context;
    uint8_t packed[512];
    char text[512];
    size_t size = sizeof packed, length;

    (void)state;
    base64_decode_init(&context);
    assert_true(base64_decode_update(&context, &size, packed, strlen(base64), base64));
    struct libdeflate_decompressor *inflate = libdeflate_alloc_decompressor();
    assert_int_equal(
        libdeflate_zlib_decompress(inflate, packed, size, text, sizeof text - 1, &length),
        LIBDEFLATE_SUCCESS);
    text[length] = '\0';
    assert_string_equal(text, "{\"a\":[1,-25,null],\"name\":\"</s><script>é\"}");
    libdeflate_free_decompressor(inflate);
    free(base64);
    free(html);
    json_decref(document);
}

static void
a_page_without_its_markers_is_refused(void **state)
{
    json_t *document = json_object();

    (void)state;
    free(filled("<p>@TITLE@ @LANG@</p>", "", document, BROKEN));
    free(filled("@TITLE@ @LANG@ @NUMBERS@ @LANG@", "", document, BROKEN));
    free(filled("", "", document, BROKEN));
    json_decref(document);
}

static void
texts_and_numbers_that_json_cannot_hold_become_what_it_can(void **state)
{
    json_t *text = give_text("a\xFF"
                             "b\xC3\xA9\xE2\x82"),
           *none = give_text(NULL);
    json_t *number = give_number(NAN), *large = give_number(-INFINITY), *half = give_number(0.5);

    (void)state;
    assert_string_equal(json_string_value(text), "a\xEF\xBF\xBD"
                                                 "b\xC3\xA9\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_true(json_is_null(none) && json_is_null(number) && json_is_null(large));
    assert_true(json_real_value(half) == 0.5);
    json_decref(text);
    json_decref(half);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_title_is_text_whatever_it_holds),
        cmocka_unit_test(numbers_come_out_as_they_went_in),
        cmocka_unit_test(a_page_without_its_markers_is_refused),
        cmocka_unit_test(texts_and_numbers_that_json_cannot_hold_become_what_it_can),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
