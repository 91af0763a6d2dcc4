#include "compare.h"

#include "interval.h"
#include "lines.h"
#include "multiple.h"

#include "models/scenario/suggest.h"

#include "sim/base/array.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What a comparison is made of: results, the quantities of each, and their values. */
struct side {
    const struct store *store;
    struct frame frame;
    size_t *index;             /* [replications]: where the common ones stand */
    struct quantity *quantity; /* [asks] */
    double *value;             /* [asks][replications][windows] */
};

/* A quantity with its labels, and the last of them over the axis that is asked for. */
struct ask {
    struct quantity_name name;
    const char *label[QUANTITY_LABELS], *axis[QUANTITY_LABELS];
};

struct comparison_memory {
    struct side *side; /* [1 + others]: the base first */
    struct pairing *pairing;
    struct ask *ask;
    size_t asks, room;
    struct window *window;
    size_t windows;
    uint64_t *draw;
    size_t shown;                /* asks that become rows: those behind them are for the price */
    double *work;                /* [5][replications] */
    struct lines notes, unsplit; /* unsplit: headlines that the axis does not split */
};

static int
no_memory(struct error *err)
{
    return error_set(err, NO_MEMORY, "no memory for the comparison");
}

static int
pair_all(struct comparison *c, struct store *const *other, size_t *wrong, struct error *err)
{
    struct comparison_memory *m = c->memory;
    int status = OK;

    for (size_t k = 0; k < c->others && status == OK; k++) {
        *wrong = k;
        m->side[k + 1].store = other[k];
        status = pairing_make(&m->pairing[k], m->side[0].store, other[k], err);
        c->paired[k] = m->pairing[k].count;
        if (status == OK)
            status = frame_of_store(&m->side[k + 1].frame, other[k], err);
    }
    return status == OK ? frame_of_store(&m->side[0].frame, m->side[0].store, err) : status;
}

/* The place of replication BASE of the base in pairing K; count: it has none. */
static size_t
find_pair(const struct pairing *pairing, size_t base)
{
    size_t i = 0;

    while (i < pairing->count && pairing->base[i] != base)
        i++;
    return i;
}

/* The replications that all results hold. */
static int
keep_common(struct comparison *c, struct error *err)
{
    struct comparison_memory *m = c->memory;
    size_t n = m->pairing[0].count;

    m->draw = m->pairing[0].draw != NULL ? calloc(n + 1, sizeof *m->draw) : NULL;
    m->work = calloc(5 * n + 1, sizeof *m->work);
    if (m->work == NULL || (m->pairing[0].draw != NULL && m->draw == NULL))
        return no_memory(err);
    for (size_t s = 0; s <= c->others; s++)
        if ((m->side[s].index = calloc(n + 1, sizeof *m->side[s].index)) == NULL)
            return no_memory(err);
    for (size_t i = 0; i < n; i++) {
        size_t base = m->pairing[0].base[i], r = c->replications, k = 0;
        for (; k < c->others; k++) {
            size_t at = k == 0 ? i : find_pair(&m->pairing[k], base);
            if (at == m->pairing[k].count)
                break;
            m->side[k + 1].index[r] = m->pairing[k].other[at];
        }
        if (k < c->others)
            continue;
        m->side[0].index[r] = base;
        if (m->draw != NULL)
            m->draw[r] = m->pairing[0].draw[i];
        c->draws += m->draw == NULL || r == 0 || m->draw[r] != m->draw[r - 1];
        c->replications++;
    }
    return c->replications > 0
               ? OK
               : error_set(err, BAD_INPUT, "no replication is in all of these results");
}

static int
make_windows(struct comparison *c, const struct compare_asked *asked, struct error *err)
{
    struct comparison_memory *m = c->memory;
    const struct frame *frame = &m->side[0].frame;
    int32_t (*const cut[])(const struct window *, struct window *) = {
        [COMPARE_YEARS] = window_years, [COMPARE_MONTHS] = window_months};
    char text[WINDOW_TEXT];

    c->whole = asked->window;
    if (c->whole.from < frame->from)
        c->whole.from = frame->from;
    if (c->whole.until > frame->until)
        c->whole.until = frame->until;
    if (c->whole.from >= c->whole.until)
        return error_set(err, BAD_INPUT, "the results have no day in %s",
                         window_write(&asked->window, text));
    m->windows = asked->times == COMPARE_WHOLE ? 1 : (size_t)cut[asked->times](&c->whole, NULL);
    m->window = calloc(m->windows + 1, sizeof *m->window);
    if (m->window == NULL)
        return no_memory(err);
    m->window[0] = c->whole;
    if (asked->times != COMPARE_WHOLE)
        cut[asked->times](&c->whole, m->window);
    return OK;
}

