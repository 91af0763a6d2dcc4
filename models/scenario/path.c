#include "path.h"

#include "suggest.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *type;
    const char *const field[PATH_MOST_PARTS];
} keys[] = {
    {"facility", {"name"}},
    {"facility_history", {"facility", "field", "from"}},
    {"intake", {"class", "region", "facility"}},
    {"clock", {"to"}},
    {"stay", {"way"}},
    {"phase", {"phase"}},
    {"stage", {"stage"}},
    {"ramp_up", {"after"}},
    {"master_plan", {"name"}},
    {"class", {"name"}},
    {"desk", {"name"}},
    {"drift", {"name"}},
    {"come_back", {"name"}},
    {"stock", {"status", "class", "phase", "region", "facility"}},
    {"measure", {"name"}},
    {"law", {"name"}},
    {"feedback", {"name"}},
    {"strike", {"from", "region"}},
    {"record", {"place", "tick"}},
    {"text", {"of", "word"}},
    {"count", {"date", "series", "region", "facility"}},
};

const char *const *
path_key(const struct object_type *type)
{
    static const char *const none[] = {NULL};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(keys[i].type, type->name) == 0)
            return keys[i].field;
    return none;
}

bool
path_key_has(const struct object_type *type, const char *field)
{
    const char *const *key = path_key(type);

    for (size_t i = 0; key[i] != NULL; i++)
        if (strcmp(key[i], field) == 0)
            return true;
    return false;
}

void
path_refuse(const struct path_origin *origin, const char *format, ...)
{
    char text[512];
    va_list values;

    if (origin->tree->incomplete)
        return;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    faults_add(origin->tree->faults, node_at(origin->at), origin->label, "%s%s", text,
               origin->within);
}

void
path_refuse_name(const struct path_origin *origin, const char *what, const char *name,
                 const char **known, size_t count)
{
    bool said = !origin->tree->incomplete && !faults_many(origin->tree->faults);
    const char *near = known != NULL && said ? suggest(name, known, count) : NULL;

    char all[420] = "";

    if (near == NULL && known != NULL && said)
        suggest_all(known, count, all, sizeof all);
    if (near != NULL)
        path_refuse(origin, "%s '%.60s'; did you mean '%.60s'?", what, name, near);
    else
        path_refuse(origin, "%s '%.60s'%s", what, name, all);
}

/* What is read of a path: AT moves through a copy of its text, in which names end in place. */
struct reading {
    char *at;
    const char *start, *text; /* the copy and the original */
    const char *wrong;
};

/* A name between double quotes, put together where it stands; NULL: it does not end. */
static const char *
read_quoted(struct reading *r)
{
    char *name = r->at, *to = name;

    for (char *from = name + 1; *from != '\0'; from++) {
        if (*from == '"' && from[1] != '"') {
            *to = '\0';
            r->at = from + 1;
            return name;
        }
        from += *from == '"';
        *to++ = *from;
    }
    r->wrong = "a double quote is not closed; a quote in a name is written twice";
    return NULL;
}

static void
skip_spaces(struct reading *r)
{
    while (*r->at == ' ')
        r->at++;
}

/* A name up to one of STOPS; what ends it is left in *STOP and is written over. */
static const char *
read_name(struct reading *r, const char *stops, char *stop, bool *quoted)
{
    const char *name;

    skip_spaces(r);
    *quoted = *r->at == '"';
    if (*quoted) {
        name = read_quoted(r);
        skip_spaces(r);
        if (name != NULL && strchr(stops, *r->at) == NULL && *r->at != '\0')
            r->wrong = "a quoted name goes on behind its quote";
    } else {
        char *end = r->at + strcspn(r->at, "[],=\".");
        name = r->at;
        while (*end != '\0' && strchr(stops, *end) == NULL && (*end == '.' || *end == '='))
            end += 1 + strcspn(end + 1, "[],=\".");
        if (*end != '\0' && strchr(stops, *end) == NULL)
            r->wrong = "a name with one of [ ] , \" is written between double quotes";
        r->at = end;
    }
    *stop = *r->at;
    if (!*quoted) {
        char *last = r->at;
        while (last > name && last[-1] == ' ')
            last--;
        *last = '\0';
    }
    r->at += *stop != '\0';
    if (r->wrong == NULL && !*quoted && *name == '\0')
        r->wrong = "a name is missing";
    return r->wrong == NULL ? name : NULL;
}

