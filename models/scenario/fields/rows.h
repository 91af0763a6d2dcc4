#ifndef MODELS_SCENARIO_FIELDS_ROWS_H
#define MODELS_SCENARIO_FIELDS_ROWS_H
/* How rows of field tables are written: the scenario's (fields.c), and those of other files that
 * are read by the same reader. */

#include "models/scenario/scenario.h"

#include <stddef.h>

/* The C type of a member that a field of each type is read into. */
#define C_TEXT         const char *
#define C_WHOLE        int64_t
#define C_NUMBER       double
#define C_SHARE        double
#define C_DURATION     double
#define C_SPAN         struct span
#define C_DATE         int32_t
#define C_YES_NO       bool
#define C_CHOICE       int
#define C_SET          uint32_t
#define C_NAMES        struct names
#define C_NUMBERS      struct numbers
#define C_SHARES       struct shares
#define C_FRACTIONS    struct shares
#define C_COUNT_STEPS  struct steps
#define C_ANY          const struct node *
#define C_STEPS        struct steps
#define C_SHARE_STEPS  struct steps
#define C_RATE_STEPS   struct steps
#define C_DISTRIBUTION struct distribution *
#define C_OBJECTS      struct objects
#define C_OBJECT_MAP   struct object_map

/* The offset of MEMBER in struct OBJECT; where it is not of TYPE there is an array of negative
 * size, which no compiler takes. */
#define IS_OF(type, object, member)                                                                \
    __builtin_types_compatible_p(__typeof__(((struct object *)NULL)->member), type)
#define OFFSET(type, object, member)                                                               \
    (offsetof(struct object, member) + 0 * sizeof(char[IS_OF(type, object, member) ? 1 : -1]))

/* A row: a field NAME of TYPE that is read into MEMBER of struct OBJECT, and what else it has. */
#define FIELD(name_, type_, object_, member_, ...)                                                 \
    {                                                                                              \
        .name = name_, .type = FIELD_##type_, .offset = OFFSET(C_##type_, object_, member_),       \
        __VA_ARGS__                                                                                \
    }

/* A row: an object in place, struct OF_object, of the fields of OF_type. */
#define OBJECT(name_, of_, object_, member_, ...)                                                  \
    {                                                                                              \
        .name = name_, .type = FIELD_OBJECT, .object = &of_##_type,                                \
        .offset = OFFSET(struct of_##_object, object_, member_), __VA_ARGS__                       \
    }

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* struct NAME_object, which begins with its node, and is called TEXT in messages; TOLD: of another
 * file than a scenario, what explain tells of it under. */
#define TYPE(name, text) TYPE_OF(name, text, NULL)
#define TYPE_OF(name, text, told)                                                                  \
    _Static_assert(OFFSET(const struct node *, name##_object, node) == 0,                          \
                   "it begins with its node");                                                     \
    static const struct object_type name##_type = {text, sizeof(struct name##_object),             \
                                                   name##_fields, COUNT(name##_fields), told}

#endif
