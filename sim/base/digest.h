#ifndef SIM_DIGEST_H
#define SIM_DIGEST_H
/* SHA-256 of bytes, of a chain of pieces, of a file. */

#include "error.h"
#include "library.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DIGEST_SIZE 32
#define DIGEST_TEXT (2 * DIGEST_SIZE + 1)

/* The SHA-256 of SIZE bytes; and as 64 hexadecimal digits. */
void digest_of(const void *bytes, size_t size, unsigned char digest[DIGEST_SIZE]);
void digest_text(const unsigned char digest[DIGEST_SIZE], char text[DIGEST_TEXT]);

/* DIGEST becomes that of itself and of SIZE more bytes: pieces in their order, each with its end.
 */
void digest_chain(unsigned char digest[DIGEST_SIZE], const void *bytes, size_t size);

/* The SHA-256 of the whole FILE (a descriptor), DIGEST_SIZE bytes from HOLE on taken as zeros;
 * false: it cannot be read. */
MUST_CHECK bool digest_file(int file, uint64_t hole, unsigned char digest[DIGEST_SIZE]);

/* nettle, behind this module. */
struct library digest_library(void);

#endif
