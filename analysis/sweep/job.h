#ifndef ANALYSIS_SWEEP_JOB_H
#define ANALYSIS_SWEEP_JOB_H
/* A sweep as an array of jobs for Slurm: how many tasks share the points, what each asks the
 * cluster for, and the script that says so to sbatch. A task that is stopped before its time is
 * over puts itself back into the queue, and goes on where it was. */

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum {
    JOB_MOST_TASKS = 1000,   /* Slurm's own limit, MaxArraySize 1001, counts from 0 */
    JOB_LEAST_MINUTES = 3,   /* that may be asked for: the signal may come two before the end */
    JOB_SIGNAL_SECONDS = 60, /* before the end, for the points that are being run */
    JOB_LEAST_MEGABYTES = 200,
};

struct job {
    const char *program, *design, *parts, *script; /* absolute paths */
    const char *name;                              /* what the queue shows */
    bool allow_outside; /* the scenario may name files outside its folder */
    size_t points, tasks;
    int threads;
    double point_seconds, task_bytes; /* as the trial saw: time of a point, memory of a task */
    double time_asked_days;           /* of a task; 0: by the trial */
};

/* So many tasks that each takes half an hour, or as near as at most JOB_MOST_TASKS and at most one
 * for each point come to it. */
size_t job_tasks(size_t points, double point_seconds);

/* How many points the largest task has. */
size_t job_points_of_task(const struct job *job);

/* What a task asks for, with headroom: 1.5 times the trial's time, at least 10 minutes, or what was
 * asked for; 1.5 times its memory, at least JOB_LEAST_MEGABYTES (of 2^20 bytes, as Slurm counts).
 */
size_t job_minutes(const struct job *job);
size_t job_megabytes(const struct job *job);

/* Can a line of a script hold PATH? Not one with a line's end or another control character in it.
 */
bool job_takes_path(const char *path);

/* Write the script of JOB, a struct job; false: TO took no more. It has the type that a file's
 * writer has (cli/output.h). */
bool job_write(FILE *to, const void *job);

#endif
