#ifndef ANALYSIS_ADDRESS_H
#define ANALYSIS_ADDRESS_H
/* The address of a number: what was asked of which result, as one text that a person can read and a
 * program can answer.
 *
 *   mean(floor_sleepers, 2030)                      asked of whatever result is at hand
 *   3f2a9c81d0b4:mean(population, Antwerpen, 2030)  of the result whose id begins so
 *   91bc02ab77de-3f2a9c81d0b4:mean(cost, 2030)      the second is the base: other less base
 *   chance(floor_sleepers < 100, 2032)              the share of futures in which it holds
 *   q90(floor_sleepers, 2030-06-15)                 below it lie 90 % of the futures
 *
 * STATISTIC(NAME[, LABEL...][, TIME]): a name or a label with a comma, a bracket or a comparison in
 * it stands between double quotes. Without a time it is all of the result. */

#include "quantity.h"
#include "window.h"

#include "sim/base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum statistic {
    STATISTIC_MEAN,
    STATISTIC_LOW, /* of the mean's 95 % interval */
    STATISTIC_HIGH,
    STATISTIC_SD,
    STATISTIC_LEAST,
    STATISTIC_MOST,
    STATISTIC_QUANTILE,     /* q10, q50, q97.5 */
    STATISTIC_QUANTILE_LOW, /* q10_low: of its interval */
    STATISTIC_QUANTILE_HIGH,
    STATISTIC_CHANCE, /* per cent of the futures in which a comparison holds */
    STATISTIC_CHANCE_LOW,
    STATISTIC_CHANCE_HIGH,
    STATISTIC_RELATIVE, /* of two results: per cent of the base's mean */
    STATISTIC_RELATIVE_LOW,
    STATISTIC_RELATIVE_HIGH,
    STATISTIC_BETTER, /* of two: per cent of the futures in which the other is better */
    STATISTICS
};

enum comparison_kind {
    COMPARE_NOTHING,
    COMPARE_BELOW,
    COMPARE_AT_MOST,
    COMPARE_ABOVE,
    COMPARE_AT_LEAST
};

#define ADDRESS_ID     12 /* hexadecimal digits that are printed of an id */
#define ADDRESS_LABELS 4
#define ADDRESS_TEXT   1024

struct address {
    char of[65], base[65]; /* beginnings of ids; "" where none is said */
    enum statistic statistic;
    double p;                /* of a quantile */
    char text[ADDRESS_TEXT]; /* where the names stand */
    const char *name, *label[ADDRESS_LABELS];
    size_t labels;
    struct window window;
    bool all_time;
    enum comparison_kind compare;
    double limit;
};

/* BAD_INPUT and a line that says what is wrong and what an address looks like. */
MUST_CHECK int address_read(struct address *address, const char *text, struct error *err);

/* The text that address_read reads as ADDRESS. */
const char *address_write(const struct address *address, char out[ADDRESS_TEXT]);

/* Does VALUE meet the comparison? */
bool address_holds(const struct address *address, double value);

/* The statistic of VALUE [count] by replication (of other less base where BASE is given, [count]);
 * DRAW as in statistics.h; BETTER as in the indicator. WORK: 3 * COUNT. NaN: it has none. */
double address_answer(const struct address *address, const double *value, const double *base,
                      size_t count, const uint64_t *draw, int better, double *work);

#endif
