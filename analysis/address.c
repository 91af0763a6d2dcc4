#include "address.h"

#include "statistics.h"

#include <ctype.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The statistics by their words; quantiles have a number behind theirs. */
static const char *const words[STATISTICS] = {
    [STATISTIC_MEAN] = "mean",         [STATISTIC_SD] = "sd",         [STATISTIC_LEAST] = "least",
    [STATISTIC_MOST] = "most",         [STATISTIC_QUANTILE] = "q",    [STATISTIC_CHANCE] = "chance",
    [STATISTIC_RELATIVE] = "relative", [STATISTIC_BETTER] = "better",
};

static const char *const bounds[] = {
    [BOUND_NONE] = "", [BOUND_LOW] = "_low", [BOUND_HIGH] = "_high"};

/* The longer ones first: '<=' begins with '<'. */
static const struct {
    const char *text;
    enum relation relation;
} relations[] = {
    {"<=", RELATION_MOST}, {">=", RELATION_LEAST}, {"<", RELATION_LESS}, {">", RELATION_MORE}};
#define RELATIONS (sizeof relations / sizeof *relations)

size_t
relation_read(const char *text, enum relation *relation)
{
    for (size_t i = 0; i < RELATIONS; i++) {
        size_t length = strlen(relations[i].text);
        if (strncmp(text, relations[i].text, length) == 0) {
            *relation = relations[i].relation;
            return length;
        }
    }
    return 0;
}

const char *
relation_text(enum relation relation)
{
    for (size_t i = 0; i < RELATIONS; i++)
        if (relations[i].relation == relation)
            return relations[i].text;
    return "";
}

double
address_number(const char *text, char **end)
{
    double number = strtod(text, end);

    if (strspn(text, " \t+-.0123456789eE") < (size_t)(*end - text))
        *end = (char *)text;
    return number;
}

#define FORM "STATISTIC(NAME[, LABEL...][, TIME]), such as mean(floor_sleepers, 2030)"

static int
refuse(const char *text, const char *what, struct error *err)
{
    return error_set(err, BAD_INPUT, "'%.120s': %s; an address is " FORM, text, what);
}

/* "q97.5": a quantile; false: it is none. */
static bool
read_quantile(const char *word, size_t length, double *p)
{
    char number[32];
    char *end;

    if (length < 2 || length > sizeof number || word[0] != 'q' || !isdigit((unsigned char)word[1]))
        return false;
    snprintf(number, sizeof number, "%.*s", (int)length - 1, word + 1);
    *p = strtod(number, &end) / 100;
    return *end == '\0' && *p > 0 && *p < 1 && strpbrk(number, "xXeEnN") == NULL;
}

/* The word in front of the bracket, LENGTH characters. */
static bool
read_statistic(struct address *address, const char *word, size_t length)
{
    for (int b = BOUND_HIGH; b > BOUND_NONE; b--) {
        size_t tail = strlen(bounds[b]);
        if (length > tail && strncmp(word + length - tail, bounds[b], tail) == 0) {
            address->bound = (enum bound)b;
            length -= tail;
            break;
        }
    }
    for (int s = 0; s < STATISTICS; s++)
        if (s != STATISTIC_QUANTILE && strlen(words[s]) == length &&
            strncmp(word, words[s], length) == 0) {
            address->statistic = (enum statistic)s;
            return true;
        }
    address->statistic = STATISTIC_QUANTILE;
    return read_quantile(word, length, &address->p);
}

static bool
has_bounds(enum statistic statistic)
{
    return statistic != STATISTIC_SD && statistic != STATISTIC_LEAST && statistic != STATISTIC_MOST;
}

/* One part between commas: what it says, whether that stood between quotes, and of which axis it is
 * ("region=north"), or NULL. */
struct part {
    char *text;
    bool quoted;
    const char *axis;
};

/* A quoted text at FROM, taken apart in place; where it ends, or NULL: it is not closed. */
static char *
unquote(char *from, char **to)
{
    for (*to = from++; *from != '\0' && (*from != '"' || from[1] == '"'); from++) {
        from += *from == '"';
        *(*to)++ = *from;
    }
    return *from == '"' ? from + 1 : NULL;
}

/* The name of an axis and a = at FROM, or NULL; *FROM is then behind it. */
static const char *
take_axis(char **from)
{
    char *axis = *from;
    size_t length = strspn(axis, "abcdefghijklmnopqrstuvwxyz_");
    char *sign = axis + length + strspn(axis + length, " \t");

    if (length == 0 || *sign != '=')
        return NULL;
    axis[length] = '\0';
    *from = sign + 1 + strspn(sign + 1, " \t");
    return axis;
}

