/* mutate RESULT.h5 COUNT SEED FOLDER: damaged copies of a result, each read in a process of its
 * own. A copy is to be refused, or to be read with the same values, labels and texts; and verify
 * finds each that has another byte. A change that nobody notices is a failure, and so is a crash.
 * One inside the HDF5 library is listed with its mutation. */

#include "analysis/difference.h"

#include <dlfcn.h>
#include <execinfo.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum mutation { FLIP_BITS, TRUNCATE, SWAP_CHUNKS, ZERO_RUN, MUTATIONS };
static const char *const names[] = {"flipped bits", "truncated", "swapped pieces", "zeroed run"};

static uint64_t state;

/* Vigna's splitmix64. */
static uint64_t
next_number(void)
{
    uint64_t z = state += 0x9e3779b97f4a7c15u;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static size_t
below(size_t most)
{
    return (size_t)(next_number() % most);
}

/* Damage BYTES of SIZE; returns the new size. */
static size_t
damage(unsigned char *bytes, size_t size, enum mutation mutation)
{
    size_t piece = 1 + below(512), a = below(size - piece), b = below(size - piece);

    switch (mutation) {
    case FLIP_BITS:
        for (size_t n = 1 + below(8); n > 0; n--)
            bytes[below(size)] ^= (unsigned char)(1 << below(8));
        return size;
    case TRUNCATE:
        return below(size);
    case SWAP_CHUNKS:
        for (size_t i = 0; i < piece; i++) {
            unsigned char swap = bytes[a + i];
            bytes[a + i] = bytes[b + i];
            bytes[b + i] = swap;
        }
        return size;
    default:
        memset(bytes + a, 0, piece);
        return size;
    }
}

/* In a child: 0 the same values and verify finds the change, 1 it is not noticed, 2 refused. */
static int
read_copy(const char *good_path, const char *path)
{
    struct store *good, *copy;
    struct difference difference;
    struct error err = {0};

    alarm(5);
    if (store_open(&good, good_path, &err) != OK)
        return 3;
    if (store_open(&copy, path, &err) != OK)
        return 2;
    int status = difference_find(good, copy, false, &difference, &err);
    if (status == OK && store_verify(copy, &err) == OK) {
        snprintf(difference.first, sizeof difference.first, "verify finds nothing");
        status = DIFFERENT;
    } else if (status == OK && difference.inputs[0] != '\0') {
        status = DIFFERENT;
        memcpy(difference.first, difference.inputs, sizeof difference.inputs);
    }
    store_close(copy);
    store_close(good);
    if (status == DIFFERENT)
        fprintf(stderr, "%s\n", difference.first);
    return status == OK ? 0 : status == DIFFERENT ? 1 : 2;
}

enum { CRASHED_IN_HDF5 = 10, STUCK_IN_HDF5, CRASHED_OUTSIDE };

/* A signal came: whose is the innermost call? The first two are this handler and the system's; what
 * the C library or zlib was asked for is the asker's. */
static void
on_crash(int number)
{
    void *frames[12];
    int count = backtrace(frames, 12);
    Dl_info info;

    for (int i = 2; i < count; i++) {
        if (dladdr(frames[i], &info) == 0 || info.dli_fname == NULL ||
            strstr(info.dli_fname, "/libc.") != NULL || strstr(info.dli_fname, "/libz.") != NULL)
            continue;
        if (strstr(info.dli_fname, "libhdf5") == NULL)
            break;
        _exit(number == SIGALRM ? STUCK_IN_HDF5 : CRASHED_IN_HDF5);
    }
    _exit(CRASHED_OUTSIDE);
}

static void
catch_crashes(void)
{
    static const int signals[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGALRM};
    static char memory[1 << 16];
    stack_t stack = {.ss_sp = memory, .ss_size = sizeof memory};
    struct sigaction action = {.sa_handler = on_crash, .sa_flags = SA_ONSTACK};
    void *first[1];

    backtrace(first, 1); /* it loads a library the first time */
    sigaltstack(&stack, NULL);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        sigaction(signals[i], &action, NULL);
}

int
main(int argc, char **argv)
{
    if (argc != 5)
        return 2;
    FILE *file = fopen(argv[1], "rb");
    char path[4200];
    long count = atol(argv[2]), said[3] = {0}, crashed = 0;
    size_t size = 0, room = 64u << 20;
    unsigned char *good = malloc(room), *copy = malloc(room);

    state = strtoull(argv[3], NULL, 10);
    snprintf(path, sizeof path, "%s/mutated.h5", argv[4]);
    if (file == NULL || good == NULL || copy == NULL || (size = fread(good, 1, room, file)) < 4096)
        return 3;
    fclose(file);
    for (long i = 0; i < count; i++) {
        enum mutation mutation = (enum mutation)(i % MUTATIONS);
        memcpy(copy, good, size);
        size_t now = damage(copy, size, mutation);
        if (now == size && memcmp(copy, good, size) == 0)
            continue; /* zeros over zeros */
        file = fopen(path, "wb");
        if (file == NULL || fwrite(copy, 1, now, file) != now || fclose(file) != 0)
            return 3;
        fflush(stdout);
        pid_t child = fork();
        if (child == 0) {
            catch_crashes();
            _exit(read_copy(argv[1], path));
        }
        int status = 0;
        waitpid(child, &status, 0);
        if (WIFSIGNALED(status) || WEXITSTATUS(status) == CRASHED_OUTSIDE) {
            said[1]++;
            printf("mutation %ld (%s): the program crashes\n", i, names[mutation]);
        } else if (WEXITSTATUS(status) == CRASHED_IN_HDF5 || WEXITSTATUS(status) == STUCK_IN_HDF5) {
            crashed++;
            printf("mutation %ld (%s): the HDF5 library %s\n", i, names[mutation],
                   WEXITSTATUS(status) == STUCK_IN_HDF5 ? "does not come back" : "crashes");
        } else if (WEXITSTATUS(status) < 3) {
            said[WEXITSTATUS(status)]++;
            if (WEXITSTATUS(status) == 1)
                printf("mutation %ld (%s): it is not noticed\n", i, names[mutation]);
        }
    }
    unlink(path);
    printf(
        "%ld mutations: %ld refused, %ld the same values, %ld other values, %ld crashes in HDF5\n",
        count, said[2], said[0], said[1], crashed);
    return said[1] > 0;
}
