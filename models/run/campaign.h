#ifndef MODELS_CAMPAIGN_H
#define MODELS_CAMPAIGN_H
/* Many points in one process: each a plan with its replications and the sink that they go into. All
 * replications of all points are spread over the threads, each with a model of its own, which it
 * makes anew at each point. What a point's sink is given has the same bits for any number of
 * threads, and whatever other points there are. A run of one scenario is a campaign of one point.
 *
 * Keeping a model from one point to the next would save at most 1 to 6 % of a point of one
 * replication (measured), a tenth of that with ten; each part would have to turn to another plan.
 */

#include "models/scenario/scenario.h"

#include "sim/base/error.h"
#include "sim/result/experiment.h"

#include <signal.h>
#include <stdint.h>

struct campaign {
    struct experiment_point *point; /* [points]; a point's subject is its struct plan */
    size_t points;
    int threads;
    bool share; /* as of an experiment, like what follows */
    void *context;
    int (*open)(void *context, size_t point, struct error *err);
    void (*close)(void *context, size_t point);
    void (*progress)(void *context, uint64_t done, uint64_t total);
    const volatile sig_atomic_t *stop;
    uint64_t *days, *events; /* counts of days simulated (also meanwhile) and of events; or NULL */
};

/* OK: each point has its own status; INTERRUPTED; NO_MEMORY: nothing was run. */
MUST_CHECK int campaign_run(const struct campaign *campaign, struct error *err);

/* Make SCENARIO POINT's subject: its plan, refused where no memory or no lifetime would hold it
 * (BAD_INPUT), and the layout of its result. SCENARIO must stay. To be freed either way. */
MUST_CHECK int campaign_plan(struct experiment_point *point, const struct scenario *scenario,
                             struct error *err);
void campaign_plan_free(struct experiment_point *point);

#endif
