#ifndef ANALYSIS_WINDOW_H
#define ANALYSIS_WINDOW_H
/* A stretch of time as a reader writes it: 2030, 2030-06, 2030-06-15, 2027..2031, all. */

#include <stdbool.h>
#include <stdint.h>

/* The days FROM .. UNTIL - 1, days since 1970-01-01. */
struct window {
    int32_t from, until;
};

/* A year, a month, a day, or two of them with '..' between, both included; "all" is every day that
 * a date can name. False: it is none of these, a date that does not exist, or ends before it
 * begins. */
bool window_read(const char *text, struct window *window);

#define WINDOW_TEXT 32

/* The shortest text that window_read reads as WINDOW. */
const char *window_write(const struct window *window, char out[WINDOW_TEXT]);

/* The calendar years or months of which WINDOW holds a day, each cut to WINDOW: the OUT of them,
 * NULL: only how many there are. */
int32_t window_years(const struct window *window, struct window *out);
int32_t window_months(const struct window *window, struct window *out);

#endif
