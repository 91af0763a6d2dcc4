#include "rebuild.h"

#include "models/run/provenance.h"
#include "sim/base/folder.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MOST_WORDS 16 /* of a command */
#define MOST_SHOWN 8  /* lines of a build that failed */

struct place {
    char folder[PATH_MAX];
    char packed[PATH_MAX + 32], log[PATH_MAX + 32], program[PATH_MAX + 32];
};

static int
fail(const char *what, const char *path)
{
    char message[2 * PATH_MAX];

    snprintf(message, sizeof message, "%.4000s: %s: %s", path, what, strerror(errno));
    return say_fault("reproduce", ENVIRONMENT, message);
}

/* A folder with the packed sources in it. */
static int
unpack_sources(struct place *place, const unsigned char *bytes, size_t size)
{
    const char *above = getenv("TMPDIR");

    snprintf(place->folder, sizeof place->folder, "%s/doorstroom-XXXXXX",
             above != NULL && above[0] != '\0' ? above : "/tmp");
    if (mkdtemp(place->folder) == NULL) {
        int status = fail("no folder can be made", place->folder);
        place->folder[0] = '\0';
        return status;
    }
    snprintf(place->packed, sizeof place->packed, "%s/sources.tar.gz", place->folder);
    snprintf(place->log, sizeof place->log, "%s/log", place->folder);
    snprintf(place->program, sizeof place->program, "%s/build/doorstroom", place->folder);
    FILE *file = fopen(place->packed, "wb");
    bool good = file != NULL && fwrite(bytes, 1, size, file) == size;
    if (file != NULL)
        good = fclose(file) == 0 && good;
    return good ? EXIT_DONE : fail("cannot be written", place->packed);
}

/* Run WORDS, what they print into the file LOG where there is one; the exit status, 127 where there
 * is no such program. A signal that stops us stops it too: it is of our group. */
static int
run_words(const char *const words[], const char *log)
{
    int status = 0;

    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGINT, SIG_DFL);
        signal(SIGTERM, SIG_DFL);
        if (log != NULL && (freopen(log, "a", stdout) == NULL || dup2(1, 2) < 0))
            _exit(126);
        execvp(words[0], (char *const *)words);
        _exit(127);
    }
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return child < 0 ? 126 : WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* The last lines of a build that failed. */
static void
show_log(const char *log)
{
    char line[MOST_SHOWN][256];
    size_t lines = 0;
    FILE *file = fopen(log, "r");

    while (file != NULL && fgets(line[lines % MOST_SHOWN], sizeof line[0], file) != NULL)
        lines++;
    for (size_t i = lines > MOST_SHOWN ? lines - MOST_SHOWN : 0; i < lines; i++)
        fprintf(stderr, "  %s", line[i % MOST_SHOWN]);
    if (file != NULL)
        fclose(file);
}

/* What the program is to call its commit, which a shell sees: letters, digits and the like. */
static const char *
commit_of(const struct store *store)
{
    const char *commit = store_provenance(store, "commit");
    const char *plain = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-_";

    return commit != NULL && strspn(commit, plain) == strlen(commit) ? commit : "unknown";
}

static int
build(const struct store *store, const struct place *place)
{
    char commit[128], jobs[32];
    const char *const unpack[] = {"tar", "-xzf", place->packed, "-C", place->folder, NULL};
    const char *const make[] = {
        "make", "-s", "-C", place->folder, jobs, commit, "BUILD=build", "build/doorstroom", NULL};

    snprintf(commit, sizeof commit, "COMMIT=%.100s", commit_of(store));
    snprintf(jobs, sizeof jobs, "-j%ld", sysconf(_SC_NPROCESSORS_ONLN));
    int status = run_words(unpack, place->log);
    if (status == 0)
        status = run_words(make, place->log);
    if (status == 0)
        return EXIT_DONE;
    if (status > 128)
        return status;
    say_fault("reproduce", ENVIRONMENT,
              "the sources in the result cannot be built here; its last lines:");
    show_log(place->log);
    return EXIT_ENVIRONMENT;
}

static int
have_it_reproduce(const struct place *place, const struct options *options)
{
    const char *words[MOST_WORDS] = {place->program, "reproduce", options->argument[0]};
    size_t count = 3;

    if (options->sample != NULL) {
        words[count++] = "--sample";
        words[count++] = options->sample;
    }
    if (options->threads != NULL) {
        words[count++] = "--threads";
        words[count++] = options->threads;
    }
    if (options->output != NULL) {
        words[count++] = "--output";
        words[count++] = options->output;
    }
    if (options->force)
        words[count++] = "--force";
    if (options->quiet)
        words[count++] = "--quiet";
    words[count] = NULL;
    return run_words(words, NULL);
}

int
rebuild_and_reproduce(const struct store *store, const struct options *options)
{
    unsigned char *bytes = NULL;
    size_t size = 0;
    struct place place = {0};
    struct error err = {0};
    int read = store_sources(store, &bytes, &size, &err), status = EXIT_DONE;

    if (read != OK)
        return say_fault("reproduce", read, err.message);
    if (bytes == NULL)
        return say_fault("reproduce", BAD_INPUT,
                         "it carries no sources: it is a part of a sweep, or made before results "
                         "carried them");
    status = unpack_sources(&place, bytes, size);
    free(bytes);
    time_t start = time(NULL);
    if (status == EXIT_DONE)
        status = build(store, &place);
    if (status == EXIT_DONE && !options->quiet)
        fprintf(stderr,
                "doorstroom reproduce: built the program of the result, commit %s, in %.0f s\n",
                commit_of(store), difftime(time(NULL), start));
    if (status == EXIT_DONE)
        status = have_it_reproduce(&place, options);
    if (place.folder[0] != '\0')
        folder_remove(place.folder);
    return status;
}
