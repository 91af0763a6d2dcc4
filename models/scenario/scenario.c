#include "scenario.h"

#include "overlay.h"
#include "read.h"

#include <stdlib.h>
#include <string.h>

/* Faults of the world that the scenario does not have itself. */
static void
take_faults(struct faults *faults, const struct faults *world)
{
    for (size_t i = 0; i < world->count; i++) {
        const struct fault *fault = &world->fault[i];
        bool said = fault->warning;
        for (size_t j = 0; j < faults->count && !said; j++)
            said = faults->fault[j].line == fault->line &&
                   faults->fault[j].column == fault->column &&
                   strcmp(faults->fault[j].file, fault->file) == 0;
        if (!said)
            faults_add_at(faults, fault->file, fault->line, fault->column,
                          "%s (in the world that the stock comes from)",
                          fault->text != NULL ? fault->text : "");
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
    world->tree = (struct tree){
        .root = scenario->tree.world, .faults = &found, .incomplete = scenario->tree.incomplete};
    read_record(&world->tree, world->tree.root, &scenario_type, world, "");
    if (!world->tree.incomplete)
        check_scenario(world);
    scenario->tree.no_memory |= world->tree.no_memory;
    take_faults(faults, &found);
    faults_free(&found);
    world->tree.faults = faults;
}

int
scenario_read_set(struct scenario *scenario, const char *file, const char *const *set, size_t count,
                  bool allow_outside, struct faults *faults)
{
    *scenario = (struct scenario){0};
    overlay_read(&scenario->tree, file, set, count, allow_outside, faults);
    if (scenario->tree.root != NULL && !scenario->tree.no_memory) {
        read_record(&scenario->tree, scenario->tree.root, &scenario_type, scenario, "");
        if (!scenario->tree.incomplete)
            check_scenario(scenario);
    }
    if (scenario->tree.world != NULL && !scenario->tree.no_memory)
        read_world(scenario, faults);
    if (scenario->tree.no_memory || faults->no_memory) { /* what else was found may be of that */
        faults_free(faults);
        faults_add_at(faults, file, 0, 0, "no memory to read it");
        return NO_MEMORY;
    }
    faults_sort(faults);
    return faults->errors == 0 ? OK : scenario->tree.environment ? ENVIRONMENT : BAD_INPUT;
}

int
scenario_read(struct scenario *scenario, const char *file, bool allow_outside,
              struct faults *faults)
{
    return scenario_read_set(scenario, file, NULL, 0, allow_outside, faults);
}

void
scenario_free(struct scenario *scenario)
{
    if (scenario->world != NULL)
        scenario_free(scenario->world);
    free(scenario->world);
    scenario->world = NULL;
    tree_free(&scenario->tree);
}

uint32_t
scenario_statuses(const struct facility_record *facility)
{
    static const uint32_t by_kind[KINDS] = {
        [PRISON] = 1 << REMAND | 1 << CONVICTED | 1 << INTERNEE,
        [DETENTION_HOUSE] = 1 << CONVICTED,
        [TRANSITION_HOUSE] = 1 << CONVICTED,
        [FORENSIC_CENTRE] = 1 << INTERNEE,
        [RENTED] = 1 << CONVICTED,
    };

    return facility->statuses != 0 ? facility->statuses : by_kind[facility->kind];
}

double
steps_at(const struct steps *steps, int32_t day, double otherwise)
{
    bool begun = steps->count > 0 && (!steps->nothing_before || day >= steps->day[0]);
    double value = begun ? steps->value[0] : otherwise;

    for (size_t i = 1; i < steps->count && steps->day[i] <= day; i++)
        value = steps->value[i];
    return value;
}

const struct records *
scenario_class(const struct scenario *scenario, const char *class, size_t *index)
{
    for (size_t i = 0; class != NULL && i < scenario->pathways.count; i++)
        if (strcmp(scenario->pathways.name[i], class) == 0) {
            *index = i;
            return &scenario->pathways.list[i];
        }
    return NULL;
}

static bool
find_phase(const struct scenario *scenario, size_t class, const char *phase, struct target *out)
{
    const struct records *list = &scenario->pathways.list[class];
    const struct phase_record *rows = list->item;

    for (size_t i = 0; i < list->count; i++)
        if (rows[i].phase != NULL && strcmp(rows[i].phase, phase) == 0) {
            *out = (struct target){false, class, i};
            return true;
        }
    return false;
}

bool
scenario_target(const struct scenario *scenario, size_t class, const char *target,
                struct target *out)
{
    const char *dot = strchr(target, '.');

    if (find_phase(scenario, class, target, out))
        return true;
    for (size_t i = 0; i < scenario->exits.count; i++)
        if (strcmp(scenario->exits.name[i], target) == 0) {
            *out = (struct target){true, class, i};
            return true;
        }
    for (size_t i = 0; dot != NULL && i < scenario->pathways.count; i++) {
        const char *name = scenario->pathways.name[i];
        if (strlen(name) == (size_t)(dot - target) && strncmp(name, target, strlen(name)) == 0)
            return find_phase(scenario, i, dot + 1, out);
    }
    return false;
}
