#ifndef CLI_SOURCES_H
#define CLI_SOURCES_H
/* The numbers of a scenario with where they come from, as check --sources prints them. */

#include <stdbool.h>

struct scenario;

/* Print every number of SCENARIO below its source, those without one by file and line, and how many
 * there are of each grade; or (CSV) a row for each value. The exit status: EXIT_DIFFERENT where a
 * number has no source. */
int print_sources(struct scenario *scenario, bool csv);

#endif
