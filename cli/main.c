/* doorstroom: reads the command line by two tables and calls the command. */

#include "command.h"

#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#ifndef DOORSTROOM_VERSION
#define DOORSTROOM_VERSION "unknown"
#endif

enum { FOR_CHECK = 1, FOR_EXPLAIN = 2 };

static const struct command {
    const char *name, *arguments;
    int bit, least, most; /* how many arguments */
    int (*run)(const struct options *options);
    const char *meaning;
} commands[] = {
    {"check", "SCENARIO", FOR_CHECK, 1, 1, command_check,
     "read a scenario and report every fault, without running it"},
    {"explain", "[NAME]", FOR_EXPLAIN, 0, 1, command_explain,
     "a scenario field: meaning, unit, range, default, source"},
};

static const struct option_row {
    const char *name;
    int letter;
    int commands; /* the bits of those that take it */
    size_t offset; /* of a bool in struct options */
    const char *meaning;
} option_rows[] = {
    {"allow-outside", 'O', FOR_CHECK, offsetof(struct options, allow_outside),
     "let the scenario name files outside its folder"},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static void
print_usage(FILE *to)
{
    fprintf(to, "doorstroom %s: people flowing through prisons and small houses\n\n",
            DOORSTROOM_VERSION);
    for (size_t i = 0; i < COUNT(commands); i++)
        fprintf(to, "  doorstroom %-8s %-10s %s\n", commands[i].name, commands[i].arguments,
                commands[i].meaning);
    fprintf(to, "\n'doorstroom COMMAND -h' lists a command's options.\n");
}

static void
print_command(const struct command *command)
{
    printf("doorstroom %s %s\n  %s\n", command->name, command->arguments, command->meaning);
    for (size_t i = 0; i < COUNT(option_rows); i++)
        if (option_rows[i].commands & command->bit)
            printf("  -%c, --%-14s %s\n", option_rows[i].letter, option_rows[i].name,
                   option_rows[i].meaning);
    printf("  -h, --%-14s %s\n", "help", "show this");
}

/* Set what OPTION says; false: this command does not take it. */
static bool
take_option(const struct command *command, int letter, struct options *options)
{
    for (size_t i = 0; i < COUNT(option_rows); i++)
        if (option_rows[i].letter == letter && (option_rows[i].commands & command->bit)) {
            *(bool *)(void *)((char *)options + option_rows[i].offset) = true;
            return true;
        }
    return false;
}

static int
run_command(const struct command *command, int argc, char **argv)
{
    struct option longs[COUNT(option_rows) + 2] = {{"help", no_argument, NULL, 'h'}};
    char letters[2 * COUNT(option_rows) + 2] = "h";
    struct options options = {0};
    int letter;

    for (size_t i = 0; i < COUNT(option_rows); i++) {
        longs[i + 1] = (struct option){option_rows[i].name, no_argument, NULL,
                                       option_rows[i].letter};
        letters[i + 1] = (char)option_rows[i].letter;
    }
    while ((letter = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
        if (letter == 'h') {
            print_command(command);
            return EXIT_DONE;
        }
        if (letter == '?')
            return EXIT_BAD_INPUT;
        if (!take_option(command, letter, &options)) {
            fprintf(stderr, "doorstroom %s: it takes no option -%c; 'doorstroom %s -h' lists them\n",
                    command->name, letter, command->name);
            return EXIT_BAD_INPUT;
        }
    }
    options.arguments = argc - optind;
    if (options.arguments < command->least || options.arguments > command->most) {
        fprintf(stderr, "doorstroom: usage: doorstroom %s %s\n", command->name,
                command->arguments);
        return EXIT_BAD_INPUT;
    }
    for (int i = 0; i < options.arguments; i++)
        options.argument[i] = argv[optind + i];
    return command->run(&options);
}

int
main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "";

    if (strcmp(name, "-h") == 0 || strcmp(name, "--help") == 0) {
        print_usage(stdout);
        return EXIT_DONE;
    }
    if (strcmp(name, "--version") == 0) {
        printf("doorstroom %s\n", DOORSTROOM_VERSION);
        return EXIT_DONE;
    }
    for (size_t i = 0; i < COUNT(commands); i++)
        if (strcmp(commands[i].name, name) == 0)
            return run_command(&commands[i], argc - 1, argv + 1);
    if (argc > 1)
        fprintf(stderr, "doorstroom: no command is called '%s'\n\n", name);
    print_usage(stderr);
    return EXIT_BAD_INPUT;
}
