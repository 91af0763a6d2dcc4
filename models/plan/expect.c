#include "expect.h"

#include "steady.h"

/* People at once, as if the highest rate held, but no more than come in all; and events, with about
 * two for each phase. A scenario too large for any machine shows here, before memory is taken. */
void
plan_expect(struct plan *plan)
{
    plan->most_people = 0;
    for (uint32_t i = 0; i < plan->stocks; i++)
        plan->most_people += (double)plan->stock[i].count;
    plan->most_events = 3 * plan->most_people;
    for (uint32_t i = 0; i < plan->sources; i++) {
        const struct source_plan *source = &plan->source[i];
        double sum = source->people, most = source->most, days = 0, phases = 0;
        for (uint16_t phase = 0; phase < plan->phases; phase++) {
            days += steady_days(&plan->steady, source->class, phase);
            phases += steady_visits(&plan->steady, source->class, phase);
        }
        plan->most_people += most * days < sum ? most * days : sum;
        plan->most_events += sum * (1.5 + 2 * phases);
    }
}
