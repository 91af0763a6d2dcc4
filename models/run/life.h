#ifndef MODELS_LIFE_H
#define MODELS_LIFE_H
/* Lives as one replication had them: what happened to a person, or in a facility, event by event in
 * the order of time. The replication has the same bits as in a run. */

#include "models/scenario/scenario.h"

#include "sim/base/error.h"
#include "sim/engine/ticks.h"

#include <signal.h>
#include <stdint.h>

/* One event. Texts are empty where there is nothing to say. */
struct life_event {
    int32_t date; /* days since 1970 */
    double time;  /* days since the start of the result, exact; below 0 in the warm-up */
    const char *person, *what;
    const char *place; /* the facility; or the region of who is in police custody, at home or
                          outside */
    const char *from;  /* the facility that the person left by it */
    const char *phase, *status, *detail;
};

struct life {
    const struct scenario *scenario; /* read and without errors */
    const char *of; /* the name of a facility, a region or a person; NULL: of everybody */
    uint64_t replication;
    bool (*tell)(void *context, const struct life_event *event); /* false: no more */
    void *context;
    const volatile sig_atomic_t *stop;
};

/* Tell of a replication on one thread. Events of one moment come by the number of their site
 * (facilities as listed, then regions), there in the order in which they happened; those of the
 * daily round come last, in the order in which it goes. OK, too, where `tell` wants no more;
 * BAD_INPUT: nobody and nothing is called that, nobody of that name comes, or what the run fails
 * with; INTERRUPTED; NO_MEMORY. */
MUST_CHECK int life_tell(const struct life *life, struct error *err);

#endif
