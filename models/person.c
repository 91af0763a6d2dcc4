#include "person.h"

#include <string.h>

/* The index of a share that U in [0, 1) falls on; FIRST where there are none. */
static uint8_t
choose_word(const struct shares *shares, const char *const *words, double u)
{
    double sum = 0;

    for (size_t i = 0; i < shares->count; i++) {
        sum += shares->share[i];
        if (u < sum || i + 1 == shares->count)
            for (uint8_t w = 0; words[w] != NULL; w++)
                if (strcmp(words[w], shares->name[i]) == 0)
                    return w;
    }
    return 0;
}

static uint8_t
choose_exclusions(const struct shares *shares, struct stream *stream)
{
    uint8_t set = 0;

    for (uint8_t w = 0; exclusion_words[w] != NULL; w++) {
        double u = stream_uniform(stream);
        for (size_t i = 0; i < shares->count; i++)
            if (strcmp(exclusion_words[w], shares->name[i]) == 0 && u < shares->share[i])
                set |= (uint8_t)(1 << w);
    }
    return set;
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
    const struct people_record *people = &plan->scenario->people;
    const struct class_plan *row = &plan->class[class];
    struct stream stream;

    stream_open(&stream, plan->seed, replication, DRAW_ATTRIBUTES, name, 0);
    *person = (struct person){.name = name, .class = class, .region = region, .measure = -1,
                              .phase = NO_PHASE};
    person->due[CLOCK_PHASE] = person->due[CLOCK_HOUSE] = person->due[CLOCK_BREACH] = TICKS_NEVER;
    person->sex = stream_uniform(&stream) < row->women ? WOMAN : MAN;
    person->residence = stream_uniform(&stream) >= row->no_residence;
    person->repeat = stream_uniform(&stream) < row->repeat;
    person->age = choose_word(&people->ages, age_words, stream_uniform(&stream));
    person->need = choose_word(&people->needs, need_words, stream_uniform(&stream));
    person->exclusions = choose_exclusions(&people->exclusions, &stream);
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

/* The length D of a phase that serves a part of the sentence S is at most S, so: draw S length-biased
 * and keep it with chance D / S. That is exact for what is drawn together with S. */
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
        if (length > 0 && (fresh || stream_uniform(stream) * (double)person->sentence < (double)length))
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
    person->inside_since = -spent;
    person->due[CLOCK_PHASE] = person->planned = length - spent;
    person->step = 1;
}
