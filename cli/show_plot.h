#ifndef CLI_SHOW_PLOT_H
#define CLI_SHOW_PLOT_H
/* Pictures of `show` on stdout, over the time of a result. None where there is nothing to draw. */

#include "text.h"

#include "analysis/overview.h"
#include "analysis/plot.h"
#include "analysis/summary.h"

#define PLOT_COLUMNS (TERMINAL_WIDTH - PLOT_MARGIN)

/* The mean of one cell, and where one replication in ten lies below and above. */
void plot_intervals(const struct view *view, const struct summary *summary);

/* A letter for each label of DIMENSION, where there are few. */
void plot_labels(const struct view *view, const struct summary *summary,
                 const struct store_axis *dimension);

/* Population and capacity in one picture, or the first column alone. */
void plot_overview(const struct overview *overview);

#endif
