#ifndef CLI_CHECK_H
#define CLI_CHECK_H
/* What `check` says of a scenario and of a design of a sweep alike. */

#include "command.h"

#include "analysis/cost.h"

/* `check` of the design of a sweep. */
int check_design(const struct options *options);

/* What WHAT ("a run", "it") costs on so many threads; no end of line behind it. */
void print_cost_of(const char *what, const struct cost *cost, int threads);

#endif
