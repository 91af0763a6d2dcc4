/* Every test program can be run as if the reader did not know one field:
 * FIELD_IGNORED=measures.region takes it out of each scenario that is read, so that its default
 * holds. A test that then still passes does not notice the field. The linker puts this before
 * read_object (--wrap), so that the program itself has no hook. */

#include "models/scenario/read_object.h"
#include "models/scenario/scenario.h"

#include <stdlib.h>
#include <string.h>

void __real_read_object(struct tree *tree, const struct node *map, const struct object_type *type,
                        void *object, const char *path);
void __wrap_read_object(struct tree *tree, const struct node *map, const struct object_type *type,
                        void *object, const char *path);

static void take_out(struct node *node, const char *path, const struct object_type *type);

static void
take_out_below(struct node *node, const char *path, const struct field *field)
{
    if (field->type == FIELD_OBJECT) {
        take_out(node, path, field->object);
        return;
    }
    for (size_t i = 0; i < node->count; i++) {
        struct node *child = node->child[i];
        if (field->type == FIELD_OBJECTS)
            take_out(child, path, field->object);
        for (size_t j = 0; field->type == FIELD_OBJECT_MAP && j < child->count; j++)
            take_out(child->child[j], path, field->object);
    }
}

/* Take the field of PATH out of NODE, an object of TYPE. */
static void
take_out(struct node *node, const char *path, const struct object_type *type)
{
    size_t length = strcspn(path, ".");

    for (size_t i = 0; node->kind == NODE_MAP && i < node->count; i++) {
        const char *key = node->key[i]->text;
        if (strncmp(key, path, length) != 0 || key[length] != '\0')
            continue;
        if (path[length] == '.') {
            take_out_below(node->child[i], path + length + 1, field_in(type, key));
            continue;
        }
        node->count--;
        memmove(&node->key[i], &node->key[i + 1], (node->count - i) * sizeof *node->key);
        memmove(&node->child[i], &node->child[i + 1], (node->count - i) * sizeof *node->child);
        return;
    }
}

void
__wrap_read_object(struct tree *tree, const struct node *map, const struct object_type *type,
                   void *object, const char *path)
{
    const char *ignored = getenv("FIELD_IGNORED");

    if (ignored != NULL && type == &scenario_type)
        take_out((struct node *)map, ignored, type);
    __real_read_object(tree, map, type, object, path);
}
