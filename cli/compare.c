#include "command.h"
#include "grid.h"
#include "text.h"

#include "analysis/address.h"
#include "analysis/compare.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What was asked, what was opened, what came out. */
struct work {
    const struct options *options;
    enum grid_format format;
    struct compare_asked asked;
    struct address *address; /* [--of]: holds the names */
    struct quantity_name *name;
    struct store *store[MOST_ARGUMENTS];
    struct comparison comparison;
};

static int
say(const char *message)
{
    char safe[2048];

    fprintf(stderr, "doorstroom compare: %s\n", text_safe(message, 0, safe, sizeof safe));
    return EXIT_BAD_INPUT;
}

/* Does item I say what one before it says? It would count twice where all are tested together. */
static bool
is_repeated(const struct option_texts *of, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(of->item[k], of->item[i]) == 0)
            return true;
    return false;
}

/* "population, Antwerpen": as between the brackets of an address. */
static int
read_of(struct work *work, size_t i)
{
    char text[ADDRESS_TEXT];
    struct error err = {0};
    int length = snprintf(text, sizeof text, "mean(%s)", work->options->of.item[i]);

    if (length < 0 || (size_t)length >= sizeof text)
        return say("--of is too long");
    if (address_read(&work->address[i], text, &err) != OK)
        return say(err.message);
    struct window all;
    window_read("all", &all);
    const struct window *window = &work->address[i].window;
    if (window->from != all.from || window->until != all.until)
        return say("--of names no time: give --time, or put a label that looks like one between "
                   "double quotes");
    work->name[work->asked.quantities] = work->address[i].quantity;
    work->asked.quantities += !is_repeated(&work->options->of, i);
    return EXIT_DONE;
}

static int
read_asked(struct work *work)
{
    const struct options *options = work->options;
    const char *by = options->by;
    int status = EXIT_DONE;

    work->address = calloc(options->of.count + 1, sizeof *work->address);
    work->name = calloc(options->of.count + 1, sizeof *work->name);
    if (work->address == NULL || work->name == NULL) {
        say("no memory for what is asked");
        return EXIT_ENVIRONMENT;
    }
    for (size_t i = 0; i < options->of.count && status == EXIT_DONE; i++)
        status = read_of(work, i);
    work->asked.quantity = work->name;
    if (status == EXIT_DONE &&
        !window_read(options->time != NULL ? options->time : "all", &work->asked.window))
        status = say("--time: expected a year, a month, a day or two with '..' between, such as "
                     "2030 or 2027..2031");
    if (by != NULL && strcmp(by, "year") == 0)
        work->asked.times = COMPARE_YEARS;
    else if (by != NULL && strcmp(by, "month") == 0)
        work->asked.times = COMPARE_MONTHS;
    else
        work->asked.over = by;
    return status;
}

static int
open_all(struct work *work)
{
    struct error err = {0};

    for (int i = 0; i < work->options->arguments; i++) {
        if (store_open(&work->store[i], work->options->argument[i], &err) != OK) {
            say(err.message);
            return exit_for(err.code);
        }
        store_use_threads(work->store[i], threads_default("compare", 0));
    }
    return EXIT_DONE;
}

/* "all.h5: All seven recommendations (id 70f78fc25848)". */
static void
print_result(const char *what, const struct work *work, size_t i)
{
    const char *title = store_text(work->store[i], NULL, "title");
    char line[4096];

    snprintf(line, sizeof line, "%-6s %.2000s: %.1000s (id %.12s)", what,
             work->options->argument[i], title != NULL ? title : "", store_id(work->store[i]));
    text_wrap(stdout, line, 0, 7);
}

/* What is very large is told in millions. */
static double
scale_of(const struct compare_row *row, const char **prefix)
{
    bool large = row->base_largest >= 1e6;

    *prefix = large ? "mln" : "";
    return large ? 1e-6 : 1;
}

static const char *
signed_text(double value, int decimals, size_t width, char out[NUMBER_TEXT + 1])
{
    number_text(value, decimals, value > 0 ? width - 1 : width, out + 1);
    out[0] = '+';
    return value > 0 && strcmp(out + 1, "0") != 0 ? out : out + 1;
}

