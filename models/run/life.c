#include "life.h"

#include "limits.h"

#include "models/model.h"
#include "models/people/name.h"
#include "models/places/trace.h"
#include "models/scenario/suggest.h"

#include "sim/base/array.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What was told, until its window is over: then it is put in order. */
struct told {
    ticks time;
    uint64_t order; /* of events of one time: by site, then the round's; then as they were told */
    size_t number;
    struct stream_name name;
    uint32_t place, from, detail; /* place: a site */
    uint16_t phase;
    uint8_t status, what;
};

struct listener {
    const struct life *life;
    const struct plan *plan;
    struct model *model;
    struct person_names names;
    char *name; /* [names.longest] */
    bool of_place, of_person;
    uint32_t place;
    struct stream_name person;
    struct told *told; /* [room] */
    size_t room, count;
    uint64_t events; /* told of, all in all */
    ticks window;    /* whose events these are, by its end */
    bool enough;     /* tell wants no more */
    bool no_memory;
    volatile sig_atomic_t stop; /* what the engine watches */
};

static const char *
wait_word(const struct plan *plan, uint32_t detail)
{
    static const char *const words[WAITS] = {[WAIT_PLACE] = "prison",
                                             [WAIT_DOOR] = "door",
                                             [WAIT_UNIT] = "unit",
                                             [WAIT_CENTRE] = "centre",
                                             [WAIT_ALLOCATION] = "allocation",
                                             [WAIT_WINDOW] = "house possible",
                                             [WAIT_DETENTION_HOUSE] = "detention house",
                                             [WAIT_TRANSITION_HOUSE] = "transition house",
                                             [WAIT_DESK] = "desk"};

    (void)plan;
    return words[detail];
}

static const char *
move_word(const struct plan *plan, uint32_t detail)
{
    static const char *const words[MOVES] = {
        [MOVE_ENTRY] = "",          [MOVE_ALLOCATION] = "allocation", [MOVE_HOUSE] = "house",
        [MOVE_BREACH] = "breach",   [MOVE_CENTRE] = "centre",         [MOVE_UNIT] = "unit",
        [MOVE_BALANCE] = "balance", [MOVE_CLOSING] = "closing",       [MOVE_TRANSFER] = "transfer",
        [MOVE_BACK] = "called back"};

    (void)plan;
    return words[detail];
}

static const char *
where_word(const struct plan *plan, uint32_t detail)
{
    static const char *const words[WHERES] = {
        [WHERE_FACILITY] = "",       [WHERE_CUSTODY] = "custody", [WHERE_HOME] = "home",
        [WHERE_OUTSIDE] = "outside", [WHERE_DOOR] = "door",       [WHERE_ABROAD] = "abroad"};

    (void)plan;
    return words[detail];
}

static const char *
screened_word(const struct plan *plan, uint32_t detail)
{
    (void)plan;
    return detail == HOUSE_SUITABLE ? "suitable" : "unsuitable";
}

static const char *
class_word(const struct plan *plan, uint32_t detail)
{
    return plan->class[detail].name;
}

static const char *
desk_word(const struct plan *plan, uint32_t detail)
{
    return plan->desk[detail].name;
}

static const char *
measure_word(const struct plan *plan, uint32_t detail)
{
    return plan->measure[detail].name;
}

static const char *
law_word(const struct plan *plan, uint32_t detail)
{
    return plan->law[detail].name;
}

static const char *
exit_word(const struct plan *plan, uint32_t detail)
{
    return plan->exit_name[detail];
}

/* What each is called; what its detail is; and where it happens: here, at the site that tells, or
 * where the person is. Before a phase is chosen there is none to tell. */
