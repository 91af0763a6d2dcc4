#include "stock.h"

#include "house.h"
#include "pathway.h"

#include "models/people/met.h"
#include "models/places/trace.h"
#include "models/plan/draws.h"
#include "models/state.h"

#include <stdlib.h>
#include <string.h>

/* A facility of the world on the day of the start, as far as the stock looks at it. */
struct shelter {
    int64_t people;
    struct standing standing;
};

/* What the stock is placed by. */
struct stock {
    struct shelter *shelter; /* [world's facilities] */
    double *people_in;       /* [world's phases]: in balance */
    double *before;          /* [world's regions]: people who come there a day, before the start */
    int64_t people;          /* put into the sites of this replication */
};

/* Does PHASE fit a row of the stock that names no phase? */
static bool
fits_row(const struct phase_plan *phase, const struct stock_plan *row)
{
    return phase->status == row->status && phase->where == PHASE_INSIDE &&
           (row->class == NO_CLASS || phase->class == row->class);
}

/* How many of CLASS are in PHASE, in balance. */
static double
people_in(const struct plan *world, uint16_t of_class, uint16_t phase)
{
    return world->entries[of_class] * steady_days(&world->steady, of_class, phase);
}

/* A class for one who is in PHASE, by how many of each are; where nobody ever arrives, the
 * phase's own. */
static uint16_t
choose_class(const struct plan *world, uint16_t phase, double u)
{
    double total = 0, sum = 0;
    uint16_t chosen = world->phase[phase].class;

    for (uint16_t of_class = 0; of_class < world->classes; of_class++)
        total += people_in(world, of_class, phase);
    for (uint16_t i = 0; i < world->classes; i++) {
        uint16_t of_class = world->class_by_name[i];
        double people = people_in(world, of_class, phase);
        if (people <= 0)
            continue;
        chosen = of_class;
        sum += people;
        if (u * total < sum)
            break;
    }
    return chosen;
}

/* Can somebody be met in PHASE, of the class that choose_class would give? */
static bool
phase_can_be_met(const struct plan *world, uint16_t phase)
{
    for (uint16_t of_class = 0; of_class < world->classes; of_class++)
        if (people_in(world, of_class, phase) > 0)
            return true;
    return met_may_last(world, world->phase[phase].class, phase);
}

bool
stock_can_be_met(const struct plan *world, const struct stock_plan *row)
{
    if (row->phase != NO_PHASE)
        return phase_can_be_met(world, row->phase);
    for (uint16_t phase = 0; phase < world->phases; phase++)
        if (fits_row(&world->phase[phase], row) && phase_can_be_met(world, phase))
            return true;
    return false;
}

/* A phase for one of the stock: by how many people are in each that fits the row; where nobody ever
 * arrives, each is as likely as the other. */
static uint16_t
choose_phase(const struct model *model, const struct stock_plan *row, double u)
{
    const struct plan *world = model->plan->world;
    const double *people = model->stock->people_in;
    double total = 0, sum = 0;
    uint16_t chosen = NO_PHASE, fitting = 0;

    if (row->phase != NO_PHASE)
        return row->phase;
    for (uint16_t i = 0; i < world->phases; i++)
        if (fits_row(&world->phase[i], row)) {
            total += people[i];
            fitting++;
        }
    for (uint16_t n = 0; n < world->phases; n++) {
        uint16_t i = world->phase_by_name[n];
        if (!fits_row(&world->phase[i], row) || (total > 0 && people[i] <= 0))
            continue;
        chosen = i;
        sum += total > 0 ? people[i] / total : 1.0 / fitting;
        if (u < sum)
            break;
    }
    return chosen;
}

/* A region for one of the stock: as the intake before the start falls. */
static uint32_t
choose_region(const struct model *model, double u)
{
    const struct plan *world = model->plan->world;
    const double *before = model->stock->before;
    double total = 0, sum = 0;
    uint32_t region = world->region_by_name[0];

    for (uint32_t i = 0; i < world->regions; i++)
        total += before[world->region_by_name[i]];
    for (uint32_t i = 0; i < world->regions; i++) {
        uint32_t next = world->region_by_name[i];
        if (before[next] <= 0)
            continue;
        region = next;
        sum += before[next];
        if (u * total < sum)
            break;
    }
    return region;
}

/* In which order the prisons of a region are looked at, and what makes one of them better than
 * another: prisons for sentences that allocation would have filled; those that the courts send to,
 * by weight; any other. Whom a prison takes is one rule with the placement office (accept.h), and
 * so is this order; they differ where the stock is no arrival. Its people have been there for long:
 * the sentenced are in the prisons that the office fills from its lists (office/serve.c) already;
 * no court draws for them (office/choose.c), but each weight gets its share; and a full prison that
 * would refuse, or let wait, has let them in when it was not. */