static bool
add_ask(struct comparison_memory *m, const struct quantity_name *name, const char *label,
        const char *over)
{
    if (!array_room(m->ask, m->room, m->asks + 1))
        return false;
    struct ask *ask = &m->ask[m->asks++];
    *ask = (struct ask){.name = *name};
    for (size_t i = 0; i < name->labels; i++) {
        ask->label[i] = name->label[i];
        ask->axis[i] = name->axis != NULL ? name->axis[i] : NULL;
    }
    if (label != NULL) {
        ask->axis[name->labels] = over;
        ask->label[ask->name.labels++] = label;
    }
    return true;
}

/* The name of an axis of the base that is near to OVER, or NULL. */
static const char *
near_axis(const struct frame *frame, const char *over)
{
    const char **name = calloc(2 * frame->views + 3, sizeof *name), *near;
    size_t count = 0;

    if (name == NULL)
        return NULL;
    name[count++] = "year";
    name[count++] = "month";
    for (size_t v = 0; v < frame->views; v++)
        for (int d = 0; d < frame->view[v].dimensions && d < 2; d++)
            name[count++] = frame->view[v].dimension[d]->name;
    near = suggest(over, name, count);
    free(name);
    return near != NULL && strcmp(near, over) != 0 ? near : NULL;
}

/* OVER is no axis of WHAT, behind which it stands. */
static int
refuse_over(const struct frame *frame, const char *what, const char *over, struct error *err)
{
    const char *near = near_axis(frame, over);

    return error_set(err, BAD_INPUT, "%.100s by %.40s%s%.40s%s", what, over,
                     near != NULL ? "; did you mean '" : "", near != NULL ? near : "",
                     near != NULL ? "'?" : "");
}

/* The labels that all results have of the axis that is asked for. */
static int
ask_over(struct comparison *c, const struct quantity_name *name, const char *over,
         struct error *err)
{
    struct comparison_memory *m = c->memory;
    const struct indicator *indicator = indicator_find(name->name);
    const char *series = indicator != NULL ? indicator->term[0].series : name->name;
    const struct store_axis *axis = frame_axis(&m->side[0].frame, series, over);

    size_t before = m->asks;

    if (axis == NULL) {
        char what[100];
        snprintf(what, sizeof what, "%.60s is not kept", name->name);
        return refuse_over(&m->side[0].frame, what, over, err);
    }
    if (name->labels >= QUANTITY_LABELS)
        return error_set(err, BAD_INPUT, "%.60s has too many labels", name->name);
    for (size_t i = 0; i < axis->size; i++) {
        bool everywhere = true;
        for (size_t k = 1; k <= c->others; k++) {
            const struct store_axis *theirs = frame_axis(&m->side[k].frame, series, over);
            everywhere &= theirs != NULL && view_label(theirs, axis->label[i]) != SIZE_MAX;
        }
        if (everywhere && !add_ask(m, name, axis->label[i], over))
            return no_memory(err);
    }
    return m->asks > before
               ? OK
               : error_set(err, BAD_INPUT, "the results have no %.40s in common", over);
}

/* Is each term's series of the table's row kept, somewhere? */
static bool
is_kept(const struct frame *frame, const struct indicator *indicator)
{
    for (size_t t = 0; t < INDICATOR_MOST_TERMS && indicator->term[t].series != NULL; t++) {
        if (!indicator->term[t].optional && !frame_keeps(frame, indicator->term[t].series))
            return false;
    }
    return true;
}

static int
ask_one(struct comparison *c, const struct quantity_name *name, const char *over, struct error *err)
{
    if (over != NULL)
        return ask_over(c, name, over, err);
    return add_ask(c->memory, name, NULL, NULL) ? OK : no_memory(err);
}

