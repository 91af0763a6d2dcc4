#ifndef MODELS_SCENARIO_OVERLAY_H
#define MODELS_SCENARIO_OVERLAY_H
/* One scenario laid over another: `extends: FILE`. */

#include "node.h"

/* Read FILE and all that it names into TREE. Faults go to FAULTS; root is NULL when nothing could
 * be read. A file must lie in the folder of FILE or the one above, unless ALLOW_OUTSIDE. */
void overlay_read(struct tree *tree, const char *file, bool allow_outside, struct faults *faults);

#endif
