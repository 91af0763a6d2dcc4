#include "intake.h"

#include "drift.h"
#include "feedback.h"
#include "names.h"

#include "sim/engine/calendar.h"
#include "sim/engine/portable_math.h"

#include <stdlib.h>

#define DAYS_BEFORE 365 /* the year before the start, whose entries the stock comes from */

/* What all sources have in common on a day. */
struct intake_day {
    uint8_t month, weekday; /* January and Monday: 0 */
    double level, years;    /* since the start */
};

/* The days from DAYS_BEFORE before the first one on; NULL: no memory. */
static struct intake_day *
intake_days(const struct plan *plan)
{
    const struct scenario *scenario = plan->scenario;
    struct intake_day *days = calloc((size_t)plan->days + DAYS_BEFORE, sizeof *days);
    int32_t date = plan->first_day - DAYS_BEFORE, next_month = date;
    int32_t count = DAYS_BEFORE + (plan->not_run ? 0 : plan->days);
    uint8_t month = 0;

    for (int32_t i = 0; days != NULL && i < count; i++, date++) {
        if (date == next_month) {
            struct date on = calendar_date(date);
            month = (uint8_t)(on.month - 1);
            next_month = calendar_add_months(date - on.day + 1, 1);
        }
        days[i] = (struct intake_day){.month = month,
                                      .weekday = (uint8_t)calendar_weekday(date),
                                      .level = steps_at(&scenario->intake_level, date, 1),
                                      .years = (date - scenario->start) / 365.25};
    }
    return days;
}

/* Into RATE what ROW says of each of COUNT days from DATE on. */
static void
rates_on(const struct intake_object *row, const struct intake_day *day, int32_t date, int32_t count,
         double *rate)
{
    const struct steps *steps = &row->rate;
    size_t step = 0;

    for (int32_t i = 0; i < count; i++) {
        while (step + 1 < steps->count && steps->day[step + 1] <= date + i)
            step++;
        bool before = steps->nothing_before && date + i < steps->day[0];
        double value = steps->count > 0 && !before ? steps->value[step] : 0;
        value *= day[i].level;
        if (row->months.count == 12)
            value *= row->months.value[day[i].month];
        if (row->weekdays.count == 7)
            value *= row->weekdays.value[day[i].weekday];
        if (row->trend != 0 && day[i].years > 0)
            value *= portable_pow(1 + row->trend, day[i].years);
        rate[i] = value > 0 ? value : 0;
    }
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

/* The most that a drift and feedback can multiply a rate with: slabs are made for it, and started
 * as needed. */
static double
most_factor(const struct plan *plan, const struct source_plan *source)
{
    double most = source->again ? 1 : plan_feedback_most(plan, source->class);

    return source->drift != NO_DRIFT
               ? most * portable_exp(DRIFT_MOST_SPREAD * plan->drift[source->drift].spread)
               : most;
}

/* Entries a day in the year before the first day. */
static double
rate_before(const struct intake_object *row, const struct intake_day *day, int32_t first_day)
{
    double rate[DAYS_BEFORE], sum = 0;

    rates_on(row, day, first_day - DAYS_BEFORE, DAYS_BEFORE, rate);
    for (int i = DAYS_BEFORE; i-- > 0;) /* from the last day back */
        sum += rate[i];
    return sum / DAYS_BEFORE;
}

/* The rate of SOURCE on each day of the run; false: no memory. */
static bool
rate_by_day(const struct plan *plan, struct source_plan *source, const struct intake_object *row,
            const struct intake_day *day)
{
    source->rate = malloc((size_t)plan->days * sizeof *source->rate);
    if (source->rate == NULL)
        return false;
    rates_on(row, day + DAYS_BEFORE, plan->first_day, plan->days, source->rate);
    for (int32_t n = 0; n < plan->days; n++) {
        source->people += source->rate[n];
        source->most = source->rate[n] > source->most ? source->rate[n] : source->most;
    }
    return true;
}

static int
plan_source(struct plan *plan, uint32_t i, const struct intake_day *day, struct error *err)
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
    if (!plan->not_run && !rate_by_day(plan, source, row, day))
        return error_set(err, NO_MEMORY, "no memory for the rates of %s", row->class);
    source->before = rate_before(row, day, plan->first_day);
    plan->entries[of_class] += source->before;
    source->drift = plan_drift_of(plan, row->class);
    return OK;
}

int
plan_intake_slabs(struct plan *plan, struct error *err)
{
    uint32_t at = 0;

    plan->slabs = 0;
    for (uint32_t i = 0; i < plan->sources; i++) {
        struct source_plan *source = &plan->source[i];
        source->slabs = 1;
        while (slab_bound(source->slabs - 1) < source->most * most_factor(plan, source))
            source->slabs++;
        plan->slabs += source->slabs;
    }
    free(plan->slab);
    plan->slab = malloc((plan->slabs + 1) * sizeof *plan->slab);
    if (plan->slab == NULL)
        return error_set(err, NO_MEMORY, "no memory for the arrivals");
    for (uint32_t i = 0; i < plan->sources; i++)
        for (uint8_t number = 0; number < plan->source[i].slabs; number++) {
            double low = number == 0 ? 0 : slab_bound(number - 1);
            plan->slab[at++] = (struct slab_plan){i, low, slab_bound(number) - low, number};
        }
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
    struct intake_day *day = intake_days(plan);
    if (plan->source == NULL || plan->entries == NULL || day == NULL) {
        free(day);
        return error_set(err, NO_MEMORY, "no memory for the sources");
    }
    for (uint32_t i = 0; i < plan->sources && status == OK; i++)
        status = plan_source(plan, i, day, err);
    free(day);
    return status == OK ? plan_intake_slabs(plan, err) : status;
}

int
plan_intake_multiply(struct plan *plan, const double *factor, struct error *err)
{
    for (uint32_t i = 0; i < plan->sources; i++) {
        struct source_plan *source = &plan->source[i];
        double by = factor[source->class];
        for (int32_t day = 0; source->rate != NULL && day < plan->days; day++)
            source->rate[day] *= by;
        source->most *= by;
        source->people *= by;
        source->before *= by;
    }
    for (uint16_t c = 0; c < plan->classes; c++)
        plan->entries[c] *= factor[c];
    return plan_intake_slabs(plan, err);
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
