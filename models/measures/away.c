#include "away.h"

/* In a facility, and not for what happens there alone. */
static bool
may_leave(const struct site *site, const struct person *person)
{
    return person->phase != NO_PHASE && person->where == WHERE_FACILITY &&
           person->queue != QUEUE_UNIT && site->plan->phase[person->phase].facility == NOWHERE;
}

/* Of prisons: a house has a programme of its own. */
static bool
from_prison(const struct site *site, const struct person *person,
            const struct measure_plan *measure, ticks now)
{
    (void)measure;
    (void)now;
    return may_leave(site, person) && site->facility->kind == KIND_PRISON;
}

static bool
from_anywhere(const struct site *site, const struct person *person,
              const struct measure_plan *measure, ticks now)
{
    (void)measure;
    (void)now;
    return may_leave(site, person);
}

/* Whom the facility accepts that they would move to, and who is not there. */
static bool
to_elsewhere(const struct site *site, const struct person *person,
             const struct measure_plan *measure, ticks now)
{
    (void)now;
    return may_leave(site, person) && site->id != measure->to &&
           (measure->to == NOWHERE ||
            accept_kind(&site->plan->facility[measure->to], person->status, person->sex));
}

/* Who would come to serve a sentence; the pathway asks as the phase would begin. */
static bool
comes_to_serve(const struct site *site, const struct person *person,
               const struct measure_plan *measure, ticks now)
{
    (void)site;
    (void)measure;
    (void)now;
    return person->status == STATUS_CONVICTED && person->where != WHERE_FACILITY;
}

const struct measure_kind extended_leave = {.concerns = from_prison};
const struct measure_kind electronic_monitoring = {.concerns = from_anywhere};
const struct measure_kind transfer_out = {.concerns = to_elsewhere};
const struct measure_kind postpone = {.acts = ACTS_BEFORE_SERVING, .concerns = comes_to_serve};
