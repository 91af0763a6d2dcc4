#include "check.h"
#include "text.h"

#include "analysis/sweep/sweep_cost.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* The part of a distribution, which has no ends, that is left out on each side. */
#define RARE 0.05

#define MOST_LOOKED_AT 1000000 /* points: for the ends of each factor */
#define MOST_READ      50      /* points that are all read before a sweep */
#define MOST_TOLD      20      /* of them, if they cannot be read */

static int
refuse_options(const struct options *options)
{
    if (options->over.count + options->set.count == 0 && options->replications == NULL &&
        options->seed == NULL && options->split == NULL && !options->sources && !options->csv)
        return EXIT_DONE;
    return say_fault(
        "check", BAD_INPUT,
        "of a design of a sweep only --quick, --threads and --allow-outside can be asked "
        "for: what is set, and how often it runs, stands in the file");
}

static const char *
at_point(const struct design *design, size_t f, size_t point, char text[FACTOR_TEXT])
{
    return design_value(design, point, f, text);
}

static const char *
on_level(const struct design *design, size_t f, size_t level, char text[FACTOR_TEXT])
{
    return factor_write_level(&design->factor[f], level, text);
}

/* Which of the first COUNT values of factor F are the lowest and the highest; of words, the first
 * and the last that there are. */
static void
find_ends(const struct design *design, size_t f,
          const char *(*value)(const struct design *design, size_t f, size_t i, char *text),
          size_t count, size_t *low, size_t *high)
{
    char text[FACTOR_TEXT];
    double least = INFINITY, most = -INFINITY;

    *low = *high = 0;
    for (size_t i = 0; i < count && i < MOST_LOOKED_AT; i++) {
        double number = factor_number(value(design, f, i, text));
        if (number < least) {
            least = number;
            *low = i;
        }
        if (!(number <= most)) {
            most = number;
            *high = i;
        }
    }
}

/* How likely a value beyond each end is that is told of factor F: of a distribution, of whose
 * levels the outer ones are told, or else the middle of its values. */
static double
beyond(const struct design *design, size_t f)
{
    const struct sample_method *method = &sample_methods[design->asked.method];

    if (design->factor[f].kind != FACTOR_DISTRIBUTION)
        return 0;
    return method->takes_values   ? 0.5 / (double)design->factor[f].levels
           : method->takes_levels ? 0.5 / (double)design->asked.levels
                                  : RARE;
}

/* The value at U of a range, in full, or of a distribution, of which three digits say enough. */
static const char *
write_end(const struct factor *factor, double u, char text[FACTOR_TEXT])
{
    char full[FACTOR_TEXT], *unit;

    factor_write(factor, u, text);
    if (factor->kind == FACTOR_DISTRIBUTION) {
        snprintf(full, sizeof full, "%s", text);
        double number = strtod(full, &unit);
        snprintf(text, FACTOR_TEXT, "%.3g%s", number, unit);
    }
    return text;
}

static void
print_factor(const struct design *design, size_t f)
{
    const struct factor *factor = &design->factor[f];
    char low[FACTOR_TEXT], high[FACTOR_TEXT], ends[2 * FACTOR_TEXT + 8];
    const char *first, *last;
    size_t lowest, highest;

    if (design->cell != NULL) {
        find_ends(design, f, at_point, design->points, &lowest, &highest);
        first = design_value(design, lowest, f, low);
        last = design_value(design, highest, f, high);
    } else if (factor_values(factor) > 0) {
        find_ends(design, f, on_level, factor_values(factor), &lowest, &highest);
        first = factor_write_level(factor, lowest, low);
        last = factor_write_level(factor, highest, high);
    } else {
        first = write_end(factor, beyond(design, f), low);
        last = write_end(factor, 1 - beyond(design, f), high);
    }
    snprintf(ends, sizeof ends, "%s .. %s", first, last);
    text_cell(stdout, factor->name, 24);
    putchar(' ');
    text_cell(stdout, ends, 24);
    putchar(' ');
    text_wrap(stdout, factor->path != NULL ? factor->path : "nothing: what chance makes", 52, 52);
}

