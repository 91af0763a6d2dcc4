#ifndef MODELS_PLACES_GROUP_H
#define MODELS_PLACES_GROUP_H
/* People who are alike for the question who could be where. A site counts those of each group; the
 * record asks how many of them could move to a free place at once (record/crowds). */

#include "models/people/person.h"

/* Which list the person stands in: that decides which facilities are open to them. */
enum group_list { GROUP_OTHER_LIST, GROUP_HOUSE_LIST, GROUP_PRISON_LIST, GROUP_LISTS };

#define GROUPS (STATUSES * SEXES * 2 * GROUP_LISTS)

struct group {
    unsigned status, sex;
    bool in_process; /* waits for the office, is screened or may go to a house */
    enum group_list list;
};

/* The group of a PERSON who is inside. */
static inline struct group
group_of(const struct person *person)
{
    static const uint8_t lists[QUEUES] = {[QUEUE_DETENTION] = GROUP_HOUSE_LIST,
                                          [QUEUE_TRANSITION] = GROUP_HOUSE_LIST,
                                          [QUEUE_ALLOCATION] = GROUP_PRISON_LIST};

    return (struct group){
        .status = person->status,
        .sex = person->sex,
        .in_process = person->queue != QUEUE_NONE || person->house == HOUSE_SCREENING ||
                      person->house == HOUSE_SUITABLE,
        .list = (enum group_list)lists[person->queue],
    };
}

/* The number of a group, below GROUPS; and the group of a NUMBER. */
static inline uint32_t
group_number(struct group group)
{
    return ((group.status * SEXES + group.sex) * 2 + group.in_process) * GROUP_LISTS + group.list;
}

static inline struct group
group_numbered(uint32_t number)
{
    return (struct group){
        .status = number / GROUP_LISTS / 2 / SEXES,
        .sex = number / GROUP_LISTS / 2 % SEXES,
        .in_process = number / GROUP_LISTS % 2 == 1,
        .list = (enum group_list)(number % GROUP_LISTS),
    };
}

#endif
