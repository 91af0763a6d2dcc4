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

/* How the name of PATH begins; *REST: what follows. */
static const char *
name_before(const struct tree *tree, const char *path, const char **rest)
{
    const struct source_folder *folders[] = {&tree->over_folder, &tree->own_folder};

    for (size_t i = 0; i < 2; i++) {
        const char *typed = folders[i]->typed;
        size_t length = typed != NULL ? strlen(typed) : 0;
        if (typed != NULL && strncmp(path, typed, length) == 0 && (length > 0 || path[0] != '/')) {
            *rest = path + length;
            return folders[i]->name;
        }
    }
    *rest = path;
    return path[0] == '/' ? "/" : "";
}

/* PATH from the folder on from which names are told, without '.' and with '..' at its beginning
 * only. */
static char *
source_name(const struct tree *tree, const char *path)
{
    const char *before = name_before(tree, path, &path);
    size_t size = strlen(before);
    char *name = calloc(size + strlen(path) + 2, 1);

    if (name != NULL)
        memcpy(name, before, size);
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

/* The text in memory that PATH leads to; NULL: none. */
static const struct scenario_text *
text_at(const struct tree *tree, const char *path)
{
    char *name = tree->from->texts > 0 ? source_name(tree, path) : NULL;
    const struct scenario_text *found = NULL;

    for (size_t i = 0; name != NULL && i < tree->from->texts && found == NULL; i++)
        if (strcmp(tree->from->text[i].name, name) == 0)
            found = &tree->from->text[i];
    free(name);
    return found;
}

bool
source_real(const struct tree *tree, const char *path, char *real)
{
    const struct scenario_text *text = text_at(tree, path);

    if (text != NULL)
        return snprintf(real, PATH_MAX, "%s", text->name) < PATH_MAX;
    errno = ENOENT;
    return !tree->from->no_files && realpath(path, real) != NULL;
}

/* Open the file at PATH; NULL and a fault: it cannot be read. */
static FILE *
open_source(struct tree *tree, const char *path, const char *name, const struct node *asked)
{
    struct stat status;
    bool none = tree->from->no_files;
    bool no_file = !none && stat(path, &status) == 0 && !S_ISREG(status.st_mode) &&
                   (asked != NULL || S_ISDIR(status.st_mode));
    FILE *file = no_file || none ? NULL : fopen(path, "rb");
    int why = none ? ENOENT : errno;

    if (file != NULL)
        return file;
    if (!no_file)
        tree->environment |= why == EMFILE || why == ENFILE || why == ENOMEM || why == EIO;
    if (asked != NULL)
        faults_add(tree->faults, node_at(asked), NULL, "cannot read '%s': %s", name,
                   no_file ? "it is no file" : strerror(why));
    else
        faults_add(tree->faults, (struct position){path, 0, 0}, NULL, "cannot be read: %s",
                   no_file ? "it is a folder" : strerror(why));
    return NULL;
}

/* A text of memory, copied as a file would be. */
static char *
copy_whole(const struct scenario_text *from, size_t *size)
{
    char *text = malloc(from->size + 1);

    *size = from->size;
    return text != NULL ? memcpy(text, from->text, from->size) : NULL;
}

/* Keep SIZE bytes of TEXT as the file at PATH; NULL and a fault: they cannot be. TEXT is taken. */
static struct source *
keep(struct tree *tree, const char *path, char *text, size_t size)
{
    char *name = text != NULL ? source_name(tree, path) : NULL;
    bool room = array_room(tree->source, tree->source_room, tree->sources + 1);

    tree->no_memory |= name == NULL || !room;
    tree->bytes += size;
    if (name == NULL || !room || size > SOURCE_MOST_BYTES || tree->bytes > SOURCE_MOST_ALL) {
        faults_add(tree->faults, (struct position){path, 0, 0}, NULL,
                   size > SOURCE_MOST_BYTES        ? "larger than 16 MiB"
                   : tree->bytes > SOURCE_MOST_ALL ? "all files together are larger than 64 MiB"
                                                   : "no memory for it");
        free(text);
        free(name);
        return NULL;
    }
    text[size] = '\0';
    struct source *source = &tree->source[tree->sources++];
    *source = (struct source){.name = name, .text = text, .size = size};
    return source;
}

struct source *
source_read(struct tree *tree, const char *path, const char *name, const struct node *asked)
{
    const struct scenario_text *memory = text_at(tree, path);
    size_t size = 0;

    if (memory != NULL)
        return keep(tree, path, copy_whole(memory, &size), memory->size);
    FILE *file = open_source(tree, path, name, asked);
    if (file == NULL)
        return NULL;
    char *text = read_whole(file, &size);
    bool broken = ferror(file) != 0;
    fclose(file);
    if (!broken)
        return keep(tree, path, text, size);
    tree->environment = true;
    faults_add(tree->faults, (struct position){path, 0, 0}, NULL, "cannot be read");
    free(text);
    return NULL;
}

/* Whether the file at PATH, which leads to REAL, lies where a scenario's files may not. */
static bool
is_outside(const struct tree *tree, const char *path, const char *real)
{
    size_t top = strlen(tree->top);

    if (text_at(tree, path) != NULL)
        return !tree->over && (real[0] == '/' || strncmp(real, "../../", 6) == 0);
    return strncmp(real, tree->top, top) != 0 || real[top] != '/';
}

/* The length of the folder with which PATH begins, its slash included. */
static size_t
folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? (size_t)(slash - path) + 1 : 0;
}

