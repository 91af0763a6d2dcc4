#ifndef SIM_HEAP_H
#define SIM_HEAP_H
/* Texts of variable length out of an HDF5 file, read from its bytes. The library keeps them in its
 * global heap, where a damaged length can keep it from coming back; here each length is held
 * against the file's. Layout: HDF5 File Format Specification 3.0, III.E (global heap) and IV.B
 * (variable-length elements: length, address of the heap's collection, index in it; 8-byte
 * addresses). */

#include "sim/base/error.h"

#include <stddef.h>
#include <stdint.h>

/* The COUNT texts whose elements lie at OFFSET of FILE (a descriptor), each ended by a zero; NULL:
 * no memory, or the file is damaged there. Free by heap_free. */
MUST_CHECK char **heap_texts(int file, uint64_t offset, size_t count);
void heap_free(char **texts, size_t count);

#endif
