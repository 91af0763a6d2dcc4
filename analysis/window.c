#include "window.h"

#include "sim/engine/calendar.h"

#include <stdio.h>
#include <string.h>

static const struct window all_days = {CALENDAR_FIRST, CALENDAR_LAST + 1};

static bool
all_digits(const char *text, size_t from, size_t until)
{
    for (size_t i = from; i < until; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return true;
}

/* The days of LENGTH characters of TEXT: a year, a month or a day. */
static bool
read_period(const char *text, size_t length, struct window *window)
{
    char day[16];

    if ((length != 4 && length != 7 && length != 10) || !all_digits(text, 0, 4))
        return false;
    snprintf(day, sizeof day, "%.*s%s", (int)length, text, &"-01-01"[length - 4]);
    if (!calendar_parse(day, &window->from))
        return false;
    window->until =
        length == 10 ? window->from + 1 : calendar_add_months(window->from, length == 7 ? 1 : 12);
    return true;
}

bool
window_read(const char *text, struct window *window)
{
    const char *dots = strstr(text, "..");
    struct window last;

    if (strcmp(text, "all") == 0) {
        *window = all_days;
        return true;
    }
    if (dots == NULL)
        return read_period(text, strlen(text), window);
    if (!read_period(text, (size_t)(dots - text), window) ||
        !read_period(dots + 2, strlen(dots + 2), &last) || last.until <= window->from)
        return false;
    window->until = last.until;
    return true;
}

/* How much of a date has to be written: to the year, the month or the day. */
enum precision { TO_YEAR = 4, TO_MONTH = 7, TO_DAY = 10 };

static enum precision
precision_of(int32_t begin)
{
    struct date date = calendar_date(begin);

    return date.day > 1 ? TO_DAY : date.month > 1 ? TO_MONTH : TO_YEAR;
}

const char *
window_write(const struct window *window, char out[WINDOW_TEXT])
{
    char from[CALENDAR_TEXT], to[CALENDAR_TEXT];

    if (window->from <= all_days.from && window->until >= all_days.until) {
        snprintf(out, WINDOW_TEXT, "all");
        return out;
    }
    enum precision first = precision_of(window->from), last = precision_of(window->until);
    int length = (int)(first > last ? first : last);
    calendar_write(window->from, from);
    calendar_write(window->until - 1, to);
    if (strncmp(from, to, (size_t)length) == 0)
        snprintf(out, WINDOW_TEXT, "%.*s", length, from);
    else
        snprintf(out, WINDOW_TEXT, "%.*s..%.*s", length, from, length, to);
    return out;
}

/* Cut WINDOW at each first day of so many MONTHS. */
static int32_t
cut_by(const struct window *window, int months, struct window *out)
{
    struct date first = calendar_date(window->from);
    int32_t count = 0, from = window->from;

    first.day = 1;
    first.month = months == 12 ? 1 : first.month;
    while (from < window->until) {
        int32_t next = calendar_add_months(calendar_day(first), (int)(months * (count + 1)));
        int32_t until = next < window->until ? next : window->until;
        if (out != NULL)
            out[count] = (struct window){from, until};
        count++;
        from = until;
    }
    return count;
}

int32_t
window_years(const struct window *window, struct window *out)
{
    return cut_by(window, 12, out);
}

int32_t
window_months(const struct window *window, struct window *out)
{
    return cut_by(window, 1, out);
}
