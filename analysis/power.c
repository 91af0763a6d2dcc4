#include "power.h"

#include "power_futures.h"
#include "stepped.h"

#include "sim/engine/stream.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>

#define MONTHS_A_YEAR 12
#define HARDLY        1e-9 /* what rounding may make of a share that is the level */

/* The futures of a plan while they are judged, one at a time. */
struct work {
    struct power *power;
    struct counted counted, without; /* with an effect, and in the same future without one */
    struct stepped panel;
    double *change;       /* [rows][replications]; NaN: there is none */
    double *house_months; /* [rows]: summed over futures */
    double *least_seen; /* [rows]: share of futures, were limits at the far end of their interval */
    double *most_seen;  /* [rows]: at the near end */
    bool *differs;      /* [effects]: from what is counted without one, in some future */
    bool *varies;       /* [outcomes] */
    bool opens;         /* a house opens, in some future */
    bool compares;      /* there is a change, in some future */
    double least_p;     /* that any future could give at the last watch */
};

static size_t
regions_of(const struct power *power)
{
    return power->scenario[0].regions.count;
}

static size_t
row_at(const struct power *power, size_t data, size_t effect, size_t watch)
{
    return (data * power->effects + effect) * power->watches + watch;
}

const struct power_row *
power_row(const struct power *power, size_t data, size_t effect, size_t watch)
{
    return &power->row[row_at(power, data, effect, watch)];
}

/* The share of so many MONTHS from FIRST on that lie behind OPENED and the lag. */
static double
exposed(const struct power *power, size_t opened, size_t first, size_t months)
{
    size_t from = opened + power->lag, behind = first + months;

    if (opened == power->months || from >= behind)
        return 0;
    return from <= first ? 1 : (double)(behind - from) / (double)months;
}

/* ROW as the scale says. A period in which there is nothing to divide by counts as the mean of the
 * others, which says nothing for either side. */
static void
scale_row(double *row, size_t periods, enum power_scale scale)
{
    double mean = 0;
    size_t there = 0;

    for (size_t t = 0; t < periods; t++)
        if (isfinite(row[t])) {
            mean += row[t];
            there++;
        }
    mean = there > 0 ? mean / (double)there : 0;
    for (size_t t = 0; t < periods; t++) {
        double value = isfinite(row[t]) ? row[t] : mean;
        row[t] = scale == POWER_PLAIN ? value : fabs(mean) > 0 ? value / mean : 0;
    }
}

/* What DATA hold of the future when it is judged after the years of WATCH. */
static void
fill_panel(struct work *work, const struct power_data *data, size_t watch)
{
    const struct power *power = work->power;
    struct stepped *panel = &work->panel;
    bool has_per = power->outcome[data->outcome].count > 1;
    size_t months = power_months[data->period], regions = regions_of(power);
    const double *of =
        work->counted.value + futures_place(power, data->outcome) * power->windows + data->first;

    panel->regions = regions;
    panel->periods = power->years[watch] * MONTHS_A_YEAR / months;
    for (size_t r = 0; r < regions; r++, of += power->windows) {
        const double *per = of + regions * power->windows;
        double *row = panel->outcome + r * panel->periods;
        for (size_t t = 0; t < panel->periods; t++) {
            row[t] = has_per ? of[t] / per[t] : of[t];
            work->varies[data->outcome] |= row[t] < row[0] || row[t] > row[0];
            panel->exposure[r * panel->periods + t] =
                exposed(power, work->counted.opened[r], t * months, months);
        }
        scale_row(row, panel->periods, power->asked.scale);
    }
}

/* 1: a change is seen in the panel, whose changes have been found, of REPLICATION; 0; NaN: so few
 * have opened that none could be. */
static double
see_by_orders(struct work *work, size_t replication, double least_p)
{
    const struct power_object *asked = &work->power->asked;
    double level = asked->level * (1 + HARDLY);
    struct stream stream;

    if (least_p > level)
        return NAN;
    stream_open(&stream, (uint64_t)work->power->scenario[0].seed, replication, 0,
                (struct stream_name){stream_text_name("orders of openings"), 0}, 0);
    return stepped_p(&work->panel, asked->direction, &stream) <= level ? 1 : 0;
}

