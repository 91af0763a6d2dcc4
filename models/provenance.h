#ifndef MODELS_PROVENANCE_H
#define MODELS_PROVENANCE_H
/* Where a result comes from: the scenario's text with all that it names, and what it was made with.
 */

#include "models/scenario/scenario.h"

#include "sim/store.h"

struct provenance_texts {
    struct provenance *item; /* [count] */
    char **owned;            /* [count]: the copy that an item needs, or NULL */
    size_t count, room;
    bool no_memory; /* something is missing: no result may be written */
};

const char *provenance_version(void);

/* Collect what is known before the run, and at its end. */
void provenance_begin(struct provenance_texts *texts, const struct scenario *scenario,
                      const char *command_line, const unsigned char identity[DIGEST_SIZE]);
void provenance_end(struct provenance_texts *texts);
void provenance_free(struct provenance_texts *texts);

#endif
