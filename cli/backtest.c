#include "command.h"
#include "grid.h"
#include "text.h"

#include "analysis/backtest.h"

#include "sim/engine/calendar.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define LINE 1024

static void
print_number(double value, int decimals, size_t width)
{
    char text[NUMBER_TEXT];

    printf(" %*s", (int)width, number_text(value, decimals, width, text));
}

/* Error, cover and score of one forecaster, in the columns of both tables. */
static void
print_score(const struct score *score)
{
    printf(" %6zu", score->counts);
    if (score->counts < SCORE_FEWEST) {
        printf("  fewer than five: no score\n");
        return;
    }
    print_number(score->bias, 1, 7);
    print_number(score->rms, 1, 6);
    printf(" %6zu", score->spread);
    for (int l = 0; l < SCORE_LEVELS; l++)
        print_number(score->cover[l], 0, 7);
    print_number(score->crps, 1, 7);
    print_number(score->against, 2, 8);
    printf("\n");
}

#define COLUMNS "counts  bias %  rms % spread in 80 % in 90 %    CRPS to naive"

static void
print_horizons(const struct backtest *b)
{
    printf("months forecast %s\n", COLUMNS);
    for (size_t h = 0; h < b->horizons.count; h++)
        for (int who = 0; who < FORECASTERS; who++) {
            struct score score = backtest_score(b, who, BACKTEST_ALL, h);
            if (who == 0)
                printf("%6g", b->horizons.months[h]);
            else
                printf("%6s", "");
            printf(" %-8s", forecaster_words[who]);
            print_score(&score);
        }
}

/* Why ORIGIN was left out; "": it was not. */
static const char *
why_left_out(const struct backtest *b, const struct origin *origin, char out[LINE])
{
    int age = origin->known > 0 ? origin->day - b->count[origin->known - 1].day : 0;

    switch (origin->fate) {
    case ORIGIN_NO_COUNT:
        snprintf(out, LINE, "no count before it");
        break;
    case ORIGIN_OLD_COUNT:
        snprintf(out, LINE, "last count %d days before", age);
        break;
    case ORIGIN_NO_TARGET:
        snprintf(out, LINE, "no count at a horizon");
        break;
    case ORIGIN_RUNS:
        out[0] = '\0';
    }
    return out;
}

static void
print_origins(const struct backtest *b)
{
    char date[CALENDAR_TEXT], why[LINE];

    printf("\norigin      last %s\n", COLUMNS);
    for (size_t o = 0; o < b->origins; o++) {
        const struct origin *origin = &b->origin[o];
        calendar_write(origin->day, date);
        if (origin->fate != ORIGIN_RUNS) {
            printf("%-10s  left out: %s\n", date, why_left_out(b, origin, why));
            continue;
        }
        printf("%-10s", date);
        print_number(b->count[origin->known - 1].value, 0, 5);
        struct score score = backtest_score(b, FORECAST_MODEL, o, BACKTEST_ALL);
        print_score(&score);
    }
    printf("\n");
}

#define MOST_NAMED 12

/* The origins that were left out, and why; counts that nothing forecasts. */
static void
print_left_out(const struct backtest *b)
{
    char date[CALENDAR_TEXT], why[LINE], text[(MOST_NAMED + 1) * 128];
    size_t size = 0, named = 0;

    for (size_t o = 0; o < b->origins && named < MOST_NAMED; o++) {
        if (b->origin[o].fate == ORIGIN_RUNS)
            continue;
        calendar_write(b->origin[o].day, date);
        size += (size_t)snprintf(text + size, sizeof text - size, "%s%s (%.60s)",
                                 named++ > 0 ? ", " : "Left out: ", date,
                                 why_left_out(b, &b->origin[o], why));
    }
    size_t more = b->origins - b->running - named;
    if (more > 0)
        snprintf(text + size, sizeof text - size, " and %zu more, which --origins lists", more);
    if (named > 0)
        text_wrap(stdout, text, 0, 0);
    if (b->beyond == 0)
        return;
    calendar_write(backtest_end(b), date);
    snprintf(text, sizeof text, "%zu %s not before %s, where the scenario ends.", b->beyond,
             b->beyond == 1 ? "count is" : "counts are", date);
    text_wrap(stdout, text, 0, 0);
}

