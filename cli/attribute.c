#include "command.h"
#include "csv.h"
#include "grid.h"
#include "output.h"
#include "progress.h"
#include "text.h"

#include "analysis/attribute.h"
#include "models/run/run.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATH       4300
#define NAME_WIDTH 28
#define MEASURED   "mean(person_days_above)"

/* What is asked, what is run, what is told. */
struct work {
    const struct options *options;
    enum grid_format format;
    struct address of;
    struct attribution attribution;
    struct journal journal;
    bool journalled;
    char path[PATH]; /* of the journal */
    struct run run;  /* for the line of progress */
    struct progress progress;
};

static int
say(int status, const char *message)
{
    char safe[2048];

    fprintf(stderr, "doorstroom attribute: %s\n", text_safe(message, 0, safe, sizeof safe));
    return exit_for(status);
}

static int
read_asked(struct work *work)
{
    const struct options *options = work->options;
    struct error err = {0};
    const char *text = options->of.count > 0 ? options->of.item[0] : MEASURED;

    if (options->of.count > 1)
        return say(BAD_INPUT, "one number is shared out at a time: give --of once");
    if (address_read(&work->of, text, &err) != OK)
        return say(BAD_INPUT, err.message);
    if (work->of.statistic != STATISTIC_MEAN || work->of.bound != BOUND_NONE ||
        work->of.of[0] != '\0')
        return say(BAD_INPUT, "only a mean can be shared out, such as --of "
                              "'mean(floor_sleepers, 2030)'");
    return EXIT_DONE;
}

/* The overlays stand behind the base. */
static int
read_scenarios(struct work *work)
{
    const struct options *options = work->options;
    const struct scenario_source from = {.file = options->argument[0],
                                         .over = &options->argument[1],
                                         .overs = (size_t)options->arguments - 1,
                                         .set = options->set.item,
                                         .sets = options->set.count,
                                         .allow_outside = options->allow_outside};
    struct faults faults = {0};
    struct error err = {0};
    int status = attribution_read(&work->attribution, &from, &faults, &err);

    print_faults(&faults);
    if (status != OK && faults.errors == 0)
        say(status, err.message);
    faults_free(&faults);
    return exit_for(status);
}

static int
read_options(struct work *work)
{
    struct attribution *a = &work->attribution;
    unsigned long long orders = 0;
    struct run run = {.scenario = &a->base};
    int status = read_run_options("attribute", work->options, &a->base, &run);

    if (status == EXIT_DONE && work->options->orders != NULL)
        status = read_number("attribute", "--orders", work->options->orders, 2, 1000000,
                             "a number of orders from 2 to 1000000", &orders);
    a->of = &work->of;
    a->first = run.first;
    a->last = run.last;
    a->threads = run.threads;
    a->orders = (size_t)orders;
    return status;
}

/* The table and its journal: nothing that is there is lost. */
static int
open_journal(struct work *work)
{
    const struct options *options = work->options;
    struct error err = {0};

    if (options->output == NULL)
        return options->resume ? say(BAD_INPUT, "--resume goes on with what -o has kept: give -o")
                               : EXIT_DONE;
    snprintf(work->path, sizeof work->path, "%.4096s.journal", options->output);
    int status = output_check("attribute", options->output, options->force || options->resume);
    for (int i = 0; i < options->arguments && status == EXIT_DONE; i++)
        status = output_check_input("attribute", options->output, options->argument[i]);
    if (status != EXIT_DONE)
        return status;
    if (!options->resume && !options->force && access(work->path, F_OK) == 0)
        return say(ENVIRONMENT, "its journal holds finished sets; --resume goes on with them, "
                                "--force begins anew");
    char *identity = attribution_identity(&work->attribution);
    if (identity == NULL)
        return say(NO_MEMORY, "no memory for what the run is");
    work->journalled = true;
    status = journal_open(&work->journal, work->path, identity, 1, options->resume, &err);
    free(identity);
    if (status != OK)
        return say(status, err.message);
    work->attribution.journal = &work->journal;
    return EXIT_DONE;
}