static const struct row {
    const char *word;
    const char *(*detail)(const struct plan *plan, uint32_t detail); /* NULL: nothing */
    bool here, no_phase;
} rows[TRACES] = {
    [TRACE_THERE] = {"there at the start", class_word, false, false},
    [TRACE_ARRIVED] = {"arrived", class_word, true, true},
    [TRACE_REFUSED] = {"refused", NULL, true, false},
    [TRACE_ENTERED] = {"entered", NULL, true, false},
    [TRACE_RETURNED] = {"returned", NULL, true, false},
    [TRACE_MOVED] = {"moved", move_word, true, false},
    [TRACE_SENT] = {"goes", where_word, false, false},
    [TRACE_BEGINS] = {"phase begins", where_word, false, false},
    [TRACE_WAITS] = {"waits", wait_word, false, false},
    [TRACE_CASE] = {"desk begins", desk_word, false, false},
    [TRACE_SCREENING] = {"screening begins", NULL, true, false},
    [TRACE_SCREENED] = {"screened", screened_word, true, false},
    [TRACE_BREACH] = {"breach", NULL, true, false},
    [TRACE_MEASURE] = {"measure begins", measure_word, false, false},
    [TRACE_MEASURE_ENDS] = {"measure ends", measure_word, false, false},
    [TRACE_OFFERED] = {"waits for measure", measure_word, false, false},
    [TRACE_FREED] = {"freed early", measure_word, false, false},
    [TRACE_LAW] = {"law changes", law_word, false, false},
    [TRACE_RELEASED] = {"released", exit_word, false, false},
};

static const char *
site_name(const struct plan *plan, uint32_t site)
{
    return site < plan->facilities ? plan->facility[site].name
                                   : plan->region[site - plan->facilities].name;
}

