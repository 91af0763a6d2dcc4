/* doorstroom: reads the command line by two tables and calls the command. */

#include "command.h"
#include "guard.h"
#include "text.h"

#include "analysis/shell.h"

#include "sim/base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <gsl/gsl_errno.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef DOORSTROOM_VERSION
#define DOORSTROOM_VERSION "unknown"
#endif

enum {
    FOR_CHECK = 1,
    FOR_EXPLAIN = 2,
    FOR_RUN = 4,
    FOR_SHOW = 8,
    FOR_DIFF = 16,
    FOR_VALIDATE = 32,
    FOR_VERIFY = 64,
    FOR_PROVENANCE = 128,
    FOR_TRACE = 256,
    FOR_CALIBRATE = 512,
    FOR_RESTART = 1024,
    FOR_EXPORT = 2048,
    FOR_COMPARE = 4096,
    FOR_SEEK = 8192,
    FOR_ATTRIBUTE = 16384,
    FOR_BACKTEST = 32768,
    FOR_REPORT = 65536,
    FOR_SWEEP = 131072,
    FOR_MERGE = 262144,
    FOR_SLURM = 524288,
    FOR_SENSITIVITY = 1048576,
    FOR_POWER = 2097152,
    FOR_REPRODUCE = 4194304,
    FOR_ARCHIVE = 8388608
};

