#ifndef MODELS_SCENARIO_READ_HISTOGRAM_H
#define MODELS_SCENARIO_READ_HISTOGRAM_H
/* A distribution as it is counted and published: rows of a value, or of a range within which all is
 * as likely, each with its share or its count. */

#include "reading.h"

#include "sim/engine/distribution.h"

/* Read the list NODE into DIST, a mixture of its rows. False and faults: it is no such list. */
MUST_CHECK bool read_histogram(const struct reading *r, const struct node *node,
                               struct distribution *dist);

/* The number of NODE as that of a distribution's parameter NAME: a time, or plain as the field is.
 */
MUST_CHECK bool read_parameter(const struct reading *r, const struct node *node, const char *name,
                               double *value);

#endif
