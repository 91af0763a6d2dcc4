#include "person.h"

#include <string.h>

/* Which of COUNT shares, added up, U in [0, 1) falls on; the first where nothing is given. */
static uint8_t
fall(const double *sum, uint8_t count, double u)
{
    for (uint8_t i = 0; i < count; i++)
        if (u < sum[i])
            return i;
    return 0;
}

static uint8_t
draw_need(const struct class_plan *class, const struct people_plan *people, uint8_t sex, double u)
{
    if (sex == WOMAN) {
        if (u < class->mothers)
            return MOTHER;
        u = (u - class->mothers) / (1 - class->mothers);
    }
    return fall(people->need, NEEDS, u);
}

static uint8_t
draw_age(const struct people_plan *people, uint8_t need, double u)
{
    return need == YOUNG_ADULT ? 0
           : need == ELDERLY   ? AGE_BANDS - 1
                               : fall(people->age, AGE_BANDS, u);
}

static void
set_sentence(struct person *person, const struct plan *plan, double days, double share)
{
    const struct scenario *scenario = plan->scenario;
    double least = person->repeat ? scenario->repeat_share_served : scenario->first_share_served;

    if (share < least)
        share = least;
    if (share > 1)
        share = 1;
    person->sentence = ticks_from_days(days);
    person->earliest = ticks_from_days(days * least);
    person->served = ticks_from_days(days * share);
}

static void
draw_attributes(struct person *person, const struct plan *plan, uint64_t replication,
                struct stream_name name, uint16_t class, uint8_t region)
{
    const struct people_plan *people = &plan->people;
    const struct class_plan *row = &plan->class[class];
    struct stream stream;

    stream_open(&stream, plan->seed, replication, DRAW_ATTRIBUTES, name, 0);
    *person = (struct person){
        .name = name, .class = class, .region = region, .measure = -1, .phase = NO_PHASE};
    person->where = AT_HOME;
    person->due[CLOCK_PHASE] = person->due[CLOCK_HOUSE] = TICKS_NEVER;
    person->sex = stream_uniform(&stream) < row->women ? WOMAN : MAN;
    person->residence = stream_uniform(&stream) >= row->no_residence;
    person->repeat = stream_uniform(&stream) < row->repeat;
    double age = stream_uniform(&stream);
    person->need = draw_need(row, people, person->sex, stream_uniform(&stream));
    person->age = draw_age(people, person->need, age);
    for (int i = 0; i < EXCLUSIONS; i++)
        if (stream_uniform(&stream) < people->exclusion[i])
            person->exclusions |= (uint8_t)(1 << i);
}

void
person_draw(struct person *person, const struct plan *plan, uint64_t replication,
            struct stream_name name, uint16_t class, uint8_t region)
{
    const struct class_plan *row = &plan->class[class];
    struct stream stream;

    draw_attributes(person, plan, replication, name, class, region);
    if (row->sentence == NULL)
        return;
    stream_open(&stream, plan->seed, replication, DRAW_ATTRIBUTES, name, 1);
    double days = distribution_draw(row->sentence, &stream);
    set_sentence(person, plan, days,
                 row->served != NULL ? distribution_draw(row->served, &stream) : 1);
}

/* Custody before PHASE for one of its class: the stay of the class's first phase, where that is not
 * PHASE itself, and the time up to the earliest date where a phase before it serves that. */
static ticks
custody_before(const struct person *person, const struct plan *plan, uint16_t phase,
               struct stream *stream)
{
    const struct class_plan *class = &plan->class[plan->phase[phase].class];
    const struct phase_plan *first = &plan->phase[class->first];
    ticks before = 0;

    if (phase == class->first)
        return 0;
    if (first->place == INSIDE && first->serve == SERVE_NOTHING)
        before = ticks_from_days(distribution_draw(first->stay, stream));
    for (uint16_t i = class->first; i < phase; i++)
        if (plan->phase[i].serve == SERVE_EARLIEST && before < person->earliest)
            before = person->earliest;
        else if (plan->phase[i].desk >= 0)
            before += ticks_from_days(distribution_draw(plan->phase[i].stay, stream));
    return before;
}

static ticks
serve_until(const struct person *person, uint8_t serve)
{
    return serve == SERVE_EARLIEST ? person->earliest
           : serve == SERVE_SHARE  ? person->served
                                   : person->sentence;
}

#define MOST_TRIES 10000

/* The length D of a phase that serves a part of the sentence S is at most S, so: draw S
 * length-biased and keep it with chance D / S. That is exact for what is drawn together with S. */
static ticks
draw_serving(struct person *person, const struct plan *plan, uint16_t phase, bool fresh,
             struct stream *stream)
{
    const struct class_plan *class = &plan->class[plan->phase[phase].class];

    for (int i = 0; i < MOST_TRIES; i++) {
        double days = fresh ? distribution_draw(class->sentence, stream)
                            : distribution_draw_length_biased(class->sentence, stream);
        set_sentence(person, plan, days,
                     class->served != NULL ? distribution_draw(class->served, stream) : 1);
        person->custody = custody_before(person, plan, phase, stream);
        ticks length = serve_until(person, plan->phase[phase].serve) - person->custody;
        if (length > 0 &&
            (fresh || stream_uniform(stream) * (double)person->sentence < (double)length))
            return length;
    }
    return 0;
}

void
person_draw_stock(struct person *person, const struct plan *plan, uint64_t replication,
                  struct stream_name name, uint16_t phase, uint8_t region, bool fresh)
{
    const struct phase_plan *row = &plan->phase[phase];
    const struct class_plan *class = &plan->class[row->class];
    struct stream stream;
    ticks length;

    draw_attributes(person, plan, replication, name, row->class, region);
    stream_open(&stream, plan->seed, replication, DRAW_STOCK, name, 0);
    if (row->serve != SERVE_NOTHING) {
        length = draw_serving(person, plan, phase, fresh, &stream);
    } else {
        if (class->sentence != NULL) {
            double days = distribution_draw(class->sentence, &stream);
            set_sentence(person, plan, days,
                         class->served != NULL ? distribution_draw(class->served, &stream) : 1);
        }
        person->custody = custody_before(person, plan, phase, &stream);
        length = ticks_from_days(fresh ? distribution_draw(row->stay, &stream)
                                       : distribution_draw_length_biased(row->stay, &stream));
    }
    ticks spent = fresh ? 0 : (ticks)(stream_uniform(&stream) * (double)length);
    person->phase = phase;
    person->status = row->status;
    person->began = -spent;
    person->due[CLOCK_PHASE] = person->planned = length - spent;
    person->step = 1;
}