static const struct command {
    const char *name, *arguments;
    int bit, least, most; /* how many arguments */
    int (*run)(const struct options *options);
    int results, if_damaged; /* arguments that are results; the exit status where one is damaged */
    const char *meaning;
} commands[] = {
    {"run", "SCENARIO", FOR_RUN, 1, 1, command_run, 0, 0, "simulate a scenario into a result file"},
    {"check", "SCENARIO", FOR_CHECK, 1, 1, command_check, 0, 0,
     "read a scenario, or the design of a sweep, and report every fault, without running it; what "
     "a run would cost, from a short trial"},
    {"explain", "[NAME]", FOR_EXPLAIN, 0, 1, command_explain, 0, 0,
     "what a field, series, distribution or word means, or which mention NAME; all without it"},
    {"trace", "SCENARIO [PERSON|PLACE]", FOR_TRACE, 1, 2, command_trace, 0, 0,
     "one replication as events (CSV): the life of a person, of a facility or region, or all"},
    {"show", "RESULT.h5 [SERIES [PLACE]] | ADDRESS [RESULT.h5...]", FOR_SHOW, 1, MOST_ARGUMENTS,
     command_show, 1, EXIT_BAD_INPUT,
     "a table and a picture of any series of a result, of a region or a facility (region=north, "
     "facility=north where both are called so); or one number by its address, such as "
     "'mean(floor_sleepers, 2030)'; a future without a value is left out"},
    {"diff", "A.h5 B.h5", FOR_DIFF, 2, 2, command_diff, 2, EXIT_BAD_INPUT,
     "are two results bit-identical? else the first difference"},
    {"verify", "RESULT.h5", FOR_VERIFY, 1, 1, command_verify, 1, EXIT_DIFFERENT,
     "is every byte what was written? prints the result's id, or the place that has changed"},
    {"reproduce", "RESULT.h5", FOR_REPRODUCE, 1, 1, command_reproduce, 1, EXIT_BAD_INPUT,
     "simulate a result, or the points of a sweep, again from its file alone: are they "
     "bit-identical? "
     "else the first difference, and what it was made with"},
    {"archive", "RESULT.h5", FOR_ARCHIVE, 1, 1, command_archive, 1, EXIT_BAD_INPUT,
     "a folder to keep and to give away: the result, its scenario, the program's sources, licence, "
     "citation and checksums, as an RO-Crate"},
    {"provenance", "RESULT.h5", FOR_PROVENANCE, 1, 1, command_provenance, 1, EXIT_BAD_INPUT,
     "what a result was made of and with; --export writes it out, to run it again"},
    {"compare", "BASE.h5 OTHER.h5...", FOR_COMPARE, 2, MOST_ARGUMENTS, command_compare,
     MOST_ARGUMENTS, EXIT_BAD_INPUT,
     "by how much others differ from a base, replication by replication, with intervals"},
    {"report", "BASE.h5 [OTHER.h5...]", FOR_REPORT, 1, MOST_ARGUMENTS, command_report,
     MOST_ARGUMENTS, EXIT_BAD_INPUT,
     "one page that anybody can open: what happens, what each other result brings, and how sure "
     "that is; in Dutch, French and English"},
    {"export", "RESULT.h5 [SERIES...]", FOR_EXPORT, 1, MOST_ARGUMENTS, command_export, 1,
     EXIT_BAD_INPUT, "tidy CSV into a folder: a table a variable, a row an observation"},
    {"validate", "[CASE...]", FOR_VALIDATE, 0, MOST_ARGUMENTS, command_validate, 0, 0,
     "run the published cases: expected, got, standard error, verdict"},
    {"calibrate", "TARGETS.yaml", FOR_CALIBRATE, 1, 1, command_calibrate, 0, 0,
     "draws of what is uncertain that agree with what was observed, as a table for posterior"},
    {"attribute", "BASE.yaml OVERLAY.yaml...", FOR_ATTRIBUTE, 2, MOST_ARGUMENTS, command_attribute,
     0, 0,
     "the share of each overlay in what all bring together: alone, last in, and the mean over all "
     "orders (Shapley), in the same futures"},
    {"seek", "SCENARIO PATH A..B", FOR_SEEK, 3, 3, command_seek, 0, 0,
     "the smallest value of a path that keeps a --goal, such as how many houses are enough: seek "
     "SCENARIO 'facilities[House].copies' 0..200"},
    {"restart", "BASELINE.yaml COUNTS.csv", FOR_RESTART, 2, 2, command_restart, 0, 0,
     "a new baseline from newer counts: the scenario begun anew on their day, its people scaled to "
     "them"},
    {"sweep", "DESIGN.yaml", FOR_SWEEP, 1, 1, command_sweep, 0, 0,
     "run a scenario at many points, where fields have other values, all or one task's share; what "
     "was stopped goes on with the same command"},
    {"slurm", "DESIGN.yaml", FOR_SLURM, 1, 1, command_slurm, 0, 0,
     "a sweep as a job script for Slurm: an array of tasks, its time and memory from a short "
     "trial"},
    {"merge", "FOLDER", FOR_MERGE, 1, 1, command_merge, 1, EXIT_BAD_INPUT,
     "the parts of a sweep as one file; or which points and tasks are missing"},
    {"sensitivity", "ALL.h5 ADDRESS", FOR_SENSITIVITY, 2, 2, command_sensitivity, 1, EXIT_BAD_INPUT,
     "which factors of a sweep move a number, most first, such as 'mean(floor_sleepers, 2030)'"},
    {"backtest", "BACKTEST.yaml", FOR_BACKTEST, 1, 1, command_backtest, 0, 0,
     "how good forecasts of the past would have been: bias, error, cover and CRPS from one month "
     "to "
     "three years ahead, beside a naive and a drift forecast"},
    {"power", "PLAN.yaml", FOR_POWER, 1, 1, command_power, 0, 0,
     "what an evaluation of houses that open region by region can see: how often an effect is "
     "found, after how many house-years, and how often where there is none"},
};

