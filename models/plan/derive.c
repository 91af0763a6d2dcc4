#include "derive.h"

#include "come_back.h"
#include "expect.h"
#include "match.h"
#include "staff.h"
#include "topics.h"

#include "sim/base/array.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH_ROOM 128

/* Bytes of a value, by the type of its field; 0: of no value that can change. */
static const size_t value_size[] = {
    [FIELD_TEXT] = sizeof(const char *),
    [FIELD_WHOLE] = sizeof(int64_t),
    [FIELD_NUMBER] = sizeof(double),
    [FIELD_SHARE] = sizeof(double),
    [FIELD_DURATION] = sizeof(double),
    [FIELD_DATE] = sizeof(int32_t),
    [FIELD_YES_NO] = sizeof(bool),
    [FIELD_CHOICE] = sizeof(int),
    [FIELD_SET] = sizeof(uint32_t),
    [FIELD_NAMES] = sizeof(struct names),
    [FIELD_NUMBERS] = sizeof(struct numbers),
    [FIELD_SHARES] = sizeof(struct shares),
    [FIELD_FRACTIONS] = sizeof(struct shares),
    [FIELD_COUNT_STEPS] = sizeof(struct steps),
    [FIELD_STEPS] = sizeof(struct steps),
    [FIELD_SHARE_STEPS] = sizeof(struct steps),
    [FIELD_RATE_STEPS] = sizeof(struct steps),
    [FIELD_DISTRIBUTION] = sizeof(struct distribution *),
    [FIELD_OBJECT_MAP] = 0, /* the last type */
};

bool
plan_change_at(struct plan_change *change, const char *path, const size_t *number, size_t numbers)
{
    const struct object_type *type = &scenario_type;
    size_t used = 0;

    *change = (struct plan_change){0};
    while (type != NULL && change->steps < CHANGE_MOST_STEPS) {
        size_t length = strcspn(path, ".");
        char name[PATH_ROOM];
        if (length >= sizeof name)
            return false;
        snprintf(name, sizeof name, "%.*s", (int)length, path);
        struct plan_step *step = &change->step[change->steps++];
        step->field = field_in(type, name);
        if (step->field == NULL)
            return false;
        if (step->field->type == FIELD_OBJECT_MAP)
            step->list = used < numbers ? number[used] : 0, used++;
        if (step->field->type == FIELD_OBJECT_MAP || step->field->type == FIELD_OBJECTS)
            step->item = used < numbers ? number[used] : 0, used++;
        if (path[length] == '\0')
            return used <= numbers && value_size[step->field->type] > 0;
        type = step->field->object;
        path += length + 1;
    }
    return false;
}

/* The names of the fields of CHANGE, with dots between. */
static void
write_path(const struct plan_change *change, char path[PATH_ROOM])
{
    size_t used = 0;

    path[0] = '\0';
    for (size_t i = 0; i < change->steps && used < PATH_ROOM; i++)
        used += (size_t)snprintf(path + used, PATH_ROOM - used, "%s%s", i > 0 ? "." : "",
                                 change->step[i].field->name);
}

/* SIZE bytes at OLD as the plan's own, which it may change. */
static void *
own_copy(struct plan *plan, void *old, size_t size)
{
    for (size_t i = 0; i < plan->copies; i++)
        if (plan->copy[i] == old)
            return old;
    bool room = array_room(plan->copy, plan->copy_room, plan->copies + 1);
    void *copy = room ? malloc(size) : NULL;
    if (copy != NULL) {
        memcpy(copy, old, size);
        plan->copy[plan->copies++] = copy;
    }
    return copy;
}

/* Move *OBJECT to the object that STEP leads to in OBJECTS, which become the plan's own. */
static int
enter_list(struct plan *plan, struct objects *objects, const struct plan_step *step, char **object,
           struct error *err)
{
    size_t size = step->field->object->size;

    if (step->item >= objects->count)
        return error_set(err, BAD_INPUT, "%s has %zu items, and none of number %zu",
                         step->field->name, objects->count, step->item);
    void *item = own_copy(plan, objects->item, objects->count * size);
    if (item == NULL)
        return error_set(err, NO_MEMORY, "no memory for the plan");
    objects->item = item;
    *object = (char *)item + step->item * size;
    return OK;
}

