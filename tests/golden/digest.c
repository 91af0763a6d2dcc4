/* digest RESULT.h5: for each variable a line with the SHA-256 of its decoded values over all
 * replications, in order, and its name. Whole numbers count as 64-bit ones and attributes not at
 * all, so that a digest moves only when a value does. */

#include "sim/result/store.h"

#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int
print_variable(const struct store *store, const struct store_variable *variable, struct error *err)
{
    void *value = malloc(store_room(variable) + 1);
    struct chunk_tools tools = {0};
    unsigned char digest[DIGEST_SIZE];
    char text[2 * DIGEST_SIZE + 1];
    struct sha256_ctx sha;
    int status = value != NULL ? OK : error_set(err, NO_MEMORY, "no memory for the values");

    sha256_init(&sha);
    for (size_t i = 0; i < store_replications(store) && status == OK; i++) {
        status = store_read(store, variable, i, &tools, value, err);
        if (status == OK)
            sha256_update(&sha, store_bytes(variable), value);
    }
    sha256_digest(&sha, DIGEST_SIZE, digest);
    digest_text(digest, text);
    if (status == OK)
        printf("%s %s\n", text, variable->name);
    chunk_tools_free(&tools);
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
        status = print_variable(store, store_variable(store, v), &err);
    if (status != OK)
        fprintf(stderr, "%s\n", err.message);
    store_close(store);
    return status == OK ? 0 : 2;
}
