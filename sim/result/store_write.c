/* Texts of variable length lie in HDF5's global heap, which netCDF and h5py want for labels; all
 * else is of fixed length. */

#define H5_USE_110_API /* the names of HDF5 1.10, which later versions keep */

#include "store_write.h"

#include "content.h"
#include "store.h"
#include "values.h"

#include <errno.h>
#include <fcntl.h>
#include <hdf5.h>
#include <hdf5_hl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_ATTRIBUTES 40 /* of an object, kept in its header: smaller than a heap for each */

static hid_t
text_type(void)
{
    hid_t type = H5Tcopy(H5T_C_S1);

    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    return type;
}

static bool
write_attribute(hid_t object, const char *name, hid_t type, hid_t space, const void *value)
{
    hid_t attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    bool good = attribute >= 0 && H5Awrite(attribute, type, value) >= 0;

    return attribute >= 0 && H5Aclose(attribute) >= 0 && good;
}

/* A fixed-length UTF-8 attribute, which is what netCDF reads as text; none where TEXT is NULL. */
static bool
write_text(hid_t object, const char *name, const char *text)
{
    if (text == NULL)
        return true;
    hid_t type = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR);
    H5Tset_size(type, strlen(text) > 0 ? strlen(text) : 1);
    H5Tset_cset(type, H5T_CSET_UTF8);
    bool good = write_attribute(object, name, type, space, text);
    H5Sclose(space);
    H5Tclose(type);
    return good;
}

/* Close what was written: what a dataset keeps back is written only then, and may find no room. */
static bool
close_set(hid_t set, bool good)
{
    return set >= 0 && H5Dclose(set) >= 0 && good;
}

