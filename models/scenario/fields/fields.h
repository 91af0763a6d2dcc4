#ifndef MODELS_SCENARIO_FIELDS_H
#define MODELS_SCENARIO_FIELDS_H
/* The field table: one row for each scenario field. The reader, its messages and `explain` come
 * from it, so a new field is one row here and one line of use. */

#include <stdbool.h>
#include <stddef.h>

enum field_type {
    FIELD_TEXT,
    FIELD_WHOLE,        /* int64_t */
    FIELD_NUMBER,       /* double */
    FIELD_SHARE,        /* double, 0..1; written 0.35 or 35 % */
    FIELD_DURATION,     /* double, days; written 14 d, 6 mo, 3 y */
    FIELD_SPAN,         /* struct span: calendar time; low and high in days */
    FIELD_DATE,         /* int32_t; written 2025-03-01 */
    FIELD_YES_NO,       /* bool */
    FIELD_CHOICE,       /* int, an index into words */
    FIELD_SET,          /* uint32_t, bits of words */
    FIELD_NAMES,        /* struct names */
    FIELD_NUMBERS,      /* struct numbers */
    FIELD_SHARES,       /* struct shares; must sum to 1 */
    FIELD_FRACTIONS,    /* struct shares; each 0..1 */
    FIELD_COUNT_STEPS,  /* struct steps of whole numbers */
    FIELD_ANY,          /* const struct node *: read later, as the field that it changes */
    FIELD_STEPS,        /* struct steps of numbers: a number, or a map of dates */
    FIELD_SHARE_STEPS,  /* struct steps of shares (may pass 1) */
    FIELD_RATE_STEPS,   /* struct steps of rates */
    FIELD_DISTRIBUTION, /* struct distribution * (NULL: not given) */
    FIELD_PATHS,        /* nothing: what overlay.c does by path */
    FIELD_OBJECT,       /* an object in place */
    FIELD_OBJECTS,      /* struct objects */
    FIELD_OBJECT_MAP,   /* struct object_map */
};
#define FIELD_TYPES (FIELD_OBJECT_MAP + 1)

struct object_type;

struct field {
    const char *name;
    enum field_type type;
    size_t offset;
    bool required;
    double low, high;         /* range of a number, both allowed */
    bool none_is_all;         /* 0 stands for no limit at all: nothing is drawn that comes to it */
    bool chosen;              /* for the run: no fact of the world, which would have a source */
    bool for_readers;         /* decides nothing in a run: none of the numbers that have a source */
    int entries;              /* of a list of numbers: how many; 0: any */
    bool plain, rates;        /* of a distribution: of plain numbers, of rates; else of times */
    bool ways;                /* of shares: a way on may have a stay beside its share */
    const char *fallback;     /* as it would be written; NULL: nothing */
    const char *const *words; /* of a choice or a set; ends in NULL */
    const struct object_type *object;
    const char *keys; /* of a map of lists: what one of them is called by, a class */
    const char *meaning;
    const char *source; /* grade and where the default comes from; NULL: none */
};

struct object_type {
    const char *name;
    size_t size;
    const struct field *field;
    size_t fields;
    const char *explained; /* what 'doorstroom explain' tells of it under; NULL: with all others */
};

extern const struct object_type scenario_type;

/* The fields of an item of `record`, which other files have too. */
extern const struct object_type record_type;

/* The type's name for people: "a duration such as 14 d, 6 mo or 3 y". */
const char *field_type_text(enum field_type type);

/* What holds for all fields of the type and is worth knowing; NULL: nothing. */
const char *field_type_note(enum field_type type);

/* The field NAME of an object of TYPE; NULL: it has none. */
const struct field *field_in(const struct object_type *type, const char *name);

/* Find the row of PATH such as "facilities.capacity"; NULL: there is none. */
const struct field *field_find(const char *path);

/* The field of a facility that a row of the history with STEP (a word of its `field`) changes. */
const struct field *field_of_step(int step);

/* Call VISIT for each row, with its path, parents first. */
void field_each(void (*visit)(const char *path, const struct field *field, void *context),
                void *context);

#endif
