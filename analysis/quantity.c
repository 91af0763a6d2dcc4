#include "quantity.h"

#include "models/scenario/suggest.h"
#include "selection.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int
no_memory(const char *name, struct error *err)
{
    return error_set(err, NO_MEMORY, "no memory for %.60s", name);
}

/* No series and no indicator is called NAME: what is near. */
static int
refuse_name(const struct frame *frame, const char *name, struct error *err)
{
    const char **known = calloc(frame->views + indicator_count + 1, sizeof *known);
    size_t count = 0;

    if (known == NULL)
        return no_memory(name, err);
    for (size_t v = 0; v < frame->views; v++)
        known[count++] = view_base_name(frame->view[v].variable);
    for (size_t i = 0; i < indicator_count; i++)
        known[count++] = indicator_table[i].name;
    const char *near = suggest(name, known, count);
    error_set(err, BAD_INPUT, "no series or indicator is called '%.60s'%s%.60s%s", name,
              near != NULL ? "; did you mean '" : "", near != NULL ? near : "",
              near != NULL ? "'?" : "; 'doorstroom explain indicators' lists them");
    free(known);
    return BAD_INPUT;
}

static bool
is_label_of(const struct frame *frame, const char *series, const char *label)
{
    for (size_t v = 0; v < frame->views; v++)
        for (int i = 0; i < frame->view[v].dimensions; i++)
            if (selection_is_called(frame->view[v].variable, series) &&
                view_label(frame->view[v].dimension[i], label) != SIZE_MAX)
                return true;
    return false;
}

/* The labels of SERIES, all variables of it one after the other; *COUNT of them. NULL: no memory.
 */
static const char **
labels_of(const struct frame *frame, const char *series, size_t *count)
{
    const char **label = NULL;
    size_t room = 0;

    for (int pass = 0; pass < 2; pass++) {
        *count = 0;
        for (size_t v = 0; v < frame->views; v++)
            for (int i = 0; i < frame->view[v].dimensions; i++) {
                const struct store_axis *axis = frame->view[v].dimension[i];
                if (!selection_is_called(frame->view[v].variable, series))
                    continue;
                for (size_t k = 0; k < axis->size; k++, ++*count)
                    if (pass == 1)
                        label[*count] = axis->label[k];
            }
        room = *count;
        if (pass == 0 && (label = calloc(room + 1, sizeof *label)) == NULL)
            return NULL;
    }
    return label;
}

/* The names of the axes of SERIES, each once: "region, facility". */
static void
write_axes(const struct frame *frame, const char *series, char *text, size_t size)
{
    const char *seen[16];
    size_t count = 0, used = 0;

    text[0] = '\0';
    for (size_t v = 0; v < frame->views; v++)
        for (int i = 0; i < frame->view[v].dimensions; i++) {
            const char *axis = frame->view[v].dimension[i]->name;
            bool known = !selection_is_called(frame->view[v].variable, series);
            for (size_t k = 0; k < count; k++)
                known |= strcmp(seen[k], axis) == 0;
            if (known || count == sizeof seen / sizeof *seen || used >= size)
                continue;
            used +=
                (size_t)snprintf(text + used, size - used, "%s%.40s", count > 0 ? ", " : "", axis);
            seen[count++] = axis;
        }
}

/* BAD_INPUT: SERIES has no AXIS, or no LABEL on it. */
static int
check_axis(const struct frame *frame, const char *series, const char *axis, const char *label,
           struct error *err)
{
    const struct store_axis *found = frame_axis(frame, series, axis);
    char axes[400];

    if (found != NULL && view_label(found, label) != SIZE_MAX)
        return OK;
    if (found != NULL) {
        const char *near = suggest(label, found->label, found->size);
        return error_set(err, BAD_INPUT, "%.60s has no %.40s '%.60s'%s%.60s%s", series, axis, label,
                         near != NULL ? "; did you mean '" : "", near != NULL ? near : "",
                         near != NULL ? "'?" : "");
    }
    write_axes(frame, series, axes, sizeof axes);
    return error_set(err, BAD_INPUT, "%.60s is not kept by '%.40s'%s%s%s", series, axis,
                     axes[0] != '\0' ? ", but by " : "", axes,
                     "; a name that holds a = stands between double quotes");
}

