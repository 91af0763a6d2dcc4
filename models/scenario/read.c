#include "read.h"

#include "models/scenario/check/check.h"
#include "models/scenario/fields/fields.h"
#include "overlay.h"
#include "read_object.h"
#include "smaller.h"

#include "sim/base/error.h"

#include <stdlib.h>
#include <string.h>

/* Faults of the world that the scenario does not have itself. */
static void
take_faults(struct faults *faults, const struct faults *world, const char *where)
{
    for (size_t i = 0; i < world->count; i++) {
        const struct fault *fault = &world->fault[i];
        bool said = fault->warning;
        for (size_t j = 0; j < faults->count && !said; j++)
            said = faults->fault[j].at.line == fault->at.line &&
                   faults->fault[j].at.column == fault->at.column &&
                   strcmp(faults->fault[j].at.file, fault->at.file) == 0;
        if (!said)
            faults_add(faults, fault->at, NULL, "%s (%s)", fault->text != NULL ? fault->text : "",
                       where);
    }
    faults->no_memory |= world->no_memory;
}

/* Read the world's tree, whose nodes are the scenario's, into a scenario with a tree of its own. */
static void
read_world(struct scenario *scenario, struct faults *faults)
{
    struct faults found = {0};
    struct scenario *world = calloc(1, sizeof *world);

    if (world == NULL) {
        scenario->tree.no_memory = true;
        return;
    }
    scenario->world = world;
    world->tree = (struct tree){.root = scenario->tree.world,
                                .faults = &found,
                                .draws = scenario->tree.draws,
                                .incomplete = scenario->tree.incomplete};
    read_object(&world->tree, world->tree.root, &scenario_type, world, "");
    if (!world->tree.incomplete)
        check_scenario(world);
    if (!world->tree.incomplete && found.errors == 0)
        smaller_split(world);
    scenario->tree.no_memory |= world->tree.no_memory;
    take_faults(faults, &found, "in the world that the stock comes from");
    faults_free(&found);
    world->tree.faults = faults;
}

/* One of the scenarios under laws, whose nodes are the scenario's own; NULL: no memory. */
static struct scenario *
read_under(struct scenario *scenario, struct node *root, struct faults *faults)
{
    struct scenario *under = calloc(1, sizeof *under);
    struct faults found = {0};

    if (under == NULL) {
        scenario->tree.no_memory = true;
        return NULL;
    }
    under->tree = (struct tree){.root = root,
                                .faults = &found,
                                .draws = scenario->tree.draws,
                                .incomplete = scenario->tree.incomplete};
    read_object(&under->tree, under->tree.root, &scenario_type, under, "");
    if (!under->tree.incomplete)
        check_scenario(under);
    if (!under->tree.incomplete && found.errors == 0 && faults->errors == 0)
        smaller_split(under);
    scenario->tree.no_memory |= under->tree.no_memory;
    take_faults(faults, &found, "under the law");
    faults_free(&found);
    under->tree.faults = faults;
    return under;
}

static void
read_laws(struct scenario *scenario, struct faults *faults)
{
    size_t all = (scenario->tree.laws + 1) * (scenario->tree.laws + 1);

    scenario->under = tree_allocate(&scenario->tree, all * sizeof(struct scenario *));
    if (scenario->under == NULL)
        return;
    scenario->unders = all;
    for (size_t i = 1; i < all && !scenario->tree.no_memory; i++)
        if (scenario->tree.law[i] != NULL)
            scenario->under[i] = read_under(scenario, scenario->tree.law[i], faults);
}

int
scenario_read_from(struct scenario *scenario, const struct scenario_source *from,
                   struct faults *faults)
{
    *scenario = (struct scenario){0};
    overlay_read(&scenario->tree, from, faults);
    if (scenario->tree.root != NULL && !scenario->tree.no_memory) {
        read_object(&scenario->tree, scenario->tree.root, &scenario_type, scenario, "");
        if (!scenario->tree.incomplete)
            check_scenario(scenario);
        if (!scenario->tree.incomplete && faults->errors == 0)
            smaller_split(scenario);
    }
    if (scenario->tree.laws > 0 && !scenario->tree.no_memory)
        read_laws(scenario, faults);
    if (scenario->tree.world != NULL && !scenario->tree.no_memory)
        read_world(scenario, faults);
    if (scenario->tree.no_memory || faults->no_memory) { /* what else was found may be of that */
        faults_free(faults);
        faults_add(faults, (struct position){from->file, 0, 0}, NULL, "no memory to read it");
        return NO_MEMORY;
    }
    faults_sort(faults);
    return faults->errors == 0 ? OK : scenario->tree.environment ? ENVIRONMENT : BAD_INPUT;
}

int
scenario_read(struct scenario *scenario, const char *file, bool allow_outside,
              struct faults *faults)
{
    const struct scenario_source from = {.file = file, .allow_outside = allow_outside};

    return scenario_read_from(scenario, &from, faults);
}
