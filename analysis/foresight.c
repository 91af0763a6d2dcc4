#include "foresight.h"

#include "models/scenario/fields/fields.h"

#include "sim/engine/calendar.h"

#include <stddef.h>
#include <string.h>

/* Beyond any result. */
#define NEVER (CALENDAR_LAST - 1)

static void end_object(const struct object_type *type, char *object, int32_t day);

static void
end_list(const struct object_type *type, const struct objects *list, int32_t day)
{
    for (size_t i = 0; i < list->count; i++)
        end_object(type, (char *)list->item + i * type->size, day);
}

static void
end_map(const struct object_type *type, const struct object_map *map, int32_t day)
{
    for (size_t i = 0; i < map->count; i++)
        end_list(type, &map->list[i], day);
}

static void
end_steps(struct steps *steps, int32_t day)
{
    while (steps->count > 1 && steps->day[steps->count - 1] > day)
        steps->count--;
}

/* All values by date of what FIELD is read into, MEMBER. */
static void
end_field(const struct field *field, void *member, int32_t day)
{
    switch (field->type) {
    case FIELD_COUNT_STEPS:
    case FIELD_STEPS:
    case FIELD_SHARE_STEPS:
    case FIELD_RATE_STEPS:
        end_steps(member, day);
        break;
    case FIELD_OBJECT:
        end_object(field->object, member, day);
        break;
    case FIELD_OBJECTS:
        end_list(field->object, member, day);
        break;
    case FIELD_OBJECT_MAP:
        end_map(field->object, member, day);
        break;
    default:
        break;
    }
}

static void
end_object(const struct object_type *type, char *object, int32_t day)
{
    for (size_t f = 0; f < type->fields; f++)
        end_field(&type->field[f], object + type->field[f].offset, day);
}

/* What happens on a date: of which list, where that date is, and what it becomes. */
static const struct dated {
    size_t list, size, date;
    int32_t otherwise;
} dated[] = {
    {offsetof(struct scenario, measures), sizeof(struct measure_object),
     offsetof(struct measure_object, from), NEVER},
    {offsetof(struct scenario, facilities), sizeof(struct facility_object),
     offsetof(struct facility_object, opens), NEVER},
    {offsetof(struct scenario, facilities), sizeof(struct facility_object),
     offsetof(struct facility_object, closes), NO_DATE},
    {offsetof(struct scenario, facilities), sizeof(struct facility_object),
     offsetof(struct facility_object, project.starts), NEVER},
    {offsetof(struct scenario, strikes), sizeof(struct strike_object),
     offsetof(struct strike_object, from), NEVER},
};

static void
end_dated(struct scenario *scenario, const struct dated *row, int32_t day)
{
    const struct objects *list = (const void *)((const char *)scenario + row->list);

    for (size_t i = 0; i < list->count; i++) {
        int32_t *date = (void *)((char *)list->item + i * row->size + row->date);
        if (*date != NO_DATE && *date > day)
            *date = row->otherwise;
    }
}

/* Nothing is to end before it begins. */
static void
mend_ends(struct scenario *scenario)
{
    struct measure_object *measure = scenario->measures.item;
    struct strike_object *strike = scenario->strikes.item;

    for (size_t i = 0; i < scenario->measures.count; i++)
        if (measure[i].from == NEVER)
            measure[i].until = NO_DATE;
    for (size_t i = 0; i < scenario->strikes.count; i++)
        if (strike[i].from == NEVER)
            strike[i].until = NEVER + 1;
}

static void
end_laws(struct scenario *scenario, int32_t day)
{
    for (size_t i = 0; i < sizeof dated / sizeof *dated; i++)
        end_dated(scenario, &dated[i], day);
    mend_ends(scenario);
}

static bool
is_of_intake(const struct field *field)
{
    return strcmp(field->name, "intake") == 0 || strcmp(field->name, "intake_level") == 0;
}

void
foresight_end(struct scenario *scenario, int32_t day, bool laws, bool intake)
{
    for (size_t f = 0; f < scenario_type.fields; f++) {
        const struct field *field = &scenario_type.field[f];
        if (is_of_intake(field) ? intake : laws)
            end_field(field, (char *)scenario + field->offset, day);
    }
    if (laws)
        end_laws(scenario, day);
}
