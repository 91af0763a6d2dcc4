#include "crate.h"

#include "sim/base/array.h"
#include "sim/base/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What files are, by how their paths begin or end; the first row that fits. */
static const struct kind {
    const char *begin, *end;
    const char *what, *format;
} kinds[] = {
    {CRATE_LICENCE, "", "licence of doorstroom: GNU GPL, version 3 or later", "text/plain"},
    {"CITATION.cff", "", "how doorstroom is cited", "application/yaml"},
    {CRATE_SOURCES, "", "sources of the program that made the result", "application/gzip"},
    {"README.md", "", "what is here, and how to make the result again", "text/markdown"},
    {CRATE_DESIGN, "", "design of the sweep", "application/yaml"},
    {CRATE_SCENARIO, ".csv", "table of the scenario", "text/csv"},
    {CRATE_SCENARIO, "", "scenario", "application/yaml"},
    {"", ".h5", "result: time series, netCDF-4 (HDF5)", "application/x-hdf5"},
    {"", "", "file", "application/octet-stream"},
};

struct file {
    char *path, *id; /* from the folder on; the same as in an URI */
    off_t size;
    char digest[DIGEST_TEXT];
    const struct kind *kind;
};

struct files {
    struct file *item; /* [count], by path */
    size_t count, room;
};

static const struct kind *
kind_of(const char *path)
{
    for (size_t i = 0;; i++) {
        size_t size = strlen(path), end = strlen(kinds[i].end);
        if (strncmp(path, kinds[i].begin, strlen(kinds[i].begin)) == 0 && size >= end &&
            strcmp(path + size - end, kinds[i].end) == 0)
            return &kinds[i];
    }
}

/* PATH as an URI has it; NULL: no memory. */
static char *
escape(const char *path)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    char *id = malloc(3 * strlen(path) + 1), *to = id;

    if (id == NULL)
        return NULL;
    for (; *path != '\0'; path++)
        to += strchr(plain, *path) != NULL ? sprintf(to, "%c", *path)
                                           : sprintf(to, "%%%02X", (unsigned char)*path);
    *to = '\0';
    return id;
}

static bool
digest_path(const char *path, char text[DIGEST_TEXT])
{
    unsigned char digest[DIGEST_SIZE];
    int file = open(path, O_RDONLY);
    bool good = file >= 0 && digest_file(file, UINT64_MAX - DIGEST_SIZE, digest);

    if (file >= 0)
        close(file);
    if (good)
        digest_text(digest, text);
    return good;
}

static int
add_file(struct files *files, const FTSENT *entry, size_t folder, struct error *err)
{
    if (!array_room(files->item, files->room, files->count + 1))
        return error_set(err, NO_MEMORY, "no memory for the files");
    struct file *file = &files->item[files->count++];
    const char *path = entry->fts_path + folder + 1;
    *file = (struct file){.path = strdup(path),
                          .id = escape(path),
                          .size = entry->fts_statp->st_size,
                          .kind = kind_of(path)};
    if (file->path == NULL || file->id == NULL)
        return error_set(err, NO_MEMORY, "no memory for the files");
    return digest_path(entry->fts_accpath, file->digest)
               ? OK
               : error_set(err, ENVIRONMENT, "%.500s: cannot be read: %s", entry->fts_path,
                           strerror(errno));
}

static int
by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static int
list_files(struct files *files, const char *folder, struct error *err)
{
    char *paths[] = {(char *)folder, NULL};
    FTS *tree = fts_open(paths, FTS_PHYSICAL, by_name);
    FTSENT *entry;
    int status = tree != NULL ? OK : error_set(err, ENVIRONMENT, "%.500s: cannot be read", folder);

    while (status == OK && (entry = fts_read(tree)) != NULL)
        if (entry->fts_info == FTS_F)
            status = add_file(files, entry, strlen(folder), err);
    if (tree != NULL)
        fts_close(tree);
    return status;
}

static void
free_files(struct files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        free(files->item[i].path);
        free(files->item[i].id);
    }
    free(files->item);
}

/* ---- The graph ---- */

static const char *
told(const struct store *store, const char *name)
{
    const char *text = store_provenance(store, name);

    return text != NULL ? text : "unknown";
}

static json_t *
reference(const char *id)
{
    return json_pack("{s:s}", "@id", id);
}

/* References to the files whose paths begin so; to all where BEGIN is "". */
static json_t *
references(const struct files *files, const char *begin)
{
    json_t *list = json_array();

    for (size_t i = 0; i < files->count; i++)
        if (strncmp(files->item[i].path, begin, strlen(begin)) == 0)
            json_array_append_new(list, reference(files->item[i].id));
    return list;
}

static json_t *
describe_file(const struct file *file)
{
    char size[32], name[PATH_MAX + 128];

    snprintf(size, sizeof size, "%lld", (long long)file->size);
    snprintf(name, sizeof name, "%s (%s)", file->path, file->kind->what);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "@id", file->id, "@type", "File", "name",
                     name, "encodingFormat", file->kind->format, "contentSize", size, "sha256",
                     file->digest);
}

