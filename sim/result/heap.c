#include "heap.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ELEMENT_SIZE 16 /* in a dataset: length 4, address 8, index 4 */
#define HEADER_SIZE  16 /* of a collection: "GCOL", version, 3 unused, size 8 */
#define OBJECT_SIZE  16 /* before an object's bytes: index 2, references 2, 4 unused, size 8 */

/* The collection that was read last: neighbours lie in the same, most one behind the other. */
struct collection {
    uint64_t address, size;
    uint64_t next; /* behind the object that was found last */
    unsigned char *bytes;
};

struct heap {
    int file;
    uint64_t file_size, left; /* bytes that texts may still have, all together */
    struct collection collection;
};

static uint64_t
little_endian(const unsigned char *bytes, int size)
{
    uint64_t value = 0;

    for (int i = size; i-- > 0;)
        value = value << 8 | bytes[i];
    return value;
}

static bool
read_at(const struct heap *heap, void *bytes, uint64_t size, uint64_t offset)
{
    return offset <= heap->file_size && size <= heap->file_size - offset &&
           pread(heap->file, bytes, (size_t)size, (off_t)offset) == (ssize_t)size;
}

static bool
read_collection(struct heap *heap, uint64_t address)
{
    unsigned char header[HEADER_SIZE];
    struct collection *collection = &heap->collection;

    if (collection->bytes != NULL && collection->address == address)
        return true;
    free(collection->bytes);
    *collection = (struct collection){.address = address, .next = HEADER_SIZE};
    if (!read_at(heap, header, sizeof header, address) || memcmp(header, "GCOL\1", 5) != 0)
        return false;
    collection->size = little_endian(header + 8, 8);
    if (collection->size > heap->file_size)
        return false;
    collection->bytes = malloc((size_t)collection->size + 1);
    if (collection->bytes == NULL || !read_at(heap, collection->bytes, collection->size, address)) {
        free(collection->bytes);
        collection->bytes = NULL;
        return false;
    }
    return true;
}

/* Object INDEX among those from AT on; NULL: it is not there. Objects follow one another, padded to
 * 8 bytes; index 0 is the free space at the end. */
static const unsigned char *
find_from(struct collection *collection, uint64_t at, uint64_t index, uint64_t *size)
{
    while (at + OBJECT_SIZE <= collection->size) {
        const unsigned char *object = collection->bytes + at;
        uint64_t number = little_endian(object, 2);
        *size = little_endian(object + 8, 8);
        if (number == 0 || *size > collection->size - at - OBJECT_SIZE)
            return NULL;
        at += OBJECT_SIZE + (*size + 7) / 8 * 8;
        if (number == index) {
            collection->next = at;
            return object + OBJECT_SIZE;
        }
    }
    return NULL;
}

/* The LENGTH bytes of object INDEX of the collection; NULL: it has none of that length. */
static const unsigned char *
find_object(struct collection *collection, uint64_t index, uint64_t length)
{
    uint64_t size = 0;
    const unsigned char *object = find_from(collection, collection->next, index, &size);

    if (object == NULL)
        object = find_from(collection, HEADER_SIZE, index, &size);
    return object != NULL && length <= size ? object : NULL;
}

static char *
read_text(struct heap *heap, const unsigned char *element)
{
    uint64_t length = little_endian(element, 4);
    const unsigned char *bytes = NULL;

    if (length > heap->left)
        return NULL;
    if (length > 0 && read_collection(heap, little_endian(element + 4, 8)))
        bytes = find_object(&heap->collection, little_endian(element + 12, 4), length);
    if (length > 0 && bytes == NULL)
        return NULL;
    char *text = malloc((size_t)length + 1);
    if (text != NULL) {
        if (length > 0)
            memcpy(text, bytes, (size_t)length);
        text[length] = '\0';
        heap->left -= length;
    }
    return text;
}

char **
heap_texts(int file, uint64_t offset, size_t count)
{
    struct heap heap = {.file = file};
    struct stat status;
    bool good = fstat(file, &status) == 0 && count <= (uint64_t)status.st_size / ELEMENT_SIZE;
    unsigned char *elements = good ? malloc(count * ELEMENT_SIZE + 1) : NULL;
    char **texts = good ? calloc(count + 1, sizeof *texts) : NULL;

    if (good)
        heap.file_size = heap.left = (uint64_t)status.st_size;
    good =
        elements != NULL && texts != NULL && read_at(&heap, elements, count * ELEMENT_SIZE, offset);
    for (size_t i = 0; i < count && good; i++)
        good = (texts[i] = read_text(&heap, elements + i * ELEMENT_SIZE)) != NULL;
    free(heap.collection.bytes);
    free(elements);
    if (!good) {
        heap_free(texts, count);
        return NULL;
    }
    return texts;
}

void
heap_free(char **texts, size_t count)
{
    for (size_t i = 0; texts != NULL && i < count; i++)
        free(texts[i]);
    free(texts);
}
