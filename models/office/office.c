#include "office.h"

#include "models/state.h"

#include <stdlib.h>
#include <string.h>

static bool
create_region(struct region_office *region, const struct model *model, uint32_t number)
{
    const struct region_plan *own = &model->plan->region[number];

    region->sites = own->facilities;
    region->site = calloc(region->sites + 1, sizeof(struct site *));
    region->open = calloc(region->sites + 1, sizeof(struct site *));
    if (region->site == NULL || region->open == NULL ||
        !calendar_create(&region->calendar, model->plan, number))
        return false;
    for (uint32_t i = 0; i < region->sites; i++)
        region->site[i] = &model->site[model->plan->of_region[own->first + i]];
    return true;
}

struct office *
office_create(const struct model *model)
{
    const struct plan *plan = model->plan;
    struct office *office = calloc(1, sizeof *office);

    if (office == NULL)
        return NULL;
    office->regions = plan->regions;
    office->region = calloc(plan->regions + 1, sizeof *office->region);
    office->open = calloc(plan->facilities + 1, sizeof(struct site *));
    office->cursor = calloc(plan->regions + 1, sizeof *office->cursor);
    office->passed = calloc(plan->facilities + 1, sizeof *office->passed);
    bool good = office->region != NULL && office->open != NULL && office->cursor != NULL &&
                office->passed != NULL;
    for (uint32_t r = 0; r < plan->regions && good; r++)
        good = create_region(&office->region[r], model, r);
    if (good)
        return office;
    office_free(office);
    return NULL;
}

bool
office_fit(struct office *office, const struct plan *plan)
{
    bool good = true;

    for (uint32_t r = 0; r < plan->regions && good; r++)
        good = calendar_fit(&office->region[r].calendar, plan, r);
    return good;
}

void
office_reset(struct model *model)
{
    struct office *office = model->office;

    for (uint32_t r = 0; r < office->regions; r++) {
        struct region_office *region = &office->region[r];
        for (int queue = 0; queue < QUEUES; queue++)
            for (int priority = 0; priority < PRIORITIES; priority++)
                region->list[queue][priority].first = region->list[queue][priority].count = 0;
        calendar_reset(&region->calendar, model->plan, r);
        region->aways = 0;
        region->leaving = false;
    }
    office->seats = 0;
}

void
office_free(struct office *office)
{
    if (office == NULL)
        return;
    for (uint32_t r = 0; office->region != NULL && r < office->regions; r++) {
        struct region_office *region = &office->region[r];
        for (int queue = 0; queue < QUEUES; queue++)
            for (int priority = 0; priority < PRIORITIES; priority++)
                free(region->list[queue][priority].memory);
        free(region->site);
        free(region->open);
        free(region->away);
        calendar_free(&region->calendar);
    }
    free(office->region);
    free(office->open);
    free(office->cursor);
    free(office->passed);
    free(office);
}

void
office_list_add(struct model *model, struct site *site, uint32_t slot, enum queue_kind queue)
{
    uint8_t priority = model->plan->class[site->person[slot].class].priority;

    waiting_add(&model->office->region[site->region].list[queue][priority], model->site, site, slot,
                queue);
}

bool
office_anybody_waits(const struct region_office *region, enum queue_kind queue)
{
    for (int priority = 0; priority < PRIORITIES; priority++)
        if (region->list[queue][priority].count > 0)
            return true;
    return false;
}

/* The next who is in any region's list, in order of date; NULL: nobody. The cursors move on. */
struct person *
office_lists_next(struct model *model, enum queue_kind queue, int priority, struct list_entry *out)
{
    uint32_t regions = model->plan->regions, best = NOWHERE;
    struct person *chosen = NULL;

    for (uint32_t r = 0; r < regions; r++) {
        const struct list *list = &model->office->region[r].list[queue][priority];
        struct person *person = NULL;
        while (model->office->cursor[r] < list->count &&
               (person = waiting_person(model->site, waiting_at(list, model->office->cursor[r]),
                                        queue)) == NULL)
            model->office->cursor[r]++;
        if (person != NULL &&
            (best == NOWHERE ||
             waiting_before(waiting_at(list, model->office->cursor[r]),
                            waiting_at(&model->office->region[best].list[queue][priority],
                                       model->office->cursor[best])))) {
            best = r;
            chosen = person;
        }
    }
    if (chosen != NULL)
        *out = *waiting_at(&model->office->region[best].list[queue][priority],
                           model->office->cursor[best]++);
    return chosen;
}

/* The nation has gone through its lists for QUEUE up to the cursors: what was served there is void.
 */
void
office_lists_end(struct model *model, enum queue_kind queue, int priority)
{
    for (uint32_t r = 0; r < model->plan->regions; r++)
        waiting_clean(&model->office->region[r].list[queue][priority], model->office->cursor[r],
                      model->site, queue);
}

void
office_lists_begin(struct model *model)
{
    memset(model->office->cursor, 0, model->plan->regions * sizeof *model->office->cursor);
}
