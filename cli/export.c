#include "command.h"
#include "csv.h"
#include "output.h"
#include "text.h"

#include "analysis/frame.h"
#include "analysis/indicator.h"
#include "analysis/parameters.h"
#include "analysis/selection.h"
#include "analysis/tidy.h"
#include "models/scenario/suggest.h"

#include "sim/engine/calendar.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define PATH      4400
#define MOST_ROWS 2e7 /* of all tables, unless --force is given */

static const char *const times_words[] = {
    [TIDY_ROWS] = "row", [TIDY_MONTHS] = "month", [TIDY_YEARS] = "year"};

/* How cells are written: as RFC 4180 has them, or as spreadsheets where numbers have a comma. */
struct cells {
    const char *separator;
    void (*text)(FILE *to, const char *text);
    void (*number)(FILE *to, double value);
};
static const struct cells with_point = {",", csv_text, csv_number},
                          with_comma = {";", csv_text_comma, csv_number_comma};

/* One table as it is written. */
struct table {
    const struct view *view;
    const struct cells *cells;
    enum tidy_times times;
    FILE *to;
    struct error *err;
};

/* The draws of uncertain fields, which have no time. */
struct draws_table {
    const struct store *store;
    const struct cells *cells;
    struct parameters parameters;
};

static void
write_head(const struct table *table)
{
    static const char *const first[] = {"replication", "begins", "ends"};

    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        fprintf(table->to, "%s%s", first[i], table->cells->separator);
    for (int d = 0; d < table->view->dimensions; d++) {
        table->cells->text(table->to, table->view->dimension[d]->name);
        fputs(table->cells->separator, table->to);
    }
    fprintf(table->to, "value%sunit\n", table->cells->separator);
}

static int
write_row(void *context, const struct observation *observation)
{
    const struct table *table = context;
    const char *separator = table->cells->separator;
    char from[CALENDAR_TEXT], to[CALENDAR_TEXT];

    calendar_write(observation->days.from, from);
    calendar_write(observation->days.until - 1, to);
    fprintf(table->to, "%llu%s%s%s%s%s", (unsigned long long)observation->replication, separator,
            from, separator, to, separator);
    for (int d = 0; d < table->view->dimensions; d++) {
        table->cells->text(table->to, observation->label[d]);
        fputs(separator, table->to);
    }
    if (!isnan(observation->value))
        table->cells->number(table->to, observation->value);
    fputs(separator, table->to);
    table->cells->text(table->to, table->view->units);
    fputc('\n', table->to);
    return ferror(table->to) ? ENVIRONMENT : OK;
}

/* For output_write. */
static bool
write_table(FILE *to, const void *context)
{
    struct table table = *(const struct table *)context;

    table.to = to;
    write_head(&table);
    return tidy_each(table.view, table.times, write_row, &table, table.err) == OK;
}

static void
write_path(const struct options *options, const struct store_variable *variable, char path[PATH])
{
    snprintf(path, PATH, "%.4096s/%.200s.csv", options->output, variable->name);
}

/* For output_write: a row for each replication and field that was drawn. */
static bool
write_draws(FILE *to, const void *context)
{
    const struct draws_table *table = context;
    const struct parameters *p = &table->parameters;
    const char *separator = table->cells->separator;

    fprintf(to, "replication%sparameter%svalue%sunit\n", separator, separator, separator);
    for (size_t r = 0; r < p->draws; r++)
        for (size_t i = 0; i < p->count; i++) {
            fprintf(to, "%llu%s", (unsigned long long)store_replication(table->store, r),
                    separator);
            table->cells->text(to, p->parameter[i].field);
            fputs(separator, to);
            table->cells->number(to, p->value[i * p->draws + r]);
            fputs(separator, to);
            table->cells->text(to, p->parameter[i].unit);
            fputc('\n', to);
        }
    return ferror(to) == 0;
}

static const struct cells *
cells_of(const struct options *options)
{
    return options->comma ? &with_comma : &with_point;
}

/* What became of the table at PATH. */
static int
tell(const struct options *options, const char *path, int status, const struct error *err)
{
    char safe[2 * PATH];

    if (err->code != OK) {
        fprintf(stderr, "doorstroom export: %s\n", text_safe(err->message, 0, safe, sizeof safe));
        return exit_for(err->code);
    }
    if (status == EXIT_DONE && !options->quiet)
        printf("%s\n", text_safe(path, 0, safe, sizeof safe));
    return status;
}

static int
export_view(const struct options *options, const struct view *view, enum tidy_times times)
{
    char path[PATH];
    struct error err = {0};
    const struct table table = {
        .view = view, .cells = cells_of(options), .times = times, .err = &err};

    write_path(options, view->variable, path);
    int status = output_write("export", path, write_table, &table);
    return tell(options, path, status, &err);
}

/* What was drawn, in one table of all fields. */
static int
export_draws(const struct options *options, const struct store *store,
             const struct store_variable *drawn)
{
    char path[PATH];
    struct error err = {0};
    struct draws_table table = {.store = store, .cells = cells_of(options)};
    int status = parameters_read(&table.parameters, store, drawn, &err);

    write_path(options, drawn, path);
    if (status == OK)
        status = output_write("export", path, write_draws, &table);
    parameters_free(&table.parameters);
    return tell(options, path, status, &err);
}