static void
print_design(const struct design *design)
{
    const char *method = design->cell != NULL ? "list" : sample_methods[design->asked.method].word;
    double runs = (double)design->points * (double)design->replications;
    bool any = false;
    char text[512];

    snprintf(text, sizeof text,
             "%s: %zu point%s of %zu factor%s, %llu replication%s each: %.*f runs; %s seeds",
             method, design->points, design->points == 1 ? "" : "s", design->factors,
             design->factors == 1 ? "" : "s", (unsigned long long)design->replications,
             design->replications == 1 ? "" : "s", 0, runs,
             design->asked.seeds == DESIGN_COMMON ? "common" : "own");
    text_wrap(stdout, text, 0, 2);
    for (size_t f = 0; f < design->factors; f++) {
        print_factor(design, f);
        any |= design->cell == NULL && beyond(design, f) == RARE;
    }
    if (any)
        printf("of a distribution the middle %.0f of 100 values\n", 100 * (1 - 2 * RARE));
}

/* Read POINT as the sweep will; what is wrong with it goes to stderr. */
static int
read_point(const struct design *design, size_t point)
{
    struct scenario scenario = {0};
    struct faults faults = {0};
    char line[2048];
    int read = design_scenario(design, point, &scenario, &faults);

    for (size_t i = 0; i < faults.count; i++)
        if (!faults.fault[i].warning) {
            faults_line(&faults, i, line, sizeof line);
            fprintf(stderr, "doorstroom check: point %zu: %s\n", point, line);
        }
    faults_free(&faults);
    scenario_free(&scenario);
    return exit_for(read);
}

/* Read all points where they are few, else those at which a factor has its lowest or highest value;
 * the exit status. */
static int
read_points(const struct design *design)
{
    bool all = design->points <= MOST_READ;
    size_t last = SIZE_MAX, bad = 0, count = all ? design->points : 2 * design->factors;
    int status = EXIT_DONE;

    for (size_t i = 0; i < count && bad < MOST_TOLD; i++) {
        size_t point = i, ends[2];
        if (!all) {
            find_ends(design, i / 2, at_point, design->points, &ends[0], &ends[1]);
            point = ends[i % 2];
        }
        int read = point != last ? read_point(design, point) : EXIT_DONE;
        last = point;
        bad += read != EXIT_DONE;
        status = read != EXIT_DONE ? read : status;
    }
    return status;
}

/* What a sweep of all points in one process would cost. */
static int
print_sweep_cost(const struct design *design, int threads)
{
    struct sweep_cost tried;
    struct error err = {0};
    char safe[2048];
    int status = sweep_cost_try(&tried, design, threads, stop_on_signals(), &err);

    if (status == INTERRUPTED)
        return stop_status();
    if (status != OK)
        return say_fault("check", status, err.message);
    if (tried.seen.failures > 0)
        fprintf(stderr, "doorstroom check: %.0f of %zu points that were tried cannot be run: %s\n",
                tried.seen.failures, tried.tried,
                text_safe(tried.seen.error.message, 0, safe, sizeof safe));
    struct cost cost = sweep_cost_of(&tried, design, design->points);
    print_cost_of("it", &cost, threads);
    printf(" (twice that while it is written;\nmerged, as much again)\n");
    return tried.seen.failures > 0 ? EXIT_BAD_INPUT : EXIT_DONE;
}

int
check_design(const struct options *options)
{
    struct design design;
    struct faults faults = {0};
    struct error err = {0};
    unsigned long long threads = 0;
    int status = refuse_options(options);

    if (status == EXIT_DONE && options->threads != NULL)
        status = read_number("check", "--threads", options->threads, 1, 1024, "a number of threads",
                             &threads);
    if (status != EXIT_DONE)
        return status;
    int read = design_read(&design, options->argument[0], options->allow_outside, &faults, &err);
    print_faults(&faults);
    if (read != OK && faults.errors == 0)
        status = say_fault("check", read, err.message);
    else if (read != OK)
        status = exit_for(read);
    else
        print_design(&design);
    if (faults.errors > 0)
        fprintf(stderr, "%zu error%s\n", faults.errors, faults.errors == 1 ? "" : "s");
    if (status == EXIT_DONE && !options->quick)
        status = read_points(&design);
    if (status == EXIT_DONE && !options->quick)
        status = print_sweep_cost(&design, threads_default("check", (int)threads));
    design_free(&design);
    faults_free(&faults);
    return status;
}
