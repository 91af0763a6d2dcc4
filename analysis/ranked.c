#include "ranked.h"

#include "multiple.h"
#include "pairing.h"
#include "parameters.h"
#include "quantity.h"
#include "statistics.h"

#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is ranked: a value a draw of the outcome and of each field. */
struct material {
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

static int
no_memory(struct error *err)
{
    error_set(err, NO_MEMORY, "no memory for the ranks");
    return NO_MEMORY;
}

/* The drifts of the intake, each by its mean until UNTIL, behind the fields. */
static int
add_drifts(struct material *material, const struct store *store, const struct store_axis *drifts,
           int32_t until, struct error *err)
{
    const struct window window = {material->frame.from, until};
    int status = OK;

    for (size_t d = 0; d < drifts->size && status == OK; d++) {
        const struct quantity_name name = {"intake_drift", &drifts->label[d], 1, NULL};
        struct quantity quantity;
        double *value = material->drawn + material->count * material->replications;
        status = quantity_create(&quantity, &material->frame, &name, &window, 1, err);
        if (status == OK)
            status = quantities_read(store, &quantity, 1, NULL, material->replications, value, err);
        quantity_free(&quantity);
        material->name[material->count++] = drifts->label[d];
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

/* What was drawn, of each field and drift; none where nothing is uncertain. */
static int
collect(struct material *material, const struct store *store, int32_t until, struct error *err)
{
    const struct store_variable *variable = store_find(store, "parameter");
    const struct store_axis *drifts = drifts_of(&material->frame);
    bool drawn = variable != NULL && parameters_are(variable);
    size_t n = material->replications, most = drawn ? variable->count : 0;
    int status = drawn ? parameters_read(&material->parameters, store, variable, err) : OK;

    most += drifts != NULL ? drifts->size : 0;
    material->name = calloc(most + 1, sizeof *material->name);
    material->drawn = calloc(most * n + 1, sizeof *material->drawn);
    if (status == OK && (material->name == NULL || material->drawn == NULL))
        status = no_memory(err);
    if (status != OK)
        return status;
    for (size_t i = 0; i < material->parameters.count; i++)
        material->name[material->count++] = material->parameters.parameter[i].field;
    if (material->parameters.count > 0)
        memcpy(material->drawn, material->parameters.value,
               material->parameters.count * n * sizeof *material->drawn);
    return drifts != NULL ? add_drifts(material, store, drifts, until, err) : OK;
}

/* Fields have one value a draw; of an outcome it is the mean over those that share a draw. A future
 * without an outcome is left out of both. */
static void
take_draws(struct material *material, const double *outcome)
{
    size_t n = material->replications, units = 0;
    double *one = material->one;

    for (size_t i = 0; i <= material->count; i++) {
        const double *value = i < material->count ? material->drawn + i * n : outcome;
        for (size_t r = 0; r < n; r++)
            one[r] = isnan(outcome[r]) ? NAN : value[r];
        units = statistics_units(one, 1, n, material->draw, one);
        memcpy(material->value + i * units, one, units * sizeof *one);
    }
    material->draws = units;
}

static int
make_room(struct material *material, struct error *err)
{
    size_t count = material->count;

    material->value = calloc((count + 1) * material->draws + 1, sizeof *material->value);
    material->rank = calloc(count + 1, sizeof *material->rank);
    material->p = calloc(3 * count + 1, sizeof *material->p);
    material->order = calloc(count + 1, sizeof *material->order);
    material->one = calloc(material->replications + 1, sizeof *material->one);
    return material->value && material->rank && material->p && material->order && material->one
               ? OK
               : no_memory(err);
}

static void
sort_fields(struct material *material)
{
    size_t count = material->count;

    for (size_t i = 0; i < count; i++) {
        material->p[i] = material->rank[i].p;
        double partial = fabs(material->rank[i].partial);
        material->p[2 * count + i] = isnan(partial) ? 2 : -partial;
    }
    multiple_holm(material->p, count, material->p + count, material->order);
    gsl_sort_index(material->order, material->p + 2 * count, 1, count);
}

/* What is told, for those who do not know the material. */
static int
tell(struct ranked *ranked, const struct material *material, struct error *err)
{
    size_t varied = 0;

    ranked->field = calloc(material->count + 1, sizeof *ranked->field);
    if (ranked->field == NULL)
        return no_memory(err);
    for (size_t i = 0; i < material->count; i++) {
        size_t at = material->order[i];
        ranked->field[i] =
            (struct ranked_field){material->name[at], at >= material->parameters.count,
                                  material->rank[at], material->p[material->count + at]};
        varied += isnan(material->rank[at].partial) ? 0 : 1;
    }
    double n = (double)material->draws, left = n - 1 - (double)varied;
    ranked->explained = fmax(0, 1 - (1 - material->explained) * (n - 1) / left);
    ranked->count = material->count;
    ranked->draws = material->draws;
    ranked->told = true;
    return OK;
}

static int
rank_fields(struct ranked *ranked, struct material *material, struct error *err)
{
    const double *of_draws = material->value + material->count * material->draws;
    double explained = NAN;
    int status = BAD_INPUT;

    if (material->count > 0)
        status = rank_parameters(material->value, material->count, of_draws, material->draws,
                                 material->rank, &explained, err);
    else
        error_set(err, BAD_INPUT, "nothing is uncertain in this result: nothing to rank");
    if (status != OK)
        return status == BAD_INPUT ? OK : status;
    material->explained = explained;
    sort_fields(material);
    return tell(ranked, material, err);
}

static void
free_material(struct material *material)
{
    parameters_free(&material->parameters);
    frame_free(&material->frame);
    free(material->name);
    free(material->drawn);
    free(material->draw);
    free(material->value);
    free(material->rank);
    free(material->p);
    free(material->one);
    free(material->order);
}

int
ranked_make(struct ranked *ranked, const struct store *store, const double *outcome, int32_t until,
            struct error *err)
{
    struct material material = {.replications = store_replications(store)};
    int status = frame_of_store(&material.frame, store, err);

    *ranked = (struct ranked){.explained = NAN};
    if (status == OK && until > material.frame.until)
        until = material.frame.until;
    if (status == OK)
        status = collect(&material, store, until, err);
    if (status == OK)
        status =
            pairing_draws(store, NULL, material.replications, &material.draw, &material.draws, err);
    if (status == OK)
        status = make_room(&material, err);
    if (status == OK) {
        take_draws(&material, outcome);
        status = rank_fields(ranked, &material, err);
    }
    free_material(&material);
    return status;
}

void
ranked_free(struct ranked *ranked)
{
    free(ranked->field);
    *ranked = (struct ranked){0};
}
