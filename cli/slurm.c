#include "command.h"
#include "output.h"
#include "text.h"

#include "analysis/sweep/design.h"
#include "analysis/sweep/job.h"
#include "analysis/sweep/sweep_cost.h"
#include "models/scenario/value.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_DAYS 365

/* The paths of a job script, absolute: it runs in another folder, on another machine. */
struct paths {
    char program[PATH_MAX], design[PATH_MAX], script[PATH_MAX], parts[PATH_MAX];
    char name[NAME_MAX + 1];
};

/* The absolute path of a file, which need not be there, in a folder that is. A link stays a link:
 * what a design names is seen from where it lies. */
static bool
find_file(const char *file, char found[PATH_MAX])
{
    const char *slash = strrchr(file, '/');
    const char *name = slash != NULL ? slash + 1 : file;
    char folder_of[PATH_MAX], folder[PATH_MAX];

    errno = ENAMETOOLONG;
    if (snprintf(folder_of, PATH_MAX, "%.*s", (int)(name - file), file) >= PATH_MAX ||
        realpath(slash != NULL ? folder_of : ".", folder) == NULL)
        return false;
    errno = ENAMETOOLONG;
    return snprintf(found, PATH_MAX, "%s/%s", strcmp(folder, "/") != 0 ? folder : "", name) <
           PATH_MAX;
}

/* How long PATH is without a WORD at its end. */
static int
length_without(const char *path, const char *word)
{
    size_t length = strlen(path), end = strlen(word);

    return (int)(length > end && strcmp(path + length - end, word) == 0 ? length - end : length);
}

/* The script's own name with .parts is where the parts go; the queue shows the design's name. */
static int
find_paths(const struct options *options, struct paths *paths)
{
    const char *missing = NULL;
    ssize_t length = readlink("/proc/self/exe", paths->program, PATH_MAX - 1);

    if (length < 0)
        missing = "the program";
    else if (!find_file(options->argument[0], paths->design))
        missing = options->argument[0];
    else if (!find_file(options->output, paths->script) ||
             snprintf(paths->parts, PATH_MAX, "%.*s.parts", length_without(paths->script, ".sh"),
                      paths->script) >= PATH_MAX)
        missing = options->output;
    if (missing != NULL) {
        char message[2 * PATH_MAX];
        snprintf(message, sizeof message, "%.4000s: %s", missing, strerror(errno));
        return say_fault("slurm", ENVIRONMENT, message);
    }
    paths->program[length] = '\0';
    if (!job_takes_path(paths->program) || !job_takes_path(paths->design) ||
        !job_takes_path(paths->script))
        return say_fault("slurm", BAD_INPUT,
                         "a path holds a backslash, an end of line or another control character, "
                         "which a job script cannot: give another name");
    const char *name = strrchr(paths->design, '/') + 1;
    snprintf(paths->name, sizeof paths->name, "%.*s", length_without(name, ".yaml"), name);
    return EXIT_DONE;
}

static int
read_asked(const struct options *options, struct job *job)
{
    unsigned long long threads = 1, tasks = 0;
    int status = EXIT_DONE;

    if (options->threads != NULL)
        status = read_number("slurm", "--threads", options->threads, 1, 1024,
                             "a number of threads, which a task has a core for", &threads);
    if (status == EXIT_DONE && options->tasks != NULL)
        status = read_number("slurm", "--tasks", options->tasks, 1, job->points,
                             "how many tasks share the points, at most one for each", &tasks);
    if (status == EXIT_DONE && options->time != NULL &&
        (!value_duration(options->time, &job->time_asked_days) ||
         job->time_asked_days * 1440 < JOB_LEAST_MINUTES || job->time_asked_days > MOST_DAYS))
        status = say_fault("slurm", BAD_INPUT,
                           "--time: expected what a task may take, such as '4 h', at least 3 min");
    job->threads = (int)threads;
    job->tasks = (size_t)tasks;
    return status;
}

/* The log of a task is opened before the task begins, in a folder that must be there. */
static int
make_folder(const char *path)
{
    struct stat found;

    if (mkdir(path, 0777) == 0 ||
        (errno == EEXIST && stat(path, &found) == 0 && S_ISDIR(found.st_mode)))
        return EXIT_DONE;
    char message[2 * PATH_MAX];
    snprintf(message, sizeof message, "%.4000s: no folder can be made: %s", path, strerror(errno));
    return say_fault("slurm", ENVIRONMENT, message);
}