/* The name of a row within its indicator: labels, the time, or nothing. */
static const char *
row_name(const struct work *work, const struct compare_row *row, char out[256])
{
    char window[WINDOW_TEXT];
    size_t size = 0;

    out[0] = '\0';
    for (size_t i = 0; i < row->labels; i++)
        size +=
            (size_t)snprintf(out + size, 256 - size, "%s%.60s", i > 0 ? ", " : "", row->label[i]);
    if (work->asked.times != COMPARE_WHOLE)
        snprintf(out + size, 256 - size, "%s%s", size > 0 ? ", " : "",
                 window_write(&row->window, window));
    return out;
}

#define NAME_WIDTH 31

/* Decimals in which a small difference from a large base still shows. */
static int
difference_decimals(int decimals, double largest)
{
    if (decimals == NUMBER_POWERS || !(largest > 0))
        return decimals;
    for (int more = 0; more < 3 && largest * pow(10, decimals) < 1; more++)
        decimals++;
    return decimals;
}

/* "+12 to +34" of SCALED ends. */
static const char *
range_text(double low, double high, int decimals, char out[2 * NUMBER_TEXT + 8])
{
    char from[NUMBER_TEXT + 1], to[NUMBER_TEXT + 1];

    snprintf(out, 2 * NUMBER_TEXT + 8, "-");
    if (!isnan(low) && !isnan(high))
        snprintf(out, 2 * NUMBER_TEXT + 8, "%s to %s", signed_text(low, decimals, 6, from),
                 signed_text(high, decimals, 6, to));
    return out;
}

/* A per cent of futures in a column, to the nearest whole one; "" where nothing is better. */
static const char *
share_text(double share, char out[8])
{
    out[0] = '\0';
    if (!isnan(share))
        snprintf(out, 8, " %3.0f", floor(share + 0.5));
    return out;
}

static void
print_row(const struct work *work, const struct compare_row *row, size_t k, const char *name)
{
    const struct compared *c = &row->compared[k];
    bool futures = work->options->futures;
    double low = futures ? c->difference.tenth : c->difference.low;
    double high = futures ? c->difference.ninetieth : c->difference.high;
    const char *prefix;
    double scale = scale_of(row, &prefix);
    int decimals = number_decimals(scale * row->base_largest);
    int finer = difference_decimals(
        decimals, scale * fmax(fabs(c->difference.low), fabs(c->difference.high)));
    char base[NUMBER_TEXT], difference[NUMBER_TEXT + 1], range[2 * NUMBER_TEXT + 8],
        relative[NUMBER_TEXT + 1], better[8], worse[8];

    text_cell(stdout, name, NAME_WIDTH);
    printf("%8s %8s%c%16s %6s%s%s\n", number_text(scale * row->base.mean, decimals, 8, base),
           signed_text(scale * c->difference.mean, finer, 8, difference),
           c->holm < 0.05 ? '*' : ' ', range_text(scale * low, scale * high, finer, range),
           signed_text(row->base.mean > 0 ? c->relative : NAN, 1, 6, relative),
           share_text(c->better, better), share_text(100 - c->better - c->same, worse));
}

/* The name of an indicator, marked by which way is better; with its unit where there is room for a
 * line of its own. */
static void
indicator_name(const struct compare_row *row, bool with_unit, char text[512])
{
    static const char *const marks[] = {"v ", "  ", "^ "};
    const char *prefix;

    scale_of(row, &prefix);
    bool unit = with_unit || strcmp(row->of.unit, "euro") == 0;
    snprintf(text, 512, "%s%.200s%s%s%s%.60s", marks[row->of.better + 1], row->of.label,
             unit || prefix[0] != '\0' ? ", " : "", prefix, unit && prefix[0] != '\0' ? " " : "",
             unit ? row->of.unit : "");
}

static bool
is_same_indicator(const struct comparison *c, size_t a, size_t b)
{
    return a < c->rows && b < c->rows && strcmp(c->row[a].of.name, c->row[b].of.name) == 0;
}

/* A heading of its own for an indicator with several rows, or whose name fills the line. */
static void
print_one(const struct work *work, size_t i, size_t k)
{
    const struct comparison *c = &work->comparison;
    char name[512], inner[256], indented[300];
    bool first = i == 0 || !is_same_indicator(c, i, i - 1);
    bool alone = first && !is_same_indicator(c, i, i + 1);

    indicator_name(&c->row[i], !alone, name);
    row_name(work, &c->row[i], inner);
    if (alone && inner[0] != '\0')
        snprintf(name + strlen(name), sizeof name - strlen(name), ", %s", inner);
    if (alone && strlen(name) <= NAME_WIDTH) {
        print_row(work, &c->row[i], k, name);
        return;
    }
    if (first)
        text_wrap(stdout, name, 0, 2);
    snprintf(indented, sizeof indented, "    %s", alone ? "" : inner);
    print_row(work, &c->row[i], k, indented);
}