static void
tell_progress(void *context, uint64_t done, uint64_t total)
{
    struct work *work = context;

    work->run.days = __atomic_load_n(&work->attribution.days, __ATOMIC_RELAXED);
    progress_tell(&work->progress, done, total);
}

static int
simulate(struct work *work)
{
    struct attribution *a = &work->attribution;
    struct error err = {0};

    a->stop = stop_on_signals();
    a->progress = tell_progress;
    a->context = work;
    progress_begin(&work->progress, &work->run, work->options->quiet);
    int status = attribution_run(a, &err);
    progress_end(&work->progress);
    if (status == INTERRUPTED && work->journalled) {
        fprintf(stderr, "doorstroom attribute: stopped; %s; go on with: %s\n", err.message,
                work->options->resume_line);
        return stop_status();
    }
    if (status == INTERRUPTED) {
        fprintf(stderr, "doorstroom attribute: stopped; -o FILE would have kept what was done\n");
        return stop_status();
    }
    return status == OK ? EXIT_DONE : say(status, err.message);
}

/* How numbers are printed: in UNIT of what is measured, with so many decimals, all of one column in
 * whole numbers of the last, so that they add up as they stand. */
struct scale {
    double unit;
    int decimals;
    const char *prefix;
};

static struct scale
scale_of(const struct attribution_table *table)
{
    double largest = fabs(table->total.mean);

    for (size_t i = 0; i < table->overlays; i++)
        largest = fmax(largest, fabs(table->overlay[i].alone.mean));
    bool large = largest >= 1e5;
    int decimals = large ? 3 : number_decimals(largest);
    decimals = decimals == NUMBER_POWERS ? 6 : decimals;
    return (struct scale){large ? 1e6 : 1, decimals, large ? "mln " : ""};
}

static double
grain_of(const struct scale *scale)
{
    return scale->unit * pow(10, -scale->decimals);
}

static void
print_number(const struct scale *scale, double value)
{
    if (isnan(value))
        printf(" %9s", "-");
    else
        printf(" %+9.*f", scale->decimals, value / scale->unit == 0 ? 0 : value / scale->unit);
}

/* VALUE [count], which are to sum to WHOLE, rounded to the grain so that they do. */
static void
round_column(const struct scale *scale, const double *value, size_t count, double sum, double *out)
{
    double grain = grain_of(scale);
    int64_t *parts = calloc(count + 1, sizeof *parts);

    if (parts != NULL)
        attribution_round(value, count, grain, llround(sum / grain), parts);
    for (size_t i = 0; i < count; i++)
        out[i] = parts != NULL ? (double)parts[i] * grain : NAN;
    free(parts);
}

/* The columns as they are printed: overlays, then what is left (of shares nothing is). */
static bool
round_all(const struct scale *scale, const struct attribution_table *table, double *column[3])
{
    size_t n = table->overlays;
    double *value = calloc(n + 1, sizeof *value);

    for (int c = 0; c < 3 && value != NULL; c++) {
        for (size_t i = 0; i < n; i++)
            value[i] = c == 0   ? table->overlay[i].alone.mean
                       : c == 1 ? table->overlay[i].last.mean
                                : table->overlay[i].share.mean;
        value[n] = c == 0   ? table->interaction_alone.mean
                   : c == 1 ? table->interaction_last.mean
                            : 0;
        round_column(scale, value, n + (c < 2), table->total.mean, column[c]);
        if (c == 2)
            column[c][n] = 0;
    }
    bool good = value != NULL;
    free(value);
    return good;
}

static void
print_overlay(const struct scale *scale, const char *name, const struct attributed *row,
              double *const column[3], size_t i, double total)
{
    char interval[64] = "-", share[16] = "";

    text_cell(stdout, name, NAME_WIDTH);
    for (int c = 0; c < 3; c++)
        print_number(scale, column[c][i]);
    if (!isnan(row->share.low))
        snprintf(interval, sizeof interval, "%+.*f to %+.*f", scale->decimals,
                 row->share.low / scale->unit, scale->decimals, row->share.high / scale->unit);
    if (total != 0)
        snprintf(share, sizeof share, "%.0f", 100 * row->share.mean / total);
    printf(" %17s %3s\n", interval, share);
}