/* What ASKED names, seen from the file in which it stands, PATH_MAX bytes; false: it is too long,
 * or not there, and errno says why. */
static bool
join(const struct tree *tree, const struct node *asked, char *joined, char *real)
{
    int folder = asked->text[0] == '/' ? 0 : (int)folder_length(asked->at.file);

    errno = ENAMETOOLONG;
    return snprintf(joined, PATH_MAX, "%.*s%s", folder, asked->at.file, asked->text) < PATH_MAX &&
           source_real(tree, joined, real);
}

bool
source_is(const struct tree *tree, const struct node *asked, const char *real)
{
    char joined[PATH_MAX], found[PATH_MAX];

    return join(tree, asked, joined, found) && strcmp(found, real) == 0;
}

bool
source_resolve(struct tree *tree, const struct node *asked, char *path)
{
    char joined[PATH_MAX], real[PATH_MAX];

    if (!join(tree, asked, joined, real)) {
        faults_add(tree->faults, node_at(asked), NULL, "cannot read '%s': %s", asked->text,
                   strerror(errno));
        return false;
    }
    if (!tree->from->allow_outside && is_outside(tree, joined, real)) {
        faults_add(tree->faults, node_at(asked), NULL,
                   "'%s' lies outside the scenario's folder; move it, or allow it with "
                   "--allow-outside",
                   asked->text);
        return false;
    }
    memcpy(path, joined, sizeof joined);
    return true;
}

/* The folder in which PATH lies, with its slash; "" where it is the present one. */
static const char *
folder_of(struct tree *tree, const char *path)
{
    size_t length = folder_length(path);
    char *folder = tree_allocate(tree, length + 1);

    return folder != NULL ? memcpy(folder, path, length) : "";
}

/* The files that the one at PATH names lie in its folder or the one above. */
static void
set_top(struct tree *tree, const char *path)
{
    bool memory = text_at(tree, path) != NULL;
    const char *own = tree->own_folder.typed;
    const char *known = !memory ? path : own != NULL && *own != '\0' ? own : ".";
    char real[PATH_MAX];

    tree->top[0] = '\0';
    if (realpath(known, real) != NULL) {
        for (int up = memory; up < 2 && strrchr(real, '/') != NULL; up++)
            *strrchr(real, '/') = '\0';
        snprintf(tree->top, sizeof tree->top, "%s", real);
    }
}

