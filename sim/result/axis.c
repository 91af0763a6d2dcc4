#include "axis.h"

#include "sim/base/array.h"
#include "sim/engine/calendar.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct axis_row {
    struct store_axis axis;
    char *name;
    int32_t *begins;
    char **label; /* where the file has none */
};

/* The day on which a row that begins on DAY would end, by its tick. */
static int32_t
natural_end(const char *time, int32_t day)
{
    struct date date = calendar_date(day);

    if (strcmp(time, "year") == 0 || (strcmp(time, "month") == 0 && date.month == 12))
        return calendar_day((struct date){date.year + 1, 1, 1});
    if (strcmp(time, "month") == 0)
        return calendar_day((struct date){date.year, date.month + 1, 1});
    return strcmp(time, "week") == 0 ? day + 7 - calendar_weekday(day) : day + 1;
}

/* The day that the numbers of a coordinate count from. */
static int32_t
reference_day(const struct content_row *coordinate)
{
    const char *units = content_text(coordinate, "units");
    char date[CALENDAR_TEXT] = "";
    int32_t day = 0;

    if (units != NULL && sscanf(units, "days since %10s", date) == 1)
        calendar_parse(date, &day);
    return day;
}

/* The end of the last row, which begins on DAY: as its bounds say; without them (0.1.0) the end of
 * the days, where days are kept too, else where its tick would end. */
static int32_t
last_end(const struct content *content, const struct content_row *coordinate, int32_t day)
{
    const char *name = content_text(coordinate, "bounds");
    const struct content_row *bounds = name != NULL ? content_find(content, name) : NULL;

    if (bounds != NULL && bounds->number != NULL && bounds->size == 2 * coordinate->size)
        return reference_day(coordinate) + bounds->number[bounds->size - 1];
    int32_t end = natural_end(coordinate->name, day);
    const struct content_row *days = content_find(content, "time");
    if (days == NULL || days->number == NULL || days->size == 0)
        return end;
    int32_t after = reference_day(days) + days->number[days->size - 1] + 1;
    return after > day && after < end ? after : end;
}

static bool
read_dates(struct axis_row *row, const struct content *content,
           const struct content_row *coordinate)
{
    size_t size = row->axis.size;
    bool dated = coordinate != NULL && coordinate->number != NULL && coordinate->size == size;

    row->axis.begins = row->begins = calloc(size + 1, sizeof *row->begins);
    if (row->begins == NULL)
        return false;
    for (size_t i = 0; i <= size; i++)
        row->begins[i] = (int32_t)i;
    if (!dated || size == 0)
        return true;
    int32_t reference = reference_day(coordinate);
    for (size_t i = 0; i < size; i++)
        row->begins[i] = reference + coordinate->number[i];
    row->begins[size] = last_end(content, coordinate, row->begins[size - 1]);
    return true;
}

static bool
read_labels(struct axis_row *row, const struct content_row *coordinate)
{
    size_t size = row->axis.size;
    bool same = coordinate != NULL && coordinate->size == size;
    const int32_t *number = same ? coordinate->number : NULL;
    char text[32];

    if (same && coordinate->label != NULL) {
        row->axis.label = (const char *const *)coordinate->label;
        return true;
    }
    row->label = calloc(size + 1, sizeof *row->label);
    row->axis.label = (const char *const *)row->label;
    for (size_t i = 0; i < size && row->label != NULL; i++) {
        snprintf(text, sizeof text, "%lld",
                 number != NULL ? (long long)number[i] : (long long)i + 1);
        if ((row->label[i] = strdup(text)) == NULL)
            return false;
    }
    return row->label != NULL;
}

static void
axis_free(struct axis_row *row)
{
    for (size_t i = 0; row->label != NULL && i < row->axis.size; i++)
        free(row->label[i]);
    free(row->label);
    free(row->begins);
    free(row->name);
    free(row);
}

static struct axis_row *
axis_create(const struct content *content, const char *name, size_t size, bool is_time)
{
    const struct content_row *coordinate = content_find(content, name);
    struct axis_row *row = calloc(1, sizeof *row);

    if (row == NULL)
        return NULL;
    row->name = strdup(name);
    row->axis = (struct store_axis){.name = row->name, .size = size};
    if (row->name != NULL &&
        (is_time ? read_dates(row, content, coordinate) : read_labels(row, coordinate)))
        return row;
    axis_free(row);
    return NULL;
}

const struct store_axis *
axes_find(struct axes *axes, const struct content *content, const char *name, size_t size,
          bool is_time)
{
    const struct content_row *coordinate = content_find(content, name);

    is_time = is_time && (coordinate == NULL || coordinate->label == NULL);
    for (size_t i = 0; i < axes->rows; i++) {
        const struct store_axis *axis = &axes->row[i]->axis;
        if (strcmp(axis->name, name) == 0 && axis->size == size &&
            (axis->begins != NULL) == is_time)
            return axis;
    }
    if (!array_room(axes->row, axes->room, axes->rows + 1))
        return NULL;
    struct axis_row *row = axis_create(content, name, size, is_time);
    if (row == NULL)
        return NULL;
    axes->row[axes->rows++] = row;
    return &row->axis;
}

void
axes_free(struct axes *axes)
{
    for (size_t i = 0; i < axes->rows; i++)
        axis_free(axes->row[i]);
    free(axes->row);
    *axes = (struct axes){0};
}
