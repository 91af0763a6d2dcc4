#include "grades.h"

#include "source.h"
#include "suggest.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const columns[] = {"path", "grade", "text"};
#define COLUMNS (sizeof columns / sizeof *columns)

static enum grade
grade_of_letter(const char *letter)
{
    static const char letters[GRADES] = {[GRADE_A] = 'A', [GRADE_B] = 'B', [GRADE_C] = 'C'};

    for (int grade = GRADE_A; grade < GRADES; grade++)
        if (letter[0] == letters[grade])
            return (enum grade)grade;
    return GRADE_NONE;
}

/* The grade that TEXT says at the beginning, B: or grade B; its letter in *LETTER. */
static enum grade
grade_said(const char *text, const char **letter)
{
    static const char word[] = "grade ";
    bool said = strncasecmp(text, word, sizeof word - 1) == 0;

    *letter = said ? text + sizeof word - 1 : text;
    enum grade grade = grade_of_letter(*letter);
    if (grade == GRADE_NONE) /* the text may end here */
        return GRADE_NONE;
    bool ends = said ? !isalnum((unsigned char)(*letter)[1]) : (*letter)[1] == ':';
    return ends ? grade : GRADE_NONE;
}

enum grade
grade_of_text(const char *text, const char **rest)
{
    const char *letter;
    enum grade grade = grade_said(text, &letter);

    *rest = text;
    if (grade == GRADE_NONE && isupper((unsigned char)text[0]) && text[1] == ':')
        return GRADE_NONE; /* a grade is meant that there is not */
    if (grade != GRADE_NONE) {
        letter += 1 + strspn(letter + 1, " :,;");
        if (*letter != '\0')
            *rest = letter;
        return grade;
    }
    for (const char *at = strcasestr(text, "grade "); at != NULL;
         at = strcasestr(at + 1, "grade ")) {
        grade = grade_said(at, &letter);
        if (grade != GRADE_NONE && !isalnum((unsigned char)at[-1]))
            return grade;
    }
    return GRADE_A;
}

/* Say which fields of MAP an entry does not have; FIRST: the first column that it may have. The
 * columns that are meant by them, as bits. */
static unsigned
refuse_unknown(struct tree *tree, const struct node *map, size_t first)
{
    unsigned meant = 0;

    for (size_t i = 0; i < map->count; i++) {
        const struct node *key = map->key[i];
        bool known = false;
        for (size_t c = first; c < COLUMNS; c++)
            known |= strcmp(key->text, columns[c]) == 0;
        const char *near = known ? NULL : suggest(key->text, columns + first, COLUMNS - first);
        for (size_t c = first; near != NULL && c < COLUMNS; c++)
            meant |= near == columns[c] ? 1U << c : 0;
        if (!known && near != NULL)
            faults_add(tree->faults, node_at(key), "sources",
                       "unknown field '%.60s'; did you mean '%s'?", key->text, near);
        else if (!known)
            faults_add(tree->faults, node_at(key), "sources",
                       "unknown field '%.60s'; an entry has a path, a grade and a text", key->text);
    }
    return meant;
}

/* The grade that VALUE, an entry, gives; GRADE_NONE and a fault (unless one is MEANT): none. */
static enum grade
read_grade(struct tree *tree, const struct node *value, bool meant)
{
    const struct node *node = node_find(value, "grade");
    const char *text = node != NULL && node->kind == NODE_SCALAR ? node->text : "";
    enum grade grade = text[0] != '\0' && text[1] == '\0' ? grade_of_letter(text) : GRADE_NONE;

    if (node == NULL && !meant)
        faults_add(tree->faults, node_at(value), "sources",
                   "grade is missing: A a published figure, B derived from published figures, C "
                   "an assumption");
    else if (node != NULL && grade == GRADE_NONE)
        faults_add(tree->faults, node_at(node), "sources",
                   "grade: expected A (a published figure), B (derived from published figures) or "
                   "C (an assumption), found '%.60s'",
                   text);
    return grade;
}

/* What VALUE, an entry, says of the source; NULL and a fault (unless it is MEANT): nothing. */
static const char *
read_text(struct tree *tree, const struct node *value, bool meant)
{
    const struct node *node = node_find(value, "text");
    const char *text = node != NULL && node->kind == NODE_SCALAR ? node->text : "";

    if (text[strspn(text, " \t\r\n")] != '\0')
        return text;
    if (node != NULL || !meant)
        faults_add(tree->faults, node_at(node != NULL ? node : value), "sources",
                   "%s: say where the number comes from, or why it is assumed",
                   node == NULL ? "text is missing" : "text: expected words");
    return NULL;
}

