#ifndef MODELS_MEASURES_KIND_H
#define MODELS_MEASURES_KIND_H
/* What a measure does to a person, as a row of functions: measure.c says when it is in force, its
 * kind says for whom and how. A new kind is a file with its row, and a line in measure.c's table.
 */

#include "models/places/site.h"

struct measure_kind {
    const char *name;

    /* Is PERSON, who is inside, in what the kind acts on at all, whatever the measure? */
    bool (*concerns)(const struct site *site, const struct person *person);

    /* May MEASURE hold for PERSON? */
    bool (*eligible)(const struct site *site, const struct person *person,
                     const struct measure_plan *measure);

    /* MEASURE holds for SLOT from NOW on; undo: it holds no longer. */
    void (*apply)(struct site *site, uint32_t slot, const struct measure_plan *measure, ticks now);
    void (*undo)(struct site *site, uint32_t slot, ticks now);
};

#endif
