#include "stepped.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Sums of one order and of another that are equal differ by less than this part of their size. */
#define AS_FAR 1e-10

/* Take the means of its rows off the outcome, which makes no difference to the change, and a small
 * one to rounding. */
static void
take_means_off(const struct stepped *panel)
{
    for (size_t i = 0; i < panel->regions; i++) {
        double *row = panel->outcome + i * panel->periods, mean = 0;
        for (size_t t = 0; t < panel->periods; t++)
            mean += row[t] / (double)panel->periods;
        for (size_t t = 0; t < panel->periods; t++)
            row[t] -= mean;
    }
}

static double
exposure_of(const struct stepped *panel, size_t i, size_t t)
{
    return panel->exposure[i * panel->periods + t];
}

/* Has region I no houses in period T? */
static bool
is_free(const struct stepped *panel, size_t i, size_t t)
{
    return !(exposure_of(panel, i, t) > 0);
}

/* Regions that have no houses in period T. */
static size_t
free_regions(const struct stepped *panel, size_t t)
{
    size_t count = 0;

    for (size_t i = 0; i < panel->regions; i++)
        count += is_free(panel, i, t);
    return count;
}

/* Does region I have houses in period T, and may be compared: it had none at first, and others
 * have none still? */
static bool
is_compared(const struct stepped *panel, size_t i, size_t t)
{
    return !is_free(panel, i, t) && is_free(panel, i, 0) && free_regions(panel, t) > 0;
}

/* Of what is compared in period T, all exposure. */
static double
compared_in(const struct stepped *panel, size_t t)
{
    double sum = 0;

    for (size_t i = 0; i < panel->regions; i++)
        sum += is_compared(panel, i, t) ? exposure_of(panel, i, t) : 0;
    return sum;
}

/* The levels of regions and periods that what is compared asks for, into `level`: the normal
 * equations of least squares over what is free, those of periods put into those of regions. All
 * regions that are free in any period are so in the first, so one sum is undetermined, which is
 * made 0 by adding 1 to each coefficient. */
static void
solve_levels(const struct stepped *panel)
{
    size_t n = panel->regions;
    gsl_matrix_view matrix = gsl_matrix_view_array(panel->pair, n, n);
    gsl_vector_view level = gsl_vector_view_array(panel->level, n);

    for (size_t i = 0; i < n * n; i++)
        panel->pair[i] = 1;
    for (size_t i = 0; i < n; i++)
        panel->level[i] = 0;
    for (size_t t = 0; t < panel->periods; t++) {
        double free = (double)free_regions(panel, t), compared = compared_in(panel, t);
        for (size_t i = 0; i < n; i++) {
            if (t == 0 && !is_free(panel, i, t))
                panel->pair[i * n + i] += 1; /* it has no level */
            if (is_compared(panel, i, t))
                panel->level[i] += exposure_of(panel, i, t);
            if (!is_free(panel, i, t))
                continue;
            panel->level[i] -= compared / free;
            panel->pair[i * n + i] += 1;
            for (size_t j = 0; j < n; j++)
                panel->pair[i * n + j] -= is_free(panel, j, t) ? 1 / free : 0;
        }
    }
    gsl_linalg_cholesky_decomp1(&matrix.matrix);
    gsl_linalg_cholesky_svx(&matrix.matrix, &level.vector);
    for (size_t t = 0; t < panel->periods; t++) {
        double sum = compared_in(panel, t);
        for (size_t i = 0; i < n; i++)
            sum -= is_free(panel, i, t) ? panel->level[i] : 0;
        panel->level[n + t] = sum > 0 || sum < 0 ? sum / (double)free_regions(panel, t) : 0;
    }
}

/* Make of the exposure what a unit of outcome there adds to the change. False: nothing is compared.
 */
static bool
weigh(struct stepped *panel)
{
    double squares = 0, weight[STEPPED_MOST];

    for (size_t i = 0; i < panel->regions; i++)
        for (size_t t = 0; t < panel->periods; t++)
            if (is_compared(panel, i, t))
                squares += exposure_of(panel, i, t) * exposure_of(panel, i, t);
    if (!(squares > 0))
        return false;
    solve_levels(panel);
    for (size_t t = panel->periods; t-- > 0;) { /* the first last: it says what is compared */
        for (size_t i = 0; i < panel->regions; i++)
            weight[i] = is_free(panel, i, t) ? -(panel->level[i] + panel->level[panel->regions + t])
                        : is_compared(panel, i, t) ? exposure_of(panel, i, t)
                                                   : 0;
        for (size_t i = 0; i < panel->regions; i++)
            panel->exposure[i * panel->periods + t] = weight[i] / squares;
    }
    return true;
}

