#ifndef ANALYSIS_GOAL_H
#define ANALYSIS_GOAL_H
/* A statement about futures, and whether a run shows that it holds:
 *
 *   mean(floor_sleepers, 2032) < 100
 *   chance(floor_sleepers < 100, 2032) >= 80 %
 *   q90(floor_sleepers, 2032) <= 250
 *
 * an address (address.h) of a mean, a quantile or a chance, one of < <= > >=, and a level.
 *
 * It is shown where a one-sided bound lies on its side of the level: of a mean Student's; of a
 * chance Clopper and Pearson's (1934); of a quantile the order statistic that lies beyond it
 * (Conover 1999, 3.2), which is the same bound turned round: the least x of which it is shown that
 * so large a share lies at or below. The unit is the draw. Where replications share one, a mean is
 * that of the draws' means, and the successes of Clopper and Pearson are the draws' shares, added
 * up: of all that lies between 0 and 1 with one mean, what is 0 or 1 varies most, and draws that
 * are all alike still leave a width. */

#include "address.h"

#include "sim/base/error.h"

#include <stddef.h>
#include <stdint.h>

struct goal {
    struct address address;
    enum relation relation;
    double level;  /* of a chance from 0 to 1 */
    bool per_cent; /* a % stands behind the level of what is no chance */
};

enum verdict { VERDICT_FAILS, VERDICT_OPEN, VERDICT_HOLDS };

/* What a run says: the statistic, between two bounds of which each is one-sided. */
struct judgement {
    double estimate;
    double low, high; /* -INFINITY or INFINITY where there is none */
    /* VERDICT_HOLDS: the bound on the other side meets the level; VERDICT_FAILS: not even the bound
     * on this side does; VERDICT_OPEN: neither is shown. */
    enum verdict verdict;
};

/* BAD_INPUT and a line that says what is wrong with TEXT. GOAL points into itself: it must not be
 * copied. */
MUST_CHECK int goal_read(struct goal *goal, const char *text, struct error *err);

/* BAD_INPUT: the level or the limit is in per cent, and what is compared in UNIT, which is none. */
MUST_CHECK int goal_check_unit(const struct goal *goal, const char *unit, struct error *err);

#define GOAL_TEXT (ADDRESS_TEXT + 64)

/* The text that goal_read reads as GOAL. */
const char *goal_write(const struct goal *goal, char out[GOAL_TEXT]);

/* Judge VALUE [COUNT] by replication with CONFIDENCE (0.95); DRAW as in statistics.h. A future
 * without a value (NaN) is left out, as address_answer has it; where that is all of them, the goal
 * is open. NO_MEMORY. */
MUST_CHECK int goal_judge(const struct goal *goal, const double *value, size_t count,
                          const uint64_t *draw, double confidence, struct judgement *judgement,
                          struct error *err);

/* Of so few draws, at least, all must be as asked for the goal to be shown; SIZE_MAX: no number of
 * them shows it. */
size_t goal_fewest(const struct goal *goal, double confidence);

/* What of one replication's VALUE speaks for the goal: the more the better. */
double goal_score(const struct goal *goal, double value);

#endif
