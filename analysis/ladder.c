#include "ladder.h"

#include "sim/engine/calendar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT 256

#define FORM "expected A..B, such as 0..200, 10 d..120 d, 0 %%..50 %% or 2027-01-01..2032-01-01"

/* A number and its unit, "12.5 %". */
struct amount {
    double number;
    char unit[LADDER_UNIT];
};

static void
trim(char *text)
{
    size_t length = strlen(text), from = strspn(text, " \t");

    while (length > from && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    text[length] = '\0';
    memmove(text, text + from, length - from + 1);
}

/* A unit is letters, a slash, spaces and %. */
static bool
read_amount(const char *text, struct amount *amount)
{
    char *end;

    amount->number = strtod(text, &end);
    bool plain = end != text && strspn(text, "+-.0123456789") >= (size_t)(end - text);
    snprintf(amount->unit, sizeof amount->unit, "%s", end);
    return plain && fabs(amount->number) < 1e12 && strlen(end) < sizeof amount->unit &&
           strspn(end, " /%abcdefghijklmnopqrstuvwxyz") == strlen(end);
}

static bool
same_unit(const struct amount *a, const struct amount *b)
{
    return strcmp(a->unit + strspn(a->unit, " "), b->unit + strspn(b->unit, " ")) == 0;
}

/* How many steps there are up to ABOVE, and how far the last is from it, both in steps. */
static void
count_steps(double above, double step, double *steps, double *off)
{
    *steps = round(above / step);
    *off = fabs(above / step - *steps);
}

/* The ends of a range, in one unit. */
static int
read_ends(const char *low, const char *high, struct amount *from, struct amount *to,
          struct error *err)
{
    if (!read_amount(low, from) || !read_amount(high, to))
        return error_set(err, BAD_INPUT, "'%.60s..%.60s': " FORM, low, high);
    if (from->unit[0] == '\0')
        memcpy(from->unit, to->unit, sizeof from->unit); /* 10..120 d */
    if (!same_unit(from, to))
        return error_set(err, BAD_INPUT, "'%.60s..%.60s': both ends are written in one unit", low,
                         high);
    if (to->number < from->number)
        return error_set(err, BAD_INPUT,
                         "'%.60s..%.60s': the first is the larger; write %.60s..%.60s", low, high,
                         high, low);
    return OK;
}

static int
read_numbers(struct ladder *ladder, const char *low, const char *high, const char *step,
             struct error *err)
{
    struct amount from, to, by = {.number = 1};
    double steps, off;
    char before[LADDER_TEXT], after[LADDER_TEXT];

    if (read_ends(low, high, &from, &to, err) != OK)
        return err->code;
    memcpy(by.unit, from.unit, sizeof by.unit);
    if (step != NULL && (!read_amount(step, &by) || !same_unit(&from, &by) || !(by.number > 0)))
        return error_set(err, BAD_INPUT,
                         "--step: expected a step above 0 such as '1%s', found '%.60s'", from.unit,
                         step);
    ladder->low = from.number;
    ladder->step = by.number;
    memcpy(ladder->unit, from.unit, sizeof ladder->unit);
    count_steps(to.number - from.number, by.number, &steps, &off);
    if (steps > LADDER_MOST)
        return error_set(err, BAD_INPUT, "more than %d steps of %g%s: give a longer --step",
                         LADDER_MOST, by.number, by.unit);
    if (off > 1e-6) {
        size_t whole = (size_t)floor((to.number - from.number) / by.number);
        return error_set(
            err, BAD_INPUT, "'%.60s..%.60s': steps of %g%s come to %s and %s; end on one of them%s",
            low, high, by.number, by.unit, ladder_write(ladder, whole, before),
            ladder_write(ladder, whole + 1, after), step == NULL ? ", or give --step" : "");
    }
    ladder->count = (size_t)steps + 1;
    return OK;
}

static int32_t
date_on(const struct ladder *ladder, size_t i)
{
    return calendar_add_months(ladder->first, ladder->span.months * (int)i) +
           ladder->span.days * (int32_t)i;
}

static int
read_dates(struct ladder *ladder, int32_t first, int32_t last, const char *step, struct error *err)
{
    char before[LADDER_TEXT], after[LADDER_TEXT], end[CALENDAR_TEXT];
    size_t i = 0;

    ladder->dates = true;
    ladder->first = first;
    ladder->span = (struct span){.days = 1};
    if (step != NULL &&
        (!value_span(step, &ladder->span) || (ladder->span.months <= 0 && ladder->span.days <= 0)))
        return error_set(err, BAD_INPUT,
                         "--step: expected so many days or months, such as '7 d' or '1 mo', found "
                         "'%.60s'",
                         step);
    calendar_write(last, end);
    if (last < first)
        return error_set(err, BAD_INPUT, "the first date is the later: %s comes before it", end);
    while (date_on(ladder, i) < last && i < LADDER_MOST)
        i++;
    if (date_on(ladder, i) < last)
        return error_set(err, BAD_INPUT, "more than %d steps: give a longer --step", LADDER_MOST);
    if (date_on(ladder, i) > last)
        return error_set(err, BAD_INPUT,
                         "steps of %s come to %s and %s, not to %s; end on one of them", step,
                         ladder_write(ladder, i - 1, before), ladder_write(ladder, i, after), end);
    ladder->count = i + 1;
    return OK;
}

/* The ends of "A..B"; false: it is no such text. */
static bool
part(const char *text, char low[TEXT], char high[TEXT])
{
    const char *dots = strstr(text, "..");

    if (dots == NULL || dots[2] == '.' || strlen(text) >= TEXT) /* 0...5: to 5, or to .5? */
        return false;
    snprintf(low, TEXT, "%.*s", (int)(dots - text), text);
    snprintf(high, TEXT, "%s", dots + 2);
    trim(low);
    trim(high);
    return true;
}

int
ladder_read(struct ladder *ladder, const char *text, const char *step, struct error *err)
{
    char low[TEXT], high[TEXT];
    int32_t first, last;

    *ladder = (struct ladder){.count = 0};
    if (!part(text, low, high))
        return error_set(err, BAD_INPUT, "'%.120s': " FORM, text);
    return calendar_parse(low, &first) && calendar_parse(high, &last)
               ? read_dates(ladder, first, last, step, err)
               : read_numbers(ladder, low, high, step, err);
}

int
ladder_read_ends(struct ladder *ladder, const char *text, struct error *err)
{
    char low[TEXT], high[TEXT];
    struct amount from, to;
    int32_t first, last;

    *ladder = (struct ladder){.count = 2};
    if (!part(text, low, high))
        return error_set(err, BAD_INPUT, "'%.120s': " FORM, text);
    if (calendar_parse(low, &first) && calendar_parse(high, &last)) {
        ladder->dates = true;
        ladder->first = first;
        ladder->span = (struct span){.days = last - first};
        return first < last
                   ? OK
                   : error_set(err, BAD_INPUT, "'%.120s': the first date is no earlier", text);
    }
    if (read_ends(low, high, &from, &to, err) != OK)
        return err->code;
    ladder->low = from.number;
    ladder->step = to.number - from.number;
    memcpy(ladder->unit, from.unit, sizeof ladder->unit);
    return ladder->step > 0 ? OK : error_set(err, BAD_INPUT, "'%.120s': it holds one value", text);
}

const char *
ladder_write(const struct ladder *ladder, size_t i, char out[LADDER_TEXT])
{
    double number = ladder->low + ladder->step * (double)i;

    if (ladder->dates)
        calendar_write(date_on(ladder, i), out);
    else if (fabs(number) >= 1e-4 || number == 0)
        snprintf(out, LADDER_TEXT, "%.12g%s", number, ladder->unit);
    else
        snprintf(out, LADDER_TEXT, "%.12f%s", number, ladder->unit);
    return out;
}
