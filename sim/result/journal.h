#ifndef SIM_JOURNAL_H
#define SIM_JOURNAL_H
/* What has been finished, on disk at once: one entry for each replication, synced. After a kill at
 * any moment every whole entry counts; a torn last one is dropped. Entries carry chunks that are
 * already shuffled and deflated, as HDF5 keeps them, and a SHA-256 of their values. */

#include "chunk.h"
#include "sim/base/digest.h"
#include "sim/base/error.h"
#include "layout.h"
#include "sim/base/lock.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct journal_entry { /* where an entry of the file is */
    uint64_t replication;
    long offset; /* of the first chunk's header */
};

struct journal {
    FILE *file;
    char *path; /* or what it is called where it is unnamed */
    bool unnamed;
    struct lock lock;
    size_t variables;
    struct journal_entry *entry; /* by replication */
    size_t entries, room;
};

/* Open PATH for IDENTITY: what the run is (identity.h). With RESUME the entries there
 * are kept, and a journal of another run is refused (BAD_INPUT: by the first line that differs);
 * without, it is begun anew. Whatever it returns, journal_close follows. */
MUST_CHECK int journal_open(struct journal *journal, const char *path, const char *identity,
                            size_t variables, bool resume, struct error *err);

/* A journal in memory, for what nobody keeps. Whatever it returns, journal_close follows. */
MUST_CHECK int journal_open_unnamed(struct journal *journal, size_t variables, struct error *err);

/* Add a replication, CHUNKS [variables]; returns when it is on disk. ENVIRONMENT: it could not be
 * written, and the file is as before; NO_MEMORY. */
MUST_CHECK int journal_append(struct journal *journal, uint64_t replication,
                              const struct chunk *chunks, struct error *err);

/* Read entry I into CHUNKS [variables], whose memory grows as needed. ENVIRONMENT; NO_MEMORY. */
MUST_CHECK int journal_read(struct journal *journal, size_t i, struct chunk *chunks,
                            struct error *err);

/* Leave entries of other replications than FIRST to LAST out of what is read from now on; they stay
 * in the file. */
void journal_narrow(struct journal *journal, uint64_t first, uint64_t last);

/* Is there a whole entry of REPLICATION? */
bool journal_has(const struct journal *journal, uint64_t replication);

/* Close; with REMOVE delete the file, if it is ours. */
void journal_close(struct journal *journal, bool remove_file);

#endif
