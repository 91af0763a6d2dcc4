#include "check_cost.h"

#include "known.h"

#include "models/scenario/fields/fields.h"

#include <string.h>

/* A point that may stand between thousands: 250.000, with one to three digits before it. */
static bool
may_be_thousands(const char *text)
{
    size_t before = strspn(text, "0123456789");

    return before >= 1 && before <= 3 && text[0] != '0' && text[before] == '.' &&
           strspn(text + before + 1, "0123456789") == 3 && text[before + 4] == '\0';
}

/* FIELD of ROW is an amount of euro. */
static void
warn_amount(const struct scenario *scenario, const struct node *row, const char *field,
            const char *path)
{
    const struct node *node = row != NULL && row->kind == NODE_MAP ? node_find(row, field) : NULL;

    if (node != NULL && node->kind == NODE_SCALAR && may_be_thousands(node->text))
        faults_warn(scenario_faults(scenario), node_at(node), path,
                    "%s is %s with three decimals; thousands are written without a point", field,
                    node->text);
}

/* Has each facility a ceiling, of its own or by the history? NULL: no memory. */
static bool *
find_ceilings(struct scenario *scenario, const struct known *facilities)
{
    const struct facility_object *facility = scenario->facilities.item;
    const struct step_object *step = scenario->history.item;
    bool *has = tree_allocate(&scenario->tree, scenario->facilities.count + 1);

    for (size_t i = 0; has != NULL && i < scenario->facilities.count; i++)
        has[i] = facility[i].ceiling.count > 0;
    for (size_t i = 0; has != NULL && i < scenario->history.count; i++) {
        size_t at = step[i].facility != NULL ? known_index(facilities, step[i].facility) : SIZE_MAX;
        if (at != SIZE_MAX && strcmp(field_of_step(step[i].field)->name, "ceiling") == 0)
            has[at] = true;
    }
    return has;
}

void
warn_cost(struct scenario *scenario, const struct known *facilities)
{
    static const char *const of_facility[] = {"cost_day", "cost_person_day", "penalty"};
    const struct facility_object *facility = scenario->facilities.item;
    const struct measure_object *measure = scenario->measures.item;
    const bool *ceiling = find_ceilings(scenario, facilities);

    for (size_t i = 0; ceiling != NULL && i < scenario->facilities.count; i++) {
        for (size_t n = 0; n < sizeof of_facility / sizeof *of_facility; n++)
            warn_amount(scenario, facility[i].node, of_facility[n], "facilities");
        warn_amount(scenario, facility[i].project.node, "cost", "facilities.project");
        if (facility[i].penalty > 0 && !ceiling[i])
            faults_warn(scenario_faults(scenario), node_at(node_where(facility[i].node, "penalty")),
                        "facilities",
                        "nobody is fined: %.60s has no ceiling that people could be above",
                        facility[i].name);
    }
    for (size_t i = 0; i < scenario->measures.count; i++)
        for (size_t n = 0; n < 2; n++)
            warn_amount(scenario, measure[i].node, of_facility[n], "measures");
}
