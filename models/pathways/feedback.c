#include "feedback.h"

#include "models/places/site.h"

#include <math.h>
#include <stdlib.h>

struct follower {
    double factor;
    uint64_t total; /* of the factor, in ticks, up to `since` */
};

struct feedback {
    ticks since;             /* when it last looked */
    uint64_t people, places; /* person-ticks and place-ticks by then */
    uint32_t count;
    struct follower follower[]; /* [count] */
};

struct feedback *
feedback_create(const struct plan *plan)
{
    struct feedback *feedback =
        calloc(1, sizeof *feedback + plan->feedbacks * sizeof *feedback->follower);

    if (feedback != NULL)
        feedback->count = plan->feedbacks;
    return feedback;
}

void
feedback_reset(struct model *model)
{
    struct feedback *feedback = model->feedback;

    feedback->since = 0;
    feedback->people = feedback->places = 0;
    for (uint32_t i = 0; i < feedback->count; i++)
        feedback->follower[i] = (struct follower){.factor = 1};
}

void
feedback_free(struct feedback *feedback)
{
    free(feedback);
}

uint64_t
feedback_total(const struct model *model, uint32_t number, ticks now)
{
    const struct follower *follower = &model->feedback->follower[number];
    double days = ticks_to_days(now - model->feedback->since);

    return follower->total + (uint64_t)(follower->factor * days * TICKS_PER_DAY + 0.5);
}

/* People over places of the nation since it last looked; of no places it is what changes nothing.
 */
static double
occupancy_since(struct model *model, ticks now, double otherwise)
{
    struct feedback *feedback = model->feedback;
    uint64_t people = 0, places = 0;

    for (uint32_t i = 0; i < model->plan->facilities; i++) {
        const struct site *site = &model->site[i];
        if (!site->facility->counted)
            continue;
        people += line_area(site->now.line + LEVEL_POPULATION, STATUSES, now);
        places += line_area(site->now.line + LEVEL_CAPACITY, 1, now);
    }
    double gained = (double)(int64_t)(people - feedback->people);
    double had = (double)(int64_t)(places - feedback->places);
    feedback->people = people;
    feedback->places = places;
    return had > 0 ? gained / had : otherwise;
}

void
feedback_look(struct model *model, ticks now)
{
    const struct plan *plan = model->plan;
    struct feedback *feedback = model->feedback;

    if (plan->feedbacks == 0 || now - feedback->since < FEEDBACK_DAYS * TICKS_PER_DAY)
        return;
    for (uint32_t i = 0; i < feedback->count; i++)
        feedback->follower[i].total = feedback_total(model, i, now);
    double occupancy = occupancy_since(model, now, NAN);
    feedback->since = now;
    for (uint32_t i = 0; i < feedback->count; i++) {
        const struct feedback_plan *row = &plan->feedback[i];
        double factor = 1 + row->slope * (occupancy - row->at);
        if (isnan(factor))
            factor = 1;
        feedback->follower[i].factor = factor < row->least  ? row->least
                                       : factor > row->most ? row->most
                                                            : factor;
    }
}

static double
factor_on(const struct model *model, uint16_t class, enum acts_on acts_on)
{
    uint16_t row = model->plan->feedback_of[class * ACTS_ON + acts_on];

    return row != NO_FEEDBACK ? model->feedback->follower[row].factor : 1;
}

double
feedback_on_intake(const struct model *model, uint16_t class)
{
    return factor_on(model, class, ACTS_ON_INTAKE);
}

static ticks
times(ticks time, double factor)
{
    return (ticks)((double)time * factor + 0.5);
}

void
feedback_on_sentence(const struct model *model, struct person *person)
{
    double factor = factor_on(model, person->class, ACTS_ON_SENTENCE);

    if (person->sentence == 0 || factor == 1)
        return;
    person->sentence = times(person->sentence, factor);
    person->sentence = person->sentence > 0 ? person->sentence : 1;
    person->earliest = times(person->earliest, factor);
    person->served = times(person->served, factor);
}
