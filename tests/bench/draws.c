/* Philox and the distributions beside the cheapest generator there is, a xorshift. */

#include "bench.h"

#include "sim/engine/distribution.h"
#include "sim/engine/stream.h"

#include <stdio.h>

#define DRAWS (bench_quick ? 1000000 : 5000000)

static uint64_t xorshift_state = 88172645463325252ull;
static volatile double sink;

/* Marsaglia 2003. */
static double
xorshift(void)
{
    xorshift_state ^= xorshift_state << 13;
    xorshift_state ^= xorshift_state >> 7;
    xorshift_state ^= xorshift_state << 17;
    return (double)(xorshift_state >> 11) * 0x1p-53;
}

static void
bench_generator(void)
{
    double bare[MOST_REPEATS], uniform[MOST_REPEATS], exponential[MOST_REPEATS];
    struct stream stream;

    stream_open(&stream, 1, 0, 0, (struct stream_name){0, 0}, 0);
    for (int i = 0; i < bench_repeats; i++) {
        double sum = 0, start = cpu_seconds();
        for (int n = 0; n < DRAWS; n++)
            sum += xorshift();
        bare[i] = (cpu_seconds() - start) / DRAWS * 1e9;
        start = cpu_seconds();
        for (int n = 0; n < DRAWS; n++)
            sum += stream_uniform(&stream);
        uniform[i] = (cpu_seconds() - start) / DRAWS * 1e9;
        start = cpu_seconds();
        for (int n = 0; n < DRAWS; n++)
            sum += stream_exponential(&stream);
        exponential[i] = (cpu_seconds() - start) / DRAWS * 1e9;
        sink = sum;
    }
    bench_pair("Philox uniform beside a xorshift", "ns", bare, uniform, "");
    bench_pair("exponential by ziggurat beside a xorshift", "ns", bare, exponential,
               "3 ns on its own");
}

static void
bench_distribution(const char *name, enum distribution_kind kind, const double *parameter)
{
    double bare[MOST_REPEATS], own[MOST_REPEATS];
    struct distribution distribution = {0};
    struct stream stream;
    struct error err = {0};
    char text[80];

    if (distribution_make(&distribution, kind, parameter, &err) != OK) {
        printf("%s: %s\n", name, err.message);
        return;
    }
    stream_open(&stream, 1, 0, 0, (struct stream_name){0, 0}, 0);
    for (int i = 0; i < bench_repeats; i++) {
        double sum = 0, start = cpu_seconds();
        for (int n = 0; n < DRAWS; n++)
            sum += xorshift();
        bare[i] = (cpu_seconds() - start) / DRAWS * 1e9;
        start = cpu_seconds();
        for (int n = 0; n < DRAWS; n++)
            sum += distribution_draw(&distribution, &stream);
        own[i] = (cpu_seconds() - start) / DRAWS * 1e9;
        sink = sum;
    }
    snprintf(text, sizeof text, "%s beside a xorshift", name);
    bench_pair(text, "ns", bare, own, "");
}

void
bench_draws(void)
{
    bench_generator();
    bench_distribution("lognormal", DIST_LOGNORMAL, (const double[]){100, 0.9});
    bench_distribution("gamma", DIST_GAMMA, (const double[]){100, 0.8});
    bench_distribution("Weibull", DIST_WEIBULL, (const double[]){100, 0.7});
    bench_distribution("hyperexponential", DIST_HYPEREXPONENTIAL, (const double[]){100, 2});
    bench_distribution("uniform", DIST_UNIFORM, (const double[]){50, 150});
    bench_distribution("triangular", DIST_TRIANGULAR, (const double[]){50, 80, 150});
}
