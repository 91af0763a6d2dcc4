#include "command.h"
#include "grid.h"
#include "progress.h"
#include "text.h"

#include "analysis/power.h"
#include "models/run/run.h"

#include "sim/engine/calendar.h"

#include <math.h>
#include <stdio.h>

#define LINE 2048

/* What the run tells is told to. */
struct telling {
    const struct power *power;
    struct run run; /* for the line of progress */
    struct progress progress;
};

static void
tell_progress(void *context, uint64_t done, uint64_t total)
{
    struct telling *telling = context;

    telling->run.days = __atomic_load_n(&telling->power->days, __ATOMIC_RELAXED);
    progress_tell(&telling->progress, done, total);
}

static const struct power_outcome *
outcome_of(const struct power *power, size_t data)
{
    return &power->outcome[power->data[data].outcome];
}

static bool
is_relative(const struct power *power)
{
    return power->asked.scale == POWER_RELATIVE;
}

static size_t
regions_of(const struct power *power)
{
    return power->scenario[0].regions.count;
}

/* "returns by quarter" */
static const char *
data_text(const struct power *power, size_t data, char out[LINE])
{
    snprintf(out, LINE, "%.200s by %s", outcome_of(power, data)->name,
             power_period_words[power->data[data].period]);
    return out;
}

static void
print_title(const struct power *power)
{
    static const char *const tests[] = {
        [POWER_ORDERS] = "against other orders of the same openings",
        [POWER_FUTURES] = "against half of the futures without an effect"};
    char date[CALENDAR_TEXT], text[LINE];

    calendar_write(power->from, date);
    snprintf(text, sizeof text,
             "%.300s: houses open in %zu regions, watched from %s, judged at a level of %g %% %s, "
             "in %zu futures",
             power->scenario[0].name, regions_of(power), date, 100 * power->asked.level,
             tests[power->asked.test], power->replications);
    text_wrap(stdout, text, 0, 0);
}

static void
print_row(const struct power *power, const struct power_row *row)
{
    const double percent[] = {100 * row->seen.value, 100 * row->seen.low, 100 * row->seen.high};
    double change = (is_relative(power) ? 100 : 1) * row->change.mean;
    char text[NUMBER_TEXT];

    text_cell(stdout, power_effect_name(power, row->effect), 28);
    printf(" %5zu %11s", power->years[row->watch],
           number_text(row->house_years, row->house_years < 100 ? 1 : 0, 11, text));
    printf(" %9s", number_text(change, is_relative(power) ? 1 : number_decimals(change), 9, text));
    printf(" %7s", number_text(percent[0], 1, 7, text));
    printf(" %5s", number_text(percent[1], 1, 5, text));
    printf(" %5s\n", number_text(percent[2], 1, 5, text));
}

static void
print_table(const struct power *power)
{
    char text[LINE];

    for (size_t d = 0; d < power->datas; d++) {
        printf("\n");
        text_wrap(stdout, data_text(power, d, text), 0, 2);
        printf("%-28s %5s %11s %9s %7s %5s %5s\n", "effect", "years", "house-years",
               is_relative(power) ? "change %" : "change", "seen %", "low", "high");
        for (size_t e = 0; e < power->effects; e++)
            for (size_t w = 0; w < power->watches; w++)
                print_row(power, power_row(power, d, e, w));
    }
}

/* From how many house-years on each effect is seen as often as is aimed at. */
static void
print_enough(const struct power *power)
{
    char text[LINE], data[LINE];

    printf("\n");
    for (size_t e = 1; e < power->effects; e++)
        for (size_t d = 0; d < power->datas; d++) {
            const struct power_row *row = power_enough(power, d, e);
            int used = snprintf(text, sizeof text, "%.200s, %.400s: ", power_effect_name(power, e),
                                data_text(power, d, data));
            if (row == NULL)
                snprintf(text + used, sizeof text - (size_t)used,
                         "not shown to be seen in %g %% of futures within %zu years",
                         100 * power->asked.aim, power->years[power->watches - 1]);
            else
                snprintf(text + used, sizeof text - (size_t)used,
                         "seen in %g %% of futures or more from %zu year%s and %.1f house-years on",
                         100 * power->asked.aim, power->years[row->watch],
                         power->years[row->watch] == 1 ? "" : "s", row->house_years);
            text_wrap(stdout, text, 0, 2);
        }
}

