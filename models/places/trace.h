#ifndef MODELS_PLACES_TRACE_H
#define MODELS_PLACES_TRACE_H
/* What happens to a person, told at the moment at which it happens to whoever wants to write a life
 * down. In a run nobody does, and nothing is told. Who listens changes nothing. */

#include "site.h"

#include "models/state.h"

/* What is told, and what its detail is. */
enum trace_what {
    TRACE_THERE,        /* one of the stock; the class */
    TRACE_ARRIVED,      /* the class */
    TRACE_REFUSED,      /* at the door of a facility or by a unit; nothing */
    TRACE_ENTERED,      /* from outside, for the first time; nothing */
    TRACE_RETURNED,     /* from outside, again; nothing */
    TRACE_MOVED,        /* from one facility to another; enum trace_move */
    TRACE_SENT,         /* out by a measure, or back into custody; enum where */
    TRACE_BEGINS,       /* a phase; enum where */
    TRACE_WAITS,        /* enum trace_wait */
    TRACE_CASE,         /* starts at a desk, after a wait or at once; the desk */
    TRACE_SCREENING,    /* for a house begins; nothing */
    TRACE_SCREENED,     /* enum house_state */
    TRACE_BREACH,       /* nothing */
    TRACE_MEASURE,      /* begins to hold for the person; the measure */
    TRACE_MEASURE_ENDS, /* holds no longer; the measure */
    TRACE_OFFERED,      /* waits for a measure; the measure */
    TRACE_FREED,        /* early; the measure */
    TRACE_LAW,          /* the phase that runs ends at another time; the law */
    TRACE_RELEASED,     /* the exit */
    TRACES
};

/* Why somebody is moved. */
enum trace_move {
    MOVE_ENTRY, /* from no facility */
    MOVE_ALLOCATION,
    MOVE_HOUSE,
    MOVE_BREACH,
    MOVE_CENTRE,
    MOVE_UNIT,
    MOVE_BALANCE,
    MOVE_CLOSING,
    MOVE_TRANSFER, /* by a measure */
    MOVE_BACK,     /* called back by one */
    MOVES
};

/* What somebody waits for. */
enum trace_wait {
    WAIT_PLACE, /* in a prison: the next round */
    WAIT_DOOR,
    WAIT_UNIT,
    WAIT_CENTRE,
    WAIT_ALLOCATION,
    WAIT_WINDOW, /* until a transition house becomes possible */
    WAIT_DETENTION_HOUSE,
    WAIT_TRANSITION_HOUSE,
    WAIT_DESK,
    WAITS
};

/* Listens. FROM is the number of the facility that the person has left by it, else NOWHERE; PERSON
 * is as it is afterwards. */
struct trace {
    void (*tell)(void *context, const struct site *site, const struct person *person,
                 enum trace_what what, uint32_t detail, uint32_t from, ticks now);
    void *context;
};

/* PERSON, at SITE, comes FROM a facility by WHAT. */
static inline void
trace_tell_from(const struct site *site, const struct person *person, enum trace_what what,
                uint32_t detail, uint32_t from, ticks now)
{
    const struct trace *trace = site->model->trace;

    if (__builtin_expect(trace != NULL, 0))
        trace->tell(trace->context, site, person, what, detail, from, now);
}

static inline void
trace_tell(const struct site *site, const struct person *person, enum trace_what what,
           uint32_t detail, ticks now)
{
    trace_tell_from(site, person, what, detail, NOWHERE, now);
}

#endif
