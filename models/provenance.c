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

static void
add(struct provenance_texts *texts, const char *name, const char *text)
{
    if (texts->count < PROVENANCE_MOST && name != NULL && text != NULL)
        texts->item[texts->count++] = (struct provenance){.name = name, .text = text};
}

/* A text that must be kept until the result is written. */
static void
add_copy(struct provenance_texts *texts, const char *name, const char *text)
{
    char *copy = strdup(text);

    if (copy == NULL || texts->owneds == PROVENANCE_MOST) {
        free(copy);
        return;
    }
    texts->owned[texts->owneds++] = copy;
    add(texts, name, copy);
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

/* The files as read: file_1 is the scenario itself, then those it names; file_N_name tells which.
 */
static void
add_sources(struct provenance_texts *texts, const struct scenario *scenario)
{
    for (size_t i = 0; i < scenario->tree.sources && texts->owneds + 4 < PROVENANCE_MOST; i++) {
        char name[64];
        snprintf(name, sizeof name, "file_%zu_name", i + 1);
        char *kept = strdup(name), *text = strdup(name);
        if (kept == NULL || text == NULL) {
            free(kept);
            free(text);
            return;
        }
        text[strlen(text) - strlen("_name")] = '\0';
        texts->owned[texts->owneds++] = kept;
        texts->owned[texts->owneds++] = text;
        add(texts, kept, scenario->tree.source[i].name);
        add(texts, text, scenario->tree.source[i].text);
    }
}

void
provenance_begin(struct provenance_texts *texts, const struct scenario *scenario,
                 const char *command_line, const unsigned char identity[DIGEST_SIZE])
{
    struct utsname host;
    char seed[32], digest[2 * DIGEST_SIZE + 1];

    memset(texts, 0, sizeof *texts);
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
    for (size_t i = 0; i < texts->owneds; i++)
        free(texts->owned[i]);
    texts->owneds = 0;
}