/* All rows of one other result. */
static void
print_rows(const struct work *work, size_t k)
{
    printf("%*s%8s %8s %16s %6s %3s %3s\n", NAME_WIDTH, "", "base", "change",
           work->options->futures ? "8 in 10 futures" : "95 % interval", "in %", "bet", "wor");
    for (size_t i = 0; i < work->comparison.rows; i++)
        print_one(work, i, k);
}

static void
print_price(const struct compare_price *price)
{
    char n[3][NUMBER_TEXT];
    int decimals = number_decimals(fabs(price->euro));

    if (price->told && price->euro < 0)
        printf("each person-day above places that is avoided saves %s euro (%s to %s)\n",
               number_text(-price->euro, decimals, 12, n[0]),
               number_text(-price->high, decimals, 12, n[1]),
               number_text(-price->low, decimals, 12, n[2]));
    else if (price->told)
        printf("each person-day above places that is avoided costs %s euro (%s to %s)\n",
               number_text(price->euro, decimals, 12, n[0]),
               number_text(price->low, decimals, 12, n[1]),
               number_text(price->high, decimals, 12, n[2]));
    else if (price->asked)
        printf("no cost for a person-day avoided: those above places did not surely fall\n");
}

static void
print_legend(const struct work *work)
{
    const struct comparison *c = &work->comparison;
    size_t lines = c->rows * c->others;
    char line[512];

    printf("v less is better, ^ more is better; bet, wor: better, worse in so many of 100\n");
    text_wrap(stdout,
              work->options->futures
                  ? "In one future in ten the change is below, in one above what stands there."
                  : "The interval is that of the mean over futures; single futures differ more: "
                    "--futures shows where they lie.",
              0, 0);
    snprintf(line, sizeof line,
             "* told from nothing%s: in a world without any change one in twenty such tables would "
             "have a star.",
             lines > 1 ? ", all lines together (Holm)" : "");
    text_wrap(stdout, line, 0, 0);
    if (c->gain >= 1) {
        snprintf(
            line, sizeof line,
            "The same people in both results are worth %.3g times as many replications (median "
            "of the lines; the least is %.2g).",
            c->gain, c->least_gain);
        text_wrap(stdout, line, 0, 0);
    }
}

static void
print_text(const struct work *work)
{
    const struct comparison *c = &work->comparison;
    char line[512], window[WINDOW_TEXT];

    print_result("base", work, 0);
    for (size_t k = 0; k < c->others; k++) {
        print_result("other", work, k + 1);
        snprintf(line, sizeof line, "%zu future%s%s, the same people in both; %s", c->replications,
                 c->replications == 1 ? "" : "s",
                 c->draws < c->replications ? " (each draw counts once)" : "",
                 window_write(&c->whole, window));
        printf("%s\n\n", line);
        print_rows(work, k);
        print_price(&c->price[k]);
        printf("\n");
    }
    print_legend(work);
    text_wrap(stdout, c->notes, 0, 0);
}

/* The address of the mean difference; none where it would be of more replications than these: those
 * that all results share are fewer than those of the two. */
static const char *
address_of(const struct work *work, const struct compare_row *row, size_t k, char out[ADDRESS_TEXT])
{
    struct address address = {.quantity = {.name = row->of.name,
                                           .label = row->label,
                                           .labels = row->labels,
                                           .axis = row->axis},
                              .window = row->window};

    if (work->comparison.paired[k] != work->comparison.replications)
        return "";
    snprintf(address.of, sizeof address.of, "%.*s", ADDRESS_ID, store_id(work->store[k + 1]));
    snprintf(address.base, sizeof address.base, "%.*s", ADDRESS_ID, store_id(work->store[0]));
    return address_write(&address, out);
}

static const char *const columns[] = {
    "other", "indicator", "label",     "of",           "time",          "unit",      "better",
    "base",  "base_low",  "base_high", "value",        "difference",    "low",       "high",
    "tenth", "ninetieth", "relative",  "relative_low", "relative_high", "better_in", "same_in",
    "p",     "p_holm",    "crn_gain",  "futures",      "draws",         "address",
};
#define NUMBERS 19 /* of a row, between the texts and the address */

