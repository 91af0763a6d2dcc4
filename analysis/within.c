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

void
within_source_free(struct within_source *within)
{
    for (size_t i = 0; i < within->sets; i++)
        free(within->set[i]);
    free(within->set);
    free(within->over);
    free(within->text);
    *within = (struct within_source){0};
}

/* Each line of TEXT is one that --set has laid over the scenario. */
static bool
add_set(struct within_source *within, const char *text)
{
    for (size_t length; *text != '\0'; text += length + (text[length] == '\n')) {
        length = strcspn(text, "\n");
        if (!array_room(within->set, within->set_room, within->sets + 1) ||
            (within->set[within->sets] = strndup(text, length)) == NULL)
            return false;
        within->sets++;
    }
    return true;
}

/* Bytes of the path of a line 'PATH: VALUE'. */
static size_t
path_length(const char *line)
{
    size_t at = 0;

    for (int depth = 0; line[at] != '\0' && (depth > 0 || line[at] != ':'); at++)
        depth += (line[at] == '[') - (line[at] == ']');
    return at;
}

/* What LINE changes is no longer what the result's own --set said. */
static void
drop_set(struct within_source *within, const char *line)
{
    size_t size = path_length(line), kept = 0;

    for (size_t i = 0; i < within->sets; i++) {
        bool same = path_length(within->set[i]) == size && memcmp(within->set[i], line, size) == 0;
        if (same)
            free(within->set[i]);
        else
            within->set[kept++] = within->set[i];
    }
    within->sets = kept;
}

static bool
add_text(struct within_source *within, const char *name, const char *text)
{
    if (strcmp(name, SOURCE_SET) == 0)
        return add_set(within, text);
    if (!array_room(within->text, within->room, within->texts + 1))
        return false;
    within->text[within->texts++] = (struct scenario_text){name, text, strlen(text)};
    return true;
}

static bool
add_overlays(struct within_source *within, const struct store *store)
{
    const char *name;

    while ((name = within_overlay(store, within->overs + 1)) != NULL) {
        if (!array_room(within->over, within->over_room, within->overs + 1))
            return false;
        within->over[within->overs++] = name;
    }
    return true;
}

int
within_source(struct within_source *within, const struct store *store, const char *const *set,
              size_t sets, struct error *err)
{
    const char *name, *text;

    *within = (struct within_source){0};
    bool room = add_overlays(within, store);
    for (size_t i = 1; room && (text = within_file(store, i, &name)) != NULL; i++) {
        if (name == NULL)
            return error_set(err, BAD_INPUT, "file %zu of the scenario has no name in the result",
                             i);
        room = add_text(within, name, text);
    }
    for (size_t i = 0; i < sets && room; i++)
        drop_set(within, set[i]);
    for (size_t i = 0; i < sets && room; i++)
        room = add_set(within, set[i]);
    if (!room)
        return error_set(err, NO_MEMORY, "no memory for the scenario in the result");
    if (within->texts == 0)
        return error_set(err, BAD_INPUT, "the scenario is not in the result");
    within->source = (struct scenario_source){.file = within->text[0].name,
                                              .over = within->over,
                                              .overs = within->overs,
                                              .set = (const char *const *)within->set,
                                              .sets = within->sets,
                                              .allow_outside = true,
                                              .text = within->text,
                                              .texts = within->texts,
                                              .no_files = true};
    return OK;
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
scenario_within_set(struct within *within, const struct store *store, const char *const *set,
                    size_t sets, struct error *err)
{
    struct within_source source;
    int status = within_source(&source, store, set, sets, err);

    *within = (struct within){0};
    if (status == OK) {
        status = scenario_read_from(&within->scenario, &source.source, &within->faults);
        if (status != OK)
            status = tell_fault(&within->faults, status, err);
    }
    if (status == OK)
        status = take_seed(&within->scenario, store, err);
    within_source_free(&source);
    return status;
}

int
scenario_within(struct within *within, const struct store *store, struct error *err)
{
    return scenario_within_set(within, store, NULL, 0, err);
}

void
within_free(struct within *within)
{
    scenario_free(&within->scenario);
    faults_free(&within->faults);
}
