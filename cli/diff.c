#include "command.h"

#include "analysis/difference.h"

#include <stdio.h>
#include <string.h>

int
command_diff(const struct options *options)
{
    struct store *store[2] = {NULL, NULL};
    struct difference difference = {0};
    struct error err = {0};
    int status = OK;

    for (int i = 0; i < 2 && status == OK; i++)
        status = store_open_any(&store[i], options->argument[i], &err);
    if (status == OK) {
        store_use_threads(store[0], threads_default("diff", 0));
        status = difference_find(store[0], store[1], options->common, &difference, &err);
    }
    if (status == OK) {
        printf("identical: %zu variables, %zu %s", difference.variables, difference.replications,
               store_is_of_points(store[0]) ? "points" : "replications");
        if (difference.inputs[0] != '\0')
            printf("; made from other inputs: %s", difference.inputs);
        else if (strcmp(store_id(store[0]), store_id(store[1])) == 0 &&
                 store_id(store[0])[0] != '\0')
            printf("; id %.12s", store_id(store[0]));
        printf("\n");
    } else if (status == DIFFERENT) {
        printf("different: %s\n", difference.first);
    } else {
        fprintf(stderr, "doorstroom diff: %s\n", err.message);
    }
    store_close(store[0]);
    store_close(store[1]);
    return exit_for(status);
}
