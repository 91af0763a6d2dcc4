#include "person.h"

#include "models/plan/draws.h"

#include <math.h>

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
    if (sex == SEX_WOMAN) {
        if (u < class->mothers)
            return NEED_MOTHER;
        u = (u - class->mothers) / (1 - class->mothers);
    }
    return fall(people->need, NEEDS, u);
}

static uint8_t
draw_age(const struct people_plan *people, uint8_t need, double u)
{
    return need == NEED_YOUNG_ADULT ? 0
           : need == NEED_ELDERLY   ? AGE_BANDS - 1
                                    : fall(people->age, AGE_BANDS, u);
}

void
person_set_sentence(struct person *person, const struct plan *plan, double days, double share)
{
    double least = plan->earliest_share[person->repeat];

    if (share < least)
        share = least;
    if (share > 1)
        share = 1;
    person->sentence = ticks_from_days(days);
    person->earliest = ticks_from_days(days * least);
    person->served = ticks_from_days(days * share);
}

/* The share of repeat offenders among those who are a COMER, where it is ALL of all who come and
 * BACK of them come back: these are the first of them. */
static double
repeat_share(double all, double back, enum comer comer)
{
    if (comer == COMES_AGAIN)
        return all < back ? all / back : 1;
    return comer == COMES_AT_ALL || back <= 0 ? all : all > back ? (all - back) / (1 - back) : 0;
}

void
person_draw_attributes(struct person *person, const struct plan *plan, uint64_t replication,
                       struct stream_name name, uint16_t class, uint8_t region, enum comer comer,
                       double back)
{
    const struct people_plan *people = &plan->people;
    const struct class_plan *row = &plan->class[class];
    struct stream stream = plan_stream(plan, replication, DRAW_ATTRIBUTES, name, 0);

    *person = (struct person){.name = name,
                              .class = class,
                              .region = region,
                              .measure = -1,
                              .waits = -1,
                              .phase = NO_PHASE};
    person->where = WHERE_HOME;
    person->due[CLOCK_PHASE] = person->due[CLOCK_APPOINTMENT] = TICKS_NEVER;
    person->sex = stream_uniform(&stream) < row->women ? SEX_WOMAN : SEX_MAN;
    person->residence = stream_uniform(&stream) >= row->no_residence;
    person->repeat = stream_uniform(&stream) < repeat_share(row->repeat, back, comer);
    double age = stream_uniform(&stream);
    person->need = draw_need(row, people, person->sex, stream_uniform(&stream));
    person->age = draw_age(people, person->need, age);
    for (int i = 0; i < EXCLUSIONS; i++)
        if (stream_uniform(&stream) < people->exclusion[i])
            person->exclusions |= (uint8_t)(1 << i);
}

void
person_is_born(struct person *person, const struct plan *plan, uint64_t replication, ticks now)
{
    struct stream stream = plan_stream(plan, replication, DRAW_ATTRIBUTES, person->name, 2);
    double low = plan_age_from(person->age), high = plan_age_from(person->age + 1);
    double years = low + stream_uniform(&stream) * (high - low);

    person->born = (int16_t)floor((ticks_to_days(now) - years * 365.25) / BORN_DAYS);
}

uint8_t
person_age(const struct person *person, ticks now)
{
    double years = (ticks_to_days(now) - (double)person->born * BORN_DAYS) / 365.25;
    uint8_t band = 0;

    while (band + 1 < AGE_BANDS && years >= plan_age_from(band + 1))
        band++;
    return band;
}

/* Numbers of DRAW_ATTRIBUTES that no sentence has: whether the stay that is the TIMES-th is one of
 * a repeat offender. */
#define REPEAT_OF_TIME 0x80000000u

/* The sentence of the stay that is the TIMES-th: streams 0 and 2 are the attributes' own. */
static void
draw_sentence(struct person *person, const struct plan *plan, uint64_t replication)
{
    const struct class_plan *row = &plan->class[person->class];
    uint32_t time = person->times == 0 ? 1 : 2u + person->times;

    if (row->sentence == NULL)
        return;
    struct stream stream = plan_stream(plan, replication, DRAW_ATTRIBUTES, person->name, time);
    double days = distribution_draw(row->sentence, &stream);
    person_set_sentence(person, plan, days,
                        row->served != NULL ? distribution_draw(row->served, &stream) : 1);
}

void
person_comes_again(struct person *person, const struct plan *plan, uint64_t replication,
                   uint16_t class, ticks now, double back)
{
    const struct person was = *person;

    *person = (struct person){.name = was.name,
                              .class = class,
                              .region = was.region,
                              .measure = -1,
                              .waits = -1,
                              .phase = NO_PHASE,
                              .step = was.step,
                              .sex = was.sex & 1,
                              .residence = was.residence,
                              .need = was.need,
                              .exclusions = was.exclusions,
                              .times = (uint8_t)(was.times < UINT8_MAX ? was.times + 1 : was.times),
                              .born = was.born};
    person->age = person_age(person, now);
    person->where = WHERE_HOME;
    person->due[CLOCK_PHASE] = person->due[CLOCK_APPOINTMENT] = TICKS_NEVER;
    struct stream stream = plan_stream(plan, replication, DRAW_ATTRIBUTES, person->name,
                                       REPEAT_OF_TIME | person->times);
    person->repeat =
        stream_uniform(&stream) < repeat_share(plan->class[class].repeat, back, COMES_AGAIN);
    draw_sentence(person, plan, replication);
}

void
person_draw(struct person *person, const struct plan *plan, uint64_t replication,
            struct stream_name name, uint16_t class, uint8_t region, enum comer comer, double back)
{
    person_draw_attributes(person, plan, replication, name, class, region, comer, back);
    draw_sentence(person, plan, replication);
}
