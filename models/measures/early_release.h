#ifndef MODELS_MEASURES_EARLY_RELEASE_H
#define MODELS_MEASURES_EARLY_RELEASE_H
/* Early release: the end of the last phase comes some months before its time. */

#include "kind.h"

extern const struct measure_kind early_release;

#endif
