#ifndef ANALYSIS_CRPS_H
#define ANALYSIS_CRPS_H
/* The continuous ranked probability score of a forecast that is a distribution, against what came:
 * the integral of (F(x) - 1[x >= observed])^2 (Gneiting and Raftery 2007, section 4.2). In the unit
 * of what is forecast; less is better; of a forecast that is one number it is the absolute error.
 * SORTED has no NaN; an observation that is NaN has no score. */

#include <stddef.h>

/* Of a distribution of which SORTED [count] are draws, ascending: mean |X - observed| less half the
 * mean |X - X'| over pairs of two different draws. That is fair: its expectation is the score of
 * the distribution, however few draws there are (Ferro 2014, equation 5); so one score may be below
 * 0. The one to take unless something else is asked for. NaN below two draws. */
double crps_ensemble(const double *sorted, size_t count, double observed);

/* The plain one, of the draws themselves as if there were no others: pairs of a draw with itself
 * count, too. Never below 0, and too high by the mean |X - X'| over 2 COUNT, so that more draws of
 * the same distribution score better. NaN where there are none. */
double crps_plain(const double *sorted, size_t count, double observed);

/* Of a normal distribution in closed form; NaN unless SD is above 0. */
double crps_normal(double mean, double sd, double observed);

/* Does the middle part that holds a next value with chance COVER (0 to 1) hold OBSERVED? 1 or 0;
 * the mean over forecasts is their coverage. Ends are those of statistics_next_below; NaN where
 * SORTED [count] are too few to have them: 90 % takes 19. */
double crps_cover(const double *sorted, size_t count, double cover, double observed);

#endif
