#ifndef ANALYSIS_REPORT_GIVE_H
#define ANALYSIS_REPORT_GIVE_H
/* Texts and numbers as JSON that a browser reads: null where there is none. */

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* TEXT, or null where it is NULL. Bytes that are no UTF-8 become U+FFFD. NULL: no memory. */
json_t *give_text(const char *text);

/* VALUE, or null where it is not finite. */
json_t *give_number(double value);

/* The same rounded to DECIMALS. */
json_t *give_rounded(double value, int decimals);

/* JSON, or where it is not GOOD nothing: NULL, and what there is of it is given back. */
json_t *give_if(json_t *json, bool good);

/* DAY, days since 1970-01-01, or null where it is NO_DATE. */
json_t *give_day(int32_t day);

#endif
