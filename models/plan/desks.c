#include "desks.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int
plan_desks_create(struct plan *plan, struct error *err)
{
    const struct desk_object *rows = plan->scenario->desks.item;

    assert(plan->scenario->desks.count <= MOST_DESKS && plan->scenario->exits.count <= MOST_EXITS);
    plan->exits = (uint32_t)plan->scenario->exits.count;
    plan->exit_name = plan->scenario->exits.name;
    plan->desks = (uint32_t)plan->scenario->desks.count;
    plan->desk = calloc(plan->desks + 1, sizeof *plan->desk);
    if (plan->desk == NULL)
        return error_set(err, NO_MEMORY, "no memory for the desks");
    for (uint32_t i = 0; i < plan->desks; i++)
        plan->desk[i] = (struct desk_plan){.name = rows[i].name,
                                           .time = rows[i].time,
                                           .places = rows[i].places,
                                           .serves = (uint8_t)rows[i].serves,
                                           .working_days = rows[i].working_days};
    return OK;
}

void
plan_desks_free(struct plan *plan)
{
    free(plan->desk);
}

int16_t
plan_desk_index(const struct plan *plan, const char *name)
{
    for (uint32_t i = 0; name != NULL && i < plan->desks; i++)
        if (strcmp(plan->desk[i].name, name) == 0)
            return (int16_t)i;
    return -1;
}