/* Is every series of the table's row that FRAME keeps kept by OVER? */
static bool
is_split(const struct frame *frame, const struct indicator *indicator, const char *over)
{
    for (size_t t = 0; t < INDICATOR_MOST_TERMS && indicator->term[t].series != NULL; t++) {
        const char *series = indicator->term[t].series;
        if (frame_keeps(frame, series) && frame_axis(frame, series, over) == NULL)
            return false;
    }
    return true;
}

/* The headlines, as far as every result keeps what they need. */
static int
ask_headlines(struct comparison *c, const struct compare_asked *asked, struct error *err)
{
    const char *over = asked->over;
    struct comparison_memory *m = c->memory;
    int status = OK;

    for (size_t i = 0; i < indicator_count && status == OK; i++) {
        const struct indicator *indicator = &indicator_table[i];
        const struct quantity_name name = {.name = indicator->name};
        bool kept = indicator->headline;
        for (size_t s = 0; s <= c->others && kept; s++)
            kept = is_kept(&m->side[s].frame, indicator);
        if (kept && over != NULL && !is_split(&m->side[0].frame, indicator, over)) {
            lines_put(&m->unsplit, "%s%s", m->unsplit.text != NULL ? ", " : "", indicator->name);
            continue;
        }
        if (kept)
            status = ask_one(c, &name, over, err);
    }
    if (status != OK || m->asks > 0 || asked->headlines)
        return status;
    const char *none = "the results keep none of the headline indicators";
    return over != NULL ? refuse_over(&m->side[0].frame, none, over, err)
                        : error_set(err, BAD_INPUT, "%s", none);
}

static bool
wants_headlines(const struct compare_asked *asked)
{
    return asked->headlines || asked->quantities == 0;
}

/* What cost and crowding are in all, for the price of a person-day. */
static int
ask_price(struct comparison *c, const struct compare_asked *asked, struct error *err)
{
    static const char *const names[] = {"total_cost", "person_days_above"};
    struct comparison_memory *m = c->memory;
    bool kept = wants_headlines(asked) && asked->over == NULL;

    for (size_t s = 0; s <= c->others; s++)
        for (int i = 0; i < 2; i++)
            kept &= is_kept(&m->side[s].frame, indicator_find(names[i]));
    for (int i = 0; i < 2 && kept; i++)
        if (!add_ask(m, &(struct quantity_name){.name = names[i]}, NULL, NULL))
            return no_memory(err);
    return OK;
}

static int
ask_all(struct comparison *c, const struct compare_asked *asked, struct error *err)
{
    struct comparison_memory *m = c->memory;
    int status = OK;

    if (wants_headlines(asked))
        status = ask_headlines(c, asked, err);
    for (size_t q = 0; q < asked->quantities && status == OK; q++)
        status = ask_one(c, &asked->quantity[q], asked->over, err);
    m->shown = m->asks;
    if (status == OK)
        status = ask_price(c, asked, err);
    for (size_t i = 0; i < m->asks; i++) { /* the array has moved while it grew */
        m->ask[i].name.label = m->ask[i].label;
        m->ask[i].name.axis = m->ask[i].axis;
    }
    return status;
}

static int
read_side(struct comparison *c, struct side *side, struct error *err)
{
    struct comparison_memory *m = c->memory;
    size_t each = c->replications * m->windows;
    int status = OK;

    side->quantity = calloc(m->asks + 1, sizeof *side->quantity);
    side->value = calloc(m->asks * each + 1, sizeof *side->value);
    if (side->quantity == NULL || side->value == NULL)
        return no_memory(err);
    for (size_t q = 0; q < m->asks && status == OK; q++)
        status = quantity_create(&side->quantity[q], &side->frame, &m->ask[q].name, m->window,
                                 m->windows, err);
    if (status != OK)
        return status;
    return quantities_read(side->store, side->quantity, m->asks, side->index, c->replications,
                           side->value, err);
}

/* The same rows in all: a mean over months that are kept whole is no mean over days. */
static int
check_rows(const struct comparison *c, size_t k, struct error *err)
{
    const struct comparison_memory *m = c->memory;

    for (size_t q = 0; q < m->asks; q++)
        for (size_t t = 0; t < INDICATOR_MOST_TERMS; t++) {
            const struct quantity *a = &m->side[0].quantity[q], *b = &m->side[k].quantity[q];
            if (!a->there[t] || !b->there[t])
                continue;
            const struct store_axis *one = a->term[t].view.time, *two = b->term[t].view.time;
            if (strcmp(one->name, two->name) != 0 || one->size != two->size)
                return error_set(err, BAD_INPUT,
                                 "%.60s is kept by %.20s in the base and by %.20s here: give both "
                                 "scenarios the same record",
                                 a->of.name, strcmp(one->name, "time") == 0 ? "day" : one->name,
                                 strcmp(two->name, "time") == 0 ? "day" : two->name);
        }
    return OK;
}