static json_t *
describe_folder(const struct store *store, const struct files *files)
{
    const char *title = store_text(store, NULL, "title"),
               *more = store_text(store, NULL, "comment");
    char text[2048], date[11];

    snprintf(
        text, sizeof text,
        "%s%sA simulation by doorstroom %s of people flowing through prisons and small houses: "
        "its result (id %s), the scenario that it was made from, and the program's sources.",
        more != NULL ? more : "", more != NULL ? " " : "", told(store, "version"), store_id(store));
    snprintf(date, sizeof date, "%s", told(store, "ended"));
    json_t *parts = references(files, "");
    json_array_append_new(parts, reference(CRATE_SUMS));
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o}", "@id", "./", "@type",
                     "Dataset", "name", title != NULL ? title : "A result of doorstroom",
                     "description", text, "datePublished", date, "identifier", store_id(store),
                     "license", reference(CRATE_LICENCE), "hasPart", parts, "mentions",
                     reference("#simulation"));
}

static json_t *
describe_program(const struct store *store)
{
    char version[256], needs[1024];
    size_t size = 0;
    const char *name;
    bool input;

    snprintf(version, sizeof version, "%.80s, commit %.80s", told(store, "version"),
             told(store, "commit"));
    needs[0] = '\0';
    for (size_t i = 0; (name = store_provenance_name(store, i, &input)) != NULL &&
                       strcmp(name, "command_line") != 0 && size < sizeof needs;
         i++)
        size += (size_t)snprintf(needs + size, sizeof needs - size, "%s%s %s", i > 0 ? ", " : "",
                                 name, told(store, name));
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "@id", "#doorstroom", "@type",
                     "SoftwareApplication", "name", "doorstroom", "softwareVersion", version,
                     "softwareRequirements", needs, "license", reference(CRATE_LICENCE));
}

static json_t *
describe_making(const struct store *store, const struct files *files, const char *result)
{
    char *id = escape(result);
    json_t *making =
        json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:s, s:s}", "@id", "#simulation", "@type",
                  "CreateAction", "name", "Simulation", "description", told(store, "command_line"),
                  "instrument", reference("#doorstroom"), "object",
                  references(files, CRATE_SCENARIO), "result", reference(id != NULL ? id : result),
                  "startTime", told(store, "started"), "endTime", told(store, "ended"));

    free(id);
    return making;
}

/* A folder in the crate; NULL where it has no file. */
static json_t *
describe_part(const struct files *files, const char *path, const char *name)
{
    json_t *parts = references(files, path);

    if (json_array_size(parts) > 0)
        return json_pack("{s:s, s:s, s:s, s:o}", "@id", path, "@type", "Dataset", "name", name,
                         "hasPart", parts);
    json_decref(parts);
    return NULL;
}

/* The checksums are written last: their size is not known yet. */
static json_t *
describe_sums(void)
{
    return json_pack("{s:s, s:s, s:s, s:s}", "@id", CRATE_SUMS, "@type", "File", "name",
                     "SHA-256 of every other file", "encodingFormat", "text/plain");
}

/* NULL: no memory. */
static json_t *
describe(const struct store *store, const struct files *files, const char *result)
{
    json_t *graph = json_array();
    int bad = 0;

    bad |= json_array_append_new(graph, json_pack("{s:s, s:s, s:o, s:o}", "@id", CRATE_METADATA,
                                                  "@type", "CreativeWork", "conformsTo",
                                                  reference("https://w3id.org/ro/crate/1.1"),
                                                  "about", reference("./")));
    bad |= json_array_append_new(graph, describe_folder(store, files));
    for (size_t i = 0; i < files->count; i++)
        bad |= json_array_append_new(graph, describe_file(&files->item[i]));
    json_t *part[] = {describe_part(files, CRATE_SCENARIO, "the scenario, as files"),
                      describe_part(files, CRATE_DESIGN, "the design of the sweep"),
                      describe_sums()};
    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        if (part[i] != NULL)
            bad |= json_array_append_new(graph, part[i]);
    bad |= json_array_append_new(graph, describe_program(store));
    bad |= json_array_append_new(graph, describe_making(store, files, result));
    json_t *all = json_pack("{s:s, s:o}", "@context", "https://w3id.org/ro/crate/1.1/context",
                            "@graph", graph);
    if (bad != 0) {
        json_decref(all);
        return NULL;
    }
    return all;
}

static int
write_sums(const char *folder, const struct files *files, struct error *err)
{
    char path[PATH_MAX + 64];

    snprintf(path, sizeof path, "%s/" CRATE_SUMS, folder);
    FILE *to = fopen(path, "w");
    bool good = to != NULL;
    for (size_t i = 0; i < files->count && good; i++)
        good = fprintf(to, "%s  %s\n", files->item[i].digest, files->item[i].path) > 0;
    if (to != NULL)
        good = fclose(to) == 0 && good;
    return good ? OK
                : error_set(err, ENVIRONMENT, "%.500s: cannot be written: %s", path,
                            strerror(errno));
}

int
crate_write(const char *folder, const struct store *store, const char *result, size_t *files,
            struct error *err)
{
    struct files found = {0}, all = {0};
    char path[PATH_MAX + 64];
    int status = list_files(&found, folder, err);
    json_t *crate = status == OK ? describe(store, &found, result) : NULL;

    snprintf(path, sizeof path, "%s/" CRATE_METADATA, folder);
    if (status == OK && crate == NULL)
        status = error_set(err, NO_MEMORY, "no memory for what the archive holds");
    if (status == OK && json_dump_file(crate, path, JSON_INDENT(2)) != 0)
        status =
            error_set(err, ENVIRONMENT, "%.500s: cannot be written: %s", path, strerror(errno));
    if (status == OK)
        status = list_files(&all, folder, err);
    if (status == OK)
        status = write_sums(folder, &all, err);
    *files = all.count + 1;
    json_decref(crate);
    free_files(&found);
    free_files(&all);
    return status;
}
