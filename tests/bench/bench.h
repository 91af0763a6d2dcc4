#ifndef BENCH_H
#define BENCH_H
/* What the benchmarks share: process CPU time, medians with their spread, a table and a CSV. A
 * figure stands beside a bare yardstick that was timed in the same run, in turn with it: the
 * machines are noisy, so a ratio counts and an absolute time does not. */

#include <stdbool.h>

#define MOST_REPEATS 9

extern bool bench_quick;
extern int bench_repeats;

double cpu_seconds(void);
double wall_seconds(void);

/* A row: medians of BARE and OWN, the median of BARE / OWN, its spread (highest less lowest). */
void bench_pair(const char *name, const char *unit, const double *bare, const double *own,
                const char *budget);

/* A row without a yardstick. */
void bench_alone(const char *name, const char *unit, const double *own, const char *budget);

void bench_engine(void);
void bench_draws(void);
void bench_model(void);
void bench_store(void);
void bench_mechanisms(void);
void bench_sweep(void);

#endif
