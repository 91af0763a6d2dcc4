#include "rules.h"

int
plan_rules_create(struct plan *plan, struct error *err)
{
    const struct scenario *scenario = plan->scenario;
    const struct selection_object *selection = &scenario->house_selection;
    const struct evaluation_object *evaluation = &scenario->evaluation;
    const struct allocation_object *allocation = &scenario->allocation;
    const struct balance_object *balance = &scenario->balance;
    bool on = balance->node != NULL;

    (void)err;
    plan->selection_rule =
        (struct selection_plan){.screening = selection->screening,
                                .suitable = selection->suitable,
                                .breach = selection->breach,
                                .breach_unmatched = selection->breach_unmatched,
                                .least_stay = ticks_from_days(selection->least_stay),
                                .most_sentence = ticks_from_days(selection->most_sentence),
                                .window = ticks_from_days(selection->window),
                                .region_first = selection->first == FIRST_OF_REGION};
    plan->evaluation_rule = (struct evaluation_plan){
        .on = evaluation->node != NULL,
        .from = evaluation->from == NO_DATE ? INT32_MAX : evaluation->from - plan->first_day,
        .error = evaluation->error,
        .least_error = evaluation->least_error,
        .experience = evaluation->experience,
        .breach = evaluation->breach};
    plan->allocation_rule =
        (struct allocation_plan){.least_left = ticks_from_days(allocation->least_left),
                                 .moves = allocation->moves,
                                 .region_first = allocation->first == FIRST_OF_REGION};
    plan->balance_rule = (struct balance_plan){.on = on,
                                               .from = balance->from,
                                               .to = on ? balance->to : 1,
                                               .seats = on ? balance->vans * balance->seats : 0};
    plan->small_scale_cap = scenario->small_scale_cap;
    plan->earliest_share[false] = scenario->first_share_served;
    plan->earliest_share[true] = scenario->repeat_share_served;
    return OK;
}
