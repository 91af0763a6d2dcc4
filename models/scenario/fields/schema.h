#ifndef MODELS_SCENARIO_SCHEMA_H
#define MODELS_SCENARIO_SCHEMA_H
/* The field table as a JSON Schema (draft 7, which the YAML servers of editors read): types, what
 * is required, words, ranges, patterns of durations, rates and dates, distributions, and meanings.
 * A schema sees one value at a time: what `check` knows besides (names that refer to others, sums
 * of shares, dates that rise) it cannot. */

/* The schema as text, to be freed; NULL: no memory. */
char *schema_text(void);

#endif