/* The value of ASK in replication R and window W. */
static const double *
values_of(const struct comparison *c, size_t s, size_t ask, size_t w)
{
    const struct comparison_memory *m = c->memory;

    return m->side[s].value + ask * c->replications * m->windows + w;
}

/* The share of the futures in which a difference is as ASKED: 0, or of a sign; of draws the mean of
 * their shares. NaN is neither. */
static double
share_of(const struct comparison *c, const double *difference, int asked, double *work)
{
    const struct comparison_memory *m = c->memory;

    for (size_t r = 0; r < c->replications; r++) {
        double d = difference[r];
        work[r] = isnan(d) ? NAN : asked == 0 ? d == 0 : (double)asked * d > 0;
    }
    size_t units = statistics_units(work, 1, c->replications, m->draw, work);
    return units > 0 ? 100 * gsl_stats_mean(work, 1, units) : NAN;
}

static void
compare_one(const struct comparison *c, size_t ask, size_t w, size_t k, struct compared *compared)
{
    const struct comparison_memory *m = c->memory;
    const double *of_base = values_of(c, 0, ask, w), *of_other = values_of(c, k + 1, ask, w);
    size_t n = c->replications;
    double *base = m->work, *other = base + n, *difference = other + n, *work = difference + n;

    for (size_t r = 0; r < n; r++) {
        base[r] = of_base[r * m->windows];
        other[r] = of_other[r * m->windows];
        difference[r] = other[r] - base[r];
    }
    struct interval ratio = interval_ratio(difference, base, n, m->draw, work);
    *compared = (struct compared){.other = estimate_make(other, 1, n, m->draw, work),
                                  .difference = estimate_make(difference, 1, n, m->draw, work),
                                  .relative = 100 * ratio.value,
                                  .relative_low = 100 * ratio.low,
                                  .relative_high = 100 * ratio.high,
                                  .p = interval_p(difference, n, m->draw, work),
                                  .gain = interval_gain(other, base, n, m->draw, work)};
    int better = m->side[0].quantity[ask].of.better;
    compared->same = share_of(c, difference, 0, work);
    compared->better = better != 0 ? share_of(c, difference, better, work) : NAN;
}

/* Both add up over time: over the windows they are those of the whole. */
static void
price_one(struct comparison *c, size_t k)
{
    const struct comparison_memory *m = c->memory;
    size_t n = c->replications;
    double *cost = m->work, *avoided = cost + n, *work = avoided + n;

    for (size_t r = 0; r < n; r++) {
        cost[r] = avoided[r] = 0;
        for (size_t w = 0; w < m->windows; w++) {
            size_t at = r * m->windows;
            cost[r] += values_of(c, k + 1, m->shown, w)[at] - values_of(c, 0, m->shown, w)[at];
            avoided[r] +=
                values_of(c, 0, m->shown + 1, w)[at] - values_of(c, k + 1, m->shown + 1, w)[at];
        }
    }
    struct interval price = interval_ratio(cost, avoided, n, m->draw, work);
    bool fell = estimate_make(avoided, 1, n, m->draw, work).mean > 0;
    bool changed = interval_p(cost, n, m->draw, work) < 0.05;
    c->price[k] = (struct compare_price){.asked = true,
                                         .told = fell && changed && !isnan(price.low),
                                         .euro = price.value,
                                         .low = price.low,
                                         .high = price.high};
}