static void
print_heading(const struct work *work, const struct scale *scale)
{
    const struct attribution *a = &work->attribution;
    char line[1024], window[WINDOW_TEXT];

    snprintf(line, sizeof line,
             "%.200s: %.200s, %s%.60s; %s; %zu futures%s, the same people in all", a->base.name,
             a->measured.label, scale->prefix, a->measured.unit, window_write(&a->window, window),
             a->replications, a->draws < a->replications ? " (each draw counts once)" : "");
    text_wrap(stdout, line, 0, 2);
    printf("\n%-*s %9s %9s %9s %17s %3s\n", NAME_WIDTH, "", "alone", "last in", "Shapley",
           "95 % interval", "%");
}

static void
print_line(const struct scale *scale, const char *name, const struct estimate *estimate)
{
    char interval[64] = "-";

    text_cell(stdout, name, NAME_WIDTH);
    printf(" %9s %9s", "", "");
    print_number(scale, round(estimate->mean / grain_of(scale)) * grain_of(scale));
    if (!isnan(estimate->low))
        snprintf(interval, sizeof interval, "%+.*f to %+.*f", scale->decimals,
                 estimate->low / scale->unit, scale->decimals, estimate->high / scale->unit);
    printf(" %17s\n", interval);
}

static void
print_foot(const struct work *work, const struct attribution_table *table,
           const struct scale *scale)
{
    const struct attribution *a = &work->attribution;
    static const char *const better[] = {"less is better", "neither way is better",
                                         "more is better"};
    char base[NUMBER_TEXT], all[NUMBER_TEXT], line[1024];
    double largest = 0;

    snprintf(line, sizeof line,
             "Without any of them it is %s, with all %s (%s). Alone: what one brings to the base; "
             "last in: what is lost when it is left out of all; Shapley: the mean over all orders "
             "in which they may come. Each column adds up to the total.",
             number_text(table->base.mean / scale->unit, scale->decimals, 14, base),
             number_text(table->all.mean / scale->unit, scale->decimals, 14, all),
             better[a->measured.better + 1]);
    printf("\n");
    text_wrap(stdout, line, 0, 0);
    for (size_t i = 0; i < table->overlays; i++)
        largest = fmax(largest, table->overlay[i].sampling);
    if (a->shapley.orders > 0) {
        snprintf(line, sizeof line,
                 "%zu orders of %zu overlays were sampled (%zu sets): a share's standard error of "
                 "that is %.3g at most, beside its interval.",
                 a->shapley.orders, a->shapley.players, a->shapley.sets, largest / scale->unit);
        text_wrap(stdout, line, 0, 0);
    }
}

static int
print_text(const struct work *work, const struct attribution_table *table)
{
    size_t n = table->overlays;
    struct scale scale = scale_of(table);
    double *room = calloc(3 * (n + 1), sizeof *room);
    double *column[3] = {room, room + n + 1, room + 2 * (n + 1)};

    if (room == NULL || !round_all(&scale, table, column)) {
        free(room);
        return say(NO_MEMORY, "no memory for the table");
    }
    print_heading(work, &scale);
    for (size_t i = 0; i < n; i++)
        print_overlay(&scale, work->attribution.name[i], &table->overlay[i], column, i,
                      table->total.mean);
    text_cell(stdout, "interaction", NAME_WIDTH);
    print_number(&scale, column[0][n]);
    print_number(&scale, column[1][n]);
    print_number(&scale, 0);
    printf("\n");
    print_line(&scale, "total", &table->total);
    print_foot(work, table, &scale);
    free(room);
    return EXIT_DONE;
}

static const char *const columns[] = {
    "overlay", "alone", "alone_low", "alone_high", "last", "last_low", "last_high", "shapley",
    "low",     "high",  "sampling",  "indicator",  "unit", "futures",  "draws",
};

