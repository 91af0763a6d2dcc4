#include "check_readers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH 256

/* A name is that of a word; anything else is of the whole scenario. */
static void
check_word(struct scenario *scenario, const struct text_object *row, const char *path)
{
    struct faults *faults = scenario_faults(scenario);
    bool name = row->of == TEXT_NAME;

    if (node_faulty(row->node, "of") || node_find(row->node, "of") == NULL ||
        node_faulty(row->node, "word"))
        return;
    if (name && row->word == NULL)
        faults_add(faults, node_at(row->node), path,
                   "a name of what? give word, the name as the scenario has it");
    if (!name && row->word != NULL)
        faults_add(faults, node_at(node_where(row->node, "word")), path,
                   "word goes with a name alone; leave it out");
}

void
check_texts(struct scenario *scenario)
{
    static const char *const languages[] = {"en", "nl", "fr"};
    const struct text_object *rows = scenario->texts.item;

    for (size_t i = 0; i < scenario->texts.count; i++) {
        char path[PATH];
        bool says = false;
        if (rows[i].node == NULL)
            continue;
        snprintf(path, sizeof path, "texts[%zu]", i);
        for (size_t l = 0; l < sizeof languages / sizeof *languages; l++)
            says |= node_find(rows[i].node, languages[l]) != NULL;
        if (!says)
            faults_add(scenario_faults(scenario), node_at(rows[i].node), path,
                       "it says nothing: give en, nl or fr, or several of them");
        check_word(scenario, &rows[i], path);
    }
}

static int
by_text(const char *left, const char *right)
{
    return strcmp(left != NULL ? left : "", right != NULL ? right : "");
}

/* By what is counted, not by its value. */
static int
by_subject(const struct counted_object *a, const struct counted_object *b)
{
    int order = (a->date > b->date) - (a->date < b->date);

    if (order == 0)
        order = a->series - b->series;
    if (order == 0)
        order = by_text(a->region, b->region);
    return order != 0 ? order : by_text(a->facility, b->facility);
}

static int
by_subject_and_row(const void *left, const void *right)
{
    const struct counted_object *const *a = left, *const *b = right;
    int order = by_subject(*a, *b);

    return order != 0 ? order : (*a > *b) - (*a < *b);
}

static void
check_counted_again(struct scenario *scenario, const struct counted_object **row, size_t count)
{
    const struct counted_object *rows = scenario->counted.item, *first = NULL;

    if (count > 1)
        qsort(row, count, sizeof *row, by_subject_and_row);
    for (size_t i = 0; i < count; i++) {
        char path[PATH];
        if (first == NULL || by_subject(first, row[i]) != 0) {
            first = row[i];
            continue;
        }
        snprintf(path, sizeof path, "counted[%td]", row[i] - rows);
        faults_add(scenario_faults(scenario), node_at(row[i]->node), path,
                   "its day, series and place are those of counted[%td]; leave one of them out",
                   first - rows);
    }
}

/* Whether what ROW is a count of could be read. */
static bool
is_whole(const struct counted_object *row)
{
    return !row->node->faulty && row->date != NO_DATE && !node_faulty(row->node, "series") &&
           node_find(row->node, "series") != NULL;
}

void
check_counted(struct scenario *scenario, const struct known *regions,
              const struct known *facilities)
{
    const struct counted_object *rows = scenario->counted.item;
    const struct counted_object **row =
        tree_allocate(&scenario->tree, (scenario->counted.count + 1) * sizeof *row);
    size_t count = 0;

    for (size_t i = 0; i < scenario->counted.count; i++) {
        char path[PATH];
        if (rows[i].node == NULL)
            continue;
        snprintf(path, sizeof path, "counted[%zu]", i);
        known_require(scenario, node_where(rows[i].node, "region"), path, rows[i].region, regions);
        known_require(scenario, node_where(rows[i].node, "facility"), path, rows[i].facility,
                      facilities);
        if (rows[i].region != NULL && rows[i].facility != NULL)
            faults_add(scenario_faults(scenario), node_at(node_where(rows[i].node, "region")), path,
                       "a count is of a region or of a facility; leave one of them out");
        if (row != NULL && is_whole(&rows[i]))
            row[count++] = &rows[i];
    }
    if (row != NULL)
        check_counted_again(scenario, row, count);
}