/* The effect with the smallest mean change that is shown to be seen at the end. */
static void
print_smallest(const struct power *power)
{
    const struct power_row *smallest = NULL;
    char text[LINE], data[LINE], change[NUMBER_TEXT];

    for (size_t d = 0; d < power->datas; d++)
        for (size_t e = 1; e < power->effects; e++) {
            const struct power_row *row = power_row(power, d, e, power->watches - 1);
            if (row->seen.low >= power->asked.aim &&
                (smallest == NULL || fabs(row->change.mean) < fabs(smallest->change.mean)))
                smallest = row;
        }
    if (smallest == NULL)
        return;
    double value = (is_relative(power) ? 100 : 1) * smallest->change.mean;
    snprintf(text, sizeof text,
             "The smallest of these changes that is seen so often after %zu years: %s%s (%.200s, "
             "%.400s).",
             power->years[smallest->watch],
             number_text(value, is_relative(power) ? 1 : number_decimals(value), 12, change),
             is_relative(power) ? " %" : "", power_effect_name(power, smallest->effect),
             data_text(power, smallest->data, data));
    text_wrap(stdout, text, 0, 2);
}

/* Which of several data show an effect more often than others, in the same futures. */
static void
print_better(const struct power *power)
{
    char text[LINE], a[LINE], b[LINE];
    bool any = false;

    for (size_t e = 1; e < power->effects; e++)
        for (size_t i = 0; i < power->datas; i++)
            for (size_t j = 0; j < power->datas; j++)
                if (i != j && power_is_better(power, e, i, j)) {
                    snprintf(text, sizeof text,
                             "%.200s is seen more often in %.400s than in %.400s.",
                             power_effect_name(power, e), data_text(power, i, a),
                             data_text(power, j, b));
                    text_wrap(stdout, text, 0, 2);
                    any = true;
                }
    if (power->datas > 1 && !any)
        text_wrap(stdout, "No data are shown to be better than others at the end.", 0, 2);
}

/* What the test is made from, and so what is to be kept. */
static void
print_keep(const struct power *power)
{
    char text[LINE];

    for (size_t o = 0; o < power->asked.outcomes.count; o++) {
        const struct data_object *asked = power->asked.outcomes.item;
        snprintf(text, sizeof text,
                 "Keep for %.200s: region, first day of the period, %.200s%s%.200s; and of each "
                 "house its region and the days on which it opens and closes.",
                 power->outcome[o].name, asked[o].of, asked[o].per != NULL ? ", " : "",
                 asked[o].per != NULL ? asked[o].per : "");
        text_wrap(stdout, text, 0, 2);
    }
}

/* False alarms that are more than the level says. */
static void
print_alarms(const struct power *power)
{
    char text[LINE], data[LINE];

    for (size_t d = 0; d < power->datas; d++)
        for (size_t w = 0; w < power->watches; w++) {
            const struct power_row *row = power_row(power, d, 0, w);
            if (!(row->seen.low > power->asked.level))
                continue;
            snprintf(text, sizeof text,
                     "False alarms in %.400s after %zu years are more than %g %%: %s; what is seen "
                     "there says too much.",
                     data_text(power, d, data), power->years[w], 100 * power->asked.level,
                     power->asked.test == POWER_ORDERS
                         ? "the openings change what is counted by themselves, or the regions are "
                           "so unlike each other that they cannot stand in for one another"
                         : "the futures are too few");
            text_wrap(stdout, text, 0, 2);
        }
}

static const char legend[] =
    "house-years: of houses that opened since, summed, mean over futures; change: mean over "
    "futures of the change that the evaluation finds in a period under houses, as a share of the "
    "region's mean over the years watched; seen %: futures in which it is told from chance, with "
    "its interval of 95 %: of an effect the power, of no effect false alarms; -: too few openings "
    "yet for any change to be told from chance.";
static const char legend_plain[] =
    "house-years: of houses that opened since, summed, mean over futures; change: mean over "
    "futures of the change that the evaluation finds in a period under houses, in the unit of what "
    "is counted; seen %: futures in which it is told from chance, with its interval of 95 %: of an "
    "effect the power, of no effect false alarms; -: too few openings yet for any change to be "
    "told from chance.";
