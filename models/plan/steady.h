#ifndef MODELS_STEADY_H
#define MODELS_STEADY_H
/* The pathways in balance: how often one of a class enters each phase and how long it is there in
 * all, by quadrature over sentence, served share, repeat offence and the custody before (nothing is
 * drawn); and by which ways a phase is come to. What the stock is drawn from.
 *
 * A phase that serves a part of the sentence lasts max(0, due - served before), whose mean is not
 * the difference of the means. Custody before adds up along the way; time at home or outside does
 * not count, and places at desks are taken to be free. */

#include "sim/base/error.h"

#include <stdbool.h>
#include <stdint.h>

struct plan;

/* A way into a phase: from FROM, when it ends by `then` (HOW 0) or by its clock HOW, with SHARE. */
struct way {
    uint16_t from;
    uint8_t how;
    double share;
};

struct steady {
    uint16_t classes, phases;
    double *visits; /* [classes][phases]: entries into the phase for each arrival of the class */
    double *days;   /* [classes][phases]: person-days in it for each arrival */
    double *ends;   /* [classes][phases][1 + MOST_CLOCKS]: share of visits that end by `then`, a
                       clock */
    uint32_t *ways; /* [phases + 1]: of each phase the first in way[] */
    struct way *way;
    bool *lived; /* [phases]: on a way there a clock decides who comes, or how long they served:
                    whoever is met there is drawn by living whole lives */
    bool *again; /* [phases]: a way leads from it back to it */
};

/* The balance of PLAN, whose classes and phases are there. NO_MEMORY. */
MUST_CHECK int steady_create(struct steady *steady, const struct plan *plan, struct error *err);
void steady_free(struct steady *steady);

static inline double
steady_visits(const struct steady *steady, uint16_t class, uint16_t phase)
{
    return steady->visits[(uint32_t) class * steady->phases + phase];
}

static inline double
steady_days(const struct steady *steady, uint16_t class, uint16_t phase)
{
    return steady->days[(uint32_t) class * steady->phases + phase];
}

#endif
