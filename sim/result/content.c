#define H5_USE_110_API /* the names of HDF5 1.10, which later versions keep */

#include "content.h"

#include "heap.h"
#include "layout.h"

#include "sim/base/array.h"

#include <hdf5_hl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_BYTES ((hssize_t)1 << 28) /* of a coordinate; a file that we wrote has no more */
#define FEW_TEXTS  1024                /* bytes that the texts of most objects have room in */

/* Links between variables and dimensions, as the library keeps them. */
static bool
is_link(const char *attribute)
{
    return strcmp(attribute, "DIMENSION_LIST") == 0 || strcmp(attribute, "REFERENCE_LIST") == 0;
}

/* Keep the attribute NAME of ROW, which says TEXT. */
static bool
keep_text(struct content_row *row, const char *name, const char *text)
{
    size_t name_size = strlen(name) + 1, text_size = strlen(text) + 1;
    size_t size = row->texts_size + name_size + text_size;

    if (!array_room(row->texts, row->texts_room, size > FEW_TEXTS ? size : FEW_TEXTS))
        return false;
    memcpy(row->texts + row->texts_size, name, name_size);
    memcpy(row->texts + row->texts_size + name_size, text, text_size);
    row->texts_size = size;
    return true;
}

static herr_t
read_attribute(hid_t object, const char *name, const H5A_info_t *info, void *context)
{
    struct content_row *row = context;
    unsigned char *digest = row->digest[0];
    herr_t status = -1;

    if (is_link(name))
        return 0;
    hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    hid_t type = attribute >= 0 ? H5Aget_type(attribute) : -1;
    hsize_t size = attribute >= 0 ? H5Aget_storage_size(attribute) : 0;
    void *bytes = type >= 0 ? calloc(1, (size_t)size + 1) : NULL;
    (void)info;
    digest_chain(digest, name, strlen(name));
    if (bytes != NULL && H5Tdetect_class(type, H5T_VLEN) == 0 && H5Tis_variable_str(type) <= 0)
        status = H5Aread(attribute, type, bytes);
    else if (bytes != NULL)
        status = 0; /* not ours: its name in the chain is enough to be noticed */
    digest_chain(digest, bytes, bytes != NULL ? (size_t)size : 0);
    if (status >= 0 && H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) == 0)
        status = keep_text(row, name, bytes) ? 0 : -1;
    free(bytes);
    if (type >= 0)
        H5Tclose(type);
    if (attribute >= 0)
        H5Aclose(attribute);
    return status < 0 ? -1 : 0;
}

static bool
chain_shape(hid_t set, unsigned char *digest)
{
    hsize_t shape[H5S_MAX_RANK] = {0};
    hid_t space = H5Dget_space(set), type = H5Dget_type(set);
    int rank = space >= 0 ? H5Sget_simple_extent_dims(space, shape, NULL) : -1;
    uint64_t kind[4] = {(uint64_t)rank, type >= 0 ? (uint64_t)H5Tget_class(type) : 0,
                        type >= 0 ? (uint64_t)H5Tget_size(type) : 0, 0};

    digest_chain(digest, kind, sizeof kind);
    digest_chain(digest, shape, rank > 0 ? (size_t)rank * sizeof *shape : 0);
    if (type >= 0)
        H5Tclose(type);
    if (space >= 0)
        H5Sclose(space);
    return rank >= 0 && type >= 0;
}

/* The texts of a dataset of texts; false: it has none, or they are damaged. */
static bool
read_texts(struct content_row *row, hid_t set, int descriptor)
{
    hid_t space = H5Dget_space(set);
    haddr_t offset = H5Dget_offset(set);
    hssize_t points = space >= 0 ? H5Sget_simple_extent_npoints(space) : -1;

    if (offset != HADDR_UNDEF && points > 0)
        row->label = heap_texts(descriptor, offset, (size_t)points);
    row->size = row->label != NULL ? (size_t)points : 0;
    for (size_t i = 0; row->label != NULL && i < row->size; i++)
        digest_chain(row->digest[1], row->label[i], strlen(row->label[i]));
    if (space >= 0)
        H5Sclose(space);
    return row->label != NULL;
}

static bool
read_numbers(struct content_row *row, hid_t set, hid_t type)
{
    hid_t space = H5Dget_space(set);
    hssize_t points = space >= 0 ? H5Sget_simple_extent_npoints(space) : -1;
    size_t size = H5Tget_size(type);
    bool good = points >= 0 && size > 0 && points <= MOST_BYTES / (hssize_t)size;
    void *bytes = good ? calloc((size_t)points + 1, size) : NULL;

    good = bytes != NULL && H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes) >= 0;
    digest_chain(row->digest[1], bytes, good ? (size_t)points * size : 0);
    bool whole = good && H5Tequal(type, H5T_NATIVE_INT32) > 0;
    bool real = good && H5Tequal(type, H5T_NATIVE_DOUBLE) > 0;
    row->number = whole ? bytes : NULL;
    row->real = real ? bytes : NULL;
    row->size = whole || real ? (size_t)points : 0;
    if (!whole && !real)
        free(bytes);
    if (space >= 0)
        H5Sclose(space);
    return good;
}

/* What a coordinate or a text holds; the values of variables have digests of their own. */
static bool
read_held(struct content_row *row, hid_t set, int descriptor)
{
    hid_t type = H5Dget_type(set), properties = H5Dget_create_plist(set);
    bool good = type >= 0 && properties >= 0;

    if (good && H5Pget_layout(properties) != H5D_CHUNKED)
        good = H5Tis_variable_str(type) > 0 ? read_texts(row, set, descriptor)
                                            : read_numbers(row, set, type);
    if (properties >= 0)
        H5Pclose(properties);
    if (type >= 0)
        H5Tclose(type);
    return good;
}

