#include "uncertain.h"

#include "models/scenario/smaller.h"

#include "derive.h"
#include "draws.h"

#include "models/scenario/formula.h"

#include "sim/base/arena.h"
#include "sim/base/array.h"
#include "sim/engine/calendar.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A number of a field's value that follows from draws. */
struct drawn_number {
    const struct formula *formula;
    size_t at; /* which number of the value */
    double low, high;
};

/* A field's value in which something is drawn. */
struct drawn_value {
    struct plan_change change; /* all but the value */
    const struct field *field;
    const void *base; /* the value as it was read */
    const struct node *node;
    size_t first, count; /* into number[] */
    size_t offset;       /* of its copy, in the memory of a replication's values */
};

struct uncertain {
    const struct plan *plan;
    const struct draws *draws;
    uint64_t *hash; /* [draws] */
    uint64_t chance;
    struct drawn_value *value;
    size_t values, value_room;
    struct drawn_number *number;
    size_t numbers, number_room;
    size_t bytes; /* of a replication's values */
};

/* Copies lie one behind the other, each where any type may begin. */
#define ALIGNED(size) (((size) + 15) / 16 * 16)

/* How a value of each type is written; NULL: nothing in it can be drawn. */
typedef int write_value(const struct uncertain *u, const struct drawn_value *value,
                        const double *draw, char *copy, struct error *err);
static write_value write_scalar, write_list, write_distribution;
static write_value *const writers[FIELD_TYPES] = {
    [FIELD_WHOLE] = write_scalar,
    [FIELD_NUMBER] = write_scalar,
    [FIELD_SHARE] = write_scalar,
    [FIELD_DURATION] = write_scalar,
    [FIELD_DATE] = write_scalar,
    [FIELD_NUMBERS] = write_list,
    [FIELD_SHARES] = write_list,
    [FIELD_FRACTIONS] = write_list,
    [FIELD_COUNT_STEPS] = write_list,
    [FIELD_STEPS] = write_list,
    [FIELD_SHARE_STEPS] = write_list,
    [FIELD_RATE_STEPS] = write_list,
    [FIELD_DISTRIBUTION] = write_distribution,
};

/* What is found while the scenario is walked through. */
struct search {
    const struct scenario *scenario; /* that it walks */
    struct uncertain *uncertain;
    bool world;            /* the world's scenario, another one than the plan's */
    size_t law;            /* that of a law, or 0 */
    struct faults *faults; /* NULL: the first is an error */
    struct error *err;
    int status;
};

/* Of a distribution: its numbers in one order, parts within parts. NUMBER is called for each. */
typedef void each_number(void *context, double *number);

static void
each_number_of(struct distribution *dist, each_number *visit, void *context)
{
    if (dist->kind == DIST_EMPIRICAL)
        for (size_t i = 0; i < dist->count; i++)
            visit(context, &dist->quantile[2 * i + 1]);
    else if (dist->kind == DIST_MIXTURE)
        for (size_t i = 0; i < dist->count; i++)
            each_number_of(&dist->part[i].of, visit, context);
    else
        for (unsigned i = 0; i < distribution_forms[dist->kind].parameters; i++)
            visit(context, &dist->given[i]);
}

static void
count_one(void *context, double *number)
{
    (void)number;
    ++*(size_t *)context;
}

static size_t
numbers_in(const struct distribution *dist)
{
    size_t count = 0;

    each_number_of((struct distribution *)(uintptr_t)dist, count_one, &count);
    return count;
}

static size_t
distribution_bytes(const struct distribution *dist)
{
    size_t bytes = ALIGNED(sizeof *dist);

    if (dist->kind == DIST_EMPIRICAL)
        bytes += ALIGNED(dist->count * 2 * sizeof *dist->quantile);
    else if (dist->kind == DIST_MIXTURE) {
        bytes += ALIGNED(dist->count * sizeof *dist->part);
        for (size_t i = 0; i < dist->count; i++)
            bytes += distribution_bytes(&dist->part[i].of);
    }
    return bytes;
}