/* SERIES is there, but not with all labels of NAME. */
static int
refuse_labels(const struct frame *frame, const char *series, const struct quantity_name *name,
              struct error *err)
{
    size_t count;
    const char **known = labels_of(frame, series, &count), *near = NULL;
    const char *wrong = name->label[0];

    if (known == NULL)
        return no_memory(series, err);
    for (size_t i = 0; i < name->labels; i++)
        if (!is_label_of(frame, series, name->label[i]))
            wrong = name->label[i];
    if (count > 0)
        near = suggest(wrong, known, count);
    if (count == 0)
        error_set(err, BAD_INPUT, "%.60s is kept for the nation alone, not for '%.60s'", series,
                  wrong);
    else if (near != NULL && strcasecmp(near, wrong) == 0)
        error_set(err, BAD_INPUT, "%.60s is not kept for '%.60s' together with the other labels",
                  series, wrong);
    else
        error_set(err, BAD_INPUT, "%.60s has no place or label '%.60s'%s%.60s%s", series, wrong,
                  near != NULL ? "; did you mean '" : "", near != NULL ? near : "",
                  near != NULL ? "'?" : "");
    free(known);
    return BAD_INPUT;
}

/* What no label names must add up. */
static int
check_sum(const struct selection *selection, const char *series, struct error *err)
{
    if (selection_adds_up(selection))
        return OK;
    for (int i = 0; i < selection->view.dimensions; i++)
        if (selection->pick.of[i] == VIEW_SUM_OVER && !view_adds_up(&selection->view, i))
            return error_set(err, BAD_INPUT,
                             "%.60s does not add up over its entries of %.40s: name one, such as "
                             "'%.60s'",
                             series, selection->view.dimension[i]->name,
                             selection->view.dimension[i]->label[0]);
    return OK;
}

/* The labels that a term is bound by, each with the name of its axis. */
struct labels {
    const char *label[QUANTITY_LABELS + 1], *axis[QUANTITY_LABELS + 1];
    size_t count;
};

/* BAD_INPUT: a label is on no axis of the series, or on several of them. */
static int
find_axes(struct labels *labels, const struct frame *frame, const struct indicator_term *of,
          const struct quantity_name *name, struct error *err)
{
    for (size_t i = 0; i < name->labels && i < QUANTITY_LABELS; i++)
        labels->label[labels->count++] = name->label[i];
    if (of->label != NULL)
        labels->label[labels->count++] = of->label;
    for (size_t i = 0; i < labels->count; i++) {
        const char *label = labels->label[i], *other;
        bool asked = i < name->labels; /* else it is the term's own, which the nation has first */
        const char *said = asked && name->axis != NULL ? name->axis[i] : NULL;
        if (said != NULL && check_axis(frame, of->series, said, label, err) != OK)
            return BAD_INPUT;
        labels->axis[i] = said;
        if (said != NULL)
            continue;
        labels->axis[i] = selection_axis(frame->view, frame->views, of->series, label, &other);
        if (labels->axis[i] == NULL)
            return refuse_labels(frame, of->series, name, err);
        if (asked && other != NULL)
            return error_set(err, BAD_INPUT,
                             "'%.60s' is a %.40s and a %.40s of %.60s: write %.40s=%.60s or "
                             "%.40s=%.60s",
                             label, labels->axis[i], other, of->series, labels->axis[i], label,
                             other, label);
    }
    return OK;
}