static size_t
length_of(const struct path *path)
{
    size_t parts = 0;

    for (size_t i = 0; i < path->steps; i++)
        parts += path->step[i].key && !path->step[i].all ? path->step[i].parts : 0;
    return grade_length(path->steps, parts);
}

/* Room for one more; NULL: no memory. */
static struct grade_entry *
new_entry(struct tree *tree)
{
    struct grades *grades = tree->grades;

    if (grades->count == grades->room) {
        size_t room = 2 * grades->room + 8;
        struct grade_entry *more = tree_allocate(tree, room * sizeof *more);
        if (more == NULL)
            return NULL;
        if (grades->count > 0)
            memcpy(more, grades->entry, grades->count * sizeof *more);
        grades->entry = more;
        grades->room = room;
    }
    return &grades->entry[grades->count];
}

/* PATH: {grade: .., text: ..}, or a row of a table with all three. */
static void
read_entry(struct tree *tree, const struct node *path, const struct node *value, size_t first)
{
    struct grade_entry *entry = new_entry(tree);

    if (entry == NULL)
        return;
    if (value->kind != NODE_MAP) {
        faults_add(tree->faults, node_at(value), "sources",
                   "expected {grade: A, text: ..} with A, B or C as the grade, found %s",
                   value->kind == NODE_LIST ? "a list" : "a word alone");
        return;
    }
    unsigned meant = refuse_unknown(tree, value, first);
    if (path == NULL && (meant & 1) != 0)
        return;
    if (path == NULL) {
        faults_add(tree->faults, node_at(value), "sources",
                   "expected PATH: {grade: A, text: ..} lines, or rows with path, grade and text");
        return;
    }
    *entry = (struct grade_entry){.at = path,
                                  .grade = read_grade(tree, value, (meant & 2) != 0),
                                  .text = read_text(tree, value, (meant & 4) != 0),
                                  .layer = source_layer(tree, path->at.file)};
    bool parsed = path_parse(tree, path, &entry->path);
    if (!parsed || entry->grade == GRADE_NONE || entry->text == NULL)
        return;
    entry->length = length_of(&entry->path);
    tree->grades->count++;
}

/* A path in its one spelling. */
struct spelling {
    const char *text;
    const struct node *at;
};

static int
by_spelling(const void *left, const void *right)
{
    const struct spelling *a = left, *b = right;
    int order = strcmp(a->text, b->text);

    if (order != 0)
        return order;
    order = (a->at->at.line > b->at->at.line) - (a->at->at.line < b->at->at.line);
    return order != 0 ? order : (a->at->at.column > b->at->at.column) ? 1 : -1;
}

/* Of the entries from FIRST on no two name one path. */
static void
check_twice(struct tree *tree, size_t first)
{
    size_t count = tree->grades->count - first;
    struct spelling *all = tree_allocate(tree, (count + 1) * sizeof *all);

    for (size_t i = 0; all != NULL && i < count; i++) {
        const struct grade_entry *entry = &tree->grades->entry[first + i];
        char text[PATH_TEXT] = "";
        path_write(&entry->path, text, sizeof text);
        all[i] = (struct spelling){tree_keep_text(tree, text), entry->at};
    }
    if (all == NULL || tree->no_memory)
        return;
    qsort(all, count, sizeof *all, by_spelling);
    for (size_t i = 1; i < count; i++)
        if (strcmp(all[i - 1].text, all[i].text) == 0)
            faults_add(tree->faults, node_at(all[i].at), "sources",
                       "%.200s has a source already, on line %d; keep one of them", all[i].text,
                       all[i - 1].at->at.line);
}

void
grades_read(struct tree *tree, const struct node *sources)
{
    size_t first = tree->grades->count;
    bool map = sources->kind == NODE_MAP, list = sources->kind == NODE_LIST;

    if (list && sources->unread) /* its fault has been said */
        return;
    if ((!map && !list) || sources->count == 0)
        faults_add(tree->faults, node_at(sources), "sources",
                   "expected PATH: {grade: A, text: ..} lines, or {csv: FILE} with the columns "
                   "path, grade and text");
    for (size_t i = 0; map && i < sources->count; i++)
        read_entry(tree, sources->key[i], sources->child[i], 1);
    for (size_t i = 0; list && i < sources->count; i++)
        read_entry(tree, node_find(sources->child[i], "path"), sources->child[i], 0);
    check_twice(tree, first);
}