/* The next part from *AT on; *AT is then where the one behind it begins, or NULL. What is wrong, or
 * NULL. */
static const char *
next_part(char **at, struct part *part)
{
    char *from = *at + strspn(*at, " \t"), *to, *end;
    const char *axis = take_axis(&from);

    *part = (struct part){from, *from == '"', axis};
    if (part->quoted) {
        end = unquote(from, &to);
        if (end == NULL)
            return "a quote is not closed";
        end += strspn(end, " \t");
        if (*end != ',' && *end != '\0')
            return "there is text behind a quote";
    } else {
        to = end = from + strcspn(from, ",");
        while (to > from && isspace((unsigned char)to[-1]))
            to--;
    }
    *at = *end == ',' ? end + 1 : NULL;
    *to = '\0';
    return from == to ? "a name is missing" : NULL;
}

/* Where a comparison begins in TEXT outside of quotes, or NULL; which, and how long it is. */
static char *
find_relation(char *text, enum relation *relation, size_t *length)
{
    bool quoted = false;

    for (char *at = text; *at != '\0'; at++) {
        quoted ^= *at == '"';
        if (!quoted && (*length = relation_read(at, relation)) > 0)
            return at;
    }
    return NULL;
}

/* Take "< 100" out of INSIDE, wherever it stands before a comma or the end. */
static const char *
take_relation(struct address *address, char *inside)
{
    size_t length;
    enum relation again;
    char *at = find_relation(inside, &address->relation, &length), *end;

    if (at == NULL)
        return NULL;
    const char *number = at + length;
    address->limit = address_number(number, &end);
    if (end == number || !isfinite(address->limit))
        return "a number is to stand behind the comparison";
    end += strspn(end, " \t");
    address->per_cent = *end == '%';
    if (address->per_cent)
        end += 1 + strspn(end + 1, " \t");
    if (*end != ',' && *end != '\0')
        return "what stands behind the comparison is no number";
    memmove(at, end, strlen(end) + 1);
    return find_relation(inside, &again, &length) != NULL ? "it compares twice" : NULL;
}

/* NAME, LABEL, ..., TIME of INSIDE into the address. What is wrong, or NULL. */
static const char *
take_parts(struct address *address, char *inside)
{
    struct part part;
    bool timed = false;

    for (char *at = inside; at != NULL;) {
        const char *wrong = next_part(&at, &part);
        if (wrong != NULL)
            return wrong;
        bool is_time = !part.quoted && part.axis == NULL && address->quantity.name != NULL &&
                       window_read(part.text, &address->window);
        if (is_time && timed)
            return "it has two times; one with '..' goes from the first to the last";
        timed |= is_time;
        if (is_time)
            continue;
        if (address->quantity.labels == QUANTITY_LABELS)
            return "it has too many labels";
        if (address->quantity.name == NULL && part.axis != NULL)
            return "it begins with the name of an indicator or of a series";
        if (address->quantity.name == NULL) {
            address->quantity.name = part.text;
            continue;
        }
        address->axis[address->quantity.labels] = part.axis;
        address->label[address->quantity.labels++] = part.text;
    }
    return NULL;
}

/* "ID:" or "ID-ID:" in front, hexadecimal digits; where the rest begins. */
static const char *
take_ids(struct address *address, const char *text)
{
    static const char digits[] = "0123456789abcdef";
    size_t first = strspn(text, digits), second = 0;

    if (first >= 4 && first <= 64 && text[first] == '-')
        second = strspn(text + first + 1, digits);
    size_t length = second > 0 ? first + 1 + second : first;
    if (first < 4 || first > 64 || text[length] != ':' || second > 64)
        return text;
    snprintf(address->of, sizeof address->of, "%.*s", (int)first, text);
    snprintf(address->base, sizeof address->base, "%.*s", (int)second, text + first + 1);
    return text + length + 1;
}

static const char *
check_sense(const struct address *address)
{
    bool of_two =
        address->statistic == STATISTIC_RELATIVE || address->statistic == STATISTIC_BETTER;

    if (of_two && address->base[0] == '\0')
        return "relative and better are of two results: put both ids in front, OTHER-BASE:...";
    if (address->bound != BOUND_NONE && !has_bounds(address->statistic))
        return "sd, least and most have no interval";
    if (address->relation != RELATION_NONE && address->statistic != STATISTIC_CHANCE)
        return "only a chance compares";
    if (address->relation == RELATION_NONE && address->statistic == STATISTIC_CHANCE)
        return "a chance needs a comparison, such as chance(floor_sleepers < 100, 2032)";
    return NULL;
}

