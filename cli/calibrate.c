#include "command.h"
#include "csv.h"
#include "output.h"

#include "analysis/calibrate.h"
#include "analysis/statistics.h"

#include "models/scenario/formula.h"

#include "sim/engine/distribution.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME 30 /* columns of a line */
#define FAR  3  /* standard deviations */

/* Below: so few members tell little of a region. */
#define FEW  50
#define WIDE 20 /* percent: where 90 % regions hold about 95 % */

static void
tell_step(void *context, size_t step, size_t members)
{
    const struct calibration *c = context;

    if (step == 0)
        fprintf(stderr, "doorstroom calibrate: %s, %s%" PRIu64 " replications in all\n",
                c->method->word, c->method->ends_early ? "at most " : "", calibration_runs(c));
    if (c->method->ends_early)
        fprintf(stderr, "doorstroom calibrate: step %zu, %zu members of %zu replications\n", step,
                members, c->replications);
    else
        fprintf(stderr, "doorstroom calibrate: step %zu of %zu, %zu members of %zu replications\n",
                step, c->steps, members, c->replications);
}

/* How far what was observed is from the members' mean, in standard deviations of what it may be. */
static double
distance(const struct calibration *c, size_t t, const struct moments *moments)
{
    double chance = c->chance[t * c->targets + t];

    return (c->observed[t] - moments->mean) /
           sqrt(moments->sd * moments->sd + chance + c->error[t] * c->error[t]);
}

static void
print_targets(const struct calibration *c)
{
    const struct target_object *target = c->asked.targets.item;
    double before = 0, after = 0;
    size_t far = 0;

    printf("%-*s %9s %9s %9s %9s %5s\n", NAME, "target", "observed", "of chance", "before", "after",
           "off");
    for (size_t t = 0; t < c->targets; t++) {
        double chance = sqrt(c->chance[t * c->targets + t] + c->error[t] * c->error[t]);
        before += pow(distance(c, t, &c->before[t]), 2) / (double)c->targets;
        far += fabs(distance(c, t, &c->before[t])) > FAR;
        after += pow(distance(c, t, &c->after[t]), 2) / (double)c->targets;
        printf("%-*.*s %9.5g %9.3g %9.5g %9.5g %5.1f\n", NAME, NAME, target[t].name, c->observed[t],
               chance, c->before[t].mean, c->after[t].mean, distance(c, t, &c->after[t]));
    }
    printf("of chance: standard deviation of chance and of the error together; before,\n"
           "after: means of the members; off: in standard deviations of what such a world\n"
           "may give; all together (root of the mean square) %.2f before and %.2f after\n",
           sqrt(before), sqrt(after));
    if (far > 0)
        printf("%zu of them %s more than %d off before: no member of the priors comes near,\n"
               "and what comes out is beyond what they say; widen them, or doubt the target\n",
               far, far == 1 ? "is" : "are", FAR);
    printf("\n");
}

static void
print_parameters(const struct calibration *c, double *work)
{
    printf("%-*s %9s %9s %9s %9s %5s\n", NAME, "parameter", "prior", "median", "from", "to",
           "left");
    for (size_t p = 0; p < c->parameters; p++) {
        const struct draw *draw = uncertain_draw(c->plan, p);
        for (size_t m = 0; m < c->members; m++)
            work[m] = c->value[m * c->parameters + p];
        gsl_sort(work, 1, c->members);
        printf("%-*.*s %9.4g %9.4g %9.4g %9.4g %4.0f%%%s\n", NAME, NAME, draw->name, draw->median,
               statistics_next_below(work, c->members, 0.5),
               statistics_next_below(work, c->members, 0.05),
               statistics_next_below(work, c->members, 0.95), 100 * c->moved[p].sd * c->moved[p].sd,
               draw->unit);
    }
    printf("from, to: nine in ten lie there; left: of the prior's variance, in scores\n");
}

/* What is to be known of what came out. */
static void
print_doubts(const struct method_report *report)
{
    double wider = 100 * (report->wider - 1);

    if (wider > 0)
        printf("The tolerance is noise beside chance and error: %.3g %% more in standard\n"
               "deviation for a target, at most.%s\n",
               wider,
               wider > WIDE ? " That is much: regions are too wide. More members\n"
                              "or steps, or fewer targets, would bring it nearer."
                            : "");
    if (report->steps > 0 && report->tolerance > 0 && report->tolerance >= report->first)
        printf("The tolerance has never fallen: no member comes nearer than many others do.\n");
    if (report->silent > 0)
        printf("%zu of the targets %s the same in all members and counted for nothing.\n",
               report->silent, report->silent == 1 ? "was" : "were");
    if (report->effective < FEW)
        printf("Fewer than %d tell little of where nine in ten lie; take more members.\n", FEW);
}

