#include "merge.h"

#include "points_write.h"
#include "sweep.h"

#include "analysis/lines.h"
#include "analysis/within.h"
#include "models/run/campaign.h"
#include "sim/result/identity.h"
#include "sim/result/store.h"

#include <fnmatch.h>
#include <glob.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PARTS "part-*-of-*.h5"

/* A merge while it goes on. The first part says what the sweep is; every other has to say the same.
 */
struct work {
    struct merge *merge;
    glob_t files;
    struct store *first;
    struct within within;
    struct faults faults;
    struct design design;
    struct experiment_point plain; /* the scenario without any factor's value */
    struct journal journal;
    const char **file; /* [points]: that has the point; NULL: none */
    char *identity;    /* without the task */
    time_t started;
};

/* Bytes of IDENTITY before the line that says which task it is. */
static size_t
without_task(const char *identity)
{
    const char *task = strstr(identity, "\ntask ");

    return task != NULL ? (size_t)(task - identity) + 1 : strlen(identity);
}

/* The pattern of parts in FOLDER, whose own name is none. NULL: no memory. */
static char *
pattern_in(const char *folder)
{
    char *pattern = malloc(2 * strlen(folder) + sizeof "/" PARTS), *end = pattern;

    for (; pattern != NULL && *folder != '\0'; folder++) {
        if (strchr("*?[\\", *folder) != NULL)
            *end++ = '\\';
        *end++ = *folder;
    }
    if (pattern != NULL)
        memcpy(end, "/" PARTS, sizeof "/" PARTS);
    return pattern;
}

/* What is merged is no part, and takes the place of none. */
static int
check_output(const char *output, struct error *err)
{
    const char *slash = strrchr(output, '/');

    return fnmatch(PARTS, slash != NULL ? slash + 1 : output, 0) != 0
               ? OK
               : error_set(err, BAD_INPUT,
                           "%.500s: is called as a part of a sweep is; give another name", output);
}

static int
list_parts(struct work *work, struct error *err)
{
    char *pattern = pattern_in(work->merge->folder);

    if (pattern == NULL)
        return error_set(err, NO_MEMORY, "no memory for the names of parts");
    int status = glob(pattern, 0, NULL, &work->files);
    free(pattern);
    if (status == GLOB_NOMATCH)
        return error_set(err, BAD_INPUT, "%.500s: there is no part of a sweep in it",
                         work->merge->folder);
    return status == 0 ? OK
                       : error_set(err, ENVIRONMENT, "%.500s: cannot be read", work->merge->folder);
}

/* A part is damaged: so is a merge, until another is there. Want of a disk or of memory is not. */
static int
tell_damaged(int status, struct error *err)
{
    const struct error reason = *err;

    return status != BAD_INPUT
               ? status
               : error_set(err, status, "%.900s; take it away and run its task again",
                           reason.message);
}

/* What the sweep is, from its first part. */
static int
read_sweep(struct work *work, struct error *err)
{
    const char *path = work->files.gl_pathv[0], *identity, *task;
    int status = tell_damaged(store_open_any(&work->first, path, err), err);

    if (status != OK)
        return status;
    identity = store_provenance(work->first, "identity");
    task = identity != NULL ? strstr(identity, "\ntask ") : NULL;
    if (!store_is_of_points(work->first) || task == NULL ||
        sscanf(task, "\ntask %*u of %zu", &work->merge->tasks) != 1 || work->merge->tasks == 0)
        return error_set(err, BAD_INPUT, "%.500s: is no part of a sweep", path);
    work->identity = strndup(identity, without_task(identity));
    status = work->identity != NULL ? scenario_within(&work->within, work->first, err) : NO_MEMORY;
    if (status == OK)
        status = design_within(&work->design, work->first, work->within.scenario.seed,
                               &work->faults, err);
    if (status == OK) {
        work->within.scenario.keep = work->design.asked.record;
        status = campaign_plan(&work->plain, &work->within.scenario, err);
    }
    if (status == OK)
        status = journal_open_unnamed(&work->journal, work->plain.layout->variables, err);
    if (status != OK)
        return err->code != OK ? err->code
                               : error_set(err, status, "%.500s: its design cannot be read", path);
    work->file = calloc(work->design.points + 1, sizeof *work->file);
    return work->file != NULL ? OK : error_set(err, NO_MEMORY, "no memory for the points");
}