/* Remember that the number AT of the value that is found last follows FORMULA. */
static void
add_number(struct search *search, const struct formula *formula, size_t at, double low, double high)
{
    struct uncertain *u = search->uncertain;

    if (search->status != OK)
        return;
    if (!array_room(u->number, u->number_room, u->numbers + 1)) {
        search->status = error_set(search->err, NO_MEMORY, "no memory for what is uncertain");
        return;
    }
    u->number[u->numbers++] = (struct drawn_number){formula, at, low, high};
    u->value[u->values - 1].count++;
}

static void find_in_distribution(struct search *search, const struct node *node,
                                 const struct distribution *dist, size_t at);

/* The numbers of a list below a distribution's form: parts of a mixture, or rows of a table. */
static void
find_in_parts(struct search *search, const struct node *list, const struct distribution *dist,
              size_t at)
{
    for (size_t i = 0; i < list->count && i < dist->count; i++) {
        const struct node *row = list->child[i], *of = node_find(row, "of");
        if (of != NULL) {
            find_in_distribution(search, of, &dist->part[i].of, at);
        } else {
            static const char *const columns[] = {"value", "from", "to"};
            for (size_t c = 0; c < 3; c++) {
                const struct node *cell = node_find(row, columns[c]);
                if (cell != NULL && cell->formula != NULL)
                    add_number(search, cell->formula, at + (c == 2), 0, 1e9);
            }
        }
        at += numbers_in(&dist->part[i].of);
    }
}

/* NODE was read into DIST, whose first number is number AT of the value. */
static void
find_in_distribution(struct search *search, const struct node *node,
                     const struct distribution *dist, size_t at)
{
    const struct node *given = node->kind == NODE_MAP && node->count == 1 ? node->child[0] : NULL;

    if (given == NULL || formula_in(given) == NULL)
        return;
    if (given->kind == NODE_SCALAR) { /* the short way to write its only parameter */
        add_number(search, given->formula, at, 0, 1e9);
    } else if (given->kind == NODE_LIST) {
        find_in_parts(search, given, dist, at);
    } else if (dist->kind == DIST_EMPIRICAL) {
        for (size_t i = 0; i < given->count; i++)
            if (given->child[i]->formula != NULL)
                add_number(search, given->child[i]->formula, at + i, 0, 1e9);
    } else {
        const struct distribution_form *form = &distribution_forms[dist->kind];
        for (unsigned i = 0; i < form->parameters; i++) {
            const struct node *parameter = node_find(given, form->parameter[i]);
            if (parameter != NULL && parameter->formula != NULL)
                add_number(search, parameter->formula, at + i, 0, 1e9);
        }
    }
}

/* Which of STEPS' values holds from the date that KEY writes; SIZE_MAX: none does. */
static size_t
step_from(const struct steps *steps, const struct node *key)
{
    int32_t day;

    if (calendar_parse(key->text, &day))
        for (size_t i = 0; i < steps->count; i++)
            if (steps->day[i] == day)
                return i;
    return SIZE_MAX;
}

/* Lists and maps of numbers: those of a list by number, steps by date, shares as they stand. */
static void
find_in_children(struct search *search, const struct drawn_value *value)
{
    const struct field *field = value->field;
    bool shares = field->type == FIELD_SHARES || field->type == FIELD_FRACTIONS;
    bool plain = shares || field->type == FIELD_NUMBERS;
    double high = shares ? 1 : field->type == FIELD_NUMBERS ? 100 : field->high;
    double low = plain ? 0 : field->low;

    for (size_t i = 0; i < value->node->count; i++) {
        const struct formula *formula = value->node->child[i]->formula;
        size_t at = plain ? i : formula != NULL ? step_from(value->base, value->node->key[i]) : 0;
        if (formula != NULL && at != SIZE_MAX)
            add_number(search, formula, at, low, high);
    }
}

/* The bytes that a copy of VALUE takes, with what it points to. */
static size_t
value_bytes(const struct drawn_value *value)
{
    enum field_type type = value->field->type;

    if (type == FIELD_DISTRIBUTION)
        return ALIGNED(sizeof(void *)) +
               distribution_bytes(*(struct distribution *const *)value->base);
    if (type == FIELD_NUMBERS)
        return ALIGNED(sizeof(struct numbers)) +
               ALIGNED(((const struct numbers *)value->base)->count * sizeof(double));
    if (type == FIELD_SHARES || type == FIELD_FRACTIONS)
        return ALIGNED(sizeof(struct shares)) +
               ALIGNED(((const struct shares *)value->base)->count * sizeof(double));
    if (writers[type] == write_list)
        return ALIGNED(sizeof(struct steps)) +
               ALIGNED(((const struct steps *)value->base)->count * sizeof(double));
    return ALIGNED(sizeof(double));
}

