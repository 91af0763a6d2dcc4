/* Signals that ask for an end: of a user, of a system that shuts down (SIGTERM), of a queue before
 * a job's time is over (SIGUSR1), of a timer (SIGALRM). The first is noted, and what runs ends by
 * itself: results and journals stay whole. A second one ends the program at once. */

#include "command.h"

#include <stddef.h>

static volatile sig_atomic_t stopped; /* the signal's number; set by the handler alone */

static void
on_signal(int number)
{
    stopped = number;
}

const volatile sig_atomic_t *
stop_on_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};

    static const int numbers[] = {SIGINT, SIGTERM, SIGUSR1, SIGALRM};

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sigaction(numbers[i], &action, NULL);
    return &stopped;
}

int
stop_status(void)
{
    return stopped != 0 ? 128 + stopped : EXIT_INTERRUPTED;
}