/* The first variable of a term's series that has all labels. */
static int
bind_sum(struct term *term, const struct frame *frame, const struct indicator_term *of,
         const struct quantity_name *name, struct error *err)
{
    struct labels labels = {.count = 0};
    struct selection selection;
    int status = find_axes(&labels, frame, of, name, err);

    if (status != OK)
        return status;
    for (size_t v = 0; v < frame->views; v++)
        if (selection_is_called(frame->view[v].variable, of->series) &&
            selection_on(&selection, &frame->view[v], labels.label, labels.axis, labels.count)) {
            term->view = selection.view;
            term->pick = selection.pick;
            return check_sum(&selection, of->series, err);
        }
    return refuse_labels(frame, of->series, name, err);
}

/* Does a term that looks across facilities look at facility F? Where it is of houses at them alone,
 * else at those of the prison population. */
static bool
is_looked_at(const struct frame *frame, const struct indicator_term *of, size_t f)
{
    if (of->houses)
        return strcmp(frame->facility_kind[f], "detention_house") == 0 ||
               strcmp(frame->facility_kind[f], "transition_house") == 0;
    return frame->facility_counted == NULL || strcmp(frame->facility_counted[f], "yes") == 0;
}

/* The facilities that a term looks at, all or those of REGION. */
static int
choose_among(struct quantity *quantity, const struct frame *frame, const struct indicator_term *of,
             const char *region, struct error *err)
{
    size_t found = 0;

    if (quantity->among == NULL)
        quantity->among = calloc(frame->facilities + 1, sizeof *quantity->among);
    if (quantity->among == NULL)
        return no_memory(of->series, err);
    for (size_t f = 0; f < frame->facilities; f++) {
        bool here = region == NULL || strcasecmp(frame->facility_region[f], region) == 0;
        quantity->among[f] = here && is_looked_at(frame, of, f);
        found += here;
    }
    return found > 0 ? OK
                     : error_set(err, BAD_INPUT, "no facility is in a region called '%.60s'",
                                 region != NULL ? region : "");
}

/* SERIES of each facility. */
static const struct view *
view_of_facilities(const struct frame *frame, const char *series)
{
    for (size_t v = 0; v < frame->views; v++) {
        const struct view *view = &frame->view[v];
        if (selection_is_called(view->variable, series) && view->dimensions == 1 &&
            strcmp(view->dimension[0]->name, "facility") == 0 &&
            view->dimension[0]->size == frame->facilities)
            return view;
    }
    return NULL;
}

/* Facilities one by one: all that the term looks at, or those of a region. */
static int
bind_across(struct quantity *quantity, struct term *term, const struct frame *frame,
            const struct indicator_term *of, const struct quantity_name *name, struct error *err)
{
    const struct view *view = view_of_facilities(frame, of->series);
    const char *region = name->labels > 0 ? name->label[0] : NULL;
    const char *axis = region != NULL && name->axis != NULL ? name->axis[0] : NULL;
    bool says = frame->facility_region != NULL && (!of->houses || frame->facility_kind != NULL);

    if (view == NULL || !says)
        return error_set(err, BAD_INPUT,
                         "%.60s needs %.60s of each facility, which is not kept: name it under "
                         "record of the scenario",
                         name->name, of->series);
    if (name->labels > 1 || (axis != NULL && strcmp(axis, "region") != 0))
        return error_set(err, BAD_INPUT,
                         "%.60s is of facilities together: ask for all, or a region", name->name);
    int status = choose_among(quantity, frame, of, region, err);
    term->view = *view;
    term->pick = (struct view_pick){{VIEW_SUM_OVER, VIEW_SUM_OVER}};
    term->among = quantity->among;
    return status;
}

static int
bind_term(struct quantity *quantity, size_t t, const struct frame *frame,
          const struct quantity_name *name, const struct window *window, struct error *err)
{
    const struct indicator_term *of = &quantity->of.term[t];
    struct term *term = &quantity->term[t];

    if (!frame_keeps(frame, of->series))
        return of->optional ? OK
                            : error_set(err, BAD_INPUT,
                                        "%.60s needs the series %.60s, which is not kept: name it "
                                        "under record of the scenario",
                                        name->name, of->series);
    quantity->there[t] = true;
    *term = (struct term){.fold = of->fold,
                          .across = of->across,
                          .level = of->level,
                          .window = window,
                          .windows = quantity->windows};
    int status = of->across == ACROSS_SUM && !of->houses
                     ? bind_sum(term, frame, of, name, err)
                     : bind_across(quantity, term, frame, of, name, err);
    return status == OK ? term_prepare(term, err) : status;
}

