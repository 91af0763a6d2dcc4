#include "command.h"
#include "progress.h"
#include "text.h"

#include "analysis/seek.h"
#include "models/run/reading.h"
#include "models/run/run.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VALUE  20 /* columns */
#define NUMBER 11
#define TEXT   2048

/* What the search tells is told to. */
struct telling {
    const struct seek *seek;
    struct run run; /* for the line of progress */
    struct progress progress;
    bool quiet;
};

static void
tell_progress(void *context, uint64_t done, uint64_t total)
{
    struct telling *telling = context;

    progress_tell(&telling->progress, done, total);
}

static void
end_progress(void *context)
{
    struct telling *telling = context;

    progress_end(&telling->progress);
}

static bool
is_chance(const struct seek *seek)
{
    return seek->goal->address.statistic == STATISTIC_CHANCE;
}

/* A number of the statistic, "96.0 %"; "-": there is none. */
static const char *
statistic_text(const struct seek *seek, double value, double largest, char out[NUMBER_TEXT + 4])
{
    char number[NUMBER_TEXT];

    if (!isfinite(value))
        snprintf(out, NUMBER_TEXT + 4, "-");
    else if (is_chance(seek))
        snprintf(out, NUMBER_TEXT + 4, "%.1f %%", 100 * value);
    else
        snprintf(out, NUMBER_TEXT + 4, "%s",
                 number_text(value, number_decimals(largest), NUMBER - 1, number));
    return out;
}

static void
print_row(void *context, const struct seek_trial *trial)
{
    static const char *const verdicts[] = {
        [VERDICT_FAILS] = "fails", [VERDICT_OPEN] = "not shown", [VERDICT_HOLDS] = "holds"};
    const struct telling *telling = context;
    const struct judgement *j = &trial->judgement;
    const double number[] = {j->estimate, j->low, j->high};
    char value[LADDER_TEXT], text[NUMBER_TEXT + 4];

    text_cell(stdout, ladder_write(telling->seek->ladder, trial->rung, value), VALUE);
    for (size_t i = 0; i < sizeof number / sizeof *number; i++)
        printf(" %*s", NUMBER, statistic_text(telling->seek, number[i], fabs(j->estimate), text));
    printf("  %s\n", verdicts[j->verdict]);
    fflush(stdout);
}

/* What is wrong with a value: a line for each fault, with its place where that is not the value's
 * own. Warnings the scenario had before. */
static void
tell_refused(void *context, size_t rung, const struct faults *faults)
{
    const struct telling *telling = context;
    char value[LADDER_TEXT], line[2048], safe[4096];

    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->fault[i];
        bool own = fault->at.line > 0 && strcmp(fault->at.file, "--set") == 0;
        faults_line(faults, i, line, sizeof line);
        if (!fault->warning)
            fprintf(stderr, "doorstroom seek: with %s: %s: %s%s\n",
                    text_safe(telling->seek->path, 200, safe, 1024),
                    ladder_write(telling->seek->ladder, rung, value), own ? "error: " : "",
                    text_safe(own ? fault->text : line, 0, safe + 1024, sizeof safe - 1024));
    }
    if (faults->left_out > 0)
        fprintf(stderr, "and %zu more\n", faults->left_out);
}

static void
print_head(const struct seek *seek)
{
    char text[TEXT], goal[GOAL_TEXT], low[LADDER_TEXT], high[LADDER_TEXT];
    unsigned long long count = seek->last - seek->first + 1;

    snprintf(text, sizeof text, "The %s %.200s from %s to %s with %.1000s, in %llu future%s each",
             seek->largest ? "largest" : "smallest", seek->path, ladder_write(seek->ladder, 0, low),
             ladder_write(seek->ladder, seek->ladder->count - 1, high),
             goal_write(seek->goal, goal), count, count == 1 ? "" : "s");
    text_wrap(stdout, text, 0, 2);
    printf("%-*s %*s %*s %*s  %g %% sure\n", VALUE, "value", NUMBER, "estimate", NUMBER, "at least",
           NUMBER, "at most", 100 * seek->confidence);
    fflush(stdout);
}

static void
begin_values(void *context)
{
    struct telling *telling = context;

    if (telling->seek->trials == 0)
        print_head(telling->seek);
    progress_begin(&telling->progress, &telling->run, telling->quiet);
}