static void
fill_row(struct grid *grid, const struct work *work, const struct compare_row *row, size_t k)
{
    const struct compared *c = &row->compared[k];
    char place[QUANTITY_LABELS * 512], window[WINDOW_TEXT], address[ADDRESS_TEXT];
    size_t size = 0;

    place[0] = '\0';
    for (size_t i = 0; i < row->labels; i++)
        size += (size_t)snprintf(place + size, sizeof place - size, "%s%.500s", i > 0 ? ", " : "",
                                 row->label[i]);
    grid_text(grid, work->options->argument[k + 1]);
    grid_text(grid, row->of.name);
    grid_text(grid, row->of.label);
    grid_text(grid, place);
    grid_text(grid, window_write(&row->window, window));
    grid_text(grid, row->of.unit);
    grid_text(grid, row->of.better < 0 ? "less" : row->of.better > 0 ? "more" : "");
    const double numbers[NUMBERS] = {row->base.mean,
                                     row->base.low,
                                     row->base.high,
                                     c->other.mean,
                                     c->difference.mean,
                                     c->difference.low,
                                     c->difference.high,
                                     c->difference.tenth,
                                     c->difference.ninetieth,
                                     c->relative,
                                     c->relative_low,
                                     c->relative_high,
                                     c->better,
                                     c->same,
                                     c->p,
                                     c->holm,
                                     c->gain,
                                     (double)work->comparison.replications,
                                     (double)work->comparison.draws};
    for (size_t i = 0; i < NUMBERS; i++)
        grid_number(grid, numbers[i]);
    grid_text(grid, address_of(work, row, k, address));
}

/* What a person-day costs that is avoided, where that can be told: the change has it. */
static void
fill_price(struct grid *grid, const struct work *work, size_t k)
{
    const struct compare_price *price = &work->comparison.price[k];
    char window[WINDOW_TEXT];

    if (!price->told)
        return;
    const char *const texts[] = {work->options->argument[k + 1],
                                 "price_of_person_day",
                                 "cost for each person-day above places avoided",
                                 "",
                                 window_write(&work->comparison.whole, window),
                                 "euro",
                                 ""};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        grid_text(grid, texts[i]);
    for (size_t i = 0; i < NUMBERS; i++)
        grid_number(grid, i == 4 ? price->euro : i == 5 ? price->low : i == 6 ? price->high : NAN);
    grid_text(grid, "");
}

static int
print_grid(const struct work *work)
{
    struct grid grid = {columns, sizeof columns / sizeof *columns, NULL, 0, 0, false};

    for (size_t k = 0; k < work->comparison.others; k++)
        for (size_t i = 0; i < work->comparison.rows; i++)
            fill_row(&grid, work, &work->comparison.row[i], k);
    for (size_t k = 0; k < work->comparison.others; k++)
        fill_price(&grid, work, k);
    bool good = grid_print(&grid, work->format, stdout);
    grid_free(&grid);
    return good ? EXIT_DONE : EXIT_ENVIRONMENT;
}

static int
compare(struct work *work)
{
    struct error err = {0};
    size_t wrong = 0;
    char line[2048];
    int status = comparison_make(&work->comparison, work->store[0], work->store + 1,
                                 (size_t)work->options->arguments - 1, &work->asked, &wrong, &err);

    if (status != OK) {
        snprintf(line, sizeof line, "%.500s and %.500s: %.1000s", work->options->argument[0],
                 work->options->argument[wrong + 1], err.message);
        say(line);
        return exit_for(status);
    }
    if (work->format != GRID_TEXT)
        return print_grid(work);
    print_text(work);
    return EXIT_DONE;
}

int
command_compare(const struct options *options)
{
    struct work work = {.options = options, .format = grid_format_read("compare", options->format)};
    int status = work.format < GRID_FORMATS ? read_asked(&work) : EXIT_BAD_INPUT;

    if (status == EXIT_DONE)
        status = open_all(&work);
    if (status == EXIT_DONE)
        status = compare(&work);
    comparison_free(&work.comparison);
    for (int i = 0; i < options->arguments; i++)
        store_close(work.store[i]);
    free(work.address);
    free(work.name);
    return status;
}
