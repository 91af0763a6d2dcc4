/* Preloaded into a run: the FAIL_AT-th call of a kind fails (ENOSPC, EIO or no memory), all others
 * go through. FAIL_KIND: memory (malloc and kin, called by the program itself), write (fwrite,
 * fflush, pwrite), sync (fsync), rename, open. At the end two numbers are written to FAIL_COUNT:
 * calls of the kind (FAIL_AT=0: none fails), and blocks of memory that the program took and has not
 * given back, with where it took the first of them. Of a program that has its work done by a child,
 * it is the child that writes them; among its blocks are those that its parent still holds. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long calls, at = -1;
static bool has_child;
static const char *kind = "";
static char *program_low, *program_high;

__attribute__((constructor)) static void
read_settings(void)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    char line[512], name[256];
    unsigned long low, high;

    while (maps != NULL && fgets(line, sizeof line, maps) != NULL)
        if (sscanf(line, "%lx-%lx %*s %*s %*s %*s %255s", &low, &high, name) == 3 &&
            strstr(name, "doorstroom") != NULL && strstr(name, ".so") == NULL) {
            if (program_low == NULL)
                program_low = (char *)low;
            program_high = (char *)high;
        }
    if (maps != NULL)
        fclose(maps);
    kind = getenv("FAIL_KIND") ? getenv("FAIL_KIND") : "";
    calls = 0;
    at = getenv("FAIL_AT") ? atol(getenv("FAIL_AT")) : -1;
}

/* The program's blocks, by address: an open table; a taken-out row keeps its place with no caller.
 */
#define ROWS (1 << 20)

static struct {
    void *block;
    const void *caller;
} kept[ROWS];
static bool busy;

static void
enter(void)
{
    while (__atomic_test_and_set(&busy, __ATOMIC_ACQUIRE))
        ;
}

static void
leave(void)
{
    __atomic_clear(&busy, __ATOMIC_RELEASE);
}

static size_t
row_of(const void *block)
{
    size_t row = ((size_t)block >> 4) * 0x9e3779b97f4a7c15u >> 44;

    while (kept[row].block != NULL && kept[row].block != block)
        row = (row + 1) % ROWS;
    return row;
}

/* CALLER took BLOCK; only the program's own are kept. */
static void *
keep(void *block, const void *caller)
{
    if (block == NULL || (const char *)caller < program_low || (const char *)caller >= program_high)
        return block;
    enter();
    size_t row = row_of(block);
    kept[row].block = block;
    kept[row].caller = caller;
    leave();
    return block;
}

static void
forget(const void *block)
{
    if (block == NULL)
        return;
    enter();
    kept[row_of(block)].caller = NULL;
    leave();
}

__attribute__((destructor)) static void
write_count(void)
{
    const char *path = getenv("FAIL_COUNT");
    const char *first = NULL;
    long counted = calls, blocks = 0;

    at = -1;
    for (size_t row = 0; row < ROWS; row++)
        if (kept[row].caller != NULL) {
            blocks++;
            if (first == NULL)
                first = kept[row].caller;
        }
    FILE *file = path != NULL && !has_child ? fopen(path, "w") : NULL;
    if (file != NULL) {
        fprintf(file, "%ld %ld 0x%lx\n", counted, blocks,
                first != NULL ? (unsigned long)(first - program_low) : 0);
        fclose(file);
    }
}

/* Does this call fail? CALLER NULL: any caller counts. */
static bool
fails(const char *what, const void *caller)
{
    if (at < 0 || strcmp(kind, what) != 0)
        return false;
    if (caller != NULL &&
        ((const char *)caller < program_low || (const char *)caller >= program_high))
        return false;
    return __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED) == at;
}

#define REAL(type, name, ...)                                                                      \
    static type (*real)(__VA_ARGS__);                                                              \
    if (real == NULL)                                                                              \
        *(void **)&real = dlsym(RTLD_NEXT, name);

pid_t
fork(void)
{
    REAL(pid_t, "fork", void)
    pid_t child = real();
    has_child |= child > 0;
    return child;
}

void
_exit(int status)
{
    REAL(void, "_exit", int)
    write_count();
    real(status);
    __builtin_unreachable();
}

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void __libc_free(void *block);

void *
malloc(size_t size)
{
    if (fails("memory", __builtin_return_address(0))) {
        errno = ENOMEM;
        return NULL;
    }
    return keep(__libc_malloc(size), __builtin_return_address(0));
}

void *
calloc(size_t count, size_t size)
{
    if (fails("memory", __builtin_return_address(0))) {
        errno = ENOMEM;
        return NULL;
    }
    return keep(__libc_calloc(count, size), __builtin_return_address(0));
}

void *
realloc(void *old, size_t size)
{
    if (fails("memory", __builtin_return_address(0))) {
        errno = ENOMEM;
        return NULL;
    }
    void *block = __libc_realloc(old, size);
    if (block != NULL)
        forget(old);
    return keep(block, __builtin_return_address(0));
}

void
free(void *block)
{
    forget(block);
    __libc_free(block);
}

void *
aligned_alloc(size_t alignment, size_t size)
{
    REAL(void *, "aligned_alloc", size_t, size_t)
    if (fails("memory", __builtin_return_address(0))) {
        errno = ENOMEM;
        return NULL;
    }
    return keep(real(alignment, size), __builtin_return_address(0));
}

char *
strdup(const char *text)
{
    size_t size = strlen(text) + 1;
    if (fails("memory", __builtin_return_address(0))) {
        errno = ENOMEM;
        return NULL;
    }
    char *copy = __libc_malloc(size);
    return copy != NULL ? keep(memcpy(copy, text, size), __builtin_return_address(0)) : NULL;
}

size_t
fwrite(const void *bytes, size_t size, size_t count, FILE *file)
{
    REAL(size_t, "fwrite", const void *, size_t, size_t, FILE *)
    if (file != stdout && file != stderr && fails("write", NULL)) {
        errno = ENOSPC;
        return 0;
    }
    return real(bytes, size, count, file);
}

int
fflush(FILE *file)
{
    REAL(int, "fflush", FILE *)
    if (file != NULL && file != stdout && file != stderr && fails("write", NULL)) {
        errno = EIO;
        return EOF;
    }
    return real(file);
}

ssize_t
pwrite(int file, const void *bytes, size_t size, off_t offset)
{
    REAL(ssize_t, "pwrite", int, const void *, size_t, off_t)
    if (fails("write", NULL)) {
        errno = ENOSPC;
        return -1;
    }
    return real(file, bytes, size, offset);
}

ssize_t
pwrite64(int file, const void *bytes, size_t size, off64_t offset)
{
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t)
    if (fails("write", NULL)) {
        errno = ENOSPC;
        return -1;
    }
    return real(file, bytes, size, offset);
}

int
fsync(int file)
{
    REAL(int, "fsync", int)
    if (fails("sync", NULL)) {
        errno = EIO;
        return -1;
    }
    return real(file);
}

int
fdatasync(int file)
{
    REAL(int, "fdatasync", int)
    if (fails("sync", NULL)) {
        errno = EIO;
        return -1;
    }
    return real(file);
}

int
rename(const char *from, const char *to)
{
    REAL(int, "rename", const char *, const char *)
    if (fails("rename", NULL)) {
        errno = EACCES;
        return -1;
    }
    return real(from, to);
}

FILE *
fopen(const char *path, const char *mode)
{
    REAL(FILE *, "fopen", const char *, const char *)
    if (fails("open", __builtin_return_address(0))) {
        errno = EMFILE;
        return NULL;
    }
    return real(path, mode);
}
