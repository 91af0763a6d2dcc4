#include "rebase.h"

#include "models/scenario/fields/fields.h"
#include "models/scenario/formula.h"
#include "models/scenario/path.h"

#include "sim/engine/calendar.h"
#include "sim/engine/portable_math.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define KEY 300

void
rebase_text(struct lines *to, const char *text)
{
    size_t length = strlen(text);
    bool plain = (isalnum((unsigned char)text[0]) || text[0] == '.') && text[length - 1] != ' ';

    for (size_t i = 0; i < length; i++)
        plain &= isalnum((unsigned char)text[i]) || strchr(" _.-/", text[i]) != NULL;
    if (plain) {
        lines_put(to, "%s", text);
        return;
    }
    lines_put(to, "%c", '"');
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] < ' ')
            lines_put(to, "\\x%02x", (unsigned)text[i]);
        else
            lines_put(to, "%s%c", strchr("\"\\", text[i]) != NULL ? "\\" : "", text[i]);
    lines_put(to, "%c", '"');
}

void
rebase_node(struct lines *to, const struct node *node)
{
    if (node->kind == NODE_SCALAR) {
        rebase_text(to, node->text);
        return;
    }
    lines_put(to, "%c", node->kind == NODE_MAP ? '{' : '[');
    for (size_t i = 0; i < node->count; i++) {
        lines_put(to, "%s", i > 0 ? ", " : "");
        if (node->kind == NODE_MAP) {
            rebase_text(to, node->key[i]->text);
            lines_put(to, ": ");
        }
        rebase_node(to, node->child[i]);
    }
    lines_put(to, "%c", node->kind == NODE_MAP ? '}' : ']');
}

static const char *
date_text(int32_t day, char text[CALENDAR_TEXT])
{
    calendar_write(day, text);
    return text;
}

/* A row of what the overlay sets: PATH, and behind this its value and a bracket. Rows, since two
 * laws may set one path, the later upon the earlier. */
static void
begin_set(const struct rebase *r, const char *path)
{
    lines_put(r->set, "  - {path: ");
    rebase_text(r->set, path);
    lines_put(r->set, ", value: ");
}

static void
drop_item(const struct rebase *r, const char *item)
{
    lines_put(r->drop, "  - ");
    rebase_text(r->drop, item);
    lines_put(r->drop, "%c", '\n');
}

/* The key of item NODE of the scenario's list LIST, as a path begins: intake[arrested,north]. */
static void
write_item(char text[KEY], const char *list, const struct node *node)
{
    char key[KEY - 20];

    path_write_key(node, field_in(&scenario_type, list)->object, key, sizeof key);
    snprintf(text, KEY, "%s%s", list, key);
}

/* The day from which people of CLASS are no longer kept outside by a measure: the day of the
 * counts, or the measure's end before it; NO_DATE: no measure kept them outside at the start. */
static int32_t
kept_outside_until(const struct rebase *r, const char *class)
{
    const struct measure_object *rows = r->scenario->measures.item;
    int32_t until = NO_DATE, day = r->counts->date;

    for (size_t i = 0; i < r->scenario->measures.count; i++) {
        if (rows[i].kind != MEASURE_POSTPONE || rows[i].classes.count == 0 ||
            !names_hold_for(&rows[i].classes, class) ||
            !counts_in_force(&rows[i], r->scenario->start))
            continue;
        int32_t end = rows[i].until == NO_DATE || rows[i].until > day ? day : rows[i].until;
        until = end > until ? end : until;
    }
    return until;
}

/* The rates of ROW, times FACTOR: what held before the baseline's start until DAY, then those by
 * date. */
static void
set_rates(const struct rebase *r, const struct intake_object *row, int32_t day, double factor)
{
    char path[KEY + 8], item[KEY], text[CALENDAR_TEXT];
    int32_t first = r->scenario->start - (int32_t)r->scenario->warm_up;

    write_item(item, "intake", row->node);
    snprintf(path, sizeof path, "%s.rate", item);
    begin_set(r, path);
    origins_add_kept(r->origins, path, path);
    lines_put(r->set, "{%s: %.15g / d", date_text(day, text),
              factor * steps_at(&row->rate, first - 1, 0));
    lines_put(r->set, ", %s: %.15g / d", date_text(day + 1, text),
              factor * steps_at(&row->rate, day + 1, 0));
    for (size_t i = 0; i < row->rate.count; i++)
        if (row->rate.day[i] > day + 1)
            lines_put(r->set, ", %s: %.15g / d", date_text(row->rate.day[i], text),
                      factor * row->rate.value[i]);
    lines_put(r->set, "}}\n");
    lines_put(r->notes, "%s: kept outside by a measure, so not in the stock: %g / d until %s\n",
              item, factor * steps_at(&row->rate, first - 1, 0), date_text(day, text));
}

