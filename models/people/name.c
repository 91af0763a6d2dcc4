#include "name.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_LONGEST 48 /* ":65535.281474976710655" */
#define POINT_BITS     48 /* pathways/arrival.c */

/* PARTS (NULL: nothing) with a slash between them; NULL: no memory. */
static char *
join(const char *const *part, size_t parts)
{
    char *text = NULL;
    size_t size, written = 0;
    FILE *to = open_memstream(&text, &size);

    if (to == NULL)
        return NULL;
    for (size_t i = 0; i < parts; i++)
        if (part[i] != NULL)
            fprintf(to, "%s%s", written++ > 0 ? "/" : "", part[i]);
    if (fclose(to) == 0)
        return text;
    free(text);
    return NULL;
}

static struct source_name
name_of_source(const struct plan *plan, const struct source_plan *source)
{
    const char *place = source->site < plan->facilities
                            ? plan->facility[source->site].name
                            : plan->region[source->site - plan->facilities].name;
    const char *const part[] = {source->again ? "again" : NULL, source->class_name, place};

    return (struct source_name){source->hash, join(part, sizeof part / sizeof *part), true};
}

static struct source_name
name_of_stock(const struct plan *world, const struct stock_plan *row)
{
    const char *class = row->phase != NO_PHASE   ? world->phase[row->phase].name
                        : row->class != NO_CLASS ? world->class[row->class].name
                                                 : NULL;
    const char *place = row->facility != NOWHERE ? world->facility[row->facility].name
                        : row->region != NOWHERE ? world->region[row->region].name
                                                 : NULL;
    const char *const part[] = {"stock", status_words[row->status], class, place,
                                row->fresh ? "fresh" : NULL};

    return (struct source_name){row->source, join(part, sizeof part / sizeof *part), false};
}

static int
by_hash(const void *left, const void *right)
{
    uint64_t a = ((const struct source_name *)left)->hash;
    uint64_t b = ((const struct source_name *)right)->hash;

    return (a > b) - (a < b);
}

int
person_names_create(struct person_names *names, const struct plan *plan, struct error *err)
{
    size_t sources = (size_t)plan->sources + plan->world->stocks;

    *names = (struct person_names){.source = calloc(sources + 1, sizeof *names->source)};
    bool good = names->source != NULL;
    for (size_t i = 0; good && i < sources; i++) {
        struct source_name *source = &names->source[names->sources++];
        *source = i < plan->sources
                      ? name_of_source(plan, &plan->source[i])
                      : name_of_stock(plan->world, &plan->world->stock[i - plan->sources]);
        good = source->text != NULL;
        if (good && strlen(source->text) + NUMBER_LONGEST > names->longest)
            names->longest = strlen(source->text) + NUMBER_LONGEST;
    }
    if (!good) {
        person_names_free(names);
        return error_set(err, NO_MEMORY, "no memory for the names of people");
    }
    if (names->longest == 0)
        names->longest = NUMBER_LONGEST;
    qsort(names->source, names->sources, sizeof *names->source, by_hash);
    return OK;
}

void
person_names_free(struct person_names *names)
{
    for (size_t i = 0; names->source != NULL && i < names->sources; i++)
        free(names->source[i].text);
    free(names->source);
    *names = (struct person_names){0};
}

char *
person_name_write(const struct person_names *names, struct stream_name name, char *out)
{
    const struct source_name key = {.hash = name.source};
    const struct source_name *source =
        bsearch(&key, names->source, names->sources, sizeof key, by_hash);
    uint64_t point = name.number & (((uint64_t)1 << POINT_BITS) - 1);

    if (source == NULL)
        snprintf(out, names->longest, "?");
    else if (source->slabs)
        snprintf(out, names->longest, "%s:%" PRIu64 ".%" PRIu64, source->text,
                 name.number >> POINT_BITS, point);
    else
        snprintf(out, names->longest, "%s:%" PRIu64, source->text, name.number);
    return out;
}

/* A whole number without a sign or a zero in front; false: there is none. */
static bool
read_number(const char **text, uint64_t *number)
{
    char *end;

    if (**text < '0' || **text > '9' || (**text == '0' && (*text)[1] >= '0' && (*text)[1] <= '9'))
        return false;
    *number = strtoull(*text, &end, 10);
    *text = end;
    return *number < UINT64_MAX;
}

bool
person_name_read(const struct person_names *names, const char *text, struct stream_name *name)
{
    const char *colon = strrchr(text, ':');
    uint64_t first = 0, point = 0;

    for (size_t i = 0; colon != NULL && i < names->sources; i++) {
        const struct source_name *source = &names->source[i];
        const char *at = colon + 1;
        if (strlen(source->text) != (size_t)(colon - text) ||
            strncmp(source->text, text, (size_t)(colon - text)) != 0 || !read_number(&at, &first))
            continue;
        if (source->slabs &&
            (*at++ != '.' || !read_number(&at, &point) || first > UINT8_MAX || point >> POINT_BITS))
            continue;
        *name =
            (struct stream_name){source->hash, source->slabs ? first << POINT_BITS | point : first};
        return *at == '\0';
    }
    return false;
}
