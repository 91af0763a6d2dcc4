#ifndef MODELS_PLAN_TOPICS_H
#define MODELS_PLAN_TOPICS_H
/* The topics of a plan: what fills the tables of each, and which fields of a scenario it reads. */

#include "tables.h"

#include "sim/base/error.h"

#include <stddef.h>

#define TOPIC_MOST_READS 8

struct topic {
    enum plan_part part; /* topics of a part write into the same tables: all are filled or none */
    int (*create)(struct plan *plan, struct error *err);
    void (*free)(struct plan *plan);     /* NULL: it takes no memory */
    const char *reads[TOPIC_MOST_READS]; /* fields or objects, such as facilities.capacity */
};

/* Each after those whose tables it reads. */
extern const struct topic plan_topics[];
extern const size_t plan_topic_count;

/* Does TOPIC read the field of PATH, such as facilities.capacity? */
bool topic_reads(const struct topic *topic, const char *path);

#endif
