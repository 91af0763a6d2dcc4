#include "sink_memory.h"

#include <stdlib.h>
#include <string.h>

/* Where the variable NAME stands in the layout; its number of variables: nowhere. */
static size_t
find_variable(const struct layout *layout, const char *name)
{
    size_t v = 0;

    while (v < layout->variables && strcmp(layout->variable[v].name, name) != 0)
        v++;
    return v;
}

static int
begin_series(struct memory *memory, size_t i, const struct layout *layout, struct error *err)
{
    const struct memory_choice *choice = &memory->choice[i];
    struct memory_series *series = &memory->series[i];

    series->variable = find_variable(layout, choice->name);
    if (series->variable == layout->variables)
        return error_set(err, BAD_INPUT, "the result has no series '%s'", choice->name);
    series->count = choice->fold != NULL
                        ? choice->kept
                        : layout_count(layout, &layout->variable[series->variable]);
    series->value = calloc(memory->replications * series->count + 1, sizeof *series->value);
    return series->value != NULL ? OK
                                 : error_set(err, NO_MEMORY, "no memory for %s of %zu replications",
                                             choice->name, memory->replications);
}

static int
begin(void *state, const struct layout *layout, uint64_t first, uint64_t last, struct error *err)
{
    struct memory *memory = state;
    int status = OK;

    memory_free(memory);
    memory->first = first;
    memory->replications = (size_t)(last - first + 1);
    memory->series = calloc(memory->choices + 1, sizeof *memory->series);
    if (memory->series == NULL)
        return error_set(err, NO_MEMORY, "no memory for what is kept");
    for (size_t i = 0; i < memory->choices && status == OK; i++)
        status = begin_series(memory, i, layout, err);
    return status;
}

/* Each replication has its own place: nobody waits for another. */
static int
prepare(void *state, void *tray, const struct finished *finished, struct error *err)
{
    const struct memory *memory = state;
    size_t at = (size_t)(finished->replication - memory->first);

    (void)tray;
    (void)err;
    for (size_t i = 0; i < memory->choices; i++) {
        const struct memory_choice *choice = &memory->choice[i];
        const struct memory_series *series = &memory->series[i];
        const struct layout_variable *variable = &finished->layout->variable[series->variable];
        const double *values = finished_doubles(finished, series->variable);
        double *kept = series->value + at * series->count;
        if (choice->fold != NULL)
            choice->fold(choice->context, values, layout_count(finished->layout, variable), kept);
        else
            memcpy(kept, values, series->count * sizeof *kept);
    }
    return OK;
}

static const struct sink_kind kind = {.name = "memory", .begin = begin, .prepare = prepare};

struct sink
sink_memory(struct memory *memory)
{
    return (struct sink){&kind, memory};
}

const double *
memory_values(const struct memory *memory, size_t choice, uint64_t replication)
{
    const struct memory_series *series = &memory->series[choice];

    return series->value + (size_t)(replication - memory->first) * series->count;
}

void
memory_free(struct memory *memory)
{
    for (size_t i = 0; memory->series != NULL && i < memory->choices; i++)
        free(memory->series[i].value);
    free(memory->series);
    memory->series = NULL;
    memory->replications = 0;
}
