#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H
/* The commands and their options, each a row in a table (main.c). A command prints results to
 * stdout and errors to stderr and returns the exit status. */

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

enum exit_status {
    EXIT_DONE = 0,
    EXIT_DIFFERENT = 1,   /* a check did not hold */
    EXIT_BAD_INPUT = 2,   /* input or usage */
    EXIT_ENVIRONMENT = 3, /* disk, permission, memory, an output that takes nothing */
    EXIT_INTERRUPTED = 130,
};

#define MOST_ARGUMENTS 64

struct options {
    const char *argument[MOST_ARGUMENTS]; /* what stands beside the options */
    int arguments;
    bool allow_outside, resume, force, quiet, common, quick, schema, parameters, sources, csv,
        match, comma, futures, bands, ranks, largest, origins, rebuild;
    const char *output, *replications, *threads, *seed, *split, *from, *export_to, *most, *until,
        *by, *time, *format, *orders, *goal, *step, *confidence, *language, *attribution, *backtest,
        *task, *tasks, *stop_after, *sample; /* as written; NULL: not given */
    struct option_texts {
        const char **item; /* [count], in their order */
        size_t count;
    } set, of, over;          /* of options that may be given again */
    const char *command_line; /* as a shell would read it, whatever the names hold */
    const char *resume_line;  /* the same, with --resume, to be pasted */
};

int command_check(const struct options *options);
int command_explain(const struct options *options);
int command_run(const struct options *options);
int command_show(const struct options *options);
int command_diff(const struct options *options);
int command_validate(const struct options *options);
int command_verify(const struct options *options);
int command_archive(const struct options *options);
int command_reproduce(const struct options *options);
int command_provenance(const struct options *options);
int command_trace(const struct options *options);
int command_calibrate(const struct options *options);
int command_restart(const struct options *options);
int command_backtest(const struct options *options);
int command_attribute(const struct options *options);
int command_seek(const struct options *options);
int command_export(const struct options *options);
int command_report(const struct options *options);
int command_merge(const struct options *options);
int command_slurm(const struct options *options);
int command_sensitivity(const struct options *options);
int command_power(const struct options *options);
int command_sweep(const struct options *options);
int command_compare(const struct options *options);

/* From now on SIGINT, SIGTERM, SIGUSR1 and SIGALRM are noted in what is returned; stop_status is
 * the exit status that goes with it. */
const volatile sig_atomic_t *stop_on_signals(void);
int stop_status(void);

/* How many threads COMMAND should use: ASKED for, or (0) by default. Warnings go to stderr. */
int threads_default(const char *command, int asked);

/* STATUS, unless what was printed could not be written: then that is said, and it is another; but
 * not where a pipe's reader has gone. Last of all in a process that printed. */
int check_output(int status);

/* The exit status for a status code of error.h. */
int exit_for(int status);

/* Is NAME a command? */
bool command_is(const char *name);

/* Say of COMMAND what is wrong, as a line of stderr; the exit status for STATUS. */
int say_fault(const char *command, int status, const char *message);

/* TEXT of OPTION of COMMAND as a whole number from LEAST to MOST; the exit status, having said what
 * was EXPECTED. */
int read_number(const char *command, const char *option, const char *text, unsigned long long least,
                unsigned long long most, const char *expected, unsigned long long *value);

struct scenario;
struct run;
/* Which replications, how many threads, the seed and the split, as COMMAND's options say or else
 * the scenario; the exit status, having said what is wrong. */
int read_run_options(const char *command, const struct options *options, struct scenario *scenario,
                     struct run *run);

struct faults;
/* Each fault on a line of stderr. */
void print_faults(const struct faults *faults);

#endif
