#include "uncertain.h"

#include "change.h"
#include "models/scenario/fields/scale.h"
#include "path.h"
#include "read_distribution.h"

#include "sim/engine/distribution.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME PATH_TEXT

/* How often what is drawn may lie beyond what uncertain_reach says, on each side. */
#define RARE 1e-9

/* How numbers are written whose unit says what they are: a rate, a time, or a plain number. */
static enum field_type
type_written(const struct node *number)
{
    static const enum field_type types[] = {FIELD_RATE_STEPS, FIELD_DURATION};
    double value;

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (number != NULL && number->kind == NODE_SCALAR &&
            scale_of_type(types[i])->parse(number->text, &value))
            return types[i];
    return FIELD_SHARE;
}

/* The first number of a distribution that has a unit, or the first of all. */
static const struct node *
first_number(const struct node *node)
{
    const struct node *found = NULL;

    if (node->kind == NODE_SCALAR)
        return node;
    for (size_t i = 0; i < node->count; i++) {
        const char *key = node->kind == NODE_MAP ? node->key[i]->text : "";
        bool plain = strcmp(key, "cv") == 0 || strcmp(key, "weight") == 0 ||
                     strcmp(key, "share") == 0 || strcmp(key, "count") == 0;
        const struct node *number = plain ? NULL : first_number(node->child[i]);
        if (number != NULL && (found == NULL || type_written(number) != FIELD_SHARE))
            found = number;
    }
    return found;
}

/* PATH would be drawn a second time. A file keeps one of its two; one that is extended stays as it
 * is, and what lies over it acts on the draw. */
static void
drawn_already(struct tree *tree, const struct node *path, const struct draw *draw)
{
    struct position first = node_at(draw->at);
    bool same = strcmp(first.file, node_at(path).file) == 0;

    faults_add(
        tree->faults, node_at(path), "uncertain", "%s is drawn already, on line %d of %s; %s",
        draw->name, first.line, first.file,
        same ? "keep one of them"
             : "what extends it acts on the draw, set: {PATH: {times: 0.9}}, or sets a value");
}

/* A name of its own for the draw of PATH; NULL and a fault: another has it. */
static const char *
draw_name(struct tree *tree, const struct node *path, enum change_kind kind)
{
    static const char *const how[] = {"", " times", " plus"};
    char text[NAME] = "", name[NAME + 8];
    struct path parsed;

    if (!path_parse(tree, path, &parsed))
        return NULL;
    path_write(&parsed, text, sizeof text);
    snprintf(name, sizeof name, "%s%s", text, how[kind]);
    for (size_t i = 0; i < tree->draws->count; i++)
        if (strcmp(tree->draws->draw[i].name, name) == 0) {
            drawn_already(tree, path, &tree->draws->draw[i]);
            return NULL;
        }
    return tree_keep_text(tree, name);
}

/* The value that a draw stands for in the scenario as it is read. */
static const struct node *
median_node(struct tree *tree, const struct draw *draw, size_t number)
{
    char digits[32], text[64];

    change_write_number(draw->median, digits);
    int length = snprintf(text, sizeof text, "%s%s", digits, draw->unit);
    struct node *node =
        tree_node(tree, NODE_SCALAR, draw->at->at, text, (size_t)(length > 0 ? length : 0));
    if (node != NULL)
        node->formula = formula_draw(tree, number);
    return node != NULL && node->formula != NULL ? node : NULL;
}

/* A line that does what the draw does: sets its median, or changes by it. */
static bool
add_line(struct tree *tree, const struct node *path, enum change_kind kind, const struct draw *draw,
         struct uncertain_line *line)
{
    static const char *const words[] = {"to", "times", "plus"};
    const struct node *median = median_node(tree, draw, tree->draws->count - 1);
    struct node *map = tree_node(tree, NODE_MAP, node_at(draw->at), NULL, 0);
    struct node *key =
        tree_node(tree, NODE_SCALAR, node_at(draw->at), words[kind], strlen(words[kind]));

