/* The store: what a replication of Belgium costs to pack, to put into the journal and to put into
 * the result, beside the same bytes deflated and written to a plain file. */

#include "bench.h"

#include "models/model.h"
#include "models/record/record.h"
#include "models/run/reading.h"

#include "sim/result/journal.h"
#include "sim/result/store_write.h"

#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BELGIUM      "scenarios/belgium/baseline.yaml"
#define REPLICATIONS 8

/* One replication's values, and where they go. */
struct goods {
    struct layout layout;
    void **values; /* [variables] */
    size_t *count; /* [variables] */
    size_t most;   /* bytes of the largest */
    char path[64], journal_path[80];
};

static void
pack_and_write_bare(const struct goods *goods)
{
    struct libdeflate_compressor *deflate = libdeflate_alloc_compressor(CHUNK_DEFLATE_LEVEL);
    size_t room = libdeflate_zlib_compress_bound(deflate, goods->most);
    unsigned char *shuffled = malloc(goods->most), *packed = malloc(room);
    FILE *file = fopen(goods->path, "wb");

    if (deflate == NULL || shuffled == NULL || packed == NULL || file == NULL)
        abort();
    for (int r = 0; r < REPLICATIONS; r++) {
        for (size_t v = 0; v < goods->layout.variables; v++) {
            const unsigned char *bytes = goods->values[v];
            size_t count = goods->count[v];
            size_t each = layout_value_size(goods->layout.variable[v].type);
            for (size_t i = 0; i < count; i++)
                for (size_t b = 0; b < each; b++)
                    shuffled[b * count + i] = bytes[each * i + b];
            size_t size = libdeflate_zlib_compress(deflate, shuffled, each * count, packed, room);
            fwrite(packed, 1, size, file);
        }
        fflush(file);
        fsync(fileno(file));
    }
    fclose(file);
    libdeflate_free_compressor(deflate);
    free(shuffled);
    free(packed);
}

static void
pack_and_journal(const struct goods *goods, struct journal *journal, struct chunk *chunks)
{
    struct chunk_tools tools = {0};
    struct error err = {0};

    if (journal_open(journal, goods->journal_path, "bench 1\n", goods->layout.variables, false,
                     &err) != OK)
        abort();
    for (uint64_t r = 0; r < REPLICATIONS; r++) {
        for (size_t v = 0; v < goods->layout.variables; v++)
            if (chunk_pack(&tools, &chunks[v], goods->values[v], goods->count[v],
                           layout_value_size(goods->layout.variable[v].type), &err) != OK)
                abort();
        if (journal_append(journal, r, chunks, &err) != OK)
            abort();
    }
    chunk_tools_free(&tools);
}

/* The same bytes from one file to another, and on disk. */
static void
copy_bare(const char *from, const char *to)
{
    static char bytes[1 << 16];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    size_t size;

    if (in == NULL || out == NULL)
        abort();
    while ((size = fread(bytes, 1, sizeof bytes, in)) > 0)
        fwrite(bytes, 1, size, out);
    fflush(out);
    fsync(fileno(out));
    fclose(in);
    fclose(out);
}

static void
measure(const struct goods *goods)
{
    double bare[MOST_REPEATS], own[MOST_REPEATS], copied[MOST_REPEATS], stored[MOST_REPEATS];
    struct chunk *chunks = calloc(goods->layout.variables, sizeof *chunks);
    const struct store_texts texts = {0};
    char id[DIGEST_TEXT];
    struct error err = {0};
    double unit = 1e3 / REPLICATIONS;

    for (int i = 0; i < bench_repeats; i++) {
        struct journal journal = {0};
        double start = cpu_seconds();
        pack_and_write_bare(goods);
        bare[i] = (cpu_seconds() - start) * unit;
        start = cpu_seconds();
        pack_and_journal(goods, &journal, chunks);
        own[i] = (cpu_seconds() - start) * unit;
        start = cpu_seconds();
        copy_bare(goods->journal_path, goods->path);
        copied[i] = (cpu_seconds() - start) * unit;
        start = cpu_seconds();
        if (store_write(goods->path, &goods->layout, &journal, &texts, 1, id, &err) != OK)
            printf("%s\n", err.message);
        stored[i] = (cpu_seconds() - start) * unit;
        journal_close(&journal, true);
        unlink(goods->path);
    }
    bench_pair("store: pack and journal", "ms a replication", bare, own, "");
    bench_pair("store: result beside a copy of the bytes", "ms a replication", copied, stored, "");
    for (size_t v = 0; v < goods->layout.variables; v++)
        free(chunks[v].bytes);
    free(chunks);
}

void
bench_store(void)
{
    struct goods goods = {0};
    struct scenario scenario;
    struct faults faults = {0};
    struct error err = {0};
    struct plan *plan = NULL;
    struct model *model = NULL;

    if (run_read(&scenario, BELGIUM, true, &faults) != OK ||
        plan_create(&plan, &scenario, &err) != OK || model_create(&model, plan, 1, &err) != OK ||
        series_layout(&goods.layout, plan, &err) != OK || model_run(model, 0, &err) != OK) {
        printf("%s cannot be prepared: %s\n", BELGIUM, err.message);
        return;
    }
    goods.most = layout_most_bytes(&goods.layout);
    snprintf(goods.path, sizeof goods.path, "/tmp/doorstroom-bench-%ld", (long)getpid());
    snprintf(goods.journal_path, sizeof goods.journal_path, "%s.journal", goods.path);
    goods.values = calloc(goods.layout.variables, sizeof *goods.values);
    goods.count = calloc(goods.layout.variables, sizeof *goods.count);
    for (size_t v = 0; v < goods.layout.variables; v++) {
        goods.count[v] = layout_count(&goods.layout, &goods.layout.variable[v]);
        goods.values[v] =
            malloc(goods.count[v] * layout_value_size(goods.layout.variable[v].type) + 1);
        record_values(model, v, goods.values[v]);
    }
    measure(&goods);
    for (size_t v = 0; v < goods.layout.variables; v++)
        free(goods.values[v]);
    free(goods.values);
    free(goods.count);
    series_layout_free(&goods.layout);
    model_free(model);
    plan_free(plan);
    scenario_free(&scenario);
    faults_free(&faults);
}
