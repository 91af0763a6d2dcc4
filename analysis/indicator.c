#include "indicator.h"

#include <string.h>

/* Above the line, taken off it, and below it. */
#define PLUS(...)                                                                                  \
    {                                                                                              \
        __VA_ARGS__, .sign = 1                                                                     \
    }
#define MINUS(...)                                                                                 \
    {                                                                                              \
        __VA_ARGS__, .sign = -1                                                                    \
    }
#define UNDER(...)                                                                                 \
    {                                                                                              \
        __VA_ARGS__, .sign = 2                                                                     \
    }
#define DAYS_A_YEAR 365.25

/* The share of people in facilities above a level, and the time above it. */
#define PEOPLE_ABOVE(number, text)                                                                 \
    {.name = "people_above_" text,                                                                 \
     .label = "people in facilities above " text " per 100 places",                                \
     .unit = "%",                                                                                  \
     .better = -1,                                                                                 \
     .scale = 100,                                                                                 \
     .definition =                                                                                 \
         "share of the person-days inside that are spent in a facility with more than " text       \
         " people per 100 places",                                                                 \
     .term = {PLUS("people_above", text, FOLD_DAYS), UNDER("population", NULL, FOLD_DAYS)}},       \
    {                                                                                              \
        .name = "time_above_" text, .label = "days above " text " per 100 places", .unit = "%",    \
        .better = -1, .scale = 1,                                                                  \
        .definition = "share of the rows' days with more than " text " people per 100 places",     \
        .term = {                                                                                  \
            PLUS("occupancy", NULL, FOLD_SHARE_ABOVE, number)                                      \
        }                                                                                          \
    }

/* A part of crowding, as a share of the moments at which it is taken. */
#define CROWDING_PART(word, text)                                                                  \
    {                                                                                              \
        .name = "crowding_" word, .label = "person-days above capacity: " text,                    \
        .unit = "person-days", .better = -1, .scale = 1,                                           \
        .definition =                                                                              \
            "the part '" word "' of the people above capacity at each row's end, times the "       \
            "row's days, added up",                                                                \
        .term = {                                                                                  \
            PLUS("crowding", word, FOLD_DAYS)                                                      \
        }                                                                                          \
    }

