#include "people.h"

#include <string.h>

static double
share_of(const struct shares *shares, const char *word)
{
    for (size_t i = 0; i < shares->count; i++)
        if (strcmp(shares->name[i], word) == 0)
            return shares->share[i];
    return 0;
}

/* Attributes go together: a mother with a child is a woman, a young adult is under 25, an elderly
 * person over 60; the shares of each attribute come out as the scenario gives them. */
int
plan_people_create(struct plan *plan, struct error *err)
{
    const struct people_object *people = &plan->scenario->people;
    double mothers = share_of(&people->needs, need_words[NEED_MOTHER]), sum = 0;
    double young = share_of(&people->needs, need_words[NEED_YOUNG_ADULT]);
    double old = share_of(&people->needs, need_words[NEED_ELDERLY]);

    (void)err;
    for (int need = 0; need < NEEDS; need++) {
        if (need != NEED_MOTHER && mothers < 1)
            sum += share_of(&people->needs, need_words[need]) / (1 - mothers);
        plan->people.need[need] = sum;
    }
    sum = 0;
    for (int age = 0; age < AGE_BANDS; age++) {
        double share = share_of(&people->ages, age_words[age]);
        share -= age == 0 ? young : age == AGE_BANDS - 1 ? old : 0;
        sum += young + old < 1 && share > 0 ? share / (1 - young - old) : 0;
        plan->people.age[age] = sum;
    }
    for (int i = 0; i < EXCLUSIONS; i++)
        plan->people.exclusion[i] = share_of(&people->exclusions, exclusion_words[i]);
    for (uint16_t i = 0; i < plan->classes; i++)
        plan->class[i].mothers =
            plan->class[i].women > mothers ? mothers / plan->class[i].women : 1;
    return OK;
}
