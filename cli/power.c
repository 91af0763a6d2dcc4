#include "command.h"
#include "grid.h"
#include "progress.h"
#include "text.h"

#include "analysis/lines.h"
#include "analysis/power.h"
#include "models/run/run.h"

#include "sim/engine/calendar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

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

/* "returns by quarter"; "returns, person by person" */
static const char *
data_text(const struct power *power, size_t data, char out[LINE])
{
    snprintf(out, LINE, "%.200s%s%s", outcome_of(power, data)->name,
             power->data[data].people ? ", person by person" : " by ",
             power->data[data].people ? "" : power_period_words[power->data[data].period]);
    return out;
}

static void
print_title(const struct power *power)
{
    static const char *const tests[] = {[POWER_ORDERS] =
                                            "against other orders of the same openings",
                                        [POWER_FUTURES] = "against futures without an effect"};
    char date[CALENDAR_TEXT], text[LINE];

    calendar_write(power->from, date);
    snprintf(text, sizeof text,
             "%.300s: houses open in %zu regions, watched from %s, judged at a level of %g %% %s, "
             "in %zu futures",
             power->scenario[0].name, regions_of(power), date, 100 * power->asked.level,
             tests[power->asked.test], power->replications);
    text_wrap(stdout, text, 0, 0);
}

/* The mean change of ROW, in per cent where it is relative. */
static const char *
change_text(const struct power *power, const struct power_row *row, char out[NUMBER_TEXT])
{
    double change = row->change.mean;

    if (is_relative(power))
        return number_text(100 * change, 1, 9, out);
    return number_text(change, number_decimals(fabs(change)), 9, out);
}

