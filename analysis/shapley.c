#include "shapley.h"

#include "sim/engine/stream.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static uint64_t
one(size_t player)
{
    return UINT64_C(1) << player;
}

static uint64_t
everybody(size_t players)
{
    return one(players) - 1;
}

static int
by_number(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

    return a < b ? -1 : a > b;
}

/* Pair after pair: a random order and its reverse. */
static void
draw_orders(struct shapley *s, uint64_t seed)
{
    struct stream stream;
    size_t n = s->players;

    stream_open(&stream, seed, 0, 0, (struct stream_name){stream_text_name("attribute"), 0}, 0);
    gsl_rng random = stream_gsl(&stream);
    for (size_t o = 0; o < s->orders; o += 2) {
        uint8_t *order = s->order + o * n, *reverse = order + n;
        for (size_t i = 0; i < n; i++)
            order[i] = (uint8_t)i;
        gsl_ran_shuffle(&random, order, n, sizeof *order);
        for (size_t i = 0; i < n; i++)
            reverse[i] = order[n - 1 - i];
    }
}

/* The sets that orders pass through, and those of nobody, one, all but one and everybody. */
static void
list_sets(struct shapley *s)
{
    size_t n = s->players, count = 0, kept = 0;

    s->set[count++] = 0;
    s->set[count++] = everybody(n);
    for (size_t i = 0; i < n; i++) {
        s->set[count++] = one(i);
        s->set[count++] = everybody(n) - one(i);
    }
    for (size_t o = 0; o < s->orders; o++) {
        uint64_t before = 0;
        for (size_t i = 0; i < n; i++)
            s->set[count++] = before |= one(s->order[o * n + i]);
    }
    qsort(s->set, count, sizeof *s->set, by_number);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || s->set[i] != s->set[kept - 1])
            s->set[kept++] = s->set[i];
    s->sets = kept;
}

int
shapley_create(struct shapley *s, size_t players, size_t orders, uint64_t seed, struct error *err)
{
    *s = (struct shapley){.players = players, .orders = orders + orders % 2};
    size_t room = orders == 0 ? one(players) : 2 + players * (2 + s->orders);

    s->set = calloc(room, sizeof *s->set);
    s->order = calloc(s->orders * players + 1, sizeof *s->order);
    if (s->set == NULL || s->order == NULL)
        return error_set(err, NO_MEMORY, "no memory for the sets of %zu", players);
    if (orders > 0) {
        draw_orders(s, seed);
        list_sets(s);
        return OK;
    }
    s->sets = room;
    for (size_t i = 0; i < room; i++)
        s->set[i] = i;
    return OK;
}

void
shapley_free(struct shapley *s)
{
    free(s->set);
    free(s->order);
    *s = (struct shapley){0};
}

size_t
shapley_index(const struct shapley *s, uint64_t set)
{
    const uint64_t *found = bsearch(&set, s->set, s->sets, sizeof *s->set, by_number);

    return found != NULL ? (size_t)(found - s->set) : SIZE_MAX;
}

static int64_t
factorial(size_t n)
{
    return n < 2 ? 1 : (int64_t)n * factorial(n - 1);
}

int64_t
shapley_divisor(const struct shapley *s)
{
    return s->orders > 0 ? (int64_t)s->orders : factorial(s->players);
}

/* What each player adds to each set without them, weighted by how many orders come so. */
static void
share_of_all(const struct shapley *s, const int64_t *value, shapley_wide *share)
{
    size_t n = s->players;

    for (uint64_t set = 0; set < everybody(n); set++) {
        size_t size = (size_t)__builtin_popcountll(set);
        int64_t weight = factorial(size) * factorial(n - 1 - size);
        for (size_t i = 0; i < n; i++)
            if (!(set & one(i)))
                share[i] += (shapley_wide)weight * (value[set | one(i)] - value[set]);
    }
}

static void
share_of_orders(const struct shapley *s, const int64_t *value, shapley_wide *share)
{
    size_t n = s->players;

    for (size_t o = 0; o < s->orders; o++) {
        uint64_t before = 0;
        for (size_t i = 0; i < n; i++) {
            size_t player = s->order[o * n + i];
            uint64_t with = before | one(player);
            share[player] += value[shapley_index(s, with)] - value[shapley_index(s, before)];
            before = with;
        }
    }
}

void
shapley_split(const struct shapley *s, const int64_t *value, int64_t *alone, int64_t *last,
              shapley_wide *share)
{
    size_t n = s->players;
    uint64_t all = everybody(n);

    memset(share, 0, n * sizeof *share);
    for (size_t i = 0; i < n; i++) {
        alone[i] = value[shapley_index(s, one(i))] - value[shapley_index(s, 0)];
        last[i] = value[shapley_index(s, all)] - value[shapley_index(s, all - one(i))];
    }
    if (s->orders > 0)
        share_of_orders(s, value, share);
    else
        share_of_all(s, value, share);
}

/* What PLAYER adds in order O. */
static double
added(const struct shapley *s, const double *value, size_t o, size_t player)
{
    uint64_t before = 0;
    size_t i = o * s->players;

    for (; s->order[i] != player; i++)
        before |= one(s->order[i]);
    return value[shapley_index(s, before | one(player))] - value[shapley_index(s, before)];
}

void
shapley_error(const struct shapley *s, const double *value, double *error)
{
    size_t pairs = s->orders / 2;
    double *pair = calloc(pairs + 1, sizeof *pair);

    for (size_t i = 0; i < s->players; i++) {
        for (size_t p = 0; pair != NULL && p < pairs; p++)
            pair[p] = (added(s, value, 2 * p, i) + added(s, value, 2 * p + 1, i)) / 2;
        error[i] = pairs == 0 ? 0
                   : pairs == 1 || pair == NULL
                       ? NAN
                       : gsl_stats_sd(pair, 1, pairs) / sqrt((double)pairs);
    }
    free(pair);
}
