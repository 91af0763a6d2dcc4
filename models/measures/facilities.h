#ifndef MODELS_MEASURES_FACILITIES_H
#define MODELS_MEASURES_FACILITIES_H
/* Measures that act on facilities: beds more, and no entries. */

#include "kind.h"

extern const struct measure_kind extra_beds, entry_stop;

#endif
