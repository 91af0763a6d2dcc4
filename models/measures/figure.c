#include "figure.h"

#include "models/state.h"

static bool
looks_at_site(const struct site *site, const struct measure_plan *measure)
{
    if (measure->facility != NOWHERE)
        return site->id == measure->facility;
    return site->facility != NULL && site->facility->counted &&
           (measure->region == NOWHERE || site->region == measure->region);
}

int64_t
figure_part(const struct site *site, const struct measure_plan *measure, int64_t gone)
{
    const int64_t taken_off[] = {
        [LOOKS_AT_OCCUPANCY] = 0, [LOOKS_AT_ABOVE] = site->capacity, [LOOKS_AT_FLOOR] = site->beds};

    if (!looks_at_site(site, measure))
        return 0;
    int64_t part = site->population - gone - taken_off[measure->looks_at];
    return part > 0 ? part : 0;
}

int64_t
figure_places(const struct site *site, const struct measure_plan *measure)
{
    return measure->looks_at == LOOKS_AT_OCCUPANCY && looks_at_site(site, measure) ? site->capacity
                                                                                   : 0;
}

struct figure
figure_of(const struct model *model, const struct measure_plan *measure)
{
    struct figure figure = {0, measure->looks_at != LOOKS_AT_OCCUPANCY};

    for (uint32_t i = 0; i < model->plan->facilities; i++) {
        figure.people += figure_part(&model->site[i], measure, 0);
        figure.places += figure_places(&model->site[i], measure);
    }
    return figure;
}

static double
value(struct figure figure)
{
    return figure.places > 0 ? (double)figure.people / (double)figure.places : 0;
}

bool
figure_above(struct figure figure, double level)
{
    return value(figure) > level;
}

bool
figure_below(struct figure figure, double level)
{
    return value(figure) < level;
}
