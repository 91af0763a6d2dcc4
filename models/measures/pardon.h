#ifndef MODELS_MEASURES_PARDON_H
#define MODELS_MEASURES_PARDON_H
/* A pardon: so much comes off what each has to serve, once. */

#include "kind.h"

extern const struct measure_kind pardon;

/* Take BY off the sentence of PERSON, if there is one, and off what is to be served of it. */
void pardon_shorten(struct person *person, ticks by);

#endif