enum turn { BY_ALLOCATION, BY_COURTS, BY_COURTS_OVER_CEILING, BY_OCCUPANCY, TURNS };

/* How far FACILITY has been filled as TURN counts; below 0: it does not take PERSON in it. */
static double
filled(const struct facility_plan *facility, const struct shelter *shelter,
       const struct person *person, enum turn turn)
{
    const struct standing *standing = &shelter->standing;
    bool below = accept_below_ceiling(standing, shelter->people);
    bool courts = turn == BY_COURTS || turn == BY_COURTS_OVER_CEILING;

    if (turn == BY_ALLOCATION && !(below && person->status == STATUS_CONVICTED &&
                                   accept_sentence(facility, person_sentence(person, 0))))
        return -1;
    if (courts && (standing->entry <= 0 || (turn == BY_COURTS && !below)))
        return -1;
    return courts ? (double)(shelter->people + 1) / standing->entry
                  : accept_occupancy(shelter->people, standing->places);
}

/* The facility of the world that one of the stock is in: the one furthest below its share, so that
 * the stock lies over the prisons as they would be filled, without the noise of a draw for each;
 * NOWHERE: no prison of the region takes the person. */
static uint32_t
choose_shelter(const struct model *model, const struct person *person)
{
    const struct plan *world = model->plan->world;
    const struct region_plan *region = &world->region[person->region];

    for (int turn = 0; turn < TURNS; turn++) {
        uint32_t chosen = NOWHERE;
        double least = 0;
        for (uint32_t i = 0; i < region->facilities; i++) {
            uint32_t facility = world->of_region[region->first + i];
            const struct shelter *shelter = &model->stock->shelter[facility];
            const struct facility_plan *row = &world->facility[facility];
            if (row->kind != KIND_PRISON || !accept_person(row, &shelter->standing, person))
                continue;
            double how_far = filled(row, shelter, person, (enum turn)turn);
            if (how_far >= 0 && (chosen == NOWHERE || how_far < least)) {
                chosen = facility;
                least = how_far;
            }
        }
        if (chosen != NOWHERE)
            return chosen;
    }
    return NOWHERE;
}

/* Put PERSON, drawn in the world, into the model: where the world has them, or, if the facility is
 * not in this scenario, in the custody of the region until the first round. */
static void
settle(struct model *model, struct person *person, uint32_t shelter)
{
    const struct plan *plan = model->plan;
    uint32_t region = plan->region_of_world[person->region];
    uint32_t at = shelter != NOWHERE ? plan->facility_of_world[shelter] : NOWHERE;

    person->region = (uint8_t)region;
    person->class =
        plan->phase[plan->phase_of_world[plan->world->class[person->class].first]].class;
    person->phase = plan->phase_of_world[person->phase];
    if (person->clock > plan->phase[person->phase].clock_count)
        person->clock = 0;
    if (at == NOWHERE && person->where == WHERE_FACILITY)
        person_goes(person, WHERE_CUSTODY, 0);
    struct site *site = &model->site[at != NOWHERE ? at : plan_region_site(plan, region)];
    struct traveller who = {.person = *person};
    uint32_t slot = site_add(site, &who, 0, false);
    if (slot == NOWHERE)
        return;
    if (plan->come_back.count > 0)
        person_is_born(&site->person[slot], plan, model->replication, 0);
    site_total(site, person->class, TOTAL_INITIAL, 1);
    trace_tell(site, &site->person[slot], TRACE_THERE, person->class, 0);
    pathway_settle_stock(site, slot, 0);
    if (site_is_house(site))
        house_set_breach(site, slot, 0);
}

/* Person NUMBER of ROW; false: nobody of the kind is ever there, and the engine stops. */
static bool
place_one(struct model *model, const struct stock_plan *row, int64_t number)
{
    static const enum where where_of[PHASE_WHERES] = {WHERE_FACILITY, WHERE_HOME, WHERE_OUTSIDE};
    const struct plan *world = model->plan->world;
    struct stream_name name = {row->source, (uint64_t)number};
    uint32_t shelter = NOWHERE;
    struct stream stream = plan_stream(world, model->replication, DRAW_STOCK, name, 1);
    struct person person;

    uint16_t phase = choose_phase(model, row, stream_uniform(&stream));
    double u = stream_uniform(&stream);
    uint32_t home = row->region != NOWHERE ? row->region : choose_region(model, u);
    if (phase == NO_PHASE)
        return true;
    uint16_t of_class = choose_class(world, phase, stream_uniform(&stream));
    struct met met = {.class = of_class,
                      .phase = phase,
                      .region = (uint8_t)home,
                      .fresh = row->fresh,
                      .spent = row->spent,
                      .left = row->left};
    if (!met_draw(&person, world, model->replication, name, &met)) {
        lp_fail(
            model->site[plan_region_site(model->plan, model->plan->region_of_world[home])].lp,
            BAD_INPUT,
            "stock: nobody of class %s is ever in phase %s for a while, and %lld are to be there; "
            "name another phase",
            world->class[of_class].name, world->phase[phase].name, (long long)row->count);
        return false;
    }
    person_goes(&person, where_of[world->phase[phase].where], person.began);
    person.was_home = person.where == WHERE_HOME;
    person.entries = 1;
    if (person.where == WHERE_FACILITY)
        shelter = row->facility != NOWHERE ? row->facility : choose_shelter(model, &person);
    if (shelter != NOWHERE)
        model->stock->shelter[shelter].people++;
    settle(model, &person, shelter);
    return true;
}

