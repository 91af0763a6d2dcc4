#ifndef CLI_INDICATORS_H
#define CLI_INDICATORS_H
/* The indicator table for `explain`. */

#include <stdbool.h>

/* A line for each indicator, and how addresses are written. */
void print_indicators(void);

/* The indicator called NAME with its formula; false: there is none. BLANK: an empty line first. */
bool print_indicator_called(const char *name, bool blank);

#endif