hid_t
content_access(const char *path)
{
    hid_t access_list = H5Pcreate(H5P_FILE_ACCESS);

    H5Pset_file_locking(access_list, false, true);
    if (strncmp(path, UNNAMED, strlen(UNNAMED)) == 0)
        H5Pset_fapl_stdio(access_list);
    return access_list;
}

bool
content_is_variable(hid_t set, size_t entries, int most)
{
    hsize_t shape[H5S_MAX_RANK];
    hid_t space = H5Dget_space(set), properties = H5Dget_create_plist(set);
    int rank = space >= 0 ? H5Sget_simple_extent_ndims(space) : -1;
    bool yes = false;

    if (rank >= 2 && rank <= 1 + most && properties >= 0 &&
        H5Pget_layout(properties) == H5D_CHUNKED && H5DSis_scale(set) == 0) {
        H5Sget_simple_extent_dims(space, shape, NULL);
        yes = shape[0] == entries;
    }
    if (properties >= 0)
        H5Pclose(properties);
    if (space >= 0)
        H5Sclose(space);
    return yes;
}

static struct content_row *
add_row(struct content *content, const char *folder, const char *name)
{
    if (!array_room(content->row, content->room, content->rows + 1))
        return NULL;
    struct content_row *row = &content->row[content->rows++];
    *row = (struct content_row){.identifies = false};
    snprintf(row->name, sizeof row->name, "%s%s", folder, name);
    return row;
}

/* The row of OBJECT, which is called NAME in FOLDER ("" or "provenance/"). */
static bool
read_row(struct content *content, hid_t object, const char *folder, const char *name)
{
    struct content_row *row = add_row(content, folder, name);
    bool set = H5Iget_type(object) == H5I_DATASET;

    if (row == NULL)
        return false;
    digest_chain(row->digest[0], row->name, strlen(row->name));
    if (set && (!chain_shape(object, row->digest[0]) || !read_held(row, object, content->file)))
        return false;
    row->identifies = set && (folder[0] == '\0' || H5Aexists(object, INPUT) > 0);
    return H5Aiterate2(object, H5_INDEX_CRT_ORDER, H5_ITER_INC, NULL, read_attribute, row) >= 0;
}

static herr_t
read_link(hid_t group, const char *name, const H5L_info_t *info, void *context)
{
    struct content *content = context;
    hid_t object = H5Oopen(group, name, H5P_DEFAULT);
    bool good = object >= 0 && read_row(content, object, "", name);

    (void)info;
    if (object >= 0)
        H5Oclose(object);
    return good ? 0 : -1;
}

static herr_t
read_provenance_link(hid_t group, const char *name, const H5L_info_t *info, void *context)
{
    struct content *content = context;

    (void)info;
    if (strcmp(name, DIGESTS) == 0 || strcmp(name, CONTENT) == 0 || strcmp(name, SEAL) == 0)
        return 0;
    hid_t object = H5Oopen(group, name, H5P_DEFAULT);
    bool good = object >= 0 && read_row(content, object, PROVENANCE "/", name);
    if (object >= 0)
        H5Oclose(object);
    return good ? 0 : -1;
}

bool
content_read(struct content *content, hid_t file, int descriptor)
{
    *content = (struct content){.file = descriptor};
    hid_t root = H5Gopen2(file, "/", H5P_DEFAULT);
    hid_t group = H5Gopen2(file, PROVENANCE, H5P_DEFAULT);
    bool good = root >= 0 && group >= 0 && read_row(content, root, "", "/") &&
                H5Literate(root, H5_INDEX_CRT_ORDER, H5_ITER_INC, NULL, read_link, content) >= 0 &&
                H5Literate(group, H5_INDEX_CRT_ORDER, H5_ITER_INC, NULL, read_provenance_link,
                           content) >= 0;

    if (group >= 0)
        H5Gclose(group);
    if (root >= 0)
        H5Gclose(root);
    return good;
}

unsigned char *
content_digests(const struct content *content)
{
    unsigned char *digests = malloc(content->rows * 2 * DIGEST_SIZE + 1);

    for (size_t i = 0; digests != NULL && i < content->rows; i++)
        memcpy(digests + i * 2 * DIGEST_SIZE, content->row[i].digest, 2 * DIGEST_SIZE);
    return digests;
}

void
content_id(const struct content *content, const unsigned char *digests, size_t size,
           char id[DIGEST_TEXT])
{
    unsigned char digest[DIGEST_SIZE] = {0};

    for (size_t i = 0; i < content->rows; i++) {
        const struct content_row *row = &content->row[i];
        if (!row->identifies)
            continue;
        digest_chain(digest, row->name, strlen(row->name));
        digest_chain(digest, row->digest[1], DIGEST_SIZE);
    }
    digest_chain(digest, digests, size);
    digest_text(digest, id);
}

const struct content_row *
content_find(const struct content *content, const char *name)
{
    for (size_t i = 0; i < content->rows; i++)
        if (strcmp(content->row[i].name, name) == 0)
            return &content->row[i];
    return NULL;
}

const char *
content_text(const struct content_row *row, const char *name)
{
    for (size_t at = 0; at < row->texts_size;) {
        const char *found = row->texts + at, *text = found + strlen(found) + 1;
        if (strcmp(found, name) == 0)
            return text;
        at = (size_t)(text - row->texts) + strlen(text) + 1;
    }
    return NULL;
}

void
content_free(struct content *content)
{
    for (size_t i = 0; i < content->rows; i++) {
        free(content->row[i].texts);
        free(content->row[i].number);
        free(content->row[i].real);
        heap_free(content->row[i].label, content->row[i].size);
    }
    free(content->row);
    *content = (struct content){0};
}
