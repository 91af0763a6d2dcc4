#include "store.h"

#define H5_USE_110_API /* the names of HDF5 1.10, which later versions keep */

#include <errno.h>
#include <fcntl.h>
#include <hdf5.h>
#include <hdf5_hl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define DIGESTS "digests"

static hid_t
text_type(void)
{
    hid_t type = H5Tcopy(H5T_C_S1);

    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    return type;
}

/* A fixed-length UTF-8 attribute, which is what netCDF reads as text. */
static bool
write_text(hid_t object, const char *name, const char *text)
{
    hid_t type = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR);
    bool good;

    H5Tset_size(type, strlen(text) > 0 ? strlen(text) : 1);
    H5Tset_cset(type, H5T_CSET_UTF8);
    hid_t attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    good = attribute >= 0 && H5Awrite(attribute, type, text) >= 0;
    H5Aclose(attribute);
    H5Sclose(space);
    H5Tclose(type);
    return good;
}

static hid_t
dataset_properties(void)
{
    hid_t properties = H5Pcreate(H5P_DATASET_CREATE);

    H5Pset_attr_creation_order(properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    H5Pset_obj_track_times(properties, 0);
    return properties;
}

static hid_t
write_numbers(hid_t file, const char *name, const int32_t *values, size_t size)
{
    hsize_t shape[1] = {size};
    hid_t space = H5Screate_simple(1, shape, NULL), properties = dataset_properties();
    hid_t set = H5Dcreate2(file, name, H5T_STD_I32LE, space, H5P_DEFAULT, properties, H5P_DEFAULT);

    if (set >= 0 && H5Dwrite(set, H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0) {
        H5Dclose(set);
        set = -1;
    }
    H5Pclose(properties);
    H5Sclose(space);
    return set;
}

static hid_t
write_labels(hid_t file, const char *name, const char *const *labels, size_t size)
{
    hsize_t shape[1] = {size};
    hid_t space = H5Screate_simple(1, shape, NULL), properties = dataset_properties();
    hid_t type = text_type();
    hid_t set = H5Dcreate2(file, name, type, space, H5P_DEFAULT, properties, H5P_DEFAULT);

    if (set >= 0 && H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, labels) < 0) {
        H5Dclose(set);
        set = -1;
    }
    H5Tclose(type);
    H5Pclose(properties);
    H5Sclose(space);
    return set;
}

static hid_t
write_dimension(hid_t file, const struct layout_dimension *dimension)
{
    hid_t set = dimension->label != NULL
                    ? write_labels(file, dimension->name, dimension->label, dimension->size)
                    : write_numbers(file, dimension->name, dimension->value, dimension->size);
    bool good = set >= 0 && H5DSset_scale(set, dimension->name) >= 0 &&
                write_text(set, "long_name", dimension->long_name);

    if (good && dimension->units != NULL)
        good = write_text(set, "units", dimension->units) &&
               (strncmp(dimension->units, "days since", 10) != 0 ||
                write_text(set, "calendar", "standard"));
    if (!good && set >= 0) {
        H5Dclose(set);
        set = -1;
    }
    return set;
}

/* The texts of a variable. */
static const struct {
    const char *name;
    size_t member;
} variable_texts[] = {
    {"long_name", offsetof(struct layout_variable, long_name)},
    {"units", offsetof(struct layout_variable, units)},
    {"cell_methods", offsetof(struct layout_variable, cell_methods)},
    {"definition", offsetof(struct layout_variable, definition)},
    {"label_nl", offsetof(struct layout_variable, label_nl)},
    {"label_fr", offsetof(struct layout_variable, label_fr)},
};
#define VARIABLE_TEXTS (sizeof variable_texts / sizeof *variable_texts)

static const char *
variable_text(const struct layout_variable *variable, size_t i)
{
    return *(const char *const *)(const void *)((const char *)variable + variable_texts[i].member);
}

static hid_t
create_variable(hid_t file, const struct layout *layout, const struct layout_variable *variable,
                size_t replications, const hid_t *scales)
{
    hsize_t shape[1 + LAYOUT_MOST_DIMENSIONS] = {replications};
    hsize_t chunk[1 + LAYOUT_MOST_DIMENSIONS] = {1};
    int rank = 1 + variable->dimensions;

    for (int i = 1; i < rank; i++)
        shape[i] = chunk[i] = layout->dimension[variable->dimension[i - 1]].size;
    hid_t space = H5Screate_simple(rank, shape, NULL), properties = dataset_properties();
    H5Pset_chunk(properties, rank, chunk);
    H5Pset_shuffle(properties);
    H5Pset_deflate(properties, CHUNK_DEFLATE_LEVEL);
    hid_t set = H5Dcreate2(file, variable->name,
                           variable->type == LAYOUT_FLOAT ? H5T_IEEE_F32LE : H5T_STD_I64LE, space,
                           H5P_DEFAULT, properties, H5P_DEFAULT);
    bool good = set >= 0 && H5DSattach_scale(set, scales[0], 0) >= 0;
    for (int i = 1; i < rank && good; i++)
        good = H5DSattach_scale(set, scales[1 + variable->dimension[i - 1]], (unsigned)i) >= 0;
    for (size_t i = 0; i < VARIABLE_TEXTS && good; i++)
        good = variable_text(variable, i) == NULL ||
               write_text(set, variable_texts[i].name, variable_text(variable, i));
    H5Pclose(properties);
    H5Sclose(space);
    if (!good && set >= 0) {
        H5Dclose(set);
        set = -1;
    }
    return set;
}

static bool
write_chunks(const struct layout *layout, struct journal *journal, const hid_t *sets,
             unsigned char *digests, struct error *err)
{
    struct chunk *chunks = calloc(layout->variables + 1, sizeof *chunks);
    bool good = chunks != NULL;

    for (size_t i = 0; i < journal->entries && good; i++) {
        hsize_t offset[1 + LAYOUT_MOST_DIMENSIONS] = {i};
        good = journal_read(journal, i, chunks, err) == OK;
        for (size_t v = 0; v < layout->variables && good; v++) {
            good = H5Dwrite_chunk(sets[v], H5P_DEFAULT, 0, offset, chunks[v].size,
                                  chunks[v].bytes) >= 0;
            memcpy(digests + (i * layout->variables + v) * DIGEST_SIZE, chunks[v].digest,
                   DIGEST_SIZE);
        }
    }
    for (size_t v = 0; chunks != NULL && v < layout->variables; v++)
        free(chunks[v].bytes);
    free(chunks);
    return good;
}

/* /provenance: texts as attributes of an own group, long ones as datasets. */
static bool
write_provenance(hid_t file, const struct provenance *provenance, size_t count)
{
    hid_t properties = H5Pcreate(H5P_GROUP_CREATE);
    bool good = true;

    H5Pset_link_creation_order(properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    hid_t group = H5Gcreate2(file, "provenance", H5P_DEFAULT, properties, H5P_DEFAULT);
    for (size_t i = 0; i < count && good; i++) {
        hid_t space = H5Screate(H5S_SCALAR), type = text_type(), creation = dataset_properties();
        hid_t set =
            H5Dcreate2(group, provenance[i].name, type, space, H5P_DEFAULT, creation, H5P_DEFAULT);
        good = set >= 0 &&
               H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, &provenance[i].text) >= 0;
        H5Dclose(set);
        H5Pclose(creation);
        H5Tclose(type);
        H5Sclose(space);
    }
    H5Gclose(group);
    H5Pclose(properties);
    return good;
}

static bool
write_digests(hid_t file, const unsigned char *digests, size_t replications, size_t variables)
{
    hsize_t shape[3] = {replications, variables, DIGEST_SIZE};
    hid_t group = H5Gopen2(file, "provenance", H5P_DEFAULT);
    hid_t space = H5Screate_simple(3, shape, NULL), properties = dataset_properties();
    hid_t set =
        H5Dcreate2(group, DIGESTS, H5T_STD_U8LE, space, H5P_DEFAULT, properties, H5P_DEFAULT);
    bool good =
        set >= 0 && H5Dwrite(set, H5T_NATIVE_UINT8, H5S_ALL, H5S_ALL, H5P_DEFAULT, digests) >= 0 &&
        write_text(set, "long_name", "SHA-256 of each variable's values in each replication");

    H5Dclose(set);
    H5Pclose(properties);
    H5Sclose(space);
    H5Gclose(group);
    return good;
}

#define MOST_LABELS 2000000

static void
chain_digest(unsigned char digest[DIGEST_SIZE], const void *bytes, size_t size)
{
    unsigned char both[2 * DIGEST_SIZE];

    memcpy(both, digest, DIGEST_SIZE);
    digest_of(bytes, size, both + DIGEST_SIZE);
    digest_of(both, sizeof both, digest);
}

/* Add the coordinate NAME to the digest: its name and its numbers. Texts lie in HDF5's global heap,
 * where a damaged file can keep the library from coming back; they are read only when somebody
 * asks. */
static herr_t
chain_coordinate(hid_t group, const char *name, const H5L_info_t *info, void *context)
{
    unsigned char *digest = context;
    hid_t set = H5Oopen(group, name, H5P_DEFAULT);
    bool scale = set >= 0 && H5Iget_type(set) == H5I_DATASET && H5DSis_scale(set) > 0;
    hid_t space = scale ? H5Dget_space(set) : -1, type = scale ? H5Dget_type(set) : -1;
    hssize_t count = space >= 0 ? H5Sget_simple_extent_npoints(space) : 0;
    herr_t status = count > MOST_LABELS ? -1 : 0; /* of a file that we have not written */

    (void)info;
    chain_digest(digest, name, strlen(name));
    if (scale && status == 0 && count > 0 && H5Tget_class(type) == H5T_INTEGER) {
        int32_t *number = calloc((size_t)count, sizeof *number);
        status = number == NULL
                     ? -1
                     : H5Dread(set, H5T_STD_I32LE, H5S_ALL, H5S_ALL, H5P_DEFAULT, number);
        chain_digest(digest, number, number != NULL ? (size_t)count * sizeof *number : 0);
        free(number);
    }
    if (type >= 0)
        H5Tclose(type);
    if (space >= 0)
        H5Sclose(space);
    if (set >= 0)
        H5Oclose(set);
    return status < 0 ? -1 : 0;
}

/* The digest of all coordinates, and of the names of everything at the top, in their order; as
 * text. */
static bool
coordinates_digest(hid_t file, char text[2 * DIGEST_SIZE + 1])
{
    unsigned char digest[DIGEST_SIZE] = {0};

    if (H5Literate(file, H5_INDEX_CRT_ORDER, H5_ITER_INC, NULL, chain_coordinate, digest) < 0)
        return false;
    digest_text(digest, text);
    return true;
}

static bool
write_coordinates_digest(hid_t file)
{
    char text[2 * DIGEST_SIZE + 1];
    hid_t set = H5Dopen2(file, "provenance/" DIGESTS, H5P_DEFAULT);
    bool good = set >= 0 && coordinates_digest(file, text) && write_text(set, "coordinates", text);

    if (set >= 0)
        H5Dclose(set);
    return good;
}

static hid_t
write_replications(hid_t file, const struct journal *journal)
{
    int32_t *numbers = malloc((journal->entries + 1) * sizeof *numbers);
    hid_t set = -1;

    for (size_t i = 0; numbers != NULL && i < journal->entries; i++)
        numbers[i] = (int32_t)journal->entry[i].replication;
    if (numbers != NULL)
        set = write_dimension(file, &(struct layout_dimension){.name = "replication",
                                                               .long_name = "replication",
                                                               .size = journal->entries,
                                                               .value = numbers});
    free(numbers);
    return set;
}

/* What a file holds beside the journal's numbers. */
struct content {
    const struct layout *layout;
    const char *title;
    const struct provenance *provenance;
    size_t provenances;
};

static bool
write_content(hid_t file, const struct content *content, struct journal *journal, struct error *err)
{
    const struct layout *layout = content->layout;
    size_t sets = 1 + layout->dimensions + layout->variables, made = 0;
    hid_t *set = calloc(sets, sizeof *set);
    unsigned char *digests = malloc(journal->entries * layout->variables * DIGEST_SIZE + 1);
    bool good = set != NULL && digests != NULL && write_text(file, "Conventions", "CF-1.8") &&
                write_text(file, "title", content->title);

    if (good)
        good = (set[made++] = write_replications(file, journal)) >= 0;
    for (size_t d = 0; d < layout->dimensions && good; d++) {
        bool empty = layout->dimension[d].size == 0; /* no variable has it; netCDF knows none */
        set[made] = empty ? -1 : write_dimension(file, &layout->dimension[d]);
        good = set[made++] >= 0 || empty;
    }
    for (size_t v = 0; v < layout->variables && good; v++)
        good = (set[made++] = create_variable(file, layout, &layout->variable[v], journal->entries,
                                              set)) >= 0;
    good = good && write_chunks(layout, journal, set + 1 + layout->dimensions, digests, err) &&
           write_provenance(file, content->provenance, content->provenances) &&
           write_digests(file, digests, journal->entries, layout->variables) &&
           write_coordinates_digest(file);
    for (size_t i = 0; i < made; i++)
        if (set[i] >= 0)
            good = H5Dclose(set[i]) >= 0 && good;
    free(set);
    free(digests);
    return good;
}

static bool
sync_path(const char *path)
{
    int file = open(path, O_RDONLY);
    bool good = file >= 0 && fsync(file) == 0;

    if (file >= 0)
        close(file);
    return good;
}

static bool
values_read_back(struct store *store, const struct layout *layout)
{
    struct error err = {0};
    void *values = malloc(layout_most_bytes(layout));
    bool good = values != NULL && store_variables(store) == layout->variables;
    for (size_t v = 0; v < layout->variables && good; v++)
        for (size_t i = 0; i < store_replications(store) && good; i++)
            good = store_read(store, v, i, values, &err) == OK;
    free(values);
    return good;
}

static bool
same_text(const char *got, const char *expected)
{
    return got != NULL && strcmp(got, expected) == 0;
}

static bool
labels_read_back(struct store *store, const struct layout_dimension *dimension)
{
    size_t size;
    const char *const *labels = store_labels(store, dimension->name, &size);
    bool good = size == dimension->size;

    for (size_t i = 0; i < dimension->size && good; i++)
        good = labels != NULL && same_text(labels[i], dimension->label[i]);
    return good;
}

static bool
texts_read_back(struct store *store, const struct content *content)
{
    const struct layout *layout = content->layout;
    bool good = same_text(store_text(store, NULL, "title"), content->title);

    for (size_t i = 0; i < content->provenances && good; i++)
        good = same_text(store_provenance(store, content->provenance[i].name),
                         content->provenance[i].text);
    for (size_t d = 0; d < layout->dimensions && good; d++)
        good = layout->dimension[d].label == NULL || layout->dimension[d].size == 0 ||
               labels_read_back(store, &layout->dimension[d]);
    for (size_t v = 0; v < layout->variables && good; v++)
        for (size_t i = 0; i < VARIABLE_TEXTS && good; i++) {
            const struct layout_variable *variable = &layout->variable[v];
            const char *text = variable_text(variable, i);
            good = text == NULL ||
                   same_text(store_text(store, variable->name, variable_texts[i].name), text);
        }
    return good;
}

/* Read back what was written: the library does not tell of every write that failed. */
static bool
reads_back(const char *path, const struct content *content)
{
    struct store *store = NULL;
    struct error err = {0};

    if (store_open(&store, path, &err) != OK || store == NULL)
        return false;
    bool good = values_read_back(store, content->layout) && texts_read_back(store, content);
    store_close(store);
    return good;
}

/* Without HDF5's own lock: the journal's keeps other runs away, and a file system without locks
 * would refuse it. Environment variables of HDF5 go first. */
static hid_t
open_unlocked(void)
{
    hid_t access_list = H5Pcreate(H5P_FILE_ACCESS);

    H5Pset_file_locking(access_list, false, true);
    return access_list;
}

int
store_write(const char *path, const struct layout *layout, struct journal *journal,
            const char *title, const struct provenance *provenance, size_t provenances,
            struct error *err)
{
    const struct content content = {layout, title, provenance, provenances};
    char partial[PATH_MAX + 16];
    struct error inner = {0};

    H5dont_atexit(); /* closing down after a failed write can end in a crash */
    journal_sort(journal);
    snprintf(partial, sizeof partial, "%s.partial", path);
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    hid_t creation = H5Pcreate(H5P_FILE_CREATE);
    H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    H5Pset_attr_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    hid_t access_list = open_unlocked();
    unlink(partial); /* of a run that was killed; another program may have it open */
    errno = 0;
    hid_t file = H5Fcreate(partial, H5F_ACC_TRUNC, creation, access_list);
    H5Pclose(access_list);
    H5Pclose(creation);
    bool good = file >= 0 && write_content(file, &content, journal, &inner) &&
                H5Fflush(file, H5F_SCOPE_GLOBAL) >= 0;
    int reason = errno;
    if (file >= 0)
        good = H5Fclose(file) >= 0 && good;
    good =
        good && reads_back(partial, &content) && sync_path(partial) && rename(partial, path) == 0;
    if (good)
        return OK;
    reason = reason != 0 ? reason : errno;
    unlink(partial);
    if (inner.code != OK)
        return error_set(err, inner.code, "%s", inner.message);
    return error_set(err, ENVIRONMENT, "%s: cannot be written: %s", path,
                     reason != 0 ? strerror(reason) : "HDF5 refused");
}

struct store {
    hid_t file;
    char path[4096];
    int32_t *replication;
    size_t replications;
    char **name;
    size_t variables;
    unsigned char *digest;
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

/* Is NAME a dataset over replications? */
static bool
is_variable(hid_t file, const char *name, size_t replications)
{
    hsize_t shape[1 + LAYOUT_MOST_DIMENSIONS];
    bool yes = false;

    hid_t set = strcmp(name, "replication") != 0 ? H5Oopen(file, name, H5P_DEFAULT) : -1;
    hid_t space = set >= 0 && H5Iget_type(set) == H5I_DATASET ? H5Dget_space(set) : -1;
    int rank = space >= 0 ? H5Sget_simple_extent_ndims(space) : 0;
    if (rank >= 2 && rank <= 1 + LAYOUT_MOST_DIMENSIONS && H5DSis_scale(set) == 0) {
        H5Sget_simple_extent_dims(space, shape, NULL);
        yes = shape[0] == replications;
    }
    if (space >= 0)
        H5Sclose(space);
    if (set >= 0)
        H5Oclose(set);
    return yes;
}

static herr_t
collect_name(hid_t group, const char *name, const H5L_info_t *info, void *context)
{
    struct store *store = context;

    (void)info;
    if (!is_variable(group, name, store->replications))
        return 0;
    char **more = realloc(store->name, (store->variables + 1) * sizeof *more);
    if (more == NULL)
        return -1;
    store->name = more;
    store->name[store->variables++] = strdup(name);
    return 0;
}

static bool
read_digests(struct store *store)
{
    size_t expected = store->replications * store->variables * DIGEST_SIZE;
    hid_t set = H5Dopen2(store->file, "provenance/" DIGESTS, H5P_DEFAULT);
    hid_t space = set >= 0 ? H5Dget_space(set) : -1;
    bool good = space >= 0 && H5Sget_simple_extent_npoints(space) == (hssize_t)expected;

    store->digest = good ? malloc(expected + 1) : NULL;
    good = store->digest != NULL &&
           H5Dread(set, H5T_NATIVE_UINT8, H5S_ALL, H5S_ALL, H5P_DEFAULT, store->digest) >= 0;
    if (space >= 0)
        H5Sclose(space);
    if (set >= 0)
        H5Dclose(set);
    return good;
}

/* Are the coordinates those that were written? */
static bool
coordinates_hold(hid_t file)
{
    char text[2 * DIGEST_SIZE + 1] = "", stored[2 * DIGEST_SIZE + 1] = "";
    hid_t attribute =
        H5Aopen_by_name(file, "provenance/" DIGESTS, "coordinates", H5P_DEFAULT, H5P_DEFAULT);
    hid_t type = attribute >= 0 ? H5Aget_type(attribute) : -1;
    bool good = type >= 0 && H5Tget_size(type) == 2 * DIGEST_SIZE &&
                H5Aread(attribute, type, stored) >= 0 && coordinates_digest(file, text) &&
                strcmp(text, stored) == 0;

    if (type >= 0)
        H5Tclose(type);
    if (attribute >= 0)
        H5Aclose(attribute);
    return good;
}

/* Does another program write PATH? HDF5 locks a file that it opens. */
static bool
written_elsewhere(const char *path)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool written =
        descriptor >= 0 && flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;

    if (descriptor >= 0)
        close(descriptor);
    return written;
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
    if (access(path, R_OK) != 0) {
        free(store);
        return error_set(err, ENVIRONMENT, "%.500s: cannot be read: %s", path, strerror(errno));
    }
    struct stat there;
    if (stat(path, &there) != 0 || !S_ISREG(there.st_mode)) {
        free(store);
        return error_set(err, BAD_INPUT, "%.500s: is not a result of doorstroom: no ordinary file",
                         path);
    }
    if (written_elsewhere(path)) {
        free(store);
        return error_set(err, ENVIRONMENT,
                         "%.500s is open for writing in another program; close it there", path);
    }
    hid_t access_list = open_unlocked();
    store->file = H5Fopen(path, H5F_ACC_RDONLY, access_list);
    H5Pclose(access_list);
    if (store->file >= 0)
        store->replication = read_numbers(store->file, "replication", &store->replications);
    bool good =
        store->replication != NULL &&
        H5Literate(store->file, H5_INDEX_CRT_ORDER, H5_ITER_INC, NULL, collect_name, store) >= 0 &&
        read_digests(store);
    if (good && !coordinates_hold(store->file)) {
        store_close(store);
        return error_set(err, BAD_INPUT, "%s: its coordinates (replications, dates) are damaged",
                         path);
    }
    if (!good) {
        store_close(store);
        return error_set(err, BAD_INPUT, "%s: is not a result of doorstroom, or is damaged", path);
    }
    *out = store;
    return OK;
}

static void
free_labels(struct store *store)
{
    for (size_t i = 0; i < store->labels; i++)
        H5free_memory(store->label[i]);
    free(store->label);
    store->label = NULL;
    store->labels = 0;
}

void
store_close(struct store *store)
{
    if (store == NULL)
        return;
    free_labels(store);
    if (store->file >= 0)
        H5Fclose(store->file);
    for (size_t v = 0; v < store->variables; v++)
        free(store->name[v]);
    free(store->name);
    free(store->replication);
    free(store->digest);
    free(store->text);
    free(store->number);
    free(store);
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
    return store->name[variable];
}

size_t
store_find(const struct store *store, const char *name)
{
    for (size_t v = 0; v < store->variables; v++)
        if (strcmp(store->name[v], name) == 0)
            return v;
    return SIZE_MAX;
}

int
store_shape(const struct store *store, size_t variable, size_t shape[LAYOUT_MOST_DIMENSIONS])
{
    hsize_t sizes[1 + LAYOUT_MOST_DIMENSIONS];
    hid_t set = H5Dopen2(store->file, store->name[variable], H5P_DEFAULT);
    hid_t space = H5Dget_space(set);
    int rank = H5Sget_simple_extent_dims(space, sizes, NULL);

    for (int i = 1; i < rank; i++)
        shape[i - 1] = (size_t)sizes[i];
    H5Sclose(space);
    H5Dclose(set);
    return rank - 1;
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

void
store_dimension(const struct store *store, size_t variable, int i, char *name, size_t size)
{
    struct {
        char *text;
        size_t size;
    } out = {name, size};
    hid_t set = H5Dopen2(store->file, store->name[variable], H5P_DEFAULT);

    name[0] = '\0';
    if (H5DSiterate_scales(set, (unsigned)i + 1, NULL, take_scale_name, &out) < 0)
        name[0] = '\0';
    name[size - 1] = '\0';
    H5Dclose(set);
}

int
store_is_float(const struct store *store, size_t variable)
{
    hid_t set = H5Dopen2(store->file, store->name[variable], H5P_DEFAULT);
    hid_t type = H5Dget_type(set);
    int is_float = H5Tget_class(type) == H5T_FLOAT;

    H5Tclose(type);
    H5Dclose(set);
    return is_float;
}

size_t
store_count(const struct store *store, size_t variable)
{
    size_t shape[LAYOUT_MOST_DIMENSIONS], count = 1;
    int rank = store_shape(store, variable, shape);

    for (int i = 0; i < rank; i++)
        count *= shape[i];
    return count;
}

/* The bytes of one replication as the file keeps them; their number, or 0. */
static size_t
read_bytes(const struct store *store, size_t variable, size_t index, void *values)
{
    hsize_t start[1 + LAYOUT_MOST_DIMENSIONS] = {index}, count[1 + LAYOUT_MOST_DIMENSIONS];
    hid_t set = H5Dopen2(store->file, store->name[variable], H5P_DEFAULT);
    hid_t space = H5Dget_space(set), type = H5Dget_type(set);
    int rank = H5Sget_simple_extent_dims(space, count, NULL);
    bool whole = H5Tget_class(type) == H5T_INTEGER, wide = H5Tget_size(type) == sizeof(int64_t);
    size_t size = wide ? sizeof(int64_t) : sizeof(int32_t);
    hid_t kept_as = !whole ? H5T_IEEE_F32LE : wide ? H5T_STD_I64LE : H5T_STD_I32LE;

    count[0] = 1;
    for (int i = 0; i < rank; i++)
        size *= (size_t)count[i];
    H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, count, NULL);
    hid_t memory = H5Screate_simple(rank, count, NULL);
    bool good = H5Dread(set, kept_as, memory, space, H5P_DEFAULT, values) >= 0;
    H5Sclose(memory);
    H5Tclose(type);
    H5Sclose(space);
    H5Dclose(set);
    return good ? size : 0;
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

int
store_read(struct store *store, size_t variable, size_t index, void *values, struct error *err)
{
    unsigned char digest[DIGEST_SIZE];
    size_t count = store_count(store, variable), size = read_bytes(store, variable, index, values);
    const unsigned char *expected =
        store->digest + (index * store->variables + variable) * DIGEST_SIZE;

    digest_of(values, size, digest);
    if ((size == 0 && count > 0) || memcmp(digest, expected, DIGEST_SIZE) != 0)
        return error_set(err, BAD_INPUT, "%s: %s of replication %d is damaged: %s", store->path,
                         store->name[variable], store->replication[index],
                         size > 0 ? "its values do not have the digest that was stored"
                                  : "it cannot be read");
    if (!store_is_float(store, variable) && size == count * sizeof(int32_t))
        widen(values, count);
    return OK;
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
    hid_t set = H5Dopen2(store->file, name, H5P_DEFAULT), type = text_type();
    hid_t space = set >= 0 ? H5Dget_space(set) : -1;
    hssize_t count = space >= 0 ? H5Sget_simple_extent_npoints(space) : -1;

    free_labels(store);
    *size = 0;
    if (count > 0 && (store->label = calloc((size_t)count, sizeof *store->label)) != NULL &&
        H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, store->label) >= 0)
        *size = store->labels = (size_t)count;
    H5Tclose(type);
    if (space >= 0)
        H5Sclose(space);
    if (set >= 0)
        H5Dclose(set);
    return *size > 0 ? (const char *const *)store->label : NULL;
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
    if (H5Tis_variable_str(type) == 0 && (store->text = calloc(1, H5Tget_size(type) + 1)) != NULL)
        H5Aread(attribute, type, store->text);
    H5Tclose(type);
    H5Aclose(attribute);
    return store->text;
}

const char *
store_provenance(struct store *store, const char *name)
{
    char path[256], *text = NULL;

    snprintf(path, sizeof path, "provenance/%s", name);
    free(store->text);
    store->text = NULL;
    hid_t set = H5Dopen2(store->file, path, H5P_DEFAULT), type = text_type();
    if (set >= 0 && H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, &text) >= 0 && text != NULL) {
        store->text = strdup(text);
        H5free_memory(text);
    }
    H5Tclose(type);
    if (set >= 0)
        H5Dclose(set);
    return store->text;
}