/* A stream of arrivals: what weighs the stock, and a trend that counts from the start. */
static void
rebase_intake(const struct rebase *r, const struct intake_object *row)
{
    int32_t first = r->scenario->start - (int32_t)r->scenario->warm_up;
    int32_t until = kept_outside_until(r, row->class);
    double years = (r->counts->date - r->scenario->start) / 365.25;
    double factor = row->trend != 0 ? portable_pow(1 + row->trend, years) : 1;
    bool moves = until != NO_DATE && until > r->scenario->start &&
                 steps_at(&row->rate, first - 1, 0) != steps_at(&row->rate, until, 0);
    char item[KEY], path[KEY + 8], text[CALENDAR_TEXT];

    write_item(item, "intake", row->node);
    if (moves && formula_in(node_find(row->node, "rate")) != NULL) {
        lines_put(
            r->notes,
            "%s: its rate is drawn and changes at the baseline's start; it is left by date, so "
            "that the year before %s weighs the stock: look whether that is meant\n",
            item, date_text(r->counts->date, text));
        moves = false;
    }
    if (factor != 1)
        lines_put(r->notes,
                  "%s: its trend counts from the start; the rate is times %.6g, as it has "
                  "grown since\n",
                  item, factor);
    if (moves) {
        set_rates(r, row, until, factor);
    } else if (factor != 1) {
        snprintf(path, sizeof path, "%s.rate", item);
        begin_set(r, path);
        origins_add_kept(r->origins, path, path);
        lines_put(r->set, "{times: %.15g}}\n", factor);
    }
}

/* PATH, the people whom a measure holds, is what was counted of them. */
static void
add_measure(const struct rebase *r, const char *path, size_t measure)
{
    for (size_t i = 0; i < r->counts->count; i++)
        if (r->counts->counted[i].kind == COUNT_MEASURE && r->counts->counted[i].measure == measure)
            origins_add_count(r->origins, path, &r->counts->counted[i], false);
}

/* What is to be known of a measure on the new start: where it stood, and where it stands. */
static void
rebase_measure(const struct rebase *r, size_t number)
{
    const struct measure_object *row =
        (const struct measure_object *)r->scenario->measures.item + number;
    int32_t day = r->counts->date, start = r->scenario->start;
    bool pardon = row->kind == MEASURE_PARDON, counted, began, ended;
    int64_t out = counts_out(r->scenario, r->counts, number, &counted);
    char path[KEY + 10], item[KEY], text[CALENDAR_TEXT];

    write_item(item, "measures", row->node);
    began = row->from != NO_DATE && row->from > start && row->from <= day;
    ended = row->until != NO_DATE && row->until <= day;
    if (pardon ? row->from < day : ended) {
        lines_put(r->notes, "%s: over since %s, and taken out\n", row->name,
                  date_text(pardon ? row->from : row->until, text));
        drop_item(r, item);
    } else if (node_find(row->node, "on") != NULL)
        lines_put(r->notes, "%s: it hangs on a figure, and begins as off\n", row->name);
    else if (began && !counted && !pardon)
        lines_put(r->notes,
                  "%s: in force since %s, and nobody is counted under it: whom it reaches of those "
                  "counted it reaches in its first round%s\n",
                  row->name, date_text(row->from, text),
                  counts_holds_out(row) ? "; count its people under its name" : "");
    if (!counted || !counts_holds_out(row) || out == row->at_once || !counts_in_force(row, day))
        return;
    snprintf(path, sizeof path, "%s.at_once", item);
    begin_set(r, path);
    add_measure(r, path, number);
    lines_put(r->set, "%lld}\n", (long long)out);
}

