#include "fields.h"

#include "models/scenario/scenario.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

const char *const status_words[] = {"remand", "convicted", "internee", NULL};
const char *const kind_words[] = {"prison",          "detention_house", "transition_house",
                                  "forensic_centre", "rented",          NULL};
const char *const use_words[] = {"mixed", "arrest", "sentences", "open", "internees", NULL};
const char *const sex_words[] = {"men", "women", NULL};
const char *const need_words[] = {"none",   "young_adult", "vulnerable", "elderly",
                                  "mother", "addiction",   NULL};
const char *const exclusion_words[] = {"sexual", "terrorist", "high_risk", NULL};
const char *const place_words[] = {"inside", "home", "outside", NULL};
const char *const age_words[] = {"under_25", "25_34", "35_49", "50_59", "60_over", NULL};
const char *const keep_place_words[] = {"nation", "region", "facility", NULL};
const char *const tick_words[] = {"day", "week", "month", "year", NULL};
static const char *const full_words[] = {"by_kind", "crowd", "refuse", "wait", NULL};
static const char *const operator_words[] = {"public", "non_profit", "commercial", NULL};
static const char *const serve_words[] = {"nothing", "earliest", "share", "all", NULL};
static const char *const capacity_words[] = {"main",        "design",  "certified",
                                             "operational", "staffed", NULL};
static const char *const reaches_words[] = {"both", "inside", "new", NULL};
static const char *const residence_words[] = {"any", "with", "without", NULL};
static const char *const first_words[] = {"date", "region", NULL};
static const char *const serves_words[] = {"nation", "region", "facility", NULL};
static const char *const set_words[] = {"path", "times", "plus", "to", "world", NULL};
static const char *const path_words[] = {"path", NULL};
static const char *const step_words[] = {"capacity", "beds", "entry", "ceiling", NULL};

#define AT(record, member) offsetof(struct record, member)
#define NUMBER_END         1e9
#define COUNT(rows)        (sizeof(rows) / sizeof *(rows))
#define TYPE(variable, text, structure, rows)                                                      \
    static const struct record_type variable = {text, sizeof(struct structure), rows, COUNT(rows)}