static const char legend[] =
    "bias, rms: mean error of the median and root of its mean square, in per cent of the count; "
    "spread: forecasts that have one, which what follows is of; in 80 %, in 90 %: per cent of the "
    "counts in that middle part of the forecast; CRPS: in persons, less is better; to naive: over "
    "the CRPS of the naive forecast of the same counts. naive: the last count before the origin; "
    "drift: moved on by the mean change a year of the counts until then; both spread as those "
    "counts were. -: fewer than five, or too few counts to tell a spread.";
static const char dependent[] =
    "These are counts of one path, and those near each other hang together: they tell less than as "
    "many independent ones would.";

/* What the model knew: of laws, and of the intake. */
static const char *const known[][2] = {
    [BACKTEST_KNOWN] = {"The model knew what the scenario dates after an origin: laws, measures, "
                        "openings, levels of intake. The score is much kinder than that of a true "
                        "forecast.",
                        "The model knew the laws, measures and openings that came after an origin, "
                        "but not the intake: the score is kinder than that of a true forecast."},
    [BACKTEST_UNKNOWN] = {"The model knew the intake after an origin, but not laws, measures and "
                          "openings: the score is kinder than that of a true forecast.",
                          "The model knew nothing that the scenario dates after an origin. What "
                          "in it was fitted to later counts still makes the score kinder than "
                          "that of a true forecast."},
};

static void
print_tables(const struct backtest *b, bool origins)
{
    char first[CALENDAR_TEXT], last[CALENDAR_TEXT], title[LINE];

    calendar_write(b->origin[0].day, first);
    calendar_write(b->origin[b->origins - 1].day, last);
    snprintf(title, sizeof title,
             "%.300s: %.200s, forecast from %zu of %zu days from %s to %s, %zu "
             "futures from each",
             b->base.name, b->asked.quantity, b->running, b->origins, first, last, b->replications);
    text_wrap(stdout, title, 0, 0);
    print_horizons(b);
    if (origins)
        print_origins(b);
    else
        print_left_out(b);
    text_wrap(stdout, legend, 0, 0);
    text_wrap(stdout, dependent, 0, 0);
    text_wrap(stdout, known[b->asked.laws][b->asked.intake], 0, 0);
}

static void
put_date(struct grid *grid, int32_t day)
{
    char date[CALENDAR_TEXT];

    calendar_write(day, date);
    grid_text(grid, date);
}

/* A row for each forecast of a count. */
static bool
print_forecasts(const struct backtest *b)
{
    static const char *const columns[] = {"origin",  "known_date", "known",    "date",   "months",
                                          "horizon", "count",      "forecast", "median", "low_80",
                                          "high_80", "low_90",     "high_90",  "crps"};
    struct grid grid = {.column = columns, .columns = sizeof columns / sizeof *columns};

    for (size_t f = 0; f < b->forecasts * FORECASTERS; f++) {
        const struct forecast *forecast = &b->forecast[f / FORECASTERS];
        const struct outcome *of = &forecast->of[f % FORECASTERS];
        const struct origin *origin = &b->origin[forecast->origin];
        const struct past_count *from = &b->count[origin->known - 1];
        put_date(&grid, origin->day);
        put_date(&grid, from->day);
        grid_number(&grid, from->value);
        put_date(&grid, b->count[forecast->count].day);
        grid_number(&grid, forecast->months);
        grid_number(&grid, b->horizons.months[forecast->horizon]);
        grid_number(&grid, of->observed);
        grid_text(&grid, forecaster_words[f % FORECASTERS]);
        grid_number(&grid, of->median);
        for (int l = 0; l < SCORE_LEVELS; l++) {
            grid_number(&grid, of->low[l]);
            grid_number(&grid, of->high[l]);
        }
        grid_number(&grid, of->crps);
    }
    bool good = grid_print(&grid, GRID_CSV, stdout);
    grid_free(&grid);
    return good;
}

