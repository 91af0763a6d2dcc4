/* What a result counts: everybody everywhere, and numbers beyond 32 and 64 bits. */

#include "tests/support.h"

#include "tests/models.h"

/* Stock, warm-up, refusals, regions, doors, centres, houses, desks, early release. */
static const char *const files[] = {"small.yaml",
                                    "refuse.yaml",
                                    "wait.yaml",
                                    "forensic.yaml",
                                    "early.yaml",
                                    "away.yaml",
                                    "regional.yaml",
                                    "house.yaml",
                                    "desk_stock_region.yaml",
                                    "../../golden/runs/warm-up.yaml",
                                    "../../golden/runs/closing.yaml",
                                    "../../../scenarios/published/overflow.yaml",
                                    "../../../scenarios/published/stroke-beds.yaml"};

static double
total_at(const struct trial *trial, const char *name, uint32_t class, int32_t row)
{
    char series[64];

    snprintf(series, sizeof series, "total_%s", name);
    return trial_value(trial, series, class, row);
}

/* Everybody of CLASS who came by the end of ROW, less everybody who is accounted for. */
static double
lost(const struct trial *trial, uint32_t class, int32_t row)
{
    static const char *const there[] = {"inside", "centres", "elsewhere", "released", "refused"};
    double people = total_at(trial, "initial", class, row) + total_at(trial, "arrived", class, row);

    for (size_t i = 0; i < sizeof there / sizeof *there; i++)
        people -= total_at(trial, there[i], class, row);
    return people;
}

static void
check_rows(const struct trial *trial, const char *file)
{
    for (int32_t row = 0; row < trial->plan->keep[AT_NATION].rows; row++)
        for (uint32_t of_class = 0; of_class < trial->plan->classes; of_class++)
            if (lost(trial, of_class, row) != 0)
                fail_msg("%s: class %u, row %d: %g are lost", file, of_class, row,
                         lost(trial, of_class, row));
}

static void
nobody_is_lost_in_any_row(void **state)
{
    (void)state;
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        struct trial trial;
        trial_open(&trial, files[f]);
        for (uint64_t replication = 0; replication < 2; replication++) {
            trial_run(&trial, replication);
            check_rows(&trial, files[f]);
        }
        trial_close(&trial);
    }
}

/* The totals of a class only move from one to the other, so they add up whatever happens to a
 * person. So at the end everybody who is there is counted, one by one, where the totals say that
 * they are. */
static void
check_people(const struct trial *trial, const char *file)
{
    int32_t row = trial->plan->keep[AT_NATION].rows - 1;

    for (uint32_t of_class = 0; of_class < trial->plan->classes; of_class++) {
        int inside = 0, centres = 0, elsewhere = 0;
        for (uint32_t i = 0; i < trial->plan->sites; i++) {
            const struct site *site = &trial->model->site[i];
            for (uint32_t slot = 0; slot < site->used; slot++) {
                const struct person *person = &site->person[slot];
                if (person->phase == NO_PHASE || person->class != of_class)
                    continue;
                *(person->where != WHERE_FACILITY ? &elsewhere
                  : site->facility->counted       ? &inside
                                                  : &centres) += 1;
            }
        }
        if (total_at(trial, "inside", of_class, row) != inside ||
            total_at(trial, "centres", of_class, row) != centres ||
            total_at(trial, "elsewhere", of_class, row) != elsewhere)
            fail_msg("%s: class %u: %d, %d and %d are there, and the totals say %g, %g and %g",
                     file, of_class, inside, centres, elsewhere,
                     total_at(trial, "inside", of_class, row),
                     total_at(trial, "centres", of_class, row),
                     total_at(trial, "elsewhere", of_class, row));
    }
}

static void
whoever_is_counted_is_there_and_whoever_is_there_is_counted(void **state)
{
    (void)state;
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        struct trial trial;
        trial_open(&trial, files[f]);
        trial_run(&trial, 0);
        check_people(&trial, files[f]);
        trial_close(&trial);
    }
}

static double
classes_at(const struct trial *trial, const char *name, int32_t row)
{
    double sum = 0;

    for (uint32_t of_class = 0; of_class < trial->plan->classes; of_class++)
        sum += total_at(trial, name, of_class, row);
    return sum;
}

