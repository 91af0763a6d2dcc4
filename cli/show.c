#include "command.h"
#include "show_address.h"
#include "show_plot.h"
#include "show_table.h"
#include "text.h"

#include "analysis/bands.h"
#include "analysis/frame.h"
#include "analysis/long_run.h"
#include "analysis/names.h"
#include "analysis/overview.h"
#include "analysis/selection.h"
#include "analysis/summary.h"
#include "models/scenario/suggest.h"

#include "sim/engine/calendar.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How a period's value comes about, in a sentence. */
static const char *const method_sentences[] = {
    [VIEW_MEAN] = "a mean over each period's days",
    [VIEW_SUM] = "a sum over each period",
    [VIEW_POINT] = "as it is in each period's last row",
    [VIEW_MAXIMUM] = "the largest of each period",
    [VIEW_MINIMUM] = "the smallest of each period",
    [VIEW_SHARE] = "the share of each period's rows at whose end it is so",
};

static void
print_heading(const struct view *view, const struct view_pick *pick)
{
    char text[512], safe[2048];

    printf("%s", text_safe(view->variable->name, 40, safe, sizeof safe));
    for (int i = 0; i < view->dimensions; i++)
        if (pick->of[i] >= 0) {
            text_safe(view->dimension[i]->label[pick->of[i]], 36, text, sizeof text);
            printf("%s%s", i > 0 && pick->of[0] >= 0 ? ", " : " of ", text);
        }
    printf("\n");
    bool has_unit = view->units[0] != '\0' && strcmp(view->units, "1") != 0;
    snprintf(text, sizeof text, "%.200s%s%.100s: %s", view->variable->long_name,
             has_unit ? ", in " : "", has_unit ? view->units : "", method_sentences[view->method]);
    text_wrap(stdout, text, 0, 0);
    const char *definition = store_text(view->store, view->variable, "definition");
    text_wrap(stdout, definition != NULL ? definition : "", 0, 0);
    printf("\n");
}

static int
no_memory(struct error *err)
{
    return error_set(err, NO_MEMORY, "no memory for the names of a result");
}

/* As if its rows were of a system in balance: without its beginning, in batches. */
static void
print_long_run(const struct view *view, const double *value, size_t rows)
{
    struct long_run run =
        long_run_batches(value, rows, long_run_cut(value, rows), LONG_RUN_BATCHES);
    char n[3][NUMBER_TEXT], from[CALENDAR_TEXT], line[512];
    int decimals = number_decimals(fabs(run.mean));

    if (run.batches == 0 || isnan(run.mean))
        return;
    calendar_write(view->time->begins[run.cut], from);
    snprintf(
        line, sizeof line,
        "One run: from %s on (its beginning left out by MSER-5, then as many rows as make equal "
        "batches) the mean of a row is %s, 95 %% interval %s to %s by the means of %zu batches; it "
        "says nothing of a system that changes.",
        from, number_text(run.mean, decimals, 12, n[0]), number_text(run.low, decimals, 12, n[1]),
        number_text(run.high, decimals, 12, n[2]), run.batches);
    printf("\n");
    text_wrap(stdout, line, 0, 0);
}

static int
show_bands(const struct selection *selection, struct error *err)
{
    struct bands bands;
    int status = bands_read(&bands, &selection->view, &selection->pick, err);

    if (status == OK)
        table_of_bands(&bands);
    bands_free(&bands);
    return status;
}

/* One run has no other beside it: how sure its mean in balance is, its rows alone can say. */
static int
show_long_run(const struct selection *selection, struct error *err)
{
    const struct view *view = &selection->view;
    struct view_periods rows;
    int status = view_bins(view, SIZE_MAX, &rows, err);
    double *value = calloc(rows.count + 1, sizeof *value);
    const struct view_fold fold = {&rows, value};

    if (status == OK && value == NULL)
        status = error_set(err, NO_MEMORY, "no memory for the rows of a run");
    if (status == OK)
        status = view_read(view, &selection->pick, &fold, 1, err);
    if (status == OK)
        print_long_run(view, value, rows.count);
    view_periods_free(&rows);
    free(value);
    return status;
}

/* The estimates of one selection, and its picture. */
static int
show_one(const struct selection *selection, struct error *err)
{
    struct summary summary;
    int status = summary_read(&summary, &selection->view, &selection->pick, PLOT_COLUMNS, err);

    if (status == OK) {
        table_of_intervals(&summary);
        plot_intervals(&selection->view, &summary);
    }
    size_t replications = summary.replications;
    summary_free(&summary);
    return status == OK && replications == 1 ? show_long_run(selection, err) : status;
}

