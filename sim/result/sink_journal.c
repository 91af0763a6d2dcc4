#include "sink_journal.h"

#include <stdlib.h>

/* The chunks of one replication, and what packing them takes. */
struct tray {
    struct chunk_tools tools;
    size_t variables;
    struct chunk chunk[]; /* [variables] */
};

static bool
holds(const void *state, uint64_t replication)
{
    return journal_has(state, replication);
}

static int
tray_create(void *state, void **out, struct error *err)
{
    const struct journal *journal = state;
    struct tray *tray = calloc(1, sizeof *tray + journal->variables * sizeof tray->chunk[0]);

    if (tray == NULL)
        return error_set(err, NO_MEMORY, "no memory for a worker");
    tray->variables = journal->variables;
    *out = tray;
    return OK;
}

static void
tray_free(void *state)
{
    struct tray *tray = state;

    for (size_t v = 0; v < tray->variables; v++)
        free(tray->chunk[v].bytes);
    chunk_tools_free(&tray->tools);
    free(tray);
}

static int
prepare(void *state, void *tray_state, const struct finished *finished, struct error *err)
{
    struct tray *tray = tray_state;
    int status = OK;

    (void)state;
    for (size_t v = 0; v < tray->variables && status == OK; v++) {
        const struct layout_variable *variable = &finished->layout->variable[v];
        status = chunk_pack(&tray->tools, &tray->chunk[v], finished_values(finished, v),
                            layout_count(finished->layout, variable),
                            layout_value_size(variable->type), err);
    }
    return status;
}

static int
take(void *state, void *tray_state, uint64_t replication, struct error *err)
{
    const struct tray *tray = tray_state;

    return journal_append(state, replication, tray->chunk, err);
}

static const struct sink_kind kind = {
    .name = "journal",
    .holds = holds,
    .tray_create = tray_create,
    .tray_free = tray_free,
    .prepare = prepare,
    .take = take,
};

struct sink
sink_journal(struct journal *journal)
{
    return (struct sink){&kind, journal};
}
