#include "show_address.h"

#include "show_ranks.h"
#include "text.h"

#include "analysis/address.h"
#include "analysis/pairing.h"

#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int
show_find_address(const struct options *options)
{
    for (int i = 0; i < options->arguments; i++)
        if (strchr(options->argument[i], '(') != NULL && access(options->argument[i], F_OK) != 0)
            return i;
    return -1;
}

static int
say(int status, const char *message)
{
    return say_fault("show", status, message);
}

/* What is looked at: the first is the other, the second the base, where there are two. */
struct looked {
    struct address address;
    struct store *store[2];
    const char *path[2];
    int count;
    bool ranks; /* what moves it is asked, too */
};

static bool
is_of(const struct store *store, const char *id)
{
    return id[0] == '\0' || strncmp(store_id(store), id, strlen(id)) == 0;
}

/* Keep STORE where its id is asked for; false: another result has that id's beginning already. */
static bool
take(struct looked *looked, struct store *store, const char *path, bool *taken)
{
    const char *const ids[] = {looked->address.of, looked->address.base};

    *taken = false;
    for (int i = 0; i < looked->count; i++)
        if (!*taken && looked->store[i] == NULL && is_of(store, ids[i])) {
            looked->store[i] = store;
            looked->path[i] = path;
            *taken = true;
        } else if (looked->store[i] != NULL && ids[i][0] != '\0' && is_of(store, ids[i]) &&
                   strcmp(store_id(looked->store[i]), store_id(store)) != 0) {
            return false;
        }
    return true;
}

/* Look through COUNT files. ASKED: they were named, and must be results. */
static int
look_through(struct looked *looked, char *const *path, size_t count, bool asked)
{
    int status = OK;
    struct error err = {0};

    for (size_t i = 0; i < count && status == OK; i++) {
        struct store *store = NULL;
        bool taken = false;
        status = store_open(&store, path[i], &err);
        if (status != OK && asked)
            return say(status, err.message);
        if (status == OK && !take(looked, store, path[i], &taken)) {
            store_close(store);
            return say(BAD_INPUT, "two results have an id that begins so; give more of its digits");
        }
        if (!taken)
            store_close(store);
        status = OK;
    }
    return EXIT_DONE;
}

/* A result less itself, as compare has it too: it is looked at twice. */
static void
share_one(struct looked *looked)
{
    for (int i = 0; i < looked->count; i++) {
        const char *id = i == 0 ? looked->address.of : looked->address.base;
        if (looked->store[i] == NULL && looked->store[1 - i] != NULL &&
            is_of(looked->store[1 - i], id)) {
            looked->store[i] = looked->store[1 - i];
            looked->path[i] = looked->path[1 - i];
        }
    }
}

static int
refuse_missing(const struct looked *looked, bool asked)
{
    const char *const ids[] = {looked->address.of, looked->address.base};
    char line[256];

    for (int i = 0; i < looked->count; i++)
        if (looked->store[i] == NULL) {
            snprintf(line, sizeof line, "no result %s has an id that begins with %.64s",
                     asked ? "that is named" : "in this folder", ids[i][0] != '\0' ? ids[i] : "it");
            return say(BAD_INPUT, line);
        }
    return EXIT_DONE;
}

/* The values of the quantity in the replications at INDEX (NULL: all) of one result. */
static int
read_values(const struct looked *looked, int which, const size_t *index, size_t count,
            double **value, struct indicator *of, struct error *err)
{
    const struct address *address = &looked->address;
    struct frame frame;
    struct quantity quantity = {0};
    int status = frame_of_store(&frame, looked->store[which], err);

    *value = calloc(count + 1, sizeof **value);
    if (status == OK && *value == NULL)
        status = error_set(err, NO_MEMORY, "no memory for %zu replications", count);
    if (status == OK)
        status = quantity_create(&quantity, &frame, &address->quantity, &address->window, 1, err);
    if (status == OK)
        status = address_check_unit(address, quantity.of.unit, err);
    if (status == OK)
        status = quantities_read(looked->store[which], &quantity, 1, index, count, *value, err);
    *of = quantity.of;
    quantity_free(&quantity);
    frame_free(&frame);
    return status;
}

/* What the number is in. */
static const char *
unit_of(const struct address *address, const struct indicator *of)
{
    if (address->statistic == STATISTIC_CHANCE || address->statistic == STATISTIC_BETTER)
        return "% of the futures";
    return address->statistic == STATISTIC_RELATIVE ? "% of the base" : of->unit;
}