/* Columns: name, type, offset, required, low, high, default, words, record, meaning, source. */
static const struct field facility_fields[] = {
    {"name", FIELD_TEXT, AT(facility_record, name), true, 0, 0, NULL, NULL, NULL,
     "what it is called; unique", NULL},
    {"copies", FIELD_WHOLE, AT(facility_record, copies), false, 1, 1e4, NULL, NULL, NULL,
     "as many of them, called House 1, House 2, ... where name is House; the path "
     "facilities[House] means them all, facilities[House 7] one, and setting "
     "facilities[House].copies makes more of them, like the last, or fewer",
     NULL},
    {"kind", FIELD_CHOICE, AT(facility_record, kind), false, 0, 0, "prison", kind_words, NULL,
     "decides what it does when full and whom it holds", NULL},
    {"use", FIELD_CHOICE, AT(facility_record, use), false, 0, 0, "mixed", use_words, NULL,
     "what a prison is mainly for; sentences and open are filled by allocation", NULL},
    {"region", FIELD_TEXT, AT(facility_record, region), true, 0, 0, NULL, NULL, NULL,
     "one of regions", NULL},
    {"when_full", FIELD_CHOICE, AT(facility_record, when_full), false, 0, 0, "by_kind", full_words,
     NULL, "a prison crowds, any other refuses, unless written here", NULL},
    {"capacity", FIELD_COUNT_STEPS, AT(facility_record, capacity[MAIN_CAPACITY]), true, 0, 1e7,
     NULL, NULL, NULL, "places, by the scenario's capacity_word", NULL},
    {"capacity_design", FIELD_COUNT_STEPS, AT(facility_record, capacity[DESIGN]), false, 0, 1e7,
     NULL, NULL, NULL, "places as built", NULL},
    {"capacity_certified", FIELD_COUNT_STEPS, AT(facility_record, capacity[CERTIFIED]), false, 0,
     1e7, NULL, NULL, NULL, "places as certified", NULL},
    {"capacity_operational", FIELD_COUNT_STEPS, AT(facility_record, capacity[OPERATIONAL]), false,
     0, 1e7, NULL, NULL, NULL, "places in use", NULL},
    {"capacity_staffed", FIELD_COUNT_STEPS, AT(facility_record, capacity[STAFFED]), false, 0, 1e7,
     NULL, NULL, NULL, "places with staff", NULL},
    {"beds", FIELD_COUNT_STEPS, AT(facility_record, beds), false, 0, 1e7, NULL, NULL, NULL,
     "beds; people beyond them sleep on the floor; as many as places where not given", NULL},
    {"entry", FIELD_STEPS, AT(facility_record, entry), false, 0, 1e6, NULL, NULL, NULL,
     "weight with which the region's courts send people here", NULL},
    {"ceiling", FIELD_SHARE_STEPS, AT(facility_record, ceiling), false, 0, 10, NULL, NULL, NULL,
     "occupancy at which the placement office sends nobody more", NULL},
    {"statuses", FIELD_SET, AT(facility_record, statuses), false, 0, 0, NULL, status_words, NULL,
     "legal statuses it accepts; by its kind where not given", NULL},
    {"sexes", FIELD_SET, AT(facility_record, sexes), false, 0, 0, NULL, sex_words, NULL,
     "whom it accepts; both where not given", NULL},
    {"needs", FIELD_SET, AT(facility_record, needs), false, 0, 0, NULL, need_words, NULL,
     "needs it is specialised in; all where not given", NULL},
    {"least_sentence", FIELD_DURATION, AT(facility_record, least_sentence), false, 0, 1e5, "0 d",
     NULL, NULL, "shortest sentence allocated here", NULL},
    {"most_sentence", FIELD_DURATION, AT(facility_record, most_sentence), false, 0, 1e5, "200 y",
     NULL, NULL, "longest sentence allocated here", NULL},
    {"counted", FIELD_YES_NO, AT(facility_record, counted), false, 0, 0, "yes", NULL, NULL,
     "whether its people are part of the prison population", NULL},
    {"hand_off", FIELD_DISTRIBUTION, AT(facility_record, hand_off), false, 0, 0, NULL, NULL, NULL,
     "time a place stays empty after a resident leaves", NULL},
    {"opens", FIELD_DATE, AT(facility_record, opens), false, 0, 0, NULL, NULL, NULL,
     "first day it takes people; open from the start where not given", NULL},
    {"closes", FIELD_DATE, AT(facility_record, closes), false, 0, 0, NULL, NULL, NULL,
     "first day it is closed; its people are moved to prisons of their region below balance.to, "
     "then "
     "elsewhere",
     NULL},
    {"closing_notice", FIELD_DURATION, AT(facility_record, closing_notice), false, 0, 1e4, "0 d",
     NULL, NULL,
     "how long before closes it takes nobody more and moves people out, balance.vans x seats a "
     "day; "
     "who is left goes on the day itself",
     NULL},
    {"operator", FIELD_CHOICE, AT(facility_record, operator_kind), false, 0, 0, "public",
     operator_words, NULL, "who runs it", NULL},
    {"transparent", FIELD_YES_NO, AT(facility_record, transparent), false, 0, 0, "yes", NULL, NULL,
     "whether it publishes its figures", NULL},
    {"floor_area", FIELD_NUMBER, AT(facility_record, floor_area), false, 0, 1e7, NULL, NULL, NULL,
     "floor area, m2", NULL},
    {"posts", FIELD_NUMBER, AT(facility_record, posts), false, 0, 1e5, NULL, NULL, NULL,
     "staff posts", NULL},
    {"cost_day", FIELD_NUMBER, AT(facility_record, cost_day), false, 0, NUMBER_END, NULL, NULL,
     NULL, "fixed running cost, euro a day", NULL},
    {"cost_person_day", FIELD_NUMBER, AT(facility_record, cost_person_day), false, 0, NUMBER_END,
     NULL, NULL, NULL, "running cost, euro a person and day", NULL},
    {"note", FIELD_TEXT, AT(facility_record, note), false, 0, 0, NULL, NULL, NULL,
     "words for the reader", NULL},
    {"source", FIELD_TEXT, AT(facility_record, source), false, 0, 0, NULL, NULL, NULL,
     "where the figures come from", NULL},
};
TYPE(facility_type, "facility", facility_record, facility_fields);

static const struct field step_fields[] = {
    {"facility", FIELD_TEXT, AT(step_record, facility), true, 0, 0, NULL, NULL, NULL,
     "a facility's name", NULL},
    {"field", FIELD_CHOICE, AT(step_record, field), true, 0, 0, NULL, step_words, NULL,
     "which of its figures changes", NULL},
    {"from", FIELD_DATE, AT(step_record, from), true, 0, 0, NULL, NULL, NULL,
     "first day of the new value", NULL},
    {"value", FIELD_ANY, AT(step_record, value), true, 0, 0, NULL, NULL, NULL,
     "the value from that day on, written as the field is: 40, 95 %", NULL},
    {"note", FIELD_TEXT, AT(step_record, note), false, 0, 0, NULL, NULL, NULL,
     "words for the reader", NULL},
};
TYPE(step_type, "facility_history", step_record, step_fields);

