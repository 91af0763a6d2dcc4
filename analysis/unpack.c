#include "unpack.h"

#include "within.h"

#include "models/scenario/source.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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
    const char *name;

    for (size_t i = 1; within_file(store, i, &name) != NULL; i++) {
        int up = name != NULL && strcmp(name, SOURCE_SET) != 0 ? folders_up(name) : 0;
        if (up < 0)
            error_set(err, BAD_INPUT,
                      "the scenario reads '%.200s', which is no path from its own folder; put that "
                      "file beside the scenario and run it again",
                      name);
        most = up < 0 || most < 0 ? -1 : up > most ? up : most;
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
    char path[PATH_MAX];
    const char *name, *text = within_file(store, number, &name);
    int status = OK;

    if (name == NULL)
        status = error_set(err, BAD_INPUT, "file %zu of the scenario is not in the result", number);
    else if (!join(path, folder, inner, name))
        status = error_set(err, BAD_INPUT, "the path of '%.200s' would be too long", name);
    else if (strcmp(name, SOURCE_SET) != 0) {
        status = make_folders(path, strlen(folder) + 1, err);
        if (status == OK)
            status = write_text(path, text, err);
    }
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
    char path[PATH_MAX];
    const char *name;

    for (size_t i = 1; (name = within_overlay(store, i)) != NULL; i++)
        if (folders_up(name) >= 0 && join(path, folder, inner, name))
            add_word(command, size, " --over ", path, strlen(path));
}

static void
add_set(const char *text, char *command, size_t size)
{
    for (size_t length; *text != '\0'; text += length + (text[length] == '\n')) {
        length = strcspn(text, "\n");
        add_word(command, size, " --set ", text, length);
    }
}

static void
write_command(const struct store *store, const char *folder, const char *inner, char *command,
              size_t size)
{
    char path[PATH_MAX];
    const char *name, *text, *seed = store_provenance(store, "seed");

    snprintf(command, size, "doorstroom run");
    if (seed != NULL)
        snprintf(command + strlen(command), size - strlen(command), " -s %s", seed);
    add_replications(store, command, size);
    add_overlays(store, folder, inner, command, size);
    for (size_t i = 1; (text = within_file(store, i, &name)) != NULL; i++)
        if (name != NULL && strcmp(name, SOURCE_SET) == 0)
            add_set(text, command, size);
    if (within_file(store, 1, &name) != NULL && name != NULL && join(path, folder, inner, name))
        add_word(command, size, " ", path, strlen(path));
}

int
unpack(const struct store *store, const char *folder, char *command, size_t size, struct error *err)
{
    char inner[PATH_MAX];
    const char *name;
    int status = scenario_folder(store, inner, sizeof inner, err);

    if (status == OK && mkdir(folder, 0777) != 0)
        status = not_written(folder, err);
    for (size_t i = 1; status == OK && within_file(store, i, &name) != NULL; i++)
        status = write_file(store, i, folder, inner, err);
    if (status == OK)
        write_command(store, folder, inner, command, size);
    return status;
}