/* "80.0 %, at least 67.9 %": the estimate of TRIAL with its LOW or its high bound. */
static const char *
trial_text(const struct seek *seek, const struct seek_trial *trial, bool low, char *out,
           size_t size)
{
    const struct judgement *j = &trial->judgement;
    char estimate[NUMBER_TEXT + 4], bound[NUMBER_TEXT + 4];

    snprintf(out, size, "%s, at %s %s",
             statistic_text(seek, j->estimate, fabs(j->estimate), estimate), low ? "least" : "most",
             statistic_text(seek, low ? j->low : j->high, fabs(j->estimate), bound));
    return out;
}

/* Is it the low bound that has to meet the level? */
static bool
low_decides(const struct goal *goal)
{
    return goal->relation == RELATION_MORE || goal->relation == RELATION_LEAST;
}

/* That it does not hold, or that this is not shown. */
static void
describe_short_of(const struct seek *seek, const struct seek_trial *trial, char *out, size_t size)
{
    char value[LADDER_TEXT], bound[128];
    bool low = low_decides(seek->goal), fails = trial->judgement.verdict == VERDICT_FAILS;

    snprintf(out, size, "%s %s (%s)%s", ladder_write(seek->ladder, trial->rung, value),
             fails ? "fails" : "is not shown to hold",
             trial_text(seek, trial, fails != low, bound, sizeof bound),
             fails ? "" : "; it may hold or not, and more replications (-r) would tell");
}

/* Does the near end hold, so that the other way round was meant? */
static bool
near_holds(const struct seek *seek)
{
    return seek->trial[0].judgement.verdict == VERDICT_HOLDS;
}

/* The answer, in sentences. */
static void
print_answer(const struct seek *seek)
{
    const struct seek_trial *far = &seek->trial[seek->ladder->count > 1 ? 1 : 0];
    const char *way = seek->largest ? "largest" : "smallest";
    char text[TEXT], value[LADDER_TEXT], bound[128], more[512] = "";
    bool low = low_decides(seek->goal);

    if (seek->result == SEEK_NONE) {
        describe_short_of(seek, far, more, sizeof more);
        snprintf(text, sizeof text, "No value is shown to hold: even %s.%s", more,
                 near_holds(seek) ? (seek->largest ? " The other end holds: leave --largest out."
                                                   : " The other end holds: ask for the --largest.")
                                  : "");
    } else if (seek->result == SEEK_NEAREST) {
        snprintf(text, sizeof text, "Already %s holds (%s); what is %s was not asked.",
                 ladder_write(seek->ladder, seek->found->rung, value),
                 trial_text(seek, seek->found, low, bound, sizeof bound),
                 seek->largest ? "larger" : "smaller");
    } else {
        describe_short_of(seek, seek->short_of, more, sizeof more);
        snprintf(text, sizeof text, "%s is the %s that holds (%s). One step %s, %s.",
                 ladder_write(seek->ladder, seek->found->rung, value), way,
                 trial_text(seek, seek->found, low, bound, sizeof bound),
                 seek->largest ? "further" : "short of it", more);
    }
    text_wrap(stdout, text, 0, 2);
}

/* More of it did not help throughout. */
static void
print_fall(const struct seek *seek)
{
    char text[TEXT], better[LADDER_TEXT], worse[LADDER_TEXT];

    if (seek->worse == NULL || (seek->result == SEEK_NONE && near_holds(seek)))
        return;
    snprintf(text, sizeof text,
             "It does not rise throughout: %s is worse than %s, in the same futures. %s",
             ladder_write(seek->ladder, seek->worse->rung, worse),
             ladder_write(seek->ladder, seek->better->rung, better),
             seek->result == SEEK_NONE ? "What lies between was not tried."
                                       : "What was found is one edge, and there may be others.");
    text_wrap(stdout, text, 0, 2);
}