static int
enter_map(struct plan *plan, struct object_map *map, const struct plan_step *step, char **object,
          struct error *err)
{
    if (step->list >= map->count)
        return error_set(err, BAD_INPUT, "%s has %zu lists, and none of number %zu",
                         step->field->name, map->count, step->list);
    void *list = own_copy(plan, map->list, map->count * sizeof *map->list);
    if (list == NULL)
        return error_set(err, NO_MEMORY, "no memory for the plan");
    map->list = list;
    return enter_list(plan, &map->list[step->list], step, object, err);
}

/* Write CHANGE into SCENARIO, whose lists are copied before one of their objects changes. */
static int
change_scenario(struct plan *plan, struct scenario *scenario, const struct plan_change *change,
                struct error *err)
{
    const struct field *field = change->step[change->steps - 1].field;
    char *object = (char *)scenario;
    int status = OK;

    for (size_t i = 0; i + 1 < change->steps && status == OK; i++) {
        const struct plan_step *step = &change->step[i];
        void *member = object + step->field->offset;
        if (step->field->type == FIELD_OBJECT)
            object = member;
        else if (step->field->type == FIELD_OBJECTS)
            status = enter_list(plan, member, step, &object, err);
        else
            status = enter_map(plan, member, step, &object, err);
    }
    if (status == OK)
        memcpy(object + field->offset, change->value, value_size[field->type]);
    return status;
}

/* The parts that read what CHANGE changes, as bits; 0: none does. */
static uint32_t
parts_of(const struct plan_change *change)
{
    char path[PATH_ROOM];
    uint32_t parts = 0;

    write_path(change, path);
    for (size_t i = 0; i < plan_topic_count; i++)
        if (topic_reads(&plan_topics[i], path))
            parts |= 1u << plan_topics[i].part;
    return parts;
}

bool
plan_change_is_read(const struct plan_change *change)
{
    return parts_of(change) != 0;
}

/* What is asked of plan_under_law: phases, classes, people, least shares. */
#define PARTS_OF_LAW (1u << PART_RULES | 1u << PART_DESKS | 1u << PART_PATHWAYS)

bool
plan_change_is_of_law(const struct plan_change *change)
{
    return (parts_of(change) & PARTS_OF_LAW) != 0;
}

/* A scenario that is BASE's with the changes (but those of the world or a law alone), and the parts
 * that they touch. */
static int
change_all(struct plan *plan, const struct plan *base, const struct plan_change *changes,
           size_t count, uint32_t *parts, struct error *err)
{
    struct scenario *scenario = own_copy(plan, (void *)(uintptr_t)base->scenario, sizeof *scenario);
    bool repeat_said = node_find(base->scenario->node, "earliest_share_repeat") != NULL;
    int status = OK;

    if (scenario == NULL)
        return error_set(err, NO_MEMORY, "no memory for the plan");
    plan->scenario = scenario;
    for (size_t i = 0; i < count && status == OK; i++) {
        char path[PATH_ROOM];
        if (changes[i].world_only || changes[i].law > 0)
            continue;
        uint32_t touched = parts_of(&changes[i]);
        write_path(&changes[i], path);
        if (touched == 0)
            return error_set(err, BAD_INPUT, "%s is the same for all replications", path);
        repeat_said |= strcmp(path, "earliest_share_repeat") == 0;
        *parts |= touched;
        status = change_scenario(plan, scenario, &changes[i], err);
    }
    if (!repeat_said) /* it is as for the others where nothing is said (check.c) */
        scenario->repeat_share_served = scenario->first_share_served;
    return status;
}

/* The world changes by those changes that are the world's too. */
static int
derive_world(struct plan *plan, const struct plan *base, const struct plan_change *changes,
             size_t count, struct error *err)
{
    struct plan_change *ours = calloc(count + 1, sizeof *ours);
    size_t worlds = 0;
    int status = OK;

    if (ours == NULL)
        return error_set(err, NO_MEMORY, "no memory for the plan");
    for (size_t i = 0; i < count; i++)
        if (changes[i].world || changes[i].world_only) {
            ours[worlds] = changes[i];
            ours[worlds].world = true;
            ours[worlds++].world_only = false;
        }
    if (worlds > 0 && worlds == count && base->world == base)
        plan->world = plan;
    else if (worlds > 0) {
        status = plan_derive(&plan->world, base->world, ours, worlds, err);
        plan->owns_world = status == OK;
    }
    free(ours);
    return status;
}

/* Is PART to be filled anew, where a change touches it? The balance is what the stock is drawn
 * from: it is the world's. */
static bool
needs(const struct plan *base, enum plan_part part)
{
    return part != PART_STEADY || base->world == base;
}

