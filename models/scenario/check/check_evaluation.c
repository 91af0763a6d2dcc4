#include "check_evaluation.h"

void
check_evaluation(struct scenario *scenario)
{
    const struct evaluation_object *rule = &scenario->evaluation;

    if (rule->node == NULL || node_find(rule->node, "error") == NULL ||
        node_find(rule->node, "least_error") == NULL || node_faulty(rule->node, "error") ||
        node_faulty(rule->node, "least_error"))
        return;
    if (rule->least_error > rule->error)
        faults_add(scenario_faults(scenario), node_at(node_where(rule->node, "least_error")),
                   "evaluation", "least_error is above error: who learns does not err more");
}

void
warn_evaluation(struct scenario *scenario)
{
    const struct evaluation_object *rule = &scenario->evaluation;
    const struct facility_object *rows = scenario->facilities.item;
    bool houses = false, reporting = false;

    if (rule->node == NULL)
        return;
    for (size_t i = 0; i < scenario->facilities.count; i++) {
        bool house = rows[i].kind == KIND_DETENTION_HOUSE || rows[i].kind == KIND_TRANSITION_HOUSE;
        houses |= house;
        reporting |= house && rows[i].transparent;
    }
    if (node_find(rule->node, "breach") != NULL && scenario->house_selection.breach == 0 && houses)
        faults_warn(scenario_faults(scenario), node_at(node_where(rule->node, "breach")),
                    "evaluation", "nothing reads breach: house_selection.breach is not given");
    if (!houses)
        faults_warn(scenario_faults(scenario), node_at(rule->node), "evaluation",
                    "nothing reads it: there is no house");
    else if (rule->from != NO_DATE && !reporting)
        faults_warn(scenario_faults(scenario), node_at(node_where(rule->node, "from")),
                    "evaluation", "nothing is learned: no house publishes its figures");
    else if (rule->from != NO_DATE && rule->from >= scenario->start + (int32_t)scenario->horizon)
        faults_warn(scenario_faults(scenario), node_at(node_where(rule->node, "from")),
                    "evaluation", "nothing is learned: it begins after the end of the run");
}
