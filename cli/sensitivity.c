#include "command.h"
#include "grid.h"
#include "output.h"
#include "sensitivity_picture.h"
#include "text.h"

#include <math.h>

static const char dash_means[] =
    "-: not to be told, since nothing varies or the others leave nothing to explain";

#define NAME_WIDTH 32

/* On a line of its own where it is long: paths often differ at their ends. */
static void
print_name(const char *name)
{
    char safe[1024];
    size_t columns = text_columns(text_safe(name, TERMINAL_WIDTH, safe, sizeof safe));

    printf("%s%s", safe, columns > NAME_WIDTH ? "\n" : "");
    printf("%*s", columns > NAME_WIDTH ? NAME_WIDTH : NAME_WIDTH - (int)columns, "");
}

/* A measure's values; does one have none? */
static bool
print_measure(const struct sensitivity *found, const struct design *design, size_t m)
{
    char number[NUMBER_TEXT];
    double most = 0;
    bool none = false;

    for (size_t f = 0; f < design->factors; f++)
        most = fmax(most, fabs(found->row[f].of[m].value));
    int decimals = number_decimals(most);
    printf("%s%-*s %14s %14s %14s\n", m > 0 ? "\n" : "", NAME_WIDTH, "factor",
           found->measure[m].name, "low", "high");
    for (size_t f = 0; f < design->factors; f++) {
        const struct interval *of = &found->row[f].of[m];
        none |= isnan(of->value);
        print_name(design->factor[found->row[f].factor].name);
        printf(" %14s", number_text(of->value, decimals, 14, number));
        printf(" %14s", number_text(of->low, decimals, 14, number));
        printf(" %14s\n", number_text(of->high, decimals, 14, number));
    }
    return none;
}

static void
print_table(const struct sensitivity *found, const struct outcome *outcome)
{
    struct sensitivity_remarks remarks;
    char line[256];
    bool none = false;

    for (size_t m = 0; m < found->measures; m++)
        none |= print_measure(found, &outcome->design, m);
    printf("\n");
    for (size_t m = 0; m < found->measures; m++) {
        const struct sensitivity_measure *measure = &found->measure[m];
        snprintf(line, sizeof line, "%s: %s%s%s", measure->name, measure->meaning,
                 found->kind == SENSITIVITY_EFFECTS ? ", " : "",
                 found->kind == SENSITIVITY_EFFECTS ? outcome->unit : "");
        text_wrap(stdout, line, 0, 2);
    }
    if (none)
        printf("%s\n", dash_means);
    sensitivity_remark(found, outcome, &remarks);
    for (size_t i = 0; i < remarks.count; i++)
        text_wrap(stdout, remarks.line[i], 0, 0);
}

static void
add_row(struct grid *grid, const struct factor *factor, const char *measure,
        const struct interval *of)
{
    grid_text(grid, factor != NULL ? factor->name : NULL);
    grid_text(grid, factor != NULL ? factor->path : NULL);
    grid_text(grid, measure);
    grid_number(grid, of->value);
    grid_number(grid, of->low);
    grid_number(grid, of->high);
    grid_text(grid, factor != NULL ? factor->source : NULL);
}

/* A row for each measure of each factor, and one for what is of no factor. */
static int
print_grid(const struct sensitivity *found, const struct design *design, enum grid_format format)
{
    static const char *const column[] = {"factor", "path", "measure", "value",
                                         "low",    "high", "source"};
    const struct {
        const char *name;
        struct interval of;
    } whole[] = {{"noise", found->noise},
                 {"chance", {found->chance, NAN, NAN}},
                 {"explained", {found->explained, NAN, NAN}}};
    struct grid grid = {.column = column, .columns = sizeof column / sizeof *column};

    for (size_t f = 0; f < design->factors; f++)
        for (size_t m = 0; m < found->measures; m++)
            add_row(&grid, &design->factor[found->row[f].factor], found->measure[m].name,
                    &found->row[f].of[m]);
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (!isnan(whole[i].of.value))
            add_row(&grid, NULL, whole[i].name, &whole[i].of);
    bool printed = grid_print(&grid, format, stdout);
    grid_free(&grid);
    return printed ? EXIT_DONE : EXIT_ENVIRONMENT;
}

static int
check_picture(const struct options *options)
{
    int status = EXIT_DONE;

    if (options->output != NULL)
        status = output_check_input("sensitivity", options->output, options->argument[0]);
    if (options->output != NULL && status == EXIT_DONE)
        status = output_check("sensitivity", options->output, options->force);
    return status;
}

static int
print(const struct options *options, enum grid_format format, const struct sensitivity *found,
      const struct outcome *outcome)
{
    int status = EXIT_DONE;

    if (options->output != NULL)
        status = sensitivity_picture(found, outcome, options->argument[1], options->output);
    if (status == EXIT_DONE && format == GRID_TEXT)
        print_table(found, outcome);
    else if (status == EXIT_DONE)
        status = print_grid(found, &outcome->design, format);
    return status;
}

int
command_sensitivity(const struct options *options)
{
    enum grid_format format = grid_format_read("sensitivity", options->format);
    struct address address;
    struct outcome outcome = {0};
    struct sensitivity found = {0};
    struct error err = {0};

    if (format == GRID_FORMATS)
        return EXIT_BAD_INPUT;
    int ends = check_picture(options);
    if (ends != EXIT_DONE)
        return ends;
    int status = address_read(&address, options->argument[1], &err);
    if (status == OK)
        status = outcome_read(&outcome, options->argument[0], &address, &err);
    if (status == OK)
        status = sensitivity_find(&found, &outcome, &err);
    ends = status == OK ? print(options, format, &found, &outcome)
                        : say_fault("sensitivity", status, err.message);
    sensitivity_free(&found);
    outcome_free(&outcome);
    return ends;
}
