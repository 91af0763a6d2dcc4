#define H5_USE_110_API /* the names of HDF5 1.10, which later versions keep */

#include "values.h"

#include <stdlib.h>
#include <string.h>

#define MOST_BYTES   ((size_t)1 << 40) /* of a variable in one replication */
#define SHARED_BYTES ((size_t)1 << 20) /* below, threads cost more than they gain */

/* Are its chunks what chunk_pack makes of one replication? Then they can be read past the library.
 */
static bool
is_plain(const struct values_set *set)
{
    hid_t properties = H5Dget_create_plist(set->set);
    hsize_t chunk[1 + LAYOUT_MOST_DIMENSIONS] = {0};
    unsigned flags;
    bool plain =
        properties >= 0 && H5Pget_chunk(properties, 1 + set->rank, chunk) == 1 + set->rank &&
        chunk[0] == 1 && H5Pget_nfilters(properties) == 2 &&
        H5Pget_filter2(properties, 0, &flags, NULL, NULL, 0, NULL, NULL) == H5Z_FILTER_SHUFFLE &&
        H5Pget_filter2(properties, 1, &flags, NULL, NULL, 0, NULL, NULL) == H5Z_FILTER_DEFLATE;

    for (int i = 0; i < set->rank; i++)
        plain = plain && chunk[1 + i] == set->shape[i];
    if (properties >= 0)
        H5Pclose(properties);
    return plain;
}

hid_t
values_type(enum layout_type type)
{
    const hid_t types[LAYOUT_TYPES] = {
        [LAYOUT_FLOAT] = H5T_IEEE_F32LE,
        [LAYOUT_COUNT] = H5T_STD_I64LE,
        [LAYOUT_REAL] = H5T_IEEE_F64LE,
    };

    return types[type];
}

/* How values lie in the file: whole numbers of 0.1.0 are narrow. */
static hid_t
kept_as(const struct values_set *set)
{
    bool narrow = set->type == LAYOUT_COUNT && set->size == sizeof(int32_t);

    return narrow ? H5T_STD_I32LE : values_type(set->type);
}

bool
values_describe(struct values_set *set)
{
    hsize_t shape[1 + LAYOUT_MOST_DIMENSIONS] = {0};
    hid_t space = H5Dget_space(set->set), type = H5Dget_type(set->set);
    bool good = space >= 0 && type >= 0;

    set->rank = good ? H5Sget_simple_extent_dims(space, shape, NULL) - 1 : -1;
    bool is_float = good && H5Tget_class(type) == H5T_FLOAT;
    set->size = good && H5Tget_size(type) == sizeof(int64_t) ? sizeof(int64_t) : 4;
    set->type = !is_float ? LAYOUT_COUNT : set->size == sizeof(float) ? LAYOUT_FLOAT : LAYOUT_REAL;
    set->count = 1;
    good = set->rank >= 0;
    for (int i = 0; i < set->rank && good; i++) {
        set->shape[i] = (size_t)shape[1 + i];
        good = shape[1 + i] > 0 && shape[1 + i] <= MOST_BYTES / sizeof(int64_t) / set->count;
        set->count *= good ? set->shape[i] : 1;
    }
    set->plain = good && H5Tequal(type, kept_as(set)) > 0 && is_plain(set);
    if (type >= 0)
        H5Tclose(type);
    if (space >= 0)
        H5Sclose(space);
    return good;
}

/* By way of the library, whatever the chunks are. */
static bool
read_by_library(const struct values_set *set, size_t index, void *values)
{
    hsize_t start[1 + LAYOUT_MOST_DIMENSIONS] = {index}, count[1 + LAYOUT_MOST_DIMENSIONS] = {1};
    hid_t space = H5Dget_space(set->set);
    for (int i = 0; i < set->rank; i++)
        count[1 + i] = set->shape[i];
    H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, count, NULL);
    hid_t memory = H5Screate_simple(1 + set->rank, count, NULL);
    bool good = H5Dread(set->set, kept_as(set), memory, space, H5P_DEFAULT, values) >= 0;
    H5Sclose(memory);
    H5Sclose(space);
    return good;
}

/* The packed bytes of a replication into the room of TOOLS; how many, or 0: the library must read
 * them. */
static size_t
fetch(const struct values *values, const struct values_set *set, size_t index,
      struct chunk_tools *tools)
{
    hsize_t first[1 + LAYOUT_MOST_DIMENSIONS] = {index}, size = 0;
    uint32_t left_out = 0;

    if (!set->plain || H5Dget_chunk_storage_size(set->set, first, &size) < 0 || size == 0 ||
        size > values->bytes)
        return 0;
    unsigned char *packed = chunk_room(tools, size);
    if (packed == NULL || H5Dread_chunk(set->set, H5P_DEFAULT, first, &left_out, packed) < 0 ||
        left_out != 0)
        return 0;
    return size;
}

