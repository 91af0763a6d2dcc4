#include "limits.h"

#include "models/places/site.h"
#include "models/record/record.h"

#include <math.h>
#include <unistd.h>

#define BYTES_A_PERSON 320.0 /* person, event, and room to grow */
#define MOST_EVENTS    1e13  /* of a replication: weeks */
#define MOST_COUNTED   1e10  /* people or places: what a row adds up stays below 2^63 (counts.h) */

/* Places and beds of all facilities; an upper bound, of all steps together. */
static double
most_places(const struct plan *plan)
{
    double places = 0;

    for (uint32_t i = 0; i < plan->calendars; i++)
        if (plan->calendar[i].kind == CAL_CAPACITY || plan->calendar[i].kind == CAL_BEDS)
            places += plan->calendar[i].value;
    return places;
}

/* Euro in the whole run, at the most: cents times ticks stay below 2^63. */
#define MOST_COST (0x1p63 / 100 / (double)TICKS_PER_DAY)

static double
most_cost(const struct plan *plan)
{
    double days = 0, persons = 0, measure = 0, on = 0, fine = 0;

    for (uint32_t i = 0; i < plan->facilities; i++) {
        const struct facility_plan *facility = &plan->facility[i];
        days += (double)facility->cost_day;
        persons = fmax(persons, (double)facility->cost_person_day);
        fine = fmax(fine, (double)facility->penalty);
    }
    for (uint32_t i = 0; i < plan->measures; i++) {
        measure = fmax(measure, (double)plan->measure[i].cost_person_day);
        on = fmax(on, (double)plan->measure[i].cost_day);
    }
    double people = fmax(persons, fmax(measure, fine)) * plan->most_people;
    return (people + fmax(days, on)) / 100 * plan->days;
}

int
run_fits(const struct plan *plan, struct error *err)
{
    double memory = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
    double record = record_bytes(plan);
    double need = plan->most_people * BYTES_A_PERSON + record +
                  (double)plan->sites * (double)(sizeof(struct site) + site_counts_size(plan));

    if (record < 0)
        return error_set(err, NO_MEMORY, "no memory for what is kept of a replication");
    if (record > 0.9 * memory)
        return error_set(err, BAD_INPUT,
                         "what is kept of one replication would need about %.2g GiB of memory, and "
                         "this machine has %.2g; keep less by record:, or shorten the horizon",
                         record / 0x1p30, memory / 0x1p30);
    if (need > 0.9 * memory)
        return error_set(err, BAD_INPUT,
                         "about %.2g people at once would need about %.2g GiB of memory, and this "
                         "machine has %.2g; lower intake, stays or stock",
                         plan->most_people, need / 0x1p30, memory / 0x1p30);
    if (plan->most_events > MOST_EVENTS)
        return error_set(err, BAD_INPUT,
                         "a replication would have about %.2g events, more than %.0g; lower intake "
                         "or the horizon",
                         plan->most_events, MOST_EVENTS);
    if (plan->most_people > MOST_COUNTED || most_places(plan) > MOST_COUNTED)
        return error_set(err, BAD_INPUT,
                         "%s: %.3g are more than a result adds up (%.0g); make it smaller",
                         plan->most_people > MOST_COUNTED ? "population" : "capacity",
                         fmax(plan->most_people, most_places(plan)), MOST_COUNTED);
    if (most_cost(plan) > MOST_COST)
        return error_set(err, BAD_INPUT,
                         "costs: %.3g euro are more than a result adds up (%.3g); write them in "
                         "thousands",
                         most_cost(plan), MOST_COST);
    return OK;
}
