/* bench [--quick] [--only engine|draws|model|store|mechanisms] [CSV]: the table to stdout, with
 * machine, compiler and commit as CSV. */

#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

#ifndef DOORSTROOM_COMMIT
#define DOORSTROOM_COMMIT "unknown"
#endif

bool bench_quick;
int bench_repeats = 5;
static FILE *csv;

double
cpu_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

double
wall_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int
by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The median of VALUES; *SPREAD: highest less lowest. */
static double
median(const double *values, double *spread)
{
    double sorted[MOST_REPEATS];

    memcpy(sorted, values, (size_t)bench_repeats * sizeof *values);
    qsort(sorted, (size_t)bench_repeats, sizeof *sorted, by_value);
    *spread = sorted[bench_repeats - 1] - sorted[0];
    return sorted[bench_repeats / 2];
}

/* The processor's name, without commas. */
static const char *
machine(void)
{
    static char name[128] = "unknown";
    char line[256];
    FILE *info = fopen("/proc/cpuinfo", "r");

    while (info != NULL && fgets(line, sizeof line, info) != NULL)
        if (sscanf(line, "model name : %127[^\n]", name) == 1)
            break;
    if (info != NULL)
        fclose(info);
    for (char *c = name; *c != '\0'; c++)
        *c = *c == ',' ? ' ' : *c;
    return name;
}

static void
write_csv(const char *name, const char *unit, double bare, double own, double ratio, double spread,
          const char *budget)
{
    if (csv != NULL)
        fprintf(csv, "\"%s\",%s,%g,%g,%g,%g,\"%s\",%s,\"%s\",%s\n", name, unit, bare, own, ratio,
                spread, budget, machine(), __VERSION__, DOORSTROOM_COMMIT);
}

void
bench_pair(const char *name, const char *unit, const double *bare, const double *own,
           const char *budget)
{
    double ratio[MOST_REPEATS], spread, unused;

    for (int i = 0; i < bench_repeats; i++)
        ratio[i] = bare[i] / own[i];
    double times = median(ratio, &spread);
    double b = median(bare, &unused), o = median(own, &unused);
    printf("%-44s %-22s %9.4g %9.4g %6.2f +-%4.2f  %s\n", name, unit, b, o, times, spread / 2,
           budget);
    fflush(stdout);
    write_csv(name, unit, b, o, times, spread, budget);
}

void
bench_alone(const char *name, const char *unit, const double *own, const char *budget)
{
    double spread, o = median(own, &spread);

    printf("%-44s %-22s %9s %9.4g %6s +-%4.2g  %s\n", name, unit, "", o, "", spread / 2, budget);
    fflush(stdout);
    write_csv(name, unit, 0, o, 0, spread, budget);
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run)(void);
    } groups[] = {{"model", bench_model}, /* first: its memory is the program's largest so far */
                  {"store", bench_store}, {"engine", bench_engine},
                  {"draws", bench_draws}, {"mechanisms", bench_mechanisms},
                  {"sweep", bench_sweep}};
    const char *only = NULL;

    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--quick") == 0)
            bench_quick = true;
        else if (strcmp(argv[i], "--only") == 0 && i + 1 < argc)
            only = argv[++i];
        else if (argv[i][0] == '-') {
            fprintf(stderr, "bench: expected [--quick] [--only GROUP] [FILE.csv], found '%s'\n",
                    argv[i]);
            return 2;
        } else if ((csv = fopen(argv[i], "w")) == NULL)
            fprintf(stderr, "bench: %s cannot be written\n", argv[i]);
    bench_repeats = bench_quick ? 3 : 5;
    if (csv != NULL)
        fprintf(csv, "what,unit,bare,own,ratio,spread,budget,machine,compiler,commit\n");
    printf("%-44s %-22s %9s %9s %6s %6s  %s\n", "", "", "bare", "own", "ratio", "spread", "budget");
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (only == NULL || strcmp(only, groups[i].name) == 0)
            groups[i].run();
    if (csv != NULL)
        fclose(csv);
    return 0;
}