/* DIMENSION label by label, the others summed over. */
static int
show_labels(const struct selection *selection, int dimension, bool plots, struct error *err)
{
    struct view_pick pick = selection->pick;
    struct summary summary;

    pick.of[dimension] = VIEW_EACH;
    int status = summary_read(&summary, &selection->view, &pick, PLOT_COLUMNS, err);
    if (status == OK) {
        table_of_labels(&summary, selection->view.dimension[dimension]);
        if (plots)
            plot_labels(&selection->view, &summary, selection->view.dimension[dimension]);
    }
    summary_free(&summary);
    return status;
}

/* A variable, with some of its dimensions picked: in all where that makes sense, then by label. */
static int
show_selection(const struct selection *selection, bool bands, struct error *err)
{
    const struct view *view = &selection->view;
    bool adds_up = selection_adds_up(selection);
    int status = OK, open = 0;

    print_heading(view, &selection->pick);
    if (bands && adds_up)
        return show_bands(selection, err);
    if (bands)
        return error_set(err, BAD_INPUT, "bands are of one number: name a place or a label");
    if (adds_up)
        status = show_one(selection, err);
    for (int i = 0; i < view->dimensions && status == OK; i++) {
        open += selection->pick.of[i] == VIEW_SUM_OVER;
        if (!selection_has_labels(selection, i))
            continue;
        printf(adds_up ? "\n" : "");
        status = show_labels(selection, i, !adds_up, err);
    }
    if (open == 2 && !adds_up)
        printf("\nname one %s or %s for more\n", view->dimension[0]->name,
               view->dimension[1]->name);
    return status;
}

/* HEADING and the names, wrapped. */
static void
print_names(FILE *to, const char *heading, const struct names *names)
{
    size_t column = strlen(heading);

    if (names->count == 0)
        return;
    fputs(heading, to);
    for (size_t i = 0; i < names->count; i++) {
        char safe[512];
        size_t columns = text_columns(text_safe(names->name[i], 0, safe, sizeof safe));
        bool last = i + 1 == names->count;
        if (column + columns + 2 > TERMINAL_WIDTH && column > 2) {
            fprintf(to, "\n ");
            column = 1;
        }
        fprintf(to, " %s%s", safe, last ? "\n" : ",");
        column += columns + 2;
    }
}

/* A name that is not there: what is near, and what there is. */
static void
print_unknown(const char *what, const char *name, const struct names *names)
{
    char safe[512], near_safe[512];
    const char *near = suggest(name, names->name, names->count);

    fprintf(stderr, "doorstroom show: no %s is called '%s'", what,
            text_safe(name, 60, safe, sizeof safe));
    if (near != NULL)
        fprintf(stderr, "; did you mean '%s'?", text_safe(near, 60, near_safe, sizeof near_safe));
    fprintf(stderr, "\n");
    print_names(stderr, "there are:", names);
}

/* No SERIES or place is called so. */
static int
explain_series(const struct store *store, const char *series, struct error *err)
{
    struct names names = {0};
    bool good = names_add_series(&names, store) && names_add_places(&names, store);

    if (good)
        print_unknown("series or place", series, &names);
    names_free(&names);
    return good ? BAD_INPUT : no_memory(err);
}

/* SERIES is there, but not with all COUNT labels. */
static int
explain_labels(const struct store *store, const char *series, const char *const *label,
               size_t count, struct error *err)
{
    struct names names = {0};
    char what[256], safe[128];
    bool good = names_add_labels(&names, store, NULL, series);
    const char *wrong = label[0];

    snprintf(what, sizeof what, "place or label of %s", text_safe(series, 60, safe, sizeof safe));
    for (size_t i = 0; i < count; i++)
        if (!names_have(&names, label[i]))
            wrong = label[i];
    if (good && names.count > 0)
        print_unknown(what, wrong, &names);
    else if (good)
        fprintf(stderr, "doorstroom show: this result keeps %s for the nation alone\n",
                text_safe(series, 60, safe, sizeof safe));
    names_free(&names);
    return good ? BAD_INPUT : no_memory(err);
}

static int
refuse_both(const char *label, const char *axis, const char *other, struct error *err)
{
    return error_set(err, BAD_INPUT,
                     "'%.60s' is a %.40s and a %.40s: write '%.40s=%.60s' or '%.40s=%.60s'", label,
                     axis, other, axis, label, other, label);
}

/* BAD_INPUT: one of COUNT labels is on two axes of SERIES, and does not say which. */
static int
check_labels(const struct store *store, const char *series, const char *const *label, size_t count,
             struct error *err)
{
    struct frame frame;
    int status = frame_of_store(&frame, store, err);

    for (size_t i = 0; i < count && status == OK; i++) {
        const char *other;
        const char *axis = selection_axis(frame.view, frame.views, series, label[i], &other);
        if (other != NULL)
            status = refuse_both(label[i], axis, other, err);
    }
    frame_free(&frame);
    return status;
}