static const struct field intake_fields[] = {
    {"class", FIELD_TEXT, AT(intake_record, class), true, 0, 0, NULL, NULL, NULL, "one of pathways",
     NULL},
    {"region", FIELD_TEXT, AT(intake_record, region), true, 0, 0, NULL, NULL, NULL,
     "one of regions", NULL},
    {"facility", FIELD_TEXT, AT(intake_record, facility), false, 0, 0, NULL, NULL, NULL,
     "enters this facility at the very moment of arrival, without the daily round", NULL},
    {"rate", FIELD_RATE_STEPS, AT(intake_record, rate), true, 0, 1e6, NULL, NULL, NULL,
     "people arriving, by date", NULL},
    {"trend", FIELD_NUMBER, AT(intake_record, trend), false, -0.5, 0.5, "0", NULL, NULL,
     "growth of the rate a year, compound from the start: rate x (1 + trend) ^ years", NULL},
    {"months", FIELD_NUMBERS, AT(intake_record, months), false, 12, 12, NULL, NULL, NULL,
     "factor for each month, January first", NULL},
    {"weekdays", FIELD_NUMBERS, AT(intake_record, weekdays), false, 7, 7, NULL, NULL, NULL,
     "factor for each weekday, Monday first", NULL},
};
TYPE(intake_type, "intake", intake_record, intake_fields);

static const struct field clock_fields[] = {
    {"to", FIELD_TEXT, AT(clock_record, to), true, 0, 0, NULL, NULL, NULL, "a phase or an exit",
     NULL},
    {"after", FIELD_DISTRIBUTION, AT(clock_record, after), true, 0, 0, NULL, NULL, NULL,
     "time after which it happens, if nothing else has", NULL},
};
TYPE(clock_type, "clock", clock_record, clock_fields);

static const struct field phase_fields[] = {
    {"phase", FIELD_TEXT, AT(phase_record, phase), true, 0, 0, NULL, NULL, NULL,
     "what it is called; unique in its class", NULL},
    {"status", FIELD_CHOICE, AT(phase_record, status), true, 0, 0, NULL, status_words, NULL,
     "legal status", NULL},
    {"place", FIELD_CHOICE, AT(phase_record, place), false, 0, 0, "inside", place_words, NULL,
     "inside a facility; at home (monitoring, leave); outside, waiting to be called", NULL},
    {"stay", FIELD_DISTRIBUTION, AT(phase_record, stay), false, 0, 0, NULL, NULL, NULL,
     "how long it lasts; one of stay, serve, desk", NULL},
    {"serve", FIELD_CHOICE, AT(phase_record, serve), false, 0, 0, "nothing", serve_words, NULL,
     "lasts until this point of the sentence: earliest legal date, served share, all of it", NULL},
    {"desk", FIELD_TEXT, AT(phase_record, desk), false, 0, 0, NULL, NULL, NULL,
     "a procedure: lasts as long as this desk takes", NULL},
    {"facility", FIELD_TEXT, AT(phase_record, facility), false, 0, 0, NULL, NULL, NULL,
     "a unit in which it happens: people wait where they are until it takes them", NULL},
    {"refused", FIELD_TEXT, AT(phase_record, refused), false, 0, 0, NULL, NULL, NULL,
     "the phase or exit that follows instead when that unit, or the facility that the intake "
     "brings "
     "them to, is full and refuses",
     NULL},
    {"then", FIELD_SHARES, AT(phase_record, then), true, 0, 0, NULL, NULL, NULL,
     "shares of the phases or exits that follow: phase, class.phase or an exit", NULL},
    {"clocks", FIELD_RECORDS, AT(phase_record, clocks), false, 0, 0, NULL, NULL, &clock_type,
     "competing clocks that may end the phase first", NULL},
};
TYPE(phase_type, "phase", phase_record, phase_fields);

