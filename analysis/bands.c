#include "bands.h"

#include "pairing.h"

#include <math.h>
#include <stdlib.h>

const double bands_p[BANDS] = {0.05, 0.25, 0.5, 0.75, 0.95};

/* Of VALUE [replications][years]. */
static void
estimate(struct bands *bands, const double *value, const uint64_t *draw, double *one, double *work)
{
    size_t n = bands->replications, years = bands->years.count;

    for (size_t y = 0; y < years; y++) {
        for (size_t r = 0; r < n; r++)
            one[r] = value[r * years + y];
        for (int b = 0; b < BANDS; b++) {
            struct interval *quantile = &bands->quantile[y * BANDS + (size_t)b];
            *quantile = interval_quantile(one, n, draw, bands_p[b], work);
            if (isfinite(quantile->value))
                bands->largest = fmax(bands->largest, fabs(quantile->value));
        }
    }
}

int
bands_read(struct bands *bands, const struct view *view, const struct view_pick *pick,
           struct error *err)
{
    uint64_t *draw = NULL;
    double *value = NULL;
    size_t n = store_replications(view->store);

    *bands = (struct bands){.replications = n};
    int status = view_years(view, &bands->years, err);
    if (status == OK)
        status = summary_periods(view->time, &bands->years, &bands->period, err);
    if (status == OK)
        status = pairing_draws(view->store, NULL, n, &draw, &bands->draws, err);
    size_t years = bands->years.count;
    if (status == OK) {
        value = calloc(n * years + 3 * n + 1, sizeof *value);
        bands->quantile = calloc(years * BANDS + 1, sizeof *bands->quantile);
    }
    if (status == OK && (value == NULL || bands->quantile == NULL))
        status = error_set(err, NO_MEMORY, "no memory for the bands");
    const struct view_fold fold = {&bands->years, value};
    if (status == OK)
        status = view_read(view, pick, &fold, 1, err);
    if (status == OK)
        estimate(bands, value, draw, value + n * years, value + n * years + n);
    free(value);
    free(draw);
    return status;
}

void
bands_free(struct bands *bands)
{
    view_periods_free(&bands->years);
    free(bands->period);
    free(bands->quantile);
    *bands = (struct bands){0};
}
