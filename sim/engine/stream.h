#ifndef SIM_STREAM_H
#define SIM_STREAM_H
/* Random streams that are named, not shared: what a person draws depends on who she is and what is
 * drawn, never on what happened to others or on which thread ran first. The generator is Philox
 * 4x64-10, counter-based (Salmon, Moraes, Dror and Shaw 2011), from Random123. The whole name is
 * the key and the upper counter, so two names never share a number: nothing is hashed. */

#include <gsl/gsl_rng.h>
#include <stdint.h>

/* Who draws: a source (say, an arrival process) and a number in it. */
struct stream_name {
    uint64_t source;
    uint64_t number;
};

struct stream {
    uint64_t key[2];     /* seed; replication */
    uint64_t counter[4]; /* block; purpose and which time; source; number */
    uint64_t block[4];   /* the last block drawn */
    unsigned used;       /* how many of it are spent */
};

/* Start the stream (SEED, REPLICATION, PURPOSE, WHO, TIME); TIME counts how often WHO has come to
 * this purpose. Costs no draw. */
void stream_open(struct stream *stream, uint64_t seed, uint64_t replication, uint32_t purpose,
                 struct stream_name who, uint32_t time);

void stream_refill(struct stream *stream);

/* 64 random bits. */
static inline uint64_t
stream_next(struct stream *stream)
{
    if (stream->used == 4)
        stream_refill(stream);
    return stream->block[stream->used++];
}

/* Uniform in [0, 1), a multiple of 2^-53. */
static inline double
stream_uniform(struct stream *stream)
{
    return (double)(stream_next(stream) >> 11) * 0x1p-53;
}

/* Uniform in (0, 1): never 0 and never 1. */
static inline double
stream_uniform_open(struct stream *stream)
{
    return ((double)(stream_next(stream) >> 12) + 0.5) * 0x1p-52;
}

/* Exponential with mean 1, by a ziggurat of 256 layers (Marsaglia and Tsang 2000). */
double stream_exponential(struct stream *stream);

/* The same stream as a GSL generator: gsl_rng rng = stream_gsl(&stream). */
extern const gsl_rng_type stream_gsl_type;

static inline gsl_rng
stream_gsl(struct stream *stream)
{
    return (gsl_rng){.type = &stream_gsl_type, .state = stream};
}

/* A 64-bit name for a text (FNV-1a), so that a source is named by what it is called in the scenario
 * and not by its position in a list. */
uint64_t stream_text_name(const char *text);

/* The name of a longer text: that of "ab" is stream_text_more(stream_text_name("a"), "b"). */
uint64_t stream_text_more(uint64_t name, const char *text);

#endif
