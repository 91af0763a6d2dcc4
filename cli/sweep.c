#include "command.h"
#include "progress.h"
#include "text.h"

#include "analysis/sweep/sweep.h"
#include "models/run/run.h"
#include "models/scenario/value.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>

#define MOST_TASKS 1000000
#define MOST_TOLD  20 /* failures that are told one by one */

/* What the sweep tells is told to. */
struct telling {
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
tell_note(void *context, const char *line)
{
    const struct telling *telling = context;
    char safe[2048];

    if (!telling->quiet)
        fprintf(stderr, "doorstroom sweep: %s\n", text_safe(line, 0, safe, sizeof safe));
}

/* A number of the environment, 0 where there is none. */
static unsigned long long
number_of(const char *variable)
{
    const char *text = getenv(variable);

    return text != NULL ? strtoull(text, NULL, 10) : 0;
}

/* Which task of how many: as the options say, or else a Slurm array, whose tasks need not begin
 * with 1; the exit status. */
static int
read_task(const struct options *options, struct sweep *sweep)
{
    unsigned long long task = 1, tasks = 1;
    int status = EXIT_DONE;

    if (options->task == NULL && options->tasks == NULL && getenv("SLURM_ARRAY_TASK_ID") != NULL) {
        tasks = number_of("SLURM_ARRAY_TASK_COUNT");
        task = number_of("SLURM_ARRAY_TASK_ID") - number_of("SLURM_ARRAY_TASK_MIN") + 1;
    } else if ((options->task == NULL) != (options->tasks == NULL)) {
        return say_fault("sweep", BAD_INPUT, "--task and --tasks belong together: give both");
    }
    if (options->tasks != NULL)
        status = read_number("sweep", "--tasks", options->tasks, 1, MOST_TASKS,
                             "how many tasks share the points", &tasks);
    if (status == EXIT_DONE && options->task != NULL)
        status = read_number("sweep", "--task", options->task, 1, tasks, "one of the tasks", &task);
    if (status == EXIT_DONE && (task < 1 || task > tasks))
        return say_fault("sweep", BAD_INPUT,
                         "the Slurm array has gaps: give --task and --tasks, as 'doorstroom slurm' "
                         "does");
    sweep->task = (size_t)task - 1;
    sweep->tasks = (size_t)tasks;
    return status;
}

/* A signal comes when the time that was given is over, and ends the sweep as any other does. */
static int
read_time(const struct options *options)
{
    double days;
    struct itimerval timer = {0};

    if (options->stop_after == NULL)
        return EXIT_DONE;
    if (!value_duration(options->stop_after, &days) || !(days > 0) || days > 1000)
        return say_fault("sweep", BAD_INPUT,
                         "--stop-after: expected a time such as '55 min' or '2 h'");
    double seconds = days * 86400;
    timer.it_value.tv_sec = (time_t)seconds;
    timer.it_value.tv_usec = (suseconds_t)((seconds - (double)timer.it_value.tv_sec) * 1e6);
    if (timer.it_value.tv_sec == 0 && timer.it_value.tv_usec == 0)
        timer.it_value.tv_usec = 1; /* 0 is no timer */
    return setitimer(ITIMER_REAL, &timer, NULL) == 0
               ? EXIT_DONE
               : say_fault("sweep", ENVIRONMENT, "--stop-after: there is no timer");
}

/* Of points that failed: want of memory is the machine's, anything else the point's. */
static int
failed_status(const struct sweep *sweep)
{
    for (size_t i = 0; i < sweep->failures; i++)
        if (sweep->failure[i].error.code == NO_MEMORY)
            return EXIT_ENVIRONMENT;
    return sweep->failures > 0 ? EXIT_DIFFERENT : EXIT_DONE;
}

/* What became of the points; the exit status. */
static int
tell_end(const struct sweep *sweep, bool quiet)
{
    char safe[2048];

    for (size_t i = 0; i < sweep->failures && i < MOST_TOLD; i++)
        fprintf(stderr, "doorstroom sweep: point %zu: %s\n", sweep->failure[i].point,
                text_safe(sweep->failure[i].error.message, 0, safe, sizeof safe));
    if (sweep->failures > MOST_TOLD)
        fprintf(stderr, "doorstroom sweep: and %zu points more\n", sweep->failures - MOST_TOLD);
    if (!quiet && sweep->points == 0)
        printf("there is no point for this task\n");
    else if (!quiet)
        printf("%s: %zu point%s, %zu run now, %zu failed\n",
               text_safe(sweep->part, 0, safe, sizeof safe), sweep->points,
               sweep->points == 1 ? "" : "s", sweep->finished, sweep->failures);
    return failed_status(sweep);
}

/* A signal has ended it. One of time, where the time was for nothing, is told apart: the same again
 * would come to nothing again. */
static int
tell_stop(const struct sweep *sweep)
{
    int status = stop_status();
    bool time_is_over = status == 128 + SIGUSR1 || status == 128 + SIGALRM;

    if (time_is_over && sweep->finished == 0) {
        fprintf(stderr,
                "doorstroom sweep: stopped; none of the %zu points left was finished in the time "
                "that was given: give more time\n",
                sweep->points - sweep->kept);
        return EXIT_ENVIRONMENT;
    }
    fprintf(stderr,
            "doorstroom sweep: stopped; %zu of %zu points are finished, and the same command goes "
            "on with the others\n",
            sweep->kept + sweep->finished, sweep->points);
    return status;
}

static int
run_sweep(struct sweep *sweep, struct telling *telling, const struct options *options)
{
    struct error err = {0};

    sweep->progress = tell_progress;
    sweep->note = tell_note;
    sweep->context = telling;
    sweep->days = &telling->run.days;
    sweep->stop = stop_on_signals();
    int status = read_time(options);
    if (status != EXIT_DONE)
        return status;
    progress_begin(&telling->progress, &telling->run, options->quiet);
    status = sweep_run(sweep, &err);
    progress_end(&telling->progress);
    if (status == OK)
        return tell_end(sweep, options->quiet);
    return status == INTERRUPTED ? tell_stop(sweep) : say_fault("sweep", status, err.message);
}

int
command_sweep(const struct options *options)
{
    struct design design;
    struct faults faults = {0};
    struct error err = {0};
    struct telling telling = {.quiet = options->quiet};
    struct sweep sweep = {.design = &design,
                          .folder = options->output,
                          .force = options->force,
                          .command_line = options->command_line};
    unsigned long long threads = 0;
    int status = options->threads != NULL ? read_number("sweep", "--threads", options->threads, 1,
                                                        1024, "a number of threads", &threads)
                                          : EXIT_DONE;

    if (status == EXIT_DONE)
        status = read_task(options, &sweep);
    if (status == EXIT_DONE && sweep.folder == NULL)
        status = say_fault("sweep", BAD_INPUT, "where do the parts go? give -o FOLDER");
    if (status != EXIT_DONE)
        return status;
    sweep.threads = threads_default("sweep", (int)threads);
    int read = design_read(&design, options->argument[0], options->allow_outside, &faults, &err);
    print_faults(&faults);
    if (read != OK && faults.errors == 0)
        status = say_fault("sweep", read, err.message);
    else if (read != OK)
        status = exit_for(read);
    else
        status = run_sweep(&sweep, &telling, options);
    sweep_free(&sweep);
    design_free(&design);
    faults_free(&faults);
    return status;
}
