#include "command.h"

#include "analysis/validate.h"

#include <stdio.h>
#include <string.h>

static void
print_rows(const struct comparison *row, size_t rows)
{
    for (size_t i = 0; i < rows; i++)
        printf("%-20s %-44s %12.6g %12.6g %10.2g %7.2f  %s\n", i == 0 ? row[i].case_name : "",
               row[i].quantity, row[i].expected, row[i].got, row[i].standard_error, row[i].distance,
               row[i].holds ? "holds" : "FAILS");
    fflush(stdout);
}

/* Names that no case has; true: there are none. */
static bool
know_cases(const struct validation *validation, const struct options *options)
{
    bool known = true;

    for (int a = 0; a < options->arguments; a++) {
        bool found = false;
        for (size_t i = 0; i < validation->rows; i++)
            found |= strcmp(validation->row[i].case_name, options->argument[a]) == 0;
        if (!found)
            fprintf(stderr,
                    "doorstroom validate: no case is called '%s'; %s/cases.yaml lists them\n",
                    options->argument[a], validation->folder);
        known &= found;
    }
    return known;
}

static int
validate(struct validation *validation, const struct options *options)
{
    struct error err = {0};
    size_t holds = 0, done = 0;

    if (!know_cases(validation, options))
        return EXIT_BAD_INPUT;
    validation->stop = stop_on_signals();
    printf("%-20s %-44s %12s %12s %10s %7s  %s\n", "case", "quantity", "expected", "got", "s.e.",
           "in s.e.", "verdict");
    int status = validation_run(validation, options->argument, (size_t)options->arguments,
                                options->quick, threads_default("validate", 0), print_rows, &err);
    if (status != OK) {
        fprintf(stderr, "doorstroom validate: %s\n",
                status == INTERRUPTED ? "stopped" : err.message);
        return status == INTERRUPTED ? stop_status() : exit_for(status);
    }
    for (size_t i = 0; i < validation->rows; i++) {
        done += validation->row[i].done;
        holds += validation->row[i].done && validation->row[i].holds;
    }
    printf("%zu hold, %zu fail; by chance one in a thousand runs of all of them fails\n", holds,
           done - holds);
    return holds == done ? EXIT_DONE : EXIT_DIFFERENT;
}

int
command_validate(const struct options *options)
{
    struct validation validation;
    struct faults faults = {0};
    const char *folder = options->from != NULL ? options->from : "scenarios/published";
    int status = validation_read(&validation, folder, &faults);

    print_faults(&faults);
    status = status == OK ? validate(&validation, options) : exit_for(status);
    faults_free(&faults);
    validation_free(&validation);
    return status;
}
