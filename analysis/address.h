#ifndef ANALYSIS_ADDRESS_H
#define ANALYSIS_ADDRESS_H
/* The address of a number: what was asked of which result, as one text that a person can read and a
 * program can answer.
 *
 *   mean(floor_sleepers, 2030)                      asked of whatever result is at hand
 *   3f2a9c81d0b4:mean(population, Antwerpen, 2030)  of the result whose id begins so
 *   91bc02ab77de-3f2a9c81d0b4:mean(cost, 2030)      of two: the other less the base, by replication
 *   chance(floor_sleepers < 100, 2032)              per cent of the futures in which it holds
 *   q90(floor_sleepers, 2030-06-15)                 nine in ten futures lie below
 *
 * STATISTIC(NAME[, LABEL...][, TIME]). A LABEL may say of what it is one: region=north, where a
 * facility is called north, too. A name or label that holds a comma, a bracket, a comparison, a =
 * or a time stands between double quotes, with each quote inside written twice. Without a time it
 * is all of the result. */

#include "interval.h"
#include "quantity.h"
#include "window.h"

#include "sim/base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum statistic {
    STATISTIC_MEAN,
    STATISTIC_SD,
    STATISTIC_LEAST,
    STATISTIC_MOST,
    STATISTIC_QUANTILE, /* q10, q50, q97.5 */
    STATISTIC_CHANCE,   /* per cent of the futures in which a comparison holds */
    STATISTIC_RELATIVE, /* of two results: the difference of means in per cent of the base's */
    STATISTIC_BETTER,   /* of two: per cent of the futures in which the other is better */
    STATISTICS
};

/* Which of a number and its 95 % interval: mean, mean_low, mean_high. */
enum bound { BOUND_NONE, BOUND_LOW, BOUND_HIGH };

enum relation { RELATION_NONE, RELATION_LESS, RELATION_MOST, RELATION_MORE, RELATION_LEAST };

/* The comparison that TEXT begins with, and how long it is; 0: with none. */
size_t relation_read(const char *text, enum relation *relation);
const char *relation_text(enum relation relation);

/* The number that TEXT begins with, and where it ends: at TEXT, if there is none. What only a
 * program writes (0x10, inf, nan) is none. */
double address_number(const char *text, char **end);

#define ADDRESS_ID   12 /* hexadecimal digits that are printed of an id */
#define ADDRESS_TEXT 1024

struct address {
    char of[65], base[65]; /* beginnings of ids; "" where none is said */
    enum statistic statistic;
    enum bound bound;
    double p;                /* of a quantile, 0 to 1 */
    char text[ADDRESS_TEXT]; /* holds the names */
    struct quantity_name quantity;
    const char *label[QUANTITY_LABELS], *axis[QUANTITY_LABELS]; /* of quantity */
    struct window window;
    enum relation relation; /* of a chance */
    double limit;
    bool per_cent; /* a % stands behind the limit */
};

/* ADDRESS points into itself: it must not be copied. BAD_INPUT, with a line that says what is wrong
 * with TEXT. */
MUST_CHECK int address_read(struct address *address, const char *text, struct error *err);

/* The text that address_read reads as ADDRESS; "" where it is longer than that may be. */
const char *address_write(const struct address *address, char out[ADDRESS_TEXT]);

/* BAD_INPUT: the limit is in per cent, and what is compared in UNIT, which is none. */
MUST_CHECK int address_check_unit(const struct address *address, const char *unit,
                                  struct error *err);
/* The same of NUMBER, compared with the quantity called NAME. */
MUST_CHECK int unit_check_per_cent(const char *name, const char *unit, double number,
                                   struct error *err);

/* Does VALUE meet the comparison? NaN meets none. */
bool address_holds(const struct address *address, double value);

/* The statistic of VALUE [count] by replication, with its 95 % interval; with BASE [count] (else
 * NULL) that of VALUE less BASE. DRAW as in statistics.h, or NULL; BETTER as an indicator has it.
 * NaN: there is none, or no memory. */
struct interval address_answer(const struct address *address, const double *value,
                               const double *base, size_t count, const uint64_t *draw, int better);

/* The number of INTERVAL that ADDRESS names. */
double address_bound(const struct address *address, const struct interval *interval);

#endif
