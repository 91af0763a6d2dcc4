#ifndef SIM_CALENDAR_H
#define SIM_CALENDAR_H
/* Dates of the Gregorian calendar as days since 1970-01-01 (Howard Hinnant's civil-date
 * algorithms). */

#include <stdbool.h>
#include <stdint.h>

#define CALENDAR_TEXT 16

struct date {
    int year, month, day; /* month and day from 1 */
};

int32_t calendar_day(struct date date);
struct date calendar_date(int32_t day);

/* 0: Monday .. 6: Sunday. */
int calendar_weekday(int32_t day);

/* The same day of the month, MONTHS later (earlier where negative); the last of that month where it
 * has no such day. */
int32_t calendar_add_months(int32_t day, int months);

/* The days that a date can name. */
#define CALENDAR_LAST  2932896   /* 9999-12-31 */
#define CALENDAR_FIRST (-719162) /* 0001-01-01 */

/* Read "2025-03-01"; false when it is not a date that exists (years 1 to 9999). */
bool calendar_parse(const char *text, int32_t *day);
void calendar_write(int32_t day, char text[CALENDAR_TEXT]);

#endif