static void
print_row(const struct power *power, const struct power_row *row)
{
    const double percent[] = {100 * row->seen.value, 100 * row->seen.low, 100 * row->seen.high};
    char text[NUMBER_TEXT];

    text_cell(stdout, power_effect_name(power, row->effect), 28);
    printf(" %5zu %11s", power->years[row->watch],
           number_text(row->house_years, row->house_years < 100 ? 1 : 0, 11, text));
    printf(" %9s", change_text(power, row, text));
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

/* LINES as a paragraph, which then is empty; false: no memory. */
static bool
print_lines(struct lines *lines)
{
    bool good = !lines->lost && lines->text != NULL;

    if (good)
        text_wrap(stdout, lines->text, 0, 2);
    free(lines->text);
    *lines = (struct lines){0};
    return good;
}

/* From how many house-years on EFFECT is seen as often as is aimed at. */
static void
put_enough(const struct power *power, size_t effect, struct lines *to)
{
    char data[LINE];
    bool any = false;

    for (size_t d = 0; d < power->datas; d++) {
        const struct power_row *row = power_enough(power, d, effect);
        if (row == NULL)
            continue;
        if (!any)
            lines_put(to, "seen in %g %% of futures or more", 100 * power->asked.aim);
        lines_put(to, "%s from %zu year%s and %.1f house-years on in %.400s", any ? "," : "",
                  power->years[row->watch], power->years[row->watch] == 1 ? "" : "s",
                  row->house_years, data_text(power, d, data));
        any = true;
    }
    if (!any)
        lines_put(to, "not shown to be seen in %g %% of futures within %zu years",
                  100 * power->asked.aim, power->years[power->watches - 1]);
    lines_put(to, ".");
}

/* In which data EFFECT is seen most often at the end, and which show it less often. */
static void
put_best(const struct power *power, size_t effect, struct lines *to)
{
    size_t last = power->watches - 1, best = 0;
    char data[LINE];
    bool any = false;

    for (size_t d = 1; d < power->datas; d++) {
        double seen = power_row(power, d, effect, last)->seen.value;
        double most = power_row(power, best, effect, last)->seen.value;
        best = seen > most || isnan(most) ? d : best;
    }
    for (size_t d = 0; d < power->datas; d++)
        if (power_is_better(power, effect, best, d)) {
            lines_put(to, "%s%.400s", any ? ", " : " Seen less often at the end in ",
                      data_text(power, d, data));
            any = true;
        }
    if (any)
        lines_put(to, " than in %.400s.", data_text(power, best, data));
    else if (power->datas > 1)
        lines_put(to, " No data are shown to be better than others for it.");
}

static bool
print_effects(const struct power *power)
{
    bool good = true;

    printf("\n");
    for (size_t e = 1; e < power->effects; e++) {
        struct lines text = {0};
        lines_put(&text, "%.200s: ", power_effect_name(power, e));
        put_enough(power, e, &text);
        put_best(power, e, &text);
        good &= print_lines(&text);
    }
    return good;
}

/* By how much the change of ROW differs from what is found without an effect. */
static double
brought(const struct power *power, const struct power_row *row)
{
    return row->change.mean - power_row(power, row->data, 0, row->watch)->change.mean;
}

/* Of DATA, the effect with the smallest mean change that is shown to be seen at the end; what is
 * found in other data may have another unit. */
static void
print_smallest(const struct power *power, size_t data)
{
    size_t last = power->watches - 1;
    const struct power_row *none = power_row(power, data, 0, last), *smallest = NULL;
    const char *unit = is_relative(power) ? " %" : "";
    char text[LINE], name[LINE], change[2][NUMBER_TEXT];

    for (size_t e = 1; e < power->effects; e++) {
        const struct power_row *row = power_row(power, data, e, last);
        if (row->seen.low >= power->asked.aim &&
            (smallest == NULL || fabs(brought(power, row)) < fabs(brought(power, smallest))))
            smallest = row;
    }
    if (smallest == NULL)
        return;
    snprintf(text, sizeof text,
             "The smallest change that is seen so often after %zu year%s: %.200s, in %.400s (%s%s, "
             "without an effect %s%s).",
             power->years[last], power->years[last] == 1 ? "" : "s",
             power_effect_name(power, smallest->effect), data_text(power, data, name),
             change_text(power, smallest, change[0]), unit, change_text(power, none, change[1]),
             unit);
    text_wrap(stdout, text, 0, 2);
}

/* Data and years in which false alarms are more than the level says. */
static bool
print_alarms(const struct power *power)
{
    struct lines text = {0};
    char data[LINE];

    for (size_t d = 0; d < power->datas; d++)
        for (size_t w = 0; w < power->watches; w++)
            if (power_errs(power, d, w))
                lines_put(&text, "%s%.400s after %zu year%s", text.size > 0 ? ", " : "",
                          data_text(power, d, data), power->years[w],
                          power->years[w] == 1 ? "" : "s");
    if (text.size == 0)
        return true;
    lines_put(&text,
              ": false alarms are more than %g %%: the openings change what is counted by "
              "themselves, or the regions are so unlike that they cannot stand in for one another; "
              "what is seen there says too much.",
              100 * power->asked.level);
    return print_lines(&text);
}

/* What the test is made from, and so what is to be kept. */
static void
print_keep(const struct power *power)
{
    char text[LINE];

    for (size_t o = 0; o < power->asked.outcomes.count; o++) {
        const struct data_object *asked =
            (const struct data_object *)power->asked.outcomes.item + o;
        bool people = asked->against != NULL;
        snprintf(text, sizeof text,
                 "Keep for %.200s: %s%.200s%s%.200s%s%.200s%s%.200s; and of each house its region "
                 "and the days on which it opens and closes.",
                 power->outcome[o].name,
                 people ? "of each person when released from where, when back; that is, "
                        : "region, first day of the period, ",
                 asked->of, asked->per != NULL ? "; " : "", asked->per != NULL ? asked->per : "",
                 people ? "; " : "", people ? asked->against : "", people ? "; " : "",
                 people ? asked->other_per : "");
        text_wrap(stdout, text, 0, 2);
    }
}

#define LEGEND(unit)                                                                               \
    "house-years: of houses that opened since, by months begun, summed, mean over futures; "       \
    "change: mean over futures of what the evaluation finds a period under houses to "             \
    "change, " unit                                                                                \
    "; seen %: futures in which it is told from chance, with the interval of 95 %: of an effect "  \
    "the power, of no effect false alarms; -: too few openings or periods yet for any change to "  \
    "be told from chance."
static const char *const legend[] = {
    [POWER_RELATIVE] = LEGEND("as a share of the region's mean over the years watched"),
    [POWER_PLAIN] = LEGEND("in the unit of what is counted"),
};
static const char *const limits[] = {
    [POWER_ORDERS] =
        "Holds if lots decide which region opens when. If they do not, the level is only as good "
        "as the false alarms above, which hold in this scenario.",
    [POWER_FUTURES] =
        "Holds if chance in the world is as in the scenario: what comes to a region there and not "
        "here (a new court, a strike) is not in it.",
};
static const char of_people[] =
    "Person by person: held against futures without an effect, so what sets those who come to a "
    "house apart is taken from the scenario, as is how many of them were released too lately to be "
    "back yet. In the world the first is not known, unless lots decide who of those who could come "
    "does: read it as the most that such data can show. Its change is that from the other people's "
    "share to theirs.";
static const char not_done[] =
    "Not looked at: an effect that grows with the number of houses of a region or with time, "
    "people who are counted elsewhere than where their house is, and looking more than once: each "
    "row is "
    "an evaluation of its own.";

/* Are there data of people, or (not) of regions? */
static bool
has_data(const struct power *power, bool people)
{
    bool any = false;

    for (size_t d = 0; d < power->datas; d++)
        any |= power->data[d].people == people;
    return any;
}

/* False: no memory. */
static bool
print_told(const struct power *power)
{
    print_title(power);
    print_table(power);
    bool good = print_effects(power);
    for (size_t d = 0; d < power->datas; d++)
        print_smallest(power, d);
    good &= print_alarms(power);
    print_keep(power);
    printf("\n");
    text_wrap(stdout, legend[power->asked.scale], 0, 0);
    if (has_data(power, false))
        text_wrap(stdout, limits[power->asked.test], 0, 0);
    if (has_data(power, true))
        text_wrap(stdout, of_people, 0, 0);
    text_wrap(stdout, not_done, 0, 0);
    return good;
}

static void
put_row(struct grid *grid, const struct power *power, const struct power_row *row)
{
    static const char *const tests[] = {[POWER_ORDERS] = "orders", [POWER_FUTURES] = "futures"};
    const struct power_data *data = &power->data[row->data];
    const struct data_object *asked =
        (const struct data_object *)power->asked.outcomes.item + data->outcome;
    const char *const text[] = {outcome_of(power, row->data)->name,
                                asked->of,
                                asked->per,
                                asked->against,
                                asked->other_per,
                                data->people ? "person" : power_period_words[data->period],
                                power_effect_name(power, row->effect)};
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

    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        grid_text(grid, text[i]);
    for (size_t i = 0; i < sizeof number / sizeof *number; i++)
        grid_number(grid, number[i]);
    grid_text(grid, tests[power_test_of(power, row->data)]);
}

static int
print_grid(const struct power *power, enum grid_format format)
{
    static const char *const columns[] = {"outcome",      "of",       "per",        "against",
                                          "other_per",    "period",   "effect",     "years",
                                          "house_years",  "change",   "change_low", "change_high",
                                          "seen",         "seen_low", "seen_high",  "futures",
                                          "futures_able", "level",    "test"};
    struct grid grid = {.column = columns, .columns = sizeof columns / sizeof *columns};

    for (size_t i = 0; i < power->rows; i++)
        put_row(&grid, power, &power->row[i]);
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
    return print_told(power) ? EXIT_DONE : say_fault("power", NO_MEMORY, "no memory to tell it");
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
