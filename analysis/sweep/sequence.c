#include "sequence.h"

#include "sim/engine/stream.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_qrng.h>
#include <stdbool.h>
#include <string.h>

int
sequence_sobol(double *u, size_t rows, size_t dimensions, struct error *err)
{
    gsl_error_handler_t *handler = gsl_set_error_handler_off();
    gsl_qrng *points = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)dimensions);

    gsl_set_error_handler(handler);
    if (points == NULL)
        return error_set(err, NO_MEMORY, "no memory for Sobol's sequence");
    memset(u, 0, dimensions * sizeof *u);
    for (size_t row = 1; row < rows; row++)
        gsl_qrng_get(points, u + row * dimensions);
    gsl_qrng_free(points);
    return OK;
}

/* The tree of beginnings is cut in subtrees of eight levels, each of whose 255 nodes has a bit of
 * one block of the generator, numbered as in a heap: 1 is the root, 2 i and 2 i + 1 are below i. */
enum { DIGITS = 32, LEVELS = 8 };

/* The stream of what follows the first DEPTH of DIGITS, a 1 before them to tell 01 from 001. */
static struct stream
open_beginning(uint64_t seed, size_t dimension, uint32_t digits, unsigned depth)
{
    uint64_t beginning = (uint64_t)1 << depth | (uint64_t)digits >> (DIGITS - depth);
    struct stream stream;

    stream_open(&stream, seed, dimension, 0,
                (struct stream_name){stream_text_name("sweep sobol"), beginning}, 0);
    return stream;
}

/* The eight digits after the first DEPTH, flipped or not. */
static uint32_t
flip_levels(uint32_t digits, unsigned depth, struct stream stream)
{
    uint64_t flips[4];
    uint32_t flipped = 0, node = 1;

    for (int i = 0; i < 4; i++)
        flips[i] = stream_next(&stream);
    for (unsigned level = 0; level < LEVELS; level++) {
        uint32_t digit = digits >> (DIGITS - 1 - depth - level) & 1;
        uint32_t flip = (uint32_t)(flips[node / 64] >> node % 64 & 1);
        flipped = flipped << 1 | (digit ^ flip);
        node = node << 1 | digit;
    }
    return flipped;
}

static double
scramble(double u, size_t dimension, uint64_t seed)
{
    uint32_t digits = (uint32_t)(u * 0x1p32);
    uint64_t scrambled = 0;

    for (unsigned depth = 0; depth < DIGITS; depth += LEVELS)
        scrambled = scrambled << LEVELS |
                    flip_levels(digits, depth, open_beginning(seed, dimension, digits, depth));
    struct stream behind = open_beginning(seed, dimension, digits, DIGITS);
    scrambled = scrambled << 20 | stream_next(&behind) >> 44;
    return ((double)scrambled + 0.5) * 0x1p-52;
}

void
sequence_scramble(double *u, size_t rows, size_t dimensions, uint64_t seed)
{
    for (size_t row = 0; row < rows; row++)
        for (size_t d = 0; d < dimensions; d++)
            u[row * dimensions + d] = scramble(u[row * dimensions + d], d, seed);
}

static bool
is_prime(uint64_t number)
{
    for (uint64_t divisor = 2; divisor * divisor <= number; divisor++)
        if (number % divisor == 0)
            return false;
    return true;
}

/* The digits of INDEX in BASE, mirrored behind the point. Both sides of the division are whole
 * numbers below 2^30 x 10,000, so that it alone is rounded. */
static double
radical_inverse(uint64_t index, uint64_t base)
{
    uint64_t mirrored = 0, power = 1;

    for (; index > 0; index /= base) {
        mirrored = mirrored * base + index % base;
        power *= base;
    }
    return (double)mirrored / (double)power;
}

void
sequence_halton(double *u, size_t rows, size_t dimensions)
{
    uint64_t prime = 1;

    for (size_t d = 0; d < dimensions; d++) {
        do
            prime++;
        while (!is_prime(prime));
        for (size_t row = 0; row < rows; row++)
            u[row * dimensions + d] = radical_inverse(row + 1, prime);
    }
}

/* What rounds to 1, or to 0 from it, is moved by the least that there is below 1. */
static double
add_modulo_one(double u, double shift)
{
    double sum = u + shift;

    if (sum >= 1)
        sum -= 1;
    return sum > 0 ? sum : 0x1p-53;
}

void
sequence_shift(double *u, size_t rows, size_t dimensions, uint64_t seed)
{
    for (size_t d = 0; d < dimensions; d++) {
        struct stream stream;
        stream_open(&stream, seed, d, 0, (struct stream_name){stream_text_name("sweep halton"), 0},
                    0);
        double shift = stream_uniform(&stream);
        for (size_t row = 0; row < rows; row++)
            u[row * dimensions + d] = add_modulo_one(u[row * dimensions + d], shift);
    }
}