static const struct field class_fields[] = {
    {"name", FIELD_TEXT, AT(class_record, name), true, 0, 0, NULL, NULL, NULL, "one of pathways",
     NULL},
    {"sentence", FIELD_DISTRIBUTION, AT(class_record, sentence), false, 0, 0, NULL, NULL, NULL,
     "length of the sentence", NULL},
    {"served", FIELD_DISTRIBUTION, AT(class_record, served), false, 1, 0, NULL, NULL, NULL,
     "share of the sentence served; never below the earliest legal date", NULL},
    {"repeat", FIELD_SHARE, AT(class_record, repeat), false, 0, 1, "0", NULL, NULL,
     "share of repeat offenders", NULL},
    {"no_residence", FIELD_SHARE, AT(class_record, no_residence), false, 0, 1, NULL, NULL, NULL,
     "share without right of residence; as people says where not given", NULL},
    {"women", FIELD_SHARE, AT(class_record, women), false, 0, 1, NULL, NULL, NULL,
     "share of women; as people says where not given", NULL},
    {"priority", FIELD_WHOLE, AT(class_record, priority), false, 0, 9, "0", NULL, NULL,
     "in waiting lists; 0 comes first", NULL},
};
TYPE(class_type, "class", class_record, class_fields);

static const struct field people_fields[] = {
    {"women", FIELD_SHARE, AT(people_record, women), false, 0, 1, "0", NULL, NULL, "share of women",
     NULL},
    {"no_residence", FIELD_SHARE, AT(people_record, no_residence), false, 0, 1, "0", NULL, NULL,
     "share without right of residence", NULL},
    {"ages", FIELD_SHARES, AT(people_record, ages), false, 0, 0, NULL, age_words, NULL,
     "shares of the age bands", NULL},
    {"needs", FIELD_SHARES, AT(people_record, needs), false, 0, 0, NULL, need_words, NULL,
     "shares of the needs", NULL},
    {"exclusions", FIELD_FRACTIONS, AT(people_record, exclusions), false, 0, 0, NULL,
     exclusion_words, NULL, "shares that houses and measures leave out", NULL},
};
TYPE(people_type, "people", people_record, people_fields);

static const struct field desk_fields[] = {
    {"name", FIELD_TEXT, AT(desk_record, name), true, 0, 0, NULL, NULL, NULL,
     "what it is called; unique", NULL},
    {"time", FIELD_DISTRIBUTION, AT(desk_record, time), true, 0, 0, NULL, NULL, NULL,
     "how long a case takes", NULL},
    {"places", FIELD_WHOLE, AT(desk_record, places), false, 0, 1e6, "0", NULL, NULL,
     "cases at a time; others wait their turn; 0: no limit", NULL},
    {"serves", FIELD_CHOICE, AT(desk_record, serves), false, 0, 0, "nation", serves_words, NULL,
     "whether places are those of one desk for all, of one in each region or in each facility",
     NULL},
    {"working_days", FIELD_YES_NO, AT(desk_record, working_days), false, 0, 0, "no", NULL, NULL,
     "whether a case that would end on a weekend ends on the Monday", NULL},
};
TYPE(desk_type, "desk", desk_record, desk_fields);

static const struct field stock_fields[] = {
    {"status", FIELD_CHOICE, AT(stock_record, status), true, 0, 0, NULL, status_words, NULL,
     "legal status of the people", NULL},
    {"count", FIELD_WHOLE, AT(stock_record, count), true, 0, 1e8, NULL, NULL, NULL,
     "how many are there at the start", NULL},
    {"class", FIELD_TEXT, AT(stock_record, class), false, 0, 0, NULL, NULL, NULL,
     "only phases of its pathway, whoever is in them; any with the status where not given", NULL},
    {"phase", FIELD_TEXT, AT(stock_record, phase), false, 0, 0, NULL, NULL, NULL,
     "only this phase of the class", NULL},
    {"region", FIELD_TEXT, AT(stock_record, region), false, 0, 0, NULL, NULL, NULL,
     "one of regions; as intake falls where not given", NULL},
    {"facility", FIELD_TEXT, AT(stock_record, facility), false, 0, 0, NULL, NULL, NULL,
     "the facility they are in; placed by the office where not given", NULL},
    {"fresh", FIELD_YES_NO, AT(stock_record, fresh), false, 0, 0, "no", NULL, NULL,
     "at the beginning of the phase, not met on a random day of it", NULL},
};
TYPE(stock_type, "stock", stock_record, stock_fields);

