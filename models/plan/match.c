#include "match.h"

#include "intake.h"
#include "steady.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What the intake gives and what is counted, by legal status. */
struct balance {
    double people[STATUSES][STATUSES]; /* of a status, of those who come in another */
    double counted[STATUSES];
    double factor[STATUSES]; /* on those who come in it */
};

static uint8_t
comes_in(const struct plan *plan, uint16_t of_class)
{
    return plan->phase[plan->class[of_class].first].status;
}

static void
take_stock(const struct plan *world, struct balance *balance)
{
    for (uint16_t c = 0; c < world->classes; c++)
        for (uint16_t p = 0; p < world->phases; p++)
            if (world->phase[p].where == PHASE_INSIDE)
                balance->people[world->phase[p].status][comes_in(world, c)] +=
                    world->entries[c] * steady_days(&world->steady, c, p);
    for (uint32_t i = 0; i < world->stocks; i++) {
        const struct stock_plan *row = &world->stock[i];
        if (row->phase == NO_PHASE || world->phase[row->phase].where == PHASE_INSIDE)
            balance->counted[row->status] += (double)row->count;
    }
}

/* Gauss' elimination with the largest pivot of each column; a status in which nobody comes has the
 * factor 1. False: it has no solution. */
static bool
solve(struct balance *balance)
{
    double a[STATUSES][STATUSES + 1];
    double *row[STATUSES];

    for (int s = 0; s < STATUSES; s++) {
        double comes = 0;
        for (int t = 0; t < STATUSES; t++)
            comes += balance->people[t][s];
        bool matched = comes > 0 && balance->counted[s] > 0;
        row[s] = a[s];
        for (int g = 0; g < STATUSES; g++)
            a[s][g] = matched ? balance->people[s][g] : g == s;
        a[s][STATUSES] = matched ? balance->counted[s] : 1;
    }
    for (int k = 0; k < STATUSES; k++) {
        int pivot = k;
        for (int s = k + 1; s < STATUSES; s++)
            if (fabs(row[s][k]) > fabs(row[pivot][k]))
                pivot = s;
        double *swapped = row[k];
        row[k] = row[pivot];
        row[pivot] = swapped;
        if (row[k][k] == 0)
            return false;
        for (int s = k + 1; s < STATUSES; s++) {
            double by = row[s][k] / row[k][k];
            for (int g = k; g <= STATUSES; g++)
                row[s][g] -= by * row[k][g];
        }
    }
    for (int k = STATUSES; k-- > 0;) {
        double left = row[k][STATUSES];
        for (int g = k + 1; g < STATUSES; g++)
            left -= row[k][g] * balance->factor[g];
        balance->factor[k] = left / row[k][k];
    }
    return true;
}

static int
multiply(struct plan *plan, const double *matched, struct error *err)
{
    double *factor = malloc((plan->classes + 1u) * sizeof *factor);

    if (factor == NULL)
        return error_set(err, NO_MEMORY, "no memory for the intake");
    for (uint16_t c = 0; c < plan->classes; c++)
        factor[c] = matched[comes_in(plan, c)];
    int status = plan_intake_multiply(plan, factor, err);
    free(factor);
    return status;
}

/* Find the factors of WORLD, whose intake is as the scenario says. */
static int
find_factors(struct plan *world, struct error *err)
{
    struct balance balance = {.counted = {0}};

    take_stock(world, &balance);
    if (!solve(&balance))
        return error_set(err, BAD_INPUT,
                         "intake_matches_stock: no intake gives the people of the stock");
    for (int s = 0; s < STATUSES; s++)
        if (!(balance.factor[s] > 0))
            return error_set(err, BAD_INPUT,
                             "intake_matches_stock: %.6g %s people of the stock need %.3g times "
                             "the intake of those who come as %s, which cannot be; look at the "
                             "stays and at the stock",
                             balance.counted[s], status_words[s], balance.factor[s],
                             status_words[s]);
    memcpy(world->matched, balance.factor, sizeof world->matched);
    return OK;
}

int
plan_match_stock(struct plan *plan, struct error *err)
{
    bool own = plan->world == plan || plan->owns_world; /* else it is matched already */
    int status = own ? find_factors(plan->world, err) : OK;

    if (status == OK && plan->owns_world)
        status = multiply(plan->world, plan->world->matched, err);
    return status == OK ? multiply(plan, plan->world->matched, err) : status;
}