static const struct option_row {
    const char *name;
    int letter;
    const char *argument; /* NULL: none */
    int commands;         /* the bits of those that take it */
    size_t offset; /* in struct options: of a bool, or of a text where there is an argument */
    const char *meaning;
} option_rows[] = {
    {"output", 'o', "FOLDER", FOR_EXPORT, offsetof(struct options, output),
     "where the tables go; it is made if it is not there"},
    {"output", 'o', "FOLDER", FOR_ARCHIVE, offsetof(struct options, output),
     "the folder, which is made and must not be there"},
    {"output", 'o', "FOLDER", FOR_SWEEP, offsetof(struct options, output),
     "where the parts go, a file a task; it is made if it is not there"},
    {"output", 'o', "AGAIN.h5", FOR_REPRODUCE, offsetof(struct options, output),
     "keep what is simulated again; of a sweep a folder (default: it is taken away)"},
    {"sample", 'a', "SHARE", FOR_REPRODUCE, offsetof(struct options, sample),
     "of the replications or points, such as '5 %' (default: all)"},
    {"rebuild", 'b', NULL, FOR_REPRODUCE, offsetof(struct options, rebuild),
     "with the program that made it, built from the sources in the file: it runs what the file "
     "carries, so only of a result that is trusted"},
    {"output", 'o', "ALL.h5", FOR_MERGE, offsetof(struct options, output), "the merged file"},
    {"output", 'o', "JOB.sh", FOR_SLURM, offsetof(struct options, output),
     "the job script; parts and logs go into a folder beside it, JOB.parts"},
    {"output", 'o', "PICTURE.svg", FOR_SENSITIVITY, offsetof(struct options, output),
     "a picture of the table besides, as an SVG"},
    {"time", 'T', "TIME", FOR_SLURM, offsetof(struct options, time),
     "what a task asks for, such as '4 h' (default: by the trial, with headroom)"},
    {"tasks", 'J', "N", FOR_SLURM, offsetof(struct options, tasks),
     "how many tasks share the points (default: so many that a task takes half an hour, at most "
     "1000)"},
    {"threads", 't', "N", FOR_SLURM, offsetof(struct options, threads),
     "cores of a task (default: 1)"},
    {"task", 'j', "K", FOR_SWEEP, offsetof(struct options, task),
     "which task this is, 1 to N (default: as a Slurm array says, or the only one)"},
    {"tasks", 'J', "N", FOR_SWEEP, offsetof(struct options, tasks),
     "how many tasks share the points"},
    {"stop-after", 'D', "TIME", FOR_SWEEP, offsetof(struct options, stop_after),
     "end after so long, such as '55 min', with what is finished kept"},
    {"comma", 'd', NULL, FOR_EXPORT, offsetof(struct options, comma),
     "for spreadsheets that write 3,14: semicolons between cells, commas in numbers"},
    {"by", 'b', "TIMES", FOR_EXPORT, offsetof(struct options, by),
     "row: as they are kept (default); month or year: folded as the series says"},
    {"of", 'n', "NAME[, LABEL...]", FOR_COMPARE, offsetof(struct options, of),
     "an indicator or a series, of a place or a label; may be given again (default: the "
     "headlines)"},
    {"by", 'b', "WHAT", FOR_COMPARE, offsetof(struct options, by),
     "each year or month; or each region, facility, status, group ... for itself"},
    {"of", 'n', "ADDRESS", FOR_ATTRIBUTE, offsetof(struct options, of),
     "the number that is shared out (default: mean(person_days_above))"},
    {"orders", 'e', "N", FOR_ATTRIBUTE, offsetof(struct options, orders),
     "sample so many orders of the overlays, not all (default: all up to 8 overlays, 100 beyond)"},
    {"time", 'T', "TIME", FOR_COMPARE, offsetof(struct options, time),
     "of 2030, 2030-06, 2027..2031 (default: all of the results)"},
    {"format", 'a', "FORMAT", FOR_COMPARE | FOR_ATTRIBUTE | FOR_SENSITIVITY | FOR_POWER,
     offsetof(struct options, format), "text (default), csv, json or markdown"},
    {"format", 'a', "FORMAT", FOR_BACKTEST, offsetof(struct options, format),
     "of the scores: text (default), csv, json or markdown"},
    {"output", 'o', "FILE", FOR_RUN | FOR_CALIBRATE | FOR_RESTART | FOR_ATTRIBUTE,
     offsetof(struct options, output),
     "run: the result file (default: the scenario's name with .h5, here); calibrate: the table "
     "(default: posterior.csv); restart: the new scenario; attribute: every value by set and "
     "replication, and meanwhile its journal"},
    {"output", 'o', "FILE", FOR_REPORT, offsetof(struct options, output),
     "the page (default: report.html)"},
    {"lang", 'l', "LANGUAGE", FOR_REPORT, offsetof(struct options, language),
     "in which it opens: nl (default), fr or en"},
    {"attribution", 'A', "FILE.json", FOR_REPORT, offsetof(struct options, attribution),
     "what 'attribute --format json' has printed: the share of each measure"},
    {"backtest", 'z', "FILE.json", FOR_REPORT, offsetof(struct options, backtest),
     "what 'backtest --format json' has printed: the score of past forecasts"},
    {"goal", 'G', "'STATISTIC < LEVEL'", FOR_SEEK, offsetof(struct options, goal),
     "what is to hold: of a mean, a quantile or a chance, such as 'mean(floor_sleepers, 2032) < "
     "100' or 'chance(floor_sleepers < 100, 2032) >= 80 %'; a future without a value is left out"},
    {"step", 'w', "STEP", FOR_SEEK, offsetof(struct options, step),
     "how far values are apart, such as 5, '2 %', '7 d'; of dates also '1 mo' (default: 1)"},
    {"largest", 'L', NULL, FOR_SEEK, offsetof(struct options, largest),
     "less is easier: the largest value that holds, such as days at a desk"},
    {"confidence", 'C', "SHARE", FOR_SEEK, offsetof(struct options, confidence),
     "with which it must be shown to hold, one-sided (default: 95 %)"},
    {"replications", 'r', "N|A..B", FOR_RUN | FOR_CHECK | FOR_SEEK | FOR_ATTRIBUTE,
     offsetof(struct options, replications),
     "how many, or which (default: what the scenario says)"},
    {"replications", 'r', "N", FOR_BACKTEST, offsetof(struct options, replications),
     "futures from each origin (default: what the file says)"},
    {"replications", 'r', "N", FOR_POWER, offsetof(struct options, replications),
     "futures, the same with each effect (default: what the file says)"},
    {"replication", 'r', "N", FOR_TRACE, offsetof(struct options, replications),
     "which one, as a run numbers them (default: 0)"},
    {"until", 'u', "'MEAN +- WIDTH'", FOR_RUN, offsetof(struct options, until),
     "as many replications as it takes to know a mean so well, such as 'mean(floor_sleepers, 2030) "
     "+- 5 %'"},
    {"most", 'm', "N", FOR_RUN | FOR_TRACE, offsetof(struct options, most),
     "run: of --until, so many replications and no more (default: 1000); trace: stop after so many "
     "events"},
    {"threads", 't', "N",
     FOR_RUN | FOR_CHECK | FOR_CALIBRATE | FOR_BACKTEST | FOR_SEEK | FOR_ATTRIBUTE | FOR_SWEEP |
         FOR_POWER | FOR_REPRODUCE,
     offsetof(struct options, threads),
     "threads (default: SLURM_CPUS_PER_TASK, OMP_NUM_THREADS, or one a core); the result is the "
     "same for any number"},
    {"seed", 's', "SEED", FOR_RUN | FOR_CHECK | FOR_TRACE | FOR_SEEK | FOR_ATTRIBUTE,
     offsetof(struct options, seed), "in place of the scenario's seed"},
    {"set", 'S', "'PATH: VALUE'",
     FOR_CHECK | FOR_RUN | FOR_TRACE | FOR_SEEK | FOR_ATTRIBUTE | FOR_REPRODUCE,
     offsetof(struct options, set),
     "lay a value over the scenario, as its set: would; may be given again"},
    {"over", 'V', "OVERLAY", FOR_CHECK | FOR_RUN | FOR_TRACE, offsetof(struct options, over),
     "lay an overlay that extends SCENARIO over it, before what --set says; may be given again, "
     "each as if it extended the one before"},
    {"split", 'p', "WAY", FOR_RUN, offsetof(struct options, split),
     "auto, replications or facilities: what runs side by side"},
    {"resume", 'R', NULL, FOR_RUN | FOR_ATTRIBUTE, offsetof(struct options, resume),
     "go on with the finished replications of a run that was stopped"},
    {"force", 'f', NULL,
     FOR_ATTRIBUTE | FOR_RUN | FOR_CALIBRATE | FOR_RESTART | FOR_EXPORT | FOR_REPORT | FOR_SWEEP |
         FOR_MERGE | FOR_SLURM | FOR_SENSITIVITY | FOR_REPRODUCE,
     offsetof(struct options, force), "replace a file that is there"},
    {"quiet", 'q', NULL,
     FOR_ATTRIBUTE | FOR_RUN | FOR_CALIBRATE | FOR_RESTART | FOR_EXPORT | FOR_BACKTEST | FOR_SEEK |
         FOR_REPORT | FOR_SWEEP | FOR_MERGE | FOR_SLURM | FOR_POWER | FOR_REPRODUCE | FOR_ARCHIVE,
     offsetof(struct options, quiet), "no progress, no closing line, no notes"},
    {"match", 'M', NULL, FOR_RESTART, offsetof(struct options, match),
     "let the level of the intake follow the people counted, by Little's law "
     "(intake_matches_stock)"},
    {"futures", 'U', NULL, FOR_COMPARE, offsetof(struct options, futures),
     "where the change lies in eight of ten futures, in place of the interval of its mean"},
    {"bands", 'B', NULL, FOR_SHOW, offsetof(struct options, bands),
     "where the futures lie: 5, 25, 50, 75 and 95 % of them below, each with its interval"},
    {"ranks", 'K', NULL, FOR_SHOW, offsetof(struct options, ranks),
     "with an address: which uncertain fields move that number, most first"},
    {"common", 'c', NULL, FOR_DIFF, offsetof(struct options, common),
     "compare the replications that both hold, whatever else there is"},
    {"schema", 'j', NULL, FOR_EXPLAIN, offsetof(struct options, schema),
     "print a JSON Schema of scenarios, for editors that complete and check YAML"},
    {"parameters", 'P', NULL, FOR_EXPLAIN, offsetof(struct options, parameters),
     "print the table of all fields, with unit, range and default, in Markdown"},
    {"export", 'x', "FOLDER", FOR_PROVENANCE, offsetof(struct options, export_to),
     "write the scenario with all its files into a new folder, and print the command that runs it"},
    {"quick", 'k', NULL, FOR_VALIDATE | FOR_CHECK, offsetof(struct options, quick),
     "validate: a tenth of the replications, at least ten; check: without the trial of its cost"},
    {"sources", 'g', NULL, FOR_CHECK, offsetof(struct options, sources),
     "every number of the scenario with its grade and source, and those without one (status 1)"},
    {"csv", 'v', NULL, FOR_CHECK, offsetof(struct options, csv),
     "with --sources: a row (CSV) for each value"},
    {"csv", 'v', NULL, FOR_BACKTEST, offsetof(struct options, csv),
     "a row (CSV) for each forecast of a count, in place of the table"},
    {"origins", 'N', NULL, FOR_BACKTEST, offsetof(struct options, origins),
     "the model's score from each origin besides"},
    {"from", 'F', "FOLDER", FOR_VALIDATE, offsetof(struct options, from),
     "where the cases are (default: scenarios/published)"},
    {"allow-outside", 'O', NULL,
     FOR_ATTRIBUTE | FOR_CHECK | FOR_RUN | FOR_TRACE | FOR_RESTART | FOR_BACKTEST | FOR_SEEK |
         FOR_POWER | FOR_SWEEP | FOR_SLURM,
     offsetof(struct options, allow_outside), "let the scenario name files outside its folder"},
};

