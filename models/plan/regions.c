#include "regions.h"

#include "names.h"

#include <assert.h>
#include <stdlib.h>

int
plan_regions_create(struct plan *plan, struct error *err)
{
    const struct names *names = &plan->scenario->regions;

    assert(names->count <= MOST_REGIONS);
    plan->regions = (uint32_t)names->count;
    plan->region = calloc(plan->regions + 1, sizeof *plan->region);
    plan->region_by_name = calloc(plan->regions + 1, sizeof *plan->region_by_name);
    if (plan->region == NULL || plan->region_by_name == NULL)
        return error_set(err, NO_MEMORY, "no memory for the regions");
    for (uint32_t r = 0; r < plan->regions; r++)
        plan->region[r].name = names->name[r];
    names_order(plan->region_by_name, plan->regions,
                (struct name_column){&plan->region->name, sizeof *plan->region});
    return OK;
}

void
plan_regions_free(struct plan *plan)
{
    free(plan->region);
    free(plan->region_by_name);
}
