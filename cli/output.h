#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H
/* A file that a command writes: under its name when it is whole, and never in place of what is
 * read. Each function says on the standard error what is not as it should be, and returns an exit
 * status. */

#include "models/scenario/node.h"

#include <stdbool.h>
#include <stdio.h>

/* May COMMAND write PATH? It is a file, or nothing yet; there already only with FORCE. */
int output_check(const char *command, const char *path, bool force);

/* Is PATH none of the files that TREE was read from, in the folder in which they are named? */
int output_check_inputs(const char *command, const char *path, const struct tree *tree);

/* Is PATH another file than INPUT? */
int output_check_input(const char *command, const char *path, const char *input);

/* Write PATH with WRITE, which gets CONTEXT and returns false where the file took no more: into a
 * file of its own name beside it first, which is taken away again if anything fails. */
int output_write(const char *command, const char *path,
                 bool (*write)(FILE *to, const void *context), const void *context);

#endif
