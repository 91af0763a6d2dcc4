#ifndef MODELS_PLAN_NAMES_H
#define MODELS_PLAN_NAMES_H
/* Rows found by what they are called, and orders by name: no choice depends on the order of a list.
 */

#include "tables.h"

#include <stddef.h>

/* A column of names: that of row I lies I x STRIDE bytes behind FIRST. */
struct name_column {
    const char *const *first;
    size_t stride; /* bytes from one row to the next */
};

/* Fill ORDER with the numbers of COUNT rows by their names. */
void names_order(uint32_t *order, uint32_t count, struct name_column names);
void names_order_short(uint16_t *order, uint16_t count, struct name_column names);

/* The row called NAME, by the COUNT numbers of ORDER; NOWHERE where NAME is NULL or unknown. */
uint32_t names_find(const uint32_t *order, uint32_t count, struct name_column names,
                    const char *name);

/* The number of a region or a facility of PLAN by its name; NOWHERE where NAME is NULL or unknown.
 */
uint32_t plan_region_index(const struct plan *plan, const char *name);
uint32_t plan_facility_index(const struct plan *plan, const char *name);

/* What a source of people is called for its draws: COUNT texts, one behind the other; NULL:
 * nothing. */
uint64_t names_joined(const char *const *text, size_t count);

#endif
