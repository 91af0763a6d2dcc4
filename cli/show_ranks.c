#include "show_ranks.h"

#include "text.h"

#include "analysis/multiple.h"
#include "analysis/pairing.h"
#include "analysis/parameters.h"
#include "analysis/quantity.h"
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
    size_t count;      /* fields and drifts */
    const char **name; /* [count] */
    double *drawn;     /* [count][replications] */
    struct parameters parameters;
    struct frame frame;
    size_t draws, replications;
    uint64_t *draw;
    double *value; /* [count + 1][draws]: the outcome last */
    struct rank *rank;
    double *one; /* [replications]: a field's or the outcome's values */
    double *p;   /* [3][count]: chances, the same adjusted, and what sorts */
    size_t *order;
    double explained;
};

/* Fields have one value a draw; of an outcome it is the mean over those that share a draw. A future
 * without an outcome is left out of both. */
static void
take_draws(struct ranked *ranked, const double *outcome)
{
    size_t n = ranked->replications, units = 0;
    double *one = ranked->one;

    for (size_t i = 0; i <= ranked->count; i++) {
        const double *value = i < ranked->count ? ranked->drawn + i * n : outcome;
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
    size_t count = ranked->count;

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
    size_t count = ranked->count;
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
    size_t count = ranked->count, told = 0;

    printf("%-*s %7s %16s %7s\n", FIELD_WIDTH, "what is not known", "partial", "95 % interval",
           "direct");
    for (size_t i = 0; i < count; i++) {
        size_t at = ranked->order[i];
        const struct rank *rank = &ranked->rank[at];
        char safe[512];
        told += ranked->p[count + at] < 0.05;
        int width = printf("%s%s", at < ranked->parameters.count ? "" : "drift of intake: ",
                           text_safe(ranked->name[at], 0, safe, sizeof safe));
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
    char line[512];
    double n = (double)ranked->draws, left = n - 1 - (double)count;
    double adjusted = fmax(0, 1 - (1 - ranked->explained) * (n - 1) / left);
    snprintf(line, sizeof line,
             "%zu of %zu can be told from nothing. All together explain %.0f %% of the variance of "
             "the outcome's ranks over %zu draws, less what %zu fields would explain by chance.%s",
             told, count, 100 * adjusted, ranked->draws, count,
             n < 10 * (double)count ? " More draws (-r) would tell more of them." : "");
    text_wrap(stdout, line, 0, 0);
}

/* The drifts of the intake, each by its mean until UNTIL, behind the fields. */
static int
add_drifts(struct ranked *ranked, const struct store *store, const struct store_axis *drifts,
           int32_t until, struct error *err)
{
    const struct window window = {ranked->frame.from, until};
    int status = OK;

    for (size_t d = 0; d < drifts->size && status == OK; d++) {
        const struct quantity_name name = {"intake_drift", &drifts->label[d], 1, NULL};
        struct quantity quantity;
        double *value = ranked->drawn + ranked->count * ranked->replications;
        status = quantity_create(&quantity, &ranked->frame, &name, &window, 1, err);
        if (status == OK)
            status = quantities_read(store, &quantity, 1, NULL, ranked->replications, value, err);
        quantity_free(&quantity);
        ranked->name[ranked->count++] = drifts->label[d];
    }
    return status;
}

/* The labels of drifts, or NULL: the result has none. */
static const struct store_axis *
drifts_of(const struct frame *frame)
{
    for (size_t v = 0; v < frame->views; v++)
        if (strcmp(frame->view[v].variable->name, "intake_drift") == 0)
            return frame->view[v].dimension[0];
    return NULL;
}

static int
collect(struct ranked *ranked, const struct store *store, int32_t until, struct error *err)
{
    const struct store_variable *variable = store_find(store, "parameter");
    const struct store_axis *drifts = drifts_of(&ranked->frame);
    bool drawn = variable != NULL && parameters_are(variable);
    size_t n = ranked->replications, most = drawn ? variable->count : 0;
    int status = drawn ? parameters_read(&ranked->parameters, store, variable, err) : OK;

    most += drifts != NULL ? drifts->size : 0;
    if (most == 0)
        return error_set(err, BAD_INPUT, "nothing is uncertain in this result: nothing to rank");
    ranked->name = calloc(most + 1, sizeof *ranked->name);
    ranked->drawn = calloc(most * n + 1, sizeof *ranked->drawn);
    if (status != OK || ranked->name == NULL || ranked->drawn == NULL)
        return status != OK ? status : error_set(err, NO_MEMORY, "no memory for the ranks");
    for (size_t i = 0; i < ranked->parameters.count; i++)
        ranked->name[ranked->count++] = ranked->parameters.parameter[i].field;
    if (ranked->parameters.count > 0)
        memcpy(ranked->drawn, ranked->parameters.value,
               ranked->parameters.count * n * sizeof *ranked->drawn);
    return drifts != NULL ? add_drifts(ranked, store, drifts, until, err) : OK;
}

static void
free_ranked(struct ranked *ranked)
{
    parameters_free(&ranked->parameters);
    frame_free(&ranked->frame);
    free(ranked->name);
    free(ranked->drawn);
    free(ranked->draw);
    free(ranked->value);
    free(ranked->rank);
    free(ranked->p);
    free(ranked->one);
    free(ranked->order);
}

int
show_ranks(const struct store *store, const double *outcome, int32_t until, struct error *err)
{
    struct ranked ranked = {.replications = store_replications(store)};
    int status = frame_of_store(&ranked.frame, store, err);

    if (status == OK && until > ranked.frame.until)
        until = ranked.frame.until;
    if (status == OK)
        status = collect(&ranked, store, until, err);
    if (status == OK)
        status = pairing_draws(store, NULL, ranked.replications, &ranked.draw, &ranked.draws, err);
    if (status == OK)
        status = make_room(&ranked, err);
    if (status == OK)
        status = rank_fields(&ranked, outcome, err);
    if (status == OK)
        print_ranked(&ranked);
    free_ranked(&ranked);
    return status;
}
