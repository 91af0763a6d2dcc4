/* How many threads: as asked for, as the cluster or OpenMP's settings say, or one a core. */

#include "command.h"

#include <omp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_A_CORE 4 /* beyond, threads only wait for each other */

/* Settings that say how many threads, the first that is set counts. OpenMP's may be a list with a
 * number for each level. */
static const struct setting {
    const char *name;
    bool list;
} settings[] = {{"SLURM_CPUS_PER_TASK", false}, {"OMP_NUM_THREADS", true}};

static int
read_setting(const char *command, const struct setting *setting, const char *text)
{
    char *end = NULL;
    long number = text[0] >= '0' && text[0] <= '9' ? strtol(text, &end, 10) : 0;

    if (number >= 1 && number <= INT32_MAX && (*end == '\0' || (setting->list && *end == ',')))
        return (int)number;
    fprintf(stderr,
            "doorstroom %s: %s: expected a number of threads, found '%.40s'; it is not followed\n",
            command, setting->name, text);
    return 0;
}

/* No more than LIMIT; says so, and WHY. */
static int
at_most(const char *command, int threads, int limit, const char *why)
{
    if (threads <= limit)
        return threads;
    fprintf(stderr, "doorstroom %s: warning: %d threads are too many: %d are used, %s\n", command,
            threads, limit, why);
    return limit;
}

int
threads_default(const char *command, int asked)
{
    int cores = omp_get_num_procs(), threads = asked;
    char why[64];

    for (size_t i = 0; threads == 0 && i < sizeof settings / sizeof *settings; i++) {
        const char *text = getenv(settings[i].name);
        if (text != NULL && text[0] != '\0')
            threads = read_setting(command, &settings[i], text);
    }
    if (threads == 0)
        threads = cores < omp_get_thread_limit() ? cores : omp_get_thread_limit();
    threads = at_most(command, threads, omp_get_thread_limit(), "OMP_THREAD_LIMIT");
    snprintf(why, sizeof why, "%d for each of %d cores", MOST_A_CORE, cores);
    int fewer = at_most(command, threads, MOST_A_CORE * cores, why);
    if (fewer == threads && threads > cores)
        fprintf(stderr,
                "doorstroom %s: warning: %d threads are more than the %d cores: they take turns\n",
                command, threads, cores);
    return fewer;
}