/* The share of people in DATA after the years of WATCH, over or less that of the others; NaN: there
 * were none. */
static double
compare_people(struct work *work, const struct power_data *data, size_t watch)
{
    const struct power *power = work->power;
    const double *row = work->counted.value + futures_place(power, data->outcome) * power->windows;
    double sum[POWER_COUNTED] = {0};

    for (size_t i = 0; i < POWER_COUNTED; i++)
        for (size_t r = 0; r < regions_of(power); r++, row += power->windows)
            for (size_t m = 0; m < power->years[watch] * MONTHS_A_YEAR; m++)
                sum[i] += row[data->first + m];
    double share = sum[0] / sum[1], other = sum[2] / sum[3];
    double change = power->asked.scale == POWER_PLAIN ? share - other : share / other - 1;
    work->varies[data->outcome] |= sum[0] > 0;
    return isfinite(change) ? change : NAN;
}

/* Find what changes in the panel, REPLICATION, after the years of WATCH, and into SEEN whether that
 * is told from chance by orders. */
static double
judge_panel(struct work *work, size_t data, size_t watch, size_t replication, double *seen)
{
    const struct power *power = work->power;

    fill_panel(work, &power->data[data], watch);
    double change = stepped_change(&work->panel);
    if (isnan(change))
        return NAN;
    double least = stepped_least_p(&work->panel, power->asked.direction);
    if (watch == power->watches - 1)
        work->least_p = fmin(work->least_p, least);
    if (power->asked.test == POWER_ORDERS)
        *seen = see_by_orders(work, replication, least);
    return change;
}

/* Judge the future, REPLICATION of EFFECT, by DATA. */
static void
judge(struct work *work, size_t data, size_t effect, size_t replication)
{
    struct power *power = work->power;

    for (size_t w = 0; w < power->watches; w++) {
        size_t row = row_at(power, data, effect, w), at = row * power->replications + replication;
        for (size_t m = 0; m < power->years[w] * MONTHS_A_YEAR; m++)
            work->house_months[row] += work->counted.house_months[m];
        power->seen[at] = NAN;
        work->change[at] = power->data[data].people
                               ? compare_people(work, &power->data[data], w)
                               : judge_panel(work, data, w, replication, &power->seen[at]);
        work->compares |= !isnan(work->change[at]);
    }
}

/* Is what is counted another thing than without an effect? */
static bool
is_other(const struct work *work)
{
    size_t values = futures_rows(work->power) * work->power->windows;
    const double *one = work->counted.value, *other = work->without.value;

    for (size_t i = 0; i < values; i++)
        if (one[i] < other[i] || one[i] > other[i] || isnan(one[i]) != isnan(other[i]))
            return true;
    return false;
}

static void
judge_all(struct work *work, const struct futures *futures)
{
    struct power *power = work->power;

    for (size_t r = 0; r < power->replications; r++) {
        futures_take(futures, 0, r, &work->without);
        for (size_t e = 0; e < power->effects; e++) {
            futures_take(futures, e, r, &work->counted);
            work->opens |= work->counted.opens;
            work->differs[e] = work->differs[e] || is_other(work);
            for (size_t d = 0; d < power->datas; d++)
                judge(work, d, e, r);
        }
    }
}

static int
refuse_orders(const struct power *power, double least, struct error *err)
{
    return error_set(err, BAD_INPUT,
                     "%zu regions can open in so few orders that a change as large comes by chance "
                     "in %.1f %% of them at least, above the level of %g %%: count by smaller "
                     "regions, let them open one by one, or give test: futures",
                     regions_of(power), 100 * least, 100 * power->asked.level);
}

