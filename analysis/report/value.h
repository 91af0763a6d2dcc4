#ifndef ANALYSIS_REPORT_VALUE_H
#define ANALYSIS_REPORT_VALUE_H
/* Single numbers and texts as the report's document has them. */

#include <jansson.h>

/* VALUE rounded to DECIMALS; null where it is none (NaN, infinite). NULL: no memory. */
json_t *value_json(double value, int decimals);

/* TEXT with each byte that is not UTF-8 as a question mark, NULL as "". NULL: no memory. */
json_t *value_text(const char *text);

#endif
