#include "command.h"
#include "output.h"
#include "text.h"

#include "analysis/restart.h"

#include "sim/engine/calendar.h"

#include <stdio.h>
#include <string.h>

static bool
write_text(FILE *to, const void *context)
{
    const struct restart *restart = context;

    return fwrite(restart->text.text, 1, restart->text.size, to) == restart->text.size;
}

/* What is worth knowing, a line each. Names in it are the scenario's. */
static void
print_notes(const struct restart *restart)
{
    const char *line = restart->notes.text != NULL ? restart->notes.text : "";
    char one[1000], safe[4000];

    for (size_t length; *line != '\0'; line += length + (line[length] != '\0')) {
        length = strcspn(line, "\n");
        snprintf(one, sizeof one, "%.*s", (int)length, line);
        fprintf(stderr, "doorstroom restart: %s\n", text_safe(one, 0, safe, sizeof safe));
    }
}

/* What the stock was, and is. */
static void
print_sums(const struct restart *restart)
{
    char before[CALENDAR_TEXT], now[CALENDAR_TEXT];

    calendar_write(restart->scenario.start, before);
    calendar_write(restart->counts.date, now);
    printf("%-50s %12s %12s\n", "people of the stock", before, now);
    for (size_t i = 0; i < restart->restock.sums; i++) {
        const struct restock_sum *sum = &restart->restock.sum[i];
        text_cell(stdout, sum->what, 50);
        printf(" %12lld %12lld\n", (long long)sum->before, (long long)sum->now);
    }
}

/* May OUTPUT be written? It is none of what is named. */
static int
check_output_file(const char *output, const struct options *options)
{
    int status = output_check("restart", output, options->force);

    for (int i = 0; i < options->arguments && status == EXIT_DONE; i++)
        status = output_check_input("restart", output, options->argument[i]);
    return status;
}

int
command_restart(const struct options *options)
{
    struct restart restart = {.baseline = options->argument[0],
                              .table = options->argument[1],
                              .output = options->output,
                              .match = options->match,
                              .allow_outside = options->allow_outside};
    struct faults faults = {0};
    struct error err = {0};

    if (options->output == NULL || options->output[0] == '\0') {
        fprintf(stderr, "doorstroom restart: give the new scenario's file with --output\n");
        return EXIT_BAD_INPUT;
    }
    int status = check_output_file(options->output, options);
    if (status != EXIT_DONE)
        return status;
    int made = restart_make(&restart, &faults, &err);
    print_faults(&faults);
    if (made != OK && err.message[0] != '\0')
        fprintf(stderr, "doorstroom restart: %s\n", err.message);
    status = made == OK ? output_check_inputs("restart", options->output, &restart.scenario.tree)
                        : exit_for(made);
    if (status == EXIT_DONE)
        status = output_write("restart", options->output, write_text, &restart);
    if (status == EXIT_DONE) {
        if (!options->quiet)
            print_notes(&restart);
        print_sums(&restart);
    }
    restart_free(&restart);
    faults_free(&faults);
    return status;
}
