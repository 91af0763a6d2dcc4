#include "command.h"
#include "text.h"

#include "analysis/restart.h"

#include "sim/engine/calendar.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int
cannot_write(const char *path)
{
    fprintf(stderr, "doorstroom restart: %.500s cannot be written: %s\n", path, strerror(errno));
    return EXIT_ENVIRONMENT;
}

/* Under its name when it is whole. */
static int
write_scenario(const struct restart *restart)
{
    char part[4400];

    snprintf(part, sizeof part, "%.4300s.part", restart->output);
    FILE *to = fopen(part, "w");
    if (to == NULL)
        return cannot_write(part);
    bool good = fwrite(restart->text.text, 1, restart->text.size, to) == restart->text.size;
    good = fflush(to) == 0 && fsync(fileno(to)) == 0 && good;
    good = fclose(to) == 0 && good && rename(part, restart->output) == 0;
    if (good)
        return EXIT_DONE;
    int status = cannot_write(restart->output);
    unlink(part);
    return status;
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

/* May OUTPUT be written? It is none of what is read, and not there, unless FORCE. */
static int
check_output_file(const char *output, const struct options *options)
{
    struct stat file, input;
    bool there = stat(output, &file) == 0;

    for (int i = 0; i < options->arguments && there; i++)
        if (stat(options->argument[i], &input) == 0 && input.st_dev == file.st_dev &&
            input.st_ino == file.st_ino) {
            fprintf(stderr, "doorstroom restart: %.500s is read; write to another file\n", output);
            return EXIT_BAD_INPUT;
        }
    if (there && !options->force) {
        fprintf(stderr, "doorstroom restart: %.500s is there; --force replaces it\n", output);
        return EXIT_BAD_INPUT;
    }
    return EXIT_DONE;
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
    status = made == OK ? write_scenario(&restart) : exit_for(made);
    if (status == EXIT_DONE) {
        if (!options->quiet)
            print_notes(&restart);
        print_sums(&restart);
    }
    restart_free(&restart);
    faults_free(&faults);
    return status;
}
