#include "trajectory.h"

#include "sim/engine/stream.h"

#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

/* From one point on to the next, in the order of MOVED: a level in the lower half rises, one in the
 * upper half falls. A random level thus is a random base and a random direction. */
static void
walk(int32_t *level, const int32_t *moved, size_t factors, int32_t step)
{
    for (size_t i = 1; i <= factors; i++) {
        int32_t *point = level + i * factors;
        memcpy(point, point - factors, factors * sizeof *point);
        point[moved[i]] += point[moved[i]] < step ? step : -step;
    }
}

int
trajectory_draw(int32_t *level, int32_t *moved, size_t count, size_t factors, size_t levels,
                uint64_t seed, struct error *err)
{
    int32_t *order = calloc(factors, sizeof *order);

    if (order == NULL)
        return error_set(err, NO_MEMORY, "no memory for trajectories of %zu factors", factors);
    for (size_t t = 0; t < count; t++) {
        struct stream stream;
        stream_open(&stream, seed, 0, 0, (struct stream_name){stream_text_name("sweep morris"), t},
                    0);
        gsl_rng random = stream_gsl(&stream);
        for (size_t j = 0; j < factors; j++) {
            level[j] = (int32_t)gsl_rng_uniform_int(&random, levels);
            order[j] = (int32_t)j;
        }
        gsl_ran_shuffle(&random, order, factors, sizeof *order);
        moved[0] = -1;
        memcpy(moved + 1, order, factors * sizeof *order);
        walk(level, moved, factors, (int32_t)(levels / 2));
        level += (factors + 1) * factors;
        moved += factors + 1;
    }
    free(order);
    return OK;
}
