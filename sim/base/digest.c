#include "digest.h"

#include <nettle/sha2.h>
#include <nettle/version.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
digest_of(const void *bytes, size_t size, unsigned char digest[DIGEST_SIZE])
{
    struct sha256_ctx sha;

    sha256_init(&sha);
    sha256_update(&sha, size, bytes);
    sha256_digest(&sha, DIGEST_SIZE, digest);
}

void
digest_text(const unsigned char digest[DIGEST_SIZE], char text[DIGEST_TEXT])
{
    for (int i = 0; i < DIGEST_SIZE; i++)
        snprintf(text + 2 * i, 3, "%02x", digest[i]);
}

void
digest_chain(unsigned char digest[DIGEST_SIZE], const void *bytes, size_t size)
{
    unsigned char both[2 * DIGEST_SIZE];

    memcpy(both, digest, DIGEST_SIZE);
    digest_of(bytes, size, both + DIGEST_SIZE);
    digest_of(both, sizeof both, digest);
}

#define PIECE ((size_t)1 << 18)

/* Bytes AT to AT + SIZE of a file, of which those of the hole become zeros. */
static void
fill_hole(unsigned char *bytes, uint64_t at, size_t size, uint64_t hole)
{
    for (uint64_t i = hole; i < hole + DIGEST_SIZE; i++)
        if (i >= at && i - at < size)
            bytes[i - at] = 0;
}

bool
digest_file(int file, uint64_t hole, unsigned char digest[DIGEST_SIZE])
{
    unsigned char *bytes = malloc(PIECE);
    struct sha256_ctx sha;
    ssize_t got = -1;

    sha256_init(&sha);
    for (uint64_t at = 0; bytes != NULL; at += (uint64_t)got) {
        got = pread(file, bytes, PIECE, (off_t)at);
        if (got <= 0)
            break;
        fill_hole(bytes, at, (size_t)got, hole);
        sha256_update(&sha, (size_t)got, bytes);
    }
    sha256_digest(&sha, DIGEST_SIZE, digest);
    free(bytes);
    return got == 0;
}

struct library
digest_library(void)
{
    struct library library = {.name = "nettle"};

    snprintf(library.version, sizeof library.version, "%d.%d", nettle_version_major(),
             nettle_version_minor());
    return library;
}
