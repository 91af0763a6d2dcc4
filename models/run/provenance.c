#include "provenance.h"

#include "models/scenario/document.h"
#include "models/scenario/formula.h"
#include "models/scenario/source.h"
#include "models/scenario/table.h"

#include "sim/base/array.h"
#include "sim/base/digest.h"
#include "sim/engine/distribution.h"
#include "sim/engine/portable_math.h"
#include "sim/result/chunk.h"
#include "sim/result/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

#ifndef DOORSTROOM_VERSION
#define DOORSTROOM_VERSION "unknown"
#define DOORSTROOM_COMMIT  "unknown"
#define DOORSTROOM_FLAGS   "unknown"
#define DOORSTROOM_SOURCE  "unknown"
#endif

#ifdef __clang__
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

const char *
provenance_version(void)
{
    return DOORSTROOM_VERSION;
}

const char *
provenance_commit(void)
{
    return DOORSTROOM_COMMIT;
}

const char *
provenance_compiler(void)
{
    return COMPILER;
}

/* NAME and TEXT must stay until the result is written. */
static bool
add(struct provenance_list *list, const char *name, const char *text, bool input)
{
    size_t items = list->room;

    if (!array_room(list->item, items, list->count + 1) ||
        !array_room(list->owned, list->room, list->count + 1))
        return false;
    list->owned[list->count] = NULL;
    list->item[list->count++] = (struct store_text){name, text, input};
    return true;
}

/* NAME or TEXT is COPY, which the list owns from now on. */
static bool
add_owned(struct provenance_list *list, const char *name, const char *text, bool input, char *copy)
{
    if (copy == NULL || !add(list, name, text, input)) {
        free(copy);
        return false;
    }
    list->owned[list->count - 1] = copy;
    return true;
}

static void
note(struct provenance_texts *texts, const char *name, const char *text)
{
    char *copy = strdup(text);

    texts->no_memory |= !add_owned(&texts->provenance, name, copy, false, copy);
}

static void
note_input(struct provenance_texts *texts, const char *name, const char *text)
{
    char *copy = strdup(name);

    texts->no_memory |= !add_owned(&texts->provenance, copy, text, true, copy);
}

static void
note_attribute(struct provenance_texts *texts, const char *name, const char *text)
{
    char *copy = strdup(text);

    texts->no_memory |= !add_owned(&texts->attribute, name, copy, false, copy);
}

#define TIME_TEXT 32

static void
write_time(time_t at, char text[TIME_TEXT])
{
    struct tm utc;

    gmtime_r(&at, &utc);
    strftime(text, TIME_TEXT, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

/* The files as read: file_1 is the scenario itself, then those it names; file_N_name tells which,
 * from the scenario's folder. What --set says is one of them, called --set. over_1, over_2 ... are
 * the names of those that --over lays over the scenario, in this order. */
static void
note_sources(struct provenance_texts *texts, const struct scenario *scenario)
{
    size_t overs = 0;

    for (size_t i = 0; i < scenario->tree.sources; i++) {
        char name[64];
        snprintf(name, sizeof name, "file_%zu_name", i + 1);
        note_input(texts, name, scenario->tree.source[i].name);
        snprintf(name, sizeof name, "file_%zu", i + 1);
        note_input(texts, name, scenario->tree.source[i].text);
        snprintf(name, sizeof name, "over_%zu", overs + 1);
        if (scenario->tree.source[i].over)
            note_input(texts, name, scenario->tree.source[i].name);
        overs += scenario->tree.source[i].over;
    }
}

/* Those whose versions are noted, in this order. */
static struct library (*const libraries[])(void) = {
    distribution_library, store_library,  document_library,      table_library,
    chunk_library,        digest_library, portable_math_library,
};

void
provenance_libraries(char *text, size_t size)
{
    size_t at = 0;

    text[0] = '\0';
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries && at < size; i++) {
        struct library library = libraries[i]();
        int length = snprintf(text + at, size - at, "%s%s %s", i > 0 ? ", " : "", library.name,
                              library.version);
        at += length > 0 ? (size_t)length : size;
    }
}

static void
note_program(struct provenance_texts *texts)
{
    struct utsname host;

    note(texts, "version", DOORSTROOM_VERSION);
    note(texts, "format_version", STORE_FORMAT_TEXT);
    note(texts, "commit", DOORSTROOM_COMMIT);
    note(texts, "source_address", DOORSTROOM_SOURCE);
    note(texts, "compiler", COMPILER);
    note(texts, "flags", DOORSTROOM_FLAGS);
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        struct library library = libraries[i]();
        note(texts, library.name, library.version);
    }
    if (uname(&host) == 0) {
        note(texts, "system", host.sysname);
        note(texts, "machine", host.machine);
    }
}

