#include "command.h"
#include "text.h"

#include "analysis/evidence/archive.h"

#include <stdio.h>

int
command_archive(const struct options *options)
{
    struct archive archive = {.result = options->argument[0], .folder = options->output};
    struct store *store = NULL;
    struct error err = {0};
    char safe[2048];

    if (options->output == NULL)
        return say_fault("archive", BAD_INPUT, "where does the archive go? give -o FOLDER");
    int status = store_open_any(&store, options->argument[0], &err);
    archive.store = store;
    if (status == OK) {
        store_use_threads(store, threads_default("archive", 0));
        status = store_verify(store, &err);
    }
    if (status == OK)
        status = archive_write(&archive, &err);
    if (status != OK)
        status = say_fault("archive", status, err.message);
    else if (!options->quiet)
        printf("%s: %zu files, id %.12s\n", text_safe(options->output, 0, safe, sizeof safe),
               archive.files, store_id(store));
    store_close(store);
    return status;
}