/* Does FIELD, to which STEP leads, say how many facilities there are, which no replication changes?
 */
static bool
is_how_many(const struct scenario *scenario, const struct plan_step *step,
            const struct field *field)
{
    const struct facility_object *rows = scenario->facilities.item;

    if (strcmp(step->field->name, "small_scale_cap") == 0)
        return scenario->cap_from != NO_DATE;
    return strcmp(step->field->name, "facilities") == 0 &&
           smaller_decides(scenario, &rows[step->item], field->name);
}

/* A value of FIELD in which something is drawn: NODE was read into MEMBER, at the end of STEPS. */
static void
add_value(struct search *search, const struct field *field, const struct node *node,
          const void *member, const struct plan_step *step, size_t steps)
{
    struct uncertain *u = search->uncertain;
    struct drawn_value value = {
        .field = field,
        .base = member,
        .node = node,
        .first = u->numbers,
        .offset = u->bytes,
        .change = {.steps = steps, .world_only = search->world, .law = search->law}};

    memcpy(value.change.step, step, steps * sizeof *step);
    if (search->law > 0 && !plan_change_is_of_law(&value.change))
        return;
    bool how_many = is_how_many(search->scenario, step, field);
    if (how_many || writers[field->type] == NULL || !plan_change_is_read(&value.change)) {
        const char *why = how_many ? "is the same for all replications, and is not drawn: from "
                                     "cap_from on houses are split by it"
                                   : "is the same for all replications, and is not drawn";
        const struct draw *draw = &u->draws->draw[formula_origin(formula_in(node))];
        if (search->faults != NULL)
            faults_add(search->faults, node_at(draw->at), field->name, "%s", why);
        else
            search->status = error_set(search->err, BAD_INPUT, "%s %s", field->name, why);
        return;
    }
    if (!array_room(u->value, u->value_room, u->values + 1)) {
        search->status = error_set(search->err, NO_MEMORY, "no memory for what is uncertain");
        return;
    }
    u->bytes += value_bytes(&value);
    u->value[u->values++] = value;
    if (node->kind == NODE_SCALAR && field->type == FIELD_DATE)
        add_number(search, node->formula, 0, CALENDAR_FIRST, CALENDAR_LAST);
    else if (node->kind == NODE_SCALAR)
        add_number(search, node->formula, 0, field->none_is_all ? 1 : field->low, field->high);
    else if (field->type == FIELD_DISTRIBUTION)
        find_in_distribution(search, node, *(struct distribution *const *)member, 0);
    else
        find_in_children(search, &u->value[u->values - 1]);
}

static void walk_object(struct search *search, const struct object_type *type, const void *object,
                        struct plan_step *step, size_t steps);

/* The objects of LIST, which the step behind the first STEPS leads to. */
static void
walk_list(struct search *search, const struct objects *list, struct plan_step *step, size_t steps)
{
    const struct object_type *type = step[steps].field->object;

    for (size_t i = 0; i < list->count; i++) {
        step[steps].item = i;
        walk_object(search, type, (const char *)list->item + i * type->size, step, steps + 1);
    }
}

/* An object of TYPE, at the end of STEPS so far. */
static void
walk_object(struct search *search, const struct object_type *type, const void *object,
            struct plan_step *step, size_t steps)
{
    const struct node *map;

    memcpy(&map, object, sizeof map);
    assert(steps < CHANGE_MOST_STEPS); /* no field lies deeper (test_plan looks) */
    if (map == NULL || map->kind != NODE_MAP)
        return;
    for (size_t f = 0; f < type->fields && search->status == OK; f++) {
        const struct field *field = &type->field[f];
        const struct node *node = node_find(map, field->name);
        const void *member = (const char *)object + field->offset;
        if (node == NULL || formula_in(node) == NULL)
            continue;
        step[steps] = (struct plan_step){.field = field};
        if (field->type == FIELD_OBJECT) {
            walk_object(search, field->object, member, step, steps + 1);
        } else if (field->type == FIELD_OBJECTS) {
            walk_list(search, member, step, steps);
        } else if (field->type == FIELD_OBJECT_MAP) {
            const struct object_map *lists = member;
            for (step[steps].list = 0; step[steps].list < lists->count; step[steps].list++)
                walk_list(search, &lists->list[step[steps].list], step, steps);
        } else {
            add_value(search, field, node, member, step, steps + 1);
        }
    }
}

