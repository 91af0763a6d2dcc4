#ifndef CLI_SHOW_RANKS_H
#define CLI_SHOW_RANKS_H
/* Which of the uncertain fields of a result move a number. */

#include "analysis/ranked.h"

/* A row for each field and drift of RANKED, which is told, those that move the number most first:
 * partial rank correlation with its interval, standardised rank regression, and whether that is
 * surely more than nothing. */
void show_ranks(const struct ranked *ranked);

#endif
