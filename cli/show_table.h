#ifndef CLI_SHOW_TABLE_H
#define CLI_SHOW_TABLE_H
/* Tables of `show` on stdout, a row for each year or part of one. */

#include "text.h"

#include "analysis/bands.h"
#include "analysis/overview.h"
#include "analysis/parameters.h"
#include "analysis/summary.h"

/* Columns of the overview that fit beside the period. */
#define TABLE_OVERVIEW_MOST ((TERMINAL_WIDTH - 24) / 8)

/* Mean, its interval and where one replication in ten lies, of one cell. */
void table_of_intervals(const struct summary *summary);

/* Quantiles over replications by year, each above its interval. */
void table_of_bands(const struct bands *bands);

/* The means of each label of DIMENSION: beside one another where that fits, else below. */
void table_of_labels(const struct summary *summary, const struct store_axis *dimension);

/* What was drawn, a field a row. */
void table_of_parameters(const struct parameters *parameters);

/* The means of all columns. */
void table_of_overview(const struct overview *overview);

#endif
