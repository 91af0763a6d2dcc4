#include "unpack.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SET "--set" /* the name of what the command line set */

/* The text of /provenance/file_NUMBER, or with NAMED its name; NULL: there is none. The caller
 * frees it. */
static char *
file_text(const struct store *store, size_t number, bool named)
{
    char name[64];

    snprintf(name, sizeof name, named ? "file_%zu_name" : "file_%zu", number);
    const char *text = store_provenance(store, name);
    return text != NULL ? strdup(text) : NULL;
}

/* How many folders a name goes up; -1: it is no name of a file that may be written. */
static int
folders_up(const char *name)
{
    int up = 0;

    for (; strncmp(name, "../", 3) == 0; name += 3)
        up++;
    for (const char *part = name; *part != '\0'; part += strspn(part, "/")) {
        size_t size = strcspn(part, "/");
        if (size == 0 || (size == 1 && part[0] == '.') || (size == 2 && memcmp(part, "..", 2) == 0))
            return -1;
        part += size;
    }
    return *name != '\0' && name[strlen(name) - 1] != '/' ? up : -1;
}

/* What the scenario's folder is called in the export, where names go UP folders: names of other
 * files there must not fall into it by chance. */
static int
scenario_folder(const struct store *store, char *folder, size_t size, struct error *err)
{
    int most = 0;
    char *name;

    for (size_t i = 1; (name = file_text(store, i, true)) != NULL; i++) {
        int up = strcmp(name, SET) != 0 ? folders_up(name) : 0;
        if (up < 0)
            error_set(err, BAD_INPUT,
                      "the scenario reads '%.200s', which is no path from its own folder; put that "
                      "file beside the scenario and run it again",
                      name);
        most = up < 0 || most < 0 ? -1 : up > most ? up : most;
        free(name);
    }
    if (most < 0 || (size_t)most * strlen("scenario/") >= size)
        return BAD_INPUT;
    folder[0] = '\0';
    for (size_t at = 0; most > 0; most--)
        at += (size_t)snprintf(folder + at, size - at, "scenario/");
    return OK;
}

static int
not_written(const char *path, struct error *err)
{
    return error_set(err, ENVIRONMENT, "%s: cannot be written: %s", path, strerror(errno));
}

/* Every folder on the way to PATH from the byte FROM on. */
static int
make_folders(char *path, size_t from, struct error *err)
{
    for (char *slash = path + from; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        int made = mkdir(path, 0777);
        int status = made == 0 || errno == EEXIST ? OK : not_written(path, err);
        *slash = '/';
        if (status != OK)
            return status;
    }
    return OK;
}

static int
write_text(const char *path, const char *text, struct error *err)
{
    FILE *file = fopen(path, "wb");
    bool good = file != NULL && fwrite(text, 1, strlen(text), file) == strlen(text);

    if (file != NULL)
        good = fclose(file) == 0 && good;
    return good ? OK : not_written(path, err);
}

/* FOLDER/INNER/NAME, where each '../' of NAME takes one folder off INNER. */
static bool
join(char *path, const char *folder, const char *inner, const char *name)
{
    size_t size = strlen(inner);

    for (; strncmp(name, "../", 3) == 0; name += 3)
        size -= strlen("scenario/");
    return snprintf(path, PATH_MAX, "%s/%.*s%s", folder, (int)size, inner, name) < PATH_MAX;
}

static int
write_file(const struct store *store, size_t number, const char *folder, const char *inner,
           struct error *err)
{
    char path[PATH_MAX], *name = file_text(store, number, true);
    char *text = file_text(store, number, false);
    int status = OK;

    if (name == NULL || text == NULL)
        status = error_set(err, BAD_INPUT, "file %zu of the scenario is not in the result", number);
    else if (!join(path, folder, inner, name))
        status = error_set(err, BAD_INPUT, "the path of '%.200s' would be too long", name);
    else if (strcmp(name, SET) != 0) {
        status = make_folders(path, strlen(folder) + 1, err);
        if (status == OK)
            status = write_text(path, text, err);
    }
    free(name);
    free(text);
    return status;
}

/* Add TEXT to the command as one word of a shell. */
static void
add_word(char *command, size_t size, const char *before, const char *text, size_t length)
{
    size_t at = strlen(command);

    at += (size_t)snprintf(command + at, size - at, "%s'", before);
    for (size_t i = 0; i < length && at + 6 < size; i++)
        at += (size_t)snprintf(command + at, size - at, text[i] == '\'' ? "'\\''" : "%c", text[i]);
    if (at + 1 < size)
        snprintf(command + at, size - at, "'");
}

static void
add_replications(const struct store *store, char *command, size_t size)
{
    size_t count = store_replications(store), at = strlen(command);

    if (count > 0)
        snprintf(command + at, size - at, " -r %llu..%llu",
                 (unsigned long long)store_replication(store, 0),
                 (unsigned long long)store_replication(store, count - 1));
}

/* The overlays, from the scenario's folder on. */
static void
add_overlays(const struct store *store, const char *folder, const char *inner, char *command,
             size_t size)
{
    char path[PATH_MAX], name[64] = "over_1";
    const char *text;

    for (size_t i = 1; (text = store_provenance(store, name)) != NULL; i++) {
        if (folders_up(text) >= 0 && join(path, folder, inner, text))
            add_word(command, size, " --over ", path, strlen(path));
        snprintf(name, sizeof name, "over_%zu", i + 1);
    }
}

static void
write_command(const struct store *store, const char *folder, const char *inner, char *command,
              size_t size)
{
    char path[PATH_MAX], *name = file_text(store, 1, true), *text;
    const char *seed = store_provenance(store, "seed");

    snprintf(command, size, "doorstroom run");
    if (seed != NULL)
        snprintf(command + strlen(command), size - strlen(command), " -s %s", seed);
    add_replications(store, command, size);
    add_overlays(store, folder, inner, command, size);
    for (size_t i = 1; (text = file_text(store, i, false)) != NULL; i++) {
        char *called = file_text(store, i, true);
        for (char *line = text; called != NULL && strcmp(called, SET) == 0 && *line != '\0';) {
            size_t length = strcspn(line, "\n");
            add_word(command, size, " --set ", line, length);
            line += length + (line[length] == '\n');
        }
        free(called);
        free(text);
    }
    if (name != NULL && join(path, folder, inner, name))
        add_word(command, size, " ", path, strlen(path));
    free(name);
}

int
unpack(const struct store *store, const char *folder, char *command, size_t size, struct error *err)
{
    char inner[PATH_MAX], *text;
    int status = scenario_folder(store, inner, sizeof inner, err);

    if (status == OK && mkdir(folder, 0777) != 0)
        status = not_written(folder, err);
    for (size_t i = 1; status == OK && (text = file_text(store, i, false)) != NULL; i++) {
        free(text);
        status = write_file(store, i, folder, inner, err);
    }
    if (status == OK)
        write_command(store, folder, inner, command, size);
    return status;
}
