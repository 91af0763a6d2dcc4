#include "command.h"

#include "sim/result/store.h"

#include <stdio.h>

/* A damaged result is a check that did not hold; one that cannot be read is not. */
int
command_verify(const struct options *options)
{
    struct store *store = NULL;
    struct error err = {0};
    int status = store_open_any(&store, options->argument[0], &err);

    if (status == OK) {
        store_use_threads(store, threads_default("verify", 0));
        status = store_verify(store, &err);
    }
    if (status == OK && store_format(store) == 1)
        printf(
            "%s: values and dates hold; labels, attributes and provenance cannot be verified in a "
            "result of 0.1.0, which has no id\n",
            options->argument[0]);
    else if (status == OK)
        printf("%s: every byte is what was written; id %s\n", options->argument[0],
               store_id(store));
    else
        fprintf(stderr, "doorstroom verify: %s\n", err.message);
    store_close(store);
    return status == BAD_INPUT ? EXIT_DIFFERENT : exit_for(status);
}