/* Results of 0.1.0 keep whole numbers in 32 bits. */
static void
widen(int64_t *values, size_t count)
{
    for (size_t i = count; i-- > 0;) {
        int32_t value;
        memcpy(&value, (const char *)values + 4 * i, 4);
        values[i] = value;
    }
}

/* STATUS of reading what is now in OUT, or that it is not what was written; says of what. */
static int
hold(const struct values *values, size_t set, size_t index, const void *out, int status,
     struct error *err)
{
    const struct values_set *of = &values->set[set];
    const char *why = "it cannot be read";
    unsigned char digest[DIGEST_SIZE];

    if (status == OK) {
        digest_of(out, of->count * of->size, digest);
        if (memcmp(digest, values->digest + (index * values->sets + set) * DIGEST_SIZE,
                   DIGEST_SIZE) == 0)
            return OK;
        why = "its values do not have the digest that was stored";
    }
    if (status == NO_MEMORY)
        return status;
    return error_set(err, BAD_INPUT, "%s: %s of %s %d is damaged: %s", values->path, of->name,
                     values->entry, values->replication[index], why);
}

int
values_read(const struct values *values, size_t set, size_t index, struct chunk_tools *tools,
            void *out, struct error *err)
{
    const struct values_set *of = &values->set[set];
    int status = OK;
    size_t packed;

#pragma omp critical(values_library)
    {
        packed = fetch(values, of, index, tools);
        if (packed == 0)
            status = read_by_library(of, index, out) ? OK : BAD_INPUT;
    }
    if (packed > 0)
        status = chunk_unpack(tools, packed, of->count, of->size, out, err);
    status = hold(values, set, index, out, status, err);
    if (status == OK && of->type == LAYOUT_COUNT && of->size == sizeof(int32_t))
        widen(out, of->count);
    return status;
}

/* What all threads read, and the first chunk that fails. */
struct reading {
    const struct values *values;
    const struct values_part *part;
    size_t most; /* values of the largest variable */
    values_visit *visit;
    void *context;
    size_t failed; /* SIZE_MAX: none */
    int status;
    struct error error;
};

static void
note_failure(struct reading *reading, size_t chunk, int status, const struct error *err)
{
#pragma omp critical(values_failure)
    if (chunk < reading->failed) {
#pragma omp atomic write
        reading->failed = chunk;
        reading->status = status;
        reading->error = *err;
    }
}

/* The chunk that is number CHUNK in PART's order. */
static int
read_chunk(const struct reading *reading, size_t chunk, struct chunk_tools *tools, void *out,
           struct error *err)
{
    const struct values_part *part = reading->part;
    size_t set = part->first + (part->by_replication ? chunk % part->sets : chunk / part->count);
    size_t position = part->by_replication ? chunk / part->sets : chunk % part->count;
    size_t index = part->index != NULL ? part->index[position] : position;
    int status = values_read(reading->values, set, index, tools, out, err);

    if (status == OK && reading->visit != NULL)
        status = reading->visit(reading->context, set, position, out, tools, err);
    return status;
}

static void
read_chunks(struct reading *reading)
{
    size_t chunks = reading->part->count * reading->part->sets;
    struct chunk_tools tools = {0};
    struct error err = {0};
    void *out = malloc(reading->most * sizeof(int64_t) + 1);

    if (out == NULL)
        note_failure(reading, 0,
                     error_set(&err, NO_MEMORY, "no memory to read %s", reading->values->path),
                     &err);
#pragma omp for schedule(dynamic)
    for (size_t i = 0; i < chunks; i++) {
        size_t failed;
#pragma omp atomic read
        failed = reading->failed;
        int status = out != NULL && i < failed ? read_chunk(reading, i, &tools, out, &err) : OK;
        if (status != OK)
            note_failure(reading, i, status, &err);
    }
    chunk_tools_free(&tools);
    free(out);
}

int
values_each(const struct values *values, const struct values_part *part, int threads,
            values_visit *visit, void *context, struct error *err)
{
    struct reading reading = {
        .values = values, .part = part, .visit = visit, .context = context, .failed = SIZE_MAX};
    size_t bytes = 0;

    for (size_t s = part->first; s < part->first + part->sets; s++) {
        const struct values_set *set = &values->set[s];
        bytes += set->count * set->size * part->count;
        reading.most = set->count > reading.most ? set->count : reading.most;
    }
#pragma omp parallel num_threads(bytes < SHARED_BYTES ? 1 : threads)
    read_chunks(&reading);
    return reading.status == OK ? OK : error_set(err, reading.status, "%s", reading.error.message);
}
