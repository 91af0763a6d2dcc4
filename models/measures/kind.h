#ifndef MODELS_MEASURES_KIND_H
#define MODELS_MEASURES_KIND_H
/* What a measure does, as a row of functions: force.c says when it is in force, scope.c for whom,
 * its kind how. A new kind is a file with its row, a word and value of enum measure_kind_word, a
 * line in the table of parts.c, and in scenario/check/check_measures.c which fields it has. Those
 * that act on people move clocks and levels; where people go somewhere, the office takes them there
 * and back (rows of office/relief.c), and they are taken from a list (is_listed of
 * plan/measures.c). Functions that a kind has no use for are NULL. */

#include "models/places/site.h"

/* Does the phase of PERSON, who is in one, end in leaving custody and in nothing else, as the law
 * is NOW? A clock that ends it before, the person's own, may lead elsewhere. */
static inline bool
measure_releases(const struct site *site, const struct person *person, ticks now)
{
    return plan_under_law(site->plan, person->began, now)->phase[person->phase].releases;
}

/* On people while it is on; on its first day alone; on who would begin to serve a sentence; on
 * facilities. */
enum measure_acts { ACTS_WHILE_ON, ACTS_ONCE, ACTS_BEFORE_SERVING, ACTS_ON_FACILITIES };

struct measure_kind {
    enum measure_acts acts;

    /* Is PERSON in what the kind acts on at all, as things are NOW? */
    bool (*concerns)(const struct site *site, const struct person *person,
                     const struct measure_plan *measure, ticks now);

    /* MEASURE holds for SLOT from NOW on; undo: it holds no longer. */
    void (*apply)(struct site *site, uint32_t slot, const struct measure_plan *measure, ticks now);
    void (*undo)(struct site *site, uint32_t slot, ticks now);

    /* SLOT, for whom it holds, leaves custody at NOW: count what there is to count. */
    void (*ended)(struct site *site, uint32_t slot, ticks now);

    /* MEASURE goes on, or off, for facilities; GIVEN [facilities] is what each has been given, and
     * is kept as long as the measure is on. */
    void (*switched)(struct model *model, const struct measure_plan *measure, int64_t *given,
                     bool on, ticks now);
};

#endif
