#include "numbers_walk.h"

#include "formula.h"
#include "source.h"

#include <stdio.h>
#include <string.h>

bool
walk_ended(const struct walk *w)
{
    return w->tree->no_memory || (w->loud && w->tree->faults->errors > w->errors);
}

/* Put TEXT behind the path; what was its length. */
size_t
walk_into(struct walk *w, const char *before, const char *text)
{
    size_t length = w->length;

    if (length < sizeof w->path)
        w->length += (size_t)snprintf(w->path + length, sizeof w->path - length, "%s%s",
                                      length > 0 ? before : "", text);
    return length;
}

void
walk_out(struct walk *w, size_t length)
{
    w->length = length;
    if (length < sizeof w->path)
        w->path[length] = '\0';
}

struct path_origin
walk_origin(const struct walk *w, const struct grade_entry *entry)
{
    return (struct path_origin){w->tree, entry->at, entry->at->text, ""};
}

static struct number_row *
add_row(struct walk *w, const struct node *value)
{
    struct number_rows *out = w->out;

    if (out->count == out->room) {
        size_t room = 2 * out->room + 64;
        struct number_row *more = tree_allocate(w->tree, room * sizeof *more);
        if (more == NULL)
            return NULL;
        if (out->count > 0)
            memcpy(more, out->row, out->count * sizeof *more);
        out->row = more;
        out->room = room;
    }
    struct number_row *row = &out->row[out->count++];
    *row = (struct number_row){.path = tree_keep_text(w->tree, w->path), .value = value};
    return row;
}

/* Is LEFT a better source than RIGHT, which covers the same number? The longer path; the file
 * nearer to the number's; the path that ends at fewer places; the later one. */
static bool
is_better(const struct grade_entry *left, const struct grade_entry *right)
{
    if (left->length != right->length)
        return left->length > right->length;
    if (left->layer != right->layer)
        return left->layer < right->layer;
    return left->reaches <= right->reaches;
}

/* The source of a number that stands in NODE; NULL: none. What a file says does not hold for what a
 * file above has written anew. */
static const struct grade_entry *
source_of(const struct walk *w, const struct node *node)
{
    const struct grade_entry *found = NULL;
    int layer = source_layer(w->tree, node->at.file);

    for (size_t i = 0; i < w->covers; i++)
        if (w->cover[i]->layer >= layer && (found == NULL || is_better(w->cover[i], found)))
            found = w->cover[i];
    return found;
}

void
walk_add(struct walk *w, const struct node *node, size_t numbers, bool chosen)
{
    struct number_row *row = w->out != NULL && numbers > 0 ? add_row(w, node) : NULL;

    if (row == NULL)
        return;
    const struct grade_entry *source = source_of(w, node);
    row->numbers = numbers;
    row->drawn = formula_in(node) != NULL;
    row->grade = source != NULL ? source->grade : GRADE_NONE;
    row->text = source != NULL ? source->text : NULL;
    row->chosen = chosen && source == NULL;
}

/* Begin a group of what stands in NODE; its number, for walk_group_end. */
size_t
walk_group_begin(struct walk *w, const struct node *node)
{
    if (w->out == NULL)
        return 0;
    (void)add_row(w, node);
    return w->out->count;
}

bool
number_row_same_source(const struct number_row *left, const struct number_row *right)
{
    return left->grade == right->grade && left->chosen == right->chosen &&
           (left->text == right->text ||
            (left->text != NULL && right->text != NULL && strcmp(left->text, right->text) == 0));
}

/* All rows since walk_group_begin belong to it; a group without numbers is taken back. */
void
walk_group_end(struct walk *w, size_t begun)
{
    if (w->out == NULL || begun == 0 || w->tree->no_memory)
        return;
    struct number_row *group = &w->out->row[begun - 1], *first = NULL;
    group->below = w->out->count - begun;
    group->one = true;
    for (size_t i = begun; i < w->out->count; i++) {
        struct number_row *row = &w->out->row[i];
        if (row->below > 0)
            continue;
        first = first != NULL ? first : row;
        group->one &= number_row_same_source(row, first);
        group->numbers += row->numbers;
        group->drawn |= row->drawn;
    }
    if (first == NULL) {
        w->out->count = begun - 1;
        return;
    }
    group->grade = first->grade;
    group->text = first->text;
    group->chosen = first->chosen;
}

/* Those of PENDING whose step is the field or the class NAME. */
struct pending
walk_follow(struct walk *w, struct pending pending, const char *name)
{
    struct pending inner = {NULL, 0, pending.level + 1};

    for (size_t i = 0; i < pending.count; i++) {
        const struct path_step *step = &pending.entry[i]->path.step[pending.level];
        if (step->key || strcmp(step->part[0].name, name) != 0)
            continue;
        if (inner.entry == NULL)
            inner.entry = tree_allocate(w->tree, pending.count * sizeof *inner.entry);
        if (inner.entry == NULL)
            return inner;
        inner.entry[inner.count++] = pending.entry[i];
    }
    return inner;
}

/* What ends here covers from here on; what goes on is left. */
struct pending
walk_end_here(struct walk *w, struct pending pending)
{
    size_t kept = 0;

    for (size_t i = 0; i < pending.count; i++) {
        struct grade_entry *entry = pending.entry[i];
        if (entry->path.steps > pending.level) {
            pending.entry[kept++] = entry;
            continue;
        }
        if (w->out == NULL)
            entry->reaches++;
        w->cover[w->covers++] = entry;
    }
    pending.count = kept;
    return pending;
}
