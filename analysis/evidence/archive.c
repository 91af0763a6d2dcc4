#include "archive.h"

#include "crate.h"

#include "analysis/shell.h"
#include "analysis/unpack.h"
#include "models/run/provenance.h"
#include "sim/base/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COMMAND_SIZE 4096

static int
not_written(const char *path, struct error *err)
{
    return error_set(err, ENVIRONMENT, "%.500s: cannot be written: %s", path, strerror(errno));
}

static int
write_bytes(const char *folder, const char *name, const void *bytes, size_t size, struct error *err)
{
    char path[PATH_MAX + 64];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *to = fopen(path, "wb");
    bool good = to != NULL && fwrite(bytes, 1, size, to) == size;
    if (to != NULL)
        good = fclose(to) == 0 && good;
    return good ? OK : not_written(path, err);
}

static int
copy_result(const char *from, const char *folder, const char *name, struct error *err)
{
    char path[PATH_MAX + 64];
    static char block[1 << 16];
    size_t size;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *in = fopen(from, "rb"), *out = in != NULL ? fopen(path, "wb") : NULL;
    bool good = in != NULL && out != NULL;
    while (good && (size = fread(block, 1, sizeof block, in)) > 0)
        good = fwrite(block, 1, size, out) == size;
    good = good && ferror(in) == 0;
    if (out != NULL)
        good = fclose(out) == 0 && good;
    if (in != NULL)
        fclose(in);
    return good ? OK : not_written(path, err);
}

/* The last part of a path. */
static const char *
last_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

/* Of a sweep: the design and what it names, side by side. */
static int
write_design(const struct store *store, const char *folder, struct error *err)
{
    char path[PATH_MAX + 64], entry[64];
    int status = OK;

    snprintf(path, sizeof path, "%s/" CRATE_DESIGN, folder);
    if (store_is_of_points(store) && mkdir(path, 0777) != 0)
        return not_written(path, err);
    for (size_t i = 1; status == OK; i++) {
        snprintf(entry, sizeof entry, "design_%zu_name", i);
        const char *name = store_provenance(store, entry);
        snprintf(entry, sizeof entry, "design_%zu", i);
        const char *text = store_provenance(store, entry);
        if (name == NULL || text == NULL)
            break;
        status = write_bytes(path, last_of(name), text, strlen(text), err);
    }
    return status;
}

static int
write_sources(const struct store *store, const char *folder, struct error *err)
{
    unsigned char *bytes = NULL;
    size_t size = 0;
    int status = store_sources(store, &bytes, &size, err);

    if (status == OK && bytes != NULL)
        status = write_bytes(folder, CRATE_SOURCES, bytes, size, err);
    free(bytes);
    return status;
}

/* What is here and what can be done with it. */
static void
print_readme(FILE *to, const struct archive *archive, bool sources)
{
    const struct store *store = archive->store;
    const char *title = store_text(store, NULL, "title"), *result = last_of(archive->result);
    const char *version = store_provenance(store, "version");
    const char *commit = store_provenance(store, "commit");

    fprintf(to,
            "# %s\n\nThe result of a simulation by doorstroom %s (commit %s), with all that it was "
            "made from.\n\n| file | what |\n| --- | --- |\n",
            title != NULL ? title : "A result", version != NULL ? version : "?",
            commit != NULL ? commit : "unknown");
    fprintf(
        to,
        "| `%s` | the result: netCDF-4, which xarray, R, Panoply and HDF5's tools read; id %s |\n"
        "| `" CRATE_SCENARIO "` | the scenario, as files |\n",
        result, store_id(store));
    if (store_is_of_points(store))
        fprintf(to, "| `" CRATE_DESIGN "` | the design of the sweep |\n");
    if (sources)
        fprintf(to, "| `" CRATE_SOURCES "` | the sources of the program that made it |\n");
    fprintf(to,
            "| `" CRATE_SUMS "` | `sha256sum -c " CRATE_SUMS "` sees that nothing has changed |\n"
            "| `" CRATE_METADATA "` | the same for other programs (RO-Crate 1.1) |\n\n"
            "To make it again, bit for bit, from the result alone:\n\n    doorstroom reproduce ");
    shell_write_word(to, result);
    if (sources) {
        fprintf(to, "\n\nThe same with the very program that made it, built from its sources:\n\n"
                    "    doorstroom reproduce --rebuild ");
        shell_write_word(to, result);
    }
    fprintf(
        to,
        "\n\nPlease cite it as `CITATION.cff` says. The program is free software (`" CRATE_LICENCE
        "`).\n");
}

static int
write_readme(const struct archive *archive, const char *folder, struct error *err)
{
    char path[PATH_MAX + 64];

    snprintf(path, sizeof path, "%s/" CRATE_SOURCES, folder);
    bool sources = access(path, F_OK) == 0;
    snprintf(path, sizeof path, "%s/README.md", folder);
    FILE *to = fopen(path, "w");
    if (to != NULL)
        print_readme(to, archive, sources);
    bool good = to != NULL && ferror(to) == 0;
    if (to != NULL)
        good = fclose(to) == 0 && good;
    return good ? OK : not_written(path, err);
}

/* All but what tells of all: in FOLDER. */
static int
write_files(const struct archive *archive, const char *folder, struct error *err)
{
    char path[PATH_MAX + 64], *command = calloc(COMMAND_SIZE, 1);
    int status = command != NULL ? OK : error_set(err, NO_MEMORY, "no memory for the archive");

    snprintf(path, sizeof path, "%s/scenario", folder);
    if (status == OK)
        status = copy_result(archive->result, folder, last_of(archive->result), err);
    if (status == OK)
        status = unpack(archive->store, path, command, COMMAND_SIZE, err);
    if (status == OK)
        status = write_design(archive->store, folder, err);
    if (status == OK)
        status = write_sources(archive->store, folder, err);
    if (status == OK)
        status = write_bytes(folder, CRATE_LICENCE, program_licence, program_licence_size, err);
    if (status == OK)
        status = write_bytes(folder, "CITATION.cff", program_citation, program_citation_size, err);
    if (status == OK)
        status = write_readme(archive, folder, err);
    free(command); /* names where the scenario lay meanwhile */
    return status;
}

int
archive_write(struct archive *archive, struct error *err)
{
    char partial[PATH_MAX];

    snprintf(partial, sizeof partial, "%s.partial", archive->folder);
    if (access(archive->folder, F_OK) == 0)
        return error_set(err, ENVIRONMENT, "%.500s is there: give another name", archive->folder);
    folder_remove(partial); /* of an archive that was killed */
    if (mkdir(partial, 0777) != 0)
        return not_written(partial, err);
    int status = write_files(archive, partial, err);
    if (status == OK)
        status =
            crate_write(partial, archive->store, last_of(archive->result), &archive->files, err);
    if (status == OK && rename(partial, archive->folder) != 0)
        status = not_written(archive->folder, err);
    if (status != OK)
        folder_remove(partial);
    return status;
}
