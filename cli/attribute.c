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
#define NAME_WIDTH 25
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
    return say_fault("attribute", status, message);
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

/* May the table be written there? Before anything is run, and nothing that is read or there is
 * lost: with --resume a table that is whole is no more replaced than without. */
static int
check_table(const struct work *work)
{
    const struct options *options = work->options;
    const char *output = options->output;

    if (output == NULL)
        return options->resume ? say(BAD_INPUT, "--resume goes on with what -o has kept: give -o")
                               : EXIT_DONE;
    if (output[0] == '\0')
        return say(BAD_INPUT, "the table's name is empty; give a file, say shares.csv");
    int status = output_check("attribute", output, options->force);
    if (status == EXIT_DONE)
        status = output_check_inputs("attribute", output, &work->attribution.all.tree);
    return status;
}

static int
open_journal(struct work *work)
{
    const struct options *options = work->options;
    struct error err = {0};

    if (options->output == NULL)
        return EXIT_DONE;
    snprintf(work->path, sizeof work->path, "%.4096s.journal", options->output);
    if (!options->resume && !options->force && access(work->path, F_OK) == 0)
        return say(ENVIRONMENT, "its journal holds finished sets; --resume goes on with them, "
                                "--force begins anew");
    char *identity = attribution_identity(&work->attribution);
    if (identity == NULL)
        return say(NO_MEMORY, "no memory for what the run is");
    int status = journal_open(&work->journal, work->path, identity, 1, options->resume, &err);
    free(identity);
    if (status != OK) { /* it may be another run's */
        journal_close(&work->journal, false);
        return say(status, err.message);
    }
    work->journalled = true;
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

/* How numbers are printed: in UNIT of what is measured, with so many decimals; all as whole numbers
 * of the last of them (GRAIN), so that they add up as they stand. */
struct scale {
    double unit, grain;
    int decimals;
    const char *prefix;
};

static struct scale
scale_of(const struct attribution_table *table)
{
    double largest = fabs(table->total.mean);

    for (size_t i = 0; i < table->overlays; i++) {
        largest = fmax(largest, fabs(table->overlay[i].alone.mean));
        largest = fmax(largest, fabs(table->overlay[i].last.mean));
    }
    bool large = largest >= 1e6;
    int decimals = large ? 3 : number_decimals(largest);
    decimals = decimals == NUMBER_POWERS ? 6 : decimals;
    double unit = large ? 1e6 : 1;
    return (struct scale){unit, unit * pow(10, -decimals), decimals, large ? "mln " : ""};
}

/* VALUE grains, with its sign, in at most WIDTH columns. */
static const char *
signed_text(const struct scale *scale, int64_t value, size_t width, char out[NUMBER_TEXT + 1])
{
    number_text((double)value * pow(10, -scale->decimals), scale->decimals, width - 1, out + 1);
    out[0] = '+';
    return value > 0 ? out : out + 1;
}

/* What is printed, in grains: the columns alone, last in and Shapley, of each overlay and then what
 * is left to the total (of Shapley nothing is). */
struct bars {
    int64_t *column[3]; /* [overlays + 1] */
    int64_t *percent;   /* [overlays]: of the total, 100 together; NULL: it may be nothing */
    int64_t base, total;
};

static void
bars_free(struct bars *bars)
{
    for (int c = 0; c < 3; c++)
        free(bars->column[c]);
    free(bars->percent);
}

/* Is the total surely other than nothing, so that shares of it say something? */
static bool
has_total(const struct attribution_table *table)
{
    return table->total.low > 0 || table->total.high < 0;
}

/* VALUE [overlays + 1] of a column. */
static void
take_column(const struct attribution_table *table, int column, double *value)
{
    size_t n = table->overlays;

    for (size_t i = 0; i < n; i++)
        value[i] = column == 0   ? table->overlay[i].alone.mean
                   : column == 1 ? table->overlay[i].last.mean
                                 : table->overlay[i].share.mean;
    value[n] = column == 0   ? table->interaction_alone.mean
               : column == 1 ? table->interaction_last.mean
                             : 0;
}

/* False: no memory. To be freed either way. */
static bool
make_bars(struct bars *bars, const struct scale *scale, const struct attribution_table *table)
{
    size_t n = table->overlays;
    double *value = calloc(n + 1, sizeof *value);
    bool good = value != NULL;

    *bars = (struct bars){.base = (int64_t)round(table->base.mean / scale->grain)};
    bars->total = (int64_t)round(table->all.mean / scale->grain) - bars->base;
    for (int c = 0; c < 3; c++) {
        bars->column[c] = calloc(n + 1, sizeof *bars->column[c]);
        good &= bars->column[c] != NULL;
        if (!good)
            continue;
        take_column(table, c, value);
        attribution_round(value, c < 2 ? n + 1 : n, scale->grain, bars->total, bars->column[c]);
    }
    bars->percent = good && has_total(table) ? calloc(n + 1, sizeof *bars->percent) : NULL;
    for (size_t i = 0; bars->percent != NULL && i < n; i++)
        value[i] = table->overlay[i].share.mean / table->total.mean;
    if (bars->percent != NULL)
        attribution_round(value, n, 0.01, 100, bars->percent);
    free(value);
    return good;
}

#define NUMBER_WIDTH   9
#define END_WIDTH      8 /* of an interval */
#define ORDERS_WIDTH   8 /* a column that only samples have */
#define INTERVAL_WIDTH (2 * END_WIDTH + 4)

static void
print_interval(const struct scale *scale, const struct estimate *estimate)
{
    char low[NUMBER_TEXT + 1], high[NUMBER_TEXT + 1], text[2 * NUMBER_TEXT + 8] = "-";

    if (!isnan(estimate->low))
        snprintf(
            text, sizeof text, "%s to %s",
            signed_text(scale, (int64_t)round(estimate->low / scale->grain), END_WIDTH, low),
            signed_text(scale, (int64_t)round(estimate->high / scale->grain), END_WIDTH, high));
    printf(" %*s", INTERVAL_WIDTH, text);
}

/* The numbers of row I of the columns. */
static void
print_columns(const struct scale *scale, const struct bars *bars, size_t i)
{
    char text[NUMBER_TEXT + 1];

    for (int c = 0; c < 3; c++)
        printf(" %*s", NUMBER_WIDTH, signed_text(scale, bars->column[c][i], NUMBER_WIDTH, text));
}

static void
print_overlay(const struct work *work, const struct scale *scale, const struct bars *bars, size_t i,
              const struct attributed *row)
{
    bool sampled = work->attribution.shapley.orders > 0;
    char number[NUMBER_TEXT], percent[32] = "-";

    text_cell(stdout, work->attribution.name[i], NAME_WIDTH - (sampled ? ORDERS_WIDTH : 0));
    print_columns(scale, bars, i);
    print_interval(scale, &row->share);
    if (sampled)
        printf(" %*s", ORDERS_WIDTH - 1,
               number_text(row->sampling / scale->unit, scale->decimals, ORDERS_WIDTH - 1, number));
    if (bars->percent != NULL)
        snprintf(percent, sizeof percent, "%lld", (long long)bars->percent[i]);
    printf(" %3s\n", percent);
}

static void
print_heading(const struct work *work, const struct scale *scale)
{
    const struct attribution *a = &work->attribution;
    bool sampled = a->shapley.orders > 0;
    char line[1024], window[WINDOW_TEXT];

    snprintf(line, sizeof line,
             "%.200s: %.200s, %s%.60s; %s; %zu future%s%s, the same people in all", a->base.name,
             a->measured.label, scale->prefix, a->measured.unit, window_write(&a->window, window),
             a->replications, a->replications == 1 ? "" : "s",
             a->draws < a->replications ? " (each draw counts once)" : "");
    text_wrap(stdout, line, 0, 2);
    printf("\n%-*s %*s %*s %*s %*s", NAME_WIDTH - (sampled ? ORDERS_WIDTH : 0), "", NUMBER_WIDTH,
           "alone", NUMBER_WIDTH, "last in", NUMBER_WIDTH, "Shapley", INTERVAL_WIDTH,
           "95 % interval");
    if (sampled)
        printf(" %*s", ORDERS_WIDTH - 1, "orders");
    printf(" %3s\n", "%");
}

/* What the columns leave to the total, and the total. */
static void
print_sums(const struct work *work, const struct scale *scale, const struct bars *bars,
           const struct attribution_table *table)
{
    bool sampled = work->attribution.shapley.orders > 0;
    int name = NAME_WIDTH - (sampled ? ORDERS_WIDTH : 0);
    char text[NUMBER_TEXT + 1];

    text_cell(stdout, "interaction", name);
    print_columns(scale, bars, table->overlays);
    printf("\n");
    text_cell(stdout, "total", name);
    for (int c = 0; c < 3; c++)
        printf(" %*s", NUMBER_WIDTH, signed_text(scale, bars->total, NUMBER_WIDTH, text));
    print_interval(scale, &table->total);
    printf("\n");
}

/* "12.5", unsigned, of so many grains. */
static const char *
level_text(const struct scale *scale, int64_t value, char out[NUMBER_TEXT])
{
    return number_text((double)value * pow(10, -scale->decimals), scale->decimals, 14, out);
}

static void
print_foot(const struct work *work, const struct bars *bars, const struct scale *scale)
{
    const struct attribution *a = &work->attribution;
    static const char *const better[] = {"less is better", "neither way is better",
                                         "more is better"};
    char base[NUMBER_TEXT], all[NUMBER_TEXT], line[1024];

    snprintf(line, sizeof line,
             "Without any of them it is %s, with all %s (%s). Alone: what one brings to the base; "
             "last in: what is lost when it is left out of all; Shapley: the mean over all orders "
             "in which they may come, with its interval. Each column adds up to the total.",
             level_text(scale, bars->base, base), level_text(scale, bars->base + bars->total, all),
             better[a->measured.better + 1]);
    printf("\n");
    text_wrap(stdout, line, 0, 0);
    if (bars->percent == NULL)
        text_wrap(stdout, "No shares in per cent: the total is not surely other than nothing.", 0,
                  0);
    if (a->shapley.orders > 0) {
        snprintf(line, sizeof line,
                 "%zu orders of %zu overlays were sampled (%zu sets); orders: the standard error "
                 "of a share that comes of that, which its interval does not hold.",
                 a->shapley.orders, a->shapley.players, a->shapley.sets);
        text_wrap(stdout, line, 0, 0);
    }
}

static int
print_text(const struct work *work, const struct attribution_table *table)
{
    struct scale scale = scale_of(table);
    struct bars bars;
    bool good = make_bars(&bars, &scale, table);

    if (good) {
        print_heading(work, &scale);
        for (size_t i = 0; i < table->overlays; i++)
            print_overlay(work, &scale, &bars, i, &table->overlay[i]);
        print_sums(work, &scale, &bars, table);
        print_foot(work, &bars, &scale);
    }
    bars_free(&bars);
    return good ? EXIT_DONE : say(NO_MEMORY, "no memory for the table");
}

static const char *const columns[] = {
    "overlay",   "alone",   "alone_low", "alone_high", "last",     "last_low",
    "last_high", "shapley", "low",       "high",       "sampling", "indicator",
    "unit",      "better",  "of",        "futures",    "draws",    "base_name",
};

static void
fill_row(struct grid *grid, const struct work *work, const char *name, const struct estimate *of[3],
         double sampling)
{
    const struct attribution *a = &work->attribution;
    char of_what[ADDRESS_TEXT];

    grid_text(grid, name);
    for (int c = 0; c < 3; c++) {
        grid_number(grid, of[c] != NULL ? of[c]->mean : NAN);
        grid_number(grid, of[c] != NULL ? of[c]->low : NAN);
        grid_number(grid, of[c] != NULL ? of[c]->high : NAN);
    }
    grid_number(grid, sampling);
    grid_text(grid, a->measured.name);
    grid_text(grid, a->measured.unit);
    grid_text(grid, a->measured.better < 0 ? "less" : a->measured.better > 0 ? "more" : "");
    grid_text(grid, address_write(a->of, of_what));
    grid_number(grid, (double)a->replications);
    grid_number(grid, (double)a->draws);
    grid_text(grid, a->base.name);
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
    fill_row(&grid, work, "base", (const struct estimate *[]){NULL, NULL, &table->base}, NAN);
    fill_row(&grid, work, "all", (const struct estimate *[]){NULL, NULL, &table->all}, NAN);
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
            fprintf(to, "%llu,%lld,", (unsigned long long)a->first + r,
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
        status = check_table(&work);
    if (status == EXIT_DONE)
        status = attribute(&work);
    if (work.journalled)
        journal_close(&work.journal, status == EXIT_DONE || work.journal.entries == 0);
    attribution_free(&work.attribution);
    return status;
}