/* All differences of all results are held together. */
static int
adjust(struct comparison *c, struct error *err)
{
    size_t count = c->rows * c->others;
    double *p = calloc(2 * count + 1, sizeof *p);
    size_t *work = calloc(count + 1, sizeof *work);
    bool room = p != NULL && work != NULL;

    for (size_t i = 0; room && i < count; i++)
        p[i] = c->row[i / c->others].compared[i % c->others].p;
    if (room)
        multiple_holm(p, count, p + count, work);
    for (size_t i = 0; room && i < count; i++)
        c->row[i / c->others].compared[i % c->others].holm = p[count + i];
    size_t gains = 0;
    for (size_t i = 0; room && i < count; i++)
        if (!isnan(c->row[i / c->others].compared[i % c->others].gain))
            p[gains++] = c->row[i / c->others].compared[i % c->others].gain;
    c->gain = gains > 0 ? gsl_stats_median(p, 1, gains) : NAN;
    c->least_gain = gains > 0 ? gsl_stats_min(p, 1, gains) : NAN;
    free(p);
    free(work);
    return room ? OK : no_memory(err);
}

/* The rows of one indicator are printed with the same decimals. */
static void
find_largest(struct comparison *c)
{
    double largest = 0;

    for (size_t i = 0, first = 0; i <= c->rows; i++) {
        bool other = i == c->rows || strcmp(c->row[i].of.name, c->row[first].of.name) != 0;
        for (; other && first < i; first++)
            c->row[first].base_largest = largest;
        if (other)
            largest = 0;
        if (i < c->rows && isfinite(c->row[i].base.mean))
            largest = fmax(largest, fabs(c->row[i].base.mean));
    }
}

static int
make_rows(struct comparison *c, struct error *err)
{
    struct comparison_memory *m = c->memory;

    c->rows = m->shown * m->windows;
    c->row = calloc(c->rows + 1, sizeof *c->row);
    c->price = calloc(c->others + 1, sizeof *c->price);
    if (c->row == NULL || c->price == NULL)
        return no_memory(err);
    for (size_t i = 0; i < c->rows; i++) {
        size_t ask = i / m->windows, w = i % m->windows;
        struct compare_row *row = &c->row[i];
        *row = (struct compare_row){.of = m->side[0].quantity[ask].of,
                                    .labels = m->ask[ask].name.labels,
                                    .window = m->window[w]};
        memcpy(row->label, m->ask[ask].label, sizeof row->label);
        memcpy(row->axis, m->ask[ask].axis, sizeof row->axis);
        row->base = estimate_make(values_of(c, 0, ask, w), m->windows, c->replications, m->draw,
                                  m->work + c->replications);
        row->compared = calloc(c->others + 1, sizeof *row->compared);
        if (row->compared == NULL)
            return no_memory(err);
        for (size_t k = 0; k < c->others; k++)
            compare_one(c, ask, w, k, &row->compared[k]);
    }
    find_largest(c);
    for (size_t k = 0; k < c->others && m->asks > m->shown; k++)
        price_one(c, k);
    return adjust(c, err);
}

static const struct store_axis *
facilities_of(const struct frame *frame)
{
    const struct store_axis *axis = frame_axis(frame, "facility_population", "facility");

    return axis != NULL ? axis : frame_axis(frame, "facility_capacity", "facility");
}

/* The number that LABEL ends in, as copies have one, and how long what stands in front is; 0: none.
 */
static long
copy_number(const char *label, size_t *stem)
{
    const char *space = strrchr(label, ' ');
    char *end;

    *stem = space != NULL ? (size_t)(space - label) : 0;
    long number = space != NULL ? strtol(space + 1, &end, 10) : 0;
    return space != NULL && *end == '\0' && number > 0 ? number : 0;
}

/* Is NEXT the copy behind LABEL? */
static bool
is_next_copy(const char *label, const char *next)
{
    size_t stem, other;
    long number = copy_number(label, &stem);

    return number > 0 && copy_number(next, &other) == number + 1 && stem == other &&
           strncmp(label, next, stem) == 0;
}

/* Facilities of one result alone; copies as "House 1 to 20". */
static void
note_facilities(struct comparison_memory *m, const char *whose, const struct frame *frame,
                const struct frame *other)
{
    const struct store_axis *mine = facilities_of(frame), *theirs = facilities_of(other);
    const char *last = NULL;
    bool any = false, run = false;
    size_t stem;

    if (mine == NULL || theirs == NULL)
        return;
    for (size_t i = 0; i <= mine->size; i++) {
        const char *label = i < mine->size ? mine->label[i] : NULL;
        if (label != NULL && view_label(theirs, label) != SIZE_MAX)
            continue;
        bool goes_on = label != NULL && last != NULL && is_next_copy(last, label);
        if (run && !goes_on)
            lines_put(&m->notes, " to %ld", copy_number(last, &stem));
        if (label != NULL && !goes_on && any)
            lines_put(&m->notes, ", %s", label);
        if (label != NULL && !any)
            lines_put(&m->notes, "Facilities of %s alone: %s", whose, label);
        any |= label != NULL;
        run = goes_on;
        last = label;
    }
    if (any)
        lines_put(&m->notes, ". ");
}

