#ifndef MODELS_PLAN_UNCERTAIN_H
#define MODELS_PLAN_UNCERTAIN_H
/* A plan for each replication, where fields of the scenario are drawn. What follows from a draw is
 * worked out once, as numbers in values of fields; a replication writes these numbers and fills
 * anew the parts of the plan that read them. No text is read again. */

#include "plan.h"

#include "models/scenario/uncertain.h"

struct uncertain;

/* What is drawn in PLAN's scenario: how many numbers, each of them, and its unit as UDUNITS writes
 * it: "d", "1/d" or "1". */
size_t uncertain_count(const struct plan *plan);
const struct draw *uncertain_draw(const struct plan *plan, size_t number);
const char *uncertain_unit(const struct plan *plan, size_t number);

/* A fault for each draw of SCENARIO that changes what is the same for all replications. NO_MEMORY.
 */
MUST_CHECK int uncertain_check(const struct scenario *scenario, struct faults *faults);

/* A fault for each draw at one of whose ends, all others at their medians, no plan can be made.
 * PLAN is that of the medians. NO_MEMORY. */
MUST_CHECK int uncertain_try(const struct plan *plan, struct faults *faults);

/* What follows from the draws of PLAN's scenario, there and in its world. PLAN must outlive it.
 * BAD_INPUT: what is the same for all replications is drawn; NO_MEMORY. */
MUST_CHECK int uncertain_create(struct uncertain **uncertain, const struct plan *plan,
                                struct error *err);
void uncertain_free(struct uncertain *uncertain);

/* The uniform number of draw NUMBER in REPLICATION, named by (seed, draw, path). Replications that
 * share a draw (`chance`) have the same. */
double uncertain_uniform(const struct uncertain *uncertain, size_t number, uint64_t replication);

/* What REPLICATION draws, into VALUE, one number for each draw: its uniform number through the
 * distribution's inverse; or what the plan has been given. */
void uncertain_values(const struct uncertain *uncertain, uint64_t replication, double *value);

/* The plan with VALUE drawn, in its world too. BAD_INPUT: a distribution cannot be made of what is
 * drawn for its parameters, or a value is beyond its field's range; NO_MEMORY. */
MUST_CHECK int uncertain_plan(struct plan **plan, const struct uncertain *uncertain,
                              const double *value, struct error *err);

#endif