int
uncertain_check(const struct scenario *scenario, struct faults *faults)
{
    struct uncertain u = {.draws = scenario->tree.draws};
    struct error err = {0};
    struct plan_step step[CHANGE_MOST_STEPS] = {0};
    struct search search = {
        .scenario = scenario, .uncertain = &u, .faults = faults, .err = &err, .status = OK};

    if (u.draws != NULL && u.draws->count > 0)
        walk_object(&search, &scenario_type, scenario, step, 0);
    free(u.value);
    free(u.number);
    return search.status;
}

/* The names of all draws; NULL: no memory. */
static uint64_t *
draw_names(const struct draws *draws)
{
    uint64_t *hash = calloc(draws->count + 1, sizeof *hash);

    for (size_t i = 0; hash != NULL && i < draws->count; i++) {
        bool alone = draws->draw[i].of != NULL; /* columns of one table are drawn together */
        hash[i] = stream_text_name(alone ? draws->draw[i].name : "posterior");
    }
    return hash;
}

int
uncertain_create(struct uncertain **out, const struct plan *plan, struct error *err)
{
    struct uncertain *u = calloc(1, sizeof *u);
    struct plan_step step[CHANGE_MOST_STEPS] = {0};
    struct search search = {.scenario = plan->scenario, .uncertain = u, .err = err, .status = OK};
    bool apart = plan->world != plan;

    *out = u;
    if (u == NULL)
        return error_set(err, NO_MEMORY, "no memory for what is uncertain");
    *u = (struct uncertain){.plan = plan,
                            .draws = plan->scenario->tree.draws,
                            .chance = (uint64_t)plan->scenario->chance};
    if ((u->hash = draw_names(u->draws)) == NULL)
        return error_set(err, NO_MEMORY, "no memory for what is uncertain");
    walk_object(&search, &scenario_type, plan->scenario, step, 0);
    for (size_t i = 0; i < u->values; i++)
        u->value[i].change.world = !apart;
    if (search.status == OK && apart) {
        search.world = true;
        search.scenario = plan->world->scenario;
        walk_object(&search, &scenario_type, plan->world->scenario, step, 0);
    }
    search.world = false;
    for (size_t i = 1; i < ((size_t)plan->laws + 1) * (plan->laws + 1); i++)
        if (plan->own_under[i] != NULL) {
            search.law = i;
            search.scenario = plan->own_under[i]->scenario;
            walk_object(&search, &scenario_type, search.scenario, step, 0);
        }
    return search.status;
}

void
uncertain_free(struct uncertain *uncertain)
{
    if (uncertain == NULL)
        return;
    free(uncertain->hash);
    free(uncertain->value);
    free(uncertain->number);
    free(uncertain);
}

size_t
uncertain_count(const struct plan *plan)
{
    const struct draws *draws = plan->scenario->tree.draws;

    return draws != NULL ? draws->count : 0;
}

const struct draw *
uncertain_draw(const struct plan *plan, size_t number)
{
    return &plan->scenario->tree.draws->draw[number];
}

const char *
uncertain_unit(const struct plan *plan, size_t number)
{
    const char *unit = uncertain_draw(plan, number)->unit;

    return strcmp(unit, " d") == 0 ? "d" : strcmp(unit, " / d") == 0 ? "1/d" : "1";
}

double
uncertain_uniform(const struct uncertain *u, size_t number, uint64_t replication)
{
    struct stream_name who = {u->hash[number], 0};
    struct stream stream = plan_stream(u->plan, replication / u->chance, DRAW_UNCERTAIN, who, 0);

    return stream_uniform_open(&stream);
}