    if (median == NULL || map == NULL || key == NULL ||
        !tree_add_child(tree, map, key, (struct node *)median))
        return false;
    *line = (struct uncertain_line){path, map};
    return true;
}

/* Remember DRAW as one of the tree's. */
static bool
add_draw(struct tree *tree, const struct draw *draw)
{
    struct draws *draws = tree->draws;

    if (draws->count == draws->room) {
        size_t room = 2 * draws->room + 8;
        struct draw *more = tree_allocate(tree, room * sizeof *more);
        if (more == NULL)
            return false;
        if (draws->count > 0)
            memcpy(more, draws->draw, draws->count * sizeof *more);
        draws->draw = more;
        draws->room = room;
    }
    draws->draw[draws->count++] = *draw;
    return true;
}

struct distribution *
uncertain_distribution(struct tree *tree, const struct node *value, enum change_kind kind,
                       const char *label, const char **unit)
{
    const struct node *first = first_number(value);
    enum field_type type = kind == CHANGE_TIMES ? FIELD_SHARE : type_written(first);
    struct field field = {.name = label,
                          .type = FIELD_DISTRIBUTION,
                          .plain = type == FIELD_SHARE,
                          .rates = type == FIELD_RATE_STEPS};
    struct reading reading = {tree, &field, label};
    struct distribution *of = NULL;

    read_distribution(&reading, value, &of);
    *unit = scale_of_type(type)->unit;
    return of;
}

/* A line PATH: DISTRIBUTION, or PATH: {times: DISTRIBUTION}. */
static bool
read_uncertain(struct tree *tree, const struct node *path, const struct node *value,
               struct uncertain_line *line)
{
    enum change_kind kind = CHANGE_TO;
    struct path_origin origin = {tree, path, "uncertain", ""};
    struct distribution *of;
    const char *unit;

    if (change_is(value, NULL) && (value = change_read(&origin, value, &kind)) == NULL)
        return false;
    of = uncertain_distribution(tree, value, kind, "uncertain", &unit);
    const char *name = of != NULL ? draw_name(tree, path, kind) : NULL;
    if (name == NULL)
        return false;
    struct draw draw = {.name = name,
                        .unit = unit,
                        .of = of,
                        .median = distribution_quantile(of, 0.5),
                        .least = distribution_quantile(of, RARE),
                        .most = distribution_quantile(of, 1 - RARE),
                        .at = path};
    return add_draw(tree, &draw) && add_line(tree, path, kind, &draw, line);
}

static int
by_value(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;

    return (a > b) - (a < b);
}

/* The column's values in their order; NULL: no memory. */
static double *
sorted_column(struct tree *tree, const double *column, size_t rows)
{
    double *sorted = tree_allocate(tree, rows * sizeof *sorted);

    if (sorted != NULL) {
        memcpy(sorted, column, rows * sizeof *sorted);
        qsort(sorted, rows, sizeof *sorted, by_value);
    }
    return sorted;
}

/* The path and the change of a column's heading: "intake_level", "intake[arrested].rate times". */
static const struct node *
heading_path(struct tree *tree, const struct node *heading, enum change_kind *kind)
{
    static const char *const how[] = {"", " times", " plus"};
    size_t length = strlen(heading->text);

    *kind = CHANGE_TO;
    for (int k = CHANGE_TIMES; k <= CHANGE_PLUS; k++) {
        size_t tail = strlen(how[k]);
        if (length > tail && strcmp(heading->text + length - tail, how[k]) == 0) {
            *kind = (enum change_kind)k;
            length -= tail;
            break;
        }
    }
    return tree_node(tree, NODE_SCALAR, heading->at, heading->text, length);
}

