#ifndef MODELS_PLAN_DERIVE_H
#define MODELS_PLAN_DERIVE_H
/* A plan from another by changed values, without a text being read again: for a replication with
 * values of its own, for a point of a sweep. What the changes do not touch is shared. */

#include "plan.h"

#include "models/scenario/fields/fields.h"

#define CHANGE_MOST_STEPS 4 /* facilities[a facility].project.ramp_up[a step].share */

/* From an object to a value in it, or to an object in it: of a list the ITEMth, of a map of lists
 * the ITEMth of list LIST. */
struct plan_step {
    const struct field *field;
    size_t list, item;
};

/* VALUE is what the member of the field's object holds: a double (in days, a day, or as a share),
 * an int64_t, a bool, an int, a struct steps, a struct distribution *, ... What it points to is not
 * copied. A facility's figures are those that hold once its history is laid over them. */
struct plan_change {
    size_t steps;
    struct plan_step step[CHANGE_MOST_STEPS];
    const void *value;
    bool world;      /* also in the world that the stock comes from */
    bool world_only; /* there alone: STEP counts the world's objects */
    size_t law;      /* 0: not under a law; else in own_under[law] alone */
};

/* A change of the field PATH such as facilities.capacity or pathways.clocks.after, in the objects
 * that NUMBER counts: one number for each list on the way, two for a map of lists. False: there is
 * no such field, or too few numbers. */
MUST_CHECK bool plan_change_at(struct plan_change *change, const char *path, const size_t *number,
                               size_t numbers);

/* Does any part of a plan read what CHANGE changes? Else it is the same for all replications. */
bool plan_change_is_read(const struct plan_change *change);

/* Is it read where a law holds? */
bool plan_change_is_of_law(const struct plan_change *change);

/* The plan of BASE's scenario with COUNT changes laid over it, as if it had been read with them.
 * BASE, its scenario and what the values point to must outlive it. BAD_INPUT where a change names
 * no object of the scenario, or a field that is the same for all replications; NO_MEMORY. */
MUST_CHECK int plan_derive(struct plan **plan, const struct plan *base,
                           const struct plan_change *changes, size_t count, struct error *err);

#endif
