#ifndef SIM_STORE_WRITE_H
#define SIM_STORE_WRITE_H
/* Writes a result file (store.h), whole, from a journal: under another name, synced, read back,
 * then renamed. A reader never sees half a file. */

#include "sim/base/digest.h"
#include "sim/base/error.h"
#include "journal.h"
#include "layout.h"

#include <stdbool.h>
#include <stddef.h>

/* A text of the file (an attribute) or of /provenance. */
struct store_text {
    const char *name;
    const char *text;
    bool input; /* of /provenance: it decides the values, and so the result's id */
};

struct store_texts {
    const struct store_text *attribute; /* of the file: title, source, ... */
    size_t attributes;
    const struct store_text *provenance;
    size_t provenances;
    const void *sources; /* of the program, packed: [sources_size] bytes; NULL: left out */
    size_t sources_size;
};

/* Write the journal's replications to PATH (by way of PATH.partial), read them back with so many
 * THREADS; the result's id into ID. */
MUST_CHECK int store_write(const char *path, const struct layout *layout, struct journal *journal,
                           const struct store_texts *texts, int threads, char id[DIGEST_TEXT],
                           struct error *err);

/* The same into memory, where nobody keeps it: how many BYTES it takes. */
MUST_CHECK int store_write_unnamed(uint64_t *bytes, const struct layout *layout,
                                   struct journal *journal, const struct store_texts *texts,
                                   int threads, char id[DIGEST_TEXT], struct error *err);

#endif
