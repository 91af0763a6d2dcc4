#include "facilities.h"

#include "names.h"

#include "sim/engine/stream.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What a kind does when full, unless its row says otherwise. */
static const struct {
    uint8_t when_full;
    bool house;
} kind_rules[FACILITY_KINDS] = {
    [KIND_PRISON] = {FULL_CROWD, false},           [KIND_DETENTION_HOUSE] = {FULL_REFUSE, true},
    [KIND_TRANSITION_HOUSE] = {FULL_REFUSE, true}, [KIND_FORENSIC_CENTRE] = {FULL_REFUSE, false},
    [KIND_RENTED] = {FULL_REFUSE, false},
};

/* Does a measure move people to the facility called NAME? Then nobody else sends there. */
static bool
is_target(const struct plan *plan, const char *name)
{
    const struct measure_object *rows = plan->scenario->measures.item;

    for (size_t i = 0; i < plan->scenario->measures.count; i++)
        if (rows[i].to != NULL && strcmp(rows[i].to, name) == 0)
            return true;
    return false;
}

static int64_t
cents(double euro)
{
    return (int64_t)round(100 * euro);
}

static void
plan_facility(struct plan *plan, uint32_t i)
{
    const struct facility_object *row =
        (const struct facility_object *)plan->scenario->facilities.item + i;
    struct facility_plan *facility = &plan->facility[i];
    bool filled = row->use == USE_SENTENCES || row->use == USE_OPEN || row->use == USE_INTERNEES;

    *facility = (struct facility_plan){
        .name = row->name,
        .hash = stream_text_name(row->name),
        .region = plan_region_index(plan, row->region),
        .kind = (uint8_t)row->kind,
        .use = (uint8_t)row->use,
        .when_full = (uint8_t)(row->when_full == FULL_BY_KIND ? kind_rules[row->kind].when_full
                                                              : row->when_full),
        .statuses = (uint8_t)scenario_statuses(row),
        .sexes = (uint8_t)(row->sexes ? row->sexes : 3),
        .needs = (uint8_t)(row->needs ? row->needs : 0x3f),
        .counted = row->counted,
        .house = kind_rules[row->kind].house,
        .specialised = row->needs != 0,
        .allocated = (row->kind == KIND_PRISON && filled) ||
                     (row->kind == KIND_RENTED && !is_target(plan, row->name)),
        .transparent = row->transparent,
        .project = row->project.node != NULL,
        .least_sentence = ticks_from_days(row->least_sentence),
        .most_sentence = ticks_from_days(row->most_sentence),
        .cost_day = cents(row->cost_day),
        .cost_person_day = cents(row->cost_person_day),
        .penalty = cents(row->penalty),
        .latitude = row->latitude != NO_NUMBER ? row->latitude : NAN,
        .longitude = row->longitude != NO_NUMBER ? row->longitude : NAN,
        .building = row->project.node != NULL ? cents(row->project.cost) : 0,
        .hand_off = row->hand_off == NULL && kind_rules[row->kind].house
                        ? plan->scenario->house_selection.hand_off
                        : row->hand_off,
    };
    plan->detention_houses |= row->kind == KIND_DETENTION_HOUSE;
    plan->transition_houses |= row->kind == KIND_TRANSITION_HOUSE;
    plan->centres |= row->kind == KIND_FORENSIC_CENTRE;
    plan->allocation |= facility->allocated;
    plan->says_who_publishes |= node_find(row->node, "transparent") != NULL;
    plan->costs |= facility->cost_day > 0 || facility->cost_person_day > 0;
    plan->penalties |= facility->penalty > 0;
    plan->builds |= facility->building > 0;
    plan->needs_in_houses |= facility->house && plan->scenario->people.needs.count > 0;
}

/* The facilities of each region, side by side, by name. */
static void
group_by_region(struct plan *plan)
{
    uint32_t at = 0;

    for (uint32_t r = 0; r < plan->regions; r++)
        plan->region[r].facilities = 0;
    for (uint32_t i = 0; i < plan->facilities; i++)
        plan->region[plan->facility[i].region].facilities++;
    for (uint32_t r = 0; r < plan->regions; r++) {
        plan->region[r].first = at;
        at += plan->region[r].facilities;
        plan->region[r].facilities = 0;
    }
    for (uint32_t i = 0; i < plan->facilities; i++) {
        uint32_t number = plan->by_name[i];
        struct region_plan *region = &plan->region[plan->facility[number].region];
        plan->of_region[region->first + region->facilities++] = number;
    }
}

int
plan_facilities_create(struct plan *plan, struct error *err)
{
    plan->facilities = (uint32_t)plan->scenario->facilities.count;
    plan->sites = plan->facilities + plan->regions;
    plan->facility = calloc(plan->facilities + 1, sizeof *plan->facility);
    plan->by_name = calloc(plan->facilities + 1, sizeof *plan->by_name);
    plan->of_region = calloc(plan->facilities + 1, sizeof *plan->of_region);
    if (plan->facility == NULL || plan->by_name == NULL || plan->of_region == NULL)
        return error_set(err, NO_MEMORY, "no memory for the facilities");
    plan->detention_houses = plan->transition_houses = plan->allocation = plan->centres = false;
    plan->says_who_publishes = plan->needs_in_houses = false;
    plan->costs = plan->penalties = plan->builds = false;
    for (uint32_t i = 0; i < plan->facilities; i++)
        plan_facility(plan, i);
    names_order(plan->by_name, plan->facilities,
                (struct name_column){&plan->facility->name, sizeof *plan->facility});
    group_by_region(plan);
    return OK;
}

void
plan_facilities_free(struct plan *plan)
{
    free(plan->facility);
    free(plan->by_name);
    free(plan->of_region);
}