/* Letters of options that may be given again: their offset is that of struct option_texts. */
static bool
repeats(int letter)
{
    return letter == 'S' || letter == 'n' || letter == 'V';
}

#define COUNT(table) (sizeof(table) / sizeof *(table))

static void
print_usage(FILE *to)
{
    fprintf(to, "doorstroom %s: people flowing through prisons and small houses\n\n",
            DOORSTROOM_VERSION);
    for (size_t i = 0; i < COUNT(commands); i++) {
        fprintf(to, "  doorstroom %s %s\n      ", commands[i].name, commands[i].arguments);
        text_wrap(to, commands[i].meaning, 6, 6);
    }
    fprintf(to, "\n'doorstroom COMMAND -h' lists a command's options; --manual and --completion\n"
                "print the manual page and the completion for bash; --version the version.\n");
}

#define OPTION_COLUMNS 28 /* "  -o, --output FILE" */

static void
print_option(int letter, const char *name, const char *argument, const char *meaning)
{
    int taken = printf("  -%c, --%s %s", letter, name, argument != NULL ? argument : "");

    if (taken >= OPTION_COLUMNS) {
        printf("\n");
        taken = 0;
    }
    printf("%*s", OPTION_COLUMNS - taken, "");
    text_wrap(stdout, meaning, OPTION_COLUMNS, OPTION_COLUMNS);
}