const struct indicator indicator_table[] = {
    {.name = "people",
     .label = "people inside",
     .unit = "persons",
     .headline = true,
     .scale = 1,
     .definition = "mean number inside prisons and houses",
     .term = {PLUS("population")}},
    {.name = "density",
     .label = "density",
     .unit = "per 100 places",
     .better = -1,
     .headline = true,
     .scale = 100,
     .definition = "person-days inside over place-days, times 100",
     .term = {PLUS("population", NULL, FOLD_DAYS), UNDER("capacity", NULL, FOLD_DAYS)}},
    {.name = "overcrowding",
     .label = "overcrowding rate",
     .unit = "%",
     .better = -1,
     .scale = 100,
     .definition = "person-days inside less place-days, over place-days, times 100 (Belgian usage)",
     .term = {PLUS("population", NULL, FOLD_DAYS), MINUS("capacity", NULL, FOLD_DAYS),
              UNDER("capacity", NULL, FOLD_DAYS)}},
    {.name = "felt_density",
     .label = "density that the average person lives in",
     .unit = "per 100 places",
     .better = -1,
     .scale = 1,
     .definition = "mean over days of the density of each facility weighted with its people",
     .term = {PLUS("felt_occupancy")}},
    {.name = "person_days_above",
     .label = "person-days above places",
     .unit = "person-days",
     .better = -1,
     .headline = true,
     .scale = 1,
     .definition = "integral of the sum over facilities of max(0, people - places)",
     .term = {PLUS("above_capacity", NULL, FOLD_DAYS)}},
    CROWDING_PART("shortage", "too few places in all"),
    CROWDING_PART("wrong_place", "room elsewhere"),
    CROWDING_PART("wrong_type", "room in houses, nobody eligible"),
    CROWDING_PART("delay", "room in houses, somebody waits"),
    {.name = "floor_sleepers",
     .label = "people on the floor",
     .unit = "persons",
     .better = -1,
     .headline = true,
     .scale = 1,
     .definition = "mean of the sum over facilities of max(0, people - beds)",
     .term = {PLUS("floor_sleepers")}},
    {.name = "months_above_110",
     .label = "months above 110 per 100",
     .unit = "months",
     .better = -1,
     .headline = true,
     .scale = 1,
     .definition = "calendar months with a mean of more than 110 people per 100 places",
     .term = {PLUS("occupancy", NULL, FOLD_MONTHS_ABOVE, 110)}},
    PEOPLE_ABOVE(100, "100"),
    PEOPLE_ABOVE(110, "110"),
    PEOPLE_ABOVE(120, "120"),
    PEOPLE_ABOVE(137.5, "137.5"),
    PEOPLE_ABOVE(150, "150"),
    {.name = "density_peak",
     .label = "95th percentile of the daily density",
     .unit = "per 100 places",
     .better = -1,
     .scale = 1,
     .definition = "at or below which density lies on 95 of 100 days",
     .term = {PLUS("occupancy", NULL, FOLD_QUANTILE, 0.95)}},
    {.name = "density_most",
     .label = "highest daily density",
     .unit = "per 100 places",
     .better = -1,
     .scale = 1,
     .definition = "the largest mean density of a row",
     .term = {PLUS("occupancy", NULL, FOLD_MOST)}},
    {.name = "spell_above_110",
     .label = "longest spell above 110 per 100 places",
     .unit = "days",
     .better = -1,
     .scale = 1,
     .definition = "days of the longest unbroken stretch of rows above 110 people per 100 places",
     .term = {PLUS("occupancy", NULL, FOLD_SPELL, 110)}},
    {.name = "first_shortage",
     .label = "days until the first day above 100 per 100 places",
     .unit = "days",
     .better = 1,
     .scale = 1,
     .definition = "from the first row of the time; a future without such a day has no value",
     .term = {PLUS("occupancy", NULL, FOLD_FIRST, 100)}},
    {.name = "headroom",
     .label = "places less people",
     .unit = "places",
     .better = 1,
     .scale = 1,
     .definition = "mean places less mean number inside",
     .term = {PLUS("capacity"), MINUS("population")}},
    {.name = "waiting_outside",
     .label = "waiting with a sentence",
     .unit = "persons",
     .better = -1,
     .headline = true,
     .scale = 1,
     .definition = "mean number with a sentence to serve and not called",
     .term = {PLUS("waiting_outside")}},
    {.name = "waiting_outside_days",
     .label = "person-days of waiting outside",
     .unit = "person-days",
     .better = -1,
     .scale = 1,
     .definition = "integral of the people with a sentence to serve and not called",
     .term = {PLUS("waiting_outside", NULL, FOLD_DAYS)}},
    {.name = "crowding_moves",
     .label = "moves because of crowding",
     .unit = "per 100 person-years",
     .better = -1,
     .scale = 100 * DAYS_A_YEAR,
     .definition = "moves from crowded prisons for each 100 years of a person inside",
     .term = {PLUS("moves_balance", NULL, FOLD_OWN), UNDER("population", NULL, FOLD_DAYS)}},
    {.name = "places_in_use",
     .label = "people in houses",
     .unit = "persons",
     .better = 1,
     .headline = true,
     .scale = 1,
     .definition =
         "mean number in detention and transition houses, of any size: places of houses in use",
     .term = {PLUS("house_residents")}},
    {.name = "house_places",
     .label = "places in houses",
     .unit = "places",
     .scale = 1,
     .definition = "mean places of open detention and transition houses, of any size",
     .term = {PLUS("capacity", .houses = true)}},
    {.name = "house_empty",
     .label = "empty places in houses",
     .unit = "places",
     .better = -1,
     .scale = 1,
     .definition = "mean places of open detention and transition houses less the people in them",
     .term = {PLUS("capacity", .houses = true), MINUS("house_residents")}},
    {.name = "projects_open",
     .label = "houses opened by projects and open",
     .unit = "projects",
     .scale = 1,
     .definition = "mean number of projects whose house is open",
     .term = {PLUS("projects", "open")}},
    {.name = "handoff_gap",
     .label = "hand-off: days that a place of a house stays empty",
     .unit = "days",
     .better = -1,
     .scale = 1,
     .definition = "place-days between one resident and the next for each move into a house",
     .term = {PLUS("vacating", NULL, FOLD_DAYS), UNDER("moves_house", NULL, FOLD_OWN)}},
    {.name = "handoff_loss",
     .label = "places of houses lost by the hand-off",
     .unit = "%",
     .better = -1,
     .scale = 100,
     .definition = "place-days between one resident and the next, over these and those lived in",
     .term = {PLUS("vacating", NULL, FOLD_DAYS), UNDER("vacating", NULL, FOLD_DAYS),
              UNDER("house_residents", NULL, FOLD_DAYS)}},
    {.name = "desk_days",
     .label = "person-days at desks",
     .unit = "person-days",
     .better = -1,
     .scale = 1,
     .definition = "person-days inside while a procedure runs; of one desk by its name",
     .term = {PLUS("at_desk", NULL, FOLD_DAYS)}},
    {.name = "evenness_range",
     .label = "densest less emptiest facility",
     .unit = "per 100 places",
     .better = -1,
     .scale = 1,
     .definition = "mean over rows of the largest less the smallest density of counted facilities",
     .term = {PLUS("facility_occupancy", NULL, FOLD_OWN, 0, ACROSS_RANGE)}},
    {.name = "evenness_gini",
     .label = "unevenness of density between facilities",
     .unit = "1",
     .better = -1,
     .scale = 1,
     .definition = "mean over rows of Gini's coefficient of the density of counted facilities",
     .term = {PLUS("facility_occupancy", NULL, FOLD_OWN, 0, ACROSS_GINI)}},
    {.name = "staff_pressure",
     .label = "people inside for each member of staff present",
     .unit = "persons",
     .better = -1,
     .scale = 1,
     .definition = "person-days inside over days of staff present",
     .term = {PLUS("population", NULL, FOLD_DAYS), UNDER("staff_present", NULL, FOLD_DAYS)}},
    {.name = "refused_share",
     .label = "refused of those who come to a facility",
     .unit = "%",
     .better = -1,
     .scale = 100,
     .definition = "refused at the door of a full facility, over refused and placed from outside",
     .term = {PLUS("refused"), UNDER("refused"), UNDER("entries")}},
    {.name = "early_releases",
     .label = "releases brought forward",
     .unit = "persons",
     .scale = 1,
     .definition = "releases that a measure brought forward",
     .term = {PLUS("early_releases")}},
    {.name = "total_cost",
     .label = "cost",
     .unit = "euro",
     .better = -1,
     .headline = true,
     .scale = 1,
     .definition = "running, building and measures, and fines for people above a ceiling",
     .term = {PLUS("cost"), PLUS("building_cost", .optional = true),
              PLUS("measure_cost", .optional = true), PLUS("penalty", .optional = true)}},
};
const size_t indicator_count = sizeof indicator_table / sizeof *indicator_table;

const struct indicator *
indicator_find(const char *name)
{
    for (size_t i = 0; i < indicator_count; i++)
        if (strcmp(indicator_table[i].name, name) == 0)
            return &indicator_table[i];
    return NULL;
}
