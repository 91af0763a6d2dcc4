#include "tests/support.h"

#include "sim/engine/portable_math.h"
#include "sim/engine/stream.h"

#include <Random123/philox.h>

/* Random123 1.14, tests/kat_vectors: philox4x64, 10 rounds. The name of a stream is laid out as
 * counter = block, purpose:time, source, number and key = seed, replication. */
static void
philox_gives_the_published_vectors(void **state)
{
    static const uint64_t vectors[3][10] = {
        {0, 0, 0, 0, 0, 0, 0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b,
         0x7e68b68aec7ba23b},
        {0xffffffffffffffff, 0xffffffffffffffff, 0xffffffffffffffff, 0xffffffffffffffff,
         0xffffffffffffffff, 0xffffffffffffffff, 0x87b092c3013fe90b, 0x438c3c67be8d0224,
         0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0},
        {0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89,
         0x452821e638d01377, 0xbe5466cf34e90c6c, 0xa528f45403e61d95, 0x38c72dbd566e9788,
         0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6}};

    (void)state;
    for (int i = 0; i < 3; i++) {
        const uint64_t *v = vectors[i];
        struct stream stream;
        stream_open(&stream, v[4], v[5], (uint32_t)(v[1] >> 32), (struct stream_name){v[2], v[3]},
                    (uint32_t)v[1]);
        stream.counter[0] = v[0];
        for (int word = 0; word < 4; word++)
            assert_true(stream_next(&stream) == v[6 + word]);
    }
}

static void
each_part_of_the_name_gives_another_stream(void **state)
{
    struct stream base, other[5];
    struct stream_name who = {7, 8};

    (void)state;
    stream_open(&base, 1, 2, 3, who, 4);
    stream_open(&other[0], 9, 2, 3, who, 4);
    stream_open(&other[1], 1, 9, 3, who, 4);
    stream_open(&other[2], 1, 2, 9, who, 4);
    stream_open(&other[3], 1, 2, 3, (struct stream_name){7, 9}, 4);
    stream_open(&other[4], 1, 2, 3, who, 9);
    uint64_t first = stream_next(&base);
    for (int i = 0; i < 5; i++)
        assert_true(stream_next(&other[i]) != first);
}

/* Mean 1, variance 1, third moment 6; P(X > x) = exp(-x) also in the tail that the ziggurat draws
 * apart (x > 7.697). n = 4e6; bounds are 5 standard errors. */
static void
the_ziggurat_draws_an_exponential(void **state)
{
    const int n = 4000000;
    double sum = 0, square = 0, cube = 0;
    int above[4] = {0};
    const double level[4] = {0.1, 1, 5, 8};
    struct stream stream;

    (void)state;
    stream_open(&stream, 42, 0, 0, (struct stream_name){0, 0}, 0);
    for (int i = 0; i < n; i++) {
        double x = stream_exponential(&stream);
        sum += x;
        square += x * x;
        cube += x * x * x;
        for (int j = 0; j < 4; j++)
            above[j] += x > level[j];
    }
    assert_near(sum / n, 1, 5 * sqrt(1.0 / n));
    assert_near(square / n, 2, 5 * sqrt((24.0 - 4) / n));
    assert_near(cube / n, 6, 5 * sqrt((720.0 - 36) / n));
    for (int j = 0; j < 4; j++) {
        double p = exp(-level[j]);
        assert_near((double)above[j] / n, p, 5 * sqrt(p * (1 - p) / n));
    }
}

static void
uniforms_stay_inside_their_ends(void **state)
{
    struct stream stream;
    double sum = 0;

    (void)state;
    stream_open(&stream, 1, 0, 0, (struct stream_name){0, 0}, 0);
    for (int i = 0; i < 1000000; i++) {
        double closed = stream_uniform(&stream), open = stream_uniform_open(&stream);
        assert_true(closed >= 0 && closed < 1 && open > 0 && open < 1);
        sum += closed;
    }
    assert_near(sum / 1e6, 0.5, 5 * sqrt(1 / 12.0 / 1e6));
}

/* What stands for the C library's functions (portable_math.c) against values to 16 digits from
 * tables (Abramowitz and Stegun 1964, chapter 4): within two units of the last place. */
static void
elementary_functions_agree_with_tables(void **state)
{
    static const struct {
        double (*function)(double);
        double x, value;
    } rows[] = {
        {log, 2, 0.6931471805599453},          {log1p, 1, 0.6931471805599453},
        {log2, 10, 3.321928094887362},         {log10, 2, 0.3010299956639812},
        {exp, 1, 2.718281828459045},           {expm1, 1, 1.718281828459045},
        {sin, 1, 0.8414709848078965},          {cos, 1, 0.5403023058681398},
        {tan, 1, 1.557407724654902},           {asin, 0.5, 0.5235987755982989},
        {acos, 0.5, 1.047197551196598},        {atan, 1, 0.7853981633974483},
        {sinh, 1, 1.175201193643801},          {cosh, 1, 1.543080634815244},
        {tanh, 1, 0.7615941559557649},         {asinh, 1, 0.8813735870195430},
        {acosh, 2, 1.316957896924817},         {atanh, 0.5, 0.5493061443340548},
        {portable_log, 2, 0.6931471805599453}, {portable_log1p, 1, 0.6931471805599453},
        {portable_exp, 1, 2.718281828459045},  {portable_expm1, 1, 1.718281828459045},
    };
    volatile double two = 2, half = 0.5, one = 1;
    double sine, cosine;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_near(rows[i].function(rows[i].x), rows[i].value, 4.5e-16 * fmax(1, rows[i].value));
    assert_near(pow(two, half), 1.414213562373095, 4.5e-16);
    assert_near(portable_pow(two, half), 1.414213562373095, 4.5e-16);
    assert_near(atan2(one, -one), 2.356194490192345, 9e-16);
    assert_near(hypot(3 * one, 4 * one), 5, 0);
    sincos(one, &sine, &cosine);
    assert_near(sine, 0.8414709848078965, 4.5e-16);
    assert_near(cosine, 0.5403023058681398, 4.5e-16);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elementary_functions_agree_with_tables),
        cmocka_unit_test(philox_gives_the_published_vectors),
        cmocka_unit_test(each_part_of_the_name_gives_another_stream),
        cmocka_unit_test(the_ziggurat_draws_an_exponential),
        cmocka_unit_test(uniforms_stay_inside_their_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