static void
print_command(const struct command *command)
{
    printf("doorstroom %s %s\n  ", command->name, command->arguments);
    text_wrap(stdout, command->meaning, 2, 2);
    for (size_t i = 0; i < COUNT(option_rows); i++)
        if (option_rows[i].commands & command->bit)
            print_option(option_rows[i].letter, option_rows[i].name, option_rows[i].argument,
                         option_rows[i].meaning);
    print_option('h', "help", NULL, "show this");
}

/* The manual page, in the language of man(7). */
static void
print_manual(void)
{
    printf(".TH DOORSTROOM 1 \"\" \"doorstroom %s\"\n.SH NAME\ndoorstroom \\- people flowing "
           "through prisons and small houses\n.SH SYNOPSIS\n",
           DOORSTROOM_VERSION);
    for (size_t i = 0; i < COUNT(commands); i++)
        printf("%s.B doorstroom %s\n[options] %s\n", i > 0 ? ".br\n" : "", commands[i].name,
               commands[i].arguments);
    printf(
        ".SH DESCRIPTION\nSimulates what happens to overcrowding, event by event, from a scenario "
        "in YAML, and writes time series to HDF5 that is also netCDF-4. The same scenario, seed "
        "and version give the same bits with any number of threads.\n.SH COMMANDS\n");
    for (size_t i = 0; i < COUNT(commands); i++) {
        printf(".SS %s %s\n%s\n", commands[i].name, commands[i].arguments, commands[i].meaning);
        for (size_t o = 0; o < COUNT(option_rows); o++)
            if (option_rows[o].commands & commands[i].bit)
                printf(".TP\n.BR \\-%c \", \" \\-\\-%s \" %s\"\n%s\n", option_rows[o].letter,
                       option_rows[o].name, option_rows[o].argument ? option_rows[o].argument : "",
                       option_rows[o].meaning);
    }
    printf(
        ".SH EXIT STATUS\n0 done; 1 a check did not hold; 2 bad input or usage; 3 disk, "
        "permission, "
        "memory or an output that takes nothing (a reader that leaves early is no error); 130 or "
        "143 interrupted.\n.SH EXAMPLE\n.nf\ndoorstroom check "
        "scenarios/belgium/baseline.yaml\ndoorstroom run scenarios/belgium/baseline.yaml \\-r 100 "
        "\\-o belgium.h5\ndoorstroom show belgium.h5 floor_sleepers\n.fi\n");
}

