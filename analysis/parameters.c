#include "parameters.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool
parameters_are(const struct store_variable *variable)
{
    return variable->axes == 1 && variable->axis[0]->label != NULL;
}

/* The unit of entry I: a coordinate beside the fields has it. */
static const char *
unit_of(const struct store *store, const struct store_variable *variable, size_t i)
{
    const char *name = store_text(store, variable, "coordinates");
    struct store_coordinate coordinate;

    for (size_t c = 0; name != NULL && store_coordinate(store, c, &coordinate); c++)
        if (strcmp(coordinate.name, name) == 0 && coordinate.label != NULL && i < coordinate.size)
            return coordinate.label[i];
    return "";
}

static int
read_values(struct parameters *parameters, const struct store *store,
            const struct store_variable *variable, struct error *err)
{
    struct chunk_tools tools = {0};
    void *room = malloc(store_room(variable) + 1);
    int status = room != NULL ? OK : error_set(err, NO_MEMORY, "no memory for what was drawn");

    for (size_t r = 0; r < parameters->draws && status == OK; r++) {
        status = store_read(store, variable, r, &tools, room, err);
        const double *drawn = status == OK ? store_doubles(variable, room) : NULL;
        for (size_t i = 0; i < parameters->count && drawn != NULL; i++)
            parameters->value[i * parameters->draws + r] = drawn[i];
    }
    chunk_tools_free(&tools);
    free(room);
    return status;
}

static int
describe_all(struct parameters *parameters, const struct store *store,
             const struct store_variable *variable, struct error *err)
{
    size_t draws = parameters->draws;
    double *sorted = calloc(draws + 1, sizeof *sorted);

    if (sorted == NULL)
        return error_set(err, NO_MEMORY, "no memory for what was drawn");
    for (size_t i = 0; i < parameters->count; i++) {
        memcpy(sorted, parameters->value + i * draws, draws * sizeof *sorted);
        gsl_sort(sorted, 1, draws);
        parameters->parameter[i] = (struct parameter){
            .field = variable->axis[0]->label[i],
            .unit = unit_of(store, variable, i),
            .mean = gsl_stats_mean(sorted, 1, draws),
            .spread = draws > 1 ? gsl_stats_sd(sorted, 1, draws) : (double)NAN,
            .low = gsl_stats_quantile_from_sorted_data(sorted, 1, draws, 0.1),
            .high = gsl_stats_quantile_from_sorted_data(sorted, 1, draws, 0.9),
        };
    }
    free(sorted);
    return OK;
}

int
parameters_read(struct parameters *parameters, const struct store *store,
                const struct store_variable *variable, struct error *err)
{
    size_t draws = store_replications(store), count = variable->count;

    *parameters = (struct parameters){.count = count, .draws = draws};
    parameters->parameter = calloc(count + 1, sizeof *parameters->parameter);
    parameters->value = calloc(count * draws + 1, sizeof *parameters->value);
    if (parameters->parameter == NULL || parameters->value == NULL)
        return error_set(err, NO_MEMORY, "no memory for what was drawn");
    int status = read_values(parameters, store, variable, err);
    return status == OK ? describe_all(parameters, store, variable, err) : status;
}

void
parameters_free(struct parameters *parameters)
{
    free(parameters->parameter);
    free(parameters->value);
    *parameters = (struct parameters){0};
}