/* What is asked cannot be told: why. */
static int
check_told(const struct work *work, struct error *err)
{
    const struct power *power = work->power;

    if (!work->opens)
        return error_set(err, BAD_INPUT,
                         "%.200s: no house opens while it is watched (after the first month, "
                         "%zu years from then): there is nothing to evaluate",
                         power->asked.scenario, power->years[power->watches - 1]);
    for (size_t o = 0; o < power->asked.outcomes.count; o++)
        if (!work->varies[o])
            return error_set(
                err, BAD_INPUT,
                "%.200s never varies, or regions without a house have none of it: expected "
                "something that houses could change and that is counted everywhere; "
                "people from houses are held against others (against, other_per)",
                power->outcome[o].name);
    for (size_t e = 1; e < power->effects; e++)
        if (!work->differs[e])
            return error_set(err, BAD_INPUT,
                             "'%.200s' changes nothing: in each future what is counted is the same "
                             "as without an effect",
                             power_effect_name(power, e));
    if (!work->compares)
        return error_set(err, BAD_INPUT,
                         "houses open everywhere at once, so that no region can be compared with "
                         "another: expected openings one after the other");
    if (power->asked.test == POWER_ORDERS && isfinite(work->least_p) &&
        work->least_p > power->asked.level * (1 + HARDLY))
        return refuse_orders(power, work->least_p, err);
    return OK;
}

/* How far the COUNT changes of futures without an effect lie from their mean, CENTRE, sorted into
 * SCORE; how many there are. Where a change either way counts, each is held against the mean of the
 * others, as what is judged has no part in the mean and lies farther from it. */
static size_t
scores_without(const double *change, size_t count, enum stepped_direction direction, double *centre,
               double *score)
{
    size_t there = 0;

    *centre = 0;
    for (size_t r = 0; r < count; r++)
        if (!isnan(change[r]))
            score[there++] = change[r];
    for (size_t i = 0; i < there; i++)
        *centre += score[i] / (double)there;
    double others = direction == STEPPED_EITHER ? (double)there / ((double)there - 1) : 1;
    for (size_t i = 0; i < there; i++)
        score[i] = stepped_score(direction, (score[i] - *centre) * others);
    gsl_sort(score, 1, there);
    return there;
}

static int
refuse_few(const struct power *power, size_t futures, struct error *err)
{
    return error_set(err, BAD_INPUT,
                     "%zu futures, a half of them, are too few to tell what comes by chance in %g "
                     "%%: give more replications",
                     futures, 100 * power->asked.level);
}

/* From where on a change is rarer than the level, by THERE of SCORE, sorted, and its interval. The
 * k-th largest of n is passed by another such future with a chance of k / (n + 1). */
static int
find_limit(const struct power *power, const double *score, size_t there, double *room,
           struct interval *limit, struct error *err)
{
    double level = power->asked.level;
    size_t beyond = (size_t)floor(level * (double)(there + 1) * (1 + HARDLY));

    if (beyond == 0)
        return refuse_few(power, there, err);
    *limit = interval_quantile(score, there, NULL, 1 - level, room);
    limit->value = score[there - beyond];
    limit->low = isnan(limit->low) ? -INFINITY : limit->low;
    limit->high = isnan(limit->high) ? INFINITY : limit->high;
    return OK;
}

/* Judge the SECOND half of the futures of ROW, or the first, by the other half without an effect,
 * which is of the row NONE: it says from where on a change is rarer than the level. */
static int
judge_half(struct work *work, size_t row, size_t none, bool second, double *room, struct error *err)
{
    struct power *power = work->power;
    enum stepped_direction direction = (enum stepped_direction)power->asked.direction;
    size_t n = power->replications, half = n / 2, from = second ? half : 0;
    const double *without = work->change + none * n + (second ? 0 : half);
    struct interval limit = {0};
    double centre, *score = room;
    size_t there = scores_without(without, second ? half : n - half, direction, &centre, score);

    if (there == 0)
        return OK;
    int status = find_limit(power, score, there, room + n, &limit, err);
    for (size_t r = from; status == OK && r < (second ? n : half); r++) {
        double change = work->change[row * n + r];
        if (isnan(change))
            continue;
        double far = stepped_score(direction, change - centre);
        power->seen[row * n + r] = far > limit.value ? 1 : 0;
        work->least_seen[row] += far > limit.high ? 1 / (double)n : 0;
        work->most_seen[row] += far > limit.low ? 1 / (double)n : 0;
    }
    return status;
}

/* Each half of the futures by the other, so that none says by itself how rare it is. */
static int
judge_by_futures(struct work *work, size_t row, size_t none, double *room, struct error *err)
{
    int status = judge_half(work, row, none, true, room, err);

    return status == OK ? judge_half(work, row, none, false, room, err) : status;
}

