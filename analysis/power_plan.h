#ifndef ANALYSIS_POWER_PLAN_H
#define ANALYSIS_POWER_PLAN_H
/* The plan of an evaluation with all that it names: the scenarios, without an effect and with each,
 * what is counted in which periods and when it is judged; and what comes of it. */

#include "power_file.h"

#include "address.h"
#include "interval.h"
#include "statistics.h"

#include "models/scenario/scenario.h"

#include "sim/base/error.h"

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

/* What is counted by what time: an outcome by a period, or of people one by one. */
struct power_data {
    size_t outcome;
    bool people;
    enum power_period period; /* of people: POWER_MONTH, which are added up */
    size_t first;             /* of its windows among all */
};

/* How an evaluation fares with DATA, where EFFECT (0: none) holds, judged after so many years. */
struct power_row {
    size_t data, effect, watch;
    double house_years;     /* until then of houses that opened since, by months begun; mean over
                               futures */
    size_t able;            /* futures in which so many have opened that a change could be seen */
    struct interval seen;   /* share of the futures in which one is; NaN where able is 0. Against
                               futures its interval has in it that the limit is of futures, too */
    struct estimate change; /* of what is counted, as the scale says; NaN where there is none */
};

/* What is counted, as addresses: of a region alone; divided by another; or of people, and divided,
 * and both of other people. */
#define POWER_COUNTED 4
struct power_outcome {
    const char *name;
    struct address counted[POWER_COUNTED];
    size_t count; /* 1, 2 or 4 */
};

struct power {
    struct power_object asked;
    struct tree tree;
    struct scenario *scenario;     /* [effects]: without an effect, then with each */
    size_t effects;                /* 1 + those asked */
    size_t read;                   /* scenarios that are to be freed */
    struct power_outcome *outcome; /* [asked.outcomes.count] */
    struct power_data *data;       /* [datas] */
    size_t datas;
    size_t watches, windows;
    size_t *years;         /* [watches] */
    struct window *window; /* [windows]: months, quarters, years, as far as they are asked for */
    size_t months;         /* the first of them */
    size_t lag;            /* months */
    int32_t from;          /* the first day that counts */
    /* May be set after reading. */
    size_t replications;
    int threads;
    const volatile sig_atomic_t *stop;
    void (*progress)(void *context, uint64_t done, uint64_t total); /* or NULL */
    void *context;
    /* Out. */
    uint64_t days;         /* simulated so far; to look at meanwhile */
    struct power_row *row; /* [rows]: by data, then effect, then watch */
    size_t rows;
    double *seen; /* [rows][replications]: 1, 0; NaN: that future says nothing */
};

/* Read the plan at PATH and its scenarios. BAD_INPUT: FAULTS says what, or where it has no errors
 * ERR. To be freed either way. */
MUST_CHECK int power_read(struct power *power, const char *path, bool allow_outside,
                          struct faults *faults, struct error *err);
void power_free(struct power *power);

/* What DATA are held against: POWER_FUTURES if they are of people. */
enum power_test power_test_of(const struct power *power, size_t data);

/* What EFFECT is called. */
const char *power_effect_name(const struct power *power, size_t effect);

#endif
