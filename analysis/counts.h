#ifndef ANALYSIS_COUNTS_H
#define ANALYSIS_COUNTS_H
/* Counts of people on one day, as a table says: columns date, what, where, count and source. */

#include "models/scenario/fields/fields.h"
#include "models/scenario/scenario.h"

#include "sim/base/error.h"

struct count_object {
    const struct node *node;
    int32_t date;
    const char *what, *where, *source; /* where, source: NULL where not given */
    int64_t count;
};

struct counts_object {
    const struct node *node;
    struct objects counts;
};

/* What a row counts. */
enum count_kind {
    COUNT_INSIDE,  /* people inside, of a status or of all */
    COUNT_PHASE,   /* people of a phase at home or outside */
    COUNT_MEASURE, /* people whom a measure holds out of the prisons */
};

/* A row, as the names of a scenario: numbers of regions, facilities, classes, phases, measures. */
struct counted {
    const struct count_object *row;
    enum count_kind kind;
    int status;              /* STATUSES: of all */
    size_t facility, region; /* SIZE_MAX: not said */
    size_t class, phase;     /* of COUNT_PHASE: the phase is one of the class */
    size_t measure;
    bool known; /* all names were found */
};

struct counts {
    struct tree tree;
    struct counts_object file;
    int32_t date;
    struct counted *counted; /* [count], of the tree's memory */
    size_t count;
};

/* The fields of that file. */
extern const struct object_type *const counts_fields_of_file;

/* Read the table at PATH, or TEXT (NULL: none) in its place. FAULTS gets a line for each cell that
 * cannot be read, and where dates differ. BAD_INPUT, ENVIRONMENT or NO_MEMORY; free either way. */
MUST_CHECK int counts_read(struct counts *counts, const char *path, const char *text,
                           struct faults *faults);
void counts_free(struct counts *counts);

/* Find what the rows name in SCENARIO, which starts before the counts or with them. FAULTS gets a
 * line for each row that cannot be: a name that is not known, a place that is not open or does not
 * take such people, a row said twice. BAD_INPUT or NO_MEMORY. */
MUST_CHECK int counts_find(struct counts *counts, struct scenario *scenario, struct faults *faults);

/* A fault of FIELD in the row of COUNTED, one of COUNTS. */
void counts_fault(const struct counts *counts, const struct counted *counted, struct faults *faults,
                  const char *field, const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Is FACILITY of SCENARIO open on DAY, as far as its dates say? Of one with a project: where its
 * stages take no time and it is in its first term of funding, as of a house that is there already;
 * what is left to chance is not open. */
bool counts_open_on(const struct scenario *scenario, const struct facility_object *facility,
                    int32_t day);

/* Is MEASURE in force on DAY, as far as its dates say? */
bool counts_in_force(const struct measure_object *measure, int32_t day);

/* Whether MEASURE holds people out of the prisons, so many at once at most. */
bool counts_holds_out(const struct measure_object *measure);

/* How many people MEASURE holds out of the prisons on the day of COUNTS: counted, or else (COUNTED
 * false) at_once of one that has held since before SCENARIO's start, whose stock has them. */
int64_t counts_out(const struct scenario *scenario, const struct counts *counts, size_t measure,
                   bool *counted);

/* Is somebody held out by any measure on that day? */
bool counts_any_out(const struct scenario *scenario, const struct counts *counts);

#endif