/* The interval of a share SEEN, from that for limits that are known, and what is seen at least and
 * most at the ends of theirs. Each half has a limit of its own, so their error is smaller by the
 * root of 2; and errors that have nothing to do with each other add up as squares (Zou and Donner
 * 2008). Without the second the interval of 95 % would hold the power in three of four plans. */
static void
widen(struct interval *seen, double least, double most)
{
    seen->low =
        fmax(0, seen->value - hypot(seen->value - seen->low, (seen->value - least) / M_SQRT2));
    seen->high =
        fmin(1, seen->value + hypot(seen->high - seen->value, (most - seen->value) / M_SQRT2));
}

/* The estimates of ROW. A future in which too few have opened is one in which nothing is seen,
 * unless it is so in all. */
static void
sum_up(struct work *work, struct power_row *row, double *room)
{
    struct power *power = work->power;
    size_t n = power->replications, at = (size_t)(row - power->row), judged = 0;
    double *seen = power->seen + at * n;

    for (size_t r = 0; r < n; r++)
        judged += isnan(seen[r]) ? 0 : 1;
    row->able = judged;
    for (size_t r = 0; r < n && judged > 0; r++)
        seen[r] = isnan(seen[r]) ? 0 : seen[r];
    row->seen = judged > 0 ? interval_share(seen, n, NULL, room) : (struct interval){NAN, NAN, NAN};
    if (power_test_of(power, row->data) == POWER_FUTURES && judged > 0)
        widen(&row->seen, work->least_seen[at], work->most_seen[at]);
    row->change = estimate_make(work->change + at * n, 1, n, NULL, room);
    row->house_years = work->house_months[at] / MONTHS_A_YEAR / (double)n;
}

static int
fill_rows(struct work *work, struct error *err)
{
    struct power *power = work->power;
    double *room = calloc(3 * power->replications + 1, sizeof *room);
    int status = room != NULL ? OK : error_set(err, NO_MEMORY, "no memory for the table");

    for (size_t i = 0; i < power->rows && status == OK; i++) {
        size_t watch = i % power->watches, data = i / power->watches / power->effects;
        power->row[i].data = data;
        power->row[i].effect = i / power->watches % power->effects;
        power->row[i].watch = watch;
        if (power_test_of(power, data) == POWER_FUTURES)
            status = judge_by_futures(work, i, row_at(power, data, 0, watch), room, err);
        if (status == OK)
            sum_up(work, &power->row[i], room);
    }
    free(room);
    return status;
}

static bool
make_counted(const struct power *power, struct counted *counted)
{
    counted->value = calloc(futures_rows(power) * power->windows + 1, sizeof *counted->value);
    counted->opened = calloc(regions_of(power) + 1, sizeof *counted->opened);
    counted->house_months = calloc(power->months + 1, sizeof *counted->house_months);
    return counted->value != NULL && counted->opened != NULL && counted->house_months != NULL;
}

static void
free_counted(struct counted *counted)
{
    free(counted->value);
    free(counted->opened);
    free(counted->house_months);
}

static bool
make_panel(const struct power *power, struct stepped *panel)
{
    size_t regions = regions_of(power), cells = regions * power->months;

    panel->outcome = calloc(cells + 1, sizeof *panel->outcome);
    panel->exposure = calloc(cells + 1, sizeof *panel->exposure);
    panel->pair = calloc(regions * regions + 1, sizeof *panel->pair);
    panel->level = calloc(regions + power->months + 1, sizeof *panel->level);
    return panel->outcome != NULL && panel->exposure != NULL && panel->pair != NULL &&
           panel->level != NULL;
}