/* A row for each forecaster at each horizon; what is of the whole back-test stands in each. */
static bool
print_scores(const struct backtest *b, enum grid_format format)
{
    static const char *const columns[] = {"forecaster", "months",      "counts",  "bias",  "rms",
                                          "spread",     "cover80",     "cover90", "crps",  "skill",
                                          "name",       "quantity",    "futures", "first", "last",
                                          "laws_known", "intake_known"};
    struct grid grid = {.column = columns, .columns = sizeof columns / sizeof *columns};

    for (size_t i = 0; i < b->horizons.count * FORECASTERS; i++) {
        enum forecaster who = (enum forecaster)(i % FORECASTERS);
        struct score score = backtest_score(b, who, BACKTEST_ALL, i / FORECASTERS);
        const double number[] = {(double)score.counts, score.bias,     score.rms,
                                 (double)score.spread, score.cover[0], score.cover[1],
                                 score.crps,           score.against};
        grid_text(&grid, forecaster_words[who]);
        grid_number(&grid, b->horizons.months[i / FORECASTERS]);
        for (size_t n = 0; n < sizeof number / sizeof *number; n++)
            grid_number(&grid, number[n]);
        grid_text(&grid, b->base.name);
        grid_text(&grid, b->asked.quantity);
        grid_number(&grid, (double)b->replications);
        put_date(&grid, b->origin[0].day);
        put_date(&grid, b->origin[b->origins - 1].day);
        grid_text(&grid, b->asked.laws == BACKTEST_KNOWN ? "yes" : "no");
        grid_text(&grid, b->asked.intake == BACKTEST_KNOWN ? "yes" : "no");
    }
    bool good = grid_print(&grid, format, stdout);
    grid_free(&grid);
    return good;
}

static int
print_told(const struct backtest *b, const struct options *options, enum grid_format format)
{
    bool good = true;

    if (options->csv)
        good = print_forecasts(b);
    else if (format != GRID_TEXT)
        good = print_scores(b, format);
    else
        print_tables(b, options->origins);
    return good ? EXIT_DONE : EXIT_ENVIRONMENT;
}

static int
run_backtest(struct backtest *b, const struct options *options, enum grid_format format,
             int threads)
{
    struct error err = {0};

    if (!options->quiet)
        fprintf(stderr, "doorstroom backtest: %zu origins, %zu replications in all\n", b->running,
                b->running * b->replications);
    int status = backtest_run(b, threads_default("backtest", threads), &err);
    if (status == INTERRUPTED) {
        fprintf(stderr, "doorstroom backtest: stopped; nothing is scored\n");
        return stop_status();
    }
    if (status != OK) {
        fprintf(stderr, "doorstroom backtest: %s\n", err.message);
        return exit_for(status);
    }
    return print_told(b, options, format);
}

/* Numbers and words of the command line. */
static int
read_options(const struct options *options, enum grid_format *format, unsigned long long *threads,
             unsigned long long *replications)
{
    int status = EXIT_DONE;

    *format = grid_format_read("backtest", options->format);
    if (*format == GRID_FORMATS)
        return EXIT_BAD_INPUT;
    if (options->csv && options->format != NULL) {
        fprintf(stderr, "doorstroom backtest: --csv is each forecast, --format the scores: give "
                        "one\n");
        return EXIT_BAD_INPUT;
    }
    if (options->threads != NULL)
        status = read_number("backtest", "--threads", options->threads, 1, 1024,
                             "a whole number from 1 to 1024", threads);
    if (status == EXIT_DONE && options->replications != NULL)
        status = read_number("backtest", "--replications", options->replications, 20, 100000,
                             "a whole number from 20 to 100000", replications);
    return status;
}

int
command_backtest(const struct options *options)
{
    unsigned long long threads = 0, replications = 0;
    enum grid_format format;
    struct backtest backtest;
    struct faults faults = {0};
    struct error err = {0};
    int status = read_options(options, &format, &threads, &replications);

    if (status != EXIT_DONE)
        return status;
    int made =
        backtest_read(&backtest, options->argument[0], options->allow_outside, &faults, &err);
    print_faults(&faults);
    if (made != OK && err.message[0] != '\0')
        fprintf(stderr, "doorstroom backtest: %s\n", err.message);
    status = exit_for(made);
    if (made == OK) {
        backtest.stop = stop_on_signals();
        backtest.replications = replications > 0 ? (size_t)replications : backtest.replications;
        status = run_backtest(&backtest, options, format, (int)threads);
    }
    backtest_free(&backtest);
    faults_free(&faults);
    return status;
}
