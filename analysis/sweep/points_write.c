#include "points_write.h"

#include "layout_of_points.h"

#include "models/run/provenance.h"
#include "sim/result/store_write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME 40

/* Texts of the provenance: the scenario's, and behind them the design's. */
struct texts {
    struct provenance_texts scenario;
    struct store_text *item; /* [count] */
    char (*name)[NAME];      /* of the design's */
    char replications[NAME];
    size_t count;
};

static void
texts_free(struct texts *texts)
{
    free(texts->item);
    free(texts->name);
    provenance_free(&texts->scenario);
}

/* design_1 is the design itself, design_1_name what it is called; then the tables that it names. */
static void
add_design(struct texts *texts, const struct tree *tree)
{
    for (size_t i = 0; i < tree->sources; i++) {
        char *name = texts->name[2 * i], *text = texts->name[2 * i + 1];
        snprintf(name, NAME, "design_%zu_name", i + 1);
        snprintf(text, NAME, "design_%zu", i + 1);
        texts->item[texts->count++] = (struct store_text){name, tree->source[i].name, true};
        texts->item[texts->count++] = (struct store_text){text, tree->source[i].text, true};
    }
}

static int
collect(struct texts *texts, const struct points_written *written, struct error *err)
{
    const struct tree *tree = &written->design->tree;
    uint64_t replications = written->design->replications;

    provenance_collect(&texts->scenario, written->base,
                       &(struct provenance_run){written->command_line, written->identity, 0,
                                                replications - 1, written->started});
    texts->count = texts->scenario.provenance.count;
    texts->item = calloc(texts->count + 2 * tree->sources + 1, sizeof *texts->item);
    texts->name = calloc(2 * tree->sources + 1, sizeof *texts->name);
    if (texts->scenario.no_memory || texts->item == NULL || texts->name == NULL)
        return error_set(err, NO_MEMORY, "no memory for where the points come from");
    memcpy(texts->item, texts->scenario.provenance.item, texts->count * sizeof *texts->item);
    add_design(texts, tree);
    snprintf(texts->replications, NAME, "%llu", (unsigned long long)replications);
    texts->item[texts->count++] =
        (struct store_text){"point_replications", texts->replications, true};
    return OK;
}

/* To PATH; or into memory where it is NULL, and so many BYTES. */
static int
write_points(const char *path, uint64_t *bytes, const struct points_written *written,
             struct journal *journal, struct error *err)
{
    struct texts texts = {0};
    struct layout layout;
    char id[DIGEST_TEXT];
    int status = layout_of_points(&layout, written->replication, written->design, journal, err);

    if (status == OK)
        status = collect(&texts, written, err);
    if (status == OK) {
        const struct store_texts all = {texts.scenario.attribute.item,
                                        texts.scenario.attribute.count,
                                        texts.item,
                                        texts.count,
                                        written->carries ? program_sources : NULL,
                                        program_sources_size};
        status = path != NULL ? store_write(path, &layout, journal, &all, written->threads, id, err)
                              : store_write_unnamed(bytes, &layout, journal, &all, written->threads,
                                                    id, err);
    }
    texts_free(&texts);
    layout_of_points_free(&layout);
    return status;
}

int
points_write(const char *path, const struct points_written *written, struct journal *journal,
             struct error *err)
{
    return write_points(path, NULL, written, journal, err);
}

int
points_write_unnamed(uint64_t *bytes, const struct points_written *written, struct journal *journal,
                     struct error *err)
{
    return write_points(NULL, bytes, written, journal, err);
}
