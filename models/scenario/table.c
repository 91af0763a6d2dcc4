#include "table.h"

#include "document.h"

#include <csv.h>
#include <string.h>
#include <strings.h>

struct table {
    struct tree *tree;
    struct node *list, *row, *heading;
    size_t cell;
    struct position at;   /* of this cell */
    struct position text; /* of its first character, behind spaces and the quote */
    struct position next; /* of the byte to come */
    char before;          /* the byte before */
    bool row_begun, cell_begun, quoted;
    bool row_too_long, failed;
};

static void
table_failed(struct table *table, struct position at, const char *what)
{
    if (!table->failed)
        faults_add(table->tree->faults, at, NULL, "%s", what);
    table->failed = true;
}

/* What separates the cells, if it is no comma: the sign that the heading has and a comma has not.
 */
static char
other_separator(const char *text, size_t size, size_t *column)
{
    static const char signs[] = ";\t|";
    char found = '\0';
    bool quoted = false;

    for (size_t i = 0; i < size && (quoted || (text[i] != '\n' && text[i] != '\r')); i++) {
        quoted ^= text[i] == '"';
        if (!quoted && text[i] == ',')
            return '\0';
        if (!quoted && found == '\0' && strchr(signs, text[i]) != NULL) {
            found = text[i];
            *column = i + 1;
        }
    }
    return found;
}

/* Spreadsheets of much of Europe write ';' for ',': one fault says so. */
static bool
comma_separated(const struct table *table, const char *text, size_t size)
{
    size_t column = 1;
    struct faults *faults = table->tree->faults;

    size_t quote = size > 0 && text[0] == '"';
    if (size >= quote + 4 && strncasecmp(text + quote, "sep=", 4) == 0) {
        faults_add(faults, (struct position){table->at.file, 1, 1}, NULL,
                   "a sep= line is not read; save the table with commas and take it out");
        return false;
    }
    char found = other_separator(text, size, &column);
    if (found == '\0')
        return true;
    faults_add(faults, (struct position){table->at.file, 1, (int)column}, NULL,
               "the columns are separated by %s; save the table with commas, and decimals with "
               "a point",
               found == '\t'  ? "tabs"
               : found == ';' ? "';'"
                              : "'|'");
    return false;
}

/* A cell that begins with { or [ holds a map or a list, as in YAML: steps by date, a distribution.
 */
static struct node *
cell_node(const struct table *table, const char *text, size_t length)
{
    if (table->heading != table->row && length > 0 && (text[0] == '{' || text[0] == '['))
        return document_load(table->tree,
                             &(struct document){table->text, text, length,
                                                "text behind the list or map in this cell",
                                                table->quoted});
    return tree_node(table->tree, NODE_SCALAR, table->at, text ? text : "", text ? length : 0);
}

static void
add_heading(struct table *table, struct node *cell)
{
    for (size_t i = 0; i < table->heading->count; i++)
        if (cell->text[0] != '\0' && strcmp(table->heading->child[i]->text, cell->text) == 0)
            faults_add(table->tree->faults, node_at(cell), NULL,
                       "column '%.60s' is given twice; first as column %zu", cell->text, i + 1);
    if (table->heading->count >= TABLE_MOST_COLUMNS)
        table_failed(table, cell->at, "more than 1000 columns");
    else if (!tree_add_child(table->tree, table->row, NULL, cell))
        table->failed = true;
}

static void
add_cell(struct table *table, struct node *cell)
{
    struct node *heading =
        table->cell < table->heading->count ? table->heading->child[table->cell] : NULL;

    if (heading == NULL && !table->row_too_long)
        faults_add(table->tree->faults, node_at(cell), NULL,
                   "a cell beyond the %zu columns of the heading; quote a text with a comma, write "
                   "decimals with a point",
                   table->heading->count);
    else if (heading != NULL && heading->text[0] == '\0')
        table_failed(table, cell->at, "a cell in a column without a heading");
    else if (heading != NULL && !tree_add_child(table->tree, table->row, heading, cell))
        table->failed = true;
    table->row_too_long |= heading == NULL;
}