static void
print_answer(const struct looked *looked, const struct indicator *of,
             const struct interval *interval, size_t replications, size_t draws)
{
    char address[ADDRESS_TEXT], line[4096], n[2][NUMBER_TEXT];
    int decimals = number_decimals(fabs(interval->value));

    double number = address_bound(&looked->address, interval);
    if (isnan(number))
        printf("-\n");
    else
        printf("%.15g\n", number);
    int size =
        snprintf(line, sizeof line, "%s: %.200s, %.60s; %.1000s%s%.1000s, %zu futures",
                 address_write(&looked->address, address), of->label, unit_of(&looked->address, of),
                 looked->path[0], looked->count > 1 ? " less " : "",
                 looked->count > 1 ? looked->path[1] : "", replications);
    if (draws < replications)
        size += snprintf(line + size, sizeof line - (size_t)size, " of %zu draws", draws);
    if (!isnan(interval->low) || !isnan(interval->high))
        snprintf(line + size, sizeof line - (size_t)size, "; 95 %% interval %s to %s",
                 number_text(interval->low, decimals, 12, n[0]),
                 number_text(interval->high, decimals, 12, n[1]));
    text_wrap(stdout, line, 0, 0);
}

static int
answer_one(const struct looked *looked, struct error *err)
{
    size_t n = store_replications(looked->store[0]), draws;
    double *value = NULL;
    uint64_t *draw = NULL;
    struct indicator of;
    struct ranked ranked = {0};
    int status = pairing_draws(looked->store[0], NULL, n, &draw, &draws, err);

    if (status == OK)
        status = read_values(looked, 0, NULL, n, &value, &of, err);
    if (status == OK) {
        struct interval interval =
            address_answer(&looked->address, value, NULL, n, draw, of.better);
        if (looked->ranks)
            status =
                ranked_make(&ranked, looked->store[0], value, looked->address.window.until, err);
        if (status == OK && looked->ranks && !ranked.told)
            status = BAD_INPUT;
        if (status == OK)
            print_answer(looked, &of, &interval, n, draws);
        if (status == OK && ranked.told) {
            printf("\n");
            show_ranks(&ranked);
        }
    }
    ranked_free(&ranked);
    free(value);
    free(draw);
    return status;
}

static int
answer_two(const struct looked *looked, struct error *err)
{
    struct pairing pairing;
    double *value = NULL, *base = NULL;
    struct indicator of;
    int status = pairing_make(&pairing, looked->store[1], looked->store[0], err);

    if (status == OK)
        status = read_values(looked, 0, pairing.other, pairing.count, &value, &of, err);
    if (status == OK)
        status = read_values(looked, 1, pairing.base, pairing.count, &base, &of, err);
    if (status == OK) {
        struct interval interval =
            address_answer(&looked->address, value, base, pairing.count, pairing.draw, of.better);
        print_answer(looked, &of, &interval, pairing.count, pairing.draws);
    }
    free(value);
    free(base);
    pairing_free(&pairing);
    return status;
}

static int
answer(struct looked *looked)
{
    struct error err = {0};

    for (int i = 0; i < looked->count; i++)
        store_use_threads(looked->store[i], threads_default("show", 0));
    int status = looked->count > 1 ? answer_two(looked, &err) : answer_one(looked, &err);
    return status == OK ? EXIT_DONE : say(status, err.message);
}

int
show_address(const struct options *options, int at)
{
    struct looked looked = {0};
    struct error err = {0};
    char *named[MOST_ARGUMENTS];
    size_t count = 0;
    glob_t found = {0};
    int status = address_read(&looked.address, options->argument[at], &err);

    if (status != OK)
        return say(status, err.message);
    looked.count = looked.address.base[0] != '\0' ? 2 : 1;
    looked.ranks = options->ranks;
    if (looked.ranks && looked.count > 1)
        return say(BAD_INPUT, "--ranks is of one result, not of a difference");
    for (int i = 0; i < options->arguments; i++)
        if (i != at)
            named[count++] = (char *)options->argument[i];
    if (count == 0 && glob("*.h5", 0, NULL, &found) != 0)
        found.gl_pathc = 0;
    if (looked.address.of[0] == '\0' && count > 1)
        return say(BAD_INPUT, "the address does not say of which result: name one, or put its id "
                              "in front, ID:mean(...), or ID-ID:mean(...) for a difference");
    if (looked.address.of[0] == '\0' && found.gl_pathc > 1) {
        globfree(&found);
        return say(BAD_INPUT, "this folder has several results, and the address does not say of "
                              "which: name one, or put its id in front, ID:mean(...)");
    }
    status = count > 0 ? look_through(&looked, named, count, true)
                       : look_through(&looked, found.gl_pathv, found.gl_pathc, false);
    share_one(&looked);
    if (status == EXIT_DONE)
        status = refuse_missing(&looked, count > 0);
    if (status == EXIT_DONE)
        status = answer(&looked);
    store_close(looked.store[0]);
    if (looked.store[1] != looked.store[0])
        store_close(looked.store[1]);
    globfree(&found);
    return status;
}
