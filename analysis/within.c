#include "within.h"

#include "models/scenario/read.h"

#include "sim/base/array.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_SIZE 64 /* of an entry of the provenance */

const char *
within_file(const struct store *store, size_t number, const char **name)
{
    char entry[NAME_SIZE];

    snprintf(entry, sizeof entry, "file_%zu_name", number);
    *name = store_provenance(store, entry);
    snprintf(entry, sizeof entry, "file_%zu", number);
    return store_provenance(store, entry);
}

const char *
within_overlay(const struct store *store, size_t number)
{
    char entry[NAME_SIZE];

    snprintf(entry, sizeof entry, "over_%zu", number);
    return store_provenance(store, entry);
}

/* What is handed to the reader: the texts, the overlays by name, and the lines that were set. */
struct texts {
    struct scenario_text *text;
    size_t count, room;
    const char **over;
    size_t overs, over_room;
    char **set;
    size_t sets, set_room;
};

static void
texts_free(struct texts *texts)
{
    for (size_t i = 0; i < texts->sets; i++)
        free(texts->set[i]);
    free(texts->set);
    free(texts->over);
    free(texts->text);
}

/* Each line of TEXT is one that --set has laid over the scenario. */
static bool
add_set(struct texts *texts, const char *text)
{
    for (size_t length; *text != '\0'; text += length + (text[length] == '\n')) {
        length = strcspn(text, "\n");
        if (!array_room(texts->set, texts->set_room, texts->sets + 1) ||
            (texts->set[texts->sets] = strndup(text, length)) == NULL)
            return false;
        texts->sets++;
    }
    return true;
}

static bool
add_text(struct texts *texts, const char *name, const char *text)
{
    if (strcmp(name, SOURCE_SET) == 0)
        return add_set(texts, text);
    if (!array_room(texts->text, texts->room, texts->count + 1))
        return false;
    texts->text[texts->count++] = (struct scenario_text){name, text, strlen(text)};
    return true;
}

static bool
add_overlays(struct texts *texts, const struct store *store)
{
    const char *name;

    while ((name = within_overlay(store, texts->overs + 1)) != NULL) {
        if (!array_room(texts->over, texts->over_room, texts->overs + 1))
            return false;
        texts->over[texts->overs++] = name;
    }
    return true;
}

static int
collect(struct texts *texts, const struct store *store, struct error *err)
{
    const char *name, *text;
    bool room = add_overlays(texts, store);

    for (size_t i = 1; room && (text = within_file(store, i, &name)) != NULL; i++) {
        if (name == NULL) {
            error_set(err, BAD_INPUT, "file %zu of the scenario has no name in the result", i);
            return BAD_INPUT;
        }
        room = add_text(texts, name, text);
    }
    if (room && texts->count > 0)
        return OK;
    if (room)
        error_set(err, BAD_INPUT, "the scenario is not in the result");
    else
        error_set(err, NO_MEMORY, "no memory for the scenario in the result");
    return room ? BAD_INPUT : NO_MEMORY;
}

/* Tell the first fault that is an error. */
static int
tell_fault(const struct faults *faults, int status, struct error *err)
{
    char line[512] = "";

    for (size_t i = faults->count; i > 0; i--)
        if (!faults->fault[i - 1].warning)
            faults_line(faults, i - 1, line, sizeof line);
    return error_set(err, status, "this version does not read the scenario in the result: %s",
                     line);
}

/* The command line may have given another seed than the text. */
static int
take_seed(struct scenario *scenario, const struct store *store, struct error *err)
{
    const char *seed = store_provenance(store, "seed");
    char *end;

    if (seed == NULL)
        return OK;
    scenario->seed = strtoll(seed, &end, 10);
    if (end == seed || *end != '\0')
        return error_set(err, BAD_INPUT, "the seed in the result is no number: '%.40s'", seed);
    return OK;
}

int
scenario_within(struct within *within, const struct store *store, struct error *err)
{
    struct texts texts = {0};
    int status = collect(&texts, store, err);

    *within = (struct within){0};
    if (status == OK) {
        const struct scenario_source from = {.file = texts.text[0].name,
                                             .over = texts.over,
                                             .overs = texts.overs,
                                             .set = (const char *const *)texts.set,
                                             .sets = texts.sets,
                                             .allow_outside = true,
                                             .text = texts.text,
                                             .texts = texts.count,
                                             .no_files = true};
        status = scenario_read_from(&within->scenario, &from, &within->faults);
        if (status != OK)
            status = tell_fault(&within->faults, status, err);
    }
    if (status == OK)
        status = take_seed(&within->scenario, store, err);
    texts_free(&texts);
    return status;
}

void
within_free(struct within *within)
{
    scenario_free(&within->scenario);
    faults_free(&within->faults);
}