/* The real path of FOLDER with a slash at its end, PATH_MAX + 1 bytes; false: there is none. */
static bool
real_folder(const char *folder, char *real)
{
    if (realpath(*folder != '\0' ? folder : ".", real) == NULL)
        return false;
    size_t size = strlen(real);
    if (real[size - 1] != '/') {
        real[size] = '/';
        real[size + 1] = '\0';
    }
    return true;
}

/* How many bytes at the beginning of two real folders are one folder. */
static size_t
same_folder(const char *one, const char *other)
{
    size_t same = 0;

    for (size_t i = 0; one[i] == other[i] && one[i] != '\0'; i++)
        if (one[i] == '/')
            same = i + 1;
    return same;
}

/* With overlays, names are told from the folder on that the scenario's and theirs have in common,
 * so that each finds the scenario again wherever all are written out together. */
static void
find_common_folder(struct tree *tree, const struct scenario_source *from)
{
    char own[PATH_MAX + 1], other[PATH_MAX + 1];
    size_t up = 0;

    if (from->overs == 0 || text_at(tree, from->file) != NULL ||
        !real_folder(tree->own_folder.typed, own))
        return;
    size_t common = strlen(own);
    for (size_t i = 0; i < from->overs; i++)
        if (text_at(tree, from->over[i]) == NULL &&
            real_folder(folder_of(tree, from->over[i]), other)) {
            size_t same = same_folder(own, other);
            common = same < common ? same : common;
        }
    for (size_t i = common; own[i] != '\0'; i++)
        up += own[i] == '/';
    tree->common = common;
    tree->own_folder.name = tree_keep_text(tree, own + common);
    size_t typed = strlen(tree->folder);
    char *folder = tree_allocate(tree, typed + 3 * up + 1);
    if (folder == NULL)
        return;
    memcpy(folder, tree->folder, typed);
    for (size_t i = 0; i < up; i++)
        snprintf(folder + typed + 3 * i, sizeof "../", "../");
    tree->folder = folder;
}

/* Whether the texts in memory are named from the folder on from which FILE is. */
static bool
names_itself(const struct scenario_source *from)
{
    for (size_t i = 0; i < from->texts; i++)
        if (strcmp(from->text[i].name, from->file) == 0)
            return true;
    return false;
}

void
source_begin(struct tree *tree, const struct scenario_source *from, struct faults *faults)
{
    *tree = (struct tree){.faults = faults, .from = from};
    tree->folder = names_itself(from) ? "" : folder_of(tree, from->file);
    tree->own_folder = (struct source_folder){tree->folder, ""};
    set_top(tree, from->file);
    find_common_folder(tree, from);
}

void
source_enter(struct tree *tree, const char *path)
{
    char real[PATH_MAX + 1];

    tree->over = path != NULL;
    tree->over_folder = (struct source_folder){NULL, NULL};
    set_top(tree, path != NULL ? path : tree->from->file);
    if (path == NULL || text_at(tree, path) != NULL)
        return;
    const char *folder = folder_of(tree, path);
    if (real_folder(folder, real))
        tree->over_folder =
            (struct source_folder){folder, tree_keep_text(tree, real + tree->common)};
}

/* A file by the text that its positions have: two tables may be one file. */
struct tree_file {
    const char *file, *in;
    int depth;
    struct tree_file *next;
};

void
source_note(struct tree *tree, const char *file, int depth, const char *in)
{
    struct tree_file *noted = tree_allocate(tree, sizeof *noted);

    if (noted == NULL)
        return;
    *noted = (struct tree_file){file, in, depth, tree->files};
    tree->files = noted;
}

#define LAYER_SET    INT_MAX
#define LAYER_LOWEST (-TREE_MOST_EXTENDS - 1)

int
source_layer(const struct tree *tree, const char *file)
{
    const struct tree_file *noted = tree->files;

    while (noted != NULL && noted->file != file)
        noted = noted->next;
    if (noted != NULL)
        return noted->in != NULL ? source_layer(tree, noted->in) : -noted->depth;
    return strcmp(file, SOURCE_SET) == 0 ? LAYER_SET : LAYER_LOWEST;
}

void
source_end(struct tree *tree)
{
    tree->from = NULL;
}
