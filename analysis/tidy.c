#include "tidy.h"

#include "fold.h"

#include <math.h>
#include <stdlib.h>

/* What is read: the windows, and for each cell the term that takes it out of a row. */
struct tidying {
    const struct view *view;
    struct window *window;        /* [windows] */
    size_t windows, cells, width; /* width: cells of the second dimension */
    struct term *term;            /* [cells] */
    double *folded;               /* [cells][windows] */
    void *room;                   /* the values of a replication */
    int (*visit)(void *context, const struct observation *observation);
    void *context;
};

static int
no_memory(const struct view *view, struct error *err)
{
    error_set(err, NO_MEMORY, "no memory for %.100s", view->variable->name);
    return NO_MEMORY;
}

static struct window
whole_of(const struct view *view)
{
    return (struct window){view->time->begins[0], view->time->begins[view->time->size]};
}

static size_t
count_windows(const struct view *view, enum tidy_times times)
{
    const struct window whole = whole_of(view);

    return times == TIDY_ROWS     ? view->time->size
           : times == TIDY_MONTHS ? (size_t)window_months(&whole, NULL)
                                  : (size_t)window_years(&whole, NULL);
}

static size_t
count_cells(const struct view *view)
{
    size_t cells = 1;

    for (int i = 0; i < view->dimensions; i++)
        cells *= view->dimension[i]->size;
    return cells;
}

double
tidy_count(const struct view *view, enum tidy_times times)
{
    return (double)store_replications(view->store) * (double)count_windows(view, times) *
           (double)count_cells(view);
}

static void
make_windows(struct tidying *tidying, enum tidy_times times)
{
    const struct window whole = whole_of(tidying->view);
    const int32_t *begins = tidying->view->time->begins;

    if (times == TIDY_MONTHS)
        window_months(&whole, tidying->window);
    if (times == TIDY_YEARS)
        window_years(&whole, tidying->window);
    for (size_t i = 0; times == TIDY_ROWS && i < tidying->windows; i++)
        tidying->window[i] = (struct window){begins[i], begins[i + 1]};
}

/* Which entry of DIMENSION cell CELL is of. */
static size_t
entry_of(const struct tidying *tidying, size_t cell, int dimension)
{
    return dimension == 0 && tidying->view->dimensions > 1 ? cell / tidying->width
                                                           : cell % tidying->width;
}

static int
make_terms(struct tidying *tidying, struct error *err)
{
    int status = OK;

    for (size_t c = 0; c < tidying->cells && status == OK; c++) {
        struct term *term = &tidying->term[c];
        *term = (struct term){
            .view = *tidying->view, .window = tidying->window, .windows = tidying->windows};
        for (int d = 0; d < tidying->view->dimensions; d++)
            term->pick.of[d] = (int)entry_of(tidying, c, d);
        status = term_prepare(term, err);
    }
    return status;
}

static int
visit_all(const struct tidying *tidying, uint64_t replication)
{
    struct observation observation = {.replication = replication};
    int status = OK;

    for (size_t w = 0; w < tidying->windows; w++)
        for (size_t c = 0; c < tidying->cells && status == OK; c++) {
            observation.days = tidying->window[w];
            observation.value = tidying->folded[c * tidying->windows + w];
            for (int d = 0; d < tidying->view->dimensions; d++)
                observation.label[d] = tidying->view->dimension[d]->label[entry_of(tidying, c, d)];
            status = tidying->visit(tidying->context, &observation);
        }
    return status;
}

static int
read_all(struct tidying *tidying, struct error *err)
{
    const struct store *store = tidying->view->store;
    const struct store_variable *variable = tidying->view->variable;
    struct chunk_tools tools = {0};
    int status = OK;

    for (size_t r = 0; r < store_replications(store) && status == OK; r++) {
        status = store_read(store, variable, r, &tools, tidying->room, err);
        if (status != OK)
            break;
        const double *values = store_doubles(variable, tidying->room);
        for (size_t c = 0; c < tidying->cells; c++)
            term_fold(&tidying->term[c], values, tidying->folded + c * tidying->windows);
        status = visit_all(tidying, store_replication(store, r));
    }
    chunk_tools_free(&tools);
    return status;
}

int
tidy_each(const struct view *view, enum tidy_times times,
          int (*visit)(void *context, const struct observation *observation), void *context,
          struct error *err)
{
    struct tidying tidying = {.view = view,
                              .windows = count_windows(view, times),
                              .cells = count_cells(view),
                              .width = 1,
                              .visit = visit,
                              .context = context};
    if (view->dimensions > 0)
        tidying.width = view->dimension[view->dimensions - 1]->size;
    tidying.window = calloc(tidying.windows + 1, sizeof *tidying.window);
    tidying.term = calloc(tidying.cells + 1, sizeof *tidying.term);
    tidying.folded = calloc(tidying.cells * tidying.windows + 1, sizeof *tidying.folded);
    tidying.room = malloc(store_room(view->variable) + 1);
    bool room = tidying.window != NULL && tidying.term != NULL && tidying.folded != NULL &&
                tidying.room != NULL;
    int status = room ? OK : no_memory(view, err);
    if (status == OK) {
        make_windows(&tidying, times);
        status = make_terms(&tidying, err);
    }
    if (status == OK)
        status = read_all(&tidying, err);
    for (size_t c = 0; tidying.term != NULL && c < tidying.cells; c++)
        term_free(&tidying.term[c]);
    free(tidying.window);
    free(tidying.term);
    free(tidying.folded);
    free(tidying.room);
    return status;
}