static int
make_room(struct work *work, struct error *err)
{
    struct power *power = work->power;

    power->rows = power->datas * power->effects * power->watches;
    power->row = calloc(power->rows + 1, sizeof *power->row);
    power->seen = calloc(power->rows * power->replications + 1, sizeof *power->seen);
    work->change = calloc(power->rows * power->replications + 1, sizeof *work->change);
    work->house_months = calloc(power->rows + 1, sizeof *work->house_months);
    work->least_seen = calloc(power->rows + 1, sizeof *work->least_seen);
    work->most_seen = calloc(power->rows + 1, sizeof *work->most_seen);
    work->differs = calloc(power->effects + 1, sizeof *work->differs);
    work->varies = calloc(power->asked.outcomes.count + 1, sizeof *work->varies);
    bool good = power->row != NULL && power->seen != NULL && work->change != NULL &&
                work->house_months != NULL && work->least_seen != NULL && work->most_seen != NULL &&
                work->differs != NULL && work->varies != NULL;
    good &= make_counted(power, &work->counted);
    good &= make_counted(power, &work->without);
    good &= make_panel(power, &work->panel);
    return good ? OK
                : error_set(err, NO_MEMORY, "no memory for %zu replications", power->replications);
}

static void
give_room_back(struct work *work)
{
    free_counted(&work->counted);
    free_counted(&work->without);
    free(work->panel.outcome);
    free(work->panel.exposure);
    free(work->panel.pair);
    free(work->panel.level);
    free(work->change);
    free(work->house_months);
    free(work->least_seen);
    free(work->most_seen);
    free(work->differs);
    free(work->varies);
}

/* What needs no run to be known. */
static int
check_before(const struct power *power, struct error *err)
{
    size_t half = power->replications / 2;
    double least = 1; /* all orders, as if no two regions opened together */

    for (size_t i = 2; i <= regions_of(power); i++)
        least /= (double)i;
    for (size_t d = 0; d < power->datas; d++) {
        bool futures = power_test_of(power, d) == POWER_FUTURES;
        if (futures && power->asked.level * (double)(half + 1) * (1 + HARDLY) < 1)
            return refuse_few(power, half, err);
        if (!futures && least > power->asked.level * (1 + HARDLY))
            return refuse_orders(power, least, err);
    }
    return OK;
}

int
power_run(struct power *power, struct error *err)
{
    struct work work = {.power = power, .least_p = INFINITY};
    struct futures *futures = NULL;
    int status = check_before(power, err);

    if (status == OK)
        status = futures_run(&futures, power, err);
    if (status == OK)
        status = make_room(&work, err);
    if (status == OK) {
        judge_all(&work, futures);
        status = check_told(&work, err);
    }
    if (status == OK)
        status = fill_rows(&work, err);
    give_room_back(&work);
    futures_free(futures);
    return status;
}

const struct power_row *
power_enough(const struct power *power, size_t data, size_t effect)
{
    const struct power_row *enough = NULL;

    for (size_t w = power->watches; w-- > 0;) {
        const struct power_row *row = power_row(power, data, effect, w);
        if (!(row->seen.low >= power->asked.aim))
            break;
        enough = row;
    }
    return enough;
}

bool
power_is_better(const struct power *power, size_t effect, size_t a, size_t b)
{
    size_t n = power->replications, last = power->watches - 1;
    const double *seen_a = power->seen + row_at(power, a, effect, last) * n;
    const double *seen_b = power->seen + row_at(power, b, effect, last) * n;
    unsigned int more = 0, less = 0;

    for (size_t r = 0; r < n; r++) { /* where nothing can be told, nothing is seen */
        bool in_a = seen_a[r] > 0, in_b = seen_b[r] > 0;
        more += in_a && !in_b;
        less += in_b && !in_a;
    }
    /* The exact test of the futures in which one sees it and the other does not (McNemar 1947):
     * either is as likely in each. Each pair of data has its part of the 5 %. */
    double pairs = (double)power->datas * ((double)power->datas - 1) / 2;
    return more > less && gsl_cdf_binomial_Q(more - 1, 0.5, more + less) <= 0.025 / fmax(pairs, 1);
}

bool
power_errs(const struct power *power, size_t data, size_t watch)
{
    unsigned int n = (unsigned int)power->replications;
    double seen = power_row(power, data, 0, watch)->seen.value;
    double looks = (double)(power->datas * power->watches);

    if (power_test_of(power, data) == POWER_FUTURES || !(seen > 0))
        return false;
    return gsl_cdf_binomial_Q((unsigned int)floor(seen * n + 0.5) - 1, power->asked.level, n) <=
           0.025 / looks;
}