/* The people of REGION of the world, or (NOWHERE) of all. */
static void
place_rows(struct model *model, uint32_t region)
{
    const struct plan *world = model->plan->world;

    for (uint32_t i = 0; i < world->stocks; i++) {
        const struct stock_plan *row = &world->stock[i];
        for (int64_t n = 0; (region == NOWHERE || row->region == region) && n < row->count; n++) {
            if (engine_is_stopped(model->engine) || !place_one(model, row, n))
                return;
        }
    }
}

static void
place_rows_of_region(void *context, uint32_t region, ticks now)
{
    (void)now;
    place_rows(context, region);
}

/* May regions place their people side by side? Where each row says its region, no desk serves more
 * than a facility, and the world is the scenario itself: then nothing that one does shows in
 * another. */
static bool
regions_apart(const struct plan *plan)
{
    if (plan->busy_desks || plan->world != plan)
        return false;
    for (uint32_t i = 0; i < plan->stocks; i++)
        if (plan->stock[i].region == NOWHERE)
            return false;
    return true;
}

void
stock_place(struct model *model)
{
    const struct plan *world = model->plan->world;

    model->stock->people = 0;
    for (uint32_t i = 0; i < world->facilities; i++)
        model->stock->shelter[i].people = 0;
    if (regions_apart(model->plan))
        engine_each_part(model->engine, place_rows_of_region);
    else
        place_rows(model, NOWHERE);
    for (uint32_t i = 0; i < model->plan->sites; i++)
        model->stock->people += model->site[i].people;
}

/* What the calendar says of the world's facilities on its first day. */
static void
open_shelters(struct stock *stock, const struct plan *world)
{
    for (uint32_t i = 0; i < world->facilities; i++)
        stock->shelter[i].standing = standing_begin(&world->facility[i]);
    for (uint32_t i = 0; i < world->calendars; i++)
        if (world->calendar[i].day <= 0)
            standing_apply(&stock->shelter[world->calendar[i].facility].standing,
                           &world->calendar[i]);
}

/* What the stock is placed by, in WORLD. */
static void
look_at_world(struct stock *stock, const struct plan *world)
{
    memset(stock->people_in, 0, world->phases * sizeof *stock->people_in);
    memset(stock->before, 0, world->regions * sizeof *stock->before);
    open_shelters(stock, world);
    for (uint32_t i = 0; i < world->sources; i++) {
        uint32_t site = world->source[i].site;
        stock->before[site < world->facilities ? world->facility[site].region
                                               : site - world->facilities] +=
            world->source[i].before;
    }
    for (uint16_t phase = 0; phase < world->phases; phase++)
        for (uint16_t of_class = 0; of_class < world->classes; of_class++)
            stock->people_in[phase] += people_in(world, of_class, phase);
}

void
stock_reset(struct model *model)
{
    if (model->uncertain != NULL)
        look_at_world(model->stock, model->plan->world);
}

struct stock *
stock_create(const struct plan *plan)
{
    const struct plan *world = plan->world;
    struct stock *stock = calloc(1, sizeof *stock);

    if (stock == NULL)
        return NULL;
    stock->shelter = calloc(world->facilities + 1, sizeof *stock->shelter);
    stock->people_in = calloc(world->phases + 1u, sizeof *stock->people_in);
    stock->before = calloc(world->regions + 1, sizeof *stock->before);
    if (stock->shelter == NULL || stock->people_in == NULL || stock->before == NULL) {
        stock_free(stock);
        return NULL;
    }
    look_at_world(stock, world);
    return stock;
}

void
stock_free(struct stock *stock)
{
    if (stock == NULL)
        return;
    free(stock->shelter);
    free(stock->people_in);
    free(stock->before);
    free(stock);
}

int64_t
stock_people(const struct model *model)
{
    return model->stock->people;
}
