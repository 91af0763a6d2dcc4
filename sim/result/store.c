#define H5_USE_110_API /* the names of HDF5 1.10, which later versions keep */

#include "store.h"

#include "content.h"
#include "values.h"

#include "sim/base/array.h"

#include <errno.h>
#include <fcntl.h>
#include <hdf5.h>
#include <hdf5_hl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <unistr.h>

#define DIMENSION_NAME 96
#define FORMAT_TEXT    24

struct store {
    hid_t file;
    int descriptor; /* of the same file */
    char path[4096];
    int format, threads;
    bool of_points; /* its entries are points of a sweep */
    char id[DIGEST_TEXT];
    struct content content;
    struct axes axes;
    struct values values;
    size_t room; /* for sets */
    struct store_variable *variable;
};

static herr_t
collect_set(hid_t group, const char *name, const H5L_info_t *info, void *context)
{
    struct store *store = context;
    struct values *values = &store->values;
    struct values_set set = {.set = H5Oopen(group, name, H5P_DEFAULT)};
    const struct content_row *row = content_find(&store->content, name);

    (void)info;
    if (set.set < 0 || row == NULL || H5Iget_type(set.set) != H5I_DATASET ||
        !content_is_variable(set.set, values->replications,
                             store->of_points ? LAYOUT_MOST_DIMENSIONS
                                              : LAYOUT_MOST_OF_REPLICATION)) {
        if (set.set >= 0)
            H5Oclose(set.set);
        return 0;
    }
    if (!array_room(values->set, store->room, values->sets + 1)) {
        H5Oclose(set.set);
        return -1;
    }
    set.name = row->name;
    values->set[values->sets++] = set;
    return values_describe(&values->set[values->sets - 1]) ? 0 : -1;
}

#define MOST_CARRIED ((size_t)64 << 20) /* bytes of sources */

/* The bytes of /provenance/NAME into *BYTES, *SIZE of them: at least LEAST, at most MOST. */
static bool
read_bytes(const struct store *store, const char *name, size_t least, size_t most,
           unsigned char **bytes, size_t *size)
{
    char path[64];

    snprintf(path, sizeof path, PROVENANCE "/%s", name);
    hid_t set = H5Dopen2(store->file, path, H5P_DEFAULT);
    hid_t space = set >= 0 ? H5Dget_space(set) : -1;
    hssize_t count = space >= 0 ? H5Sget_simple_extent_npoints(space) : -1;
    bool good = count >= 0 && (size_t)count >= least && (size_t)count <= most;

    *size = good ? (size_t)count : 0;
    *bytes = good ? malloc(*size + 1) : NULL;
    good = *bytes != NULL &&
           H5Dread(set, H5T_NATIVE_UINT8, H5S_ALL, H5S_ALL, H5P_DEFAULT, *bytes) >= 0;
    if (space >= 0)
        H5Sclose(space);
    if (set >= 0)
        H5Dclose(set);
    return good;
}

/* The same, where there are EXPECTED of them. */
static bool
read_digests(const struct store *store, const char *name, size_t expected, unsigned char **bytes)
{
    size_t size;

    return read_bytes(store, name, expected, expected, bytes, &size);
}

