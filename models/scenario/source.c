#include "source.h"

#include "sim/base/array.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* All of FILE in memory of its own, up to a little more than is allowed; NULL: no memory. */
static char *
read_whole(FILE *file, size_t *size)
{
    char *text = NULL;
    size_t room = 0, more;

    *size = 0;
    do {
        if (!array_room(text, room, *size + 4096)) {
            free(text);
            return NULL;
        }
        more = room - 1 - *size; /* one byte for the end */
        *size += more = fread(text + *size, 1, more, file);
    } while (more > 0 && *size <= SOURCE_MOST_BYTES);
    return text;
}

struct source *
source_add(struct tree *tree, const char *name, const char *text)
{
    char *name_copy = strdup(name), *text_copy = strdup(text);

    if (!array_room(tree->source, tree->source_room, tree->sources + 1) || name_copy == NULL ||
        text_copy == NULL) {
        tree->no_memory = true;
        free(name_copy);
        free(text_copy);
        return NULL;
    }
    struct source *source = &tree->source[tree->sources++];
    *source = (struct source){.name = name_copy, .text = text_copy, .size = strlen(text)};
    return source;
}

/* PATH from the scenario's folder on, without '.' and with '..' at its beginning only. */
static char *
source_name(const struct tree *tree, const char *path)
{
    size_t folder = tree->folder != NULL ? strlen(tree->folder) : 0, size = 0;
    char *name = calloc(strlen(path) + 2, 1);

    if (folder > 0 && strncmp(path, tree->folder, folder) == 0)
        path += folder;
    else if (path[0] == '/' && name != NULL)
        name[size++] = '/';
    for (size_t part; name != NULL && *path != '\0'; path += part + (path[part] == '/')) {
        part = strcspn(path, "/");
        char *last = memrchr(name, '/', size);
        last = last != NULL ? last + 1 : name;
        if (part == 0 || (part == 1 && path[0] == '.'))
            continue;
        if (part == 2 && memcmp(path, "..", 2) == 0 && size > 0 && strcmp(last, "..") != 0 &&
            strcmp(name, "/") != 0) {
            size = last > name ? (size_t)(last - name) - (last - name > 1) : 0;
            name[size] = '\0';
            continue;
        }
        if (size > 0 && name[size - 1] != '/')
            name[size++] = '/';
        memcpy(name + size, path, part);
        size += part;
        name[size] = '\0';
    }
    return name;
}

/* Open the file at PATH; NULL and a fault: it cannot be read. */
static FILE *
open_source(struct tree *tree, const char *path, const char *name, const struct node *asked)
{
    struct stat status;
    bool no_file = stat(path, &status) == 0 && !S_ISREG(status.st_mode) &&
                   (asked != NULL || S_ISDIR(status.st_mode));
    FILE *file = no_file ? NULL : fopen(path, "rb");

    if (file != NULL)
        return file;
    if (!no_file)
        tree->environment |= errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == EIO;
    if (asked != NULL)
        faults_add(tree->faults, node_at(asked), NULL, "cannot read '%s': %s", name,
                   no_file ? "it is no file" : strerror(errno));
    else
        faults_add(tree->faults, (struct position){path, 0, 0}, NULL, "cannot be read: %s",
                   no_file ? "it is a folder" : strerror(errno));
    return NULL;
}

struct source *
source_read(struct tree *tree, const char *path, const char *name, const struct node *asked)
{
    FILE *file = open_source(tree, path, name, asked);
    size_t size = 0;

    if (file == NULL)
        return NULL;
    char *text = read_whole(file, &size);
    bool broken = ferror(file) != 0;
    fclose(file);
    char *copy = text != NULL ? source_name(tree, path) : NULL;
    bool room = array_room(tree->source, tree->source_room, tree->sources + 1);
    tree->environment |= broken;
    tree->no_memory |= copy == NULL || !room;
    tree->bytes += size;
    if (copy == NULL || !room || broken || size > SOURCE_MOST_BYTES ||
        tree->bytes > SOURCE_MOST_ALL) {
        faults_add(tree->faults, (struct position){path, 0, 0}, NULL,
                   broken                          ? "cannot be read"
                   : size > SOURCE_MOST_BYTES      ? "larger than 16 MiB"
                   : tree->bytes > SOURCE_MOST_ALL ? "all files together are larger than 64 MiB"
                                                   : "no memory for it");
        free(text);
        free(copy);
        return NULL;
    }
    text[size] = '\0';
    struct source *source = &tree->source[tree->sources++];
    *source = (struct source){.name = copy, .text = text, .size = size};
    return source;
}

bool
source_resolve(struct tree *tree, const struct node *asked, char *path)
{
    char joined[PATH_MAX], real[PATH_MAX];
    const char *slash = strrchr(asked->at.file, '/');
    int folder = slash ? (int)(slash - asked->at.file) + 1 : 0;
    size_t top = strlen(tree->top);

    if (snprintf(joined, sizeof joined, "%.*s%s", asked->text[0] == '/' ? 0 : folder,
                 asked->at.file, asked->text) >= (int)sizeof joined ||
        realpath(joined, real) == NULL) {
        faults_add(tree->faults, node_at(asked), NULL, "cannot read '%s': %s", asked->text,
                   strerror(errno));
        return false;
    }
    if (!tree->allow_outside && (strncmp(real, tree->top, top) != 0 || real[top] != '/')) {
        faults_add(tree->faults, node_at(asked), NULL,
                   "'%s' lies outside the scenario's folder; move it, or allow it with "
                   "--allow-outside",
                   asked->text);
        return false;
    }
    memcpy(path, joined, sizeof joined);
    return true;
}

void
source_begin(struct tree *tree, const char *file, bool allow_outside, struct faults *faults)
{
    char real[PATH_MAX];

    *tree = (struct tree){.faults = faults, .allow_outside = allow_outside};
    const char *slash = strrchr(file, '/');
    if (slash != NULL) {
        char *folder = tree_allocate(tree, (size_t)(slash - file) + 2);
        tree->folder = folder != NULL ? memcpy(folder, file, (size_t)(slash - file) + 1) : NULL;
    }
    if (realpath(file, real) != NULL) {
        for (int up = 0; up < 2 && strrchr(real, '/') != NULL; up++)
            *strrchr(real, '/') = '\0';
        snprintf(tree->top, sizeof tree->top, "%s", real);
    }
}