static double
exits_in(const struct trial *trial, int32_t row)
{
    double sum = 0;

    for (uint32_t exit = 0; exit < trial->plan->exits; exit++)
        sum += trial_value(trial, "releases", exit, row);
    return sum;
}

/* Totals are counted apart from the rows' flows: what a row adds to one is what the other says. */
static void
totals_grow_by_what_each_row_says(void **state)
{
    static const char *const some[] = {"small.yaml", "refuse.yaml",
                                       "../../golden/runs/warm-up.yaml"};

    (void)state;
    for (size_t f = 0; f < sizeof some / sizeof *some; f++) {
        struct trial trial;
        double inside = 0;
        trial_open(&trial, some[f]);
        trial_run(&trial, 1);
        int32_t rows = trial.plan->keep[AT_NATION].rows;
        for (int32_t row = 1; row < rows; row++) {
            assert_int_equal(classes_at(&trial, "arrived", row) -
                                 classes_at(&trial, "arrived", row - 1),
                             trial_value(&trial, "arrivals", 0, row));
            assert_int_equal(classes_at(&trial, "released", row) -
                                 classes_at(&trial, "released", row - 1),
                             exits_in(&trial, row));
            assert_int_equal(classes_at(&trial, "initial", row), stock_people(trial.model));
        }
        for (uint32_t i = 0; i < trial.plan->facilities; i++)
            inside += trial.plan->facility[i].counted ? (double)trial.model->site[i].population : 0;
        assert_int_equal(classes_at(&trial, "inside", rows - 1), inside);
        trial_close(&trial);
    }
}

/* Erlang B on no place at all: whoever comes is sent away, and counted as such. */
static void
whoever_is_sent_away_is_counted(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "refuse.yaml");
    trial_run(&trial, 0);
    int32_t rows = trial.plan->keep[AT_NATION].rows;
    double refused = classes_at(&trial, "refused", rows - 1) - classes_at(&trial, "refused", 0);
    assert_true(refused > 0);
    assert_int_equal(refused,
                     trial_sum(&trial, "refused", 0) - trial_value(&trial, "refused", 0, 0));
    trial_close(&trial);
}

/* 20,000 people on one place: each lives in a density of 100 x 20,000. Of 100 years the time left
 * is uniform, so 200 leave in a year; the number who have left is Poisson. */
static void
check_density(const struct trial *trial, int scope, double rows_a_year)
{
    for (int32_t row = 0; row < trial->plan->keep[scope].rows; row++) {
        double left = 200 * (row + 0.5) / rows_a_year;
        assert_near(trial_at(trial, scope, 0, "felt_occupancy", 0, row), 100 * (20000 - left),
                    100 * (4.5 * sqrt(left) + 2));
    }
}

static void
the_density_that_twenty_thousand_live_in_on_one_place_is_two_million(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "felt.yaml");
    trial_run(&trial, 0);
    check_density(&trial, AT_NATION, 1);
    check_density(&trial, AT_REGION, 12);
    trial_close(&trial);
}

static void
a_sum_beyond_64_bits_ends_the_run_and_names_its_series(void **state)
{
    struct trial trial;
    struct error err = {0};

    (void)state;
    trial_open(&trial, "small.yaml");
    site_flow(&trial.model->site[0], FLOW_WAITED + QUEUE_DETENTION, INT64_MAX);
    site_flow(&trial.model->site[0], FLOW_WAITED + QUEUE_DETENTION, INT64_MAX);
    assert_int_equal(engine_run(trial.model->engine, TICKS_PER_DAY, &err), BAD_INPUT);
    assert_non_null(strstr(err.message, "house_wait"));
    trial_close(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_is_lost_in_any_row),
        cmocka_unit_test(whoever_is_counted_is_there_and_whoever_is_there_is_counted),
        cmocka_unit_test(totals_grow_by_what_each_row_says),
        cmocka_unit_test(whoever_is_sent_away_is_counted),
        cmocka_unit_test(the_density_that_twenty_thousand_live_in_on_one_place_is_two_million),
        cmocka_unit_test(a_sum_beyond_64_bits_ends_the_run_and_names_its_series),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