static void
note_attributes(struct provenance_texts *texts, const struct scenario *scenario,
                const char *command_line, const char *started)
{
    char line[2048];

    note_attribute(texts, "title", scenario->name);
    if (scenario->description != NULL)
        note_attribute(texts, "comment", scenario->description);
    note_attribute(texts, "source", "doorstroom " DOORSTROOM_VERSION " (" DOORSTROOM_COMMIT ")");
    snprintf(line, sizeof line, "%s: %s", started, command_line);
    note_attribute(texts, "history", line);
    note_attribute(texts, "references",
                   strcmp(DOORSTROOM_SOURCE, "unknown") != 0
                       ? DOORSTROOM_SOURCE
                       : "doorstroom " DOORSTROOM_VERSION ", a simulator of people flowing through "
                         "prisons and small houses");
}

void
provenance_collect(struct provenance_texts *texts, const struct scenario *scenario,
                   const struct provenance_run *run)
{
    const char *command_line = run->command_line != NULL ? run->command_line : "";
    char text[64], started[TIME_TEXT], ended[TIME_TEXT];

    *texts = (struct provenance_texts){0};
    write_time(run->started, started);
    write_time(time(NULL), ended);
    note_attributes(texts, scenario, command_line, started);
    note_program(texts);
    note(texts, "command_line", command_line);
    note(texts, "identity", run->identity);
    snprintf(text, sizeof text, "%llu..%llu", (unsigned long long)run->first,
             (unsigned long long)run->last);
    note(texts, "replications", text);
    snprintf(text, sizeof text, "%lld", (long long)scenario->seed);
    note(texts, "seed", text);
    if (texts->provenance.count > 0)
        texts->provenance.item[texts->provenance.count - 1].input = true;
    if (scenario->tree.draws != NULL && scenario->tree.draws->count > 0) {
        snprintf(text, sizeof text, "%lld", (long long)scenario->chance);
        note(texts, "chance", text);
    }
    note_sources(texts, scenario);
    note(texts, "started", started);
    note(texts, "ended", ended);
}

static void
free_list(struct provenance_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->owned[i]);
    free(list->owned);
    free(list->item);
}

void
provenance_free(struct provenance_texts *texts)
{
    free_list(&texts->provenance);
    free_list(&texts->attribute);
    *texts = (struct provenance_texts){0};
}

static void
layout_digest(const struct layout *layout, unsigned char digest[DIGEST_SIZE])
{
    memset(digest, 0, DIGEST_SIZE);
    for (size_t v = 0; v < layout->variables; v++) {
        const struct layout_variable *variable = &layout->variable[v];
        digest_chain(digest, variable->name, strlen(variable->name));
        digest_chain(digest, &variable->type, sizeof variable->type);
        for (int d = 0; d < variable->dimensions; d++) {
            const struct layout_dimension *dimension = &layout->dimension[variable->dimension[d]];
            digest_chain(digest, dimension->name, strlen(dimension->name));
            digest_chain(digest, &dimension->size, sizeof dimension->size);
            for (size_t i = 0; dimension->label != NULL && i < dimension->size; i++)
                digest_chain(digest, dimension->label[i], strlen(dimension->label[i]));
        }
    }
}

/* Of the files (SET false), or of what the command line sets. */
static void
sources_digest(const struct scenario *scenario, bool set, unsigned char digest[DIGEST_SIZE])
{
    memset(digest, 0, DIGEST_SIZE);
    for (size_t i = 0; i < scenario->tree.sources; i++) {
        const struct source *source = &scenario->tree.source[i];
        if ((strcmp(source->name, SOURCE_SET) == 0) != set)
            continue;
        digest_chain(digest, source->name, strlen(source->name));
        digest_chain(digest, source->text, source->size);
    }
}

char *
provenance_identity(const struct scenario *scenario, const struct layout *layout)
{
    unsigned char digest[DIGEST_SIZE];
    char files[DIGEST_TEXT], set[DIGEST_TEXT], kept[DIGEST_TEXT], *text = malloc(1024);

    sources_digest(scenario, false, digest);
    digest_text(digest, files);
    sources_digest(scenario, true, digest);
    digest_text(digest, set);
    layout_digest(layout, digest);
    digest_text(digest, kept);
    if (text != NULL)
        snprintf(text, 1024,
                 "format %s\nversion %s\ncommit %s\nseed %lld\nscenario %s\nset %s\nkept %s\n",
                 STORE_FORMAT_TEXT, DOORSTROOM_VERSION, DOORSTROOM_COMMIT,
                 (long long)scenario->seed, files, set, kept);
    return text;
}