static void
fill_row(struct grid *grid, const struct work *work, const char *name, const struct estimate *of[3],
         double sampling)
{
    const struct attribution *a = &work->attribution;

    grid_text(grid, name);
    for (int c = 0; c < 3; c++) {
        grid_number(grid, of[c] != NULL ? of[c]->mean : NAN);
        grid_number(grid, of[c] != NULL ? of[c]->low : NAN);
        grid_number(grid, of[c] != NULL ? of[c]->high : NAN);
    }
    grid_number(grid, sampling);
    grid_text(grid, a->measured.name);
    grid_text(grid, a->measured.unit);
    grid_number(grid, (double)a->replications);
    grid_number(grid, (double)a->draws);
}

static int
print_grid(const struct work *work, const struct attribution_table *table)
{
    struct grid grid = {columns, sizeof columns / sizeof *columns, NULL, 0, 0, false};

    for (size_t i = 0; i < table->overlays; i++) {
        const struct attributed *row = &table->overlay[i];
        fill_row(&grid, work, work->attribution.name[i],
                 (const struct estimate *[]){&row->alone, &row->last, &row->share}, row->sampling);
    }
    fill_row(&grid, work, "interaction",
             (const struct estimate *[]){&table->interaction_alone, &table->interaction_last, NULL},
             NAN);
    fill_row(&grid, work, "total",
             (const struct estimate *[]){&table->total, &table->total, &table->total}, NAN);
    bool good = grid_print(&grid, work->format, stdout);
    grid_free(&grid);
    return good ? EXIT_DONE : EXIT_ENVIRONMENT;
}

/* For output_write: a row for each set and replication, in whole numbers. */
static bool
write_values(FILE *to, const void *context)
{
    const struct attribution *a = context;

    for (size_t i = 0; i < a->from.overs; i++) {
        csv_text(to, a->name[i]);
        fputc(',', to);
    }
    fprintf(to, "replication,value,unit\n");
    for (size_t s = 0; s < a->shapley.sets; s++)
        for (size_t r = 0; r < a->replications; r++) {
            for (size_t i = 0; i < a->from.overs; i++)
                fprintf(to, "%d,", (int)(a->shapley.set[s] >> i & 1));
            fprintf(to, "%llu,%lld,", (unsigned long long)(a->first + r),
                    (long long)a->value[s * a->replications + r]);
            fprintf(to, "2^-20 ");
            csv_text(to, a->measured.unit);
            fputc('\n', to);
        }
    return ferror(to) == 0;
}

static int
tell(struct work *work)
{
    struct attribution_table table;
    struct error err = {0};
    int status = attribution_tell(&work->attribution, &table, &err);

    if (status != OK)
        status = say(status, err.message);
    else
        status = work->format == GRID_TEXT ? print_text(work, &table) : print_grid(work, &table);
    attribution_table_free(&table);
    if (status == EXIT_DONE && work->options->output != NULL)
        status = output_write("attribute", work->options->output, write_values, &work->attribution);
    return status;
}

static int
attribute(struct work *work)
{
    struct error err = {0};
    int status = attribution_prepare(&work->attribution, &err);

    if (status != OK)
        return say(status, err.message);
    work->run.days_each = work->attribution.days_each;
    status = open_journal(work);
    if (status == EXIT_DONE)
        status = simulate(work);
    return status == EXIT_DONE ? tell(work) : status;
}

int
command_attribute(const struct options *options)
{
    struct work work = {.options = options,
                        .format = grid_format_read("attribute", options->format)};
    int status = work.format < GRID_FORMATS ? read_asked(&work) : EXIT_BAD_INPUT;

    if (status != EXIT_DONE)
        return status;
    status = read_scenarios(&work);
    if (status == EXIT_DONE)
        status = read_options(&work);
    if (status == EXIT_DONE)
        status = attribute(&work);
    if (work.journalled)
        journal_close(&work.journal, status == EXIT_DONE || work.journal.entries == 0);
    attribution_free(&work.attribution);
    return status;
}
