/* The people who are there at the start: counts by status and place become persons in the middle of
 * a phase (person_draw_stock), in the facility that the row names or where courts and office would
 * have them. */

#include "model.h"

/* Does PHASE fit a row of the stock that names no phase? */
static bool
fits_row(const struct phase_plan *phase, const struct stock_plan *row)
{
    return phase->status == row->record->status && phase->place == INSIDE &&
           (row->class == NO_CLASS || phase->class == row->class);
}

/* A phase for one of the stock: by the weights of phases that fit the row; where nobody arrives in
 * any of them, each is as likely as the other. */
static uint16_t
stock_phase(const struct plan *plan, const struct stock_plan *row, double u)
{
    double total = 0, sum = 0;
    uint16_t chosen = NO_PHASE, fitting = 0;

    if (row->phase != NO_PHASE)
        return row->phase;
    for (uint16_t i = 0; i < plan->phases; i++)
        if (fits_row(&plan->phase[i], row)) {
            total += plan->stock_weight[i];
            fitting++;
        }
    for (uint16_t i = 0; i < plan->phases; i++) {
        if (!fits_row(&plan->phase[i], row) || (total > 0 && plan->stock_weight[i] <= 0))
            continue;
        chosen = i;
        sum += total > 0 ? plan->stock_weight[i] / total : 1.0 / fitting;
        if (u < sum)
            return chosen;
    }
    return chosen;
}

/* A region for one of the stock: as the intake of the first day falls. */
static uint32_t
stock_region(const struct model *model, double u)
{
    const struct plan *plan = model->plan;
    double total = 0, sum = 0;
    uint32_t region = 0;

    for (uint32_t i = 0; i < plan->sources; i++)
        total += plan->source[i].rate[0];
    for (uint32_t i = 0; i < plan->sources; i++) {
        region = model->site[plan->source[i].site].region;
        sum += plan->source[i].rate[0];
        if (u * total < sum)
            break;
    }
    return region;
}

/* The prison of the person's region that is furthest below its share by weight: so the stock lies
 * over the prisons as the courts send, without the noise of a draw for each. */
static struct site *
choose_by_share(struct model *model, const struct person *person)
{
    const struct office *office = &model->office[person->region];
    struct site *chosen = NULL;
    double least = 0;

    for (uint32_t i = 0; i < office->sites; i++) {
        struct site *site = office->site[i];
        if (site->entry <= 0 || site->facility->kind != PRISON ||
            !placement_accepts(site, person) || !placement_below_ceiling(site))
            continue;
        double share = (double)(site->population + 1) / site->entry;
        if (chosen == NULL || share < least) {
            chosen = site;
            least = share;
        }
    }
    return chosen;
}

/* Where one of the stock is: the facility that the row names; else prisons for sentences are filled
 * to their ceilings and the rest lies as the courts send. Who is at home, or finds no place, is at
 * the region's site. */
static uint32_t
stock_site(struct model *model, const struct stock_plan *row, const struct person *person)
{
    const struct site *chosen = NULL;

    if (person->where != IN_FACILITY)
        return plan_region_site(model->plan, person->region);
    if (row->facility != NOWHERE)
        return row->facility;
    if (person->status == CONVICTED)
        chosen = placement_sentences(model, person, 0);
    if (chosen == NULL)
        chosen = choose_by_share(model, person);
    if (chosen == NULL)
        chosen = placement_court(model, person);
    return chosen != NULL ? chosen->id : plan_region_site(model->plan, person->region);
}

static void
place_one(struct model *model, const struct stock_plan *row, int64_t number)
{
    static const enum where where_of[PLACES] = {IN_FACILITY, AT_HOME, WAITS_OUTSIDE};
    const struct plan *plan = model->plan;
    struct stream_name name = {row->source, (uint64_t)number};
    struct stream stream;
    struct person person;

    stream_open(&stream, plan->seed, model->replication, DRAW_STOCK, name, 1);
    uint16_t phase = stock_phase(plan, row, stream_uniform(&stream));
    double u = stream_uniform(&stream);
    uint32_t home = row->region != NOWHERE ? row->region : stock_region(model, u);
    if (phase == NO_PHASE)
        return;
    person_draw_stock(&person, plan, model->replication, name, phase, (uint8_t)home,
                      row->record->fresh);
    person_goes(&person, where_of[plan->phase[phase].place], person.began);
    person.entries = 1;
    uint32_t at = stock_site(model, row, &person);
    if (at >= plan->facilities && person.where == IN_FACILITY)
        person_goes(&person, IN_CUSTODY, 0);
    uint32_t slot = site_add(&model->site[at], &person, 0, false);
    if (slot == NOWHERE)
        return;
    site_total(&model->site[at], person.class, TOTAL_INITIAL, 1);
    pathway_settle_stock(&model->site[at], slot, 0);
    if (site_is_house(&model->site[at]))
        placement_set_breach(model, &model->site[at], slot, 0);
}

/* The people of REGION, or (NOWHERE) of all. */
static void
place_rows(struct model *model, uint32_t region)
{
    for (uint32_t i = 0; i < model->plan->stocks; i++) {
        const struct stock_plan *row = &model->plan->stock[i];
        for (int64_t n = 0; (region == NOWHERE || row->region == region) && n < row->record->count;
             n++) {
            if (engine_is_stopped(model->engine))
                return;
            place_one(model, row, n);
        }
    }
}

static void
place_rows_of_region(void *context, uint32_t region, ticks now)
{
    (void)now;
    place_rows(context, region);
}

/* Regions side by side, where each row says its region and no desk serves the whole nation: then
 * nothing that one does shows in another. */
void
stock_place(struct model *model)
{
    bool apart = !model->plan->busy_desks;

    for (uint32_t i = 0; i < model->plan->stocks && apart; i++)
        apart = model->plan->stock[i].region != NOWHERE;
    if (apart)
        engine_each_part(model->engine, place_rows_of_region);
    else
        place_rows(model, NOWHERE);
    for (uint32_t i = 0; i < model->plan->sites; i++)
        model->initial += model->site[i].people;
}
