#include "restart.h"

#include "origins.h"
#include "rebase.h"

#include "models/run/reading.h"
#include "models/scenario/source.h"

#include "sim/engine/calendar.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the new file says before its stock. */
struct head {
    struct lines drop, set;
    struct origins origins;
    char *extends;
};

/* The way from the folder of OUTPUT to BASELINE; NULL and ERR: there is none. */
static char *
way_between(const char *output, const char *baseline, struct error *err)
{
    char folder[PATH_MAX], from[PATH_MAX], to[PATH_MAX];
    const char *slash = strrchr(output, '/');
    size_t same = 0, ups = 0;

    snprintf(folder, sizeof folder, "%.*s", slash != NULL ? (int)(slash - output) + 1 : 1,
             slash != NULL ? output : ".");
    if (realpath(folder, from) == NULL || realpath(baseline, to) == NULL) {
        error_set(err, ENVIRONMENT, "%.500s cannot be written: %s", output, strerror(errno));
        return NULL;
    }
    for (size_t i = 0; from[i] == to[i] && from[i] != '\0'; i++)
        if (from[i] == '/')
            same = i + 1;
    if (strncmp(from, to, strlen(from)) == 0 && to[strlen(from)] == '/')
        same = strlen(from) + (from[1] != '\0'); /* the folder itself */
    for (const char *c = from + (same < strlen(from) ? same : strlen(from)); *c != '\0'; c++)
        ups += c == from + same || *c == '/';
    char *way = malloc(3 * ups + strlen(to + same) + 1);
    if (way == NULL) {
        error_set(err, NO_MEMORY, "no memory for the scenario");
        return NULL;
    }
    *way = '\0';
    for (size_t i = 0; i < ups; i++)
        memcpy(way + 3 * i, "../", 4);
    memcpy(way + 3 * ups, to + same, strlen(to + same) + 1);
    return way;
}

/* TEXT in a comment: one line of it. */
static void
put_comment(struct lines *to, const char *text)
{
    for (; *text != '\0'; text++)
        lines_put(to, "%c", (unsigned char)*text < ' ' ? ' ' : *text);
}

static void
put_counts(const struct restart *r, struct lines *to)
{
    const struct count_object *rows = r->counts.file.counts.item;

    for (size_t i = 0; i < r->counts.file.counts.count; i++) {
        lines_put(to, "# ");
        put_comment(to, rows[i].what);
        if (rows[i].where != NULL && *rows[i].where != '\0') {
            lines_put(to, ", ");
            put_comment(to, rows[i].where);
        }
        lines_put(to, ": %lld", (long long)rows[i].count);
        if (rows[i].source != NULL && *rows[i].source != '\0') {
            lines_put(to, "  ");
            put_comment(to, rows[i].source);
        }
        lines_put(to, "%c", '\n');
    }
}

static void
put_row(struct lines *to, const struct restock_row *row)
{
    const char *const name[] = {"class", "phase", "region", "facility"};
    const char *const value[] = {row->class, row->phase, row->region, row->facility};
    static const char *const kept[] = {"fresh", "spent", "left"};

    lines_put(to, "  - {status: %s", status_words[row->status]);
    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        if (value[i] != NULL) {
            lines_put(to, ", %s: ", name[i]);
            rebase_text(to, value[i]);
        }
    lines_put(to, ", count: %lld", (long long)row->count);
    for (size_t i = 0; row->like != NULL && i < sizeof kept / sizeof *kept; i++)
        if (node_find(row->like->node, kept[i]) != NULL) {
            lines_put(to, ", %s: ", kept[i]);
            rebase_node(to, node_find(row->like->node, kept[i]));
        }
    lines_put(to, "}\n");
}

/* Where what is written comes from. */
static void
put_sources(const struct origins *origins, struct lines *to)
{
    lines_put(to, "sources:\n");
    for (size_t i = 0; i < origins->count; i++) {
        lines_put(to, "  ");
        rebase_text(to, origins->entry[i].path);
        lines_put(to, ": {grade: %c, text: ", "?ABC"[origins->entry[i].grade]);
        rebase_text(to, origins->entry[i].text);
        lines_put(to, "}\n");
    }
}

