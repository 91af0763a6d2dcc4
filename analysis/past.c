#include "past.h"

#include <math.h>

#define DAYS_OF_YEAR 365.25
#define FEWEST_YEARS 5
#define FEWEST_PAIRS 3
#define MOST_AWAY    3.0 /* months */

double
past_months(int32_t days)
{
    return days * 12 / DAYS_OF_YEAR;
}

size_t
horizons_nearest(const struct horizons *horizons, double months)
{
    size_t best = SIZE_MAX;
    double least = INFINITY;

    for (size_t h = 0; h < horizons->count; h++) {
        double away = fabs(months - horizons->months[h]);
        if (away < least && away <= fmin(MOST_AWAY, horizons->months[h] / 2)) {
            least = away;
            best = h;
        }
    }
    return best;
}

static double
years_between(const struct past_count *from, const struct past_count *to)
{
    return (to->day - from->day) / DAYS_OF_YEAR;
}

double
past_trend(const struct past_count *count, size_t counts)
{
    if (counts < 2)
        return NAN;
    const struct past_count *last = &count[counts - 1];
    double years = years_between(count, last);

    return years >= FEWEST_YEARS ? log(last->value / count->value) / years : NAN;
}

double
past_spread(const struct past_count *count, size_t counts, const struct horizons *horizons,
            size_t h, double trend)
{
    double squares = 0;
    size_t pairs = 0;

    for (size_t i = 0; i < counts; i++)
        for (size_t j = i + 1; j < counts; j++) {
            double months = past_months(count[j].day - count[i].day);
            if (months > horizons->months[h] + MOST_AWAY)
                break;
            if (horizons_nearest(horizons, months) != h)
                continue;
            double off =
                log(count[j].value / count[i].value) - trend * years_between(&count[i], &count[j]);
            squares += off * off;
            pairs++;
        }
    return pairs >= FEWEST_PAIRS ? sqrt(squares / (double)pairs) : NAN;
}
