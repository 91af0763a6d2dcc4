#ifndef ANALYSIS_POWER_FILE_H
#define ANALYSIS_POWER_FILE_H
/* The plan of an evaluation, as a file says: a scenario in which houses open region by region, what
 * effect they might have, what will be counted, and how it will be judged. */

#include "models/scenario/fields/fields.h"
#include "models/scenario/scenario.h"
#include "models/scenario/source.h"

#include "sim/base/error.h"

/* What houses might bring about. */
struct effect_object {
    const struct node *node;
    const char *name;
    struct names set; /* lines 'PATH: VALUE' */
};

/* What is counted in each region and period. */
struct data_object {
    const struct node *node;
    const char *name;                /* NULL: what it is of */
    const char *of, *per;            /* as in an address; per: NULL: nothing */
    const char *against, *other_per; /* NULL, or both there */
};

enum power_period { POWER_MONTH, POWER_QUARTER, POWER_YEAR, POWER_PERIODS };
extern const char *const power_period_words[];
extern const size_t power_months[POWER_PERIODS];

enum power_scale { POWER_RELATIVE, POWER_PLAIN };
enum power_test { POWER_ORDERS, POWER_FUTURES };

struct power_object {
    const struct node *node;
    const char *scenario;   /* a file, seen from this one */
    struct names no_effect; /* lines 'PATH: VALUE' */
    struct objects effects, outcomes;
    uint32_t periods;     /* bits of power_period */
    int32_t from;         /* NO_DATE: the scenario's first whole month */
    struct numbers years; /* 0 of them: each */
    double lag;           /* days */
    int scale, direction, test;
    double level, aim;
    int64_t replications;
};

/* The fields of that file. */
extern const struct object_type *const power_fields_of_file;

/* Read what FROM names into TREE, which then owns its texts, and OUT. BAD_INPUT: FAULTS says what;
 * NO_MEMORY. The tree is to be freed either way. */
MUST_CHECK int power_file_read(struct power_object *out, struct tree *tree,
                               const struct scenario_source *from, struct faults *faults);

#endif