static void
read_key(struct reading *r, struct path_step *step)
{
    char stop = ',';

    step->key = true;
    while (r->wrong == NULL && stop == ',') {
        struct path_part part = {0};
        if (step->parts == PATH_MOST_PARTS) {
            r->wrong = "a key has too many parts";
            return;
        }
        part.name = read_name(r, ",]=", &stop, &part.quoted);
        if (r->wrong == NULL && stop == '=') {
            part.field = part.name;
            part.name = read_name(r, ",]", &stop, &part.quoted);
        }
        if (r->wrong == NULL && stop != ',' && stop != ']')
            r->wrong = "a bracket is not closed";
        step->part[step->parts++] = part;
    }
    step->all = r->wrong == NULL && step->parts == 1 && !step->part[0].quoted &&
                strcmp(step->part[0].name, "*") == 0;
}

bool
path_parse(struct tree *tree, const struct node *node, struct path *path)
{
    struct reading r = {.text = node->text};
    size_t size = node->kind == NODE_SCALAR ? strlen(node->text) + 1 : 0;
    char *copy = size > 0 ? tree_allocate(tree, size) : NULL;
    char stop = '.';

    *path = (struct path){0};
    if (size == 0)
        faults_add(tree->faults, node_at(node), NULL,
                   "expected a path such as house_selection.suitable");
    if (copy == NULL)
        return false;
    r.at = memcpy(copy, node->text, size);
    r.start = copy;
    while (r.wrong == NULL && stop != '\0') {
        if (path->steps == PATH_MOST_STEPS) {
            r.wrong = "it has too many parts";
            break;
        }
        struct path_step *step = &path->step[path->steps++];
        step->rest = r.text + (r.at - r.start);
        if (stop == '[') {
            read_key(&r, step);
            stop = *r.at;
            if (r.wrong == NULL && stop != '.' && stop != '[' && stop != '\0')
                r.wrong = "a dot must follow the bracket";
            r.at += stop != '\0';
        } else {
            step->parts = 1;
            step->part[0].name = read_name(&r, ".[", &stop, &step->part[0].quoted);
        }
    }
    if (r.wrong != NULL)
        faults_add(tree->faults, node_at(node), NULL, "'%.80s' is no path: %s", node->text,
                   r.wrong);
    return r.wrong == NULL;
}

static int
by_name(const void *left, const void *right)
{
    const struct path_part *a = left, *b = right;

    return strcmp(a->name, b->name);
}

void
path_write(const struct path *path, char *text, size_t size)
{
    size_t length = 0;

    *text = '\0';
    for (size_t i = 0; i < path->steps; i++) {
        struct path_step step = path->step[i];
        if (step.key)
            qsort(step.part, step.parts, sizeof *step.part, by_name);
        const char *before = step.key ? "[" : i > 0 ? "." : "";
        for (size_t p = 0; p < step.parts && length < size; p++)
            length += (size_t)snprintf(text + length, size - length, "%s%s", p > 0 ? "," : before,
                                       step.part[p].name);
        if (step.key && length < size)
            length += (size_t)snprintf(text + length, size - length, "]");
    }
}

size_t
path_write_name(const char *name, char *text, size_t size)
{
    bool quote = strpbrk(name, "[],=\"") != NULL;
    size_t length = 0;

    if (size < 8)
        return 0;
    if (quote)
        text[length++] = '"';
    for (size_t i = 0; i < 60 && length + 4 < size && name[i] != '\0'; i++) {
        if (name[i] == '"')
            text[length++] = '"';
        text[length++] = name[i];
    }
    if (quote)
        text[length++] = '"';
    text[length] = '\0';
    return length;
}

void
path_write_key(const struct node *item, const struct object_type *type, char *text, size_t size)
{
    const char *const *key = path_key(type);
    size_t length = (size_t)snprintf(text, size, "[");
    bool first = true;

    for (size_t i = 0; key[i] != NULL && length < size; i++) {
        const struct node *part = node_find(item, key[i]);
        if (part == NULL || part->kind != NODE_SCALAR)
            continue;
        length += (size_t)snprintf(text + length, size - length, "%s", first ? "" : ",");
        if (length < size)
            length += path_write_name(part->text, text + length, size - length);
        first = false;
    }
    if (length < size)
        snprintf(text + length, size - length, "]");
}
