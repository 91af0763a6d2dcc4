/* A result file: what is written is read, the id is of what decides it, and no changed byte goes
 * unseen. */

#include "tests/support.h"

#include "tests/results.h"

#include <sys/stat.h>

static const struct result_spec plain = {.first = 3, .last = 6};

static void
what_is_written_is_read(void **state)
{
    char id[DIGEST_TEXT];
    struct chunk_tools tools = {0};
    struct error err = {0};
    union {
        float real[RESULT_ROWS];
        int64_t whole[RESULT_ROWS * RESULT_PARTS];
    } values;

    (void)state;
    result_write(result_path, &plain, id);
    struct store *store = result_open(result_path);
    assert_int_equal(store_replications(store), 4);
    assert_int_equal(store_variables(store), RESULT_VARIABLES);
    const struct store_variable *inside = store_variable(store, 0),
                                *entered = store_variable(store, 1);
    assert_string_equal(entered->name, "entered");
    assert_ptr_equal(store_find(store, "entered"), entered);
    assert_int_equal(store_index(store, entered), 1);
    assert_null(store_find(store, "entries"));
    assert_int_equal(entered->axes, 2);
    assert_int_equal(entered->axis[0]->size, RESULT_ROWS);
    assert_int_equal(entered->axis[1]->size, RESULT_PARTS);
    assert_int_equal(entered->count, RESULT_ROWS * RESULT_PARTS);
    assert_int_equal(store_bytes(inside), RESULT_ROWS * sizeof(float));
    assert_int_equal(store_room(entered), sizeof values);
    assert_true(inside->type == LAYOUT_FLOAT && entered->type == LAYOUT_COUNT);
    for (size_t r = 0; r < 4; r++) {
        assert_int_equal(store_replication(store, r), 3 + r);
        assert_int_equal(store_read(store, inside, r, &tools, &values, &err), OK);
        for (size_t i = 0; i < RESULT_ROWS; i++)
            assert_near(values.real[i], (double)(100 * (3 + r) + i), 0);
        const double *numbers = store_doubles(inside, &values);
        for (size_t i = 0; i < RESULT_ROWS; i++)
            assert_near(numbers[i], (double)(100 * (3 + r) + i), 0);
        assert_int_equal(store_read(store, entered, r, &tools, &values, &err), OK);
        for (size_t i = 0; i < RESULT_ROWS * RESULT_PARTS; i++)
            assert_true(values.whole[i] == RESULT_MANY + (int64_t)(100 * (3 + r) + i));
    }
    chunk_tools_free(&tools);
    store_close(store);
}

/* The coordinate called NAME; false: there is none. */
static bool
find_coordinate(const struct store *store, const char *name, struct store_coordinate *found)
{
    for (size_t i = 0; store_coordinate(store, i, found); i++)
        if (strcmp(found->name, name) == 0)
            return true;
    return false;
}

static void
coordinates_labels_and_texts_are_read(void **state)
{
    static const char *const named[] = {"time",          "part",      "part_kind",
                                        "part_latitude", "time_bnds", "time_length"};
    struct store_coordinate found;
    char id[DIGEST_TEXT];
    bool input;

    (void)state;
    result_write(result_path, &(struct result_spec){.last = 1, .first_day = 31, .north = 4.4}, id);
    struct store *store = result_open(result_path);
    const struct store_variable *entered = store_find(store, "entered");
    assert_true(find_coordinate(store, "time", &found));
    assert_int_equal(found.size, RESULT_ROWS);
    for (int32_t i = 0; i < RESULT_ROWS; i++)
        assert_int_equal(found.number[i], 31 + i);
    assert_true(find_coordinate(store, "part", &found));
    assert_int_equal(found.size, RESULT_PARTS);
    assert_string_equal(found.label[2], "third");
    assert_true(find_coordinate(store, "part_kind", &found));
    assert_string_equal(found.label[2], "house");
    assert_true(find_coordinate(store, "part_latitude", &found));
    assert_int_equal(found.size, RESULT_PARTS);
    assert_true(found.label == NULL && found.number == NULL && found.real != NULL);
    assert_true(found.real[0] == -51.25 && isnan(found.real[1]) && found.real[2] == 4.4);
    assert_false(find_coordinate(store, "region", &found));
    assert_string_equal(entered->axis[1]->name, "part");
    assert_string_equal(entered->axis[1]->label[2], "third");
    for (size_t n = 0; n < sizeof named / sizeof *named; n++)
        if (!find_coordinate(store, named[n], &found))
            fail_msg("%s is no coordinate", named[n]);
    assert_string_equal(store_text(store, NULL, "title"), "A small result");
    assert_string_equal(store_text(store, entered, "cell_methods"), "time: sum");
    assert_string_equal(store_text(store, entered, "counted"), "persons");
    assert_null(store_text(store, entered, "colour"));
    assert_string_equal(store_provenance(store, "scenario"), "seed 1");
    assert_null(store_provenance(store, "weather"));
    for (size_t i = 0; store_provenance_name(store, i, &input) != NULL; i++)
        assert_true(input == (strcmp(store_provenance_name(store, i, &input), "scenario") == 0));
    store_close(store);
}

/* Values, labels, dates, inputs and replications decide it; the day's remark and the number of
 * threads do not. */
