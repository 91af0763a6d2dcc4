#ifndef MODELS_PLAN_DRAWS_H
#define MODELS_PLAN_DRAWS_H
/* Random numbers of a plan: each by what it is drawn for, and for whom. */

#include "tables.h"

#include "sim/engine/stream.h"

/* Beyond any seed of a scenario: draws that `vary` names have it beside their seed. */
#define SEED_VARIED ((uint64_t)1 << 63)

/* The stream of WHO for PURPOSE in REPLICATION; TIME counts how often WHO has come to it. */
static inline struct stream
plan_stream(const struct plan *plan, uint64_t replication, enum purpose purpose,
            struct stream_name who, uint32_t time)
{
    struct stream stream;

    stream_open(&stream, plan->seed_of[purpose], replication, purpose, who, time);
    return stream;
}

#endif