static const struct field selection_fields[] = {
    {"suitable", FIELD_SHARE, AT(selection_record, suitable), false, 0, 1, NULL, NULL, NULL,
     "share of those screened that is found suitable; to be given where there is a house to fill",
     NULL},
    {"screening", FIELD_DISTRIBUTION, AT(selection_record, screening), false, 0, 0, NULL, NULL,
     NULL, "time that screening takes; to be given where there is a house to fill", NULL},
    {"least_stay", FIELD_DURATION, AT(selection_record, least_stay), false, 0, 1e4, "0 d", NULL,
     NULL, "time left that a programme needs", NULL},
    {"breach", FIELD_SHARE, AT(selection_record, breach), false, 0, 0.99, "0", NULL, NULL,
     "share of full stays that end with a return to prison", NULL},
    {"breach_unmatched", FIELD_NUMBER, AT(selection_record, breach_unmatched), false, 0, 100, "1",
     NULL, NULL, "factor on that hazard for a resident whose need the house is not for", NULL},
    {"most_sentence", FIELD_DURATION, AT(selection_record, most_sentence), false, 0, 1e5, "200 y",
     NULL, NULL,
     "longest sentence for a detention house, longer ones go to a transition house; to be given "
     "where there is one of those",
     NULL},
    {"hand_off", FIELD_DISTRIBUTION, AT(selection_record, hand_off), false, 0, 0, NULL, NULL, NULL,
     "time a place in a house stays empty after a resident leaves, unless the house says otherwise",
     NULL},
    {"first", FIELD_CHOICE, AT(selection_record, first), false, 0, 0, "date", first_words, NULL,
     "who is taken first: by date in the whole country, or the region's own people", NULL},
    {"window", FIELD_DURATION, AT(selection_record, window), false, 0, 1e5, "200 y", NULL, NULL,
     "longest time before the earliest release for a transition house", NULL},
};
TYPE(selection_type, "house_selection", selection_record, selection_fields);

static const struct field allocation_fields[] = {
    {"least_left", FIELD_DURATION, AT(allocation_record, least_left), false, 0, 1e5, "0 d", NULL,
     NULL, "time left below which nobody is moved to a prison for sentences", NULL},
    {"first", FIELD_CHOICE, AT(allocation_record, first), false, 0, 0, "date", first_words, NULL,
     "who is moved first: by date in the whole country, or the region's own people", NULL},
    {"moves", FIELD_WHOLE, AT(allocation_record, moves), false, 0, 1e6, "1000000", NULL, NULL,
     "people moved in a round, at most; of the region's own, in each region; no limit where not "
     "given",
     NULL},
};
TYPE(allocation_type, "allocation", allocation_record, allocation_fields);

static const struct field balance_fields[] = {
    {"from", FIELD_SHARE, AT(balance_record, from), true, 0, 10, NULL, NULL, NULL,
     "occupancy above which people are moved out", NULL},
    {"to", FIELD_SHARE, AT(balance_record, to), true, 0, 10, NULL, NULL, NULL,
     "occupancy below which people are taken", NULL},
    {"vans", FIELD_WHOLE, AT(balance_record, vans), true, 0, 1e4, NULL, NULL, NULL, "vans a day",
     NULL},
    {"seats", FIELD_WHOLE, AT(balance_record, seats), true, 0, 1e3, NULL, NULL, NULL,
     "seats in a van", NULL},
};
TYPE(balance_type, "balance", balance_record, balance_fields);

static const struct field measure_fields[] = {
    {"name", FIELD_TEXT, AT(measure_record, name), true, 0, 0, NULL, NULL, NULL,
     "what it is called; unique", NULL},
    {"from", FIELD_DATE, AT(measure_record, from), false, 0, 0, NULL, NULL, NULL,
     "first day on which it may be on", NULL},
    {"until", FIELD_DATE, AT(measure_record, until), false, 0, 0, NULL, NULL, NULL,
     "first day on which it is off for good", NULL},
    {"on", FIELD_SHARE, AT(measure_record, on), false, 0, 10, NULL, NULL, NULL,
     "occupancy above which it is switched on: passed, not reached (460 of 1000 is not above "
     "46 %); by dates alone where not given",
     NULL},
    {"off", FIELD_SHARE, AT(measure_record, off), false, 0, 10, NULL, NULL, NULL,
     "occupancy below which it is switched off again", NULL},
    {"region", FIELD_TEXT, AT(measure_record, region), false, 0, 0, NULL, NULL, NULL,
     "looks at and reaches this region only", NULL},
    {"review", FIELD_DURATION, AT(measure_record, review), false, 1, 1e4, "1 d", NULL, NULL,
     "time between two looks at the occupancy", NULL},
    {"notice", FIELD_DURATION, AT(measure_record, notice), false, 0, 1e4, "0 d", NULL, NULL,
     "time from decision to effect", NULL},
    {"forward", FIELD_DURATION, AT(measure_record, forward), true, 0, 1e4, NULL, NULL, NULL,
     "how much earlier people are released", NULL},
    {"uptake", FIELD_SHARE, AT(measure_record, uptake), false, 0, 1, "1", NULL, NULL,
     "share of those eligible that gets it", NULL},
    {"reaches", FIELD_CHOICE, AT(measure_record, reaches), false, 0, 0, "both", reaches_words, NULL,
     "people already serving, those who begin, or both", NULL},
    {"most_sentence", FIELD_DURATION, AT(measure_record, most_sentence), false, 0, 1e5, "200 y",
     NULL, NULL, "longest sentence it holds for", NULL},
    {"residence", FIELD_CHOICE, AT(measure_record, residence), false, 0, 0, "any", residence_words,
     NULL, "right of residence it asks for", NULL},
    {"all_offences", FIELD_YES_NO, AT(measure_record, all_offences), false, 0, 0, "no", NULL, NULL,
     "also for those with an exclusion", NULL},
};
TYPE(measure_type, "measure", measure_record, measure_fields);

