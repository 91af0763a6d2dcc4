#ifndef MODELS_SCENARIO_OVERLAY_H
#define MODELS_SCENARIO_OVERLAY_H
/* One scenario laid over another. `extends: FILE` names the one below. Then, in this order, `drop:`
 * takes out of it, what is written out is laid over it (objects field by field, anything else
 * whole), `copies` are written out, `add:` puts items behind its lists, and `set:` changes values
 * by path. A file that extends nothing drops from what it writes out itself. Overlays that the
 * command line names come next, each as if it extended the one before; what --set says comes last
 * of all, like the `set:` of a file above. */

#include "node.h"
#include "source.h"

/* Read what FROM names and all that this names into TREE, and lay over it what FROM sets, each text
 * a line of `set:`. Faults go to FAULTS; root is NULL when nothing could be read.
 *
 * tree->world is the scenario that the stock comes from: the file in which `stock:` stands, with
 * all that it extends, and of what is laid over it only what says `world: yes`. NULL: root itself.
 *
 * tree->law[i][j], i <= j <= laws, is what holds for whoever began when I laws were in force, now
 * that J are: root with what the first I rows of `law:` set laid over it, and those after them that
 * reach both. NULL: as [i][j - 1]; [0][0] is root.
 */
void overlay_read(struct tree *tree, const struct scenario_source *from, struct faults *faults);

#endif