static int
search(struct seek *seek, struct telling *telling)
{
    struct error err = {0};

    seek->context = telling;
    seek->refused = tell_refused;
    seek->begin = begin_values;
    seek->progress = tell_progress;
    seek->end = end_progress;
    seek->tried = print_row;
    seek->stop = stop_on_signals();
    int status = seek_run(seek, &err);
    if (status == OK) {
        print_answer(seek);
        print_fall(seek);
        return seek->result == SEEK_NONE ? EXIT_DIFFERENT : EXIT_DONE;
    }
    if (status == INTERRUPTED)
        fprintf(stderr, "doorstroom seek: stopped; what was tried stands above\n");
    else if (err.message[0] != '\0')
        fprintf(stderr, "doorstroom seek: %s\n", err.message);
    return status == INTERRUPTED ? stop_status() : exit_for(status);
}

/* Fields that say how a scenario is run and what it is called. */
static const char *const of_the_run[] = {"seed", "name", "replications", "chance"};

/* Is PATH the field called NAME, spaces around it or not? */
static bool
is_path(const char *path, const char *name)
{
    size_t length = strlen(name);

    path += strspn(path, " \t");
    return strncmp(path, name, length) == 0 && path[length + strspn(path + length, " \t")] == '\0';
}

/* What is asked, before anything is run; the exit status. */
static int
read_asked(const struct options *options, struct ladder *ladder, struct goal *goal,
           double *confidence)
{
    struct error err = {0};

    if (options->goal == NULL) {
        fprintf(stderr, "doorstroom seek: what is to hold? give --goal, such as --goal "
                        "'chance(floor_sleepers < 100, 2032) >= 80 %%'\n");
        return EXIT_BAD_INPUT;
    }
    if (options->argument[1][strcspn(options->argument[1], "\r\n")] != '\0') {
        fprintf(stderr, "doorstroom seek: a path is one line\n");
        return EXIT_BAD_INPUT;
    }
    for (size_t i = 0; i < sizeof of_the_run / sizeof *of_the_run; i++)
        if (is_path(options->argument[1], of_the_run[i])) {
            fprintf(stderr,
                    "doorstroom seek: %s is no lever: it says how a scenario is run, not what "
                    "happens in it; seek a path such as 'facilities[House].capacity'\n",
                    of_the_run[i]);
            return EXIT_BAD_INPUT;
        }
    if (options->confidence != NULL &&
        (!value_share(options->confidence, confidence) || *confidence <= 0.5 || *confidence >= 1)) {
        fprintf(stderr,
                "doorstroom seek: --confidence: expected a share above 50 %% and below "
                "100 %%, such as 95 %%, found '%s'\n",
                options->confidence);
        return EXIT_BAD_INPUT;
    }
    int status = goal_read(goal, options->goal, &err);
    if (status != OK)
        fprintf(stderr, "doorstroom seek: --goal: %s\n", err.message);
    else if ((status = ladder_read(ladder, options->argument[2], options->step, &err)) != OK)
        fprintf(stderr, "doorstroom seek: %s\n", err.message);
    return exit_for(status);
}

/* The replications and the seed, as the options say or else the scenario; the exit status. */
static int
read_base(const struct options *options, struct seek *seek)
{
    struct scenario scenario;
    struct faults faults = {0};
    struct run run = {.scenario = &scenario};
    int status = exit_for(run_read_from(&scenario, seek->from, &faults));

    print_faults(&faults);
    if (status == EXIT_DONE)
        status = read_run_options("seek", options, &scenario, &run);
    seek->first = run.first;
    seek->last = run.last;
    seek->threads = run.threads;
    seek->chance = (uint64_t)scenario.chance;
    seek->seed = scenario.seed;
    faults_free(&faults);
    scenario_free(&scenario);
    return status;
}

int
command_seek(const struct options *options)
{
    const struct scenario_source from = {.file = options->argument[0],
                                         .set = options->set.item,
                                         .sets = options->set.count,
                                         .allow_outside = options->allow_outside};
    struct ladder ladder;
    struct goal goal;
    struct seek seek = {.from = &from,
                        .path = options->argument[1],
                        .ladder = &ladder,
                        .goal = &goal,
                        .confidence = 0.95,
                        .largest = options->largest};
    struct telling telling = {.seek = &seek, .quiet = options->quiet};
    int status = read_asked(options, &ladder, &goal, &seek.confidence);

    if (status == EXIT_DONE)
        status = read_base(options, &seek);
    if (status == EXIT_DONE)
        status = search(&seek, &telling);
    seek_free(&seek);
    return status;
}