/* It could not be read; want of memory is no damage. Of the reasons errno alone is left. */
static int
damaged(const struct store *store, struct error *err)
{
    if (errno == ENOMEM)
        return error_set(err, NO_MEMORY, "no memory to read %s", store->path);
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
        if (errno == ENOMEM)
            return damaged(store, err);
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
static int
old_coordinates_hold(const struct store *store, struct error *err)
{
    unsigned char digest[DIGEST_SIZE] = {0};
    char text[DIGEST_TEXT] = "", stored[DIGEST_TEXT] = "";
    hid_t attribute = H5Aopen_by_name(store->file, PROVENANCE "/" DIGESTS, "coordinates",
                                      H5P_DEFAULT, H5P_DEFAULT);
    hid_t type = attribute >= 0 ? H5Aget_type(attribute) : -1;
    bool good = type >= 0 && H5Tget_size(type) == DIGEST_TEXT - 1 &&
                H5Tis_variable_str(type) == 0 && H5Aread(attribute, type, stored) >= 0;

    for (size_t i = 1; i < store->content.rows; i++) {
        const struct content_row *row = &store->content.row[i];
        const char *class = content_text(row, "CLASS");
        if (strchr(row->name, '/') != NULL)
            continue;
        digest_chain(digest, row->name, strlen(row->name));
        if (row->number != NULL && class != NULL && strcmp(class, "DIMENSION_SCALE") == 0)
            digest_chain(digest, row->number, row->size * sizeof *row->number);
    }
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

/* Format 1 has no digest of labels: hold them for texts at least. */
static int
old_labels_hold(const struct store *store, struct error *err)
{
    for (size_t i = 1; i < store->content.rows; i++) {
        const struct content_row *row = &store->content.row[i];
        if (row->label == NULL || strchr(row->name, '/') != NULL)
            continue;
        for (size_t j = 0; j < row->size; j++)
            if (u8_check((const uint8_t *)row->label[j], strlen(row->label[j])) != NULL)
                return error_set(err, BAD_INPUT, "%s: is damaged: %s: label %zu is no text (UTF-8)",
                                 store->path, row->name, j + 1);
    }
    return OK;
}

/* The format that the file says, also in TEXT; 0: none that we know. */
static int
read_format(const struct store *store, char text[FORMAT_TEXT])
{
    hid_t attribute = H5Aexists(store->file, "format_version") > 0
                          ? H5Aopen(store->file, "format_version", H5P_DEFAULT)
                          : -1;
    hid_t type = attribute >= 0 ? H5Aget_type(attribute) : -1;
    bool is_text = type >= 0 && H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) == 0;

    if (is_text && H5Aget_storage_size(attribute) < FORMAT_TEXT)
        H5Aread(attribute, type, text);
    if (type >= 0)
        H5Tclose(type);
    if (attribute >= 0)
        H5Aclose(attribute);
    return !is_text ? 1 : strcmp(text, STORE_FORMAT_TEXT) == 0 ? STORE_FORMAT : 0;
}

static herr_t
take_scale_name(hid_t set, unsigned dimension, hid_t scale, void *context)
{
    (void)set;
    (void)dimension;
    return H5DSget_scale_name(scale, context, DIMENSION_NAME) >= 0 ? 1 : -1;
}

/* The name of dimension I (0: time) behind replication into NAME; empty where it has none. In a
 * result of 0.1.0 the links to dimensions alone say which they are. */
static void
dimension_name(const struct store *store, const struct values_set *set,
               const struct content_row *row, int i, char name[DIMENSION_NAME])
{
    const char *word = content_text(row, "dimensions");

    name[0] = '\0';
    if (store->format == 1) {
        if (H5DSiterate_scales(set->set, (unsigned)i + 1, NULL, take_scale_name, name) < 0)
            name[0] = '\0';
        name[DIMENSION_NAME - 1] = '\0';
        return;
    }
    for (int skip = i + 1; word != NULL && skip > 0; skip--) { /* the first is replication */
        word = strchr(word, ' ');
        word += word != NULL;
    }
    if (word != NULL)
        snprintf(name, DIMENSION_NAME, "%.*s", (int)strcspn(word, " "), word);
}

static const char *
text_or_empty(const struct content_row *row, const char *name)
{
    const char *text = content_text(row, name);

    return text != NULL ? text : "";
}

static bool
describe_variable(struct store *store, size_t index)
{
    const struct values_set *set = &store->values.set[index];
    const struct content_row *row = content_find(&store->content, set->name);
    struct store_variable *variable = &store->variable[index];
    char name[DIMENSION_NAME];

    *variable = (struct store_variable){
        .name = set->name,
        .long_name = text_or_empty(row, "long_name"),
        .units = text_or_empty(row, "units"),
        .cell_methods = text_or_empty(row, "cell_methods"),
        .type = set->type,
        .axes = set->rank,
        .count = set->count,
    };
    for (int i = 0; i < set->rank; i++) {
        dimension_name(store, set, row, i, name);
        variable->axis[i] = axes_find(&store->axes, &store->content, name, set->shape[i],
                                      i == (store->of_points ? 1 : 0));
        if (variable->axis[i] == NULL)
            return false;
    }
    return true;
}

static int
describe_variables(struct store *store, struct error *err)
{
    bool good;

    store->variable = calloc(store->values.sets + 1, sizeof *store->variable);
    good = store->variable != NULL;
    for (size_t i = 0; i < store->values.sets && good; i++)
        good = describe_variable(store, i);
    return good ? OK : error_set(err, NO_MEMORY, "no memory to read %s", store->path);
}

static bool
find_entries(struct store *store)
{
    const struct content_row *row = content_find(&store->content, STORE_POINT);

    store->of_points = row != NULL && row->number != NULL;
    if (!store->of_points)
        row = content_find(&store->content, STORE_REPLICATION);
    if (row == NULL || row->number == NULL)
        return false;
    store->values.entry = store->of_points ? STORE_POINT : STORE_REPLICATION;
    store->values.replication = row->number;
    store->values.replications = row->size;
    return true;
}

static int
read_all(struct store *store, struct error *err)
{
    struct values *values = &store->values;
    char format[FORMAT_TEXT] = "";

    store->format = read_format(store, format);
    if (store->format == 0)
        return error_set(err, BAD_INPUT,
                         "%s: its format_version '%.20s' is not known; a later "
                         "doorstroom reads it",
                         store->path, format);
    if (!content_read(&store->content, store->file, store->descriptor) || !find_entries(store) ||
        H5Literate(store->file, H5_INDEX_CRT_ORDER, H5_ITER_INC, NULL, collect_set, store) < 0 ||
        !read_digests(store, DIGESTS, values->replications * values->sets * DIGEST_SIZE,
                      &values->digest))
        return damaged(store, err);
    if (store->format > 1)
        content_id(&store->content, values->digest,
                   values->replications * values->sets * DIGEST_SIZE, store->id);
    int status = store->format == 1 ? old_coordinates_hold(store, err) : content_holds(store, err);
    if (status == OK && store->format == 1)
        status = old_labels_hold(store, err);
    return status == OK ? describe_variables(store, err) : status;
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
    store->values.bytes = (uint64_t)there.st_size;
    hid_t access_list = content_access(store->path);
    store->file = H5Fopen(store->path, H5F_ACC_RDONLY, access_list);
    H5Pclose(access_list);
    return store->file >= 0 ? OK : damaged(store, err);
}

int
store_open(struct store **out, const char *path, struct error *err)
{
    int status = store_open_any(out, path, err);

    if (status != OK || !(*out)->of_points)
        return status;
    store_close(*out);
    *out = NULL;
    return error_set(err, BAD_INPUT,
                     "%.500s: holds the points of a sweep, not the futures of one scenario; "
                     "'doorstroom sensitivity', xarray and h5py read it",
                     path);
}

int
store_open_any(struct store **out, const char *path, struct error *err)
{
    struct store *store = calloc(1, sizeof *store);

    *out = NULL;
    if (store == NULL)
        return error_set(err, NO_MEMORY, "no memory to read %s", path);
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    errno = 0;
    snprintf(store->path, sizeof store->path, "%s", path);
    store->values.path = store->path;
    store->threads = 1;
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

void
store_close(struct store *store)
{
    if (store == NULL)
        return;
    for (size_t i = 0; i < store->values.sets; i++)
        H5Dclose(store->values.set[i].set);
    if (store->file >= 0)
        H5Fclose(store->file);
    if (store->descriptor >= 0)
        close(store->descriptor);
    free(store->values.set);
    free(store->values.digest);
    free(store->variable);
    axes_free(&store->axes);
    content_free(&store->content);
    free(store);
}

void
store_use_threads(struct store *store, int threads)
{
    store->threads = threads;
}

bool
store_is_of_points(const struct store *store)
{
    return store->of_points;
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
    return store->values.replications;
}

uint64_t
store_replication(const struct store *store, size_t index)
{
    return (uint64_t)store->values.replication[index];
}

size_t
store_variables(const struct store *store)
{
    return store->values.sets;
}

const struct store_variable *
store_variable(const struct store *store, size_t index)
{
    return &store->variable[index];
}

const struct store_variable *
store_find(const struct store *store, const char *name)
{
    for (size_t i = 0; i < store->values.sets; i++)
        if (strcmp(store->variable[i].name, name) == 0)
            return &store->variable[i];
    return NULL;
}

size_t
store_bytes(const struct store_variable *variable)
{
    return variable->count * layout_value_size(variable->type);
}

size_t
store_room(const struct store_variable *variable)
{
    return variable->count * sizeof(int64_t);
}

size_t
store_index(const struct store *store, const struct store_variable *variable)
{
    return (size_t)(variable - store->variable);
}

int
store_read(const struct store *store, const struct store_variable *variable, size_t index,
           struct chunk_tools *tools, void *values, struct error *err)
{
    return values_read(&store->values, store_index(store, variable), index, tools, values, err);
}

double *
store_doubles(const struct store_variable *variable, void *values)
{
    return layout_doubles(variable->type, values, variable->count);
}

int
store_each(const struct store *store, const struct store_part *part, store_visit *visit,
           void *context, struct error *err)
{
    const struct values_part chunks = {
        .first = part->first, .sets = part->variables, .index = part->index, .count = part->count};

    return values_each(&store->values, &chunks, store->threads, visit, context, err);
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

int
store_verify(const struct store *store, struct error *err)
{
    const struct values_part all = {
        .sets = store->values.sets, .count = store->values.replications, .by_replication = true};
    int status = values_each(&store->values, &all, store->threads, NULL, NULL, err);

    if (status != OK || store->format == 1)
        return status;
    const char *id = store_text(store, NULL, "id");
    if (id == NULL || strcmp(id, store->id) != 0)
        return error_set(err, BAD_INPUT, "%s: its id is not that of what it holds", store->path);
    return verify_seal(store, err);
}

bool
store_coordinate(const struct store *store, size_t index, struct store_coordinate *coordinate)
{
    for (size_t i = 1; i < store->content.rows; i++) {
        const struct content_row *row = &store->content.row[i];
        if (!row->identifies || strchr(row->name, '/') != NULL ||
            store_find(store, row->name) != NULL || index-- > 0)
            continue;
        *coordinate = (struct store_coordinate){
            row->name, row->size, (const char *const *)row->label, row->number, row->real};
        return true;
    }
    return false;
}

const char *
store_text(const struct store *store, const struct store_variable *variable, const char *name)
{
    const struct content_row *row =
        content_find(&store->content, variable != NULL ? variable->name : "/");

    return row != NULL ? content_text(row, name) : NULL;
}

const char *
store_provenance(const struct store *store, const char *name)
{
    char path[256];

    snprintf(path, sizeof path, PROVENANCE "/%s", name);
    const struct content_row *row = content_find(&store->content, path);
    return row != NULL && row->label != NULL && row->size == 1 ? row->label[0] : NULL;
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

int
store_sources(const struct store *store, unsigned char **bytes, size_t *size, struct error *err)
{
    *bytes = NULL;
    *size = 0;
    if (content_find(&store->content, PROVENANCE "/" CARRIED) == NULL ||
        read_bytes(store, CARRIED, 1, MOST_CARRIED, bytes, size))
        return OK;
    free(*bytes);
    *bytes = NULL;
    return damaged(store, err);
}

struct library
store_library(void)
{
    struct library library = {.name = "hdf5"};
    unsigned major = 0, minor = 0, release = 0;

    H5dont_atexit(); /* before HDF5's first call; store_write says why */
    H5get_libversion(&major, &minor, &release);
    snprintf(library.version, sizeof library.version, "%u.%u.%u", major, minor, release);
    return library;
}