static const struct field keep_fields[] = {
    {"place", FIELD_CHOICE, AT(keep_record, place), true, 0, 0, NULL, keep_place_words, NULL,
     "where", NULL},
    {"tick", FIELD_CHOICE, AT(keep_record, tick), true, 0, 0, NULL, tick_words, NULL, "how often",
     NULL},
    {"series", FIELD_NAMES, AT(keep_record, series), false, 0, 0, NULL, NULL, NULL,
     "only these series; all where not given", NULL},
};
TYPE(keep_type, "record", keep_record, keep_fields);

static const struct field scenario_fields[] = {
    {"name", FIELD_TEXT, AT(scenario, name), true, 0, 0, NULL, NULL, NULL,
     "what the scenario is called", NULL},
    {"description", FIELD_TEXT, AT(scenario, description), false, 0, 0, NULL, NULL, NULL,
     "what it asks, in a sentence", NULL},
    {"extends", FIELD_TEXT, AT(scenario, extends), false, 0, 0, NULL, NULL, NULL,
     "a scenario file that this one is laid over", NULL},
    {"set", FIELD_PATHS, 0, false, 0, 0, NULL, set_words, NULL,
     "values changed by path, last of all: {'facilities[Haren].capacity': 1200, "
     "'intake[arrested].rate': {times: 0.9}}; policy unless it says {to: 1200, world: yes}",
     NULL},
    {"add", FIELD_PATHS, 0, false, 0, 0, NULL, path_words, NULL,
     "items put behind those of a list: {facilities: [{name: New, region: north, capacity: 300}]}",
     NULL},
    {"drop", FIELD_PATHS, 0, false, 0, 0, NULL, path_words, NULL,
     "what is taken out of the scenario that this one extends, first of all, a path on each line: "
     "- facilities[Haren]",
     NULL},
    {"start", FIELD_DATE, AT(scenario, start), true, 0, 0, NULL, NULL, NULL,
     "first day of the result", NULL},
    {"horizon", FIELD_SPAN, AT(scenario, horizon_span), true, 1, 400000, NULL, NULL, NULL,
     "how long the result runs", NULL},
    {"warm_up", FIELD_SPAN, AT(scenario, warm_up_span), false, 0, 400000, "0 d", NULL, NULL,
     "time simulated before the start and left out of the result", NULL},
    {"round", FIELD_DURATION, AT(scenario, round), false, 0.01, 1, "1 d", NULL, NULL,
     "time between two rounds of the placement office", NULL},
    {"replications", FIELD_WHOLE, AT(scenario, replications), false, 1, 1e7, "100", NULL, NULL,
     "how many futures are simulated", NULL},
    {"seed", FIELD_WHOLE, AT(scenario, seed), false, 0, 9e15, "1", NULL, NULL,
     "names the random numbers", NULL},
    {"capacity_word", FIELD_CHOICE, AT(scenario, capacity_word), false, 0, 0, "main",
     capacity_words, NULL, "which capacity counts", NULL},
    {"small_scale_cap", FIELD_WHOLE, AT(scenario, small_scale_cap), false, 1, 1e6, NULL, NULL, NULL,
     "most residents of a small-scale house; where not given, every house is one", NULL},
    {"enforce_cap", FIELD_YES_NO, AT(scenario, enforce_cap), false, 0, 0, "no", NULL, NULL,
     "whether a house above the cap is an error", NULL},
    {"earliest_share", FIELD_SHARE, AT(scenario, first_share_served), false, 0, 1, NULL, NULL, NULL,
     "share of the sentence after which release is possible; to be given where a phase serves "
     "earliest, 0 otherwise",
     NULL},
    {"earliest_share_repeat", FIELD_SHARE, AT(scenario, repeat_share_served), false, 0, 1, NULL,
     NULL, NULL, "the same for repeat offenders; as earliest_share where not given", NULL},
    {"regions", FIELD_NAMES, AT(scenario, regions), true, 0, 0, NULL, NULL, NULL,
     "names of the regions", NULL},
    {"exits", FIELD_NAMES, AT(scenario, exits), false, 0, 0, "[released]", NULL, NULL,
     "ways to leave, other than by a phase", NULL},
    {"facilities", FIELD_RECORDS, AT(scenario, facilities), true, 0, 0, NULL, NULL, &facility_type,
     "prisons, houses and centres", NULL},
    {"facility_history", FIELD_RECORDS, AT(scenario, history), false, 0, 0, NULL, NULL, &step_type,
     "changes of their figures by date", NULL},
    {"intake", FIELD_RECORDS, AT(scenario, intake), true, 0, 0, NULL, NULL, &intake_type,
     "who arrives, where and how often", NULL},
    {"intake_level", FIELD_STEPS, AT(scenario, intake_level), false, 0, 100, NULL, NULL, NULL,
     "factor on all intake, by date; 1 where not given", NULL},
    {"pathways", FIELD_RECORD_MAP, AT(scenario, pathways), true, 0, 0, NULL, NULL, &phase_type,
     "for each class the phases it goes through; the first is where it begins", NULL},
    {"classes", FIELD_RECORDS, AT(scenario, classes), false, 0, 0, NULL, NULL, &class_type,
     "what the people of a class have in common", NULL},
    {"people", FIELD_RECORD, AT(scenario, people), false, 0, 0, NULL, NULL, &people_type,
     "attributes of everybody", NULL},
    {"desks", FIELD_RECORDS, AT(scenario, desks), false, 0, 0, NULL, NULL, &desk_type,
     "who carries out procedures", NULL},
    {"stock", FIELD_RECORDS, AT(scenario, stock), false, 0, 0, NULL, NULL, &stock_type,
     "people who are there at the start", NULL},
    {"house_selection", FIELD_RECORD, AT(scenario, house_selection), false, 0, 0, NULL, NULL,
     &selection_type, "how residents of houses are found", NULL},
    {"allocation", FIELD_RECORD, AT(scenario, allocation), false, 0, 0, NULL, NULL,
     &allocation_type, "moves of the sentenced to prisons for sentences", NULL},
    {"balance", FIELD_RECORD, AT(scenario, balance), false, 0, 0, NULL, NULL, &balance_type,
     "moves from crowded prisons to others", NULL},
    {"measures", FIELD_RECORDS, AT(scenario, measures), false, 0, 0, NULL, NULL, &measure_type,
     "early releases", NULL},
    {"record", FIELD_RECORDS, AT(scenario, keep), false, 0, 0, NULL, NULL, &keep_type,
     "what the result keeps, by place; nation and regions by day, facilities by month where not "
     "given",
     NULL},
};
const struct record_type scenario_type = {"scenario", sizeof(struct scenario), scenario_fields,
                                          COUNT(scenario_fields)};