/* Completion for bash. */
static void
print_completion(void)
{
    printf("_doorstroom() {\n    local word=${COMP_WORDS[COMP_CWORD]} options=\n"
           "    if [ $COMP_CWORD -eq 1 ]; then\n        COMPREPLY=($(compgen -W '");
    for (size_t i = 0; i < COUNT(commands); i++)
        printf("%s%s", i > 0 ? " " : "", commands[i].name);
    printf("' -- \"$word\"))\n        return\n    fi\n    case ${COMP_WORDS[1]} in\n");
    for (size_t i = 0; i < COUNT(commands); i++) {
        printf("    %s) options='--help", commands[i].name);
        for (size_t o = 0; o < COUNT(option_rows); o++)
            if (option_rows[o].commands & commands[i].bit)
                printf(" --%s", option_rows[o].name);
        printf("' ;;\n");
    }
    printf(
        "    esac\n    if [[ $word == -* ]]; then\n        COMPREPLY=($(compgen -W \"$options\" -- "
        "\"$word\"))\n    else\n        COMPREPLY=($(compgen -f -- \"$word\"))\n    fi\n}\n"
        "complete -F _doorstroom doorstroom\n");
}

/* Room for COUNT texts in each option that may be given again; false: no memory. */
static bool
make_room(struct options *options, size_t count)
{
    bool good = true;

    for (size_t i = 0; i < COUNT(option_rows); i++)
        if (repeats(option_rows[i].letter)) {
            struct option_texts *texts = (void *)((char *)options + option_rows[i].offset);
            if (texts->item == NULL)
                texts->item = calloc(count + 1, sizeof *texts->item);
            good &= texts->item != NULL;
        }
    return good;
}

static void
give_room_back(struct options *options)
{
    for (size_t i = 0; i < COUNT(option_rows); i++)
        if (repeats(option_rows[i].letter)) {
            struct option_texts *texts = (void *)((char *)options + option_rows[i].offset);
            free(texts->item);
            texts->item = NULL;
        }
}

static void
add_text(void *field, const char *text)
{
    struct option_texts *texts = field;

    texts->item[texts->count++] = text;
}

