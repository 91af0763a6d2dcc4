#include "turns.h"

#include "parts.h"

void
turns_join(struct site *site, uint32_t slot, ticks now)
{
    const struct person *person = &site->person[slot];
    struct site_list *list = measure_list_of(site, (uint32_t)person->measure);
    struct candidates *turning = &list->turning;

    for (uint32_t i = 0; i < turning->count;) /* an earlier use may have left them there */
        if (turning->memory[i].slot == slot)
            turning->memory[i] = turning->memory[--turning->count];
        else
            i++;
    ++*(person->away ? &list->out : &list->in);
    candidates_append(turning, site, candidate_of(site, slot, now, now));
}

void
turns_leave(struct site *site, const struct person *person)
{
    if (person->measure < 0 || !site->plan->measure[person->measure].in_turn)
        return;
    struct site_list *list = measure_list_of(site, (uint32_t)person->measure);
    --*(person->away ? &list->out : &list->in);
}

bool
measure_turn_out(struct site *site, uint32_t slot, ticks now)
{
    const struct site_list *list = measure_list_of(site, (uint32_t)site->person[slot].measure);
    bool out = list->out <= list->in;

    turns_join(site, slot, now); /* inside, to begin with */
    return out;
}

void
measure_changes_side(struct site *site, const struct person *person)
{
    struct site_list *list;

    if (person->measure < 0 || !site->plan->measure[person->measure].in_turn)
        return;
    list = measure_list_of(site, (uint32_t)person->measure);
    ++*(person->away ? &list->out : &list->in);
    --*(person->away ? &list->in : &list->out);
}

/* One half of a turn at SITE: those who were outside come in, or those inside go out. Whoever has
 * come to the list NOW stays where they are. */
static void
half_turn(struct model *model, struct site *site, uint32_t number, bool outside, ticks now,
          void (*go)(struct model *, struct site *, uint32_t, ticks))
{
    const struct measure_plan *measure = &model->plan->measure[number];
    struct candidates *turning = &measure_list_of(site, number)->turning;
    uint32_t kept = 0, count = turning->count;

    for (uint32_t i = 0; i < count; i++) {
        struct candidate *candidate = &turning->memory[i];
        const struct person *person = &site->person[candidate->slot];
        if (!candidate_stands(site, candidate) || person->measure != (int16_t)number)
            continue;
        bool goes = candidate->key < now && person->away == outside &&
                    (outside || measure_kind_of(measure)->concerns(site, person, measure, now));
        if (goes)
            candidate->key = now;
        uint32_t slot = candidate->slot;
        turning->memory[kept++] = *candidate;
        if (goes)
            go(model, site, slot, now);
    }
    for (uint32_t i = count; i < turning->count; i++)
        turning->memory[kept++] = turning->memory[i];
    turning->count = kept;
}

void
measure_turns(struct model *model, uint32_t number, ticks now,
              void (*out)(struct model *, struct site *, uint32_t, ticks),
              void (*in)(struct model *, struct site *, uint32_t, ticks))
{
    struct measure_state *state = &model->measures->state[number];

    if (!model->plan->measure[number].in_turn || !state->on || now < state->turn_ends)
        return;
    state->turn_ends += model->plan->measure[number].turn;
    for (uint32_t i = 0; i < model->plan->sites; i++) {
        half_turn(model, measure_site(model, i), number, false, now, out);
        half_turn(model, measure_site(model, i), number, true, now, in);
    }
}
