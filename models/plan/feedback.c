#include "feedback.h"

#include <stdlib.h>

int
plan_feedback_create(struct plan *plan, struct error *err)
{
    const struct feedback_object *rows = plan->scenario->feedback.item;

    plan->feedbacks = (uint32_t)plan->scenario->feedback.count;
    plan->feedback = calloc(plan->feedbacks + 1, sizeof *plan->feedback);
    plan->feedback_of = calloc((plan->classes + 1u) * ACTS_ON, sizeof *plan->feedback_of);
    if (plan->feedback == NULL || plan->feedback_of == NULL)
        return error_set(err, NO_MEMORY, "no memory for the feedback");
    for (size_t i = 0; i < (size_t)plan->classes * ACTS_ON; i++)
        plan->feedback_of[i] = NO_FEEDBACK;
    for (uint32_t i = 0; i < plan->feedbacks; i++) {
        plan->feedback[i] = (struct feedback_plan){.name = rows[i].name,
                                                   .acts_on = (uint8_t)rows[i].acts_on,
                                                   .at = rows[i].at,
                                                   .slope = rows[i].slope,
                                                   .least = rows[i].least,
                                                   .most = rows[i].most};
        for (size_t n = 0; n < rows[i].classes.count; n++) {
            size_t class;
            if (scenario_class(plan->scenario, rows[i].classes.name[n], &class) != NULL)
                plan->feedback_of[class * ACTS_ON + (size_t)rows[i].acts_on] = (uint16_t)i;
        }
    }
    return OK;
}

void
plan_feedback_free(struct plan *plan)
{
    free(plan->feedback);
    free(plan->feedback_of);
}

double
plan_feedback_most(const struct plan *plan, uint16_t class)
{
    uint16_t row = plan->feedback_of[class * ACTS_ON + ACTS_ON_INTAKE];

    return row != NO_FEEDBACK ? plan->feedback[row].most : 1;
}