/* A row of the table for what is a series and nothing else. */
static struct indicator
indicator_of_series(const struct frame *frame, const char *name)
{
    struct indicator made = {.name = name, .scale = 1, .term = {{.series = name, .sign = 1}}};

    for (size_t v = 0; v < frame->views; v++)
        if (selection_is_called(frame->view[v].variable, name)) {
            made.label = frame->view[v].variable->long_name;
            made.unit = frame->view[v].units;
            break;
        }
    return made;
}

int
quantity_create(struct quantity *quantity, const struct frame *frame,
                const struct quantity_name *name, const struct window *window, size_t windows,
                struct error *err)
{
    const struct indicator *indicator = indicator_find(name->name);
    int status = OK;

    *quantity = (struct quantity){.windows = windows};
    if (indicator == NULL && !frame_keeps(frame, name->name))
        return refuse_name(frame, name->name, err);
    quantity->of = indicator != NULL ? *indicator : indicator_of_series(frame, name->name);
    for (size_t t = 0; t < INDICATOR_MOST_TERMS && status == OK; t++)
        if (quantity->of.term[t].series != NULL)
            status = bind_term(quantity, t, frame, name, window, err);
    return status;
}

void
quantity_free(struct quantity *quantity)
{
    for (size_t t = 0; t < INDICATOR_MOST_TERMS; t++)
        term_free(&quantity->term[t]);
    free(quantity->among);
    *quantity = (struct quantity){0};
}

double
quantity_combine(const struct quantity *quantity, const double *of_term)
{
    double above = 0, below = 0;
    bool divides = false;

    for (size_t t = 0; t < INDICATOR_MOST_TERMS; t++) {
        int sign = quantity->of.term[t].sign;
        if (!quantity->there[t])
            continue;
        divides |= sign == 2;
        below += sign == 2 ? of_term[t] : 0;
        above += sign == 2 ? 0 : sign * of_term[t];
    }
    double value = quantity->of.scale * (divides ? above / below : above);
    return isfinite(value) ? value : NAN;
}

/* A term of a quantity that is read, and where its folded values stand. */
struct read_term {
    const struct term *term;
    size_t place;
};

/* What is read: values are folded into [place][replication][window]. */
struct reading {
    const struct store *store;
    size_t replications, windows;
    struct read_term *term; /* [terms]: by variable */
    size_t terms;
    size_t *first; /* [variables + 1]: into TERM, of each variable of the store */
    double *folded;
};

static double *
place_of(const struct reading *reading, size_t place, size_t replication)
{
    return reading->folded + (place * reading->replications + replication) * reading->windows;
}

static int
fold_replication(void *context, size_t variable, size_t position, void *values,
                 struct chunk_tools *tools, struct error *err)
{
    const struct reading *reading = context;
    const double *real = store_doubles(store_variable(reading->store, variable), values);

    (void)tools;
    (void)err;
    for (size_t i = reading->first[variable]; i < reading->first[variable + 1]; i++)
        term_fold(reading->term[i].term, real, place_of(reading, reading->term[i].place, position));
    return OK;
}

/* Sort the terms of QUANTITY [count] by the variable that they are of. */
static void
sort_terms(struct reading *reading, const struct quantity *quantity, size_t count)
{
    size_t *first = reading->first, variables = store_variables(reading->store);

    for (size_t v = 0; v < variables; v++) {
        size_t place = 0;
        first[v] = reading->terms;
        for (size_t q = 0; q < count; q++)
            for (size_t t = 0; t < INDICATOR_MOST_TERMS; t++) {
                const struct term *term = &quantity[q].term[t];
                if (!quantity[q].there[t])
                    continue;
                if (term->view.variable == store_variable(reading->store, v))
                    reading->term[reading->terms++] = (struct read_term){term, place};
                place++;
            }
    }
    first[variables] = reading->terms;
}

