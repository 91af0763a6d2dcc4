#include "frame.h"

#include "selection.h"

#include "sim/engine/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The description of a layout as a store would give it. */
struct frame_memory {
    struct store_variable *variable; /* [variables] */
    struct store_axis *axis;         /* [axes], of each dimension */
    int32_t **begins;                /* [axes]: of rows of time; NULL of anything else */
    size_t axes;
};

static int
no_memory(struct error *err)
{
    return error_set(err, NO_MEMORY, "no memory for what a result holds");
}

/* Take VIEW in, if its rows are of time. */
static void
add_view(struct frame *frame, struct view view)
{
    const struct store_axis *time = view.time;

    if (time->begins == NULL || time->size == 0)
        return;
    if (frame->views == 0 || time->begins[0] < frame->from)
        frame->from = time->begins[0];
    if (frame->views == 0 || time->begins[time->size] > frame->until)
        frame->until = time->begins[time->size];
    frame->view[frame->views++] = view;
}

/* Take in what stands beside the facilities, so many, as NAME. */
static void
take_beside(struct frame *frame, const char *name, const char *const *label, size_t size)
{
    const struct {
        const char *name;
        const char *const **at;
    } wanted[] = {{"facility_region", &frame->facility_region},
                  {"facility_kind", &frame->facility_kind},
                  {"facility_counted", &frame->facility_counted}};

    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (label != NULL && strcmp(wanted[i].name, name) == 0) {
            *wanted[i].at = label;
            frame->facilities = size;
        }
}

int
frame_of_store(struct frame *frame, const struct store *store, struct error *err)
{
    struct store_coordinate beside;

    *frame = (struct frame){0};
    frame->view = calloc(store_variables(store) + 1, sizeof *frame->view);
    if (frame->view == NULL)
        return no_memory(err);
    for (size_t v = 0; v < store_variables(store); v++)
        add_view(frame, view_of(store, store_variable(store, v)));
    for (size_t i = 0; store_coordinate(store, i, &beside); i++)
        take_beside(frame, beside.name, beside.label, beside.size);
    return OK;
}

/* The day that a coordinate counts from. */
static int32_t
reference_day(const struct layout_dimension *dimension)
{
    char date[CALENDAR_TEXT] = "";
    int32_t day = 0;

    if (sscanf(dimension->units, "days since %10s", date) == 1 && calendar_parse(date, &day))
        return day;
    return 0;
}

/* Rows of time, with the days on which they begin. */
static bool
describe_rows(struct frame_memory *memory, size_t d, const struct layout_dimension *dimension)
{
    size_t size = dimension->size;
    int32_t reference = reference_day(dimension), *begins = calloc(size + 1, sizeof *begins);

    memory->begins[d] = begins;
    if (begins == NULL)
        return false;
    for (size_t i = 0; i < size; i++)
        begins[i] = reference + dimension->value[i];
    begins[size] = reference + dimension->end;
    memory->axis[d].begins = begins;
    return true;
}

static bool
describe_dimensions(struct frame_memory *memory, const struct layout *layout)
{
    for (size_t d = 0; d < layout->dimensions; d++) {
        const struct layout_dimension *dimension = &layout->dimension[d];
        memory->axis[d] = (struct store_axis){
            .name = dimension->name, .size = dimension->size, .label = dimension->label};
        bool is_time = dimension->value != NULL && dimension->units != NULL && dimension->size > 0;
        if (is_time && !describe_rows(memory, d, dimension))
            return false;
    }
    return true;
}

static const char *
attribute_of(const struct layout_variable *variable, const char *name)
{
    for (size_t i = 0; i < variable->attributes; i++)
        if (strcmp(variable->attribute[i].name, name) == 0)
            return variable->attribute[i].text;
    return NULL;
}

static const char *
text_of(const struct layout_variable *variable, const char *name)
{
    const char *text = attribute_of(variable, name);

    return text != NULL ? text : "";
}

static void
describe_variable(const struct frame_memory *memory, const struct layout *layout, size_t v)
{
    const struct layout_variable *from = &layout->variable[v];
    struct store_variable *variable = &memory->variable[v];

    *variable = (struct store_variable){
        .name = from->name,
        .long_name = text_of(from, "long_name"),
        .units = text_of(from, "units"),
        .cell_methods = text_of(from, "cell_methods"),
        .type = from->type,
        .axes = from->dimensions,
        .count = layout_count(layout, from),
    };
    for (int i = 0; i < from->dimensions; i++)
        variable->axis[i] = &memory->axis[from->dimension[i]];
}

static void
take_auxiliaries(struct frame *frame, const struct layout *layout)
{
    for (size_t i = 0; i < layout->auxiliaries; i++) {
        const struct layout_auxiliary *beside = &layout->auxiliary[i];
        take_beside(frame, beside->name, beside->label, layout->dimension[beside->dimension].size);
    }
}

int
frame_of_layout(struct frame *frame, const struct layout *layout, struct error *err)
{
    struct frame_memory *memory = calloc(1, sizeof *memory);

    *frame = (struct frame){.memory = memory};
    frame->view = calloc(layout->variables + 1, sizeof *frame->view);
    if (memory == NULL || frame->view == NULL)
        return no_memory(err);
    memory->variable = calloc(layout->variables + 1, sizeof *memory->variable);
    memory->axis = calloc(layout->dimensions + 1, sizeof *memory->axis);
    memory->begins = calloc(layout->dimensions + 1, sizeof *memory->begins);
    if (memory->variable == NULL || memory->axis == NULL || memory->begins == NULL)
        return no_memory(err);
    memory->axes = layout->dimensions;
    if (!describe_dimensions(memory, layout))
        return no_memory(err);
    for (size_t v = 0; v < layout->variables; v++) {
        describe_variable(memory, layout, v);
        add_view(frame, view_in_memory(&memory->variable[v],
                                       attribute_of(&layout->variable[v], "counted")));
    }
    take_auxiliaries(frame, layout);
    return OK;
}

void
frame_free(struct frame *frame)
{
    struct frame_memory *memory = frame->memory;

    for (size_t d = 0; memory != NULL && d < memory->axes; d++)
        free(memory->begins[d]);
    if (memory != NULL) {
        free(memory->begins);
        free(memory->axis);
        free(memory->variable);
    }
    free(memory);
    free(frame->view);
    *frame = (struct frame){0};
}

bool
frame_keeps(const struct frame *frame, const char *series)
{
    for (size_t v = 0; v < frame->views; v++)
        if (selection_is_called(frame->view[v].variable, series))
            return true;
    return false;
}

const struct store_axis *
frame_axis(const struct frame *frame, const char *series, const char *axis)
{
    for (size_t v = 0; v < frame->views; v++)
        for (int i = 0; i < frame->view[v].dimensions; i++)
            if (selection_is_called(frame->view[v].variable, series) &&
                strcmp(frame->view[v].dimension[i]->name, axis) == 0)
                return frame->view[v].dimension[i];
    return NULL;
}
