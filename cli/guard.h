#ifndef CLI_GUARD_H
#define CLI_GUARD_H
/* Of some damaged results the HDF5 library does not come back. A command that opens one runs in a
 * process of its own, so that this too is an answer. */

#include "command.h"

/* RUN what COMMAND does with the RESULTS that are its first arguments; its exit status. Where the
 * library breaks off, that is said, and the status is IF_DAMAGED. */
int guard_run(const char *command, int (*run)(const struct options *options),
              const struct options *options, int results, int if_damaged);

#endif
