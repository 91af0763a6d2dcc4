#ifndef SIM_LOCK_H
#define SIM_LOCK_H
/* One run at a time for one result. The system's lock on an open file goes with the process,
 * however it ends. Where a file system has no locks, a file that only one can create stands in; it
 * says who holds it, and a killed run leaves it behind. */

#include "error.h"

#include <stdbool.h>

struct lock {
    char *path; /* of the file that stands in; NULL: the system's lock holds */
};

/* Lock the file of DESCRIPTOR, or create STAND_IN. ENVIRONMENT: another has it, and the line says
 * who and how to go on; NAME is what the line calls the file. */
MUST_CHECK int lock_take(struct lock *lock, int descriptor, const char *name, const char *stand_in,
                         struct error *err);

/* Take the stand-in away; the system's lock ends when its file is closed. */
void lock_release(struct lock *lock);

#endif
