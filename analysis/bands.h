#ifndef ANALYSIS_BANDS_H
#define ANALYSIS_BANDS_H
/* Where the futures lie: quantiles over replications of a selection, by calendar year, each with
 * its interval. */

#include "interval.h"
#include "summary.h"
#include "view.h"

enum { BANDS = 5 };
extern const double bands_p[BANDS]; /* 5, 25, 50, 75 and 95 % */

struct bands {
    struct view_periods years;
    struct summary_period *period; /* [years] */
    struct interval *quantile;     /* [years][BANDS] */
    size_t replications, draws;    /* draws: as many as replications where none is shared */
    double largest;                /* of the quantiles, without sign */
};

/* A selection of one cell. To be freed either way. */
MUST_CHECK int bands_read(struct bands *bands, const struct view *view,
                          const struct view_pick *pick, struct error *err);
void bands_free(struct bands *bands);

#endif