/* PATH as a terminal may be told it and a shell takes it: in quotes where it needs them. */
static void
print_path(const char *path)
{
    char safe[2 * PATH_MAX];
    bool plain = strpbrk(path, " \t'\"\\$`&|;<>()*?[]{}~#!") == NULL;

    text_safe(path, 0, safe, sizeof safe);
    if (plain) {
        printf("%s", safe);
        return;
    }
    putchar('\'');
    for (const char *at = safe; *at != '\0'; at++)
        if (*at == '\'')
            printf("'\\''");
        else
            putchar(*at);
    putchar('\'');
}

/* What was asked for, and what comes next. */
static void
tell_next(const struct options *options, const struct job *job)
{
    size_t minutes = job_minutes(job);

    if (job->tasks > JOB_MOST_TASKS)
        fprintf(stderr,
                "doorstroom slurm: %zu tasks are more than Slurm takes where nobody has changed "
                "MaxArraySize: %d\n",
                job->tasks, JOB_MOST_TASKS);
    if (options->quiet)
        return;
    printf("%zu points in %zu task%s of up to %zu, each %zu min and %zu MB on %d core%s; next:\n"
           "  sbatch ",
           job->points, job->tasks, job->tasks == 1 ? "" : "s", job_points_of_task(job), minutes,
           job_megabytes(job), job->threads, job->threads == 1 ? "" : "s");
    print_path(options->output);
    printf("\n  ");
    print_path(job->program); /* as it is found from here, installed or not */
    printf(" merge ");
    print_path(job->parts);
    printf(" -o ALL.h5\n");
}

/* How many tasks there are, and what each asks for, by a trial. */
static int
try_points(const struct design *design, struct job *job)
{
    struct sweep_cost cost;
    struct error err = {0};
    int tried = sweep_cost_try(&cost, design, job->threads, stop_on_signals(), &err);

    if (tried == INTERRUPTED)
        return stop_status();
    if (tried != OK)
        return say_fault("slurm", tried, err.message);
    job->point_seconds = cost.point_seconds;
    if (job->tasks == 0)
        job->tasks = job_tasks(job->points, job->point_seconds);
    job->task_bytes = sweep_cost_of(&cost, design, job_points_of_task(job)).memory_bytes;
    return EXIT_DONE;
}

static int
write_job(const struct options *options, const struct design *design)
{
    struct paths paths;
    struct job job = {.program = paths.program,
                      .design = paths.design,
                      .parts = paths.parts,
                      .script = paths.script,
                      .name = paths.name,
                      .allow_outside = options->allow_outside,
                      .points = design->points};
    int status = output_check_input("slurm", options->output, options->argument[0]);

    if (status == EXIT_DONE)
        status = output_check_input("slurm", options->output, design->scenario);
    if (status == EXIT_DONE)
        status = find_paths(options, &paths);
    if (status == EXIT_DONE)
        status = read_asked(options, &job);
    if (status == EXIT_DONE)
        status = try_points(design, &job);
    if (status == EXIT_DONE)
        status = make_folder(paths.parts);
    if (status == EXIT_DONE)
        status = output_write("slurm", options->output, job_write, &job);
    if (status == EXIT_DONE)
        tell_next(options, &job);
    return status;
}

int
command_slurm(const struct options *options)
{
    struct design design;
    struct faults faults = {0};
    struct error err = {0};

    if (options->output == NULL)
        return say_fault("slurm", BAD_INPUT, "where does the job script go? give -o job.sh");
    int status = output_check("slurm", options->output, options->force);
    if (status != EXIT_DONE)
        return status;
    int read = design_read(&design, options->argument[0], options->allow_outside, &faults, &err);
    print_faults(&faults);
    if (read != OK && faults.errors == 0)
        status = say_fault("slurm", read, err.message);
    else if (read != OK)
        status = exit_for(read);
    else
        status = write_job(options, &design);
    design_free(&design);
    faults_free(&faults);
    return status;
}