void
uncertain_values(const struct uncertain *u, uint64_t replication, double *value)
{
    const struct given_draws *given = u->plan->given;

    if (given != NULL) {
        size_t row = (size_t)((replication - given->first) / u->chance);
        assert(replication >= given->first && row < given->rows);
        memcpy(value, given->value + row * u->draws->count, u->draws->count * sizeof *value);
        return;
    }
    for (size_t i = 0; i < u->draws->count; i++) {
        const struct draw *draw = &u->draws->draw[i];
        double uniform = uncertain_uniform(u, i, replication);
        value[i] = draw->of != NULL ? distribution_quantile(draw->of, uniform)
                                    : draw->column[(size_t)(uniform * (double)draw->rows)];
    }
}

/* Where the numbers of a copy are: one behind the other, or those of a distribution. */
struct numbers_of {
    double **number;
    size_t count;
};

static void
note_one(void *context, double *number)
{
    struct numbers_of *numbers = context;

    numbers->number[numbers->count++] = number;
}

/* A copy of DIST at *AT, which moves on behind it. */
static struct distribution *
copy_distribution(const struct distribution *dist, char **at)
{
    struct distribution *copy = memcpy(*at, dist, sizeof *dist);

    *at += ALIGNED(sizeof *dist);
    if (dist->kind == DIST_EMPIRICAL) {
        size_t size = dist->count * 2 * sizeof *dist->quantile;
        copy->quantile = memcpy(*at, dist->quantile, size);
        *at += ALIGNED(size);
    } else if (dist->kind == DIST_MIXTURE) {
        size_t size = dist->count * sizeof *dist->part;
        copy->part = memcpy(*at, dist->part, size);
        *at += ALIGNED(size);
        for (size_t i = 0; i < dist->count; i++)
            copy->part[i].of = *copy_distribution(&dist->part[i].of, at);
    }
    return copy;
}

/* Make DIST of what now are its parameters. */
static int
make_again(struct distribution *dist, struct error *err)
{
    double given[3];
    int status = OK;

    memcpy(given, dist->given, sizeof given);
    if (dist->kind == DIST_MIXTURE)
        for (size_t i = 0; i < dist->count && status == OK; i++)
            status = make_again(&dist->part[i].of, err);
    return status == OK ? distribution_make(dist, dist->kind, given, err) : status;
}

/* What DRAWN, a number of VALUE, is for what was drawn. */
static int
evaluate(const struct drawn_value *value, const struct drawn_number *drawn, const double *draw,
         double *out, struct error *err)
{
    double is = formula_value(drawn->formula, draw);
    enum field_type type = value->field->type;

    if (type == FIELD_WHOLE || type == FIELD_COUNT_STEPS || type == FIELD_DATE)
        is = round(is);
    *out = is;
    if (is >= drawn->low && is <= drawn->high)
        return OK;
    return error_set(err, BAD_INPUT,
                     "%s: what is drawn makes it %g, beyond %g to %g; a uniform or triangular "
                     "distribution stays within its ends",
                     value->field->name, is, drawn->low, drawn->high);
}

static int
write_distribution(const struct uncertain *u, const struct drawn_value *value, const double *draw,
                   char *copy, struct error *err)
{
    const struct distribution *base = *(struct distribution *const *)value->base;
    char *at = copy + ALIGNED(sizeof(void *));
    double **number = calloc(numbers_in(base) + 1, sizeof *number);
    struct distribution *dist = copy_distribution(base, &at);
    struct error why = {0};
    int status = OK;

    if (number == NULL)
        return error_set(err, NO_MEMORY, "no memory for what is drawn");
    memcpy(copy, &dist, sizeof dist);
    each_number_of(dist, note_one, &(struct numbers_of){number, 0});
    for (size_t i = 0; i < value->count && status == OK; i++) {
        const struct drawn_number *drawn = &u->number[value->first + i];
        status = evaluate(value, drawn, draw, number[drawn->at], err);
    }
    free(number);
    if (status == OK && (status = make_again(dist, &why)) != OK)
        error_set(err, status, "%s: with what is drawn: %s", value->field->name, why.message);
    return status;
}

