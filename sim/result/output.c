#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_LINKS 40 /* as the system follows */
#define SUFFIX     16 /* room for .journal, .partial and .lock behind a name */

/* The folder of PATH, as a new text. */
static char *
folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return strdup(".");
    return slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}

/* What the link PATH points to, seen from where PATH is seen from; NULL: see errno. */
static char *
link_target(const char *path)
{
    char text[PATH_MAX];
    ssize_t size = readlink(path, text, sizeof text - 1);
    const char *slash = strrchr(path, '/');
    char *joined;

    if (size < 0)
        return NULL;
    text[size] = '\0';
    int before = slash != NULL && text[0] != '/' ? (int)(slash - path + 1) : 0;
    return asprintf(&joined, "%.*s%s", before, path, text) >= 0 ? joined : NULL;
}

/* Follow links from NAME to a file, or to where there is nothing yet. */
static int
follow(char **path, const char *name, struct error *err)
{
    struct stat there;

    *path = strdup(name);
    for (int links = 0; *path != NULL && lstat(*path, &there) == 0 && S_ISLNK(there.st_mode);
         links++) {
        char *next = links < MOST_LINKS ? link_target(*path) : NULL;
        if (next == NULL)
            return error_set(err, ENVIRONMENT, "%.500s: a symbolic link that leads nowhere: %s",
                             name, strerror(links < MOST_LINKS ? errno : ELOOP));
        free(*path);
        *path = next;
    }
    return *path != NULL ? OK : error_set(err, NO_MEMORY, "no memory for a file's name");
}

static int
check_name(const char *name, struct error *err)
{
    size_t size = strlen(name);

    if (size == 0)
        return error_set(err, BAD_INPUT, "the result's name is empty; give a file, say result.h5");
    if (strcmp(name, "-") == 0)
        return error_set(err, BAD_INPUT,
                         "'-': a result cannot go to standard output; give a file, say result.h5");
    if (size > PATH_MAX - SUFFIX)
        return error_set(err, BAD_INPUT, "the result's name has %zu bytes; at most %d can be used",
                         size, PATH_MAX - SUFFIX);
    if (name[size - 1] == '/')
        return error_set(err, BAD_INPUT,
                         "%.500s names a folder; give a file in it, say %.300sresult.h5", name,
                         name);
    return OK;
}

/* Only an ordinary file can be replaced by a result. */
static int
check_kind(const char *name, struct error *err)
{
    static const struct {
        mode_t kind;
        const char *word;
    } kinds[] = {
        {S_IFCHR, "a device"}, {S_IFBLK, "a device"}, {S_IFIFO, "a pipe"}, {S_IFSOCK, "a socket"}};
    struct stat there;

    if (stat(name, &there) != 0 || S_ISREG(there.st_mode))
        return OK;
    if (S_ISDIR(there.st_mode))
        return error_set(err, BAD_INPUT,
                         "%.500s is a folder; give a file in it, say %.300s/result.h5", name, name);
    const char *word = "no file";
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if ((there.st_mode & S_IFMT) == kinds[i].kind)
            word = kinds[i].word;
    return error_set(err, BAD_INPUT, "%.500s is %s; a result can only be an ordinary file", name,
                     word);
}

static int
check_folder(const char *path, struct error *err)
{
    char *folder = folder_of(path);
    struct stat there;
    int status = OK, reason = 0;

    if (folder == NULL)
        return error_set(err, NO_MEMORY, "no memory for a file's name");
    bool found = stat(folder, &there) == 0;
    if (found && !S_ISDIR(there.st_mode))
        reason = ENOTDIR;
    else if (!found || access(folder, W_OK | X_OK) != 0)
        reason = errno;
    if (reason != 0)
        status = error_set(err, ENVIRONMENT, "%.400s cannot be created: the folder %.400s: %s",
                           path, folder, strerror(reason));
    free(folder);
    return status;
}

/* Whether a file may be replaced by a result: one of HDF5 (the format's signature), or an empty
 * one.
 */
static bool
holds_result(int descriptor)
{
    static const char signature[8] = "\211HDF\r\n\032\n";
    char begin[sizeof signature];
    ssize_t size = pread(descriptor, begin, sizeof begin, 0);

    return size == 0 || (size == sizeof begin && memcmp(begin, signature, sizeof signature) == 0);
}

/* A file that is there must be one that can be replaced: a result, neither protected nor being
 * written. That it cannot be written to is no reason: it is replaced whole. */
static int
check_file(const char *path, struct error *err)
{
    int descriptor = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK);

    if (descriptor < 0 && (errno == EACCES || errno == EROFS))
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return errno == ENOENT || errno == EACCES
                   ? OK
                   : error_set(err, ENVIRONMENT, "%.500s: cannot be replaced: %s", path,
                               strerror(errno));
    bool written = flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    bool result = holds_result(descriptor);
    close(descriptor);
    if (!result)
        return error_set(err, BAD_INPUT,
                         "%.500s is no result, and only a result is replaced; give another file",
                         path);
    return written
               ? error_set(err, ENVIRONMENT,
                           "%.500s is open for writing in another program; close it there", path)
               : OK;
}

int
output_find(struct output *output, const char *name, struct error *err)
{
    int status = check_name(name, err);

    *output = (struct output){NULL, NULL};
    if (status == OK)
        status = check_kind(name, err);
    if (status == OK)
        status = follow(&output->path, name, err);
    if (status == OK)
        status = check_name(output->path, err);
    if (status == OK)
        status = check_folder(output->path, err);
    if (status == OK)
        status = check_file(output->path, err);
    if (status == OK && asprintf(&output->journal, "%s.journal", output->path) < 0) {
        output->journal = NULL;
        status = error_set(err, NO_MEMORY, "no memory for a file's name");
    }
    return status;
}

void
output_free(struct output *output)
{
    free(output->path);
    free(output->journal);
    *output = (struct output){NULL, NULL};
}
