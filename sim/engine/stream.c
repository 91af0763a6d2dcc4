#include "stream.h"

#include "portable_math.h"

#include <Random123/philox.h>
#include <string.h>

void
stream_open(struct stream *stream, uint64_t seed, uint64_t replication, uint32_t purpose,
            struct stream_name who, uint32_t time)
{
    stream->key[0] = seed;
    stream->key[1] = replication;
    stream->counter[0] = 0;
    stream->counter[1] = (uint64_t)purpose << 32 | time;
    stream->counter[2] = who.source;
    stream->counter[3] = who.number;
    stream->used = 4;
}

void
stream_refill(struct stream *stream)
{
    philox4x64_key_t key = {{stream->key[0], stream->key[1]}};
    philox4x64_ctr_t counter = {
        {stream->counter[0], stream->counter[1], stream->counter[2], stream->counter[3]}};
    philox4x64_ctr_t random = philox4x64(counter, key);

    memcpy(stream->block, random.v, sizeof stream->block);
    stream->counter[0]++;
    stream->used = 0;
}

/* The ziggurat: 255 strips of equal area under exp(-x) and a base strip that holds the tail beyond
 * TAIL. edge[i] is the right end of strip i, height[i] = exp(-edge[i]); strip 0 is the base, drawn
 * as if it reached AREA / height. The constants are those of 256 layers. */
#define LAYERS 256
#define TAIL   7.69711747013104972
#define AREA   0.0039496598225815571993

static struct {
    double edge[LAYERS + 1];
    double height[LAYERS + 1];
    uint64_t inside[LAYERS]; /* 56-bit fractions below this lie wholly under the curve */
    double scale[LAYERS];    /* fraction to x */
} ziggurat;

__attribute__((constructor)) static void
ziggurat_prepare(void)
{
    ziggurat.edge[0] = AREA / portable_exp(-TAIL);
    ziggurat.edge[1] = TAIL;
    for (int i = 2; i < LAYERS; i++) {
        double below = ziggurat.edge[i - 1];
        ziggurat.edge[i] = -portable_log(AREA / below + portable_exp(-below));
    }
    ziggurat.edge[LAYERS] = 0.0;
    for (int i = 0; i <= LAYERS; i++)
        ziggurat.height[i] = portable_exp(-ziggurat.edge[i]);
    for (int i = 0; i < LAYERS; i++) {
        ziggurat.inside[i] = (uint64_t)(ziggurat.edge[i + 1] / ziggurat.edge[i] * 0x1p56);
        ziggurat.scale[i] = ziggurat.edge[i] * 0x1p-56;
    }
}

double
stream_exponential(struct stream *stream)
{
    for (;;) {
        uint64_t bits = stream_next(stream);
        unsigned layer = bits & (LAYERS - 1);
        uint64_t fraction = bits >> 8;
        double x = (double)fraction * ziggurat.scale[layer];

        if (fraction < ziggurat.inside[layer])
            return x;
        if (layer == 0)
            return TAIL - portable_log(stream_uniform_open(stream));
        double low = ziggurat.height[layer], high = ziggurat.height[layer + 1];
        if (low + stream_uniform(stream) * (high - low) < portable_exp(-x))
            return x;
    }
}

static void
gsl_set_nothing(void *state, unsigned long seed)
{
    (void)state;
    (void)seed;
}

static unsigned long
gsl_get(void *state)
{
    return stream_next(state) >> 32;
}

static double
gsl_get_double(void *state)
{
    return stream_uniform(state);
}

const gsl_rng_type stream_gsl_type = {
    .name = "philox4x64-10",
    .max = 0xffffffff,
    .min = 0,
    .size = sizeof(struct stream),
    .set = gsl_set_nothing,
    .get = gsl_get,
    .get_double = gsl_get_double,
};

uint64_t
stream_text_more(uint64_t name, const char *text)
{
    for (; *text != '\0'; text++)
        name = (name ^ (unsigned char)*text) * 0x100000001b3;
    return name;
}

uint64_t
stream_text_name(const char *text)
{
    return stream_text_more(0xcbf29ce484222325, text);
}
