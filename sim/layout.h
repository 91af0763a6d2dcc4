#ifndef SIM_LAYOUT_H
#define SIM_LAYOUT_H
/* What a result holds, said without any file format: dimensions with their coordinates, and
 * variables over them. Every variable has `replication` as its first dimension, which is not
 * listed. */

#include <stddef.h>
#include <stdint.h>

#define LAYOUT_MOST_DIMENSIONS 3

struct layout_dimension {
    const char *name, *long_name;
    const char *units; /* of values; NULL: labels, or none */
    size_t size;
    const char **label;   /* [size], UTF-8; or */
    const int32_t *value; /* [size] */
};

enum layout_type { LAYOUT_FLOAT, LAYOUT_COUNT }; /* 32-bit floating point, 32-bit whole number */

struct layout_variable {
    const char *name, *long_name, *units, *cell_methods, *definition;
    const char *label_nl, *label_fr;
    enum layout_type type;
    int dimensions;
    int dimension[LAYOUT_MOST_DIMENSIONS]; /* indices of dimensions */
};

struct layout {
    struct layout_dimension *dimension;
    size_t dimensions;
    struct layout_variable *variable;
    size_t variables;
};

/* Values of VARIABLE in one replication; 4 bytes each. */
static inline size_t
layout_count(const struct layout *layout, const struct layout_variable *variable)
{
    size_t count = 1;

    for (int i = 0; i < variable->dimensions; i++)
        count *= layout->dimension[variable->dimension[i]].size;
    return count;
}

#endif