static const char *const limits[] = {
    [POWER_ORDERS] =
        "Holds if lots decide which region opens when. If they do not, the level is only as good "
        "as the false alarms above, which hold in this scenario.",
    [POWER_FUTURES] =
        "Holds if chance in the world is as in the scenario: what comes to a region there and not "
        "here (a new court, a strike) is not in it.",
};
static const char not_done[] =
    "Not looked at: people one by one (whoever lived in a house against whoever could have), an "
    "effect that grows with the number of houses of a region or with time, and looking more than "
    "once: each row is an evaluation of its own.";

static void
print_told(const struct power *power)
{
    print_title(power);
    print_table(power);
    print_enough(power);
    print_smallest(power);
    print_better(power);
    print_alarms(power);
    print_keep(power);
    printf("\n");
    text_wrap(stdout, is_relative(power) ? legend : legend_plain, 0, 0);
    text_wrap(stdout, limits[power->asked.test], 0, 0);
    text_wrap(stdout, not_done, 0, 0);
}

static int
print_grid(const struct power *power, enum grid_format format)
{
    static const char *const columns[] = {
        "outcome",     "of",      "per",          "period",      "effect", "years",
        "house_years", "change",  "change_low",   "change_high", "seen",   "seen_low",
        "seen_high",   "futures", "futures_able", "level",       "test"};
    static const char *const tests[] = {"orders", "futures"};
    const struct data_object *asked = power->asked.outcomes.item;
    struct grid grid = {.column = columns, .columns = sizeof columns / sizeof *columns};

    for (size_t i = 0; i < power->rows; i++) {
        const struct power_row *row = &power->row[i];
        const struct power_data *data = &power->data[row->data];
        const double number[] = {(double)power->years[row->watch],
                                 row->house_years,
                                 row->change.mean,
                                 row->change.low,
                                 row->change.high,
                                 row->seen.value,
                                 row->seen.low,
                                 row->seen.high,
                                 (double)power->replications,
                                 (double)row->able,
                                 power->asked.level};
        grid_text(&grid, outcome_of(power, row->data)->name);
        grid_text(&grid, asked[data->outcome].of);
        grid_text(&grid, asked[data->outcome].per);
        grid_text(&grid, power_period_words[data->period]);
        grid_text(&grid, power_effect_name(power, row->effect));
        for (size_t n = 0; n < sizeof number / sizeof *number; n++)
            grid_number(&grid, number[n]);
        grid_text(&grid, tests[power->asked.test]);
    }
    bool good = grid_print(&grid, format, stdout);
    grid_free(&grid);
    return good ? EXIT_DONE : EXIT_ENVIRONMENT;
}

static int
run_power(struct power *power, struct telling *telling, enum grid_format format, bool quiet)
{
    struct error err = {0};

    progress_begin(&telling->progress, &telling->run, quiet);
    int status = power_run(power, &err);
    progress_end(&telling->progress);
    if (status == INTERRUPTED) {
        fprintf(stderr, "doorstroom power: stopped; nothing is told\n");
        return stop_status();
    }
    if (status != OK)
        return say_fault("power", status, err.message);
    if (format != GRID_TEXT)
        return print_grid(power, format);
    print_told(power);
    return EXIT_DONE;
}

int
command_power(const struct options *options)
{
    enum grid_format format = grid_format_read("power", options->format);
    unsigned long long threads = 0, replications = 0;
    struct power power;
    struct telling telling = {.power = &power};
    struct faults faults = {0};
    struct error err = {0};
    int status = format == GRID_FORMATS ? EXIT_BAD_INPUT : EXIT_DONE;

    if (status == EXIT_DONE && options->threads != NULL)
        status = read_number("power", "--threads", options->threads, 1, 1024,
                             "a whole number from 1 to 1024", &threads);
    if (status == EXIT_DONE && options->replications != NULL)
        status = read_number("power", "--replications", options->replications, 20, 1000000,
                             "a whole number from 20 to 1000000", &replications);
    if (status != EXIT_DONE)
        return status;
    int read = power_read(&power, options->argument[0], options->allow_outside, &faults, &err);
    print_faults(&faults);
    if (read != OK)
        status = faults.errors == 0 ? say_fault("power", read, err.message) : exit_for(read);
    if (read == OK) {
        power.replications = replications > 0 ? (size_t)replications : power.replications;
        power.threads = threads_default("power", (int)threads);
        power.stop = stop_on_signals();
        power.progress = tell_progress;
        power.context = &telling;
        status = run_power(&power, &telling, format, options->quiet);
    }
    power_free(&power);
    faults_free(&faults);
    return status;
}