/* What else there is to see. */
static int
print_contents(const struct store *store, struct error *err)
{
    struct names series = {0}, regions = {0}, facilities = {0};
    bool good = names_add_series(&series, store) &&
                names_add_labels(&regions, store, "region", NULL) &&
                names_add_labels(&facilities, store, "facility", NULL);

    if (good) {
        printf("\nshow RESULT SERIES [PLACE], or PLACE alone; intervals are shown there\n");
        print_names(stdout, "series:", &series);
        print_names(stdout, "regions:", &regions);
        print_names(stdout, "facilities:", &facilities);
    }
    names_free(&series);
    names_free(&regions);
    names_free(&facilities);
    return good ? OK : no_memory(err);
}

static int
show_overview(const struct store *store, const char *place, struct error *err)
{
    struct overview overview;
    size_t n = store_replications(store);
    char safe[256];
    int status = overview_read(&overview, store, place, TABLE_OVERVIEW_MOST, PLOT_COLUMNS, err);

    if (status == OK && overview.count > 0) {
        printf("%s%smean over %zu replication%s\n\n",
               place != NULL ? text_safe(place, 40, safe, sizeof safe) : "",
               place != NULL ? ": " : "", n, n == 1 ? "" : "s");
        table_of_overview(&overview);
        plot_overview(&overview);
    } else if (status == OK) {
        printf("this result keeps no series of the overview%s\n",
               place != NULL ? "" : " for the nation");
    }
    overview_free(&overview);
    return status == OK && place == NULL ? print_contents(store, err) : status;
}

/* What was drawn, of all fields. */
static int
show_parameters(const struct selection *selection, struct error *err)
{
    const struct view *view = &selection->view;
    struct parameters parameters;
    int status = parameters_read(&parameters, view->store, view->variable, err);

    if (status == OK) {
        printf("%s\n", view->variable->long_name);
        text_wrap(stdout, store_text(view->store, view->variable, "definition"), 0, 0);
        printf("\n");
        table_of_parameters(&parameters);
    }
    parameters_free(&parameters);
    return status;
}

/* Is NAME on AXIS of a result, that axis and a = in front of it or not? *BARE: it has them not. */
static int
is_on(const struct store *store, const char *axis, const char *name, bool *bare, bool *found,
      struct error *err)
{
    struct names names = {0};
    size_t length = strlen(axis);
    bool good = names_add_labels(&names, store, axis, NULL);

    *bare = names_have(&names, name);
    *found = *bare || (strncmp(name, axis, length) == 0 && name[length] == '=' &&
                       names_have(&names, name + length + 1));
    names_free(&names);
    return good ? OK : no_memory(err);
}

/* NAME alone: *IS_PLACE: a region or a facility. BAD_INPUT: it is both. */
static int
look_for_place(const struct store *store, const char *name, bool *is_place, struct error *err)
{
    static const char *const axes[] = {"region", "facility"};
    bool bare[2], found[2];
    int status = is_on(store, axes[0], name, &bare[0], &found[0], err);

    if (status == OK)
        status = is_on(store, axes[1], name, &bare[1], &found[1], err);
    if (status != OK)
        return status;
    *is_place = found[0] || found[1];
    return bare[0] && bare[1] ? refuse_both(name, axes[0], axes[1], err) : OK;
}

static int
show_named(const struct store *store, const struct options *options, struct error *err)
{
    const char *name = options->argument[1], *const *label = &options->argument[2];
    size_t labels = (size_t)options->arguments - 2;
    struct selection selection;
    bool is_place = false;
    int status = check_labels(store, name, label, labels, err);

    if (status != OK)
        return status;
    if (selection_find(&selection, store, name, label, labels))
        return parameters_are(selection.view.variable)
                   ? show_parameters(&selection, err)
                   : show_selection(&selection, options->bands, err);
    if (selection_find(&selection, store, name, NULL, 0))
        return explain_labels(store, name, label, labels, err);
    status = labels == 0 ? look_for_place(store, name, &is_place, err) : OK;
    if (status != OK)
        return status;
    return is_place ? show_overview(store, name, err) : explain_series(store, name, err);
}

int
command_show(const struct options *options)
{
    struct store *store;
    struct error err = {0};
    char title[4096];
    int address = show_find_address(options);

    if (address >= 0)
        return show_address(options, address);
    if (options->ranks) {
        fprintf(stderr, "doorstroom show: --ranks needs an address, such as 'mean(floor_sleepers, "
                        "2030)'\n");
        return EXIT_BAD_INPUT;
    }
    int status = store_open(&store, options->argument[0], &err);

    if (status == OK) {
        const char *text = store_text(store, NULL, "title");
        snprintf(title, sizeof title, "%.2000s: %.1000s", options->argument[0],
                 text != NULL ? text : "");
        text_wrap(stdout, title, 0, 2);
        store_use_threads(store, threads_default("show", 0));
        status = options->arguments > 1 ? show_named(store, options, &err)
                                        : show_overview(store, NULL, &err);
    }
    if (err.code != OK)
        fprintf(stderr, "doorstroom show: %s\n", text_safe(err.message, 0, title, sizeof title));
    store_close(store);
    return exit_for(status);
}
