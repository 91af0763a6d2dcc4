#include "command.h"
#include "text.h"

#include "analysis/unpack.h"
#include "models/run/provenance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first SIZE bytes of TEXT so that no terminal obeys them. */
static void
print_line(const char *before, const char *text, int size)
{
    size_t room = 4 * (size_t)size + 8;
    char *line = malloc((size_t)size + 1), *safe = malloc(room);

    if (line != NULL && safe != NULL) {
        snprintf(line, (size_t)size + 1, "%.*s", size, text);
        printf("%s%s\n", before, text_safe(line, 0, safe, room));
    }
    free(line);
    free(safe);
}

/* A short text on a line beside its name, a long one below it. */
static void
print_text(const char *name, const char *text)
{
    char before[80];

    if (strchr(text, '\n') == NULL) {
        snprintf(before, sizeof before, "%-16.60s ", name);
        print_line(before, text, (int)strlen(text));
        return;
    }
    printf("%.60s:\n", name);
    while (*text != '\0') {
        int line = (int)strcspn(text, "\n");
        print_line("    ", text, line);
        text += line + (text[line] == '\n');
    }
}

static void
print_all(const struct store *store)
{
    bool input;
    const char *name;

    printf("%-16s %s\n", "id", store_format(store) > 1 ? store_id(store) : "none, in format 1");
    for (size_t i = 0; (name = store_provenance_name(store, i, &input)) != NULL; i++) {
        const char *text = store_provenance(store, name);
        if (text != NULL)
            print_text(name, text);
    }
}

/* The same bits come from the same program: say where this is another one. */
static void
tell_other_program(const struct store *store)
{
    const char *commit = store_provenance(store, "commit"), *own = provenance_commit();
    char made[256];

    if (commit == NULL || strcmp(commit, own) == 0)
        return;
    snprintf(made, sizeof made, "%.100s", commit);
    const char *version = store_provenance(store, "version");
    fprintf(stderr,
            "doorstroom provenance: made by doorstroom %.40s, commit %s; this is %s, commit %s, "
            "whose values may differ\n",
            version != NULL ? version : "?", made, provenance_version(), own);
}

int
command_provenance(const struct options *options)
{
    struct store *store = NULL;
    struct error err = {0};
    char command[4096];
    int status = store_open_any(&store, options->argument[0], &err);

    if (status == OK && options->export_to != NULL) {
        status = unpack(store, options->export_to, command, sizeof command, &err);
        if (status == OK) {
            printf("%s\n", command);
            tell_other_program(store);
        }
    } else if (status == OK) {
        print_all(store);
    }
    if (status != OK)
        fprintf(stderr, "doorstroom provenance: %s\n", err.message);
    store_close(store);
    return exit_for(status);
}