static void
an_id_is_of_what_decides_the_values_and_of_nothing_else(void **state)
{
    static const struct {
        struct result_spec spec;
        bool same;
    } cases[] = {
        {{.first = 3, .last = 6, .threads = 3}, true},
        {{.first = 3, .last = 6, .remark = "evening"}, true},
        {{.first = 3, .last = 6, .more = 1, .variable = 1, .place = 11, .replication = 6}, false},
        {{.first = 3, .last = 6, .more = 1, .variable = 0, .place = 0, .replication = 3}, false},
        {{.first = 3, .last = 6, .label = "fourth"}, false},
        {{.first = 3, .last = 6, .north = 4.4}, false},
        {{.first = 3, .last = 6, .input = "seed 2"}, false},
        {{.first = 3, .last = 6, .first_day = 1}, false},
        {{.first = 3, .last = 5}, false},
    };
    char id[DIGEST_TEXT], other[DIGEST_TEXT];

    (void)state;
    result_write(result_path, &plain, id);
    assert_int_equal(strspn(id, "0123456789abcdef"), 64);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        result_write(result_other, &cases[i].spec, other);
        if ((strcmp(id, other) == 0) != cases[i].same)
            fail_msg("case %zu: the id is %s", i, cases[i].same ? "another" : "the same");
        struct store *store = result_open(result_other);
        assert_string_equal(store_id(store), other);
        assert_int_equal(store_format(store), STORE_FORMAT);
        store_close(store);
    }
}

/* Read PATH's bytes; the caller frees them. */
static unsigned char *
bytes_of(const char *file_path, size_t *size)
{
    struct stat info;
    FILE *file = fopen(file_path, "rb");

    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &info), 0);
    *size = (size_t)info.st_size;
    unsigned char *bytes = malloc(*size);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    fclose(file);
    return bytes;
}

static void
write_bytes(const char *file_path, const unsigned char *bytes, size_t size)
{
    FILE *file = fopen(file_path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

/* Opened and verified: OK, or the status of what went wrong first. */
static int
looked_at(const char *file_path)
{
    struct store *store = NULL;
    struct error err = {0};
    int status = store_open(&store, file_path, &err);

    if (status == OK)
        status = store_verify(store, &err);
    store_close(status == OK || store != NULL ? store : NULL);
    if (status != OK)
        assert_true(err.message[0] != '\0');
    return status;
}

/* One bit of every 97th byte of the file. */
static void
any_changed_byte_is_found(void **state)
{
    char id[DIGEST_TEXT];
    size_t size;

    (void)state;
    result_write(result_path, &plain, id);
    assert_int_equal(looked_at(result_path), OK);
    unsigned char *bytes = bytes_of(result_path, &size);
    for (size_t at = 0; at < size; at += 97) {
        bytes[at] ^= (unsigned char)(1 << at % 8);
        write_bytes(result_other, bytes, size);
        if (looked_at(result_other) != BAD_INPUT)
            fail_msg("byte %zu of %zu", at, size);
        bytes[at] ^= (unsigned char)(1 << at % 8);
    }
    write_bytes(result_other, bytes, size);
    assert_int_equal(looked_at(result_other), OK);
    free(bytes);
}

static void
a_file_cut_short_or_of_another_kind_is_no_result(void **state)
{
    char id[DIGEST_TEXT];
    size_t size;

    (void)state;
    result_write(result_path, &plain, id);
    unsigned char *bytes = bytes_of(result_path, &size);
    for (size_t part = 0; part < 8; part++) {
        write_bytes(result_other, bytes, size * part / 8);
        assert_int_equal(looked_at(result_other), BAD_INPUT);
    }
    write_bytes(result_other, bytes, size - 1);
    assert_int_equal(looked_at(result_other), BAD_INPUT);
    free(bytes);
    write_bytes(result_other, (const unsigned char *)"name: T\nstart: 2026-01-01\n", 26);
    assert_int_equal(looked_at(result_other), BAD_INPUT);
    unlink(result_other);
    assert_int_equal(looked_at(result_other), ENVIRONMENT);
}

static void
what_cannot_be_written_leaves_nothing(void **state)
{
    char id[DIGEST_TEXT];
    struct error err = {0};

    (void)state;
    assert_int_equal(result_try("/tmp/doorstroom-no-such-folder/x.h5", &plain, id, &err),
                     ENVIRONMENT);
    assert_non_null(strstr(err.message, "/tmp/doorstroom-no-such-folder/x.h5"));
    assert_int_equal(access("/tmp/doorstroom-no-such-folder", F_OK), -1);
    result_write(result_path, &plain, id);
    char partial[96];
    snprintf(partial, sizeof partial, "%s.partial", result_path);
    assert_int_equal(access(partial, F_OK), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(coordinates_labels_and_texts_are_read),
        cmocka_unit_test(an_id_is_of_what_decides_the_values_and_of_nothing_else),
        cmocka_unit_test(any_changed_byte_is_found),
        cmocka_unit_test(a_file_cut_short_or_of_another_kind_is_no_result),
        cmocka_unit_test(what_cannot_be_written_leaves_nothing),
    };

    return cmocka_run_group_tests(tests, result_name_files, result_remove_files);
}
