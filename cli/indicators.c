#include "indicators.h"

#include "text.h"

#include "analysis/indicator.h"

#include <stdio.h>
#include <string.h>

#define NAME_COLUMNS 24
#define LINE_COLUMNS 11

static const char *const folds[FOLD_KINDS] = {
    [FOLD_OWN] = "",
    [FOLD_DAYS] = " x days",
    [FOLD_SHARE_ABOVE] = ": % of days above ",
    [FOLD_MONTHS_ABOVE] = ": months above ",
    [FOLD_QUANTILE] = ": quantile over days ",
    [FOLD_MOST] = ": largest row",
    [FOLD_SPELL] = ": longest spell of days above ",
    [FOLD_FIRST] = ": days to the first above ",
};

static const char *const better_words[] = {"less is better", "neither way is better",
                                           "more is better"};

void
print_indicators(void)
{
    printf("Indicators, which compare, attribute, seek and an address take like series\n"
           "(* compare shows it unasked)\n\n");
    for (size_t i = 0; i < indicator_count; i++) {
        const struct indicator *row = &indicator_table[i];
        char line[512];
        printf("%s %-*s ", row->headline ? "*" : " ", NAME_COLUMNS - 3, row->name);
        snprintf(line, sizeof line, "%s; %s", row->definition, row->unit);
        text_wrap(stdout, line, NAME_COLUMNS, NAME_COLUMNS);
    }
    printf("\nAn address of a number: STATISTIC(NAME[, LABEL...][, TIME]), such as\n"
           "  mean(floor_sleepers, 2030)        mean, mean_low, mean_high: 95 %% interval\n"
           "  q90(density, north, 2030-06)      any quantile over futures; q90_low, q90_high\n"
           "  chance(floor_sleepers < 100, 2032)  %% of the futures in which it holds\n"
           "  sd(..), least(..), most(..)       over futures\n"
           "  ID-ID:mean(total_cost)            other less base, by ids; relative(..), better(..)\n"
           "TIME is 2030, 2030-06, 2030-06-15 or 2027..2031. A LABEL of two kinds says which:\n"
           "region=north or facility=north; one with signs in it stands between double quotes.\n");
}

/* "100 x (population x days) / (capacity x days)". */
static void
write_formula(const struct indicator *row, char *out, size_t size)
{
    size_t used = 0;

    if (row->scale != 1)
        used += (size_t)snprintf(out, size, "%.6g x ", row->scale);
    for (int below = 0; below < 2; below++) {
        bool first = true;
        for (size_t t = 0; t < INDICATOR_MOST_TERMS && row->term[t].series != NULL; t++) {
            const struct indicator_term *term = &row->term[t];
            char level[32] = "";
            if ((term->sign == 2) != (below == 1) || used >= size)
                continue;
            if (strchr(folds[term->fold], ':') != NULL && term->fold != FOLD_MOST)
                snprintf(level, sizeof level, "%.6g", term->level);
            used += (size_t)snprintf(out + used, size - used, "%s%s%s%s%s%s%s",
                                     first              ? (below == 1 ? " / (" : "(")
                                     : term->sign == -1 ? " - "
                                                        : " + ",
                                     term->series, term->label != NULL ? ", " : "",
                                     term->label != NULL ? term->label : "",
                                     term->houses ? " of houses" : "", folds[term->fold], level);
            first = false;
        }
        if (!first && used < size)
            used += (size_t)snprintf(out + used, size - used, ")");
    }
}

static void
print_labelled(const char *label, const char *text)
{
    printf("  %-8s ", label);
    text_wrap(stdout, text, LINE_COLUMNS, LINE_COLUMNS);
}

bool
print_indicator_called(const char *name, bool blank)
{
    const struct indicator *row = indicator_find(name);
    char formula[1024] = "", example[256];

    if (row == NULL)
        return false;
    write_formula(row, formula, sizeof formula);
    snprintf(example, sizeof example, "doorstroom show RESULT.h5 'mean(%s, 2030)'", row->name);
    printf("%s%s (an indicator of a result)\n", blank ? "\n" : "", row->name);
    print_labelled("meaning", row->definition);
    print_labelled("formula", formula);
    print_labelled("unit", row->unit);
    print_labelled("better", better_words[row->better + 1]);
    print_labelled("example", example);
    return true;
}
