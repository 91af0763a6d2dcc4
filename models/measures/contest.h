#ifndef MODELS_MEASURES_CONTEST_H
#define MODELS_MEASURES_CONTEST_H
/* Who comes first of all sites, each of which sends its first candidate: a tournament, so that a
 * site's new first costs the logarithm of their number. */

#include "candidates.h"

#define NO_WINNER UINT32_MAX

struct contest {
    uint32_t leaves;         /* sites; its nodes are 2 * leaves */
    struct candidate *first; /* [leaves] */
    uint32_t *winner;        /* [2 * leaves]: of the two below a node, 1 the winner of all; the last
                              * half the sites themselves; NO_WINNER: nobody */
};

/* Room for so many SITES; false: no memory. An empty contest (all zero) may be freed. */
bool contest_create(struct contest *contest, uint32_t sites);
void contest_free(struct contest *contest);

/* SITE sends FIRST (NULL: nobody), its winners not being looked for before contest_decide. */
void contest_enter(struct contest *contest, uint32_t site, const struct candidate *first);
void contest_decide(struct contest *contest);

/* The same once all is decided: those above SITE are looked for again. */
void contest_replace(struct contest *contest, uint32_t site, const struct candidate *first);

/* The site whose candidate comes first of all; NO_WINNER: nobody. */
uint32_t contest_winner(const struct contest *contest);

#endif
