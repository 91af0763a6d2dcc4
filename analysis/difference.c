#include "difference.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Say where they differ first; returns DIFFERENT. */
static int __attribute__((format(printf, 2, 3)))
differ(struct difference *difference, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(difference->first, sizeof difference->first, format, arguments);
    va_end(arguments);
    return DIFFERENT;
}

static size_t
find_replication(const struct store *store, uint64_t replication)
{
    for (size_t i = 0; i < store_replications(store); i++)
        if (store_replication(store, i) == replication)
            return i;
    return SIZE_MAX;
}

static void
write_value(char text[40], enum layout_type type, const char *at)
{
    float narrow;
    int64_t whole;
    double real;

    memcpy(&narrow, at, sizeof narrow);
    if (type == LAYOUT_FLOAT)
        snprintf(text, 40, "%.9g", (double)narrow);
    else if (type == LAYOUT_COUNT)
        snprintf(text, 40, "%lld", (long long)*(int64_t *)memcpy(&whole, at, sizeof whole));
    else
        snprintf(text, 40, "%.17g", *(double *)memcpy(&real, at, sizeof real));
}

/* What the first dimension of STORE's variables is. */
static const char *
entry_of(const struct store *store)
{
    return store_is_of_points(store) ? "point" : "replication";
}

/* Say where values differ first: "population, replication 3, value 812: 13012.5 and 13012.25". */
static void
describe(char text[DIFFERENCE_TEXT], const struct store_variable *variable, const char *entry,
         uint64_t number, const char *left, const char *right)
{
    size_t size = layout_value_size(variable->type), at = 0;
    const char *side[2] = {left, right};
    char value[2][40];

    while (memcmp(left + at * size, right + at * size, size) == 0)
        at++;
    for (int i = 0; i < 2; i++)
        write_value(value[i], variable->type, side[i] + at * size);
    snprintf(text, DIFFERENCE_TEXT, "%s, %s %llu, value %zu: %s and %s", variable->name, entry,
             (unsigned long long)number, at, value[0], value[1]);
}

/* Two results, and the replications that both hold. */
struct sides {
    const struct store *a, *b;
    size_t *in_a, *in_b; /* [both]: where they are */
    size_t both;
};

/* Hold what was read of A against the same replication of B; a difference is told as an error. */
static int
compare_values(void *context, size_t variable, size_t position, void *left,
               struct chunk_tools *tools, struct error *err)
{
    const struct sides *sides = context;
    const struct store_variable *in_a = store_variable(sides->a, variable);
    const struct store_variable *in_b = store_find(sides->b, in_a->name);
    char text[DIFFERENCE_TEXT];
    void *right = malloc(store_room(in_b) + 1);

    if (right == NULL)
        return error_set(err, NO_MEMORY, "no memory to compare %s", in_a->name);
    int status = store_read(sides->b, in_b, sides->in_b[position], tools, right, err);
    if (status == OK && memcmp(left, right, store_bytes(in_a)) != 0) {
        describe(text, in_a, entry_of(sides->a), store_replication(sides->a, sides->in_a[position]),
                 left, right);
        status = error_set(err, DIFFERENT, "%s", text);
    }
    free(right);
    return status;
}

/* How many variables of A, from the first on, B has in the same shape. */
static size_t
count_alike(const struct sides *sides)
{
    size_t alike = 0;

    while (alike < store_variables(sides->a)) {
        const struct store_variable *in_a = store_variable(sides->a, alike);
        const struct store_variable *in_b = store_find(sides->b, in_a->name);
        if (in_b == NULL || in_a->count != in_b->count || in_a->type != in_b->type)
            break;
        alike++;
    }
    return alike;
}

/* The values of those that are alike; then the first that is not. */
static int
compare_variables(struct sides *sides, struct difference *difference, struct error *err)
{
    const struct store *a = sides->a, *b = sides->b;
    size_t alike = count_alike(sides);
    const struct store_part part = {0, alike, sides->in_a, sides->both};
    struct error first = {0};
    int status = store_each(a, &part, compare_values, sides, &first);

    if (status == DIFFERENT)
        return differ(difference, "%.*s", DIFFERENCE_TEXT - 1, first.message);
    if (status != OK)
        return error_set(err, status, "%s", first.message);
    if (alike < store_variables(a)) {
        const char *name = store_variable(a, alike)->name;
        bool missing = store_find(b, name) == NULL;
        return differ(difference, "%s: %s", name, missing ? "only in the first" : "another shape");
    }
    for (size_t v = 0; v < store_variables(b); v++)
        if (store_find(a, store_variable(b, v)->name) == NULL)
            return differ(difference, "%s: only in the second", store_variable(b, v)->name);
    return OK;
}

/* Which replications both hold; all must be, or with COMMON one. */
static int
compare_replications(struct sides *sides, bool common, struct difference *difference)
{
    const struct store *a = sides->a, *b = sides->b;

    for (size_t i = 0; i < store_replications(a); i++) {
        size_t other = find_replication(b, store_replication(a, i));
        if (other == SIZE_MAX && !common)
            return differ(difference, "%s %llu: only in the first", entry_of(a),
                          (unsigned long long)store_replication(a, i));
        if (other == SIZE_MAX)
            continue;
        sides->in_a[sides->both] = i;
        sides->in_b[sides->both++] = other;
    }
    for (size_t i = 0; i < store_replications(b) && !common; i++)
        if (find_replication(a, store_replication(b, i)) == SIZE_MAX)
            return differ(difference, "%s %llu: only in the second", entry_of(b),
                          (unsigned long long)store_replication(b, i));
    difference->replications = sides->both;
    if (sides->both > 0)
        return OK;
    return differ(difference, "no %s is in both", entry_of(a));
}

