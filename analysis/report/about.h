#ifndef ANALYSIS_REPORT_ABOUT_H
#define ANALYSIS_REPORT_ABOUT_H
/* What a report is made of and with: its results, and the program. */

#include "sim/base/error.h"
#include "sim/result/store.h"

#include <jansson.h>
#include <stddef.h>
#include <time.h>

/* {version, commit, date, command, compiler, libraries} of this program, which makes a report at
 * MADE by COMMAND. NULL: no memory. */
json_t *about_program(const char *command, time_t made);

/* {id, short, file, name, description, version, commit, seed, replications, first, last, draws,
 * start, end, command, inputs} of STORE, a file at PATH, of which only the name is told: folders
 * are nobody else's. NO_MEMORY, or BAD_INPUT: it is damaged. */
MUST_CHECK int about_result(const struct store *store, const char *path, json_t **about,
                            struct error *err);

#endif
