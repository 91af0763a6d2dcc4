#ifndef MODELS_SCENARIO_SMALLER_H
#define MODELS_SCENARIO_SMALLER_H
/* A cap on the size of houses from a date on: houses to come are made smaller ones. */

#include "scenario.h"

/* Is ROW a house that opens, or whose project starts, from SCENARIO's cap_from on? */
bool smaller_is_new(const struct scenario *scenario, const struct facility_object *row);

/* Into how many houses ROW is split; 1: it stays. */
int64_t smaller_parts(const struct scenario *scenario, const struct facility_object *row);

/* Split each new house of SCENARIO above its small_scale_cap into as many as need be, of nearly the
 * same size: the first keeps its name, the others are called "House (2)", "House (3)" and stand
 * behind all other facilities. Posts, floor area and what it costs a day are split likewise. A name
 * that is there already is a fault. */
void smaller_split(struct scenario *scenario);

/* Does FIELD of ROW decide whether ROW is split, or is it shared out among the parts? It has to be
 * known before any replication, then. */
bool smaller_decides(const struct scenario *scenario, const struct facility_object *row,
                     const char *field);

#endif