/* A law that is in force when the run begins: what it sets holds for all. */
static void
rebase_law(const struct rebase *r, const struct law_object *law)
{
    const struct node *set = node_find(law->node, "set");
    bool later = law->from > r->counts->date - rebase_warm_up(r);
    char item[KEY], path[KEY + 4], text[CALENDAR_TEXT];

    if (set == NULL || (later && !r->later_unknown))
        return;
    write_item(item, "law", law->node);
    snprintf(path, sizeof path, "%s.set", item);
    drop_item(r, item);
    if (later)
        return;
    for (size_t i = 0; i < set->count; i++) {
        const struct node *row = set->child[i];
        bool map = set->kind == NODE_MAP;
        const char *sets = map ? set->key[i]->text : node_text(row, "path");
        begin_set(r, sets);
        origins_add_kept(r->origins, sets, path);
        rebase_node(r->set, map ? row : node_find(row, "value"));
        lines_put(r->set, "}\n");
    }
    lines_put(r->notes,
              "law %s: in force since %s; what it sets is set, and holds for all who are there%s\n",
              law->name, date_text(law->from, text),
              law->reaches == LAW_REACHES_NEW ? ", also for those who began before it" : "");
}

int
rebase_warm_up(const struct rebase *r)
{
    return counts_any_out(r->scenario, r->counts);
}

static void
tell_rest(const struct rebase *r)
{
    const struct scenario *s = r->scenario;
    const struct drift_object *drift = s->drift.item;
    const struct stock_object *stock = s->stock.item;
    char text[CALENDAR_TEXT];
    size_t projects = 0, known = 0;

    if (s->warm_up != rebase_warm_up(r))
        lines_put(
            r->notes, "warm_up: %d d, in the baseline %g d%s\n", rebase_warm_up(r), s->warm_up,
            rebase_warm_up(r) > 0 ? ": measures take out whom they hold before the result begins"
                                  : ": the result begins with the people counted");
    for (size_t i = 0; i < s->drift.count; i++)
        if (drift[i].from != NO_DATE && drift[i].from < r->counts->date)
            lines_put(r->notes,
                      "drift %s: it wanders from %s on, so the intake on the new start is drawn "
                      "already; without from it would begin there\n",
                      drift[i].name, date_text(drift[i].from, text));
    for (size_t i = 0; i < s->facilities.count; i++) {
        const struct facility_object *row = scenario_facility(s, i);
        projects += row->project.node != NULL && scenario_starts(row) < r->counts->date &&
                    !counts_open_on(s, row, r->counts->date);
    }
    if (projects > 0)
        lines_put(
            r->notes,
            "projects that began before %s: %zu; their stages are drawn from their own first day, "
            "and a house that has opened since needs opens in place of its project\n",
            date_text(r->counts->date, text), projects);
    for (size_t i = 0; i < s->stock.count; i++)
        known += stock[i].spent != NULL || stock[i].left != NULL || stock[i].fresh;
    if (known > 0)
        lines_put(
            r->notes,
            "%zu rows of the stock say how long people have been there (spent, left, fresh), as "
            "counted at the baseline's start; they are kept\n",
            known);
    if (s->world != NULL)
        lines_put(r->notes,
                  "the baseline is laid over the scenario of its stock; what it changes there "
                  "now holds before the start, too\n");
}

static void
tell_intake(const struct rebase *r)
{
    if (r->match || r->scenario->intake_matches_stock)
        lines_put(r->notes,
                  "intake: intake_matches_stock: its level follows the people counted, by "
                  "Little's law%s\n",
                  r->match ? "" : ", as in the baseline");
    else
        lines_put(r->notes,
                  "intake: as in the baseline; --match lets its level follow the counts\n");
}

void
rebase_tell(const struct rebase *rebase)
{
    const struct intake_object *intake = rebase->scenario->intake.item;

    for (size_t i = 0; i < rebase->scenario->measures.count; i++)
        rebase_measure(rebase, i);
    for (size_t i = 0; i < rebase->scenario->intake.count; i++)
        rebase_intake(rebase, &intake[i]);
    for (size_t i = 0; i < rebase->scenario->law.count; i++)
        rebase_law(rebase, (const struct law_object *)rebase->scenario->law.item + i);
    tell_rest(rebase);
    tell_intake(rebase);
}