int
address_read(struct address *address, const char *text, struct error *err)
{
    *address = (struct address){0};
    if (strlen(text) >= ADDRESS_TEXT)
        return error_set(err, BAD_INPUT, "'%.60s...': an address is shorter than %d characters",
                         text, ADDRESS_TEXT);
    const char *rest = take_ids(address, text + strspn(text, " \t"));
    const char *bracket = strchr(rest, '('), *end = strrchr(rest, ')');
    bool closed = bracket != NULL && end != NULL && end > bracket;
    if (!closed || end[1 + strspn(end + 1, " \t")] != '\0')
        return refuse(text, "it is no STATISTIC(...)", err);
    if (!read_statistic(address, rest, (size_t)(bracket - rest)))
        return refuse(text,
                      "the statistics are mean, sd, least, most, q10 (any quantile), chance, "
                      "relative and better, and those with an interval with _low or _high",
                      err);
    window_read("all", &address->window);
    address->quantity.label = address->label;
    address->quantity.axis = address->axis;
    memcpy(address->text, bracket + 1, (size_t)(end - bracket - 1));
    const char *wrong = take_relation(address, address->text);
    if (wrong == NULL)
        wrong = take_parts(address, address->text);
    if (wrong == NULL)
        wrong = check_sense(address);
    return wrong == NULL ? OK : refuse(text, wrong, err);
}

/* A text that grows to a limit. */
struct writing {
    char *out;
    size_t size, room;
    bool cut; /* it does not fit */
};

static void
put(struct writing *to, const char *text, size_t length)
{
    to->cut |= length >= to->room - to->size;
    for (size_t i = 0; i < length && to->size + 1 < to->room; i++)
        to->out[to->size++] = text[i];
    to->out[to->size] = '\0';
}

static void
put_text(struct writing *to, const char *text)
{
    put(to, text, strlen(text));
}

/* NAME as next_part reads it. */
static void
put_name(struct writing *to, const char *name)
{
    struct window window;
    size_t length = strlen(name);
    bool plain = length > 0 && strpbrk(name, ",()<>=\"") == NULL && !window_read(name, &window) &&
                 !isspace((unsigned char)name[0]) && !isspace((unsigned char)name[length - 1]);

    if (plain) {
        put_text(to, name);
        return;
    }
    put_text(to, "\"");
    for (; *name != '\0'; name++)
        put(to, *name == '"' ? "\"\"" : name, *name == '"' ? 2 : 1);
    put_text(to, "\"");
}

const char *
address_write(const struct address *address, char out[ADDRESS_TEXT])
{
    struct writing to = {.out = out, .room = ADDRESS_TEXT};
    char number[64];

    out[0] = '\0';
    put_text(&to, address->of);
    if (address->base[0] != '\0')
        put_text(&to, "-");
    put_text(&to, address->base);
    put_text(&to, address->of[0] != '\0' ? ":" : "");
    put_text(&to, words[address->statistic]);
    snprintf(number, sizeof number, "%.10g", 100 * address->p);
    put_text(&to, address->statistic == STATISTIC_QUANTILE ? number : "");
    put_text(&to, bounds[address->bound]);
    put_text(&to, "(");
    put_name(&to, address->quantity.name);
    if (address->relation != RELATION_NONE) {
        snprintf(number, sizeof number, " %s %.15g", relation_text(address->relation),
                 address->limit);
        put_text(&to, number);
    }
    for (size_t i = 0; i < address->quantity.labels; i++) {
        const char *axis = address->quantity.axis != NULL ? address->quantity.axis[i] : NULL;
        put_text(&to, ", ");
        put_text(&to, axis != NULL ? axis : "");
        put_text(&to, axis != NULL ? "=" : "");
        put_name(&to, address->quantity.label[i]);
    }
    if (strcmp(window_write(&address->window, number), "all") != 0) {
        put_text(&to, ", ");
        put_text(&to, number);
    }
    put_text(&to, ")");
    if (to.cut)
        out[0] = '\0';
    return out;
}

int
unit_check_per_cent(const char *name, const char *unit, double number, struct error *err)
{
    if (unit[0] == '%' || strcmp(unit, "percent") == 0 || strstr(unit, "per 100 ") != NULL)
        return OK;
    bool plain = unit[0] == '\0' || strcmp(unit, "1") == 0;
    return error_set(
        err, BAD_INPUT,
        "'%.10g %%': %.60s is no share%s%.60s; write the number without %%, or take an "
        "indicator in %% ('doorstroom explain indicators' lists them)",
        number, name, plain ? "" : ", but in ", plain ? "" : unit);
}

