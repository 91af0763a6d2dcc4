#include "load.h"

#include "document.h"
#include "source.h"
#include "table.h"
#include "text.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>

/* The rows of the table that CSV names; an empty list that says so where there are none. */
static struct node *
read_table(struct tree *tree, const struct node *csv)
{
    char path[PATH_MAX];
    struct source *source =
        source_resolve(tree, csv, path) ? source_read(tree, path, csv->text, csv) : NULL;
    const char *file = tree_keep_text(tree, source != NULL ? path : "");
    int begin = source != NULL ? text_begin(tree->faults, file, source->text, source->size) : -1;
    source_note(tree, file, 0, csv->at.file);
    struct node *list =
        begin < 0 ? NULL
                  : table_load(tree, file, source->text + begin, source->size - (size_t)begin);

    if (list != NULL && list->count > 0)
        return list;
    tree->incomplete |= list == NULL;
    struct node *empty = tree_node(tree, NODE_LIST, csv->at, NULL, 0);
    if (empty != NULL)
        empty->unread = list == NULL;
    return empty;
}

static struct node *table_or_node(struct tree *tree, struct node *node);

/* Put the rows of tables into the values of NODE. A file, or a line of --set, is no table itself.
 */
static void
expand_tables(struct tree *tree, struct node *node)
{
    for (size_t i = 0; i < node->count; i++)
        if (node->child[i] != NULL && node->child[i]->kind != NODE_SCALAR) {
            struct node *child = table_or_node(tree, node->child[i]);
            if (child != NULL)
                node->child[i] = child;
        }
}

/* The rows of a table where NODE is {csv: FILE}; an alias of it stands for the same rows. */
static struct node *
table_or_node(struct tree *tree, struct node *node)
{
    const struct node *csv =
        node->kind == NODE_MAP && node->count == 1 ? node_find(node, "csv") : NULL;

    if (csv != NULL && csv->kind == NODE_SCALAR) {
        if (node->rows == NULL)
            node->rows = read_table(tree, csv);
        return node->rows;
    }
    expand_tables(tree, node);
    return node;
}

struct node *
load_file(struct tree *tree, const char *path, const char *name, const struct node *asked)
{
    struct source *source = source_read(tree, path, name, asked);
    int begin = source != NULL ? text_begin(tree->faults, path, source->text, source->size) : -1;
    struct node *root = NULL;
    if (begin >= 0)
        root = document_load(
            tree, &(struct document){.at = {path, 1, 1},
                                     .text = source->text + begin,
                                     .size = source->size - (size_t)begin,
                                     .behind = "a second document begins here; a file holds one"});
    tree->incomplete |= root == NULL;
    if (root == NULL)
        return NULL;
    if (root->kind != NODE_MAP) {
        tree->incomplete = true;
        faults_add(tree->faults, node_at(root), NULL, "expected 'name: value' lines, found a %s",
                   root->kind == NODE_LIST ? "list" : "single value");
        return NULL;
    }
    expand_tables(tree, root);
    return root;
}

static struct node *
load_value(struct tree *tree, const char *label, int line, const char *text)
{
    const struct document document = {.at = {label, line, 1},
                                      .text = text,
                                      .size = strlen(text),
                                      .behind = "text behind the value"};

    return document_load(tree, &document);
}

struct node *
load_text(struct tree *tree, const char *label, const char *text)
{
    return load_value(tree, label, 1, text);
}

struct node *
load_line(struct tree *tree, const char *label, int line, const char *text)
{
    struct node *root = load_value(tree, label, line, text);

    if (root != NULL)
        expand_tables(tree, root);
    return root;
}

size_t
load_which(const char *path, const char *const *field, size_t count)
{
    struct faults faults = {0};
    struct tree tree = {0};
    const struct scenario_source from = {.file = path};
    struct stat file;
    size_t which = 0;

    if (stat(path, &file) != 0 || !S_ISREG(file.st_mode))
        return count;
    source_begin(&tree, &from, &faults);
    tree.root = load_file(&tree, path, path, NULL);
    source_end(&tree);
    while (which < count && (tree.root == NULL || node_find(tree.root, field[which]) == NULL))
        which++;
    tree_free(&tree);
    faults_free(&faults);
    return which;
}
