#include "check_copies.h"

#include "sim/engine/calendar.h"

#include <stdio.h>
#include <stdlib.h>

#define PATH 256

/* A facility that opens evenly with others, and the item that all of them are copies of. */
struct even {
    const struct node *copy_of;
    size_t at;
};

/* The two dates of a facility, and what the scenario calls them. */
struct period {
    const struct node *node; /* of the map in which they stand */
    const char *from, *until;
    int32_t first, last;
};

static struct period
period_of(const struct facility_object *row)
{
    const struct project_object *project = &row->project;

    return project->node != NULL
               ? (struct period){project->node, "starts", "starts_until", project->starts,
                                 project->starts_until}
               : (struct period){row->node, "opens", "opens_until", row->opens, row->opens_until};
}

/* Copies side by side, each as in the list. */
static int
by_item(const void *left, const void *right)
{
    const struct even *a = left, *b = right;

    if (a->copy_of != b->copy_of)
        return (uintptr_t)a->copy_of < (uintptr_t)b->copy_of ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

static bool
may_open_evenly(struct scenario *scenario, const struct facility_object *row, const char *path)
{
    const struct period period = period_of(row);
    const struct position until = node_at(node_where(period.node, period.until));
    char first[CALENDAR_TEXT];

    if (row->node->copy_of == NULL) {
        faults_add(scenario_faults(scenario), until, path,
                   "%s spreads the copies of a facility over a time; give copies, or leave it out",
                   period.until);
    } else if (period.first == NO_DATE) {
        if (!node_faulty(period.node, period.from))
            faults_add(scenario_faults(scenario), until, path,
                       "%s is missing: the first day of the time that ends with %s", period.from,
                       period.until);
    } else if (period.last < period.first) {
        calendar_write(period.first, first);
        faults_add(scenario_faults(scenario), until, path, "%s is before %s, %s", period.until,
                   period.from, first);
    } else {
        return true;
    }
    return false;
}

/* Does ROW say other dates than FIRST, another copy of the same item? That is a fault. */
static void
check_same(struct scenario *scenario, const struct facility_object *first,
           const struct facility_object *row, size_t at)
{
    const struct period one = period_of(first), other = period_of(row);
    bool from = one.first != other.first;
    char path[PATH], day[CALENDAR_TEXT];

    if (one.first == other.first && one.last == other.last)
        return;
    calendar_write(from ? one.first : one.last, day);
    snprintf(path, sizeof path, "facilities[%zu]", at);
    faults_add(scenario_faults(scenario),
               node_at(node_where(other.node, from ? other.from : other.until)), path,
               "of %.60s it is %s; copies open evenly over one time: drop %s of %.60s to give it "
               "a date of its own",
               first->name, day, other.until, row->name);
}

/* Number COUNT copies of one item. */
static void
number_copies(struct scenario *scenario, const struct even *even, size_t count)
{
    struct facility_object *rows = scenario->facilities.item;

    for (size_t i = 0; i < count; i++) {
        rows[even[i].at].even = (int32_t)i + 1;
        rows[even[i].at].evens = (int32_t)count;
        check_same(scenario, &rows[even[0].at], &rows[even[i].at], even[i].at);
    }
}

void
check_copies(struct scenario *scenario)
{
    const struct facility_object *rows = scenario->facilities.item;
    struct even *even =
        tree_allocate(&scenario->tree, (scenario->facilities.count + 1) * sizeof *even);
    size_t count = 0;

    for (size_t i = 0; even != NULL && i < scenario->facilities.count; i++) {
        const struct facility_object *row = &rows[i];
        char path[PATH];
        if (row->node == NULL || period_of(row).last == NO_DATE)
            continue;
        snprintf(path, sizeof path, "facilities[%zu]", i);
        if (may_open_evenly(scenario, row, path))
            even[count++] = (struct even){row->node->copy_of, i};
    }
    if (count > 1)
        qsort(even, count, sizeof *even, by_item);
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && even[next].copy_of == even[i].copy_of;)
            next++;
        number_copies(scenario, &even[i], next - i);
    }
}
