#include "command.h"
#include "grid.h"
#include "text.h"

#include "analysis/sweep/sensitivity.h"

#include <math.h>

static void
print_table(const struct sensitivity *found, const struct design *design)
{
    char number[NUMBER_TEXT];
    bool none = false;

    for (size_t m = 0; m < found->measures; m++) {
        double most = 0;
        for (size_t f = 0; f < design->factors; f++)
            most = fmax(most, fabs(found->row[f].of[m].value));
        int decimals = number_decimals(most);
        printf("%s%-32s %14s %14s %14s\n", m > 0 ? "\n" : "", "factor", found->measure[m], "low",
               "high");
        for (size_t f = 0; f < design->factors; f++) {
            const struct interval *of = &found->row[f].of[m];
            none |= isnan(of->value);
            text_cell(stdout, design->factor[found->row[f].factor].name, 32);
            printf(" %14s", number_text(of->value, decimals, 14, number));
            printf(" %14s", number_text(of->low, decimals, 14, number));
            printf(" %14s\n", number_text(of->high, decimals, 14, number));
        }
    }
    if (none)
        printf("\n-: nothing varies, or the other factors leave nothing to explain\n");
    printf("\n%zu of %zu %s count; intervals of 95 %%.\n", found->used, found->units, found->unit);
    if (!isnan(found->noise))
        printf("Chance makes %.1f %% of the variance of one replication.\n", 100 * found->noise);
}

static int
print_grid(const struct sensitivity *found, const struct design *design, enum grid_format format)
{
    static const char *const column[] = {"factor", "path", "measure", "value", "low", "high"};
    struct grid grid = {.column = column, .columns = sizeof column / sizeof *column};

    for (size_t f = 0; f < design->factors; f++)
        for (size_t m = 0; m < found->measures; m++) {
            const struct interval *of = &found->row[f].of[m];
            grid_text(&grid, design->factor[found->row[f].factor].name);
            grid_text(&grid, design->factor[found->row[f].factor].path);
            grid_text(&grid, found->measure[m]);
            grid_number(&grid, of->value);
            grid_number(&grid, of->low);
            grid_number(&grid, of->high);
        }
    bool printed = grid_print(&grid, format, stdout);
    grid_free(&grid);
    return printed ? EXIT_DONE : EXIT_ENVIRONMENT;
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
    int status = address_read(&address, options->argument[1], &err);
    if (status == OK)
        status = outcome_read(&outcome, options->argument[0], &address, &err);
    if (status == OK)
        status = sensitivity_find(&found, &outcome, &err);
    int ends = status == OK ? EXIT_DONE : say_fault("sensitivity", status, err.message);
    if (status == OK && format == GRID_TEXT)
        print_table(&found, &outcome.design);
    else if (status == OK)
        ends = print_grid(&found, &outcome.design, format);
    sensitivity_free(&found);
    outcome_free(&outcome);
    return ends;
}
