#include "about.h"

#include "give.h"

#include "analysis/frame.h"
#include "analysis/pairing.h"
#include "models/run/provenance.h"
#include "sim/base/digest.h"

#include <stdlib.h>
#include <string.h>

#define SHORT_ID 12

json_t *
about_program(const char *command, time_t made)
{
    char date[16] = "", libraries[512];
    struct tm utc;

    if (gmtime_r(&made, &utc) != NULL)
        strftime(date, sizeof date, "%Y-%m-%d", &utc);
    provenance_libraries(libraries, sizeof libraries);
    return json_pack("{s:s, s:s, s:s, s:o, s:s, s:s}", "version", provenance_version(), "commit",
                     provenance_commit(), "date", date, "command", give_text(command), "compiler",
                     provenance_compiler(), "libraries", libraries);
}

static const char *
name_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

/* The SHA-256 of all that decides the values; "" where the result does not say. */
static void
inputs_of(const struct store *store, char text[DIGEST_TEXT])
{
    const char *identity = store_provenance(store, "identity");
    unsigned char digest[DIGEST_SIZE];

    text[0] = '\0';
    if (identity == NULL)
        return;
    digest_of(identity, strlen(identity), digest);
    digest_text(digest, text);
}

/* What the file says in words. */
static json_t *
said(const struct store *store, const char *path)
{
    const char *id = store_id(store);
    char inputs[DIGEST_TEXT];

    inputs_of(store, inputs);
    return json_pack("{s:s, s:s#, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s}", "id", id, "short", id,
                     (int)strnlen(id, SHORT_ID), "file", give_text(name_of(path)), "name",
                     give_text(store_text(store, NULL, "title")), "description",
                     give_text(store_text(store, NULL, "comment")), "version",
                     give_text(store_provenance(store, "version")), "commit",
                     give_text(store_provenance(store, "commit")), "seed",
                     give_text(store_provenance(store, "seed")), "command",
                     give_text(store_provenance(store, "command_line")), "inputs", inputs);
}

/* How many futures it has, and of which days. */
static json_t *
counted(const struct store *store, const struct frame *frame, size_t draws)
{
    size_t count = store_replications(store);

    return json_pack("{s:I, s:I, s:I, s:I, s:i, s:i}", "replications", (json_int_t)count, "first",
                     (json_int_t)store_replication(store, 0), "last",
                     (json_int_t)store_replication(store, count - 1), "draws", (json_int_t)draws,
                     "start", frame->from, "end", frame->until);
}

int
about_result(const struct store *store, const char *path, json_t **about, struct error *err)
{
    struct frame frame;
    uint64_t *draw = NULL;
    size_t draws = 0;
    int status = frame_of_store(&frame, store, err);

    *about = NULL;
    if (status == OK)
        status = pairing_draws(store, NULL, store_replications(store), &draw, &draws, err);
    free(draw);
    if (status == OK) {
        json_t *more = counted(store, &frame, draws);
        *about = said(store, path);
        if (*about == NULL || more == NULL || json_object_update(*about, more) != 0)
            status = error_set(err, NO_MEMORY, "no memory for what a result is");
        json_decref(more);
    }
    frame_free(&frame);
    return status;
}
