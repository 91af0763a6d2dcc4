#ifndef CLI_REBUILD_H
#define CLI_REBUILD_H
/* The program that made a result, built again from the sources that the result carries. */

#include "command.h"

#include "sim/result/store.h"

/* Build it in a folder of its own, have it do `reproduce` of RESULT, which is STORE, as OPTIONS
 * say, and take the folder away; the exit status. What is built and run is whatever the file
 * carries. */
int rebuild_and_reproduce(const struct store *store, const struct options *options);

#endif
