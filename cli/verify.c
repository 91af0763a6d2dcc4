#include "command.h"

#include "sim/result/store.h"

#include <errno.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* A damaged result is a check that did not hold; one that cannot be read is not. */
static int
verify(const struct options *options)
{
    struct store *store = NULL;
    struct error err = {0};
    int status = store_open(&store, options->argument[0], &err);

    if (status == OK) {
        store_use_threads(store, threads_default("verify", 0));
        status = store_verify(store, &err);
    }
    if (status == OK && store_format(store) == 1)
        printf(
            "%s: values and dates hold; labels, attributes and provenance cannot be verified in a "
            "result of 0.1.0, which has no id\n",
            options->argument[0]);
    else if (status == OK)
        printf("%s: every byte is what was written; id %s\n", options->argument[0],
               store_id(store));
    else
        fprintf(stderr, "doorstroom verify: %s\n", err.message);
    store_close(store);
    return status == BAD_INPUT ? EXIT_DIFFERENT : exit_for(status);
}

/* In a process of its own: of some damaged files the HDF5 library does not come back, and that too
 * is an answer. */
int
command_verify(const struct options *options)
{
    int how = 0;

    fflush(NULL);
    pid_t child = fork();
    if (child < 0) {
        fprintf(stderr, "doorstroom verify: no process can be started\n");
        return EXIT_ENVIRONMENT;
    }
    if (child == 0)
        _exit(check_output(verify(options)));
    while (waitpid(child, &how, 0) < 0 && errno == EINTR)
        ;
    if (WIFEXITED(how))
        return WEXITSTATUS(how);
    fprintf(stderr,
            "doorstroom verify: %s: is damaged: the HDF5 library breaks off when it reads it\n",
            options->argument[0]);
    return EXIT_DIFFERENT;
}
