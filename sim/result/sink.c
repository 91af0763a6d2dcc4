#include "sink.h"

const void *
finished_values(const struct finished *finished, size_t variable)
{
    finished->values(finished->worker, variable, finished->room);
    return finished->room;
}

const double *
finished_doubles(const struct finished *finished, size_t variable)
{
    const struct layout_variable *of = &finished->layout->variable[variable];

    (void)finished_values(finished, variable);
    return layout_doubles(of->type, finished->room, layout_count(finished->layout, of));
}

size_t
finished_room(const struct layout *layout)
{
    return sizeof(double) / sizeof(float) * layout_most_bytes(layout);
}

int
sink_begin(const struct sink *sink, const struct layout *layout, uint64_t first, uint64_t last,
           struct error *err)
{
    return sink->kind->begin == NULL ? OK
                                     : sink->kind->begin(sink->state, layout, first, last, err);
}

bool
sink_holds(const struct sink *sink, uint64_t replication)
{
    return sink->kind->holds != NULL && sink->kind->holds(sink->state, replication);
}

int
sink_tray_create(const struct sink *sink, void **tray, struct error *err)
{
    *tray = NULL;
    return sink->kind->tray_create == NULL ? OK : sink->kind->tray_create(sink->state, tray, err);
}

void
sink_tray_free(const struct sink *sink, void *tray)
{
    if (tray != NULL && sink->kind->tray_free != NULL)
        sink->kind->tray_free(tray);
}

int
sink_prepare(const struct sink *sink, void *tray, const struct finished *finished,
             struct error *err)
{
    return sink->kind->prepare(sink->state, tray, finished, err);
}

int
sink_take(const struct sink *sink, void *tray, uint64_t replication, struct error *err)
{
    return sink->kind->take == NULL ? OK : sink->kind->take(sink->state, tray, replication, err);
}

int
sink_end(const struct sink *sink, struct error *err)
{
    return sink->kind->end == NULL ? OK : sink->kind->end(sink->state, err);
}