static hid_t
dataset_properties(void)
{
    hid_t properties = H5Pcreate(H5P_DATASET_CREATE);

    H5Pset_attr_creation_order(properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    H5Pset_attr_phase_change(properties, MOST_ATTRIBUTES, MOST_ATTRIBUTES / 2);
    H5Pset_obj_track_times(properties, 0);
    return properties;
}

/* A dataset of TYPE at once full of VALUES; where those are NULL, with nothing in it. */
static hid_t
write_set(hid_t group, const char *name, hid_t file_type, hid_t type, int rank,
          const hsize_t *shape, const void *values)
{
    hid_t space = rank > 0 ? H5Screate_simple(rank, shape, NULL) : H5Screate(H5S_SCALAR);
    hid_t properties = dataset_properties();

    H5Pset_alloc_time(properties, H5D_ALLOC_TIME_EARLY);
    hid_t set = H5Dcreate2(group, name, file_type, space, H5P_DEFAULT, properties, H5P_DEFAULT);
    if (set >= 0 && values != NULL &&
        H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0) {
        H5Dclose(set);
        set = -1;
    }
    H5Pclose(properties);
    H5Sclose(space);
    return set;
}

static hid_t
write_numbers(hid_t file, const char *name, const int32_t *values, size_t size)
{
    hsize_t shape[1] = {size};

    return write_set(file, name, H5T_STD_I32LE, H5T_NATIVE_INT32, 1, shape, values);
}

static hid_t
write_labels(hid_t file, const char *name, const char *const *labels, size_t size)
{
    hsize_t shape[1] = {size};
    hid_t type = text_type();
    hid_t set = write_set(file, name, type, type, 1, shape, labels);

    H5Tclose(type);
    return set;
}

/* CLOSE a set that is not good; returns the set or -1. */
static hid_t
good_or_closed(hid_t set, bool good)
{
    if (!good && set >= 0)
        H5Dclose(set);
    return good ? set : -1;
}

/* A dimension that is a number of entries and nothing else, as netCDF marks it. */
static hid_t
write_bare_dimension(hid_t file, const struct layout_dimension *dimension)
{
    char mark[80];
    hsize_t shape[1] = {dimension->size};
    hid_t set = write_set(file, dimension->name, H5T_IEEE_F32BE, H5T_NATIVE_FLOAT, 1, shape, NULL);

    snprintf(mark, sizeof mark, "This is a netCDF dimension but not a netCDF variable.%10d",
             (int)dimension->size);
    return good_or_closed(set, set >= 0 && H5DSset_scale(set, mark) >= 0);
}

static hid_t
write_dimension(hid_t file, const struct layout_dimension *dimension)
{
    if (dimension->label == NULL && dimension->value == NULL)
        return write_bare_dimension(file, dimension);
    hid_t set = dimension->label != NULL
                    ? write_labels(file, dimension->name, dimension->label, dimension->size)
                    : write_numbers(file, dimension->name, dimension->value, dimension->size);
    bool dated = dimension->units != NULL && strncmp(dimension->units, "days since", 10) == 0;
    bool good = set >= 0 && H5DSset_scale(set, dimension->name) >= 0 &&
                write_text(set, "long_name", dimension->long_name) &&
                write_text(set, "standard_name", dimension->standard_name) &&
                write_text(set, "units", dimension->units) &&
                write_text(set, "calendar", dated ? "proleptic_gregorian" : NULL) &&
                write_text(set, "axis", dated ? "T" : NULL) &&
                write_text(set, "bounds", dimension->bounds);
    return good_or_closed(set, good);
}

static int32_t
entry_end(const struct layout_dimension *dimension, size_t i)
{
    return i + 1 < dimension->size ? dimension->value[i + 1] : dimension->end;
}

/* From each value to the next, over the dimension and the bare one of two entries. */
static bool
write_bounds(hid_t file, const struct layout_dimension *dimension, hid_t scale, hid_t bnds)
{
    hsize_t shape[2] = {dimension->size, 2};
    int32_t *values = malloc(2 * dimension->size * sizeof *values + 1);

    for (size_t i = 0; values != NULL && i < dimension->size; i++) {
        values[2 * i] = dimension->value[i];
        values[2 * i + 1] = entry_end(dimension, i);
    }
    hid_t set = values != NULL ? write_set(file, dimension->bounds, H5T_STD_I32LE, H5T_NATIVE_INT32,
                                           2, shape, values)
                               : -1;
    bool good = set >= 0 && bnds >= 0 && H5DSattach_scale(set, scale, 0) >= 0 &&
                H5DSattach_scale(set, bnds, 1) >= 0;
    good = close_set(set, good);
    free(values);
    return good;
}

/* How long each entry is: what a mean over entries is weighted with. */
static bool
write_lengths(hid_t file, const struct layout_dimension *dimension, hid_t scale)
{
    int32_t *values = malloc(dimension->size * sizeof *values + 1);

    for (size_t i = 0; values != NULL && i < dimension->size; i++)
        values[i] = entry_end(dimension, i) - dimension->value[i];
    hid_t set =
        values != NULL ? write_numbers(file, dimension->length, values, dimension->size) : -1;
    bool good = set >= 0 && H5DSattach_scale(set, scale, 0) >= 0 &&
                write_text(set, "long_name", "length of the row") && write_text(set, "units", "d");
    good = close_set(set, good);
    free(values);
    return good;
}

static bool
write_auxiliary(hid_t file, const struct layout_auxiliary *auxiliary, size_t size, hid_t scale)
{
    hsize_t shape[1] = {size};
    hid_t set = auxiliary->label != NULL
                    ? write_labels(file, auxiliary->name, auxiliary->label, size)
                    : write_set(file, auxiliary->name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, 1, shape,
                                auxiliary->number);
    bool good = set >= 0 && H5DSattach_scale(set, scale, 0) >= 0 &&
                write_text(set, "long_name", auxiliary->long_name) &&
                write_text(set, "standard_name", auxiliary->standard_name) &&
                write_text(set, "units", auxiliary->units);

    return close_set(set, good);
}

static const char *
entry_name(const struct layout *layout)
{
    return layout->of_points ? STORE_POINT : STORE_REPLICATION;
}

/* The links to dimensions lie in HDF5's global heap; their names in a text can be read safely, and
 * have a digest. */
static bool
write_dimension_names(hid_t set, const struct layout *layout,
                      const struct layout_variable *variable)
{
    char text[256];

    snprintf(text, sizeof text, "%s", entry_name(layout));
    for (int i = 0; i < variable->dimensions; i++) {
        size_t size = strlen(text);
        snprintf(text + size, sizeof text - size, " %s",
                 layout->dimension[variable->dimension[i]].name);
    }
    return write_text(set, "dimensions", text);
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
    hid_t set = H5Dcreate2(file, variable->name, values_type(variable->type), space, H5P_DEFAULT,
                           properties, H5P_DEFAULT);
    bool good = set >= 0 && H5DSattach_scale(set, scales[0], 0) >= 0;
    for (int i = 1; i < rank && good; i++)
        good = H5DSattach_scale(set, scales[1 + variable->dimension[i - 1]], (unsigned)i) >= 0;
    for (size_t i = 0; i < variable->attributes && good; i++)
        good = write_text(set, variable->attribute[i].name, variable->attribute[i].text);
    good = good && write_dimension_names(set, layout, variable);
    H5Pclose(properties);
    H5Sclose(space);
    return good_or_closed(set, good);
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

/* /provenance: each text a dataset; those that decide the values are marked. */
static bool
write_provenance(hid_t file, const struct store_text *text, size_t count)
{
    hid_t properties = H5Pcreate(H5P_GROUP_CREATE), type = text_type();
    bool good = true;

    H5Pset_link_creation_order(properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    hid_t group = H5Gcreate2(file, PROVENANCE, H5P_DEFAULT, properties, H5P_DEFAULT);
    for (size_t i = 0; i < count && good; i++) {
        hid_t set = write_set(group, text[i].name, type, type, 0, NULL, &text[i].text);
        good = close_set(set, set >= 0 && write_text(set, INPUT, text[i].input ? "yes" : NULL));
    }
    if (group >= 0)
        H5Gclose(group);
    H5Tclose(type);
    H5Pclose(properties);
    return good;
}

/* A dataset of bytes in /provenance, such as digests; its position in the file in *OFFSET, where
 * that is asked. */
static bool
write_digests(hid_t file, const char *name, const char *long_name, int rank, const hsize_t *shape,
              const void *digests, uint64_t *offset)
{
    hid_t group = H5Gopen2(file, PROVENANCE, H5P_DEFAULT);
    hid_t set = write_set(group, name, H5T_STD_U8LE, H5T_NATIVE_UINT8, rank, shape, digests);
    bool good = set >= 0 && write_text(set, "long_name", long_name);

    if (good && offset != NULL) {
        *offset = H5Dget_offset(set);
        good = *offset != HADDR_UNDEF;
    }
    good = close_set(set, good);
    if (group >= 0)
        H5Gclose(group);
    return good;
}

static bool
write_sources(hid_t file, const struct store_texts *texts)
{
    hsize_t shape[1] = {texts->sources_size};

    return texts->sources == NULL ||
           write_digests(file, CARRIED, "the sources of the program as built, a tar packed by gzip",
                         1, shape, texts->sources, NULL);
}

/* What the journal's entries are: replications, or points. */
static hid_t
write_entries(hid_t file, const struct layout *layout, const struct journal *journal)
{
    int32_t *numbers = malloc((journal->entries + 1) * sizeof *numbers);
    hid_t set = -1;

    for (size_t i = 0; numbers != NULL && i < journal->entries; i++)
        numbers[i] = (int32_t)journal->entry[i].replication;
    if (numbers != NULL)
        set = write_dimension(file, &(struct layout_dimension){
                                        .name = entry_name(layout),
                                        .long_name = entry_name(layout),
                                        .standard_name = layout->of_points ? NULL : "realization",
                                        .units = "1",
                                        .size = journal->entries,
                                        .value = numbers});
    free(numbers);
    return set;
}

/* What a file holds beside the journal's numbers; what of it is being written. */
struct writing {
    const struct layout *layout;
    const struct store_texts *texts;
    const char *partial;
    int threads;   /* that read it back */
    uint64_t seal; /* where the digest of the whole file lies */
};

/* Dimensions with what belongs to them. SCALE[0] is that of the ENTRIES; empty ones are left out
 * (-1): no variable has them, and netCDF knows none. */
static bool
write_dimensions(hid_t file, const struct layout *layout, size_t entries, hid_t *scale)
{
    hid_t bnds = -1;
    bool good = true;

    for (size_t d = 0; d < layout->dimensions && good; d++) {
        const struct layout_dimension *dimension = &layout->dimension[d];
        if (dimension->size == 0)
            continue;
        scale[1 + d] = write_dimension(file, dimension);
        good = scale[1 + d] >= 0;
        if (dimension->label == NULL && dimension->value == NULL)
            bnds = scale[1 + d];
    }
    for (size_t d = 0; d < layout->dimensions && good; d++)
        if (layout->dimension[d].size > 0 && layout->dimension[d].bounds != NULL)
            good = write_bounds(file, &layout->dimension[d], scale[1 + d], bnds) &&
                   write_lengths(file, &layout->dimension[d], scale[1 + d]);
    for (size_t i = 0; i < layout->auxiliaries && good; i++) {
        const struct layout_auxiliary *auxiliary = &layout->auxiliary[i];
        size_t size = auxiliary->dimension == LAYOUT_ENTRY
                          ? entries
                          : layout->dimension[auxiliary->dimension].size;
        good = size == 0 || write_auxiliary(file, auxiliary, size, scale[1 + auxiliary->dimension]);
    }
    return good;
}

/* The digests of all that is there, and the result's id from them. The texts are read from the
 * disk: they must be there. */
static bool
write_content(hid_t file, const struct writing *writing, const unsigned char *digests, size_t size)
{
    int descriptor = open(writing->partial, O_RDONLY);
    struct content content = {0};
    char id[DIGEST_TEXT];
    bool good = descriptor >= 0 && H5Fflush(file, H5F_SCOPE_GLOBAL) >= 0 &&
                content_read(&content, file, descriptor);

    if (good) {
        content_id(&content, digests, size, id);
        content_free(&content);
        good = write_text(file, "id", id) && content_read(&content, file, descriptor);
    }
    hsize_t shape[3] = {content.rows, 2, DIGEST_SIZE};
    unsigned char *rows = good ? content_digests(&content) : NULL;
    good = rows != NULL &&
           write_digests(file, CONTENT, "SHA-256 of each object's attributes, and of what it holds",
                         3, shape, rows, NULL);
    free(rows);
    content_free(&content);
    if (descriptor >= 0)
        close(descriptor);
    return good;
}

static bool
write_all_digests(hid_t file, struct writing *writing, const unsigned char *digests,
                  size_t replications)
{
    static const unsigned char none[DIGEST_SIZE];
    size_t variables = writing->layout->variables;
    hsize_t shape[3] = {replications, variables, DIGEST_SIZE}, one[1] = {DIGEST_SIZE};

    return write_digests(file, DIGESTS, "SHA-256 of each variable's values in each replication", 3,
                         shape, digests, NULL) &&
           write_content(file, writing, digests, replications * variables * DIGEST_SIZE) &&
           write_digests(file, SEAL, "SHA-256 of the whole file, these bytes taken as zeros", 1,
                         one, none, &writing->seal);
}

static bool
write_root(hid_t file, const struct store_texts *texts)
{
    bool good = write_text(file, "Conventions", "CF-1.10");

    for (size_t i = 0; i < texts->attributes && good; i++)
        good = write_text(file, texts->attribute[i].name, texts->attribute[i].text);
    return good && write_text(file, "format_version", STORE_FORMAT_TEXT);
}

static bool
write_file(hid_t file, struct writing *writing, struct journal *journal, struct error *err)
{
    const struct layout *layout = writing->layout;
    size_t scales = 1 + layout->dimensions, sets = scales + layout->variables;
    hid_t *set = malloc(sets * sizeof *set);
    unsigned char *digests = malloc(journal->entries * layout->variables * DIGEST_SIZE + 1);
    bool good = set != NULL && digests != NULL && write_root(file, writing->texts);

    for (size_t i = 0; set != NULL && i < sets; i++)
        set[i] = -1;
    if (good)
        good = (set[0] = write_entries(file, layout, journal)) >= 0;
    good = good && write_dimensions(file, layout, journal->entries, set);
    for (size_t v = 0; v < layout->variables && good; v++)
        good = (set[scales + v] = create_variable(file, layout, &layout->variable[v],
                                                  journal->entries, set)) >= 0;
    good = good && write_chunks(layout, journal, set + scales, digests, err) &&
           write_provenance(file, writing->texts->provenance, writing->texts->provenances) &&
           write_sources(file, writing->texts);
    for (size_t i = 0; set != NULL && i < sets; i++)
        if (set[i] >= 0)
            good = H5Dclose(set[i]) >= 0 && good;
    good = good && write_all_digests(file, writing, digests, journal->entries);
    free(set);
    free(digests);
    return good;
}

/* Put the digest of the whole file into its place, and all of it on the disk. */
static bool
seal(const struct writing *writing)
{
    unsigned char digest[DIGEST_SIZE];
    int file = open(writing->partial, O_RDWR);
    bool good = file >= 0 && digest_file(file, writing->seal, digest) &&
                pwrite(file, digest, DIGEST_SIZE, (off_t)writing->seal) == DIGEST_SIZE &&
                fsync(file) == 0;

    if (file >= 0)
        close(file);
    return good;
}

static bool
same_text(const char *got, const char *expected)
{
    return got != NULL && strcmp(got, expected) == 0;
}

static bool
labels_read_back(const struct store *store, const struct layout_dimension *dimension)
{
    struct store_coordinate coordinate;

    for (size_t c = 0; store_coordinate(store, c, &coordinate); c++) {
        if (strcmp(coordinate.name, dimension->name) != 0)
            continue;
        bool good = coordinate.label != NULL && coordinate.size == dimension->size;
        for (size_t i = 0; i < dimension->size && good; i++)
            good = same_text(coordinate.label[i], dimension->label[i]);
        return good;
    }
    return false;
}

static bool
variable_reads_back(const struct store *store, const struct layout_variable *variable)
{
    const struct store_variable *written = store_find(store, variable->name);
    bool good = written != NULL;

    for (size_t i = 0; i < variable->attributes && good; i++) {
        const struct layout_attribute *attribute = &variable->attribute[i];
        good = attribute->text == NULL ||
               same_text(store_text(store, written, attribute->name), attribute->text);
    }
    return good;
}

static bool
texts_read_back(const struct store *store, const struct writing *writing)
{
    const struct layout *layout = writing->layout;
    const struct store_texts *texts = writing->texts;
    bool good = true;

    for (size_t i = 0; i < texts->attributes && good; i++)
        good =
            same_text(store_text(store, NULL, texts->attribute[i].name), texts->attribute[i].text);
    for (size_t i = 0; i < texts->provenances && good; i++)
        good = same_text(store_provenance(store, texts->provenance[i].name),
                         texts->provenance[i].text);
    for (size_t d = 0; d < layout->dimensions && good; d++) {
        const struct layout_dimension *dimension = &layout->dimension[d];
        good =
            dimension->label == NULL || dimension->size == 0 || labels_read_back(store, dimension);
    }
    for (size_t v = 0; v < layout->variables && good; v++)
        good = variable_reads_back(store, &layout->variable[v]);
    return good;
}

/* Is everything in the closed file as it was to be written? A write that failed without a word, or
 * on the disk itself, is found here. */
static bool
reads_back(const struct writing *writing, char id[DIGEST_TEXT])
{
    struct store *store = NULL;
    struct error err = {0};

    if (store_open_any(&store, writing->partial, &err) != OK || store == NULL)
        return false;
    store_use_threads(store, writing->threads);
    bool good = store_variables(store) == writing->layout->variables &&
                store_verify(store, &err) == OK && texts_read_back(store, writing);
    memcpy(id, store_id(store), DIGEST_TEXT);
    store_close(store);
    return good;
}

static hid_t
create_file(const char *path)
{
    hid_t creation = H5Pcreate(H5P_FILE_CREATE), access_list = content_access(path);

    H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    H5Pset_attr_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    H5Pset_attr_phase_change(creation, MOST_ATTRIBUTES, MOST_ATTRIBUTES / 2);
    hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, creation, access_list);
    H5Pclose(access_list);
    H5Pclose(creation);
    return file;
}

/* Write the result into the file of WRITING, whole, and see that it is there. False: INNER or errno
 * says why. */
static bool
write_whole(struct writing *writing, struct journal *journal, char id[DIGEST_TEXT],
            struct error *inner)
{
    H5dont_atexit(); /* closing down after a failed write can end in a crash */
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    errno = 0;
    hid_t file = create_file(writing->partial);
    bool good = file >= 0 && write_file(file, writing, journal, inner) &&
                H5Fflush(file, H5F_SCOPE_GLOBAL) >= 0;
    int reason = good ? 0 : errno;
    if (file >= 0)
        good = H5Fclose(file) >= 0 && good;
    good = good && seal(writing) && reads_back(writing, id);
    if (reason != 0)
        errno = reason;
    return good;
}

static int
not_written(const char *path, int reason, const struct error *inner, struct error *err)
{
    if (inner->code != OK)
        return error_set(err, inner->code, "%s", inner->message);
    return error_set(err, ENVIRONMENT, "%s: cannot be written: %s", path,
                     reason != 0 ? strerror(reason) : "HDF5 refused");
}

int
store_write(const char *path, const struct layout *layout, struct journal *journal,
            const struct store_texts *texts, int threads, char id[DIGEST_TEXT], struct error *err)
{
    char partial[PATH_MAX + 16];
    struct writing writing = {
        .layout = layout, .texts = texts, .partial = partial, .threads = threads};
    struct error inner = {0};

    snprintf(partial, sizeof partial, "%s.partial", path);
    unlink(partial); /* of a run that was killed; another program may have it open */
    if (write_whole(&writing, journal, id, &inner) && rename(partial, path) == 0)
        return OK;
    int reason = errno;
    unlink(partial);
    return not_written(path, reason, &inner, err);
}

int
store_write_unnamed(uint64_t *bytes, const struct layout *layout, struct journal *journal,
                    const struct store_texts *texts, int threads, char id[DIGEST_TEXT],
                    struct error *err)
{
    int descriptor = memfd_create("doorstroom result", MFD_CLOEXEC), reason = errno;
    char path[64]; /* HDF5 wants a name */
    struct writing writing = {
        .layout = layout, .texts = texts, .partial = path, .threads = threads};
    struct error inner = {0};
    struct stat there;

    snprintf(path, sizeof path, UNNAMED "%d", descriptor);
    bool good = descriptor >= 0 && write_whole(&writing, journal, id, &inner) &&
                fstat(descriptor, &there) == 0;
    if (descriptor >= 0) {
        reason = errno;
        close(descriptor);
    }
    if (!good)
        return not_written("the result in memory", reason, &inner, err);
    *bytes = (uint64_t)there.st_size;
    return OK;
}
