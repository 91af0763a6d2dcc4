#ifndef ANALYSIS_ERLANG_H
#define ANALYSIS_ERLANG_H
/* What is known of places in closed form: how often whoever comes finds all of them taken, and how
 * much of the time a place is lived in. */

/* The share of those who come that finds all of PLACES taken, where LOAD people would live there if
 * there were always room (arrivals a day times days of a stay). Erlang B by recursion: B(0) = 1,
 * B(n) = a B(n - 1) / (n + a B(n - 1)); Erlang 1917. */
double erlang_refused(int places, double load);

/* The share of the time that a place is lived in, where stays of STAY days follow one another with
 * GAP days between: stay / (stay + gap), renewal theory. NaN where both are nothing. */
double erlang_lived_in(double stay, double gap);

#endif