static int
read_times(const struct options *options, enum tidy_times *times)
{
    char safe[128];

    *times = TIDY_ROWS;
    if (options->by == NULL)
        return EXIT_DONE;
    for (int t = 0; t < 3; t++)
        if (strcmp(options->by, times_words[t]) == 0) {
            *times = (enum tidy_times)t;
            return EXIT_DONE;
        }
    fprintf(stderr, "doorstroom export: --by is row, month or year, not '%s'\n",
            text_safe(options->by, 40, safe, sizeof safe));
    return EXIT_BAD_INPUT;
}

/* Is VARIABLE among the series that are named, or is none named? */
static bool
is_called(const struct options *options, const struct store_variable *variable)
{
    bool wanted = options->arguments == 1;

    for (int a = 1; a < options->arguments; a++)
        wanted |= selection_is_called(variable, options->argument[a]);
    return wanted;
}

static bool
is_wanted(const struct options *options, const struct view *view)
{
    return is_called(options, view->variable);
}

/* What was drawn, where that is wanted; else NULL. */
static const struct store_variable *
draws_wanted(const struct options *options, const struct store *store)
{
    const struct store_variable *drawn = store_find(store, "parameter");

    return drawn != NULL && parameters_are(drawn) && is_called(options, drawn) ? drawn : NULL;
}

/* Names that no series has. */
static int
check_names(const struct options *options, const struct frame *frame, bool draws)
{
    const char **known = calloc(frame->views + 1, sizeof *known);
    char safe[256];
    int status = known != NULL ? EXIT_DONE : EXIT_ENVIRONMENT;

    for (size_t v = 0; v < frame->views && known != NULL; v++)
        known[v] = view_base_name(frame->view[v].variable);
    for (int a = 1; a < options->arguments && known != NULL; a++) {
        bool found = draws && strcmp(options->argument[a], "parameter") == 0;
        for (size_t v = 0; v < frame->views; v++)
            found |= selection_is_called(frame->view[v].variable, options->argument[a]);
        if (found)
            continue;
        const char *near = suggest(options->argument[a], known, frame->views);
        if (indicator_find(options->argument[a]) != NULL) {
            fprintf(stderr, "doorstroom export: %s is made of series (explain %s); export those\n",
                    options->argument[a], options->argument[a]);
            status = EXIT_BAD_INPUT;
            continue;
        }
        fprintf(stderr, "doorstroom export: no series is called '%s'%s%s%s\n",
                text_safe(options->argument[a], 60, safe, sizeof safe),
                near != NULL ? "; did you mean '" : "", near != NULL ? near : "",
                near != NULL ? "'?" : "");
        status = EXIT_BAD_INPUT;
    }
    free(known);
    return status;
}

static int
check_size(const struct options *options, const struct frame *frame, enum tidy_times times)
{
    double rows = 0;

    for (size_t v = 0; v < frame->views; v++)
        if (is_wanted(options, &frame->view[v]))
            rows += tidy_count(&frame->view[v], times);
    if (rows <= MOST_ROWS || options->force)
        return EXIT_DONE;
    fprintf(stderr,
            "doorstroom export: that would be %.3g rows of text; name series, say --by month or "
            "year, or --force it\n",
            rows);
    return EXIT_BAD_INPUT;
}

static int
make_folder(const char *folder)
{
    char safe[2 * PATH];

    if (mkdir(folder, 0777) == 0 || errno == EEXIST)
        return EXIT_DONE;
    int reason = errno;
    fprintf(stderr, "doorstroom export: %s cannot be made: %s\n",
            text_safe(folder, 500, safe, sizeof safe), strerror(reason));
    return EXIT_ENVIRONMENT;
}

/* May all tables be written? Asked before the first of them is. */
static int
check_targets(const struct options *options, const struct frame *frame,
              const struct store_variable *drawn)
{
    char path[PATH];
    int status = EXIT_DONE;

    for (size_t v = 0; v < frame->views && status == EXIT_DONE; v++)
        if (is_wanted(options, &frame->view[v])) {
            write_path(options, frame->view[v].variable, path);
            status = output_check("export", path, options->force);
        }
    if (drawn == NULL || status != EXIT_DONE)
        return status;
    write_path(options, drawn, path);
    return output_check("export", path, options->force);
}

static int
export_all(const struct options *options, const struct store *store, const struct frame *frame)
{
    const struct store_variable *drawn = draws_wanted(options, store);
    enum tidy_times times;
    int status = read_times(options, &times);

    if (status == EXIT_DONE)
        status = check_names(options, frame, drawn != NULL);
    if (status == EXIT_DONE)
        status = check_size(options, frame, times);
    if (status == EXIT_DONE)
        status = make_folder(options->output);
    if (status == EXIT_DONE)
        status = check_targets(options, frame, drawn);
    for (size_t v = 0; v < frame->views && status == EXIT_DONE; v++)
        if (is_wanted(options, &frame->view[v]))
            status = export_view(options, &frame->view[v], times);
    return status == EXIT_DONE && drawn != NULL ? export_draws(options, store, drawn) : status;
}

int
command_export(const struct options *options)
{
    struct store *store = NULL;
    struct frame frame = {0};
    struct error err = {0};

    if (options->output == NULL) {
        fprintf(stderr, "doorstroom export: -o names the folder for the tables\n");
        return EXIT_BAD_INPUT;
    }
    int status = store_open(&store, options->argument[0], &err);
    if (status == OK)
        status = frame_of_store(&frame, store, &err);
    if (status != OK)
        fprintf(stderr, "doorstroom export: %s\n", err.message);
    status = status == OK ? export_all(options, store, &frame) : exit_for(status);
    frame_free(&frame);
    store_close(store);
    return status;
}
