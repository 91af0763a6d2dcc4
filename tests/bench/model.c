/* Belgium: events, replications and bytes; the share of recording and of the store; the reader. */

#include "bench.h"
#include "subject.h"

#include "models/record/record.h"
#include "models/run/run.h"
#include "models/scenario/read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* CPU nanoseconds an event of replications FIRST .. FIRST + COUNT - 1. */
static double
ns_an_event(struct subject *subject, uint64_t first, int count)
{
    double start = cpu_seconds();
    uint64_t events = 0;

    for (int r = 0; r < count; r++) {
        if (model_run(subject->model, first + (uint64_t)r, NULL) != OK)
            abort();
        events += engine_events(subject->model->engine);
    }
    return (cpu_seconds() - start) / (double)events * 1e9;
}

/* The same scenario that keeps one number a year, beside it. */
static void
bench_recording(void)
{
    double with[MOST_REPEATS], without[MOST_REPEATS];
    static const char keep_one[] =
        "extends: baseline.yaml\nrecord: [{place: nation, tick: year, series: [entries]}]\n";
    const struct scenario_text text = {"bare.yaml", keep_one, sizeof keep_one - 1};
    struct subject all, bare;
    int count = bench_quick ? 2 : 6;

    subject_open(&all, &(struct scenario_source){.file = BELGIUM});
    subject_open(&bare, &(struct scenario_source){
                            .file = BELGIUM_FOLDER "bare.yaml", .text = &text, .texts = 1});
    for (int i = 0; i < bench_repeats; i++) {
        without[i] = ns_an_event(&bare, (uint64_t)(i * count), count);
        with[i] = ns_an_event(&all, (uint64_t)(i * count), count);
    }
    bench_pair("Belgium, with recording beside without", "ns an event", without, with,
               ">= 0.80 (under a fifth)");
    subject_close(&all);
    subject_close(&bare);
}

static double
run_belgium(const char *output, int threads, uint64_t replications, uint64_t *events, bool wall)
{
    struct faults faults = {0};
    struct scenario scenario;
    struct error err = {0};

    if (scenario_read(&scenario, BELGIUM, false, &faults) != OK)
        abort();
    struct run run = {.scenario = &scenario,
                      .output = output,
                      .last = replications - 1,
                      .threads = threads,
                      .force = true,
                      .command_line = "bench"};
    double start = wall ? wall_seconds() : cpu_seconds();
    if (run_scenario(&run, &err) != OK)
        printf("%s\n", err.message);
    double seconds = (wall ? wall_seconds() : cpu_seconds()) - start;
    *events = run.events;
    scenario_free(&scenario);
    faults_free(&faults);
    return seconds;
}

static void
bench_runs(void)
{
    uint64_t replications = bench_quick ? 6 : 24, events;
    double all[MOST_REPEATS], one[MOST_REPEATS], two[MOST_REPEATS], bytes[MOST_REPEATS];
    double memory[MOST_REPEATS];
    char path[64];
    struct stat file;
    struct rusage used;

    snprintf(path, sizeof path, "/tmp/doorstroom-bench-%ld.h5", (long)getpid());
    for (int i = 0; i < bench_repeats; i++) {
        double seconds = run_belgium(path, 1, replications, &events, false);
        all[i] = seconds / (double)events * 1e9;
        one[i] = run_belgium(path, 1, replications, &events, true) / (double)replications * 1e3;
        two[i] = run_belgium(path, 2, replications, &events, true) / (double)replications * 1e3;
        getrusage(RUSAGE_SELF, &used);
        memory[i] = (double)used.ru_maxrss / 1024;
        bytes[i] = stat(path, &file) == 0 ? (double)file.st_size / (double)replications / 1e6 : 0;
    }
    unlink(path);
    bench_alone("Belgium, all in (recording and store)", "ns of CPU an event", all, "150");
    bench_pair("Belgium, two threads beside one", "ms of wall a replication", one, two,
               ">= 1.80 times one");
    bench_alone("Belgium, a replication in the result", "MB", bytes, "2");
    bench_alone("Belgium, largest memory on two threads", "MiB", memory, "128");
}

/* A scenario of 10,000 facilities in a table, both in memory. */
static void
bench_reader(void)
{
    static const char scenario_text[] =
        "name: Many\nstart: 2026-01-01\nhorizon: 1 y\nregions: [north]\n"
        "facilities: {csv: facilities.csv}\n"
        "intake: [{class: short, region: north, rate: 2 / d}]\n"
        "pathways: {short: [{phase: stay, status: convicted, stay: {fixed: {value: 9 d}}, "
        "then: {released: 1}}]}\n";
    double own[MOST_REPEATS];
    char *table = NULL;
    size_t size;
    FILE *file = open_memstream(&table, &size);

    if (file == NULL)
        return;
    fprintf(file, "name,kind,region,capacity,beds,entry\n");
    for (int i = 0; i < 10000; i++)
        fprintf(file, "Prison number %d,prison,north,%d,%d,%d\n", i, 100 + i % 400, 120 + i % 400,
                1 + i % 7);
    fclose(file);
    const struct scenario_text text[] = {{"world.yaml", scenario_text, sizeof scenario_text - 1},
                                         {"facilities.csv", table, size}};
    const struct scenario_source from = {.file = "world.yaml", .text = text, .texts = 2};
    for (int i = 0; i < bench_repeats; i++) {
        struct scenario scenario;
        struct faults faults = {0};
        double start = cpu_seconds();
        int status = scenario_read_from(&scenario, &from, &faults);
        own[i] = (cpu_seconds() - start) * 1e3;
        if (status != OK)
            printf("the scenario of the reader has faults\n");
        scenario_free(&scenario);
        faults_free(&faults);
    }
    bench_alone("reader, 10,000 facilities", "ms", own, "100");
    free(table);
}

void
bench_model(void)
{
    bench_recording();
    bench_runs();
    bench_reader();
}
