#ifndef MODELS_PLAN_RULES_H
#define MODELS_PLAN_RULES_H
/* What the placement office and the law go by: selection for houses, allocation, balance, the
 * share of a sentence after which release is possible. */

#include "tables.h"

#include "sim/base/error.h"

/* Nothing need be there before. Always OK. */
MUST_CHECK int plan_rules_create(struct plan *plan, struct error *err);

#endif
