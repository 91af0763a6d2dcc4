#include "world.h"

#include "names.h"

#include <stdlib.h>
#include <string.h>

static uint16_t
phase_named(const struct plan *plan, const char *name)
{
    for (uint16_t i = 0; i < plan->phases; i++)
        if (strcmp(plan->phase[i].name, name) == 0)
            return i;
    return NO_PHASE;
}

/* What the world's facilities, regions and phases are called is what they are here. A facility may
 * be missing: its people look for another. */
int
plan_world_names_create(struct plan *plan, struct error *err)
{
    const struct plan *world = plan->world;

    plan->facility_of_world = calloc(world->facilities + 1, sizeof *plan->facility_of_world);
    plan->region_of_world = calloc(world->regions + 1, sizeof *plan->region_of_world);
    plan->phase_of_world = calloc(world->phases + 1u, sizeof *plan->phase_of_world);
    if (plan->facility_of_world == NULL || plan->region_of_world == NULL ||
        plan->phase_of_world == NULL)
        return error_set(err, NO_MEMORY, "no memory for the stock");
    for (uint32_t i = 0; i < world->facilities; i++)
        plan->facility_of_world[i] =
            world == plan ? i : plan_facility_index(plan, world->facility[i].name);
    for (uint32_t i = 0; i < world->regions; i++) {
        const char *name = world->region[i].name;
        plan->region_of_world[i] = plan_region_index(plan, name);
        if (plan->region_of_world[i] == NOWHERE && world->stocks > 0)
            return error_set(err, BAD_INPUT,
                             "the stock comes from a scenario with region '%s', which is not here; "
                             "keep the region, or write a stock of this scenario's own",
                             name);
    }
    for (uint16_t i = 0; i < world->phases; i++) {
        plan->phase_of_world[i] = phase_named(plan, world->phase[i].name);
        if (plan->phase_of_world[i] == NO_PHASE && world->stocks > 0)
            return error_set(err, BAD_INPUT,
                             "the stock comes from a scenario with phase '%s', which is not here; "
                             "keep the phase, or write a stock of this scenario's own",
                             world->phase[i].name);
    }
    return OK;
}

void
plan_world_names_free(struct plan *plan)
{
    free(plan->facility_of_world);
    free(plan->region_of_world);
    free(plan->phase_of_world);
}