/* How near a method came that goes on until it is near, and what that means. */
static void
print_report(const struct calibration *c)
{
    static const char *const ends[] = {
        [METHOD_STEPS] = "All steps are done; more of them would come nearer.",
        [METHOD_ACCEPTED] = "So few came within it that more steps would bring little.",
        [METHOD_EXACT] = "The tolerance is 0: they gave just what was observed.",
        [METHOD_STUCK] = "All are equally near, and steps cannot choose: more members, or another\n"
                         "target, may tell them apart.",
    };
    const struct method_report *report = &c->report;

    if (!c->method->ends_early)
        return;
    printf("tolerance %.3g after %zu steps, %.3g at first, in standard deviations of chance\n"
           "and error over all targets; of the last new members %.3g %% came within it; the\n"
           "%zu that are kept are worth %.0f of equal weight\n",
           report->tolerance, report->steps, report->first, 100 * report->accepted, report->kept,
           report->effective);
    printf("%s\n", ends[report->end]);
    print_doubts(report);
    printf("\n");
}

/* The members, a row each, under the paths of what is drawn. */
static bool
write_rows(FILE *to, const void *context)
{
    const struct calibration *c = context;

    for (size_t p = 0; p < c->parameters; p++) {
        fputs(p > 0 ? "," : "", to);
        csv_text(to, uncertain_draw(c->plan, p)->name);
    }
    for (size_t m = 0; m < c->members; m++) {
        fputc('\n', to);
        for (size_t p = 0; p < c->parameters; p++) {
            fputs(p > 0 ? "," : "", to);
            csv_number(to, c->value[m * c->parameters + p]);
            fputs(uncertain_draw(c->plan, p)->unit, to);
        }
    }
    fputc('\n', to);
    return ferror(to) == 0;
}

static int
calibrate(struct calibration *c, const struct options *options, const char *path, int threads)
{
    struct error err = {0};
    double *work = calloc(c->members + 1, sizeof *work);

    if (work == NULL) {
        fprintf(stderr, "doorstroom calibrate: no memory for the members\n");
        return EXIT_ENVIRONMENT;
    }
    int status = calibration_run(c, threads, &err);
    if (status != OK) {
        fprintf(stderr, "doorstroom calibrate: %s\n",
                status == INTERRUPTED ? "stopped; nothing is written" : err.message);
        free(work);
        return status == INTERRUPTED ? stop_status() : exit_for(status);
    }
    print_targets(c);
    print_report(c);
    print_parameters(c, work);
    free(work);
    status = output_write("calibrate", path, write_rows, c);
    if (status == EXIT_DONE && !options->quiet)
        fprintf(stderr, "%s: %zu members; posterior: {csv: %s} draws from them\n", path, c->members,
                path);
    return status;
}

int
command_calibrate(const struct options *options)
{
    const char *path = options->output != NULL ? options->output : "posterior.csv";
    unsigned long long threads = 0;
    struct calibration calibration;
    struct faults faults = {0};
    struct error err = {0};
    int status = options->threads == NULL
                     ? EXIT_DONE
                     : read_number("calibrate", "--threads", options->threads, 1, 1024,
                                   "a whole number from 1 to 1024", &threads);

    if (status != EXIT_DONE)
        return status;
    status = output_check("calibrate", path, options->force);
    if (status == EXIT_DONE)
        status = output_check_input("calibrate", path, options->argument[0]);
    if (status != EXIT_DONE)
        return status;
    status = calibration_read(&calibration, options->argument[0], &faults, &err);
    print_faults(&faults);
    if (status != OK && err.message[0] != '\0')
        fprintf(stderr, "doorstroom calibrate: %s\n", err.message);
    if (status == OK && output_check_inputs("calibrate", path, &calibration.scenario.tree) == OK &&
        output_check_inputs("calibrate", path, &calibration.tree) == OK) {
        calibration.stop = stop_on_signals();
        calibration.context = &calibration;
        calibration.step = options->quiet ? NULL : tell_step;
        status = calibrate(&calibration, options, path, threads_default("calibrate", (int)threads));
    } else {
        status = status == OK ? EXIT_BAD_INPUT : exit_for(status);
    }
    calibration_free(&calibration);
    faults_free(&faults);
    return status;
}
