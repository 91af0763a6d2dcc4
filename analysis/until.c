#include "until.h"

#include "statistics.h"

#include "models/run/campaign.h"

#include "sim/base/array.h"
#include "sim/result/chunk.h"
#include "sim/result/sink.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Variance is itself an estimate: a little more than it asks for saves a stage. */
#define MARGIN 1.1

/* The last sign that stands outside quotes: a name may hold one. */
static const char *
find_width(const char *text, size_t *length)
{
    static const char *const signs[] = {"+-", "+/-", "\302\261"};
    const char *found = NULL;
    bool quoted = false;

    for (const char *at = text; *at != '\0'; at++) {
        quoted ^= *at == '"';
        for (size_t i = 0; i < sizeof signs / sizeof *signs && !quoted; i++)
            if (strncmp(at, signs[i], strlen(signs[i])) == 0) {
                found = at;
                *length = strlen(signs[i]);
            }
    }
    return found;
}

int
until_read(struct until *until, const char *text, struct error *err)
{
    char copy[ADDRESS_TEXT] = "", *end;
    size_t length = 0;
    const char *sign = find_width(text, &length);

    *until = (struct until){.chance = 1};
    if (sign == NULL || (size_t)(sign - text) >= sizeof copy)
        return error_set(err, BAD_INPUT,
                         "'%.120s': expected a mean and how well it is to be known, such as "
                         "'mean(floor_sleepers, 2030) +- 5 %%'",
                         text);
    memcpy(copy, text, (size_t)(sign - text));
    until->width = address_number(sign + length, &end);
    bool number = end != sign + length && isfinite(until->width) && until->width > 0;
    end += strspn(end, " \t");
    until->relative = *end == '%';
    end += until->relative;
    if (!number || end[strspn(end, " \t")] != '\0')
        return error_set(err, BAD_INPUT,
                         "'%.120s': expected a number above 0, with or without %%, behind +-",
                         text);
    int status = address_read(&until->address, copy, err);
    bool mean = until->address.statistic == STATISTIC_MEAN && until->address.bound == BOUND_NONE &&
                until->address.of[0] == '\0';
    return status != OK ? status
           : mean       ? OK
                        : error_set(err, BAD_INPUT,
                                    "'%.120s': only a mean is known better with more replications", text);
}

void
until_free(struct until *until)
{
    free(until->value);
    until->value = NULL;
}

int
until_check(const struct until *until, const struct scenario *scenario, struct error *err)
{
    struct experiment_point point = {0};
    struct frame frame = {0};
    struct quantity quantity = {0};
    int status = campaign_plan(&point, scenario, err);

    if (status == OK)
        status = frame_of_layout(&frame, point.layout, err);
    if (status == OK)
        status = quantity_create(&quantity, &frame, &until->address.quantity,
                                 &until->address.window, 1, err);
    quantity_free(&quantity);
    frame_free(&frame);
    campaign_plan_free(&point);
    return status;
}

uint64_t
until_first(const struct until *until)
{
    uint64_t first = UNTIL_FIRST * until->chance;

    return first < until->most ? first : until->most;
}

uint64_t
until_next(uint64_t n, double half, double width, uint64_t chance, uint64_t most)
{
    if (half <= width || n >= most)
        return n;
    double wanted = (double)n * fmin(2, MARGIN * (half / width) * (half / width));
    uint64_t next = (uint64_t)ceil(isfinite(wanted) ? wanted : 2 * (double)n);

    next = next > n ? next : n + 1;
    next = (next + chance - 1) / chance * chance;
    return next < most ? next : most;
}

/* What the journal's replications are read into, one after the other. */
struct looking {
    const struct layout *layout;
    struct journal *journal;
    struct chunk *chunk; /* [variables] */
    struct chunk_tools tools;
    void *room; /* for any one variable */
    const struct quantity *quantity;
};

static int
open_look(struct looking *looking, struct error *err)
{
    looking->chunk = calloc(looking->layout->variables + 1, sizeof *looking->chunk);
    looking->room = malloc(finished_room(looking->layout));
    return looking->chunk != NULL && looking->room != NULL
               ? OK
               : error_set(err, NO_MEMORY, "no memory to look at the journal");
}

