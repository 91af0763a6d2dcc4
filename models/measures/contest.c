#include "contest.h"

#include <stdlib.h>

bool
contest_create(struct contest *contest, uint32_t sites)
{
    contest->leaves = sites;
    contest->first = calloc(sites + 1, sizeof *contest->first);
    contest->winner = calloc(2 * (size_t)sites + 1, sizeof *contest->winner);
    return contest->first != NULL && contest->winner != NULL;
}

void
contest_free(struct contest *contest)
{
    free(contest->first);
    free(contest->winner);
}

void
contest_enter(struct contest *contest, uint32_t site, const struct candidate *first)
{
    contest->winner[contest->leaves + site] = first != NULL ? site : NO_WINNER;
    if (first != NULL)
        contest->first[site] = *first;
}

/* The winner of NODE is the better of the two below it. */
static void
decide(struct contest *contest, size_t node)
{
    uint32_t a = contest->winner[2 * node], b = contest->winner[2 * node + 1];

    contest->winner[node] =
        a == NO_WINNER ||
                (b != NO_WINNER && candidate_before(&contest->first[b], &contest->first[a]))
            ? b
            : a;
}

void
contest_decide(struct contest *contest)
{
    for (size_t node = contest->leaves; node-- > 1;)
        decide(contest, node);
}

void
contest_replace(struct contest *contest, uint32_t site, const struct candidate *first)
{
    contest_enter(contest, site, first);
    for (size_t node = ((size_t)contest->leaves + site) / 2; node > 0; node /= 2)
        decide(contest, node);
}

uint32_t
contest_winner(const struct contest *contest)
{
    return contest->leaves > 0 ? contest->winner[1] : NO_WINNER;
}
