#include "provenance.h"

#include <gsl/gsl_version.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

#ifndef DOORSTROOM_VERSION
#define DOORSTROOM_VERSION "unknown"
#define DOORSTROOM_COMMIT  "unknown"
#define DOORSTROOM_FLAGS   "unknown"
#endif

const char *
provenance_version(void)
{
    return DOORSTROOM_VERSION;
}

/* NAME and TEXT must stay until the result is written. */
static void
add(struct provenance_texts *texts, const char *name, const char *text)
{
    if (name == NULL || text == NULL)
        return;
    if (texts->count == texts->room) {
        size_t room = texts->room < 32 ? 32 : 2 * texts->room;
        struct provenance *item = realloc(texts->item, room * sizeof *item);
        char **owned = item != NULL ? realloc(texts->owned, room * sizeof *owned) : NULL;
        if (item != NULL)
            texts->item = item;
        if (owned == NULL) {
            texts->no_memory = true;
            return;
        }
        texts->owned = owned;
        texts->room = room;
    }
    texts->owned[texts->count] = NULL;
    texts->item[texts->count++] = (struct provenance){.name = name, .text = text};
}

/* NAME or TEXT is a copy of what the caller gives: COPY, which the texts own from now on. */
static void
add_owned(struct provenance_texts *texts, const char *name, const char *text, char *copy)
{
    size_t before = texts->count;

    if (copy != NULL)
        add(texts, name, text);
    if (texts->count > before)
        texts->owned[before] = copy;
    else
        free(copy);
    texts->no_memory |= texts->count == before;
}

static void
add_copy(struct provenance_texts *texts, const char *name, const char *text)
{
    char *copy = strdup(text);

    add_owned(texts, name, copy, copy);
}

static void
add_time(struct provenance_texts *texts, const char *name)
{
    char text[64];
    time_t now = time(NULL);
    struct tm utc;

    gmtime_r(&now, &utc);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    add_copy(texts, name, text);
}

static void
add_named(struct provenance_texts *texts, const char *name, const char *text)
{
    char *copy = strdup(name);

    add_owned(texts, copy, text, copy);
}

/* The files as read: file_1 is the scenario itself, then those it names; file_N_name tells which.
 */
static void
add_sources(struct provenance_texts *texts, const struct scenario *scenario)
{
    for (size_t i = 0; i < scenario->tree.sources; i++) {
        char name[64];
        snprintf(name, sizeof name, "file_%zu_name", i + 1);
        add_named(texts, name, scenario->tree.source[i].name);
        snprintf(name, sizeof name, "file_%zu", i + 1);
        add_named(texts, name, scenario->tree.source[i].text);
    }
}

void
provenance_begin(struct provenance_texts *texts, const struct scenario *scenario,
                 const char *command_line, const unsigned char identity[DIGEST_SIZE])
{
    struct utsname host;
    char seed[32], digest[2 * DIGEST_SIZE + 1];

    *texts = (struct provenance_texts){0};
    snprintf(seed, sizeof seed, "%lld", (long long)scenario->seed);
    digest_text(identity, digest);
    add(texts, "version", DOORSTROOM_VERSION);
    add(texts, "commit", DOORSTROOM_COMMIT);
    add(texts, "compiler", __VERSION__);
    add(texts, "flags", DOORSTROOM_FLAGS);
    add(texts, "gsl", GSL_VERSION);
    if (uname(&host) == 0) {
        add_copy(texts, "system", host.sysname);
        add_copy(texts, "machine", host.machine);
    }
    add_copy(texts, "seed", seed);
    add_copy(texts, "identity", digest);
    add(texts, "command_line", command_line != NULL ? command_line : "");
    add_time(texts, "started");
    add_sources(texts, scenario);
}

void
provenance_end(struct provenance_texts *texts)
{
    add_time(texts, "ended");
}

void
provenance_free(struct provenance_texts *texts)
{
    for (size_t i = 0; i < texts->count; i++)
        free(texts->owned[i]);
    free(texts->owned);
    free(texts->item);
    *texts = (struct provenance_texts){0};
}
