#include "lookup.h"

#include "models/scenario/path.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Names that the scenario's author gives: those of classes, and the keys within a value. */
static bool
has_own_names(const struct field *field)
{
    static const bool own[] = {
        [FIELD_OBJECT_MAP] = true,  [FIELD_SHARES] = true,       [FIELD_FRACTIONS] = true,
        [FIELD_COUNT_STEPS] = true, [FIELD_STEPS] = true,        [FIELD_SHARE_STEPS] = true,
        [FIELD_RATE_STEPS] = true,  [FIELD_DISTRIBUTION] = true, [FIELD_PATHS] = true,
    };

    return field->type < sizeof own / sizeof *own && own[field->type];
}

static const struct field *
walk(const struct path *path, char *text, size_t size)
{
    const struct object_type *object = &scenario_type;
    const struct field *field = NULL;
    bool named = false; /* the class of a map of classes */

    *text = '\0';
    for (size_t i = 0; i < path->steps; i++) {
        const struct path_step *step = &path->step[i];
        if (step->key)
            continue;
        const struct field *inner = object != NULL ? field_in(object, step->part[0].name) : NULL;
        bool class = field != NULL && field->type == FIELD_OBJECT_MAP;
        if (inner == NULL && (field == NULL || !has_own_names(field) || (class && named)))
            return NULL;
        if (inner == NULL) {
            named = true;
            continue;
        }
        field = inner;
        object = inner->object;
        size_t length = strlen(text);
        snprintf(text + length, size - length, "%s%s", length > 0 ? "." : "", inner->name);
    }
    return field;
}

const struct field *
lookup_field(const char *text, char *path, size_t size)
{
    struct faults faults = {0};
    struct tree tree = {.faults = &faults};
    const struct node node = {.kind = NODE_SCALAR, .at.file = "", .text = text};
    struct path parsed;
    const struct field *field = NULL;

    if (path_parse(&tree, &node, &parsed))
        field = walk(&parsed, path, size);
    tree_free(&tree);
    faults_free(&faults);
    return field;
}
