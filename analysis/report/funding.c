#include "funding.h"

#include "give.h"

#include "sim/engine/distribution.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define CHANCE_DECIMALS 4
#define PLACES_DECIMALS 0

/* The money of a facility: until when. */
struct ending {
    const struct facility_object *facility;
    bool known;
    int32_t until;
};

static const struct objects *
process_called(const struct scenario *scenario, const char *name)
{
    const struct object_map *processes = &scenario->stages;

    for (size_t p = 0; name != NULL && p < processes->count; p++)
        if (strcmp(processes->name[p], name) == 0)
            return &processes->list[p];
    return NULL;
}

/* The days that the stages of PROCESS take, into *DAYS; false: chance has a part in it. */
static bool
days_are_known(const struct scenario *scenario, const struct objects *process, double *days)
{
    const struct stage_object *stage = process->item;

    *days = 0;
    for (size_t i = 0; i < process->count; i++) {
        bool handed_over = i > 0 && strcmp(stage[i].party, stage[i - 1].party) != 0;
        if (distribution_variance(stage[i].time) > 0 || stage[i].fails > 0 ||
            (handed_over && scenario->hand_over != NULL))
            return false;
        *days += distribution_mean(stage[i].time);
    }
    return true;
}

/* When FACILITY's money ends within SCENARIO; false: it does not. */
static bool
find_ending(const struct scenario *scenario, const struct facility_object *facility,
            struct ending *ending)
{
    const struct project_object *project = &facility->project;
    double end = scenario->start + scenario->horizon, days;

    if (project->node == NULL || project->funding.node == NULL)
        return false;
    const struct objects *process = process_called(scenario, project->process);
    double term = project->funding.term, until = scenario_starts(facility) + term;
    ending->facility = facility;
    ending->known =
        process != NULL && project->phase == NULL && days_are_known(scenario, process, &days);
    if (ending->known) {
        until += ceil(days);
        until += term * fmax(0, ceil((scenario->start - until) / term));
    }
    ending->until = (int32_t)fmin(until, INT32_MAX);
    return until < end;
}

/* Does SCENARIO (NULL: nothing is known of it) say the same of that facility's money? */
static bool
says_the_same(const struct scenario *scenario, const struct ending *ending)
{
    struct ending other;

    for (size_t i = 0; scenario != NULL && i < scenario->facilities.count; i++) {
        const struct facility_object *facility = scenario_facility(scenario, i);
        if (strcmp(facility->name, ending->facility->name) == 0)
            return find_ending(scenario, facility, &other) && other.known == ending->known &&
                   (!other.known || other.until == ending->until) &&
                   fabs(facility->project.funding.renewal -
                        ending->facility->project.funding.renewal) < 1e-9;
    }
    return false;
}

/* Of each of SCENARIO: does it say the same? NULL: no memory. */
static json_t *
in_json(const struct scenario *const *scenario, size_t scenarios, const struct ending *ending)
{
    json_t *in = json_array();
    bool good = in != NULL;

    for (size_t k = 0; k < scenarios && good; k++)
        good = json_array_append_new(in, json_boolean(says_the_same(scenario[k], ending))) == 0;
    return give_if(in, good);
}

/* What SCENARIO number OF says. NULL: no memory. */
static json_t *
row_json(const struct scenario *const *scenario, size_t scenarios, size_t of,
         const struct ending *ending)
{
    const struct facility_object *facility = ending->facility;

    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "facility", give_text(facility->name),
                     "region", give_text(facility->region), "places",
                     give_rounded(scenario_most_places(scenario[of], facility), PLACES_DECIMALS),
                     "until", ending->known ? json_integer(ending->until) : json_null(), "chance",
                     give_rounded(facility->project.funding.renewal, CHANCE_DECIMALS), "in",
                     in_json(scenario, scenarios, ending));
}

/* Is it told already, of a scenario before OF? */
static bool
is_told(const struct scenario *const *scenario, size_t of, const struct ending *ending)
{
    for (size_t k = 0; k < of; k++)
        if (says_the_same(scenario[k], ending))
            return true;
    return false;
}

int
report_funding(const struct scenario *const *scenario, size_t scenarios, json_t **list,
               struct error *err)
{
    bool good = (*list = json_array()) != NULL;

    for (size_t k = 0; k < scenarios; k++)
        for (size_t i = 0; scenario[k] != NULL && i < scenario[k]->facilities.count && good; i++) {
            struct ending ending;
            if (find_ending(scenario[k], scenario_facility(scenario[k], i), &ending) &&
                !is_told(scenario, k, &ending))
                good = json_array_append_new(*list, row_json(scenario, scenarios, k, &ending)) == 0;
        }
    if (good)
        return OK;
    json_decref(*list);
    *list = NULL;
    return error_set(err, NO_MEMORY, "no memory for whose money ends");
}
