#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define HOST_SIZE 256

static void
host_name(char host[HOST_SIZE])
{
    if (gethostname(host, HOST_SIZE) != 0)
        snprintf(host, HOST_SIZE, "unknown");
    host[HOST_SIZE - 1] = '\0';
}

/* The file at PATH is there: say who holds it, and how to go on. */
static int
held(const char *path, struct error *err)
{
    char host[HOST_SIZE] = "", own[HOST_SIZE];
    long number = 0;
    FILE *file = fopen(path, "r");
    int found = file != NULL ? fscanf(file, "%255s %ld", host, &number) : 0;

    if (file != NULL)
        fclose(file);
    host_name(own);
    if (found != 2 || number <= 0)
        return error_set(err, ENVIRONMENT,
                         "%.500s: a lock file that does not say who holds it; if no run writes "
                         "this result, delete it and go on",
                         path);
    if (strcmp(host, own) == 0 && kill((pid_t)number, 0) != 0 && errno == ESRCH)
        return error_set(err, ENVIRONMENT,
                         "%.500s was left by process %ld, which has ended; delete it and go on",
                         path, number);
    return error_set(err, ENVIRONMENT,
                     "%.500s: process %ld on %s is writing this result; if it has ended, delete "
                     "the file and go on",
                     path, number, host);
}

/* REASON: why the system's lock cannot be had. */
static int
create_stand_in(struct lock *lock, const char *name, const char *path, int reason,
                struct error *err)
{
    char host[HOST_SIZE], line[HOST_SIZE + 32];
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0666);

    if (descriptor < 0 && errno == EEXIST)
        return held(path, err);
    if (descriptor < 0)
        return error_set(err, ENVIRONMENT,
                         "%.300s cannot be locked (%s), and %.300s cannot be created: %s", name,
                         strerror(reason), path, strerror(errno));
    host_name(host);
    int size = snprintf(line, sizeof line, "%s %ld\n", host, (long)getpid());
    bool good = write(descriptor, line, (size_t)size) == size;
    good = close(descriptor) == 0 && good && (lock->path = strdup(path)) != NULL;
    if (good)
        return OK;
    unlink(path);
    return error_set(err, ENVIRONMENT, "%.500s: cannot be written: %s", path, strerror(errno));
}

static bool
has_no_locks(int reason)
{
    return reason == ENOLCK || reason == ENOSYS || reason == EOPNOTSUPP || reason == ENOTSUP ||
           reason == EINVAL;
}

int
lock_take(struct lock *lock, int descriptor, const char *name, const char *stand_in,
          struct error *err)
{
    lock->path = NULL;
    if (access(stand_in, F_OK) == 0) /* from a machine that has no locks there */
        return held(stand_in, err);
    if (flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        return OK;
    if (errno == EWOULDBLOCK)
        return error_set(err, ENVIRONMENT, "%.500s is being written by another run", name);
    if (has_no_locks(errno))
        return create_stand_in(lock, name, stand_in, errno, err);
    return error_set(err, ENVIRONMENT, "%.500s: cannot be locked: %s", name, strerror(errno));
}

void
lock_release(struct lock *lock)
{
    if (lock->path != NULL)
        unlink(lock->path);
    free(lock->path);
    lock->path = NULL;
}
