#ifndef ANALYSIS_SOURCES_H
#define ANALYSIS_SOURCES_H
/* The numbers of a scenario as they are shown: what stands there as one text, which of them make
 * one line, how many have which grade. */

#include "models/scenario/numbers.h"

#include "sim/base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* A, B, C, or "" of GRADE_NONE. */
extern const char *const sources_grade[GRADES];

/* What stands in ROW, as a scenario writes it, on one line: 5 %, [1, 1.05], gamma.mean 20 d,
 * gamma.cv 0.5; of what is drawn the median in four digits. The caller frees it; NULL: no memory.
 */
char *sources_value(const struct number_row *row);

/* Whether ROW has a source; whether it is to have one, and has none. */
bool sources_has(const struct number_row *row);
bool sources_lacks(const struct number_row *row);

/* The draw that moves ROW most directly, by its name in the result; NULL: it is not drawn, or is
 * what others leave of a whole. */
const char *sources_draw(const struct tree *tree, const struct number_row *row);

/* The rows that make lines of a table: a map whose numbers all have one source is one line. */
struct source_lines {
    const struct number_row **row; /* [count] */
    size_t count;
};

/* The lines of NUMBERS. NO_MEMORY. To be given back by free(lines->row). */
MUST_CHECK int sources_lines(struct source_lines *lines, const struct number_rows *numbers);

/* How many numbers there are of each grade; those of GRADE_NONE have no source. What is chosen for
 * the run counts with none. */
void sources_count(const struct number_rows *numbers, size_t count[GRADES]);

#endif
