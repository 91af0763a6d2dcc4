#include "sink_point.h"

#include <stdlib.h>
#include <string.h>

/* Bytes of VARIABLE in one replication. */
static size_t
bytes_of(const struct layout *layout, size_t variable)
{
    const struct layout_variable *of = &layout->variable[variable];

    return layout_count(layout, of) * layout_value_size(of->type);
}

size_t
point_values_bytes(const struct layout *layout)
{
    size_t bytes = 0;

    for (size_t v = 0; v < layout->variables; v++)
        bytes += bytes_of(layout, v);
    return bytes;
}

static int
begin(void *state, const struct layout *layout, uint64_t first, uint64_t last, struct error *err)
{
    struct point_values *values = state;
    bool good;

    point_values_free(values);
    values->layout = layout;
    values->first = first;
    values->replications = (size_t)(last - first + 1);
    values->value = calloc(layout->variables + 1, sizeof *values->value);
    values->chunk = calloc(layout->variables + 1, sizeof *values->chunk);
    good = values->value != NULL && values->chunk != NULL;
    for (size_t v = 0; v < layout->variables && good; v++) {
        values->value[v] = calloc(values->replications * bytes_of(layout, v) + 1, 1);
        good = values->value[v] != NULL;
    }
    return good ? OK
                : error_set(err, NO_MEMORY, "no memory for a point of %zu replications",
                            values->replications);
}

/* Each replication has its own place: nobody waits for another. */
static int
prepare(void *state, void *tray, const struct finished *finished, struct error *err)
{
    const struct point_values *values = state;
    size_t at = (size_t)(finished->replication - values->first);

    (void)tray;
    (void)err;
    for (size_t v = 0; v < values->layout->variables; v++) {
        size_t bytes = bytes_of(values->layout, v);
        memcpy(values->value[v] + at * bytes, finished_values(finished, v), bytes);
    }
    return OK;
}

static int
end(void *state, struct error *err)
{
    struct point_values *values = state;
    const struct layout *layout = values->layout;
    int status = OK;

    for (size_t v = 0; v < layout->variables && status == OK; v++)
        status = chunk_pack(&values->tools, &values->chunk[v], values->value[v],
                            values->replications * layout_count(layout, &layout->variable[v]),
                            layout_value_size(layout->variable[v].type), err);
    return status == OK ? journal_append(values->journal, values->point, values->chunk, err)
                        : status;
}

static const struct sink_kind kind = {
    .name = "point", .begin = begin, .prepare = prepare, .end = end};

struct sink
sink_point(struct point_values *values)
{
    return (struct sink){&kind, values};
}

void
point_values_free(struct point_values *values)
{
    for (size_t v = 0; values->layout != NULL && v < values->layout->variables; v++) {
        if (values->value != NULL)
            free(values->value[v]);
        if (values->chunk != NULL)
            free(values->chunk[v].bytes);
    }
    free(values->value);
    free(values->chunk);
    chunk_tools_free(&values->tools);
    *values = (struct point_values){.journal = values->journal, .point = values->point};
}
