#include "command.h"
#include "output.h"
#include "progress.h"
#include "rebuild.h"
#include "text.h"

#include "analysis/evidence/reproduce.h"
#include "models/run/run.h"
#include "models/scenario/value.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Where the new result lies: where the user says, or in a folder that goes with it. */
struct place {
    char folder[PATH_MAX], output[PATH_MAX + 16];
    bool own; /* the folder is ours */
};

static int
find_place(const struct options *options, struct place *place)
{
    const char *above = getenv("TMPDIR");

    if (options->output != NULL) {
        snprintf(place->output, sizeof place->output, "%s", options->output);
        return output_check("reproduce", options->output, options->force);
    }
    snprintf(place->folder, sizeof place->folder, "%s/doorstroom-XXXXXX",
             above != NULL && above[0] != '\0' ? above : "/tmp");
    place->own = mkdtemp(place->folder) != NULL;
    if (!place->own) {
        char message[PATH_MAX + 64];
        snprintf(message, sizeof message, "%s: no folder can be made: %s", place->folder,
                 strerror(errno));
        return say_fault("reproduce", ENVIRONMENT, message);
    }
    snprintf(place->output, sizeof place->output, "%s/again.h5", place->folder);
    return EXIT_DONE;
}

/* What a run or a sweep leaves there, whole or stopped. */
static void
clear_place(const struct place *place, const char *again)
{
    static const char *const left[] = {"", ".journal", ".partial"};
    char path[2 * PATH_MAX];

    if (!place->own)
        return;
    for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
        snprintf(path, sizeof path, "%s%s", again != NULL ? again : place->output, left[i]);
        unlink(path);
    }
    rmdir(place->output);
    rmdir(place->folder);
}

/* For the line of progress. */
struct watch {
    struct run run;
    struct progress progress;
};

static void
tell_progress(void *context, uint64_t done, uint64_t total)
{
    struct watch *watch = context;

    progress_tell(&watch->progress, done, total);
}

static void
print_made(const struct reproduce *reproduce, FILE *to)
{
    char safe[2048];

    if (reproduce->made[0] == '\0') {
        fprintf(to, "made with the same program, libraries and kind of machine\n");
        return;
    }
    fprintf(to, "made with another:\n");
    for (const char *line = reproduce->made; *line != '\0';) {
        int length = (int)strcspn(line, "\n");
        char one[sizeof reproduce->made];
        snprintf(one, sizeof one, "%.*s", length, line);
        fprintf(to, "  ");
        text_wrap(to, text_safe(one, 0, safe, sizeof safe), 2, 4);
        line += length + (line[length] == '\n');
    }
}

static int
print_outcome(const struct options *options, const struct reproduce *reproduce, int status)
{
    size_t all = store_replications(reproduce->store);
    const char *what = store_is_of_points(reproduce->store) ? "points" : "replications";

    if (status == DIFFERENT) {
        printf("different, there and here: %s\n", reproduce->difference.first);
        print_made(reproduce, stdout);
        return EXIT_DIFFERENT;
    }
    printf("identical: %zu variables in %zu of %zu %s", reproduce->difference.variables,
           reproduce->entries, all, what);
    if (reproduce->same_id)
        printf("; id %.12s", store_id(reproduce->store));
    printf("\n");
    if (reproduce->made[0] != '\0' && !options->quiet)
        print_made(reproduce, stdout);
    return EXIT_DONE;
}

/* What moves where something is changed, as `compare` says it; after what is changed. */
static int
print_changed(const struct options *options, const struct place *place)
{
    struct options compare = {.arguments = 2,
                              .argument = {options->argument[0], place->output},
                              .command_line = options->command_line};
    char safe[1024];

    for (size_t i = 0; i < options->set.count; i++)
        printf("changed: %s\n", text_safe(options->set.item[i], 0, safe, sizeof safe));
    fflush(stdout);
    return command_compare(&compare);
}

static int
reproduce_here(const struct options *options, struct reproduce *reproduce, struct watch *watch,
               struct place *place)
{
    struct error err = {0};

    reproduce->output = place->output;
    reproduce->command_line = options->command_line;
    reproduce->set = options->set.item;
    reproduce->sets = options->set.count;
    reproduce->progress = tell_progress;
    progress_begin(&watch->progress, &watch->run, options->quiet);
    int status = reproduce_run(reproduce, &err);
    progress_end(&watch->progress);
    if (status == INTERRUPTED) {
        fprintf(stderr, "doorstroom reproduce: stopped\n");
        return stop_status();
    }
    if (status != OK && status != DIFFERENT)
        return say_fault("reproduce", status, err.message);
    return reproduce->sets > 0 ? print_changed(options, place)
                               : print_outcome(options, reproduce, status);
}

static int
read_asked(const struct options *options, struct reproduce *reproduce)
{
    unsigned long long threads = 0;
    int status = EXIT_DONE;

    reproduce->share = 1;
    if (options->sample != NULL && (!value_share(options->sample, &reproduce->share) ||
                                    !(reproduce->share > 0) || reproduce->share > 1))
        return say_fault("reproduce", BAD_INPUT,
                         "--sample: expected a share of the result, such as '5 %'");
    if (options->set.count > 0 && options->rebuild)
        return say_fault("reproduce", BAD_INPUT,
                         "--rebuild has the result's own program make it again, with nothing "
                         "changed: leave --set out");
    if (options->set.count > 0 && options->output == NULL)
        return say_fault("reproduce", BAD_INPUT,
                         "where does the changed result go? give -o CHANGED.h5 with --set");
    if (options->threads != NULL)
        status = read_number("reproduce", "--threads", options->threads, 1, 1024,
                             "a number of threads", &threads);
    reproduce->threads = threads_default("reproduce", (int)threads);
    return status;
}

int
command_reproduce(const struct options *options)
{
    struct watch watch = {0};
    struct reproduce reproduce = {
        .stop = stop_on_signals(), .context = &watch, .days = &watch.run.days};
    struct place place = {0};
    struct store *store = NULL;
    struct error err = {0};
    int status = read_asked(options, &reproduce);

    if (status == EXIT_DONE) {
        int opened = store_open_any(&store, options->argument[0], &err);
        status = opened == OK ? EXIT_DONE : say_fault("reproduce", opened, err.message);
    }
    if (status == EXIT_DONE && options->output != NULL)
        status = output_check_input("reproduce", options->output, options->argument[0]);
    if (status == EXIT_DONE && !options->rebuild)
        status = find_place(options, &place);
    reproduce.store = store;
    if (status == EXIT_DONE)
        status = options->rebuild ? rebuild_and_reproduce(store, options)
                                  : reproduce_here(options, &reproduce, &watch, &place);
    clear_place(&place, reproduce.again);
    reproduce_free(&reproduce);
    store_close(store);
    return status;
}
