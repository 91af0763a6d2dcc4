#include "guard.h"

#include "text.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Signals that a process gets for what it does itself; others come from outside. */
static bool
is_crash(int signal)
{
    return signal == SIGSEGV || signal == SIGABRT || signal == SIGBUS || signal == SIGFPE ||
           signal == SIGILL;
}

static void
say_damaged(const char *command, const struct options *options, int results)
{
    char path[1024];

    fprintf(stderr, "doorstroom %s: ", command);
    for (int i = 0; i < results && i < options->arguments; i++)
        fprintf(stderr, "%s%s", i > 0 ? " or " : "",
                text_safe(options->argument[i], 0, path, sizeof path));
    fprintf(stderr, ": is damaged: the HDF5 library breaks off when it reads it\n");
}

static volatile sig_atomic_t guarded; /* the child, while it is waited for */

static void
pass_on(int number)
{
    if (guarded > 0)
        kill((pid_t)guarded, number);
}

/* What asks for an end asks the child for it, once: it is in a group of its own, so that what is
 * sent to ours does not reach it twice. */
static void
pass_signals_on(pid_t child)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGUSR1};
    struct sigaction action = {.sa_handler = pass_on};

    setpgid(child, child);
    guarded = child;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sigaction(numbers[i], &action, NULL);
}

int
guard_run(const char *command, int (*run)(const struct options *options),
          const struct options *options, int results, int if_damaged)
{
    int how = 0;

    fflush(NULL);
    pid_t child = fork();
    if (child < 0) {
        fprintf(stderr, "doorstroom %s: no process can be started\n", command);
        return EXIT_ENVIRONMENT;
    }
    if (child == 0) {
        setpgid(0, 0);
        prctl(PR_SET_PDEATHSIG, SIGTERM); /* should the parent be killed */
        int status = check_output(run(options));
        if (status == EXIT_DONE)
            exit(status);
        _exit(status); /* what closes the library down may crash where it has failed */
    }
    pass_signals_on(child);
    while (waitpid(child, &how, 0) < 0 && errno == EINTR)
        ;
    if (WIFEXITED(how))
        return WEXITSTATUS(how);
    if (!is_crash(WTERMSIG(how)))
        return 128 + WTERMSIG(how);
    say_damaged(command, options, results);
    return if_damaged;
}
