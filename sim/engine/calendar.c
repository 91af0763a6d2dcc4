#include "calendar.h"

#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAYS_IN_ERA 146097 /* 400 years */
#define EPOCH       719468 /* from 0000-03-01 to 1970-01-01 */

int32_t
calendar_day(struct date date)
{
    int year = date.month <= 2 ? date.year - 1 : date.year;
    int era = (year >= 0 ? year : year - 399) / 400;
    int of_era = year - era * 400;
    int of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;

    return era * DAYS_IN_ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - EPOCH;
}

struct date
calendar_date(int32_t day)
{
    int shifted = day + EPOCH;
    int era = (shifted >= 0 ? shifted : shifted - (DAYS_IN_ERA - 1)) / DAYS_IN_ERA;
    int of_era = shifted - era * DAYS_IN_ERA;
    int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year + year / 4 - year / 100);
    int month = (5 * of_year + 2) / 153;

    return (struct date){year + era * 400 + (month >= 10), month < 10 ? month + 3 : month - 9,
                         of_year - (153 * month + 2) / 5 + 1};
}

int
calendar_weekday(int32_t day)
{
    return ((day + 3) % 7 + 7) % 7; /* 1970-01-01 was a Thursday */
}

int32_t
calendar_add_months(int32_t day, int months)
{
    struct date date = calendar_date(day);
    int32_t month = date.year * 12 + date.month - 1 + months;
    int year = month >= 0 ? month / 12 : (month - 11) / 12;
    int32_t first = calendar_day((struct date){year, month - 12 * year + 1, 1});
    int32_t next = calendar_day(
        (struct date){year + (month - 12 * year == 11), (month - 12 * year + 1) % 12 + 1, 1});

    return first + (date.day <= next - first ? date.day : next - first) - 1;
}

bool
calendar_parse(const char *text, int32_t *day)
{
    struct date date;

    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return false;
    for (int i = 0; i < 10; i++)
        if (i != 4 && i != 7 && !isdigit((unsigned char)text[i]))
            return false;
    date.year = (int)strtol(text, NULL, 10);
    date.month = (int)strtol(text + 5, NULL, 10);
    date.day = (int)strtol(text + 8, NULL, 10);
    if (date.year < 1 || date.month < 1 || date.month > 12 || date.day < 1)
        return false;
    *day = calendar_day(date);
    struct date back = calendar_date(*day);
    return back.month == date.month && back.day == date.day;
}

void
calendar_write(int32_t day, char text[CALENDAR_TEXT])
{
    struct date date = calendar_date(day);

    assert(date.year >= 0 && date.year <= 9999);
    snprintf(text, CALENDAR_TEXT, "%04d-%02d-%02d", date.year % 10000, date.month % 100,
             date.day % 100);
}