/* Set what OPTION says; false: this command does not take it. */
static bool
take_option(const struct command *command, int letter, struct options *options)
{
    for (size_t i = 0; i < COUNT(option_rows); i++)
        if (option_rows[i].letter == letter && (option_rows[i].commands & command->bit)) {
            void *field = (char *)options + option_rows[i].offset;
            if (repeats(option_rows[i].letter))
                add_text(field, optarg);
            else if (option_rows[i].argument != NULL)
                *(const char **)field = optarg;
            else
                *(bool *)field = true;
            return true;
        }
    return false;
}

/* PROGRAM with the command and its arguments, and EXTRA behind the command unless it is NULL. The
 * caller frees it; NULL: no memory. */
static char *
join_arguments(const char *program, int argc, char **argv, const char *extra)
{
    char *line = NULL;
    size_t size;
    FILE *to = open_memstream(&line, &size);

    if (to == NULL)
        return NULL;
    shell_write_word(to, program);
    for (int i = 0; i < argc; i++) {
        fputc(' ', to);
        shell_write_word(to, argv[i]);
        if (i == 0 && extra != NULL)
            fprintf(to, " %s", extra);
    }
    if (fclose(to) == 0)
        return line;
    free(line);
    return NULL;
}

/* "-5..5" is a range and no option: in ARGV it gets a space in front, into ROOM, which getopt takes
 * for an argument and the range does not see. */
static void
keep_range(int argc, char **argv, char *room, size_t size)
{
    for (int i = 1; i < argc; i++)
        if (argv[i][0] == '-' && argv[i][1] != '\0' && strchr("0123456789.", argv[i][1]) != NULL &&
            strstr(argv[i], "..") != NULL && strlen(argv[i]) + 2 <= size) {
            snprintf(room, size, " %s", argv[i]);
            argv[i] = room;
            return;
        }
}

/* Read the options into OPTIONS; EXIT_DONE: they are read, and the arguments begin at optind.
 * HELPED: the help was all that was asked for. */
