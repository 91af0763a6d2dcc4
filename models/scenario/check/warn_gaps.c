#include "warn_gaps.h"

#include <stdio.h>

#define NAMED 3 /* facilities; of more the number is told */

/* What facilities say together: one of the fields is enough, and a 0 is an answer. */
static const struct gap {
    const char *fields[2];
    const char *what, *then, *answer;
    bool of_staff; /* read only where the scenario says something of staff */
} gaps[] = {
    {{"posts", NULL}, "posts", "nobody works there", "posts: 0", true},
    {{"cost_day", "cost_person_day"}, "running cost", "it is free", "cost_day: 0", false},
};

static bool
says(const struct facility_object *facility, const struct gap *gap)
{
    for (size_t n = 0; n < 2 && gap->fields[n] != NULL; n++)
        if (node_find(facility->node, gap->fields[n]) != NULL)
            return true;
    return false;
}

/* The first of those that say nothing, by name, and how many more there are. */
static void
write_names(const struct scenario *scenario, const struct gap *gap, size_t gone, char *text,
            size_t size)
{
    const struct facility_object *rows = scenario->facilities.item;
    size_t named = 0, length = 0;

    for (size_t i = 0; i < scenario->facilities.count && named < NAMED; i++)
        if (!says(&rows[i], gap))
            length += (size_t)snprintf(text + length, size - length, "%s%.60s",
                                       named++ == 0    ? ""
                                       : named == gone ? " and "
                                                       : ", ",
                                       rows[i].name);
    if (gone > NAMED)
        snprintf(text + length, size - length, " and %zu more", gone - NAMED);
}

static void
warn_gap(const struct scenario *scenario, const struct gap *gap)
{
    const struct facility_object *rows = scenario->facilities.item;
    size_t count = scenario->facilities.count, gone = 0, first = 0;
    char names[512];

    for (size_t i = count; i-- > 0;) {
        if (rows[i].node == NULL || rows[i].name == NULL)
            return; /* that has a fault of its own */
        if (!says(&rows[i], gap)) {
            first = i;
            gone++;
        }
    }
    if (gone == 0 || 2 * gone >= count)
        return;
    write_names(scenario, gap, gone, names, sizeof names);
    faults_warn(
        scenario_faults(scenario), node_at(rows[first].node), "facilities",
        "no %s at %s, and %zu of %zu facilities say theirs: %s; where that is meant, write %s",
        gap->what, names, count - gone, count, gap->then, gap->answer);
}

void
warn_gaps(const struct scenario *scenario)
{
    for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++)
        if (!gaps[i].of_staff || scenario->staff.node != NULL)
            warn_gap(scenario, &gaps[i]);
}