/* Of a list, of steps or of shares: the struct, then its numbers. */
static double *
copy_numbers(const struct drawn_value *value, char *copy)
{
    double *numbers;

    if (value->field->type == FIELD_NUMBERS) {
        struct numbers *of = memcpy(copy, value->base, sizeof *of);
        numbers = (double *)(void *)(copy + ALIGNED(sizeof *of));
        of->value = memcpy(numbers, of->value, of->count * sizeof *numbers);
    } else if (value->field->type == FIELD_SHARES || value->field->type == FIELD_FRACTIONS) {
        struct shares *of = memcpy(copy, value->base, sizeof *of);
        numbers = (double *)(void *)(copy + ALIGNED(sizeof *of));
        of->share = memcpy(numbers, of->share, of->count * sizeof *numbers);
    } else {
        struct steps *of = memcpy(copy, value->base, sizeof *of);
        numbers = (double *)(void *)(copy + ALIGNED(sizeof *of));
        of->value = memcpy(numbers, of->value, of->count * sizeof *numbers);
    }
    return numbers;
}

static int
write_list(const struct uncertain *u, const struct drawn_value *value, const double *draw,
           char *copy, struct error *err)
{
    double *numbers = copy_numbers(value, copy);
    int status = OK;

    for (size_t i = 0; i < value->count && status == OK; i++) {
        const struct drawn_number *drawn = &u->number[value->first + i];
        status = evaluate(value, drawn, draw, &numbers[drawn->at], err);
    }
    return status;
}

static int
write_scalar(const struct uncertain *u, const struct drawn_value *value, const double *draw,
             char *copy, struct error *err)
{
    double is = 0;
    int status = evaluate(value, &u->number[value->first], draw, &is, err);

    if (value->field->type == FIELD_WHOLE)
        memcpy(copy, &(int64_t){(int64_t)is}, sizeof(int64_t));
    else if (value->field->type == FIELD_DATE)
        memcpy(copy, &(int32_t){(int32_t)is}, sizeof(int32_t));
    else
        memcpy(copy, &is, sizeof is);
    return status;
}

int
uncertain_plan(struct plan **out, const struct uncertain *u, const double *draw, struct error *err)
{
    struct plan_change *change = calloc(u->values + 1, sizeof *change);
    char *memory = calloc(1, u->bytes + 1);
    int status = change != NULL && memory != NULL
                     ? OK
                     : error_set(err, NO_MEMORY, "no memory for what is drawn");

    *out = NULL;
    for (size_t i = 0; i < u->values && status == OK; i++) {
        const struct drawn_value *value = &u->value[i];
        char *copy = memory + value->offset;
        status = writers[value->field->type](u, value, draw, copy, err);
        change[i] = value->change;
        change[i].value = copy;
    }
    if (status == OK)
        status = plan_derive(out, u->plan, change, u->values, err);
    if (status == OK)
        (*out)->values = memory;
    else
        free(memory);
    free(change);
    return status;
}

/* Try the plan of VALUE, of which number I is at one of its ends. */
static int
try_end(const struct uncertain *u, size_t i, const double *value, struct faults *faults)
{
    struct plan *plan = NULL;
    struct error err = {0};
    const struct draw *draw = &u->draws->draw[i];
    int status = uncertain_plan(&plan, u, value, &err);

    if (status == BAD_INPUT)
        faults_add(faults, node_at(draw->at), draw->name, "where it is drawn as %g%s: %s", value[i],
                   draw->unit, err.message);
    plan_free(plan);
    return status == NO_MEMORY ? NO_MEMORY : OK;
}

int
uncertain_try(const struct plan *plan, struct faults *faults)
{
    size_t count = uncertain_count(plan);
    struct uncertain *u = NULL;
    struct error err = {0};
    double *value = calloc(count + 1, sizeof *value);
    int status = value == NULL ? NO_MEMORY : count > 0 ? uncertain_create(&u, plan, &err) : OK;

    for (size_t i = 0; i < count && status == OK; i++)
        value[i] = u->draws->draw[i].median;
    for (size_t i = 0; i < count && status == OK; i++) {
        const struct draw *draw = &u->draws->draw[i];
        size_t errors = faults->errors;
        value[i] = draw->least;
        status = try_end(u, i, value, faults);
        value[i] = draw->most;
        if (status == OK && faults->errors == errors) /* one line for each draw */
            status = try_end(u, i, value, faults);
        value[i] = draw->median;
    }
    uncertain_free(u);
    free(value);
    return status == NO_MEMORY ? NO_MEMORY : OK;
}