static int
read_command(const struct command *command, int argc, char **argv, struct options *options,
             bool *helped)
{
    struct option longs[COUNT(option_rows) + 2] = {{"help", no_argument, NULL, 'h'}};
    char letters[2 * COUNT(option_rows) + 2] = "h";
    int letter;

    for (size_t i = 0, at = 1; i < COUNT(option_rows); i++) {
        bool takes = option_rows[i].argument != NULL;
        longs[i + 1] = (struct option){option_rows[i].name, takes ? required_argument : no_argument,
                                       NULL, option_rows[i].letter};
        letters[at++] = (char)option_rows[i].letter;
        if (takes)
            letters[at++] = ':';
    }
    while ((letter = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
        if (letter == 'h') {
            print_command(command);
            *helped = true;
            return EXIT_DONE;
        }
        if (letter == '?')
            return EXIT_BAD_INPUT;
        if (!take_option(command, letter, options)) {
            fprintf(stderr,
                    "doorstroom %s: it takes no option -%c; 'doorstroom %s -h' lists them\n",
                    command->name, letter, command->name);
            return EXIT_BAD_INPUT;
        }
    }
    options->arguments = argc - optind;
    if (command->most == MOST_ARGUMENTS && options->arguments > command->most) {
        fprintf(stderr,
                "doorstroom %s: %d arguments are given, and it takes at most %d; do it in parts\n",
                command->name, options->arguments, command->most);
        return EXIT_BAD_INPUT;
    }
    if (options->arguments < command->least || options->arguments > command->most) {
        fprintf(stderr, "doorstroom: usage: doorstroom %s %s\n", command->name, command->arguments);
        return EXIT_BAD_INPUT;
    }
    return EXIT_DONE;
}

static int
run_command(const struct command *command, const char *program, int argc, char **argv)
{
    struct options options = {0};
    /* Before getopt, which changes their order. */
    char *line = join_arguments("doorstroom", argc, argv, NULL);
    char *plain = join_arguments(program, argc, argv, NULL);
    char *resumed = join_arguments(program, argc, argv, "--resume");
    char range[256];
    bool helped = false;
    int status = EXIT_ENVIRONMENT;

    if (command->bit == FOR_SEEK)
        keep_range(argc, argv, range, sizeof range);
    if (!make_room(&options, (size_t)argc) || line == NULL || plain == NULL || resumed == NULL)
        fprintf(stderr, "doorstroom: no memory for its options\n");
    else
        status = read_command(command, argc, argv, &options, &helped);
    if (status == EXIT_DONE && !helped) {
        options.command_line = line;
        options.resume_line = options.resume ? plain : resumed;
        for (int i = 0; i < options.arguments; i++)
            options.argument[i] = argv[optind + i];
        status = command->results > 0 ? guard_run(command->name, command->run, &options,
                                                  command->results, command->if_damaged)
                                      : command->run(&options);
    }
    free(line);
    free(plain);
    free(resumed);
    give_room_back(&options);
    return status;
}

int
exit_for(int status)
{
    static const int statuses[] = {
        [OK] = EXIT_DONE,
        [NO_MEMORY] = EXIT_ENVIRONMENT,
        [BAD_INPUT] = EXIT_BAD_INPUT,
        [ENVIRONMENT] = EXIT_ENVIRONMENT,
        [BROKEN] = EXIT_ENVIRONMENT,
        [DIFFERENT] = EXIT_DIFFERENT,
        [INTERRUPTED] = EXIT_INTERRUPTED,
    };

    return statuses[status];
}

int
say_fault(const char *command, int status, const char *message)
{
    char safe[2048];

    fprintf(stderr, "doorstroom %s: %s\n", command, text_safe(message, 0, safe, sizeof safe));
    return exit_for(status);
}

bool
command_is(const char *name)
{
    for (size_t i = 0; i < COUNT(commands); i++)
        if (strcmp(commands[i].name, name) == 0)
            return true;
    return false;
}

static int
run_named(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "";

    gsl_set_error_handler_off(); /* what fails returns, and is looked at */

    if (strcmp(name, "-h") == 0 || strcmp(name, "--help") == 0) {
        print_usage(stdout);
        return EXIT_DONE;
    }
    if (strcmp(name, "--manual") == 0) {
        print_manual();
        return EXIT_DONE;
    }
    if (strcmp(name, "--completion") == 0) {
        print_completion();
        return EXIT_DONE;
    }
    if (strcmp(name, "--version") == 0) {
        printf("doorstroom %s\n", DOORSTROOM_VERSION);
        return EXIT_DONE;
    }
    for (size_t i = 0; i < COUNT(commands); i++)
        if (strcmp(commands[i].name, name) == 0)
            return run_command(&commands[i], argv[0], argc - 1, argv + 1);
    if (argc > 1)
        fprintf(stderr, "doorstroom: no command is called '%s'\n\n", name);
    print_usage(stderr);
    return EXIT_BAD_INPUT;
}

/* A closed input, output or error stream is opened on nothing, in the direction that it is not used
 * in: a file that is opened later must not take its number, and what is printed fails and is seen
 * to. */
static void
hold_streams(void)
{
    static const int modes[] = {O_WRONLY, O_RDONLY, O_RDONLY};

    for (int i = 0; i < 3; i++)
        if (fcntl(i, F_GETFD) < 0)
            (void)!open("/dev/null", modes[i]);
}

/* Is standard output a pipe that nobody reads any more? */
static bool
reader_has_gone(void)
{
    struct pollfd output = {.fd = STDOUT_FILENO, .events = POLLOUT};

    return poll(&output, 1, 0) > 0 && (output.revents & POLLERR) != 0;
}

/* Has everything that was printed arrived? Who reads a pipe may have what they want and go (head):
 * that is no failure, however much was still to be printed. */
int
check_output(int status)
{
    bool failed = ferror(stdout) != 0;
    int reason = 0;

    if (fflush(stdout) != 0) {
        failed = true;
        reason = errno;
    }
    if (!failed || reader_has_gone())
        return status;
    fprintf(stderr, "doorstroom: standard output cannot be written%s%s\n", reason != 0 ? ": " : "",
            reason != 0 ? strerror(reason) : "");
    return status == EXIT_DONE || status == EXIT_DIFFERENT ? EXIT_ENVIRONMENT : status;
}

/* A write that cannot be done is to fail, not to end the program: to a pipe that nobody reads, and
 * beyond the size that a file may have. */
int
main(int argc, char **argv)
{
    hold_streams();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    return check_output(run_named(argc, argv));
}
