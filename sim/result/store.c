#define H5_USE_110_API /* the names of HDF5 1.10, which later versions keep */

#include "store.h"

#include "chunk.h"
#include "content.h"
#include "heap.h"

#include "sim/base/array.h"

#include <errno.h>
#include <fcntl.h>
#include <hdf5.h>
#include <hdf5_hl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is known of a variable from its opening on. */
struct variable {
    char *name;
    hid_t set;
    int rank; /* behind replication */
    size_t shape[LAYOUT_MOST_DIMENSIONS], count;
    bool is_float;
    size_t size; /* bytes of a value in the file: whole numbers of 0.1.0 have 4 */
    bool plain;  /* a chunk is one replication, shuffled and deflated, as we write it */
};

struct store {
    hid_t file;
    int descriptor; /* of the same file */
    uint64_t bytes; /* of the file */
    char path[4096];
    int format;
    char id[DIGEST_TEXT];
    struct content content;
    int32_t *replication;
    size_t replications;
    struct variable *variable;
    size_t variables, room;
    unsigned char *digest;
    struct chunk_tools tools;
    char *text; /* of the last store_text or store_provenance */
    int32_t *number;
    char **label;
    size_t labels;
};

static int32_t *
read_numbers(hid_t file, const char *name, size_t *size)
{
    hid_t set = H5Dopen2(file, name, H5P_DEFAULT), space = set >= 0 ? H5Dget_space(set) : -1;
    hssize_t count = space >= 0 ? H5Sget_simple_extent_npoints(space) : -1;
    int32_t *values =
        count >= 0 && count < 100000000 ? malloc(((size_t)count + 1) * sizeof *values) : NULL;

    if (values != NULL && count > 0 &&
        H5Dread(set, H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0) {
        free(values);
        values = NULL;
    }
    *size = values != NULL ? (size_t)count : 0;
    if (space >= 0)
        H5Sclose(space);
    if (set >= 0)
        H5Dclose(set);
    return values;
}

/* Are its chunks what chunk_pack makes of one replication? Then they can be read past the library.
 */
static bool
is_plain(const struct variable *variable)
{
    hid_t properties = H5Dget_create_plist(variable->set);
    hsize_t chunk[1 + LAYOUT_MOST_DIMENSIONS] = {0};
    unsigned flags;
    bool plain =
        properties >= 0 &&
        H5Pget_chunk(properties, 1 + variable->rank, chunk) == 1 + variable->rank &&
        chunk[0] == 1 && H5Pget_nfilters(properties) == 2 &&
        H5Pget_filter2(properties, 0, &flags, NULL, NULL, 0, NULL, NULL) == H5Z_FILTER_SHUFFLE &&
        H5Pget_filter2(properties, 1, &flags, NULL, NULL, 0, NULL, NULL) == H5Z_FILTER_DEFLATE;

    for (int i = 0; i < variable->rank; i++)
        plain = plain && chunk[1 + i] == variable->shape[i];
    if (properties >= 0)
        H5Pclose(properties);
    return plain;
}

#define MOST_BYTES ((size_t)1 << 40) /* of a variable in one replication */

/* Its shape and type; false: no such variable is written. */
static bool
describe(struct variable *variable)
{
    hsize_t shape[1 + LAYOUT_MOST_DIMENSIONS] = {0};
    hid_t space = H5Dget_space(variable->set), type = H5Dget_type(variable->set);
    bool good = space >= 0 && type >= 0;

    variable->rank = good ? H5Sget_simple_extent_dims(space, shape, NULL) - 1 : -1;
    variable->is_float = good && H5Tget_class(type) == H5T_FLOAT;
    variable->size =
        !variable->is_float && good && H5Tget_size(type) == sizeof(int64_t) ? sizeof(int64_t) : 4;
    variable->count = 1;
    good = variable->rank >= 0;
    for (int i = 0; i < variable->rank && good; i++) {
        variable->shape[i] = (size_t)shape[1 + i];
        good = shape[1 + i] > 0 && shape[1 + i] <= MOST_BYTES / sizeof(int64_t) / variable->count;
        variable->count *= good ? variable->shape[i] : 1;
    }
    const hid_t kept_as[3] = {H5T_IEEE_F32LE, H5T_STD_I64LE, H5T_STD_I32LE};
    int kind = variable->is_float ? 0 : variable->size == sizeof(int64_t) ? 1 : 2;
    variable->plain = good && H5Tequal(type, kept_as[kind]) > 0 && is_plain(variable);
    if (type >= 0)
        H5Tclose(type);
    if (space >= 0)
        H5Sclose(space);
    return good;
}

static herr_t
collect_variable(hid_t group, const char *name, const H5L_info_t *info, void *context)
{
    struct store *store = context;
    struct variable variable = {.set = H5Oopen(group, name, H5P_DEFAULT)};

    (void)info;
    if (variable.set < 0 || H5Iget_type(variable.set) != H5I_DATASET ||
        !content_is_variable(variable.set, store->replications)) {
        if (variable.set >= 0)
            H5Oclose(variable.set);
        return 0;
    }
    if (!array_room(store->variable, store->room, store->variables + 1)) {
        H5Oclose(variable.set);
        return -1;
    }
    variable.name = strdup(name);
    store->variable[store->variables++] = variable;
    return variable.name != NULL && describe(&store->variable[store->variables - 1]) ? 0 : -1;
}

/* The bytes of /provenance/NAME into *BYTES, where there are EXPECTED of them. */
static bool
read_digests(const struct store *store, const char *name, size_t expected, unsigned char **bytes)
{
    char path[64];

    snprintf(path, sizeof path, PROVENANCE "/%s", name);
    hid_t set = H5Dopen2(store->file, path, H5P_DEFAULT);
    hid_t space = set >= 0 ? H5Dget_space(set) : -1;
    bool good = space >= 0 && H5Sget_simple_extent_npoints(space) == (hssize_t)expected;

    *bytes = good ? malloc(expected + 1) : NULL;
    good = *bytes != NULL &&
           H5Dread(set, H5T_NATIVE_UINT8, H5S_ALL, H5S_ALL, H5P_DEFAULT, *bytes) >= 0;
    if (space >= 0)
        H5Sclose(space);
    if (set >= 0)
        H5Dclose(set);
    return good;
}

static int
damaged(const struct store *store, struct error *err)
{
    return error_set(err, BAD_INPUT, "%s: is not a result of doorstroom, or is damaged",
                     store->path);
}

/* Where FOUND is not what was written; the first place. */
static int
content_differs(const struct store *store, const struct content_row *row, int part,
                struct error *err)
{
    if (strcmp(row->name, "/") == 0)
        return error_set(err, BAD_INPUT,
                         "%s: is damaged: an attribute of the file (title, source, id, ...) is not "
                         "what was written",
                         store->path);
    return error_set(err, BAD_INPUT, "%s: is damaged: %s: %s not what was written", store->path,
                     row->name,
                     part == 0 ? "its name, shape or an attribute is" : "what it holds is");
}

/* Hold labels, attributes and texts against their digests. */
static int
content_holds(const struct store *store, struct error *err)
{
    const struct content *content = &store->content;
    unsigned char *expected = NULL;
    int status = OK;

    if (!read_digests(store, CONTENT, content->rows * 2 * DIGEST_SIZE, &expected)) {
        free(expected);
        return error_set(err, BAD_INPUT,
                         "%s: is damaged: it does not hold as many things as were written",
                         store->path);
    }
    for (size_t i = 0; i < 2 * content->rows && status == OK; i++)
        if (memcmp(expected + i * DIGEST_SIZE, content->row[i / 2].digest[i % 2], DIGEST_SIZE) != 0)
            status = content_differs(store, &content->row[i / 2], (int)(i % 2), err);
    free(expected);
    return status;
}

/* Format 1 has one digest, of the names at the top and of the numbers of coordinates. */
static herr_t
chain_coordinate(hid_t group, const char *name, const H5L_info_t *info, void *context)
{
    unsigned char *digest = context;
    hid_t set = H5Oopen(group, name, H5P_DEFAULT);
    bool scale = set >= 0 && H5Iget_type(set) == H5I_DATASET && H5DSis_scale(set) > 0;
    hid_t type = scale ? H5Dget_type(set) : -1;
    size_t count = 0;
    int32_t *numbers =
        type >= 0 && H5Tget_class(type) == H5T_INTEGER ? read_numbers(group, name, &count) : NULL;

    (void)info;
    digest_chain(digest, name, strlen(name));
    if (numbers != NULL)
        digest_chain(digest, numbers, count * sizeof *numbers);
    free(numbers);
    if (type >= 0)
        H5Tclose(type);
    if (set >= 0)
        H5Oclose(set);
    return 0;
}

static int
old_coordinates_hold(const struct store *store, struct error *err)
{
    unsigned char digest[DIGEST_SIZE] = {0};
    char text[DIGEST_TEXT] = "", stored[DIGEST_TEXT] = "";
    hid_t attribute = H5Aopen_by_name(store->file, PROVENANCE "/" DIGESTS, "coordinates",
                                      H5P_DEFAULT, H5P_DEFAULT);
    hid_t type = attribute >= 0 ? H5Aget_type(attribute) : -1;
    bool good = type >= 0 && H5Tget_size(type) == DIGEST_TEXT - 1 &&
                H5Tis_variable_str(type) == 0 && H5Aread(attribute, type, stored) >= 0 &&
                H5Literate(store->file, H5_INDEX_CRT_ORDER, H5_ITER_INC, NULL, chain_coordinate,
                           digest) >= 0;

    if (type >= 0)
        H5Tclose(type);
    if (attribute >= 0)
        H5Aclose(attribute);
    digest_text(digest, text);
    if (good && strcmp(text, stored) == 0)
        return OK;
    return error_set(err, BAD_INPUT, "%s: its coordinates (replications, dates) are damaged",
                     store->path);
}

/* The format that the file says; 0: none that we know. */
static int
read_format(struct store *store)
{
    const char *text = store_text(store, NULL, "format_version");

    return text == NULL ? 1 : strcmp(text, STORE_FORMAT_TEXT) == 0 ? STORE_FORMAT : 0;
}

static int
read_all(struct store *store, struct error *err)
{
    store->format = read_format(store);
    if (store->format == 0)
        return error_set(err, BAD_INPUT,
                         "%s: its format_version '%.20s' is not known; a later "
                         "doorstroom reads it",
                         store->path, store->text);
    store->replication = read_numbers(store->file, "replication", &store->replications);
    if (store->replication == NULL ||
        !content_read(&store->content, store->file, store->descriptor) ||
        H5Literate(store->file, H5_INDEX_CRT_ORDER, H5_ITER_INC, NULL, collect_variable, store) <
            0 ||
        !read_digests(store, DIGESTS, store->replications * store->variables * DIGEST_SIZE,
                      &store->digest))
        return damaged(store, err);
    if (store->format == 1)
        return old_coordinates_hold(store, err);
    content_id(&store->content, store->digest, store->replications * store->variables * DIGEST_SIZE,
               store->id);
    return content_holds(store, err);
}

/* Does another program write the FILE? HDF5 locks a file that it opens. */
static bool
written_elsewhere(int file)
{
    bool written = flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;

    if (!written)
        flock(file, LOCK_UN);
    return written;
}

/* Open the file twice: for the library, and for what is read past it. */
static int
open_file(struct store *store, struct error *err)
{
    struct stat there;

    store->descriptor = open(store->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (store->descriptor < 0)
        return error_set(err, ENVIRONMENT, "%.500s: cannot be read: %s", store->path,
                         strerror(errno));
    if (fstat(store->descriptor, &there) != 0 || !S_ISREG(there.st_mode))
        return error_set(err, BAD_INPUT, "%.500s: is not a result of doorstroom: no ordinary file",
                         store->path);
    if (written_elsewhere(store->descriptor))
        return error_set(err, ENVIRONMENT,
                         "%.500s is open for writing in another program; close it there",
                         store->path);
    store->bytes = (uint64_t)there.st_size;
    hid_t access_list = content_unlocked();
    store->file = H5Fopen(store->path, H5F_ACC_RDONLY, access_list);
    H5Pclose(access_list);
    return store->file >= 0 ? OK : damaged(store, err);
}

int
store_open(struct store **out, const char *path, struct error *err)
{
    struct store *store = calloc(1, sizeof *store);

    *out = NULL;
    if (store == NULL)
        return error_set(err, NO_MEMORY, "no memory to read %s", path);
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    snprintf(store->path, sizeof store->path, "%s", path);
    store->file = store->descriptor = -1;
    int status = open_file(store, err);
    if (status == OK)
        status = read_all(store, err);
    if (status != OK) {
        store_close(store);
        return status;
    }
    *out = store;
    return OK;
}

static void
free_labels(struct store *store)
{
    heap_free(store->label, store->labels);
    store->label = NULL;
    store->labels = 0;
}

void
store_close(struct store *store)
{
    if (store == NULL)
        return;
    free_labels(store);
    for (size_t v = 0; v < store->variables; v++) {
        H5Dclose(store->variable[v].set);
        free(store->variable[v].name);
    }
    free(store->variable);
    if (store->file >= 0)
        H5Fclose(store->file);
    if (store->descriptor >= 0)
        close(store->descriptor);
    content_free(&store->content);
    chunk_tools_free(&store->tools);
    free(store->replication);
    free(store->digest);
    free(store->text);
    free(store->number);
    free(store);
}

int
store_format(const struct store *store)
{
    return store->format;
}

const char *
store_id(const struct store *store)
{
    return store->id;
}

size_t
store_replications(const struct store *store)
{
    return store->replications;
}

uint64_t
store_replication(const struct store *store, size_t index)
{
    return (uint64_t)store->replication[index];
}

size_t
store_variables(const struct store *store)
{
    return store->variables;
}

const char *
store_variable(const struct store *store, size_t variable)
{
    return store->variable[variable].name;
}

size_t
store_find(const struct store *store, const char *name)
{
    for (size_t v = 0; v < store->variables; v++)
        if (strcmp(store->variable[v].name, name) == 0)
            return v;
    return SIZE_MAX;
}

int
store_shape(const struct store *store, size_t variable, size_t shape[LAYOUT_MOST_DIMENSIONS])
{
    const struct variable *of = &store->variable[variable];

    memcpy(shape, of->shape, (size_t)of->rank * sizeof *shape);
    return of->rank;
}

static herr_t
take_scale_name(hid_t set, unsigned dimension, hid_t scale, void *context)
{
    const struct {
        char *text;
        size_t size;
    } *name = context;

    (void)set;
    (void)dimension;
    return H5DSget_scale_name(scale, name->text, name->size) >= 0 ? 1 : -1;
}

/* In a result of 0.1.0 the links to dimensions alone say which they are. */
static void
old_dimension(const struct store *store, size_t variable, int i, char *name, size_t size)
{
    struct {
        char *text;
        size_t size;
    } out = {name, size};

    if (H5DSiterate_scales(store->variable[variable].set, (unsigned)i + 1, NULL, take_scale_name,
                           &out) < 0)
        name[0] = '\0';
    name[size - 1] = '\0';
}

void
store_dimension(struct store *store, size_t variable, int i, char *name, size_t size)
{
    name[0] = '\0';
    if (store->format == 1) {
        old_dimension(store, variable, i, name, size);
        return;
    }
    const char *word = store_text(store, store->variable[variable].name, "dimensions");
    for (int skip = i + 1; word != NULL && skip > 0; skip--) { /* the first is replication */
        word = strchr(word, ' ');
        word += word != NULL;
    }
    if (word != NULL)
        snprintf(name, size, "%.*s", (int)strcspn(word, " "), word);
}

int
store_is_float(const struct store *store, size_t variable)
{
    return store->variable[variable].is_float;
}

size_t
store_count(const struct store *store, size_t variable)
{
    return store->variable[variable].count;
}

/* By way of the library, whatever the chunks are. */
static bool
read_by_library(const struct variable *variable, size_t index, void *values)
{
    hsize_t start[1 + LAYOUT_MOST_DIMENSIONS] = {index}, count[1 + LAYOUT_MOST_DIMENSIONS] = {1};
    hid_t space = H5Dget_space(variable->set);
    hid_t kept_as = variable->is_float                  ? H5T_IEEE_F32LE
                    : variable->size == sizeof(int64_t) ? H5T_STD_I64LE
                                                        : H5T_STD_I32LE;

    for (int i = 0; i < variable->rank; i++)
        count[1 + i] = variable->shape[i];
    H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, count, NULL);
    hid_t memory = H5Screate_simple(1 + variable->rank, count, NULL);
    bool good = H5Dread(variable->set, kept_as, memory, space, H5P_DEFAULT, values) >= 0;
    H5Sclose(memory);
    H5Sclose(space);
    return good;
}

/* The packed bytes of a replication into the room of TOOLS; how many, or 0: the library must read
 * them. */
static size_t
fetch(const struct store *store, const struct variable *variable, size_t index,
      struct chunk_tools *tools)
{
    hsize_t first[1 + LAYOUT_MOST_DIMENSIONS] = {index}, size = 0;
    uint32_t left_out = 0;

    if (!variable->plain || H5Dget_chunk_storage_size(variable->set, first, &size) < 0 ||
        size == 0 || size > store->bytes)
        return 0;
    unsigned char *packed = chunk_room(tools, size);
    if (packed == NULL || H5Dread_chunk(variable->set, H5P_DEFAULT, first, &left_out, packed) < 0 ||
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

static const unsigned char *
expected_digest(const struct store *store, size_t variable, size_t index)
{
    return store->digest + (index * store->variables + variable) * DIGEST_SIZE;
}

/* STATUS of reading VALUES, or that they are not those that were written; says of what. */
static int
hold(const struct store *store, size_t variable, size_t index, const void *values, int status,
     struct error *err)
{
    const struct variable *of = &store->variable[variable];
    const char *why = "it cannot be read";
    unsigned char digest[DIGEST_SIZE];

    if (status == OK) {
        digest_of(values, of->count * of->size, digest);
        if (memcmp(digest, expected_digest(store, variable, index), DIGEST_SIZE) == 0)
            return OK;
        why = "its values do not have the digest that was stored";
    }
    if (status == NO_MEMORY)
        return status;
    return error_set(err, BAD_INPUT, "%s: %s of replication %d is damaged: %s", store->path,
                     of->name, store->replication[index], why);
}

/* The values as the file keeps them, held against their digest. Threads ask the library in turn,
 * and unpack side by side. */
static int
read_kept(const struct store *store, size_t variable, size_t index, struct chunk_tools *tools,
          void *values, struct error *err)
{
    const struct variable *of = &store->variable[variable];
    int status = OK;
    size_t packed;

#pragma omp critical(store_library)
    {
        packed = fetch(store, of, index, tools);
        if (packed == 0)
            status = read_by_library(of, index, values) ? OK : BAD_INPUT;
    }
    if (packed > 0)
        status = chunk_unpack(tools, packed, of->count, of->size, values, err);
    return hold(store, variable, index, values, status, err);
}

int
store_read(struct store *store, size_t variable, size_t index, void *values, struct error *err)
{
    const struct variable *of = &store->variable[variable];
    int status = read_kept(store, variable, index, &store->tools, values, err);

    if (status == OK && !of->is_float && of->size == sizeof(int32_t))
        widen(values, of->count);
    return status;
}

int
store_read_doubles(struct store *store, size_t variable, size_t index, double *values,
                   struct error *err)
{
    int status = store_read(store, variable, index, values, err);
    bool is_float = store_is_float(store, variable);

    for (size_t i = status == OK ? store_count(store, variable) : 0; i-- > 0;) {
        float real;
        int64_t whole;
        memcpy(&real, (const char *)values + i * sizeof real, sizeof real);
        memcpy(&whole, (const char *)values + i * sizeof whole, sizeof whole);
        values[i] = is_float ? (double)real : (double)whole;
    }
    return status;
}

/* Is the whole file, but for its own place, what its digest says? */
static int
verify_seal(const struct store *store, struct error *err)
{
    hid_t set = H5Dopen2(store->file, PROVENANCE "/" SEAL, H5P_DEFAULT);
    haddr_t offset = set >= 0 ? H5Dget_offset(set) : HADDR_UNDEF;
    unsigned char digest[DIGEST_SIZE], expected[DIGEST_SIZE];
    bool read = offset != HADDR_UNDEF &&
                pread(store->descriptor, expected, DIGEST_SIZE, (off_t)offset) == DIGEST_SIZE &&
                digest_file(store->descriptor, offset, digest);

    if (set >= 0)
        H5Dclose(set);
    if (read && memcmp(digest, expected, DIGEST_SIZE) == 0)
        return OK;
    return error_set(err, BAD_INPUT,
                     "%s: is not the file that was written: every value, label and text holds, but "
                     "bytes between them (links of variables to dimensions, the library's own "
                     "tables) do not",
                     store->path);
}

/* The lowest chunk that does not hold, so that the answer is the same for any number of threads. */
struct verifying {
    struct store *store;
    size_t bytes;  /* of the largest variable */
    size_t failed; /* SIZE_MAX: none */
    int status;
    struct error error;
};

static void
note_failure(struct verifying *verifying, size_t chunk, int status, const struct error *err)
{
#pragma omp critical(store_verify)
    if (chunk < verifying->failed) {
        verifying->failed = chunk;
        verifying->status = status;
        verifying->error = *err;
    }
}

static void
verify_chunks(struct verifying *verifying)
{
    const struct store *store = verifying->store;
    size_t chunks = store->replications * store->variables;
    struct chunk_tools tools = {0};
    struct error err = {0};
    void *values = malloc(verifying->bytes);

    if (values == NULL)
        note_failure(verifying, 0, error_set(&err, NO_MEMORY, "no memory to read %s", store->path),
                     &err);
#pragma omp for schedule(dynamic, 16)
    for (size_t i = 0; i < chunks; i++) {
        int status = values != NULL ? read_kept(store, i % store->variables, i / store->variables,
                                                &tools, values, &err)
                                    : OK;
        if (status != OK)
            note_failure(verifying, i, status, &err);
    }
    chunk_tools_free(&tools);
    free(values);
}

static int
verify_values(struct store *store, int threads, struct error *err)
{
    struct verifying verifying = {.store = store, .bytes = 1, .failed = SIZE_MAX};

    for (size_t v = 0; v < store->variables; v++) {
        size_t bytes = store->variable[v].count * store->variable[v].size;
        verifying.bytes = bytes > verifying.bytes ? bytes : verifying.bytes;
    }
#pragma omp parallel num_threads(threads)
    verify_chunks(&verifying);
    return verifying.status == OK ? OK
                                  : error_set(err, verifying.status, "%s", verifying.error.message);
}

int
store_verify(struct store *store, int threads, struct error *err)
{
    int status = verify_values(store, threads, err);

    if (status != OK || store->format == 1)
        return status;
    const char *id = store_text(store, NULL, "id");
    if (id == NULL || strcmp(id, store->id) != 0)
        return error_set(err, BAD_INPUT, "%s: its id is not that of what it holds", store->path);
    return verify_seal(store, err);
}

const int32_t *
store_coordinate(struct store *store, const char *name, size_t *size)
{
    free(store->number);
    store->number = read_numbers(store->file, name, size);
    return store->number;
}

const char *const *
store_labels(struct store *store, const char *name, size_t *size)
{
    hid_t set = H5Dopen2(store->file, name, H5P_DEFAULT);

    free_labels(store);
    if (set >= 0) {
        store->label = content_texts(set, store->descriptor, &store->labels);
        H5Dclose(set);
    }
    *size = store->labels;
    return *size > 0 ? (const char *const *)store->label : NULL;
}

const char *
store_coordinate_name(const struct store *store, size_t index)
{
    for (size_t i = 1; i < store->content.rows; i++) {
        const struct content_row *row = &store->content.row[i];
        if (!row->identifies || strchr(row->name, '/') != NULL ||
            store_find(store, row->name) != SIZE_MAX)
            continue;
        if (index-- == 0)
            return row->name;
    }
    return NULL;
}

const char *
store_text(struct store *store, const char *variable, const char *name)
{
    const char *object = variable != NULL ? variable : ".";
    hid_t attribute = H5Aexists_by_name(store->file, object, name, H5P_DEFAULT) > 0
                          ? H5Aopen_by_name(store->file, object, name, H5P_DEFAULT, H5P_DEFAULT)
                          : -1;

    free(store->text);
    store->text = NULL;
    if (attribute < 0)
        return NULL;
    hid_t type = H5Aget_type(attribute);
    if (H5Tis_variable_str(type) == 0 && H5Tget_class(type) == H5T_STRING &&
        (store->text = calloc(1, (size_t)H5Aget_storage_size(attribute) + 1)) != NULL)
        H5Aread(attribute, type, store->text);
    H5Tclose(type);
    H5Aclose(attribute);
    return store->text;
}

const char *
store_provenance(struct store *store, const char *name)
{
    char path[256];
    size_t count = 0;

    snprintf(path, sizeof path, PROVENANCE "/%s", name);
    free(store->text);
    store->text = NULL;
    hid_t set = H5Dopen2(store->file, path, H5P_DEFAULT);
    char **texts = set >= 0 ? content_texts(set, store->descriptor, &count) : NULL;
    if (count == 1) {
        store->text = texts[0];
        texts[0] = NULL;
    }
    heap_free(texts, count);
    if (set >= 0)
        H5Dclose(set);
    return store->text;
}

const char *
store_provenance_name(const struct store *store, size_t index, bool *input)
{
    const size_t folder = strlen(PROVENANCE "/");

    for (size_t i = 1; i < store->content.rows; i++) {
        const struct content_row *row = &store->content.row[i];
        if (strncmp(row->name, PROVENANCE "/", folder) != 0 || index-- > 0)
            continue;
        *input = row->identifies;
        return row->name + folder;
    }
    return NULL;
}
