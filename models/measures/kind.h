#ifndef MODELS_MEASURES_KIND_H
#define MODELS_MEASURES_KIND_H
/* What a measure does to a person, as a row of functions: measure.c says when it is in force, its
 * kind says for whom and how. A new kind is a file with its row, a value of enum measure_kinds
 * (plan/tables.h) and a line in the table of measure.c. It moves clocks and levels; what follows
 * from an empty place is done by pathways. */

#include "models/places/site.h"

struct measure_kind {
    /* Is PERSON in what the kind acts on at all, whatever the measure? It must hold for whoever is
     * under the measure, too, wherever they are by then: else undo never comes. */
    bool (*concerns)(const struct site *site, const struct person *person);

    /* May MEASURE hold for PERSON? */
    bool (*eligible)(const struct site *site, const struct person *person,
                     const struct measure_plan *measure);

    /* MEASURE holds for SLOT from NOW on; undo: it holds no longer. */
    void (*apply)(struct site *site, uint32_t slot, const struct measure_plan *measure, ticks now);
    void (*undo)(struct site *site, uint32_t slot, ticks now);

    /* The phase of SLOT, for whom it holds, ends at NOW: count what there is to count. */
    void (*ended)(struct site *site, uint32_t slot, ticks now);
};

#endif
