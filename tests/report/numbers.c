/* report-numbers RESULT.h5...: the numbers of the report as JSON, for tests/with/report.sh. */

#include "analysis/report/numbers.h"

#include <stdio.h>
#include <stdlib.h>

enum { THREADS = 2 };

int
main(int arguments, char **argument)
{
    size_t stores = (size_t)arguments - 1, wrong;
    struct store **store = calloc(stores + 1, sizeof *store);
    struct error err = {0};
    json_t *numbers = NULL;
    int status = store != NULL ? OK : NO_MEMORY;

    for (size_t k = 0; k < stores && status == OK; k++) {
        status = store_open(&store[k], argument[k + 1], &err);
        if (status == OK)
            store_use_threads(store[k], THREADS);
    }
    if (status == OK)
        status = report_numbers(store, stores, &numbers, &wrong, &err);
    if (status == OK)
        json_dumpf(numbers, stdout, JSON_COMPACT);
    else
        fprintf(stderr, "report-numbers: %s\n", err.message);
    json_decref(numbers);
    for (size_t k = 0; store != NULL && k < stores; k++)
        store_close(store[k]);
    free(store);
    return status == OK ? 0 : 1;
}
