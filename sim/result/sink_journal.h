#ifndef SIM_SINK_JOURNAL_H
#define SIM_SINK_JOURNAL_H
/* The sink that keeps all values in a journal, on disk as soon as a replication has ended. Workers
 * pack and digest; one at a time they append. */

#include "journal.h"
#include "sink.h"

/* Into JOURNAL, which is open, with as many variables as the layout has. What it holds already does
 * not come again. */
struct sink sink_journal(struct journal *journal);

#endif