static int
in_order(const void *left, const void *right)
{
    const struct told *a = left, *b = right;

    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

static void
tell_one(struct listener *listener, const struct told *told)
{
    const struct plan *plan = listener->plan;
    const struct row *row = &rows[told->what];
    ticks since = told->time - (ticks)plan->warm_days * TICKS_PER_DAY;
    const struct life_event event = {
        .date = plan->first_day + (int32_t)ticks_day(told->time),
        .time = ticks_to_days(since),
        .person = person_name_write(&listener->names, told->name, listener->name),
        .what = row->word,
        .place = site_name(plan, told->place),
        .from = told->from != NOWHERE ? site_name(plan, told->from) : "",
        .phase = row->no_phase ? "" : plan->phase[told->phase].name,
        .status = row->no_phase ? "" : status_words[told->status],
        .detail = row->detail != NULL ? row->detail(plan, told->detail) : "",
    };

    listener->events++;
    if (!listener->life->tell(listener->life->context, &event))
        listener->enough = true;
}

/* The window is over: no event of it is still to come. */
static void
tell_window(struct listener *listener)
{
    if (listener->count > 1)
        qsort(listener->told, listener->count, sizeof *listener->told, in_order);
    for (size_t i = 0; i < listener->count && !listener->enough; i++)
        tell_one(listener, &listener->told[i]);
    listener->count = 0;
}

static uint32_t
place_of(const struct listener *listener, const struct site *site, const struct person *person,
         enum trace_what what)
{
    bool there = person->where == WHERE_FACILITY || person->where == WHERE_DOOR;

    return rows[what].here || there ? site->id : plan_region_site(listener->plan, person->region);
}

static bool
is_asked_for(const struct listener *listener, const struct person *person, uint32_t place,
             uint32_t from)
{
    if (listener->of_person)
        return person->name.source == listener->person.source &&
               person->name.number == listener->person.number;
    return !listener->of_place || place == listener->place || from == listener->place;
}

static void
on_told(void *context, const struct site *site, const struct person *person, enum trace_what what,
        uint32_t detail, uint32_t from, ticks now)
{
    struct listener *listener = context;
    uint32_t place = place_of(listener, site, person, what);
    ticks window = engine_window_end(listener->model->engine);

    if (window != listener->window)
        tell_window(listener);
    listener->window = window;
    if (listener->enough || listener->no_memory ||
        (listener->life->stop != NULL && *listener->life->stop)) {
        listener->stop = 1;
        return;
    }
    if (!is_asked_for(listener, person, place, from))
        return;
    if (!array_room(listener->told, listener->room, listener->count + 1)) {
        listener->no_memory = true;
        return;
    }
    listener->told[listener->count] = (struct told){
        .time = now,
        .order = site->lp->thread < 0 ? UINT64_MAX : site->id,
        .number = listener->count,
        .name = person->name,
        .place = place,
        .from = from,
        .detail = detail,
        .phase = person->phase,
        .status = person->status,
        .what = (uint8_t)what,
    };
    listener->count++;
}

/* Nothing is called TEXT; perhaps one of the places or sources was meant. */
static int
refuse_name(const struct listener *listener, const char *text, struct error *err)
{
    const struct plan *plan = listener->plan;
    size_t count = 0;
    const char **word = calloc(plan->sites + listener->names.sources + 1, sizeof *word);

    if (word == NULL)
        return error_set(err, NO_MEMORY, "no memory for names");
    for (uint32_t i = 0; i < plan->sites; i++)
        word[count++] = site_name(plan, i);
    for (size_t i = 0; i < listener->names.sources; i++)
        word[count++] = listener->names.source[i].text;
    const char *near = suggest(text, word, count);
    free(word);
    size_t source = 0;
    for (size_t i = 0; near != NULL && i < listener->names.sources; i++)
        if (strcmp(listener->names.source[i].text, text) == 0) { /* where people come from */
            source = i;
            near = NULL;
        }
    if (near != NULL)
        return error_set(err, BAD_INPUT,
                         "no facility, region or person is called '%.60s'; did you mean '%.60s'?",
                         text, near);
    return error_set(
        err, BAD_INPUT,
        "no facility, region or person is called '%.60s'; people are called like "
        "'%.60s:%s', as a trace without a name lists them",
        text, listener->names.sources > 0 ? listener->names.source[source].text : "class",
        listener->names.sources > 0 && listener->names.source[source].slabs ? "0.0" : "0");
}

/* Of whom or what is to be told? */
static int
find(struct listener *listener, struct error *err)
{
    const char *text = listener->life->of;

    if (text == NULL)
        return OK;
    for (uint32_t i = 0; i < listener->plan->sites && !listener->of_place; i++) {
        listener->of_place = strcmp(text, site_name(listener->plan, i)) == 0;
        listener->place = i;
    }
    if (!listener->of_place)
        listener->of_person = person_name_read(&listener->names, text, &listener->person);
    return listener->of_place || listener->of_person ? OK : refuse_name(listener, text, err);
}

static int
run(struct listener *listener, struct error *err)
{
    const struct life *life = listener->life;
    const struct trace trace = {on_told, listener};

    listener->model->trace = &trace;
    engine_watch(listener->model->engine, &listener->stop);
    int status = model_run(listener->model, life->replication, err);
    tell_window(listener);
    if (listener->no_memory)
        return error_set(err, NO_MEMORY, "no memory for the events of a day");
    if (listener->enough && status == INTERRUPTED)
        return OK;
    if (status == OK && listener->events == 0 && listener->of_person)
        return error_set(err, BAD_INPUT, "nobody called '%.200s' comes in replication %" PRIu64,
                         life->of, life->replication);
    return status;
}

int
life_tell(const struct life *life, struct error *err)
{
    struct listener listener = {.life = life};
    struct plan *plan = NULL;
    int status = plan_create(&plan, life->scenario, err);

    listener.plan = plan;
    if (status == OK)
        status = run_fits(plan, err);
    if (status == OK)
        status = person_names_create(&listener.names, plan, err);
    if (status == OK)
        status = find(&listener, err);
    if (status == OK) {
        listener.name = malloc(listener.names.longest);
        status = listener.name != NULL ? model_create(&listener.model, plan, 1, err)
                                       : error_set(err, NO_MEMORY, "no memory for names");
    }
    if (status == OK)
        status = run(&listener, err);
    model_free(listener.model);
    free(listener.told);
    free(listener.name);
    person_names_free(&listener.names);
    plan_free(plan);
    return status;
}
