#include "names.h"

#include "sim/engine/stream.h"

#include <stdlib.h>
#include <string.h>

static const char *
name_at(const struct name_column *names, uint32_t row)
{
    const char *const *at =
        (const char *const *)(const void *)((const char *)names->first + row * names->stride);

    return *at;
}

static int
by_name(const void *left, const void *right, void *names)
{
    return strcmp(name_at(names, *(const uint32_t *)left),
                  name_at(names, *(const uint32_t *)right));
}

static int
by_name_short(const void *left, const void *right, void *names)
{
    return strcmp(name_at(names, *(const uint16_t *)left),
                  name_at(names, *(const uint16_t *)right));
}

void
names_order(uint32_t *order, uint32_t count, struct name_column names)
{
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    qsort_r(order, count, sizeof *order, by_name, &names);
}

void
names_order_short(uint16_t *order, uint16_t count, struct name_column names)
{
    for (uint16_t i = 0; i < count; i++)
        order[i] = i;
    qsort_r(order, count, sizeof *order, by_name_short, &names);
}

uint32_t
names_find(const uint32_t *order, uint32_t count, struct name_column names, const char *name)
{
    uint32_t low = 0, high = name != NULL ? count : 0;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int beyond = strcmp(name_at(&names, order[middle]), name);
        if (beyond == 0)
            return order[middle];
        if (beyond < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NOWHERE;
}

uint32_t
plan_region_index(const struct plan *plan, const char *name)
{
    return names_find(plan->region_by_name, plan->regions,
                      (struct name_column){&plan->region->name, sizeof *plan->region}, name);
}

uint32_t
plan_facility_index(const struct plan *plan, const char *name)
{
    return names_find(plan->by_name, plan->facilities,
                      (struct name_column){&plan->facility->name, sizeof *plan->facility}, name);
}

uint64_t
names_joined(const char *const *text, size_t count)
{
    uint64_t name = stream_text_name("");

    for (size_t i = 0; i < count; i++)
        name = stream_text_more(name, text[i] != NULL ? text[i] : "");
    return name;
}
