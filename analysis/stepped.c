#include "stepped.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#define AS_FAR                                                                                     \
    1e-10 /* sums of one order and of another that are equal differ by less than this              \
           */

/* Take the means of the rows and of the columns off VALUE [rows][columns]. */
static void
centre(double *value, size_t rows, size_t columns)
{
    for (size_t i = 0; i < rows; i++) {
        double mean = 0;
        for (size_t t = 0; t < columns; t++)
            mean += value[i * columns + t] / (double)columns;
        for (size_t t = 0; t < columns; t++)
            value[i * columns + t] -= mean;
    }
    for (size_t t = 0; t < columns; t++) {
        double mean = 0;
        for (size_t i = 0; i < rows; i++)
            mean += value[i * columns + t] / (double)rows;
        for (size_t i = 0; i < rows; i++)
            value[i * columns + t] -= mean;
    }
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
    double along = 0, squares;

    centre(panel->outcome, regions, periods);
    centre(panel->exposure, regions, periods);
    for (size_t i = 0; i < regions; i++)
        for (size_t j = 0; j < regions; j++)
            panel->pair[i * regions + j] =
                product(panel->outcome + i * periods, panel->exposure + j * periods, periods);
    for (size_t i = 0; i < regions; i++)
        along += panel->pair[i * regions + i];
    squares = product(panel->exposure, panel->exposure, regions * periods);
    return squares > AS_FAR ? along / squares : NAN;
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
    bool opposite =
        direction == STEPPED_EITHER; /* each order has one that is as far the other way */

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