int
address_check_unit(const struct address *address, const char *unit, struct error *err)
{
    return address->per_cent
               ? unit_check_per_cent(address->quantity.name, unit, address->limit, err)
               : OK;
}

bool
address_holds(const struct address *address, double value)
{
    switch (address->relation) {
    case RELATION_LESS:
        return value < address->limit;
    case RELATION_MOST:
        return value <= address->limit;
    case RELATION_MORE:
        return value > address->limit;
    case RELATION_LEAST:
        return value >= address->limit;
    case RELATION_NONE:
        break;
    }
    return false;
}

/* What the statistics see of the futures. */
struct sample {
    const struct address *address;
    double *value;      /* [count]: of one result, or other less base */
    const double *base; /* [count], or NULL */
    size_t count;
    const uint64_t *draw;
    int better;
    double *work; /* [2 * count] */
};

static struct interval
answer_mean(const struct sample *sample)
{
    struct estimate e = estimate_make(sample->value, 1, sample->count, sample->draw, sample->work);

    return (struct interval){e.mean, e.low, e.high};
}

static struct interval
answer_quantile(const struct sample *sample)
{
    return interval_quantile(sample->value, sample->count, sample->draw, sample->address->p,
                             sample->work);
}

/* Of all values: sd over futures, and the ends of what they are. */
static struct interval
answer_spread(const struct sample *sample)
{
    size_t n = statistics_units(sample->value, 1, sample->count, NULL, sample->work);
    double none = NAN, value = none;

    if (sample->address->statistic == STATISTIC_SD && n > 1)
        value = gsl_stats_sd(sample->work, 1, n);
    else if (sample->address->statistic == STATISTIC_LEAST && n > 0)
        value = gsl_stats_min(sample->work, 1, n);
    else if (sample->address->statistic == STATISTIC_MOST && n > 0)
        value = gsl_stats_max(sample->work, 1, n);
    return (struct interval){value, none, none};
}

/* A future without a value is left out. */
static struct interval
answer_share(const struct sample *sample)
{
    bool chance = sample->address->statistic == STATISTIC_CHANCE;

    for (size_t i = 0; i < sample->count; i++) {
        double value = sample->value[i];
        bool holds =
            chance ? address_holds(sample->address, value) : (double)sample->better * value > 0;
        sample->value[i] = isnan(value) ? NAN : holds;
    }
    struct interval share =
        interval_share(sample->value, sample->count, sample->draw, sample->work);
    bool sensible = chance || (sample->base != NULL && sample->better != 0);
    return sensible ? (struct interval){100 * share.value, 100 * share.low, 100 * share.high}
                    : (struct interval){NAN, NAN, NAN};
}

static struct interval
answer_relative(const struct sample *sample)
{
    if (sample->base == NULL)
        return (struct interval){NAN, NAN, NAN};
    struct interval ratio =
        interval_ratio(sample->value, sample->base, sample->count, sample->draw, sample->work);
    return (struct interval){100 * ratio.value, 100 * ratio.low, 100 * ratio.high};
}

static struct interval (*const answers[STATISTICS])(const struct sample *sample) = {
    [STATISTIC_MEAN] = answer_mean,         [STATISTIC_SD] = answer_spread,
    [STATISTIC_LEAST] = answer_spread,      [STATISTIC_MOST] = answer_spread,
    [STATISTIC_QUANTILE] = answer_quantile, [STATISTIC_CHANCE] = answer_share,
    [STATISTIC_RELATIVE] = answer_relative, [STATISTIC_BETTER] = answer_share,
};

struct interval
address_answer(const struct address *address, const double *value, const double *base, size_t count,
               const uint64_t *draw, int better)
{
    struct interval interval = {NAN, NAN, NAN};
    double *room = calloc(3 * count + 1, sizeof *room);
    struct sample sample = {.address = address,
                            .value = room,
                            .base = base,
                            .count = count,
                            .draw = draw,
                            .better = better,
                            .work = room != NULL ? room + count : NULL};

    if (room == NULL)
        return interval;
    for (size_t i = 0; i < count; i++)
        room[i] = value[i] - (base != NULL ? base[i] : 0);
    interval = answers[address->statistic](&sample);
    free(room);
    return interval;
}

double
address_bound(const struct address *address, const struct interval *interval)
{
    const double of[] = {
        [BOUND_NONE] = interval->value, [BOUND_LOW] = interval->low, [BOUND_HIGH] = interval->high};

    return of[address->bound];
}