/* A copy of BASE that owns nothing yet. */
static struct plan *
begin_derived(const struct plan *base)
{
    struct plan *plan = malloc(sizeof *plan);

    if (plan == NULL)
        return NULL;
    *plan = *base;
    plan->own = 0;
    plan->owns_world = plan->owns_names = plan->owns_come_back = plan->owns_laws = false;
    plan->copy = NULL;
    plan->copies = plan->copy_room = 0;
    return plan;
}

/* Fill PARTS of PLAN, derived from BASE, anew. */
static int
fill_parts(struct plan *plan, const struct plan *base, uint32_t parts, struct error *err)
{
    int status = OK;

    for (size_t i = 0; i < plan_topic_count && status == OK; i++)
        if ((parts >> plan_topics[i].part & 1) && needs(base, plan_topics[i].part)) {
            plan->own |= 1u << i;
            status = plan_topics[i].create(plan, err);
        }
    return status;
}

/* What holds under law number LAW, with its changes. *OUT stays NULL where it has none. */
static int
derive_law(struct plan **out, const struct plan *base, size_t law,
           const struct plan_change *changes, size_t count, struct error *err)
{
    struct plan_change *ours = calloc(count + 1, sizeof *ours);
    struct plan *plan = NULL;
    size_t own = 0;
    uint32_t parts = 0;
    int status = OK;

    for (size_t i = 0; i < count && ours != NULL; i++)
        if (changes[i].law == law) {
            ours[own] = changes[i];
            ours[own++].law = 0;
        }
    if (ours == NULL || (own > 0 && (plan = begin_derived(base)) == NULL))
        status = error_set(err, NO_MEMORY, "no memory for the plan");
    if (plan != NULL)
        status = change_all(plan, base, ours, own, &parts, err);
    if (plan != NULL && status == OK)
        status = fill_parts(plan, base, parts & PARTS_OF_LAW, err);
    free(ours);
    *out = plan;
    return status;
}

/* The laws of PLAN are BASE's, but for those that CHANGES are about. */
static int
derive_laws(struct plan *plan, const struct plan *base, const struct plan_change *changes,
            size_t count, struct error *err)
{
    size_t all = ((size_t)base->laws + 1) * (base->laws + 1);
    bool any = false;
    int status = OK;

    for (size_t i = 0; i < count; i++)
        any |= changes[i].law > 0;
    if (!any)
        return OK;
    plan->owns_laws = true;
    plan->law = malloc(base->laws * sizeof *plan->law);
    plan->under = calloc(all, sizeof *plan->under);
    plan->own_under = calloc(all, sizeof *plan->own_under);
    if (plan->law == NULL || plan->under == NULL || plan->own_under == NULL)
        return error_set(err, NO_MEMORY, "no memory for the laws");
    memcpy(plan->law, base->law, base->laws * sizeof *plan->law);
    for (size_t i = 1; i < all && status == OK; i++) {
        const struct plan *under = base->own_under[i];
        if (under != NULL)
            status = derive_law(&plan->own_under[i], under, i, changes, count, err);
        plan->under[i] = plan->own_under[i] != NULL ? plan->own_under[i]
                         : under != NULL            ? under
                                                    : plan_under_before(plan, i);
    }
    return status;
}

int
plan_derive(struct plan **out, const struct plan *base, const struct plan_change *changes,
            size_t count, struct error *err)
{
    struct plan *plan = begin_derived(base);
    uint32_t parts = 0;

    *out = NULL;
    if (plan == NULL)
        return error_set(err, NO_MEMORY, "no memory for the plan");
    int status = change_all(plan, base, changes, count, &parts, err);
    if (plan->scenario->intake_matches_stock ||
        plan->scenario->come_back.count > 0) /* it follows from all that the balance reads */
        parts |= 1u << PART_INTAKE;
    if (status == OK)
        status = fill_parts(plan, base, parts, err);
    if (status == OK)
        status = derive_laws(plan, base, changes, count, err);
    if (status == OK)
        status = derive_world(plan, base, changes, count, err);
    if (status == OK && plan->scenario->intake_matches_stock && !plan->not_run)
        status = plan_match_stock(plan, err);
    if (status == OK)
        status = plan_come_back(plan, err);
    if (status == OK && !plan->not_run)
        status = plan_check_loop(plan, err);
    if (status != OK) {
        plan_free(plan);
        return status;
    }
    plan_expect(plan);
    *out = plan;
    return OK;
}