/* The part at PATH has the identity FOUND, another one. */
static int
other_sweep(const struct work *work, const char *path, const char *found, struct error *err)
{
    struct identity_difference difference = identity_compare(found, work->identity, "and there");

    return error_set(err, BAD_INPUT, "%.300s: is of another sweep than %.300s: %s; %s", path,
                     work->files.gl_pathv[0], difference.text,
                     difference.of_build ? "run one of the two again, with --force, by the program "
                                           "that has made the other"
                                         : "leave only parts of one sweep in the folder");
}

/* Is it a part of this sweep, and every byte of it what was written? */
static int
check_part(const struct work *work, const struct store *store, const char *path, struct error *err)
{
    const char *identity = store_provenance(store, "identity");
    size_t length = strlen(work->identity);

    if (!store_is_of_points(store) || identity == NULL)
        return error_set(err, BAD_INPUT, "%.500s: is no part of a sweep", path);
    if (without_task(identity) != length || strncmp(identity, work->identity, length) != 0)
        return other_sweep(work, path, identity, err);
    if (store_variables(store) != work->plain.layout->variables)
        return error_set(err, BAD_INPUT, "%.500s: has other series than %.500s", path,
                         work->files.gl_pathv[0]);
    return tell_damaged(store_verify(store, err), err);
}

/* What copying takes. */
struct tray {
    struct chunk_tools read, pack;
    void *values;
    size_t room;
    struct chunk *chunk; /* [variables] */
};

static int
copy_variable(const struct work *work, const struct store *store, size_t entry, size_t v,
              struct tray *tray, struct error *err)
{
    const struct layout_variable *is = &work->plain.layout->variable[v];
    const struct store_variable *variable = store_variable(store, v);
    size_t count = layout_count(work->plain.layout, is) * (size_t)work->design.replications;

    if (strcmp(variable->name, is->name) != 0 || variable->count != count ||
        variable->type != is->type)
        return error_set(err, BAD_INPUT, "%s is another than the design says", variable->name);
    if (tray->room < store_room(variable)) {
        free(tray->values);
        tray->room = store_room(variable);
        tray->values = malloc(tray->room);
        if (tray->values == NULL) {
            tray->room = 0;
            return error_set(err, NO_MEMORY, "no memory for the values of a point");
        }
    }
    int status = store_read(store, variable, entry, &tray->read, tray->values, err);
    return status == OK ? chunk_pack(&tray->pack, &tray->chunk[v], tray->values, count,
                                     layout_value_size(is->type), err)
                        : status;
}

/* The points of the part at PATH into the journal. */
static int
take_part(struct work *work, struct store *store, const char *path, struct tray *tray,
          struct error *err)
{
    int status = check_part(work, store, path, err);

    for (size_t i = 0; i < store_replications(store) && status == OK; i++) {
        uint64_t point = store_replication(store, i);
        if (point >= work->design.points)
            return error_set(err, BAD_INPUT, "%.500s: point %" PRIu64 " is none of the design",
                             path, point);
        if (work->file[point] != NULL)
            return error_set(err, BAD_INPUT,
                             "point %" PRIu64 " is in %.500s and in %.500s: take one of them away",
                             point, work->file[point], path);
        for (size_t v = 0; v < work->plain.layout->variables && status == OK; v++)
            status = copy_variable(work, store, i, v, tray, err);
        if (status == OK)
            status = journal_append(&work->journal, point, tray->chunk, err);
        work->file[point] = path;
        work->merge->points++;
    }
    return status;
}