static void
close_look(struct looking *looking)
{
    for (size_t v = 0; looking->chunk != NULL && v < looking->layout->variables; v++)
        free(looking->chunk[v].bytes);
    free(looking->chunk);
    free(looking->room);
    chunk_tools_free(&looking->tools);
}

static size_t
variable_of(const struct layout *layout, const char *name)
{
    size_t v = 0;

    while (strcmp(layout->variable[v].name, name) != 0)
        v++;
    return v;
}

/* One term of the replication whose chunks were read. */
static int
look_at_term(struct looking *looking, size_t t, double *kept, struct error *err)
{
    const struct term *term = &looking->quantity->term[t];
    size_t v = variable_of(looking->layout, term->view.variable->name);
    const struct layout_variable *variable = &looking->layout->variable[v];
    const struct chunk *chunk = &looking->chunk[v];
    size_t count = layout_count(looking->layout, variable);
    unsigned char *packed = chunk_room(&looking->tools, chunk->size);

    if (packed == NULL)
        return error_set(err, NO_MEMORY, "no memory to look at the journal");
    memcpy(packed, chunk->bytes, chunk->size);
    int status = chunk_unpack(&looking->tools, chunk->size, count,
                              layout_value_size(variable->type), looking->room, err);
    if (status == OK)
        term_fold(term, layout_doubles(variable->type, looking->room, count), kept);
    return status;
}

/* The value of the journal's entry I. */
static int
look_at_entry(struct looking *looking, size_t i, double *value, struct error *err)
{
    double of_term[INDICATOR_MOST_TERMS] = {0};
    int status = journal_read(looking->journal, i, looking->chunk, err);

    for (size_t t = 0; t < INDICATOR_MOST_TERMS && status == OK; t++)
        if (looking->quantity->there[t])
            status = look_at_term(looking, t, &of_term[t], err);
    *value = quantity_combine(looking->quantity, of_term);
    return status;
}

/* The values of the replications up to LAST that were not looked at so far. */
static int
look(struct until *until, struct looking *looking, uint64_t last, struct error *err)
{
    int status = open_look(looking, err);

    if (status == OK && !array_room(until->value, until->room, (size_t)last + 1))
        status = error_set(err, NO_MEMORY, "no memory for %zu replications", (size_t)last + 1);
    for (size_t i = 0; i < looking->journal->entries && status == OK; i++) {
        uint64_t replication = looking->journal->entry[i].replication;
        if (replication >= until->looked && replication <= last)
            status = look_at_entry(looking, i, &until->value[replication], err);
    }
    if (status == OK)
        until->looked = (size_t)last + 1;
    close_look(looking);
    return status;
}

static int
judge(struct until *until, uint64_t *last, struct error *err)
{
    size_t n = until->looked;
    double *work = calloc(n + 1, sizeof *work);
    uint64_t *draw = calloc(n + 1, sizeof *draw);

    if (work != NULL && draw != NULL) {
        for (size_t r = 0; r < n; r++)
            draw[r] = r / until->chance;
        struct estimate estimate =
            estimate_make(until->value, 1, n, until->chance > 1 ? draw : NULL, work);
        until->mean = estimate.mean;
        until->half = (estimate.high - estimate.low) / 2;
    }
    bool known = work != NULL && draw != NULL;
    free(work);
    free(draw);
    if (!known)
        return error_set(err, NO_MEMORY, "no memory to look at %zu replications", n);
    double width = until->relative ? until->width / 100 * fabs(until->mean) : until->width;
    bool same =
        until->half == 0 && n < UNTIL_SAME * until->chance; /* what is rare may be missing */
    until->reached = until->half <= width && !same;
    if (!until->reached)
        *last = until_next(n, same ? INFINITY : until->half, width, until->chance, until->most) - 1;
    return OK;
}

int
until_more(void *context, struct journal *journal, const struct layout *layout, uint64_t *last,
           struct error *err)
{
    struct until *until = context;
    struct frame frame = {0};
    struct quantity quantity = {0};
    struct looking looking = {.layout = layout, .journal = journal, .quantity = &quantity};
    int status = frame_of_layout(&frame, layout, err);

    if (status == OK)
        status = quantity_create(&quantity, &frame, &until->address.quantity,
                                 &until->address.window, 1, err);
    if (status == OK)
        status = look(until, &looking, *last, err);
    if (status == OK)
        status = judge(until, last, err);
    quantity_free(&quantity);
    frame_free(&frame);
    return status;
}
