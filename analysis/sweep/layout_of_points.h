#ifndef ANALYSIS_SWEEP_LAYOUT_OF_POINTS_H
#define ANALYSIS_SWEEP_LAYOUT_OF_POINTS_H
/* The layout of a sweep's file, from that of a replication: replication becomes the first dimension
 * of each variable behind point, and the factors, their seeds and their lines lie along point. */

#include "design.h"

#include "sim/base/error.h"
#include "sim/result/journal.h"
#include "sim/result/layout.h"

/* Could the factors of DESIGN lie beside what a REPLICATION holds? BAD_INPUT: one is called as
 * something else is. */
MUST_CHECK int layout_check_factors(const struct layout *replication, const struct design *design,
                                    struct error *err);

/* Make OUT of the layout of a REPLICATION, which must stay; for the points that JOURNAL holds. To
 * be freed either way. NO_MEMORY. */
MUST_CHECK int layout_of_points(struct layout *out, const struct layout *replication,
                                const struct design *design, const struct journal *journal,
                                struct error *err);
void layout_of_points_free(struct layout *layout);

/* Where OTHER, of another point, differs from LAYOUT: the name of a dimension or a variable; NULL:
 * nowhere. */
const char *layout_difference(const struct layout *layout, const struct layout *other);

#endif