static const char *const type_text[] = {
    [FIELD_TEXT] = "a text",
    [FIELD_WHOLE] = "a whole number",
    [FIELD_NUMBER] = "a number",
    [FIELD_SHARE] = "a share such as 0.35 or 35 %",
    [FIELD_DURATION] = "a duration such as 14 d, 6 mo or 3 y",
    [FIELD_SPAN] = "a length of calendar time such as 200 d, 6 mo or 3 y",
    [FIELD_DATE] = "a date such as 2025-03-01",
    [FIELD_YES_NO] = "yes or no",
    [FIELD_CHOICE] = "a word",
    [FIELD_SET] = "a list of words",
    [FIELD_NAMES] = "a list of names",
    [FIELD_NUMBERS] = "a list of numbers",
    [FIELD_SHARES] = "a map of shares that sum to 1",
    [FIELD_FRACTIONS] = "a map of shares",
    [FIELD_COUNT_STEPS] = "a whole number, or a map of dates and whole numbers",
    [FIELD_ANY] = "a value of the field that it changes",
    [FIELD_STEPS] = "a number, or a map of dates and numbers",
    [FIELD_SHARE_STEPS] = "a share, or a map of dates and shares",
    [FIELD_RATE_STEPS] = "a rate such as 5.2 / d or 1900 / y, or a map of dates and rates",
    [FIELD_DISTRIBUTION] = "a distribution such as exponential: {mean: 30 d}",
    [FIELD_RECORD] = "a map",
    [FIELD_RECORDS] = "a list of maps",
    [FIELD_RECORD_MAP] = "a map of lists",
    [FIELD_PATHS] = "paths such as facilities[Haren].capacity",
};

