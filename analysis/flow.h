#ifndef ANALYSIS_FLOW_H
#define ANALYSIS_FLOW_H
/* A flow of least cost through a network, in whole units. */

#include "sim/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FLOW_UNLIMITED ((int64_t)1 << 40)

struct flow;

/* A network of NODES, with room for ARCS; NO_MEMORY. Give it back with flow_free, NULL too. */
MUST_CHECK int flow_create(struct flow **out, size_t nodes, size_t arcs, struct error *err);
void flow_free(struct flow *flow);

/* An arc on which BASE flows already: room for ROOM more at COST a unit, and BACK may be taken back
 * at no gain but that cost. Arcs are numbered from 0 on, in the order in which they come. No way
 * round may cost less than nothing. */
void flow_arc(struct flow *flow, size_t from, size_t to, int64_t base, int64_t room, int64_t back,
              int64_t cost);

/* What flows into NODE less what flows out, before flow_settle. */
int64_t flow_excess(const struct flow *flow, size_t node);

/* Send on what is in excess so that as much flows into each node as out, at the least cost; false:
 * there is no way. */
MUST_CHECK bool flow_settle(struct flow *flow);

/* What was sent along ARC beside its base. */
int64_t flow_sent(const struct flow *flow, size_t arc);

#endif