static void
table_cell(void *text, size_t length, void *context)
{
    struct table *table = context;
    struct node *cell = table->failed ? NULL : cell_node(table, text, length);

    if (cell == NULL)
        table->failed = true;
    else if (table->tree->nodes > TREE_MOST_NODES)
        table_failed(table, table->at, "too many cells");
    else if (table->heading == table->row)
        add_heading(table, cell);
    else if (length > 0)
        add_cell(table, cell);
    table->cell++;
    table->at = table->next;
    table->cell_begun = table->quoted = false;
}

/* A row that is one cell where the heading has several was written with another separator. */
static void
check_separator(struct table *table)
{
    const struct node *only = table->row->count == 1 ? table->row->child[0] : NULL;

    if (only != NULL && table->cell == 1 && table->heading->count > 1 &&
        only->kind == NODE_SCALAR && strpbrk(only->text, ";\t|") != NULL)
        table_failed(table, only->at,
                     "the cells of this row are not separated by commas, as the heading's are");
}

/* A row that is too long has its fault, and its cells may stand under wrong headings. */
static void
table_row(int end, void *context)
{
    struct table *table = context;

    (void)end;
    if (table->failed)
        return;
    if (table->row != table->heading && table->row->count > 0) {
        check_separator(table);
        table->tree->incomplete |= table->row_too_long;
        table->row->table_row = true;
        if (!table->row_too_long)
            table->failed |= !tree_add_child(table->tree, table->list, NULL, table->row);
    }
    table->cell = 0;
    table->row_begun = table->row_too_long = false;
    table->row = tree_node(table->tree, NODE_MAP,
                           (struct position){table->at.file, table->next.line, 1}, NULL, 0);
    table->failed |= table->row == NULL;
}

/* Where BYTE stands, and whether a row, a cell or its text begins with it. libcsv passes over blank
 * lines, and over spaces around a cell. */
static void
table_locate(struct table *table, char byte)
{
    if (!table->row_begun && byte != '\n' && byte != '\r') {
        table->row_begun = true;
        table->at = table->next;
        table->row->at.line = table->at.line;
    }
    if (!table->cell_begun && table->row_begun && byte != ' ' && byte != '\t' && byte != ',') {
        table->cell_begun = true;
        table->quoted = byte == '"';
        table->text = table->next;
        table->text.column += table->quoted;
    }
    if (byte == '\n' || byte == '\r') {
        table->next.line += byte == '\r' || table->before != '\r';
        table->next.column = 1;
    } else if ((byte & 0xc0) != 0x80) { /* a character is counted by its first byte */
        table->next.column++;
    }
    table->before = byte;
}

static void
table_parse(struct table *table, struct csv_parser *parser, const char *text, size_t size)
{
    for (size_t i = 0; i < size && !table->failed; i++) { /* libcsv says nothing about positions */
        table_locate(table, text[i]);
        if (csv_parse(parser, text + i, 1, table_cell, table_row, table) != 1)
            table_failed(
                table, table->at,
                table->quoted
                    ? "text follows the closing quote of this cell; write \"\" for a quote "
                      "inside"
                    : "a quote inside this cell; put the cell in quotes and write \"\" for "
                      "a quote inside");
    }
    if (!table->failed && csv_fini(parser, table_cell, table_row, table) != 0)
        table_failed(table, table->at, "this quote is not closed");
}

struct node *
table_load(struct tree *tree, const char *file, const char *text, size_t size)
{
    struct csv_parser parser;
    const struct position first = {file, 1, 1};
    struct table table = {.tree = tree, .at = first, .next = first};

    if (!comma_separated(&table, text, size))
        return NULL;
    table.list = tree_node(tree, NODE_LIST, first, NULL, 0);
    table.heading = table.row = tree_node(tree, NODE_MAP, first, NULL, 0);
    if (table.list == NULL || table.heading == NULL ||
        csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        faults_add(tree->faults, (struct position){file, 0, 0}, NULL, "no memory for the table");
        return NULL;
    }
    table_parse(&table, &parser, text, size);
    csv_free(&parser);
    return table.failed ? NULL : table.list;
}

struct library
table_library(void)
{
    struct library library = {.name = "libcsv"};

    snprintf(library.version, sizeof library.version, "%d.%d.%d", CSV_MAJOR, CSV_MINOR,
             CSV_RELEASE);
    return library;
}