static bool
find_coordinate(const struct store *store, const char *name, struct store_coordinate *found)
{
    for (size_t i = 0; store_coordinate(store, i, found); i++)
        if (strcmp(name, found->name) == 0)
            return true;
    return false;
}

/* The same labels, or the same numbers? */
static bool
same_coordinate(const struct store_coordinate *a, const struct store_coordinate *b)
{
    bool same = a->size == b->size && (a->label == NULL) == (b->label == NULL) &&
                (a->number == NULL) == (b->number == NULL) &&
                (a->real == NULL) == (b->real == NULL);

    for (size_t i = 0; same && a->label != NULL && i < a->size; i++)
        same = strcmp(a->label[i], b->label[i]) == 0;
    if (same && a->number != NULL && a->size > 0)
        same = memcmp(a->number, b->number, a->size * sizeof *a->number) == 0;
    if (same && a->real != NULL && a->size > 0)
        same = memcmp(a->real, b->real, a->size * sizeof *a->real) == 0;
    return same;
}

/* Does it lie along the points of a sweep: their numbers, seeds, factors? */
static bool
lies_along_points(const struct store *store, const struct store_coordinate *coordinate)
{
    return store_is_of_points(store) && coordinate->size == store_replications(store);
}

/* The same number, or none in both? */
static bool
same_real(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* The same at the points that both hold? */
static bool
same_along_points(const struct sides *sides, const struct store_coordinate *a,
                  const struct store_coordinate *b)
{
    bool same = (a->label == NULL) == (b->label == NULL) &&
                (a->number == NULL) == (b->number == NULL) &&
                (a->real == NULL) == (b->real == NULL);

    for (size_t i = 0; i < sides->both && same; i++) {
        size_t left = sides->in_a[i], right = sides->in_b[i];
        if (a->label != NULL)
            same = strcmp(a->label[left], b->label[right]) == 0;
        if (same && a->number != NULL)
            same = a->number[left] == b->number[right];
        if (same && a->real != NULL)
            same = same_real(a->real[left], b->real[right]);
    }
    return same;
}

/* ONE of A and OTHER of B, or the other way round. */
static bool
same_in_both(const struct sides *sides, const struct store_coordinate *one,
             const struct store_coordinate *other, bool one_is_of_a)
{
    const struct store_coordinate *a = one_is_of_a ? one : other, *b = one_is_of_a ? other : one;

    if (lies_along_points(sides->a, a) && lies_along_points(sides->b, b))
        return same_along_points(sides, a, b);
    return same_coordinate(a, b);
}

/* Dates, labels and what belongs to them; a result of 0.1.0 has fewer of them. */
static int
compare_coordinates(const struct sides *sides, struct difference *difference)
{
    const struct store *a = sides->a, *b = sides->b, *side[] = {a, b};
    const char *entries = entry_of(a);
    struct store_coordinate one, other;

    for (int s = 0; s < 2; s++)
        for (size_t i = 0; store_coordinate(side[s], i, &one); i++) {
            bool both = find_coordinate(side[1 - s], one.name, &other);
            if (strcmp(one.name, entries) == 0 ||
                (both && same_in_both(sides, &one, &other, s == 0)) ||
                (!both && store_format(a) != store_format(b)))
                continue;
            if (both)
                return differ(difference, "%s: other labels or numbers", one.name);
            return differ(difference, "%s: only in the %s", one.name, s == 0 ? "first" : "second");
        }
    return OK;
}

/* Name the inputs that are not the same. */
static void
compare_inputs(const struct store *a, const struct store *b, struct difference *difference)
{
    const struct store *side[] = {a, b};
    const char *name;
    bool input;

    for (int s = 0; s < 2; s++)
        for (size_t i = 0; (name = store_provenance_name(side[s], i, &input)) != NULL; i++) {
            const char *left = input ? store_provenance(a, name) : NULL;
            const char *right = input ? store_provenance(b, name) : NULL;
            size_t size = strlen(difference->inputs);
            if (!input || (left != NULL && right != NULL && (s == 1 || strcmp(left, right) == 0)))
                continue;
            snprintf(difference->inputs + size, sizeof difference->inputs - size, "%s%s",
                     size > 0 ? ", " : "", name);
        }
}

int
difference_find(const struct store *a, const struct store *b, bool common,
                struct difference *difference, struct error *err)
{
    size_t most = store_replications(a) + 1;
    struct sides sides = {a, b, calloc(most, sizeof(size_t)), calloc(most, sizeof(size_t)), 0};
    int status;

    *difference = (struct difference){.variables = store_variables(a)};
    if (sides.in_a == NULL || sides.in_b == NULL)
        status = error_set(err, NO_MEMORY, "no memory to compare two results");
    else
        status = compare_replications(&sides, common, difference);
    if (status == OK)
        status = compare_coordinates(&sides, difference);
    if (store_format(a) > 1 && store_format(b) > 1)
        compare_inputs(a, b, difference);
    if (status == OK)
        status = compare_variables(&sides, difference, err);
    free(sides.in_a);
    free(sides.in_b);
    return status;
}