/* What the reader should know of the results. */
static int
make_notes(struct comparison *c, const char *over, struct error *err)
{
    struct comparison_memory *m = c->memory;
    char whose[32];

    for (size_t k = 0; k < c->others; k++) {
        const struct pairing *pairing = &m->pairing[k];
        snprintf(whose, sizeof whose, "other %zu", k + 1);
        if (pairing->only_base + pairing->only_other > 0)
            lines_put(&m->notes,
                      "The base and %s share %zu replications; %zu and %zu are in one "
                      "alone. ",
                      whose, pairing->count, pairing->only_base, pairing->only_other);
        if (pairing->fields[0] != '\0')
            lines_put(&m->notes, "Drawn in one of the base and %s alone: %s. ", whose,
                      pairing->fields);
        note_facilities(m, "the base", &m->side[0].frame, &m->side[k + 1].frame);
        note_facilities(m, whose, &m->side[k + 1].frame, &m->side[0].frame);
    }
    if (m->unsplit.text != NULL)
        lines_put(&m->notes, "Not kept by %s: %s. ", over, m->unsplit.text);
    c->notes = m->notes.text != NULL ? m->notes.text : "";
    return m->notes.lost || m->unsplit.lost ? no_memory(err) : OK;
}

static int
compare_all(struct comparison *c, struct store *const *other, const struct compare_asked *asked,
            size_t *wrong, struct error *err)
{
    struct comparison_memory *m = c->memory;
    int status = pair_all(c, other, wrong, err);

    if (status == OK)
        status = keep_common(c, err);
    if (status == OK)
        status = make_windows(c, asked, err);
    if (status == OK)
        status = ask_all(c, asked, err);
    for (size_t s = 0; s <= c->others && status == OK; s++) {
        *wrong = s > 0 ? s - 1 : 0;
        status = read_side(c, &m->side[s], err);
        if (status == OK && s > 0)
            status = check_rows(c, s, err);
    }
    if (status == OK)
        status = make_rows(c, err);
    return status == OK ? make_notes(c, asked->over, err) : status;
}

int
comparison_make(struct comparison *c, const struct store *base, struct store *const *other,
                size_t others, const struct compare_asked *asked, size_t *wrong, struct error *err)
{
    struct comparison_memory *m = calloc(1, sizeof *m);

    *c = (struct comparison){.others = others, .notes = "", .memory = m};
    *wrong = 0;
    if (m == NULL)
        return no_memory(err);
    m->side = calloc(others + 1, sizeof *m->side);
    m->pairing = calloc(others + 1, sizeof *m->pairing);
    c->paired = calloc(others + 1, sizeof *c->paired);
    if (m->side == NULL || m->pairing == NULL || c->paired == NULL)
        return no_memory(err);
    m->side[0].store = base;
    return compare_all(c, other, asked, wrong, err);
}

static void
free_side(struct side *side, size_t asks)
{
    for (size_t q = 0; side->quantity != NULL && q < asks; q++)
        quantity_free(&side->quantity[q]);
    free(side->quantity);
    free(side->value);
    free(side->index);
    frame_free(&side->frame);
}

void
comparison_free(struct comparison *c)
{
    struct comparison_memory *m = c->memory;

    for (size_t s = 0; m != NULL && m->side != NULL && s <= c->others; s++)
        free_side(&m->side[s], m->asks);
    for (size_t k = 0; m != NULL && m->pairing != NULL && k < c->others; k++)
        pairing_free(&m->pairing[k]);
    for (size_t i = 0; c->row != NULL && i < c->rows; i++)
        free(c->row[i].compared);
    if (m != NULL) {
        free(m->side);
        free(m->pairing);
        free(m->ask);
        free(m->window);
        free(m->draw);
        free(m->work);
        free(m->notes.text);
        free(m->unsplit.text);
    }
    free(m);
    free(c->row);
    free(c->paired);
    free(c->price);
    *c = (struct comparison){0};
}
