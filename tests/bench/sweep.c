/* Sweeps: what a point costs beside its replications, and what is kept of each by year. */

#include "subject.h"

#include "analysis/sweep/sweep.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define SMALL        "scenarios/examples/first.yaml"
#define REPLICATIONS 10

/* The small scenario, keeping KEEP. */
static void
open_small(struct subject *subject, const char *keep)
{
    char text[256];
    int size = snprintf(text, sizeof text, "extends: first.yaml\nrecord: [%s]\n", keep);
    const struct scenario_text texts[] = {{"bench.yaml", text, (size_t)size}};

    subject_open(subject, &(struct scenario_source){
                              .file = "scenarios/examples/bench.yaml", .text = texts, .texts = 1});
}

/* CPU seconds of REPLICATIONS, so many times. */
static double
seconds_alone(struct subject *subject, size_t times)
{
    double start = cpu_seconds();

    for (size_t i = 0; i < times * REPLICATIONS; i++)
        if (model_run(subject->model, i % REPLICATIONS, NULL) != OK)
            abort();
    return cpu_seconds() - start;
}

/* CPU seconds of a sweep whose points are all that scenario, into a part on disk. */
static double
seconds_swept(const char *design_file, const char *folder)
{
    struct design design;
    struct faults faults = {0};
    struct error err = {0};
    double start = cpu_seconds();

    if (design_read(&design, design_file, false, &faults, &err) != OK) {
        printf("the design of the bench has faults: %s\n", err.message);
        exit(1);
    }
    struct sweep sweep = {.design = &design,
                          .folder = folder,
                          .tasks = 1,
                          .threads = 1,
                          .force = true,
                          .command_line = "bench"};
    if (sweep_run(&sweep, &err) != OK || sweep.failures > 0) {
        printf("%s\n", err.message);
        exit(1);
    }
    double seconds = cpu_seconds() - start;
    unlink(sweep.part);
    sweep_free(&sweep);
    design_free(&design);
    faults_free(&faults);
    return seconds;
}

void
bench_sweep(void)
{
    double alone[MOST_REPEATS], swept[MOST_REPEATS], one[MOST_REPEATS], yearly[MOST_REPEATS];
    size_t points = bench_quick ? 20 : 100;
    char name[80], folder[64], here[1024];
    struct subject small, bare;

    snprintf(folder, sizeof folder, "/tmp/doorstroom-bench-%ld", (long)getpid());
    snprintf(name, sizeof name, "%s.yaml", folder);
    FILE *file = fopen(name, "w");
    if (file == NULL || getcwd(here, sizeof here) == NULL)
        return;
    fprintf(file,
            "scenario: %s/" SMALL "\nmethod: latin_hypercube\npoints: %zu\nreplications: %d\n"
            "factors: [{name: nothing, to: 0..1}]\n",
            here, points, REPLICATIONS);
    fclose(file);
    open_small(&small, "{place: nation, tick: year}");
    open_small(&bare, "{place: nation, tick: year, series: [entries]}");
    for (int i = 0; i < bench_repeats; i++) {
        one[i] = seconds_alone(&bare, points) * 1e3 / (double)points;
        alone[i] = yearly[i] = seconds_alone(&small, points) * 1e3 / (double)points;
        swept[i] = seconds_swept(name, folder) * 1e3 / (double)points;
    }
    bench_pair("sweep beside its replications alone", "ms of CPU a point", alone, swept,
               ">= 0.95 (5 % outside)");
    bench_pair("all series by year beside one", "ms of CPU a point", one, yearly,
               ">= 0.95 (1.05 of bare)");
    rmdir(folder);
    unlink(name);
    subject_close(&small);
    subject_close(&bare);
}
