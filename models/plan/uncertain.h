#ifndef MODELS_PLAN_UNCERTAIN_H
#define MODELS_PLAN_UNCERTAIN_H
/* A plan for each replication, where fields of the scenario are drawn. What follows from a draw is
 * worked out once, as numbers in values of fields; a replication writes these numbers and fills
 * anew the parts of the plan that read them. No text is read again. */

#include "tables.h"

#include "models/scenario/uncertain.h"

#include "sim/base/error.h"

/* A fault for each draw of SCENARIO that changes what is the same for all replications. NO_MEMORY.
 */
MUST_CHECK int uncertain_check(const struct scenario *scenario, struct faults *faults);

/* Fill plan->uncertain for a scenario that has draws. BAD_INPUT: a draw changes what is the same
 * for all replications, or what cannot be changed; NO_MEMORY. */
MUST_CHECK int uncertain_create(struct plan *plan, struct error *err);
void uncertain_free(struct uncertain *uncertain);

/* What is drawn: how many, and each of them. */
size_t uncertain_count(const struct plan *plan);
const struct draw *uncertain_draw(const struct plan *plan, size_t number);

/* The unit of what is drawn, as UDUNITS writes it: "d", "1/d" or "1". */
const char *uncertain_unit(const struct plan *plan, size_t number);

/* What REPLICATION draws, into VALUE, one number for each draw: its uniform number, named by (seed,
 * draw, path), through the distribution's inverse. Replications that share a draw (`chance`) have
 * the same. */
void uncertain_values(const struct plan *plan, uint64_t replication, double *value);

/* The plan of BASE's scenario with VALUE drawn, in its world too. BASE must outlive it. BAD_INPUT:
 * a distribution cannot be made of what is drawn for its parameters, or a value is beyond its
 * field's range; NO_MEMORY. */
MUST_CHECK int uncertain_plan(struct plan **plan, const struct plan *base, const double *value,
                              struct error *err);

#endif