static int
make_room(struct reading *reading, const struct quantity *quantity, size_t count, struct error *err)
{
    size_t terms = 0;

    for (size_t q = 0; q < count; q++)
        for (size_t t = 0; t < INDICATOR_MOST_TERMS; t++)
            terms += quantity[q].there[t];
    reading->term = calloc(terms + 1, sizeof *reading->term);
    reading->first = calloc(store_variables(reading->store) + 1, sizeof *reading->first);
    reading->folded =
        calloc(terms * reading->replications * reading->windows + 1, sizeof *reading->folded);
    if (reading->term != NULL && reading->first != NULL && reading->folded != NULL)
        return OK;
    error_set(err, NO_MEMORY, "no memory for %zu quantities of %zu replications", count,
              reading->replications);
    return NO_MEMORY;
}

static void
combine_all(const struct reading *reading, const struct quantity *quantity, size_t count,
            double *value)
{
    double of_term[INDICATOR_MOST_TERMS] = {0};

    for (size_t q = 0, place = 0, terms = 0; q < count; q++, place += terms)
        for (size_t r = 0; r < reading->replications; r++)
            for (size_t w = 0; w < reading->windows; w++) {
                terms = 0;
                for (size_t t = 0; t < INDICATOR_MOST_TERMS; t++)
                    if (quantity[q].there[t])
                        of_term[t] = place_of(reading, place + terms++, r)[w];
                *value++ = quantity_combine(&quantity[q], of_term);
            }
}

int
quantities_read(const struct store *store, const struct quantity *quantity, size_t count,
                const size_t *index, size_t replications, double *value, struct error *err)
{
    struct reading reading = {
        .replications = replications, .windows = count > 0 ? quantity->windows : 0, .store = store};
    int status = make_room(&reading, quantity, count, err);

    if (status == OK)
        sort_terms(&reading, quantity, count);
    for (size_t v = 0; v < store_variables(store) && status == OK; v++) {
        const struct store_part part = {
            .first = v, .variables = 1, .index = index, .count = replications};
        if (reading.first[v + 1] > reading.first[v])
            status = store_each(store, &part, fold_replication, &reading, err);
    }
    if (status == OK)
        combine_all(&reading, quantity, count, value);
    free(reading.term);
    free(reading.first);
    free(reading.folded);
    return status;
}

static void
fold_in_memory(const void *term, const double *values, size_t count, double *kept)
{
    (void)count;
    term_fold(term, values, kept);
}

size_t
quantities_choose(const struct quantity *quantity, size_t count, struct memory_choice *choice)
{
    size_t choices = 0;

    for (size_t q = 0; q < count; q++)
        for (size_t t = 0; t < INDICATOR_MOST_TERMS; t++)
            if (quantity[q].there[t])
                choice[choices++] =
                    (struct memory_choice){.name = quantity[q].term[t].view.variable->name,
                                           .fold = fold_in_memory,
                                           .context = &quantity[q].term[t],
                                           .kept = quantity[q].windows};
    return choices;
}

void
quantities_take(const struct quantity *quantity, size_t count, const struct memory *memory,
                uint64_t replication, double *value)
{
    size_t first = 0;

    for (size_t q = 0; q < count; q++) {
        double of_term[INDICATOR_MOST_TERMS] = {0};
        size_t next = first;
        for (size_t w = 0; w < quantity[q].windows; w++) {
            next = first;
            for (size_t t = 0; t < INDICATOR_MOST_TERMS; t++)
                if (quantity[q].there[t])
                    of_term[t] = memory_values(memory, next++, replication)[w];
            *value++ = quantity_combine(&quantity[q], of_term);
        }
        first = next;
    }
}
