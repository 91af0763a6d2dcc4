#ifndef ANALYSIS_CALIBRATE_H
#define ANALYSIS_CALIBRATE_H
/* Parameters of a scenario from what was observed: members drawn from the priors are run, compared
 * with the targets and moved (method.h), and run again. In normal scores: a parameter is the
 * quantile of its prior at the normal probability of its score, so no member leaves what its prior
 * allows, and for the smoother outcomes need only be about linear in the scores. */

#include "estimand.h"
#include "method.h"
#include "targets.h"

#include "models/plan/uncertain.h"
#include "models/scenario/faults.h"

#include <signal.h>
#include <stdint.h>

/* Mean and standard deviation over members. */
struct moments {
    double mean, sd;
};

struct calibration {
    struct targets_object asked;
    struct tree tree;
    struct scenario scenario;
    struct plan *plan; /* of the medians */
    struct uncertain *uncertain;
    const struct method *method;
    size_t members, replications, steps, parameters, targets;
    struct estimand *estimand;         /* [targets] */
    double *observed, *error;          /* [targets] */
    struct estimand_names names;       /* of all targets */
    const volatile sig_atomic_t *stop; /* set: end soon; NULL: never */
    /* Told before each step's MEMBERS are run, the last as all members end; NULL: nobody. */
    void (*step)(void *context, size_t step, size_t members);
    void *context;
    /* What comes out. */
    double *score, *value;          /* [members][parameters]: at the end */
    double *chance;                 /* [targets][targets]: covariance between replications, last */
    struct moments *before, *after; /* [targets]: of the members' means */
    struct moments *moved;          /* [parameters]: of the scores; before: 0 and 1 */
    struct method_report report;
};

/* Read the file at PATH and the scenario that it names, and see that all can be run. BAD_INPUT:
 * FAULTS says what; else what failed. Free either way. */
MUST_CHECK int calibration_read(struct calibration *calibration, const char *path,
                                struct faults *faults, struct error *err);
void calibration_free(struct calibration *calibration);

/* What the targets are in each replication, [rows * replications][targets] into OUTCOME, where the
 * parameters are VALUE [rows][parameters]; replications are numbered from FIRST on. The same for
 * any number of THREADS. */
MUST_CHECK int calibration_simulate(const struct calibration *calibration, const double *value,
                                    size_t rows, uint64_t first, int threads, double *outcome,
                                    struct error *err);

/* How many replications a calibration runs, at most. */
uint64_t calibration_runs(const struct calibration *calibration);

/* Calibrate, with new replications at each step; the last run is of the members as they end. */
MUST_CHECK int calibration_run(struct calibration *calibration, int threads, struct error *err);

/* The values of a member drawn from the priors: VALUE and SCORE [parameters]. */
void calibration_draw(const struct calibration *calibration, size_t member, double *score,
                      double *value);

#endif
