#include "show_ranks.h"

#include "text.h"

#include "analysis/ranked.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#define FIELD_WIDTH 42

static void
print_field(const struct ranked_field *field)
{
    const struct rank *rank = &field->rank;
    char safe[512];
    int width = printf("%s%s", field->drift ? "drift of intake: " : "",
                       text_safe(field->name, 0, safe, sizeof safe));

    printf("%s%*s ", width > FIELD_WIDTH ? "\n" : "",
           width > FIELD_WIDTH ? FIELD_WIDTH : FIELD_WIDTH - width, "");
    if (isnan(rank->partial))
        printf("%7s %16s %7s\n", "-", "never varies", "-");
    else
        printf("%+7.2f   %+.2f to %+.2f %+7.2f%s\n", rank->partial, rank->low, rank->high,
               rank->regression, field->holm < 0.05 ? " *" : "");
}

void
show_ranks(const struct ranked *ranked)
{
    size_t told = 0;
    char line[512];

    printf("%-*s %7s %16s %7s\n", FIELD_WIDTH, "what is not known", "partial", "95 % interval",
           "direct");
    for (size_t i = 0; i < ranked->count; i++) {
        told += ranked->field[i].holm < 0.05;
        print_field(&ranked->field[i]);
    }
    printf("\n");
    text_wrap(stdout,
              "partial: rank correlation of what the other fields leave; direct: standardised rank "
              "regression; * surely there, all fields held to 5 % together (Holm)",
              0, 0);
    snprintf(line, sizeof line,
             "%zu of %zu can be told from nothing. All together explain %.0f %% of the variance of "
             "the outcome's ranks over %zu draws, less what %zu fields would explain by chance.%s",
             told, ranked->count, 100 * ranked->explained, ranked->draws, ranked->count,
             ranked->draws < 10 * ranked->count ? " More draws (-r) would tell more of them." : "");
    text_wrap(stdout, line, 0, 0);
}
