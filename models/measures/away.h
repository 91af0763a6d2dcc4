#ifndef MODELS_MEASURES_AWAY_H
#define MODELS_MEASURES_AWAY_H
/* Measures under which people are somewhere else: at home on leave or with a bracelet, in rented
 * places or abroad, or waiting outside with a sentence. The office brings them there and back. */

#include "kind.h"

extern const struct measure_kind extended_leave, electronic_monitoring, transfer_out, postpone;

#endif
