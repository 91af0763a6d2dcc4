#include "candidates.h"

#include "sim/base/array.h"

#include <stdlib.h>

static bool
has_room(struct candidates *candidates, struct site *site)
{
    size_t room = candidates->room;

    if (candidates->count < candidates->room)
        return true;
    if (room > UINT32_MAX / 2 || !array_room(candidates->memory, room, room + 1)) {
        lp_fail(site->lp, NO_MEMORY, "no memory for another person that a measure may take");
        return false;
    }
    candidates->room = (uint32_t)room;
    return true;
}

void
candidates_append(struct candidates *candidates, struct site *site, struct candidate candidate)
{
    if (has_room(candidates, site))
        candidates->memory[candidates->count++] = candidate;
}

void
candidates_push(struct candidates *candidates, struct site *site, struct candidate candidate)
{
    if (!has_room(candidates, site))
        return;
    uint32_t at = candidates->count++;
    while (at > 0 && candidate_before(&candidate, &candidates->memory[(at - 1) / 2])) {
        candidates->memory[at] = candidates->memory[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    candidates->memory[at] = candidate;
}

struct candidate
candidates_pop(struct candidates *candidates)
{
    struct candidate *memory = candidates->memory;
    struct candidate first = memory[0], last = memory[--candidates->count];
    uint32_t at = 0;

    for (uint32_t child; (child = 2 * at + 1) < candidates->count; at = child) {
        if (child + 1 < candidates->count && candidate_before(&memory[child + 1], &memory[child]))
            child++;
        if (!candidate_before(&memory[child], &last))
            break;
        memory[at] = memory[child];
    }
    memory[at] = last;
    return first;
}
