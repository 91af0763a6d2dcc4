/* Preloaded into a run: a file system without locks. LOCK_ERROR is the number of the error that
 * flock gives. */

#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <sys/file.h>

int
flock(int descriptor, int operation)
{
    (void)descriptor;
    (void)operation;
    errno = atoi(getenv("LOCK_ERROR"));
    return -1;
}
