#include "intake.h"

#include "drift.h"
#include "names.h"

#include "sim/engine/calendar.h"
#include "sim/engine/portable_math.h"

#include <stdlib.h>

#define DAYS_BEFORE 365 /* the year before the start, whose entries the stock comes from */

static double
rate_on(const struct scenario *scenario, const struct intake_object *row, int32_t date)
{
    double years = (date - scenario->start) / 365.25;
    double rate = steps_at(&row->rate, date, 0) * steps_at(&scenario->intake_level, date, 1);

    if (row->months.count == 12)
        rate *= row->months.value[calendar_date(date).month - 1];
    if (row->weekdays.count == 7)
        rate *= row->weekdays.value[calendar_weekday(date)];
    if (row->trend != 0 && years > 0)
        rate *= portable_pow(1 + row->trend, years);
    return rate > 0 ? rate : 0;
}

/* Entries a day in the year before DATE. */
static double
rate_before(const struct scenario *scenario, const struct intake_object *row, int32_t date)
{
    double sum = 0;

    for (int day = 1; day <= DAYS_BEFORE; day++)
        sum += rate_on(scenario, row, date - day);
    return sum / DAYS_BEFORE;
}

static double
slab_bound(int slab)
{
    double bound = 1;
    int power = SLAB_LOWEST + slab;

    for (; power > 0; power--)
        bound *= 2;
    for (; power < 0; power++)
        bound /= 2;
    return bound;
}

/* The most that a drift can multiply a rate with: slabs are made for it, and started as needed. */
static double
most_factor(const struct plan *plan, uint16_t drift)
{
    return drift != NO_DRIFT ? portable_exp(DRIFT_MOST_SPREAD * plan->drift[drift].spread) : 1;
}

static int
plan_source(struct plan *plan, uint32_t i, struct error *err)
{
    const struct intake_object *row = (const struct intake_object *)plan->scenario->intake.item + i;
    struct source_plan *source = &plan->source[i];
    const char *const name[] = {row->class, "/", row->region, "/", row->facility};
    size_t of_class = 0;

    scenario_class(plan->scenario, row->class, &of_class);
    source->class_name = row->class;
    source->hash = names_joined(name, sizeof name / sizeof *name);
    source->class = (uint16_t)of_class;
    source->site = row->facility != NULL
                       ? plan_facility_index(plan, row->facility)
                       : plan_region_site(plan, plan_region_index(plan, row->region));
    source->rate = malloc((size_t)plan->days * sizeof *source->rate);
    if (source->rate == NULL)
        return error_set(err, NO_MEMORY, "no memory for the rates of %s", row->class);
    for (int32_t day = 0; day < plan->days; day++) {
        source->rate[day] = rate_on(plan->scenario, row, plan->first_day + day);
        source->most = source->rate[day] > source->most ? source->rate[day] : source->most;
    }
    source->before = rate_before(plan->scenario, row, plan->first_day);
    plan->entries[of_class] += source->before;
    source->drift = plan_drift_of(plan, row->class);
    source->slabs = 1;
    while (slab_bound(source->slabs - 1) < source->most * most_factor(plan, source->drift))
        source->slabs++;
    return OK;
}

int
plan_intake_create(struct plan *plan, struct error *err)
{
    int status = OK;

    plan->sources = (uint32_t)plan->scenario->intake.count;
    plan->slabs = 0;
    plan->slab = NULL;
    plan->source = calloc(plan->sources + 1, sizeof *plan->source);
    plan->entries = calloc(plan->classes + 1u, sizeof *plan->entries);
    if (plan->source == NULL || plan->entries == NULL)
        return error_set(err, NO_MEMORY, "no memory for the sources");
    for (uint32_t i = 0; i < plan->sources && status == OK; i++) {
        status = plan_source(plan, i, err);
        plan->slabs += plan->source[i].slabs;
    }
    plan->slab = malloc((plan->slabs + 1) * sizeof *plan->slab);
    if (status != OK || plan->slab == NULL)
        return status != OK ? status : error_set(err, NO_MEMORY, "no memory for the arrivals");
    uint32_t at = 0;
    for (uint32_t i = 0; i < plan->sources; i++)
        for (uint8_t number = 0; number < plan->source[i].slabs; number++) {
            double low = number == 0 ? 0 : slab_bound(number - 1);
            plan->slab[at++] = (struct slab_plan){i, low, slab_bound(number) - low, number};
        }
    return OK;
}

void
plan_intake_free(struct plan *plan)
{
    for (uint32_t i = 0; plan->source != NULL && i < plan->sources; i++)
        free(plan->source[i].rate);
    free(plan->source);
    free(plan->slab);
    free(plan->entries);
}
