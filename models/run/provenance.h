#ifndef MODELS_PROVENANCE_H
#define MODELS_PROVENANCE_H
/* Where a result comes from: the scenario's texts with all that they name, what was set on the
 * command line, and what it was made with. It is enough to simulate the result again. */

#include "models/scenario/scenario.h"

#include "sim/result/layout.h"
#include "sim/result/store_write.h"

#include <stdint.h>
#include <time.h>

/* What is known of a run beside its scenario. */
struct provenance_run {
    const char *command_line; /* or NULL */
    const char *identity;     /* provenance_identity */
    uint64_t first, last;     /* replications */
    time_t started;
};

/* Texts and the copies that they need, up to where they are freed. */
struct provenance_list {
    struct store_text *item; /* [count] */
    char **owned;            /* [count]: the copy that an item needs, or NULL */
    size_t count, room;
};

struct provenance_texts {
    struct provenance_list provenance, attribute;
    bool no_memory; /* something is missing: no result may be written */
};

const char *provenance_version(void);
const char *provenance_commit(void);
const char *provenance_compiler(void);

/* The sources of this program as built, a tar that gzip has packed: what results carry. */
extern const unsigned char program_sources[];
extern const uint64_t program_sources_size;

/* Its licence, and how to cite it (CITATION.cff). */
extern const unsigned char program_licence[], program_citation[];
extern const uint64_t program_licence_size, program_citation_size;

/* The libraries that this program runs with, "gsl 2.7.1, hdf5 1.10.8, ...", cut at SIZE. */
void provenance_libraries(char *text, size_t size);

/* What makes a run this run, a line 'WORD VALUE' each: the format, the version and the commit of
 * the program, the seed, what is set on the command line, the scenario's texts and their names, and
 * the names and types of what is kept. Freed by the caller; NULL: no memory. */
char *provenance_identity(const struct scenario *scenario, const struct layout *layout);

/* Collect what is known of a run that ends now. To be freed either way. */
void provenance_collect(struct provenance_texts *texts, const struct scenario *scenario,
                        const struct provenance_run *run);
void provenance_free(struct provenance_texts *texts);

#endif