static void
put_scenario(const struct restart *r, const struct head *head, int warm_up, struct lines *to)
{
    char on[CALENDAR_TEXT], name[600];

    calendar_write(r->counts.date, on);
    int most = 500; /* bytes: not within a character */
    while (most > 0 && strlen(r->scenario.name) > (size_t)most &&
           ((unsigned char)r->scenario.name[most] & 0xc0) == 0x80)
        most--;
    snprintf(name, sizeof name, "%.*s; counts of %s", most, r->scenario.name, on);
    lines_put(
        to, "# Made by doorstroom restart: the baseline, begun anew with what was counted on %s.\n",
        on);
    put_counts(r, to);
    lines_put(to, "extends: ");
    rebase_text(to, head->extends);
    lines_put(to, "\nname: ");
    rebase_text(to, name);
    lines_put(to, "\nstart: %s\nwarm_up: %d d\n", on, warm_up);
    if (r->match)
        lines_put(to, "intake_matches_stock: yes\n");
    lines_put(to, "drop:\n  - stock\n%s", head->drop.size > 0 ? head->drop.text : "");
    if (head->set.size > 0)
        lines_put(to, "set:\n%s", head->set.text);
    lines_put(to, "stock:\n");
    for (size_t i = 0; i < r->restock.rows; i++)
        put_row(to, &r->restock.row[i]);
    put_sources(&head->origins, to);
}

/* Read the new scenario as its users will; its faults become those of FAULTS. */
static int
check_text(struct restart *r, struct faults *faults)
{
    const char *slash = strrchr(r->output, '/');
    const struct scenario_text text = {slash != NULL ? slash + 1 : r->output, r->text.text,
                                       r->text.size};
    const struct scenario_source from = {
        .file = r->output, .allow_outside = r->allow_outside, .text = &text, .texts = 1};
    struct scenario scenario;
    struct faults found = {0};
    int status = run_read_from(&scenario, &from, &found);

    for (size_t i = 0; i < found.count; i++) {
        struct position at = found.fault[i].at;
        at.file = tree_keep_text(&r->scenario.tree, at.file); /* it outlives that scenario */
        (found.fault[i].warning ? faults_warn : faults_add)(
            faults, at, NULL, "%s", found.fault[i].text != NULL ? found.fault[i].text : "");
    }
    faults_free(&found);
    scenario_free(&scenario);
    return status;
}

/* Scale the stock and tell what is to be known, into memory. */
static int
make_parts(struct restart *r, struct head *head, int *warm_up, struct faults *faults,
           struct error *err)
{
    const struct rebase rebase = {.scenario = &r->scenario,
                                  .counts = &r->counts,
                                  .match = r->match,
                                  .later_unknown = r->later_unknown,
                                  .drop = &head->drop,
                                  .set = &head->set,
                                  .notes = &r->notes,
                                  .origins = &head->origins};
    struct number_rows numbers;
    int status = restock_make(&r->restock, &r->scenario, &r->counts, &r->notes, faults, err);

    if (status == OK && numbers_list(&r->scenario.tree, &numbers) != OK)
        status = error_set(err, NO_MEMORY, "no memory for the sources");
    if (status != OK)
        return status;
    head->origins.baseline = &numbers;
    origins_add_stock(&head->origins, &r->restock, &r->counts, &r->scenario);
    *warm_up = rebase_warm_up(&rebase);
    rebase_tell(&rebase);
    return OK;
}

static int
make_text(struct restart *r, struct faults *faults, struct error *err)
{
    struct head head = {.extends = way_between(r->output, r->baseline, err)};
    int warm_up = 0, status = head.extends == NULL ? err->code : OK;

    if (status == OK)
        status = make_parts(r, &head, &warm_up, faults, err);
    if (status == OK)
        put_scenario(r, &head, warm_up, &r->text);
    if (status == OK && (r->text.lost || r->notes.lost || head.set.lost || head.drop.lost ||
                         head.origins.lost || r->scenario.tree.no_memory))
        status = error_set(err, NO_MEMORY, "no memory for the scenario");
    free(head.set.text);
    free(head.drop.text);
    origins_free(&head.origins);
    free(head.extends);
    return status == OK ? check_text(r, faults) : status;
}

/* Read both; then make the new scenario. */
static int
make(struct restart *r, struct faults *faults, struct error *err)
{
    const struct scenario_source from = {.file = r->baseline, .allow_outside = r->allow_outside};
    int status = run_read_from(&r->scenario, &from, faults);
    int counted = counts_read(&r->counts, r->table, r->counted, faults);

    if (status != OK || counted != OK)
        return status != OK ? status : counted;
    if (r->scenario.stock.count == 0) {
        faults_add(faults, (struct position){r->baseline, 0, 0}, "stock",
                   "is not given; expected people who are there at the start, to be scaled");
        return BAD_INPUT;
    }
    status = counts_find(&r->counts, &r->scenario, faults);
    return status == OK ? make_text(r, faults, err) : status;
}

int
restart_make(struct restart *restart, struct faults *faults, struct error *err)
{
    int status = make(restart, faults, err);

    faults_sort(faults);
    if (status == NO_MEMORY && faults->errors == 0 && err->message[0] == '\0')
        return error_set(err, NO_MEMORY, "no memory for the counts");
    return status;
}

void
restart_free(struct restart *r)
{
    restock_free(&r->restock);
    counts_free(&r->counts);
    scenario_free(&r->scenario);
    free(r->notes.text);
    free(r->text.text);
}
