#ifndef ANALYSIS_WITHIN_H
#define ANALYSIS_WITHIN_H
/* The scenario from which a result was simulated, read again from the texts in the result. */

#include "models/scenario/scenario.h"
#include "models/scenario/source.h"

#include "sim/base/error.h"
#include "sim/result/store.h"

#include <stddef.h>

/* The text of the NUMBERth file (from 1) of STORE's scenario, or NULL: there are no more. *NAME:
 * its path from the scenario's folder on, SOURCE_SET of what the command line set; NULL: none is
 * told. The first is the scenario itself. */
const char *within_file(const struct store *store, size_t number, const char **name);

/* The NUMBERth overlay (from 1) that was laid over it, by the name of its file, or NULL. */
const char *within_overlay(const struct store *store, size_t number);

/* The scenario of a result as a reader takes it. */
struct within_source {
    struct scenario_source source;
    struct scenario_text *text;
    size_t texts, room;
    const char **over;
    size_t overs, over_room;
    char **set;
    size_t sets, set_room;
};

/* Take the texts in STORE, which must stay open as long, and lay the SETS lines of SET over them,
 * in place of those that the result's own --set says of the same paths. BAD_INPUT: the texts are
 * not there; NO_MEMORY. To be freed either way. */
MUST_CHECK int within_source(struct within_source *within, const struct store *store,
                             const char *const *set, size_t sets, struct error *err);
void within_source_free(struct within_source *within);

struct within {
    struct scenario scenario;
    struct faults faults; /* warnings; the scenario points to them, so it must not be moved */
};

/* Read the scenario from the texts in STORE, which must stay open as long; no file is looked at.
 * Its seed is that of the result. BAD_INPUT: the texts are not there, or this version cannot read
 * them (the first fault is told); NO_MEMORY. To be freed either way. */
MUST_CHECK int scenario_within(struct within *within, const struct store *store, struct error *err);

/* The same, with the SETS lines of SET ('PATH: VALUE') laid over it. */
MUST_CHECK int scenario_within_set(struct within *within, const struct store *store,
                                   const char *const *set, size_t sets, struct error *err);
void within_free(struct within *within);

#endif
