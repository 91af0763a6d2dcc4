#include "choose.h"

#include "models/plan/draws.h"
#include "models/state.h"

/* Choose by weight among the prisons of the person's region that accept; the person's own number
 * decides. With OVER ceilings do not count. */
static struct site *
choose_by_weight(const struct region_office *region, const struct person *person, double u,
                 bool over)
{
    struct site *chosen = NULL;
    double total = 0, sum = 0;

    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < region->sites; i++) {
            struct site *site = region->site[i];
            if (site->standing.entry <= 0 || site->facility->kind != KIND_PRISON ||
                !site_accepts(site, person) || (!over && !site_below_ceiling(site)))
                continue;
            if (pass == 0) {
                total += site->standing.entry;
                continue;
            }
            chosen = site;
            sum += site->standing.entry;
            if (u * total < sum)
                return chosen;
        }
    return chosen;
}

/* A prison that accepts PERSON, in the order in which the office looks for one where no court says:
 * those that allocation fills come behind the others, those above their ceiling behind both. Lower
 * is better; NO_PRISON: none of these. */
enum { NO_PRISON = 4 };

static int
rank_of(const struct site *site, const struct person *person)
{
    if (site->facility->kind != KIND_PRISON || !site_accepts(site, person) ||
        (site->facility->when_full != FULL_CROWD && site_room(site) <= 0))
        return NO_PRISON;
    return 2 * !site_below_ceiling(site) + site->facility->allocated;
}

/* Is SITE a better prison for PERSON than CHOSEN, whose rank is *RANK? Of one rank the emptiest. */
static bool
better(const struct site *site, const struct site *chosen, const struct person *person, int *rank)
{
    int own = rank_of(site, person);

    if (own == NO_PRISON || (chosen != NULL && own > *rank) ||
        (chosen != NULL && own == *rank && site_occupancy(site) >= site_occupancy(chosen)))
        return false;
    *rank = own;
    return true;
}

static struct site *
emptiest(const struct region_office *region, const struct person *person)
{
    struct site *chosen = NULL;
    int rank = NO_PRISON;

    for (uint32_t i = 0; i < region->sites; i++)
        if (better(region->site[i], chosen, person, &rank))
            chosen = region->site[i];
    return chosen;
}

struct site *
choose_anywhere(struct model *model, const struct person *person)
{
    const struct plan *plan = model->plan;
    struct site *chosen = NULL;
    int rank = NO_PRISON;

    for (uint32_t i = 0; i < plan->facilities; i++)
        if (better(&model->site[plan->by_name[i]], chosen, person, &rank))
            chosen = &model->site[plan->by_name[i]];
    return chosen;
}

struct site *
choose_court(struct model *model, const struct person *person)
{
    const struct region_office *region = &model->office->region[person->region];
    struct stream stream = plan_stream(model->plan, model->replication, DRAW_COURT, person->name,
                                       (uint32_t)person->times << 16 | person->entries);
    double u = stream_uniform(&stream);
    struct site *chosen = choose_by_weight(region, person, u, false);
    if (chosen == NULL)
        chosen = choose_by_weight(region, person, u, true);
    return chosen != NULL ? chosen : emptiest(region, person);
}
