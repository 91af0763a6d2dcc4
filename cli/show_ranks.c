#include "show_ranks.h"

#include "text.h"

#include "analysis/multiple.h"
#include "analysis/pairing.h"
#include "analysis/parameters.h"
#include "analysis/rank.h"
#include "analysis/statistics.h"

#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELD_WIDTH 42

/* What is ranked: a value a draw of the outcome and of each field. */
struct ranked {
    struct parameters parameters;
    size_t draws, replications;
    uint64_t *draw;
    double *value; /* [count + 1][draws]: the outcome last */
    struct rank *rank;
    double *one; /* [replications]: a field's or the outcome's values */
    double *p;   /* [2][count] and what sorts */
    size_t *order;
    double explained;
};

/* Fields have one value a draw; of an outcome it is the mean over those that share a draw. A future
 * without an outcome is left out of both. */
static void
take_draws(struct ranked *ranked, const double *outcome)
{
    const struct parameters *parameters = &ranked->parameters;
    size_t n = ranked->replications, units = 0;
    double *one = ranked->one;

    for (size_t i = 0; i <= parameters->count; i++) {
        const double *value = i < parameters->count ? parameters->value + i * n : outcome;
        for (size_t r = 0; r < n; r++)
            one[r] = isnan(outcome[r]) ? NAN : value[r];
        units = statistics_units(one, 1, n, ranked->draw, one);
        memcpy(ranked->value + i * units, one, units * sizeof *one);
    }
    ranked->draws = units;
}

static int
make_room(struct ranked *ranked, struct error *err)
{
    size_t count = ranked->parameters.count;

    ranked->value = calloc((count + 1) * ranked->draws + 1, sizeof *ranked->value);
    ranked->rank = calloc(count + 1, sizeof *ranked->rank);
    ranked->p = calloc(3 * count + 1, sizeof *ranked->p);
    ranked->order = calloc(count + 1, sizeof *ranked->order);
    ranked->one = calloc(ranked->replications + 1, sizeof *ranked->one);
    if (ranked->value != NULL && ranked->rank != NULL && ranked->p != NULL &&
        ranked->order != NULL && ranked->one != NULL)
        return OK;
    error_set(err, NO_MEMORY, "no memory for the ranks");
    return NO_MEMORY;
}

static int
rank_fields(struct ranked *ranked, const double *outcome, struct error *err)
{
    size_t count = ranked->parameters.count;
    double explained;

    take_draws(ranked, outcome);
    int status = rank_parameters(ranked->value, count, ranked->value + count * ranked->draws,
                                 ranked->draws, ranked->rank, &explained, err);
    ranked->explained = explained;
    for (size_t i = 0; i < count && status == OK; i++) {
        ranked->p[i] = ranked->rank[i].p;
        double partial = fabs(ranked->rank[i].partial);
        ranked->p[2 * count + i] = isnan(partial) ? 2 : -partial; /* those that never vary last */
    }
    if (status == OK) {
        multiple_holm(ranked->p, count, ranked->p + count, ranked->order);
        gsl_sort_index(ranked->order, ranked->p + 2 * count, 1, count);
    }
    return status;
}

static void
print_ranked(const struct ranked *ranked)
{
    size_t count = ranked->parameters.count;

    printf("%-*s %7s %16s %7s\n", FIELD_WIDTH, "uncertain field", "partial", "95 % interval",
           "direct");
    for (size_t i = 0; i < count; i++) {
        size_t at = ranked->order[i];
        const struct rank *rank = &ranked->rank[at];
        char safe[512];
        const char *field = text_safe(ranked->parameters.parameter[at].field, 0, safe, sizeof safe);
        int width = printf("%s", field);
        printf("%s%*s ", width > FIELD_WIDTH ? "\n" : "",
               width > FIELD_WIDTH ? FIELD_WIDTH : FIELD_WIDTH - width, "");
        if (isnan(rank->partial))
            printf("%7s %16s %7s\n", "-", "never varies", "-");
        else
            printf("%+7.2f   %+.2f to %+.2f %+7.2f%s\n", rank->partial, rank->low, rank->high,
                   rank->regression, ranked->p[count + at] < 0.05 ? " *" : "");
    }
    printf("\n");
    text_wrap(stdout,
              "partial: rank correlation of what the other fields leave; direct: standardised rank "
              "regression; * surely there, all fields held to 5 % together (Holm)",
              0, 0);
    char line[256];
    snprintf(line, sizeof line,
             "All of them explain %.0f %% of the variance of the outcome's ranks over %zu draws; "
             "the rest is chance, and what is not told by more or less of a field.",
             100 * ranked->explained, ranked->draws);
    text_wrap(stdout, line, 0, 0);
}

int
show_ranks(const struct store *store, const double *outcome, struct error *err)
{
    const struct store_variable *variable = store_find(store, "parameter");
    struct ranked ranked = {.replications = store_replications(store)};

    if (variable == NULL || !parameters_are(variable))
        return error_set(err, BAD_INPUT,
                         "nothing is uncertain in this result: there is nothing to "
                         "rank");
    int status = parameters_read(&ranked.parameters, store, variable, err);
    if (status == OK)
        status = pairing_draws(store, NULL, ranked.replications, &ranked.draw, &ranked.draws, err);
    if (status == OK)
        status = make_room(&ranked, err);
    if (status == OK)
        status = rank_fields(&ranked, outcome, err);
    if (status == OK)
        print_ranked(&ranked);
    parameters_free(&ranked.parameters);
    free(ranked.draw);
    free(ranked.value);
    free(ranked.rank);
    free(ranked.p);
    free(ranked.one);
    free(ranked.order);
    return status;
}
