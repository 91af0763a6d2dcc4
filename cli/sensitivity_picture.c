#include "sensitivity_picture.h"

#include "command.h"
#include "output.h"
#include "text.h"

#include "analysis/bars.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is drawn of each kind, and the number behind each row. */
struct drawn {
    size_t series, of[BARS_MOST_SERIES], number;
    double low, high;
    const char *axis;
    bool has_unit, has_sign;
};
static const struct drawn drawn_of[] = {
    [SENSITIVITY_SHARES] = {2, {0, 1}, 0, 0, 1, "share of the variance of the mean", false, false},
    [SENSITIVITY_EFFECTS] = {2, {0, 2}, 1, 0, 0, "over the whole range of a factor", true, true},
    [SENSITIVITY_RANKS] = {1, {0}, 0, -1, 1, "partial rank correlation", false, true},
};

/* What a few replications say of chance is rough where they are the same at every point. */
static void
remark_noise(const struct interval *noise, const struct design *design, char *line, size_t size)
{
    int decimals = noise->value < 0.01 ? 2 : 1;
    int used = snprintf(
        line, size, "Chance makes %.*f %% (%.*f to %.*f) of the variance of one replication",
        decimals, 100 * noise->value, decimals, 100 * noise->low, decimals, 100 * noise->high);

    if (design->asked.seeds == DESIGN_COMMON)
        snprintf(line + used, size - (size_t)used, ", by %llu that all points share.",
                 (unsigned long long)design->replications);
    else
        snprintf(line + used, size - (size_t)used, ".");
}

static void
remark_chance(const struct sensitivity *found, const struct design *design, char *line, size_t size)
{
    char number[NUMBER_TEXT];

    if (!isnan(found->noise.value))
        remark_noise(&found->noise, design, line, size);
    if (!isnan(found->chance))
        snprintf(line, size, "Chance alone would give a factor a mu_star of %s at most.",
                 number_text(found->chance, number_decimals(found->chance), 14, number));
    if (found->explained > 1 - 1e-9)
        snprintf(line, size,
                 "The factors tell every rank of the outcome: nothing is left to chance.");
    else if (!isnan(found->explained))
        snprintf(line, size,
                 "The factors tell %.1f %% of the variance of the outcome's ranks; the rest is "
                 "chance, or goes up and down.",
                 100 * found->explained);
}

void
sensitivity_remark(const struct sensitivity *found, const struct outcome *outcome,
                   struct sensitivity_remarks *remarks)
{
    const struct design *design = &outcome->design;
    const char *method =
        design->asked.method < SAMPLE_METHODS ? sample_methods[design->asked.method].word : "list";
    unsigned long long replications = design->replications;

    *remarks = (struct sensitivity_remarks){.count = 1};
    snprintf(remarks->line[0], sizeof remarks->line[0],
             "%s: %zu of %zu %s count, %llu replication%s a point; intervals of 95 %%%s.", method,
             found->used, found->units, found->unit, replications, replications == 1 ? "" : "s",
             found->kind == SENSITIVITY_EFFECTS ? ", of sigma nearer 90 %" : "");
    remark_chance(found, design, remarks->line[1], sizeof remarks->line[1]);
    remarks->count += remarks->line[1][0] != '\0';
}

static void
fill_rows(struct bars_row *row, const struct drawn *drawn, const struct sensitivity *found,
          const struct design *design)
{
    double most = 0;

    for (size_t i = 0; i < design->factors; i++)
        most = fmax(most, fabs(found->row[i].of[drawn->number].value));
    int decimals = number_decimals(most);
    for (size_t i = 0; i < design->factors; i++) {
        const struct sensitivity_row *of = &found->row[i];
        double number = of->of[drawn->number].value;
        char digits[NUMBER_TEXT];
        number_text(number, decimals, 9, digits);
        bool rises = drawn->has_sign && number > 0 && strcmp(digits, "0") != 0;
        text_safe(design->factor[of->factor].name, 0, row[i].label, sizeof row[i].label);
        snprintf(row[i].number, sizeof row[i].number, "%s%s", rises ? "+" : "", digits);
        for (size_t s = 0; s < drawn->series; s++)
            row[i].of[s] = of->of[drawn->of[s]];
    }
}

static bool
write_bars(FILE *to, const void *bars)
{
    bars_write(to, bars);
    return ferror(to) == 0;
}

/* BARS with its words, but for its rows. */
static int
write_picture(struct bars *bars, const struct drawn *drawn, const struct sensitivity *found,
              const struct outcome *outcome, const char *path)
{
    char axis[128], subtitle[256], name[BARS_MOST_SERIES][128];
    const char *caption[SENSITIVITY_REMARKS];
    struct sensitivity_remarks remarks;

    snprintf(axis, sizeof axis, "%s%s%s", drawn->has_unit ? outcome->unit : "",
             drawn->has_unit ? ", " : "", drawn->axis);
    for (size_t s = 0; s < drawn->series; s++) {
        const struct sensitivity_measure *measure = &found->measure[drawn->of[s]];
        snprintf(name[s], sizeof name[s], "%s: %s", measure->name, measure->meaning);
        bars->series_name[s] = name[s];
    }
    sensitivity_remark(found, outcome, &remarks);
    for (size_t i = 0; i < remarks.count; i++)
        caption[i] = remarks.line[i];
    snprintf(subtitle, sizeof subtitle, "%s, %s", outcome->what, outcome->unit);
    bars->subtitle = subtitle;
    bars->axis = axis;
    bars->caption = caption;
    bars->captions = remarks.count;
    return output_write("sensitivity", path, write_bars, bars);
}

int
sensitivity_picture(const struct sensitivity *found, const struct outcome *outcome,
                    const char *address, const char *path)
{
    const struct drawn *of = &drawn_of[found->kind];
    size_t rows = outcome->design.factors;
    struct bars_row *row = calloc(rows + 1, sizeof *row);
    char safe[ADDRESS_TEXT], title[ADDRESS_TEXT + 16];

    if (row == NULL)
        return say_fault("sensitivity", NO_MEMORY, "no memory for the picture");
    fill_rows(row, of, found, &outcome->design);
    snprintf(title, sizeof title, "What moves %s", text_safe(address, 0, safe, sizeof safe));
    struct bars bars = {.title = title,
                        .number_name = found->measure[of->number].name,
                        .rows = rows,
                        .series = of->series,
                        .row = row,
                        .low = of->low,
                        .high = of->high};
    int status = write_picture(&bars, of, found, outcome, path);
    free(row);
    return status;
}
