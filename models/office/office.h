#ifndef MODELS_OFFICE_OFFICE_H
#define MODELS_OFFICE_OFFICE_H
/* The placement office: who waits for what in each region, and what of it is the nation's own. The
 * round (round.h) decides. */

#include "calendar.h"
#include "waiting.h"

/* A region's part of the placement office: what it does in a round touches its own sites only. */
struct region_office {
    struct list list[QUEUES][PRIORITIES]; /* of those who are at its sites */
    struct calendar calendar;             /* of its facilities */
    uint32_t *away, aways, away_room;     /* (site, slot) of those it has no place for, in pairs */
    struct site **site;                   /* [sites]: the region's facilities */
    struct site **open;                   /* [sites]: those with room, for a list */
    uint32_t sites;
    bool leaving; /* one of them sends its people away */
};

/* The office of the nation. */
struct office {
    struct region_office *region; /* [regions] */
    struct site **open;           /* [facilities]: those of the nation with room, for a list */
    uint32_t *cursor; /* [regions]: how far the nation has gone through a region's list */
    int64_t seats;    /* in vans, left today */
    bool *passed;     /* [facilities]: balance has passed it over in this round */
    uint32_t regions;
};

/* The office of MODEL's plan and sites; NULL: no memory. */
struct office *office_create(const struct model *model);
void office_reset(struct model *model);

/* Make room for what PLAN says by date; false: no memory. */
MUST_CHECK bool office_fit(struct office *office, const struct plan *plan);
void office_free(struct office *office);

/* The person of SLOT takes its turn in a list of SITE's region. */
void office_list_add(struct model *model, struct site *site, uint32_t slot, enum queue_kind queue);

/* Does anybody wait for QUEUE in REGION? */
bool office_anybody_waits(const struct region_office *region, enum queue_kind queue);

/* The nation goes through all regions' lists for QUEUE in order of date: begin, then the next
 * person (NULL: there is none) with its entry, at last drop what was served. */
void office_lists_begin(struct model *model);
struct person *office_lists_next(struct model *model, enum queue_kind queue, int priority,
                                 struct list_entry *entry);
void office_lists_end(struct model *model, enum queue_kind queue, int priority);

#endif
