#ifndef SIM_SINK_H
#define SIM_SINK_H
/* Where the values of finished replications go: a journal (sink_journal), memory (sink_memory), or
 * what a user of the engine writes. A kind of sink is a row of functions; its state is its own.
 *
 * A sink asks for the variables that it wants. Replications end in any order and on any thread; a
 * sink keeps what it is told by replication, so that the same is kept for any number of threads. */

#include "layout.h"
#include "sim/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A replication that has just ended, in the hands of the worker that ran it. */
struct finished {
    uint64_t replication;
    const struct layout *layout;
    void *room; /* for any one variable (finished_room) */
    void *worker;
    void (*values)(void *worker, size_t variable, void *values);
};

/* The values of VARIABLE in the room: layout_count of them, float or int64_t as the layout says.
 * Valid until the next call. */
const void *finished_values(const struct finished *finished, size_t variable);

/* The same as double, whatever they are. */
const double *finished_doubles(const struct finished *finished, size_t variable);

/* Bytes that the room has for what LAYOUT says. */
size_t finished_room(const struct layout *layout);

/* All functions but prepare may be NULL. */
struct sink_kind {
    const char *name;

    /* The replications FIRST .. LAST will come, with values as LAYOUT says; it stays until end. */
    int (*begin)(void *state, const struct layout *layout, uint64_t first, uint64_t last,
                 struct error *err);

    /* Is REPLICATION there from an earlier run? Then it does not come again. Asked after begin,
     * before any is taken in. */
    bool (*holds)(const void *state, uint64_t replication);

    /* What a worker needs for itself, between prepare and take and from one replication to the
     * next. */
    int (*tray_create)(void *state, void **tray, struct error *err);
    void (*tray_free)(void *tray);

    /* Several workers at once: pack the values into the tray, or put them where only this
     * replication's belong. */
    int (*prepare)(void *state, void *tray, const struct finished *finished, struct error *err);

    /* One worker at a time: what was prepared is taken in. May take its time, say for a disk: other
     * workers are handed replications meanwhile. */
    int (*take)(void *state, void *tray, uint64_t replication, struct error *err);

    /* All have come. Not called where one has failed, or the run was stopped. */
    int (*end)(void *state, struct error *err);
};

struct sink {
    const struct sink_kind *kind;
    void *state;
};

/* The functions of the row; what the kind leaves out does nothing, and holds nothing. */
MUST_CHECK int sink_begin(const struct sink *sink, const struct layout *layout, uint64_t first,
                          uint64_t last, struct error *err);
bool sink_holds(const struct sink *sink, uint64_t replication);
MUST_CHECK int sink_tray_create(const struct sink *sink, void **tray, struct error *err);
void sink_tray_free(const struct sink *sink, void *tray);
MUST_CHECK int sink_prepare(const struct sink *sink, void *tray, const struct finished *finished,
                            struct error *err);
MUST_CHECK int sink_take(const struct sink *sink, void *tray, uint64_t replication,
                         struct error *err);
MUST_CHECK int sink_end(const struct sink *sink, struct error *err);

#endif
