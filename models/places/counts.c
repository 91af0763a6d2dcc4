#include "counts.h"

size_t
tally_size(const struct plan *plan)
{
    return counts_levels(plan) * sizeof(struct line) +
           (counts_flows(plan) + (size_t)plan->classes * TOTALS) * sizeof(int64_t);
}

struct tally
tally_at(const struct plan *plan, void *memory)
{
    struct line *line = memory;
    int64_t *flow = (int64_t *)(line + counts_levels(plan));

    return (struct tally){.line = line, .flow = flow, .total = flow + counts_flows(plan)};
}
