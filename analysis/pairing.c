#include "pairing.h"

#include "frame.h"
#include "parameters.h"

#include "sim/engine/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *
text_of(const struct store *store, const char *name, const char *otherwise)
{
    const char *text = store_provenance(store, name);

    return text != NULL ? text : otherwise;
}

/* What two results have to have in common beside their people. */
static int
check_seed(const struct store *base, const struct store *other, struct error *err)
{
    const char *a = text_of(base, "seed", ""), *b = text_of(other, "seed", "");

    if (strcmp(a, b) == 0)
        return OK;
    return error_set(err, BAD_INPUT,
                     "they have other people: the seeds are %.20s and %.20s; run one of them again "
                     "with -s %.20s",
                     a, b, a);
}

static int
check_chance(const struct store *base, const struct store *other, struct error *err)
{
    const char *a = text_of(base, "chance", "1"), *b = text_of(other, "chance", "1");

    if (strcmp(a, b) == 0)
        return OK;
    return error_set(err, BAD_INPUT,
                     "%.20s and %.20s replications share a draw (chance): give both the same", a,
                     b);
}

static int
check_days(const struct store *base, const struct store *other, struct error *err)
{
    struct frame frame[2] = {0};
    char text[4][CALENDAR_TEXT] = {"", "", "", ""};
    int status = frame_of_store(&frame[0], base, err);

    if (status == OK)
        status = frame_of_store(&frame[1], other, err);
    for (int i = 0; i < 2 && status == OK; i++) {
        calendar_write(frame[i].from, text[2 * i]);
        calendar_write(frame[i].until - 1, text[2 * i + 1]);
    }
    if (status == OK && (frame[0].from != frame[1].from || frame[0].until != frame[1].until))
        status =
            error_set(err, BAD_INPUT,
                      "they are of other days: %s to %s, and %s to %s; give both scenarios the "
                      "same start and horizon",
                      text[0], text[1], text[2], text[3]);
    frame_free(&frame[0]);
    frame_free(&frame[1]);
    return status;
}

/* Replications are kept in rising order. */
static int
find_common(struct pairing *pairing, const struct store *base, const struct store *other,
            struct error *err)
{
    size_t n = store_replications(base), m = store_replications(other), i = 0, j = 0;

    pairing->base = calloc(n + 1, sizeof *pairing->base);
    pairing->other = calloc(n + 1, sizeof *pairing->other);
    if (pairing->base == NULL || pairing->other == NULL)
        return error_set(err, NO_MEMORY, "no memory for the replications of two results");
    while (i < n && j < m) {
        uint64_t a = store_replication(base, i), b = store_replication(other, j);
        if (a == b) {
            pairing->base[pairing->count] = i;
            pairing->other[pairing->count++] = j;
        }
        i += a <= b;
        j += b <= a;
    }
    pairing->only_base = n - pairing->count;
    pairing->only_other = m - pairing->count;
    if (pairing->count > 0)
        return OK;
    return error_set(err, BAD_INPUT,
                     "they have no replication in common: the first are %llu and %llu; run the "
                     "same ones of both (-r)",
                     n > 0 ? (unsigned long long)store_replication(base, 0) : 0,
                     m > 0 ? (unsigned long long)store_replication(other, 0) : 0);
}

int
pairing_draws(const struct store *store, const size_t *index, size_t count, uint64_t **draw,
              size_t *draws, struct error *err)
{
    uint64_t chance = strtoull(text_of(store, "chance", "1"), NULL, 10);

    *draw = NULL;
    *draws = count;
    if (chance < 2)
        return OK;
    *draw = calloc(count + 1, sizeof **draw);
    if (*draw == NULL)
        return error_set(err, NO_MEMORY, "no memory for the draws");
    *draws = 0;
    for (size_t i = 0; i < count; i++) {
        (*draw)[i] = store_replication(store, index != NULL ? index[i] : i) / chance;
        *draws += i == 0 || (*draw)[i] != (*draw)[i - 1];
    }
    return OK;
}

static size_t
find_field(const struct parameters *parameters, const char *field)
{
    size_t i = 0;

    while (i < parameters->count && strcmp(parameters->parameter[i].field, field) != 0)
        i++;
    return i;
}

static void
note_field(struct pairing *pairing, const char *field)
{
    size_t size = strlen(pairing->fields);

    snprintf(pairing->fields + size, sizeof pairing->fields - size, "%s%s", size > 0 ? ", " : "",
             field);
}

/* One field that both have drawn. */
static int
compare_field(const struct pairing *pairing, const struct parameters *base, size_t i,
              const struct parameters *other, size_t j, struct error *err)
{
    for (size_t r = 0; r < pairing->count; r++) {
        double a = base->value[i * base->draws + pairing->base[r]];
        double b = other->value[j * other->draws + pairing->other[r]];
        if (a != b)
            return error_set(
                err, BAD_INPUT,
                "they are of other worlds: %.100s was drawn as %.6g in one and %.6g in "
                "the other; lay what differs over one base (extends) and leave its "
                "uncertain fields as they are",
                base->parameter[i].field, a, b);
    }
    return OK;
}

static int
compare_parameters(struct pairing *pairing, const struct parameters *base,
                   const struct parameters *other, struct error *err)
{
    int status = OK;

    for (size_t i = 0; i < base->count && status == OK; i++) {
        size_t j = find_field(other, base->parameter[i].field);
        if (j == other->count)
            note_field(pairing, base->parameter[i].field);
        else
            status = compare_field(pairing, base, i, other, j, err);
    }
    for (size_t j = 0; j < other->count; j++)
        if (find_field(base, other->parameter[j].field) == base->count)
            note_field(pairing, other->parameter[j].field);
    return status;
}

/* What was drawn, or nothing. */
static int
read_parameters(struct parameters *parameters, const struct store *store, struct error *err)
{
    const struct store_variable *variable = store_find(store, "parameter");

    *parameters = (struct parameters){0};
    return variable != NULL && parameters_are(variable)
               ? parameters_read(parameters, store, variable, err)
               : OK;
}

static int
check_drawn(struct pairing *pairing, const struct store *base, const struct store *other,
            struct error *err)
{
    struct parameters of_base, of_other = {0};
    int status = read_parameters(&of_base, base, err);

    if (status == OK)
        status = read_parameters(&of_other, other, err);
    if (status == OK)
        status = compare_parameters(pairing, &of_base, &of_other, err);
    parameters_free(&of_base);
    parameters_free(&of_other);
    return status;
}

int
pairing_make(struct pairing *pairing, const struct store *base, const struct store *other,
             struct error *err)
{
    *pairing = (struct pairing){0};
    int status = check_seed(base, other, err);
    if (status == OK)
        status = check_days(base, other, err);
    if (status == OK)
        status = check_chance(base, other, err);
    if (status == OK)
        status = find_common(pairing, base, other, err);
    if (status == OK)
        status = pairing_draws(base, pairing->base, pairing->count, &pairing->draw, &pairing->draws,
                               err);
    return status == OK ? check_drawn(pairing, base, other, err) : status;
}

void
pairing_free(struct pairing *pairing)
{
    free(pairing->base);
    free(pairing->other);
    free(pairing->draw);
    *pairing = (struct pairing){0};
}