static int
take_parts(struct work *work, struct error *err)
{
    size_t variables = work->plain.layout->variables;
    struct tray tray = {.chunk = calloc(variables + 1, sizeof *tray.chunk)};
    int status = tray.chunk != NULL ? OK : error_set(err, NO_MEMORY, "no memory for a point");

    for (size_t i = 0; i < work->files.gl_pathc && status == OK; i++) {
        const char *path = work->files.gl_pathv[i];
        struct store *store = NULL;
        status = i > 0 ? tell_damaged(store_open_any(&store, path, err), err) : OK;
        if (status == OK)
            status = take_part(work, i > 0 ? store : work->first, path, &tray, err);
        store_close(store);
        work->merge->parts += status == OK;
    }
    for (size_t v = 0; tray.chunk != NULL && v < variables; v++)
        free(tray.chunk[v].bytes);
    free(tray.chunk);
    free(tray.values);
    chunk_tools_free(&tray.read);
    chunk_tools_free(&tray.pack);
    return status;
}

/* ---- What is missing ---- */

/* "3,7-9" of the numbers up to COUNT for which IS_IN says so, each raised by BASE. NULL: none, or
 * no memory. */
static char *
ranges(const struct work *work, size_t count, size_t base,
       bool (*is_in)(const struct work *work, size_t number))
{
    struct lines lines = {0};

    for (size_t i = 0; i < count; i++) {
        size_t first = i;
        if (!is_in(work, i))
            continue;
        while (i + 1 < count && is_in(work, i + 1))
            i++;
        const char *comma = lines.size > 0 ? "," : "";
        if (first == i)
            lines_put(&lines, "%s%zu", comma, first + base);
        else
            lines_put(&lines, "%s%zu-%zu", comma, first + base, i + base);
    }
    return lines.text;
}

static bool
point_is_missing(const struct work *work, size_t point)
{
    return work->file[point] == NULL;
}

static bool
task_is_missing(const struct work *work, size_t task)
{
    size_t first, count = sweep_share(work->design.points, task, work->merge->tasks, &first);

    for (size_t p = first; p < first + count; p++)
        if (work->file[p] == NULL)
            return true;
    return false;
}

static int
tell_missing(struct work *work, struct error *err)
{
    struct merge *merge = work->merge;

    if (merge->points == work->design.points)
        return OK;
    merge->missing_points = ranges(work, work->design.points, 0, point_is_missing);
    merge->missing_tasks = ranges(work, merge->tasks, 1, task_is_missing);
    return merge->missing_points != NULL && merge->missing_tasks != NULL
               ? error_set(err, DIFFERENT, "%zu of %zu points are missing",
                           work->design.points - merge->points, work->design.points)
               : error_set(err, NO_MEMORY, "no memory for what is missing");
}

static int
write_all(struct work *work, struct error *err)
{
    const struct points_written written = {.design = &work->design,
                                           .base = &work->within.scenario,
                                           .replication = work->plain.layout,
                                           .identity = work->identity,
                                           .command_line = work->merge->command_line,
                                           .threads = work->merge->threads,
                                           .carries = true,
                                           .started = work->started};

    return points_write(work->merge->output, &written, &work->journal, err);
}

int
merge_parts(struct merge *merge, struct error *err)
{
    struct work work = {.merge = merge, .started = time(NULL)};
    int status = check_output(merge->output, err);

    if (status == OK)
        status = list_parts(&work, err);
    if (status == OK)
        status = read_sweep(&work, err);
    if (status == OK)
        status = take_parts(&work, err);
    if (status == OK)
        status = tell_missing(&work, err);
    if (status == OK)
        status = write_all(&work, err);
    journal_close(&work.journal, true);
    campaign_plan_free(&work.plain);
    design_free(&work.design);
    faults_free(&work.faults);
    within_free(&work.within);
    store_close(work.first);
    free(work.identity);
    free(work.file);
    globfree(&work.files);
    return status;
}

void
merge_free(struct merge *merge)
{
    free(merge->missing_points);
    free(merge->missing_tasks);
}
