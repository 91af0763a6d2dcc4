#include "scenario.h"

#include <stdlib.h>
#include <string.h>

void
scenario_free(struct scenario *scenario)
{
    if (scenario->world != NULL)
        scenario_free(scenario->world);
    free(scenario->world);
    scenario->world = NULL;
    for (size_t i = 0; i < scenario->unders; i++) {
        if (scenario->under[i] != NULL)
            scenario_free(scenario->under[i]);
        free(scenario->under[i]);
    }
    scenario->unders = 0;
    tree_free(&scenario->tree);
}

uint32_t
scenario_statuses(const struct facility_object *facility)
{
    static const uint32_t by_kind[FACILITY_KINDS] = {
        [KIND_PRISON] = 1 << STATUS_REMAND | 1 << STATUS_CONVICTED | 1 << STATUS_INTERNEE,
        [KIND_DETENTION_HOUSE] = 1 << STATUS_CONVICTED,
        [KIND_TRANSITION_HOUSE] = 1 << STATUS_CONVICTED,
        [KIND_FORENSIC_CENTRE] = 1 << STATUS_INTERNEE,
        [KIND_RENTED] = 1 << STATUS_CONVICTED,
    };

    return facility->statuses != 0 ? facility->statuses : by_kind[facility->kind];
}

const struct steps *
scenario_places(const struct scenario *scenario, const struct facility_object *facility)
{
    const struct steps *word = &facility->capacity[scenario->capacity_word];

    return word->count > 0 ? word : &facility->capacity[CAPACITY_MAIN];
}

double
scenario_most_places(const struct scenario *scenario, const struct facility_object *facility)
{
    const struct steps *places = scenario_places(scenario, facility);
    double most = 0;

    for (size_t i = 0; i < places->count; i++)
        most = places->value[i] > most ? places->value[i] : most;
    return most;
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

/* One of the days from FROM to UNTIL, both included. */
static int32_t
even_day(const struct facility_object *facility, int32_t from, int32_t until)
{
    int64_t days = (int64_t)until - from + 1;

    if (from == NO_DATE || until == NO_DATE || facility->evens == 0 || days <= 0)
        return from;
    return from + (int32_t)(days * (2 * facility->even - 1) / (2 * facility->evens));
}

int32_t
scenario_opens(const struct facility_object *facility)
{
    return even_day(facility, facility->opens, facility->opens_until);
}

int32_t
scenario_starts(const struct facility_object *facility)
{
    return even_day(facility, facility->project.starts, facility->project.starts_until);
}

const struct objects *
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
    const struct objects *list = &scenario->pathways.list[class];
    const struct phase_object *rows = list->item;

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

bool
names_hold_for(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->name[i], name) == 0)
            return true;
    return names->count == 0;
}
