#include "kind.h"

#include "models/measures/force.h"
#include "models/pathways/drift.h"
#include "models/pathways/feedback.h"
#include "models/pathways/evaluation.h"
#include "models/projects/project.h"
#include "models/state.h"

static uint64_t
level_total(const struct kept *kept, uint32_t part, const struct moment *moment)
{
    return line_area(moment->counts->line + kept->first + part, 1, moment->now);
}

/* All bands of occupancy beyond a threshold. */
static uint64_t
above_total(const struct kept *kept, uint32_t part, const struct moment *moment)
{
    return line_area(moment->counts->line + kept->first + part + 1, BANDS - 1 - (int)part,
                     moment->now);
}

static uint64_t
flow_total(const struct kept *kept, uint32_t part, const struct moment *moment)
{
    return (uint64_t)moment->counts->flow[kept->first + (int)part];
}

static uint64_t
measure_total(const struct kept *kept, uint32_t part, const struct moment *moment)
{
    (void)kept;
    return line_area(measure_in_force(moment->model, part), 1, moment->now);
}

static uint64_t
drift_factor_total(const struct kept *kept, uint32_t part, const struct moment *moment)
{
    (void)kept;
    return drift_total(moment->model, part, (int32_t)ticks_day(moment->now));
}

static uint64_t
evaluation_level_total(const struct kept *kept, uint32_t part, const struct moment *moment)
{
    (void)part;
    return evaluation_total(moment->model, (enum evaluation_figure)kept->first,
                            (int32_t)ticks_day(moment->now));
}

static uint64_t
feedback_factor_total(const struct kept *kept, uint32_t part, const struct moment *moment)
{
    (void)kept;
    return feedback_total(moment->model, part, moment->now);
}

static uint64_t
project_level_total(const struct kept *kept, uint32_t part, const struct moment *moment)
{
    return projects_total(moment->model, (enum project_figure)kept->first, part,
                          (int32_t)ticks_day(moment->now)) *
           (uint64_t)TICKS_PER_DAY;
}

static uint64_t
project_flow_total(const struct kept *kept, uint32_t part, const struct moment *moment)
{
    return projects_total(moment->model, (enum project_figure)kept->first, part,
                          (int32_t)ticks_day(moment->now));
}

#define CENTS_OF_EURO 100

/* Whole euro since the start, so that rows add up. What facilities have by kind is the facility's
 * own where it is one. */
static uint64_t
cost_total(const struct kept *kept, uint32_t part, const struct moment *moment)
{
    int first = kept->variable.series->first;

    if (first == FLOW_BUILDING)
        return (uint64_t)(moment->counts->flow[first] / CENTS_OF_EURO);
    bool kinds = first == LEVEL_COST && kept->width == 1;
    uint64_t cents =
        line_area(moment->counts->line + first + part, kinds ? FACILITY_KINDS : 1, moment->now);
    return cents / (uint64_t)(CENTS_OF_EURO * TICKS_PER_DAY);
}

static uint64_t
measure_cost_total(const struct kept *kept, uint32_t part, const struct moment *moment)
{
    const struct plan *plan = moment->model->plan;
    const struct measure_plan *measure = &plan->measure[part];
    uint64_t cents = line_area(measure_in_force(moment->model, part), 1, moment->now) *
                     (uint64_t)measure->cost_day;

    (void)kept;
    if (plan->relief)
        cents += line_area(moment->counts->line + counts_level(plan, LEVEL_UNDER) + (int)part, 1,
                           moment->now) *
                 (uint64_t)measure->cost_person_day;
    return cents / (uint64_t)(CENTS_OF_EURO * TICKS_PER_DAY);
}

static uint64_t
ratio_total(const struct kept *kept, uint32_t part, const struct moment *moment)
{
    const struct ratio_rule *rule = &ratio_rules[kept->first];

    return part == 0 ? line_area(moment->counts->line + rule->above, rule->aboves, moment->now)
                     : line_area(moment->counts->line + rule->below, rule->belows, moment->now);
}

static float
mean_of_days(int64_t by, double days)
{
    return (float)(ticks_to_days(by) / days);
}

static float
mean_of_thousandths(int64_t by, double days)
{
    return (float)(ticks_to_days(by) / days / 1000);
}

static float
days_added_up(int64_t by, double days)
{
    (void)days;
    return (float)ticks_to_days(by);
}

static int64_t
crowding_point(const struct kept *kept, uint32_t k, const struct moment *moment)
{
    (void)kept;
    return moment->crowding[k];
}

static int64_t
peak_point(const struct kept *kept, uint32_t k, const struct moment *moment)
{
    (void)kept;
    (void)k;
    return moment->model->site[moment->number].peak;
}

static int64_t
noon_point(const struct kept *kept, uint32_t k, const struct moment *moment)
{
    (void)kept;
    (void)k;
    return site_noon(&moment->model->site[moment->number]);
}

static int64_t
total_point(const struct kept *kept, uint32_t k, const struct moment *moment)
{
    return moment->counts->total[k * TOTALS + (uint32_t)kept->first];
}

const struct recorded_kind recorded_kinds[OF_KINDS] = {
    [OF_LEVEL] = {PART_EACH, level_total, mean_of_days, NULL},
    [OF_THOUSANDTHS] = {PART_EACH, level_total, mean_of_thousandths, NULL},
    [OF_ABOVE] = {PART_EACH, above_total, mean_of_days, NULL},
    [OF_MEASURE] = {PART_EACH, measure_total, mean_of_days, NULL},
    [OF_COST] = {PART_EACH, cost_total, NULL, NULL},
    [OF_MEASURE_COST] = {PART_EACH, measure_cost_total, NULL, NULL},
    [OF_FEEDBACK] = {PART_EACH, feedback_factor_total, mean_of_days, NULL},
    [OF_DRIFT] = {PART_EACH, drift_factor_total, mean_of_days, NULL},
    [OF_EVALUATION] = {PART_EACH, evaluation_level_total, mean_of_days, NULL},
    [OF_PROJECT] = {PART_EACH, project_level_total, mean_of_days, NULL},
    [OF_PROJECT_FLOW] = {PART_EACH, project_flow_total, NULL, NULL},
    [OF_DURATION] = {PART_EACH, flow_total, days_added_up, NULL},
    [OF_FLOW] = {PART_EACH, flow_total, NULL, NULL},
    [OF_RATIO] = {PARTS_OF_QUOTIENT, ratio_total, NULL, NULL},
    [OF_CROWDING] = {NO_PARTS, NULL, NULL, crowding_point},
    [OF_PEAK] = {NO_PARTS, NULL, NULL, peak_point},
    [OF_NOON] = {NO_PARTS, NULL, NULL, noon_point},
    [OF_TOTAL] = {NO_PARTS, NULL, NULL, total_point},
    [OF_PARAMETER] = {NO_PARTS, NULL, NULL, NULL},
};