static double
product(const double *a, const double *b, size_t count)
{
    double sum = 0;

    for (size_t t = 0; t < count; t++)
        sum += a[t] * b[t];
    return sum;
}

double
stepped_change(struct stepped *panel)
{
    size_t regions = panel->regions, periods = panel->periods;
    double change = 0;

    if (!weigh(panel))
        return NAN;
    take_means_off(panel);
    for (size_t i = 0; i < regions; i++)
        for (size_t j = 0; j < regions; j++)
            panel->pair[i * regions + j] =
                product(panel->outcome + i * periods, panel->exposure + j * periods, periods);
    for (size_t i = 0; i < regions; i++)
        change += panel->pair[i * regions + i];
    return change;
}

double
stepped_score(enum stepped_direction direction, double sum)
{
    switch (direction) {
    case STEPPED_LESS:
        return -sum;
    case STEPPED_MORE:
        return sum;
    case STEPPED_EITHER:
        break;
    }
    return fabs(sum);
}

/* Orders while they are gone through. */
struct orders {
    const struct stepped *panel;
    enum stepped_direction direction;
    double far; /* the score from which an order is as far as the one that came */
    size_t all, as_far;
    bool taken[STEPPED_ALL]; /* openings that a region has already */
};

static void
count_order(struct orders *orders, double sum)
{
    orders->all++;
    orders->as_far += stepped_score(orders->direction, sum) >= orders->far;
}

/* All orders in which the regions before REGION have what is taken, which gives SUM. */
static void
go_through(struct orders *orders, size_t region, double sum)
{
    size_t regions = orders->panel->regions;

    if (region == regions) {
        count_order(orders, sum);
        return;
    }
    for (size_t j = 0; j < regions; j++) {
        if (orders->taken[j])
            continue;
        orders->taken[j] = true;
        go_through(orders, region + 1, sum + orders->panel->pair[region * regions + j]);
        orders->taken[j] = false;
    }
}

/* The order that came, and as many more drawn by shuffling (Fisher and Yates), of which any could
 * have come as well: with it among them the share is exact (Phipson and Smyth 2010). */
static void
draw_orders(struct orders *orders, struct stream *stream)
{
    const struct stepped *panel = orders->panel;
    size_t regions = panel->regions;

    orders->all = orders->as_far = 1;
    for (size_t n = 0; n < STEPPED_DRAWN; n++) {
        size_t openings[STEPPED_MOST];
        double sum = 0;
        for (size_t i = 0; i < regions; i++)
            openings[i] = i;
        for (size_t i = regions; i-- > 0;) {
            size_t j = (size_t)(stream_uniform(stream) * (double)(i + 1)), given = openings[j];
            openings[j] = openings[i];
            sum += panel->pair[i * regions + given];
        }
        count_order(orders, sum);
    }
}

double
stepped_p(const struct stepped *panel, enum stepped_direction direction, struct stream *stream)
{
    size_t regions = panel->regions;
    struct orders orders = {.panel = panel, .direction = direction};
    double came = 0, size = 0;

    for (size_t i = 0; i < regions; i++)
        came += panel->pair[i * regions + i];
    for (size_t i = 0; i < regions * regions; i++)
        size += fabs(panel->pair[i]);
    orders.far = stepped_score(direction, came) - AS_FAR * size;
    if (regions <= STEPPED_ALL)
        go_through(&orders, 0, 0);
    else
        draw_orders(&orders, stream);
    return (double)orders.as_far / (double)orders.all;
}

/* Regions whose openings are those of region J, or (SIGN below 0) their opposite. */
static size_t
alike(const struct stepped *panel, size_t j, double sign)
{
    size_t count = 0;

    for (size_t i = 0; i < panel->regions; i++) {
        bool same = true;
        for (size_t t = 0; t < panel->periods && same; t++)
            same = fabs(panel->exposure[i * panel->periods + t] -
                        sign * panel->exposure[j * panel->periods + t]) < AS_FAR;
        count += same;
    }
    return count;
}

double
stepped_least_p(const struct stepped *panel, enum stepped_direction direction)
{
    double least = 1;
    bool opposite = direction == STEPPED_EITHER; /* each order has one as far the other way */

    /* The orders that differ: regions! over that of each group of regions that open alike. Region i
     * brings a factor i + 1 above, and the number of those like it so far below. */
    for (size_t i = 0; i < panel->regions; i++) {
        struct stepped before = *panel;
        before.regions = i + 1;
        least *= (double)alike(&before, i, 1) / (double)(i + 1);
        opposite &= alike(panel, i, -1) == alike(panel, i, 1);
    }
    least *= opposite ? 2 : 1;
    return panel->regions <= STEPPED_ALL ? least : fmax(least, 1.0 / (1 + STEPPED_DRAWN));
}
