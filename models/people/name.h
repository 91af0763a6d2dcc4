#ifndef MODELS_NAME_H
#define MODELS_NAME_H
/* What people are called where they are shown: by where they come from and their number there.
 *
 *     arrested/north:3.17        the 17th point of slab 3 of who is arrested in north
 * (plan/tables.h) stock/remand/Town prison:4 number 4 of a row of the stock
 *
 * The name is that of the person's draws, so that the same person has it in every scenario in which
 * they come, whoever else does. */

#include "models/plan/plan.h"

#include "sim/base/error.h"
#include "sim/engine/stream.h"

struct source_name {
    uint64_t hash;
    char *text; /* "arrested/north" */
    bool slabs; /* its numbers are slab and point */
};

struct person_names {
    size_t sources;
    struct source_name *source; /* [sources]: by hash */
    size_t longest;             /* bytes that a person's name takes at most, with its end */
};

/* The sources of PLAN. NO_MEMORY. */
MUST_CHECK int person_names_create(struct person_names *names, const struct plan *plan,
                                   struct error *err);
void person_names_free(struct person_names *names);

/* What NAME is called, into OUT, of names->longest bytes; returns OUT. */
char *person_name_write(const struct person_names *names, struct stream_name name, char *out);

/* Who is called TEXT? False: nobody of these sources can be. */
bool person_name_read(const struct person_names *names, const char *text, struct stream_name *name);

#endif
