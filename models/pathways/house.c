#include "house.h"

#include "evaluation.h"

#include "models/places/trace.h"
#include "models/staff/staff.h"

#include "sim/engine/portable_math.h"

static bool
may_go_to_house(const struct site *site, const struct person *person)
{
    return person->where == WHERE_FACILITY && person->status == STATUS_CONVICTED &&
           person->exclusions == 0 && person->house == HOUSE_NO && !site_is_house(site) &&
           (site->plan->detention_houses || site->plan->transition_houses);
}

/* Begin screening, or wait for the day on which a transition house becomes possible. */
void
house_consider(struct site *site, uint32_t slot, ticks now)
{
    const struct selection_plan *rule = &site->plan->selection_rule;
    struct person *person = &site->person[slot];
    ticks left = person_left(person, now);
    bool shorter = person_sentence(person, now) <= rule->most_sentence;

    if (rule->screening == NULL || !may_go_to_house(site, person) || left < rule->least_stay)
        return;
    if (shorter ? !site->plan->detention_houses : !site->plan->transition_houses)
        return;
    ticks early = person->sentence > 0 ? person->earliest - person_served(person, now) : left;
    if (!shorter && early > rule->window) {
        person->house = HOUSE_LATER;
        trace_tell(site, person, TRACE_WAITS, WAIT_WINDOW, now);
        site_appoint(site, slot, APPOINTMENT_WINDOW, now + early - rule->window);
        return;
    }
    struct stream stream = site_stream(site, person, DRAW_SCREENING, 2u * person->times);
    site_count(site, person, -1, now);
    person->house = HOUSE_SCREENING;
    site_count(site, person, 1, now);
    trace_tell(site, person, TRACE_SCREENING, 0, now);
    ticks takes = ticks_from_days(distribution_draw(rule->screening, &stream));
    site_appoint(site, slot, APPOINTMENT_SCREENING, now + staff_slowed(site, person, takes));
}

void
house_on_window(struct lp *lp, const struct event *event)
{
    struct site *site = lp->state;

    site_clock_rang(site, event->subject, CLOCK_APPOINTMENT);
    site->person[event->subject].house = HOUSE_NO;
    house_consider(site, event->subject, lp->now);
}

/* One more is screened, and found SUITABLE or not. */
static void
count_screening(struct site *site, const struct person *person, bool suitable)
{
    bool does_well = evaluation_does_well(site, person);

    site_flow(site, FLOW_SCREENED, 1);
    if (suitable && !does_well)
        site_flow(site, FLOW_WRONGLY_FOUND, 1);
    if (!suitable && does_well)
        site_flow(site, FLOW_WRONGLY_NOT, 1);
}

void
house_on_screened(struct lp *lp, const struct event *event)
{
    struct site *site = lp->state;
    const struct selection_plan *rule = &site->plan->selection_rule;
    struct person *person = &site->person[event->subject];

    site_clock_rang(site, event->subject, CLOCK_APPOINTMENT);
    bool errs = site->plan->evaluation_rule.on;
    bool suitable = errs ? evaluation_finds(site, person) : evaluation_does_well(site, person);
    if (errs)
        count_screening(site, person, suitable);
    site_count(site, person, -1, lp->now);
    person->house = suitable ? HOUSE_SUITABLE : HOUSE_UNSUITABLE;
    if (suitable) {
        person->queue = person_sentence(person, lp->now) <= rule->most_sentence ? QUEUE_DETENTION
                                                                                : QUEUE_TRANSITION;
        person->queued = lp->now;
    }
    site_count(site, person, 1, lp->now);
    trace_tell(site, person, TRACE_SCREENED, person->house, lp->now);
    if (!suitable)
        return;
    trace_tell(site, person, TRACE_WAITS,
               person->queue == QUEUE_DETENTION ? WAIT_DETENTION_HOUSE : WAIT_TRANSITION_HOUSE,
               lp->now);
    site_request(site, event->subject, ASKS_TURN);
}

/* Lives PERSON in a house by an error of screening? */
static bool
wrongly_admitted(const struct site *site, const struct person *person)
{
    return site->plan->evaluation_rule.on && !evaluation_does_well(site, person);
}

/* Who is due to breach: the hazard at which the share of rule->breach of full stays ends that way.
 */
void
house_set_breach(struct site *site, uint32_t slot, ticks now)
{
    const struct selection_plan *rule = &site->plan->selection_rule;
    struct person *person = &site->person[slot];
    double length = ticks_to_days(person_left(person, now));

    if (rule->breach <= 0 || length <= 0)
        return;
    struct stream stream = site_stream(site, person, DRAW_BREACH, person->step);
    double factor = site_matches(site, person) ? 1 : rule->breach_unmatched;
    factor *= wrongly_admitted(site, person) ? site->plan->evaluation_rule.breach : 1;
    if (factor <= 0)
        return;
    double mean = -length / portable_log1p(-rule->breach) / factor;
    site_appoint(site, slot, APPOINTMENT_BREACH,
                 now + ticks_from_days(mean * stream_exponential(&stream)));
}

void
house_on_breach(struct lp *lp, const struct event *event)
{
    struct site *site = lp->state;

    site_clock_rang(site, event->subject, CLOCK_APPOINTMENT);
    site_flow(site, FLOW_BREACH, 1);
    if (wrongly_admitted(site, &site->person[event->subject]))
        site_flow(site, FLOW_WRONG_BREACH, 1);
    trace_tell(site, &site->person[event->subject], TRACE_BREACH, 0, lp->now);
    site_ask_for_place(site, event->subject);
}
