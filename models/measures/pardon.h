#ifndef MODELS_MEASURES_PARDON_H
#define MODELS_MEASURES_PARDON_H
/* A pardon: so much comes off what each has to serve, once. */

#include "kind.h"

extern const struct measure_kind pardon;

#endif
