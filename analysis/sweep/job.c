#include "job.h"

#include "analysis/shell.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#define TASK_SECONDS  1800.0
#define HEADROOM      1.5
#define LEAST_MINUTES 10.0
#define MEGABYTE      1048576.0
#define MOST_ASKED    1e9 /* minutes or megabytes: more is no number that Slurm could read */

/* The least whole number that is no less than VALUE, and from LEAST to MOST. */
static size_t
whole_within(double value, double least, double most)
{
    return (size_t)fmin(fmax(ceil(value), least), most);
}

size_t
job_tasks(size_t points, double point_seconds)
{
    double most = points < JOB_MOST_TASKS ? (double)points : JOB_MOST_TASKS;

    return whole_within((double)points * point_seconds / TASK_SECONDS, 1, most);
}

size_t
job_points_of_task(const struct job *job)
{
    return (job->points + job->tasks - 1) / job->tasks;
}

size_t
job_minutes(const struct job *job)
{
    double seconds = (double)job_points_of_task(job) * job->point_seconds;

    if (job->time_asked_days > 0)
        return whole_within(job->time_asked_days * 1440, JOB_LEAST_MINUTES, MOST_ASKED);
    return whole_within(HEADROOM * seconds / 60, LEAST_MINUTES, MOST_ASKED);
}

size_t
job_megabytes(const struct job *job)
{
    return whole_within(HEADROOM * job->task_bytes / MEGABYTE, JOB_LEAST_MEGABYTES, MOST_ASKED);
}

bool
job_takes_path(const char *path)
{
    for (; *path != '\0'; path++)
        if ((unsigned char)*path < ' ' || *path == 127 || *path == '\\')
            return false;
    return true;
}

/* PATH as sbatch reads it in an option: within double quotes, and a percent sign, behind which it
 * looks for the number of the job, twice. */
static void
write_for_sbatch(FILE *to, const char *path)
{
    fputc('"', to);
    for (; *path != '\0'; path++) {
        if (*path == '"')
            fputc('\\', to);
        else if (*path == '%')
            fputc('%', to);
        fputc(*path, to);
    }
}

/* NAME, with an underscore for whatever a queue's table is better without. */
static void
write_name(FILE *to, const char *name)
{
    for (; *name != '\0'; name++)
        fputc(isalnum((unsigned char)*name) || strchr("._-", *name) != NULL ? *name : '_', to);
}

/* What the trial saw, and what is asked for because of it. */
static void
write_reasons(FILE *to, const struct job *job)
{
    size_t each = job_points_of_task(job);

    fprintf(
        to,
        "# %zu points in %zu task%s of up to %zu. By a short trial on %d thread%s a point takes "
        "%.2g s, a task\n# %.2g min and %.0f MB; ",
        job->points, job->tasks, job->tasks == 1 ? "" : "s", each, job->threads,
        job->threads == 1 ? "" : "s", job->point_seconds, (double)each * job->point_seconds / 60,
        job->task_bytes / MEGABYTE);
    if (job->time_asked_days > 0)
        fprintf(to, "it asks for the time that was given (--time),\n");
    else
        fprintf(to, "it asks for half as much time again, at least %.0f minutes,\n", LEAST_MINUTES);
    fprintf(
        to,
        "# and half as much memory again, at least %d MB. A task that needs more time is told a "
        "minute before\n# its end, keeps what is finished, and queues again for the rest.\n",
        JOB_LEAST_MEGABYTES);
}

