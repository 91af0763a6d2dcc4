/* digest RESULT.h5: for each variable a line with the SHA-256 of its decoded values over all
 * replications, in order, and its name. Whole numbers count as 64-bit ones and attributes not at
 * all, so that a digest moves only when a value does. */

#include "sim/journal.h"
#include "sim/store.h"

#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t
values_of(const struct store *store, size_t variable)
{
    size_t shape[LAYOUT_MOST_DIMENSIONS], count = 1;
    int rank = store_shape(store, variable, shape);

    for (int i = 0; i < rank; i++)
        count *= shape[i];
    return count;
}

static void
add_values(struct sha256_ctx *sha, const uint32_t *value, size_t count, int is_float)
{
    for (size_t i = 0; i < count; i++) {
        int64_t whole = (int32_t)value[i];
        if (is_float)
            sha256_update(sha, sizeof value[i], (const uint8_t *)&value[i]);
        else
            sha256_update(sha, sizeof whole, (const uint8_t *)&whole);
    }
}

static int
print_variable(struct store *store, size_t variable, struct error *err)
{
    size_t count = values_of(store, variable);
    uint32_t *value = malloc(4 * count + 1);
    unsigned char digest[DIGEST_SIZE];
    char text[2 * DIGEST_SIZE + 1];
    struct sha256_ctx sha;
    int status = value != NULL ? OK : error_set(err, NO_MEMORY, "no memory for the values");

    sha256_init(&sha);
    for (size_t i = 0; i < store_replications(store) && status == OK; i++) {
        status = store_read(store, variable, i, value, err);
        if (status == OK)
            add_values(&sha, value, count, store_is_float(store, variable));
    }
    sha256_digest(&sha, DIGEST_SIZE, digest);
    digest_text(digest, text);
    if (status == OK)
        printf("%s %s\n", text, store_variable(store, variable));
    free(value);
    return status;
}

int
main(int argc, char **argv)
{
    struct store *store = NULL;
    struct error err = {0};
    int status = argc == 2 ? store_open(&store, argv[1], &err)
                           : error_set(&err, BAD_INPUT, "usage: digest RESULT.h5");

    for (size_t v = 0; status == OK && v < store_variables(store); v++)
        status = print_variable(store, v, &err);
    if (status != OK)
        fprintf(stderr, "%s\n", err.message);
    store_close(store);
    return status == OK ? 0 : 2;
}