/* Column C of the table ROWS: a value of one kind in each row. */
static bool
read_column(struct tree *tree, const struct node *rows, size_t c, struct uncertain_line *line)
{
    const struct node *heading = rows->child[0]->key[c];
    enum change_kind kind;
    const struct node *path = heading_path(tree, heading, &kind);
    enum field_type type = type_written(rows->child[0]->child[c]);
    const struct scale *scale = scale_of_type(type);
    double *column = tree_allocate(tree, (rows->count + 1) * sizeof *column);
    bool good = path != NULL && column != NULL;

    for (size_t i = 0; i < rows->count && column != NULL; i++) {
        const struct node *cell = node_find(rows->child[i], heading->text);
        if (cell != NULL && cell->kind == NODE_SCALAR && scale->parse(cell->text, &column[i]))
            continue;
        faults_add(tree->faults, cell != NULL ? node_at(cell) : node_at(rows->child[i]),
                   "posterior", "expected %s for %.80s, found '%.60s'", field_type_text(type),
                   heading->text, cell != NULL && cell->kind == NODE_SCALAR ? cell->text : "");
        good = false;
    }
    const char *name = good ? draw_name(tree, path, kind) : NULL;
    const double *sorted = name != NULL ? sorted_column(tree, column, rows->count) : NULL;
    if (sorted == NULL)
        return false;
    struct draw draw = {.name = name,
                        .unit = scale->unit,
                        .column = column,
                        .rows = rows->count,
                        .median = sorted[rows->count / 2],
                        .least = sorted[0],
                        .most = sorted[rows->count - 1],
                        .at = path};
    return add_draw(tree, &draw) && add_line(tree, path, kind, &draw, line);
}

/* The lines of a table of joint values. */
static size_t
read_posterior(struct tree *tree, const struct node *rows, struct uncertain_line *lines)
{
    size_t count = 0;

    for (size_t i = 0; i < rows->count; i++)
        if (rows->child[i]->kind != NODE_MAP) {
            faults_add(tree->faults, node_at(rows->child[i]), "posterior",
                       "expected a row with a value for each path");
            return 0;
        }
    for (size_t c = 0; c < rows->child[0]->count; c++)
        count += read_column(tree, rows, c, &lines[count]);
    return count;
}

size_t
uncertain_read(struct tree *tree, const struct node *uncertain, const struct node *posterior,
               struct uncertain_line **lines)
{
    bool map = uncertain != NULL && uncertain->kind == NODE_MAP && uncertain->count > 0;
    bool table = posterior != NULL && posterior->kind == NODE_LIST && posterior->count > 0;
    size_t count = 0,
           most = (map ? uncertain->count : 0) + (table ? posterior->child[0]->count : 0);

    if (uncertain != NULL && !map)
        faults_add(tree->faults, node_at(uncertain), "uncertain",
                   "expected PATH: DISTRIBUTION lines such as house_selection.suitable: "
                   "{triangular: {low: 15 %%, mode: 25 %%, high: 35 %%}}");
    if (posterior != NULL && posterior->kind == NODE_LIST && posterior->count == 0 &&
        !posterior->unread)
        faults_add(tree->faults, node_at(posterior), "posterior",
                   "the table has no rows: each is a draw, with a value below each path");
    else if (posterior != NULL && !table && !posterior->unread)
        faults_add(tree->faults, node_at(posterior), "posterior",
                   "expected {csv: FILE}, a table with a path as the heading of each column and "
                   "values that belong together in each row");
    *lines = tree_allocate(tree, (most + 1) * sizeof **lines);
    if (*lines == NULL)
        return 0;
    for (size_t i = 0; map && i < uncertain->count; i++)
        count += read_uncertain(tree, uncertain->key[i], uncertain->child[i], &(*lines)[count]);
    return count + (table ? read_posterior(tree, posterior, *lines + count) : 0);
}

void
uncertain_warn_cancelled(struct tree *tree, const struct node *old, const struct node *value,
                         const char *path)
{
    const struct formula *formula = tree->draws->count > 0 ? formula_in(old) : NULL;

    if (formula != NULL && formula_in(value) == NULL)
        faults_warn(tree->faults, node_at(value), path,
                    "takes the place of what is drawn for %s; to act on the draw, change it by "
                    "times or plus",
                    tree->draws->draw[formula_origin(formula)].name);
}