/* What sbatch reads: it stops at the first line that is neither empty nor a comment. */
static void
write_head(FILE *to, const struct job *job)
{
    size_t minutes = job_minutes(job);

    fprintf(to,
            "#!/bin/bash\n# A sweep as a job array, written by 'doorstroom slurm'. Once all tasks "
            "have ended:\n#   ");
    shell_write_word(to, job->program);
    fputs(" merge ", to);
    shell_write_word(to, job->parts);
    fputs(" -o ALL.h5\n", to);
    write_reasons(to, job);
    fputs("#\n#SBATCH --job-name=", to);
    write_name(to, job->name);
    fprintf(to,
            "\n#SBATCH --array=1-%zu\n#SBATCH --ntasks=1\n#SBATCH --cpus-per-task=%d\n"
            "#SBATCH --time=%02zu:%02zu:00\n#SBATCH --mem=%zuM\n#SBATCH --requeue\n"
            "#SBATCH --open-mode=append\n#SBATCH --signal=B:USR1@%d\n#SBATCH --output=",
            job->tasks, job->threads, minutes / 60, minutes % 60, job_megabytes(job),
            JOB_SIGNAL_SECONDS);
    write_for_sbatch(to, job->parts);
    fputs("/task-%a.log\"\n\n", to);
}

static void
write_outside(FILE *to, const struct job *job)
{
    fputs("if [ -z \"${SLURM_ARRAY_TASK_ID:-}\" ]; then\n    printf '%s\\n' ", to);
    fputs("\"this script is for Slurm: sbatch $0\" >&2\n    exit 2\nfi\n\nprogram=", to);
    shell_write_quoted(to, job->program);
    fputs("\ndesign=", to);
    shell_write_quoted(to, job->design);
    fputs("\nparts=", to);
    shell_write_quoted(to, job->parts);
    fputs("\nscript=", to);
    shell_write_quoted(to, job->script);
    fprintf(to, "\ntasks=%zu\nmegabytes=%zu\noutside=%s\n\n", job->tasks, job_megabytes(job),
            job->allow_outside ? "--allow-outside" : "");
}

/* The first line also takes room for the log's last on a disk that fills. The signal is handed on
 * once: a second one would end the program at once. */
static const char run_text[] =
    "printf '%(%F %T)T task %s of %s begins on %s, restart %s\\n' -1 \"$SLURM_ARRAY_TASK_ID\" "
    "\"$tasks\" \\\n"
    "    \"${SLURMD_NODENAME:-$HOSTNAME}\" \"${SLURM_RESTART_COUNT:-0}\"\n"
    "\n"
    "# The signal comes to this shell. The program, told, keeps what is finished and ends with "
    "138;\n"
    "# with 3 where it has finished nothing: then more time is asked for, not another go.\n"
    "told=\n"
    "\"$program\" sweep \"$design\" -o \"$parts\" --task \"$SLURM_ARRAY_TASK_ID\" --tasks "
    "\"$tasks\" \\\n"
    "    ${outside:+\"$outside\"} &\n"
    "running=$!\n"
    "trap 'trap \"\" USR1; told=yes; kill -USR1 \"$running\"' USR1\n"
    "wait \"$running\"\n"
    "status=$?\n"
    "if [ -n \"$told\" ]; then\n"
    "    wait \"$running\" # the trap ended the first wait\n"
    "    status=$?\n"
    "fi\n"
    "\n"
    "again() { # WHY OPTION: what to type, with what options there were the first time\n"
    "    printf 'task %s %s: sbatch %s--array=%s %q\\n' \"$SLURM_ARRAY_TASK_ID\" \"$1\" \"$2\" "
    "\"$SLURM_ARRAY_TASK_ID\" \\\n"
    "        \"$script\" >&2\n"
    "}\n"
    "if [ -n \"$told\" ] && [ \"$status\" -eq 138 ]; then\n"
    "    scontrol requeue \"${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID\" && exit 0\n"
    "    again 'is not finished; to go on' ''\n"
    "elif [ \"$status\" -eq 137 ]; then\n"
    "    again 'was killed, most often for want of memory; with twice as much' \\\n"
    "        \"--mem=$((2 * ${SLURM_MEM_PER_NODE:-$megabytes}))M \"\n"
    "fi\n"
    "exit \"$status\"\n";

bool
job_write(FILE *to, const void *job)
{
    write_head(to, job);
    write_outside(to, job);
    fputs(run_text, to);
    return ferror(to) == 0;
}