const char *
field_type_text(enum field_type type)
{
    return type_text[type];
}

/* What a type's values mean beyond their spelling. */
static const char *const type_note[FIELD_RECORD_MAP + 1] = {
    [FIELD_SPAN] =
        ("mo and y are calendar time, to the same day of the month or, where it has none, "
         "its last (2028-01-01 + 1 y is 366 d, 2026-01-31 + 1 mo is 2026-02-28); whole "
         "months (1.5 y is 18 mo) or whole days"),
    [FIELD_DURATION] = "1 mo is 30.4375 d and 1 y is 365.25 d",
    [FIELD_PATHS] =
        ("order: drop takes out of what is extended, then comes what is written out, then add, "
         "set and what --set says; two paths that change one value differently are an error"),
    [FIELD_WHOLE] = "digits alone: 1040, not 1.040, 1 040 or 1e3",
    [FIELD_COUNT_STEPS] =
        ("digits alone: 1040, not 1.040, 1 040 or 1e3; a value holds from its date "
         "on, the first one also before it"),
    [FIELD_STEPS] = "a value holds from its date on, the first one also before it",
    [FIELD_SHARE_STEPS] = "a value holds from its date on, the first one also before it",
    [FIELD_RATE_STEPS] = "a value holds from its date on, the first one also before it",
};

const char *
field_type_note(enum field_type type)
{
    return type_note[type];
}

const struct field *
field_in(const struct record_type *type, const char *name)
{
    for (size_t i = 0; i < type->fields; i++)
        if (strcmp(type->field[i].name, name) == 0)
            return &type->field[i];
    return NULL;
}

const struct field *
field_of_step(int step)
{
    for (size_t i = 0; i < COUNT(facility_fields); i++)
        if (strcmp(facility_fields[i].name, step_words[step]) == 0)
            return &facility_fields[i];
    return NULL;
}

const struct field *
field_find(const char *path)
{
    const struct record_type *record = &scenario_type;

    for (;;) {
        size_t length = strcspn(path, ".");
        const struct field *found = NULL;
        for (size_t i = 0; i < record->fields && found == NULL; i++)
            if (strncmp(record->field[i].name, path, length) == 0 &&
                record->field[i].name[length] == '\0')
                found = &record->field[i];
        if (found == NULL || path[length] == '\0')
            return found;
        if (found->record == NULL)
            return NULL;
        record = found->record;
        path += length + 1;
    }
}

static void
each(const struct record_type *record, const char *prefix,
     void (*visit)(const char *, const struct field *, void *), void *context)
{
    for (size_t i = 0; i < record->fields; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s%s", prefix, record->field[i].name);
        visit(path, &record->field[i], context);
        if (record->field[i].record != NULL) {
            snprintf(path, sizeof path, "%s%s.", prefix, record->field[i].name);
            each(record->field[i].record, path, visit, context);
        }
    }
}

void
field_each(void (*visit)(const char *path, const struct field *field, void *context), void *context)
{
    each(&scenario_type, "", visit, context);
}

#define LONGEST_WORD 40

/* Edits that turn one word into the other: insert, delete, change (Levenshtein 1966). */
static size_t
edit_distance(const char *a, const char *b)
{
    size_t row[LONGEST_WORD + 1], m = strlen(a), n = strlen(b);

    if (m > LONGEST_WORD || n > LONGEST_WORD)
        return LONGEST_WORD;
    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 1; i <= m; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t change = diagonal + (a[i - 1] != b[j - 1]);
            size_t gap = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            diagonal = row[j];
            row[j] = change < gap ? change : gap;
        }
    }
    return row[n];
}

const char *
suggest(const char *text, const char *const *word, size_t count)
{
    const char *best = NULL;
    size_t least = strlen(text) / 3 + 1;

    for (size_t i = 0; i < count; i++) {
        if (word[i] == NULL) /* a name that is missing has its own fault */
            continue;
        size_t distance = strcasecmp(text, word[i]) == 0 ? 0 : edit_distance(text, word[i]);
        if (distance < least || (distance == least && best == NULL && distance <= 2)) {
            least = distance;
            best = word[i];
        }
    }
    return best;
}
