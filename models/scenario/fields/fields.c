#include "fields.h"

#include "rows.h"

#include "models/scenario/scenario.h"

#include <stdio.h>
#include <string.h>

#define NO_LIMIT "1000000000"
_Static_assert(MEASURE_NO_LIMIT == 1000000000, "as the fallback says");

const char *const status_words[] = {"remand", "convicted", "internee", NULL};
const char *const kind_words[] = {"prison",          "detention_house", "transition_house",
                                  "forensic_centre", "rented",          NULL};
const char *const use_words[] = {"mixed", "arrest", "sentences", "open", "internees", NULL};
const char *const sex_words[] = {"men", "women", NULL};
const char *const need_words[] = {"none",   "young_adult", "vulnerable", "elderly",
                                  "mother", "addiction",   NULL};
const char *const exclusion_words[] = {"sexual", "terrorist", "high_risk", NULL};
const char *const where_words[] = {"inside", "home", "outside", NULL};
const char *const age_words[] = {"under_25", "25_34", "35_49", "50_59", "60_over", NULL};
const char *const scope_words[] = {"nation", "region", "facility", NULL};
const char *const tick_words[] = {"day", "week", "month", "year", NULL};
static const char *const full_words[] = {"by_kind", "crowd", "refuse", "wait", NULL};
static const char *const operator_words[] = {"public", "non_profit", "commercial", NULL};
static const char *const serve_words[] = {"nothing", "earliest", "share", "all", NULL};
static const char *const capacity_words[] = {"main",        "design",  "certified",
                                             "operational", "staffed", NULL};
static const char *const measure_words[] = {"early_release",
                                            "extended_leave",
                                            "postpone",
                                            "electronic_monitoring",
                                            "transfer_out",
                                            "extra_beds",
                                            "entry_stop",
                                            "pardon",
                                            NULL};
_Static_assert(sizeof measure_words / sizeof *measure_words == MEASURE_KINDS + 1, "a word each");
static const char *const looks_at_words[] = {"occupancy", "above_capacity", "floor_sleepers", NULL};
static const char *const order_words[] = {"in_turn", "least_left", "longest_served", NULL};
static const char *const reaches_words[] = {"both", "inside", "new", NULL};
static const char *const acts_on_words[] = {"intake", "sentence", NULL};
static const char *const law_words[] = {"new", "both", NULL};
static const char *const residence_words[] = {"any", "with", "without", NULL};
static const char *const counts_words[] = {"primary", "total", NULL};
static const char *const first_words[] = {"date", "region", NULL};
static const char *const serves_words[] = {"nation", "region", "facility", NULL};
static const char *const set_words[] = {"path", "times", "plus", "to", "world", NULL};
static const char *const draw_words[] = {"path", "to", "times", "plus", NULL};
static const char *const path_words[] = {"path", NULL};
static const char *const source_words[] = {"path", "grade", "text", "A", "B", "C", NULL};
static const char *const vary_words[] = {
    "arrival",  "attributes", "stay",     "next",      "court",     "screening", "breach",
    "hand_off", "uptake",     "stock",    "drift",     "uncertain", "project",   "incident",
    "staff",    "postponed",  "prospect", "come_back", NULL};
_Static_assert(sizeof vary_words / sizeof *vary_words == PURPOSES, "a word for each purpose");
static const char *const text_words[] = {"title",   "question", "name",   "use",
                                         "not_for", "error",    "source", NULL};
_Static_assert(sizeof text_words / sizeof *text_words == TEXT_OFS + 1, "a word each");
static const char *const counted_words[] = {"population", "capacity", "floor_sleepers", NULL};
_Static_assert(sizeof counted_words / sizeof *counted_words == COUNTED_SERIES + 1, "a word each");
static const char *const step_words[] = {"capacity", "beds", "entry", "ceiling", NULL};

static const struct field stage_fields[] = {
    FIELD("stage", TEXT, stage_object, stage, .required = true,
          .meaning = "what it is called; unique in its process; names its draws"),
    FIELD("party", TEXT, stage_object, party, .required = true,
          .meaning = "who does it: justice, buildings agency, municipality, ..."),
    FIELD("time", DISTRIBUTION, stage_object, time, .required = true,
          .meaning = "how long a try takes"),
    FIELD("fails", SHARE, stage_object, fails, .high = 1, .fallback = "0",
          .meaning = "chance that a try ends in failure"),
    FIELD("on_failure", TEXT, stage_object, back,
          .meaning = "where a failure leads: this stage or an earlier one, which is tried again, "
                     "or abandoned"),
};
TYPE(stage, "stage");

static const struct field ramp_fields[] = {
    FIELD("after", DURATION, ramp_object, after, .required = true, .high = 1e5,
          .meaning = "time since the opening"),
    FIELD("share", SHARE, ramp_object, share, .required = true, .high = 1,
          .meaning = "share of the capacity that is there from then on"),
};
TYPE(ramp, "ramp_up");

static const struct field funding_fields[] = {
    FIELD("term", DURATION, funding_object, term, .required = true, .low = 1, .high = 1e5,
          .meaning = "how long it is funded at a time, from the opening on"),
    FIELD("renewal", SHARE, funding_object, renewal, .required = true, .high = 1,
          .meaning = "chance that it is funded for another term"),
    FIELD("notice", DURATION, funding_object, notice, .high = 1e4, .fallback = "0 d",
          .meaning = "time from the end of the last term to the closing, in which it takes nobody "
                     "more and moves people out, as closing_notice does"),
};
TYPE(funding, "funding");

static const struct field project_fields[] = {
    FIELD("process", TEXT, project_object, process, .required = true,
          .meaning = "the name in stages of what it goes through"),
    FIELD("starts", DATE, project_object, starts, .required = true,
          .meaning = "first day of its first stage; the earliest, where its phase has a limit"),
    FIELD("starts_until", DATE, project_object, starts_until,
          .meaning = "of copies, the last day of the time in which they start evenly, from starts "
                     "on: copy k of n when (k - 1/2) / n of it are over"),
    FIELD("phase", TEXT, project_object, phase, .meaning = "the phase of master_plan it is of"),
    FIELD("ramp_up", OBJECTS, project_object, ramp_up, .object = &ramp_type,
          .meaning = "its places by time since the opening, as staff arrive; all of them from the "
                     "opening where not given"),
    OBJECT("funding", funding, project_object, funding,
           .meaning = "funded for a term at a time; for good where not given"),
    FIELD("published_opening", DATE, project_object, published,
          .meaning = "opening date that was promised, against which opening_late is counted"),
    FIELD("cost", NUMBER, project_object, cost, .high = 1e12, .fallback = "0",
          .meaning = "what it costs to build, euro, all of it counted on the day of the opening"),
};
TYPE(project, "project");

static const struct field building_fields[] = {
    FIELD("name", TEXT, building_object, name, .required = true,
          .meaning = "what the phase is called; unique"),
    FIELD("at_once", WHOLE, building_object, at_once, .required = true, .low = 1, .high = 1e6,
          .meaning = "houses on their way at a time; the next, by starts and name, begins when one "
                     "has opened or been abandoned"),
};
TYPE(building, "master_plan");

static const struct field coordination_fields[] = {
    FIELD("level", STEPS, coordination_object, level, .required = true, .high = 1,
          .meaning = "how far all parties work together, by date: 0 not, 1 fully; a number without "
                     "dates holds from the first day of the run on, so that what begins later is "
                     "written such as {2025-02-11: 0, 2026-07-01: 1}"),
    FIELD("hand_overs", SHARE, coordination_object, hand_overs, .required = true, .high = 1,
          .meaning = "share by which full coordination shortens hand-overs"),
    FIELD("failures", SHARE, coordination_object, failures, .required = true, .high = 1,
          .meaning = "share by which full coordination lowers each chance of failure"),
};
TYPE(coordination, "coordination");

/* Of an item that may name its source itself. */
#define OWN_SOURCE                                                                                 \
    "where its figures come from; begins with A:, B: or C:, or says grade A, B or C, and is of "   \
    "grade A where it says none; sources tells of single figures, and what the grades are"

static const struct field facility_fields[] = {
    FIELD("name", TEXT, facility_object, name, .required = true,
          .meaning = "what it is called; unique"),
    FIELD("copies", WHOLE, facility_object, copies, .high = 1e4,
          .meaning = "as many of them, called House 1, House 2, ... where name is House; the path "
                     "facilities[House] means them all, facilities[House 7] one, and setting "
                     "facilities[House].copies makes more of them, like the last, or fewer; of 0 "
                     "nothing is left, and no path leads there"),
    FIELD("kind", CHOICE, facility_object, kind, .fallback = "prison", .words = kind_words,
          .meaning = "decides what it does when full and whom it holds"),
    FIELD("use", CHOICE, facility_object, use, .fallback = "mixed", .words = use_words,
          .meaning = "what a prison is mainly for; sentences and open are filled by allocation"),
    FIELD("region", TEXT, facility_object, region, .required = true, .meaning = "one of regions"),
    FIELD("when_full", CHOICE, facility_object, when_full, .fallback = "by_kind",
          .words = full_words,
          .meaning = "a prison crowds, any other refuses, unless written here"),
    FIELD("capacity", COUNT_STEPS, facility_object, capacity[CAPACITY_MAIN], .required = true,
          .high = 1e7, .meaning = "places, by the scenario's capacity_word"),
    FIELD("capacity_design", COUNT_STEPS, facility_object, capacity[CAPACITY_DESIGN], .high = 1e7,
          .meaning = "places as built"),
    FIELD("capacity_certified", COUNT_STEPS, facility_object, capacity[CAPACITY_CERTIFIED],
          .high = 1e7, .meaning = "places as certified"),
    FIELD("capacity_operational", COUNT_STEPS, facility_object, capacity[CAPACITY_OPERATIONAL],
          .high = 1e7, .meaning = "places in use"),
    FIELD("capacity_staffed", COUNT_STEPS, facility_object, capacity[CAPACITY_STAFFED], .high = 1e7,
          .meaning = "places with staff"),
    FIELD("beds", COUNT_STEPS, facility_object, beds, .high = 1e7,
          .meaning =
              "beds; people beyond them sleep on the floor; as many as places where not given"),
    FIELD("entry", STEPS, facility_object, entry, .high = 1e6,
          .meaning = "weight with which the region's courts send people here"),
    FIELD("ceiling", SHARE_STEPS, facility_object, ceiling, .high = 10,
          .meaning = "occupancy at which the placement office sends nobody more"),
    FIELD("statuses", SET, facility_object, statuses, .words = status_words,
          .meaning = "legal statuses it accepts; by its kind where not given"),
    FIELD("sexes", SET, facility_object, sexes, .words = sex_words,
          .meaning = "whom it accepts; both where not given"),
    FIELD("needs", SET, facility_object, needs, .words = need_words,
          .meaning = "needs it is specialised in; all where not given"),
    FIELD("least_sentence", DURATION, facility_object, least_sentence, .high = 1e5,
          .fallback = "0 d", .meaning = "shortest sentence allocated here"),
    FIELD("most_sentence", DURATION, facility_object, most_sentence, .high = 1e5,
          .fallback = "200 y", .meaning = "longest sentence allocated here"),
    FIELD("counted", YES_NO, facility_object, counted, .fallback = "yes",
          .meaning = "whether its people are part of the prison population"),
    FIELD("hand_off", DISTRIBUTION, facility_object, hand_off,
          .meaning = "time a place stays empty after a resident leaves"),
    FIELD("opens", DATE, facility_object, opens,
          .meaning = "first day it takes people; open from the start where not given"),
    FIELD("opens_until", DATE, facility_object, opens_until,
          .meaning = "of copies, the last day of the time in which they open evenly, from opens "
                     "on: copy k of n when (k - 1/2) / n of it are over; all on opens where not "
                     "given"),
    FIELD("closes", DATE, facility_object, closes,
          .meaning = "first day it is closed; its people are moved to prisons of their region "
                     "below balance.to, then elsewhere"),
    FIELD("closing_notice", DURATION, facility_object, closing_notice, .high = 1e4,
          .fallback = "0 d",
          .meaning = "how long before closes it takes nobody more and moves people out, "
                     "balance.vans x seats a day; who is left goes on the day itself"),
    OBJECT("project", project, facility_object, project,
           .meaning =
               "it opens when it has gone through the stages of a process, on another day in "
               "each replication; instead of opens"),
    FIELD("operator", CHOICE, facility_object, operator_kind, .fallback = "public",
          .words = operator_words, .meaning = "who runs it"),
    FIELD("transparent", YES_NO, facility_object, transparent, .fallback = "yes",
          .meaning = "whether it publishes its figures"),
    FIELD("floor_area", NUMBER, facility_object, floor_area, .high = 1e7,
          .meaning = "floor area, m2"),
    FIELD("latitude", NUMBER, facility_object, latitude, .low = -90, .high = 90,
          .for_readers = true,
          .meaning = "where it is on a map, degrees north (of the equator: south is below 0); the "
                     "model knows no distances"),
    FIELD("longitude", NUMBER, facility_object, longitude, .low = -180, .high = 180,
          .for_readers = true, .meaning = "the same, degrees east of Greenwich (west is below 0)"),
    FIELD("posts", NUMBER, facility_object, posts, .high = 1e5,
          .meaning = "staff posts, to a whole number; filled as staff says"),
    FIELD("cost_day", NUMBER, facility_object, cost_day, .high = 1e9, .fallback = "0",
          .meaning = "fixed running cost, euro a day"),
    FIELD("cost_person_day", NUMBER, facility_object, cost_person_day, .high = 1e9, .fallback = "0",
          .meaning = "running cost, euro a person and day"),
    FIELD("penalty", NUMBER, facility_object, penalty, .high = 1e9, .fallback = "0",
          .meaning = "what a contract fines crowding with, euro for each person above the ceiling "
                     "and day"),
    FIELD("note", TEXT, facility_object, note, .meaning = "words for the reader"),
    FIELD("source", TEXT, facility_object, source, .meaning = OWN_SOURCE),
};
TYPE(facility, "facility");

static const struct field step_fields[] = {
    FIELD("facility", TEXT, step_object, facility, .required = true,
          .meaning = "a facility's name"),
    FIELD("field", CHOICE, step_object, field, .required = true, .words = step_words,
          .meaning = "which of its figures changes"),
    FIELD("from", DATE, step_object, from, .required = true,
          .meaning = "first day of the new value"),
    FIELD("value", ANY, step_object, value, .required = true,
          .meaning = "the value from that day on, written as the field is: 40, 95 %"),
    FIELD("note", TEXT, step_object, note, .meaning = "words for the reader"),
    FIELD("source", TEXT, step_object, source, .meaning = OWN_SOURCE),
};
TYPE(step, "facility_history");

static const struct field intake_fields[] = {
    FIELD("class", TEXT, intake_object, class, .required = true, .meaning = "one of pathways"),
    FIELD("region", TEXT, intake_object, region, .required = true, .meaning = "one of regions"),
    FIELD("facility", TEXT, intake_object, facility,
          .meaning = "enters this facility at the very moment of arrival, without the daily round"),
    FIELD("rate", RATE_STEPS, intake_object, rate, .required = true, .high = 1e6,
          .meaning = "people arriving, by date"),
    FIELD("trend", NUMBER, intake_object, trend, .low = -0.5, .high = 0.5, .fallback = "0",
          .meaning =
              "growth of the rate a year, compound from the start: rate x (1 + trend) ^ years"),
    FIELD("months", NUMBERS, intake_object, months, .entries = 12,
          .meaning = "factor for each month, January first; taken as they are: twelve times 2 "
                     "doubles the intake"),
    FIELD("weekdays", NUMBERS, intake_object, weekdays, .entries = 7,
          .meaning = "factor for each weekday, Monday first; taken as they are"),
};
TYPE(intake, "intake");

static const struct field drift_fields[] = {
    FIELD("name", TEXT, drift_object, name, .required = true,
          .meaning = "what it is called; unique; names its draws"),
    FIELD("classes", NAMES, drift_object, classes, .required = true,
          .meaning = "classes of pathways whose intake moves together"),
    FIELD("yearly", SHARE, drift_object, yearly, .required = true, .high = 2,
          .meaning = "spread a year of the wandering: standard deviation of the rate's logarithm "
                     "after one year if nothing pulled it back"),
    FIELD("return", DURATION, drift_object, back, .required = true, .low = 1, .high = 1e5,
          .meaning = "time in which what is left of a deviation falls to 1/e"),
    FIELD("from", DATE, drift_object, from,
          .meaning = "day from which it wanders, before which the rates are as given; from the "
                     "start of the result on where not given"),
};
TYPE(drift, "drift");

static const struct field come_back_fields[] = {
    FIELD("name", TEXT, come_back_object, name, .required = true,
          .meaning = "what it is called; unique"),
    FIELD("classes", NAMES, come_back_object, classes,
          .meaning = "classes it holds for; all that no row before names where not given"),
    FIELD("exits", NAMES, come_back_object, exits,
          .meaning = "exits it holds for; all where not given"),
    FIELD("chance", SHARE, come_back_object, chance, .required = true, .high = 0.99,
          .meaning =
              "share of those released who come back, over all of them: somebody with factor "
              "f does with 1 - (1 - r)^f, and r is such that the mean is this, by age; the "
              "other factors count from 1, and the balance of entries knows of them that of "
              "phases at home"),
    FIELD("delay", DISTRIBUTION, come_back_object, delay, .required = true,
          .meaning =
              "time from release to coming back; one below a day may last until the next day"),
    FIELD("as_class", TEXT, come_back_object, as,
          .meaning = "class in which they come back; the same where not given"),
    FIELD("ages", FRACTIONS, come_back_object, ages, .words = age_words,
          .meaning = "factors by age at release, the largest being 1; 1 where not given"),
    FIELD("home", NUMBER, come_back_object, home, .high = 100, .fallback = "1",
          .meaning = "factor for those who served a part of it at home: in a phase, or with "
                     "electronic monitoring by a measure"),
    FIELD("house", NUMBER, come_back_object, house, .high = 100, .fallback = "1",
          .meaning = "factor for those who lived in a detention or transition house"),
    FIELD("rushed", NUMBER, come_back_object, rushed, .high = 100, .fallback = "1",
          .meaning = "factor for those whose stay in a house a measure cut short"),
};
TYPE(come_back, "come_back");

static const struct field clock_fields[] = {
    FIELD("to", TEXT, clock_object, to, .required = true, .meaning = "a phase or an exit"),
    FIELD("after", DISTRIBUTION, clock_object, after, .required = true,
          .meaning = "time after which it happens, if nothing else has"),
};
TYPE(clock, "clock");

static const struct field stay_fields[] = {
    FIELD("way", TEXT, stay_object, way, .required = true, .meaning = "one of then"),
    FIELD("stay", DISTRIBUTION, stay_object, stay, .required = true,
          .meaning = "how long the phase lasts for those who go that way"),
};
TYPE(stay, "stay");

static const struct field phase_fields[] = {
    FIELD("phase", TEXT, phase_object, phase, .required = true,
          .meaning = "what it is called; unique in its class"),
    FIELD("status", CHOICE, phase_object, status, .required = true, .words = status_words,
          .meaning = "legal status"),
    FIELD("place", CHOICE, phase_object, where, .fallback = "inside", .words = where_words,
          .meaning =
              "inside a facility; at home (monitoring, leave); outside, waiting to be called"),
    FIELD("stay", DISTRIBUTION, phase_object, stay,
          .meaning = "how long it lasts; one of stay, serve, desk"),
    FIELD(
        "serve", CHOICE, phase_object, serve, .fallback = "nothing", .words = serve_words,
        .meaning =
            "lasts until this point of the sentence: earliest legal date, served share, all of it"),
    FIELD("desk", TEXT, phase_object, desk,
          .meaning = "a procedure: lasts as long as this desk takes"),
    FIELD("facility", TEXT, phase_object, facility,
          .meaning = "a unit in which it happens: people wait where they are until it takes them"),
    FIELD("refused", TEXT, phase_object, refused,
          .meaning = "the phase or exit that follows instead when that unit, or the facility that "
                     "the intake brings them to, is full and refuses"),
    FIELD("then", SHARES, phase_object, then, .required = true, .ways = true,
          .meaning = "shares of the phases or exits that follow: phase, class.phase or an exit"),
    FIELD("clocks", OBJECTS, phase_object, clocks, .object = &clock_type,
          .meaning = "competing clocks that may end the phase first"),
    FIELD("stays", OBJECTS, phase_object, stays, .object = &stay_type,
          .meaning =
              "stays by the way on, which is drawn as the phase begins; stay is for the other "
              "ways; may be written within then: {parole: {share: 30 %, stay: {...}}}"),
};
TYPE(phase, "phase");

static const struct field class_fields[] = {
    FIELD("name", TEXT, class_object, name, .required = true, .meaning = "one of pathways"),
    FIELD("sentence", DISTRIBUTION, class_object, sentence, .meaning = "length of the sentence"),
    FIELD("served", DISTRIBUTION, class_object, served, .plain = true,
          .meaning = "share of the sentence served; never below the earliest legal date"),
    FIELD("repeat", SHARE, class_object, repeat, .high = 1, .fallback = "0",
          .meaning = "share of repeat offenders among all who come; those who come back are the "
                     "first of them"),
    FIELD("no_residence", SHARE, class_object, no_residence, .high = 1,
          .meaning = "share without right of residence; as people says where not given"),
    FIELD("women", SHARE, class_object, women, .high = 1,
          .meaning = "share of women; as people says where not given"),
    FIELD("priority", WHOLE, class_object, priority, .high = 9, .fallback = "0",
          .meaning = "in waiting lists; 0 comes first"),
};
TYPE(class, "class");

static const struct field people_fields[] = {
    FIELD("women", SHARE, people_object, women, .high = 1, .fallback = "0",
          .meaning = "share of women"),
    FIELD("no_residence", SHARE, people_object, no_residence, .high = 1, .fallback = "0",
          .meaning = "share without right of residence"),
    FIELD("ages", SHARES, people_object, ages, .words = age_words,
          .meaning = "shares of the age bands"),
    FIELD("needs", SHARES, people_object, needs, .words = need_words,
          .meaning = "shares of the needs"),
    FIELD("exclusions", FRACTIONS, people_object, exclusions, .words = exclusion_words,
          .meaning = "shares that houses and measures leave out"),
};
TYPE(people, "people");

static const struct field desk_fields[] = {
    FIELD("name", TEXT, desk_object, name, .required = true,
          .meaning = "what it is called; unique"),
    FIELD("time", DISTRIBUTION, desk_object, time, .required = true,
          .meaning = "how long a case takes"),
    FIELD("places", WHOLE, desk_object, places, .high = 1e6, .fallback = "0", .none_is_all = true,
          .meaning = "cases at a time; others wait their turn; 0: no limit"),
    FIELD("serves", CHOICE, desk_object, serves, .fallback = "nation", .words = serves_words,
          .meaning = "whether places are those of one desk for all, of one in each region or in "
                     "each facility"),
    FIELD("working_days", YES_NO, desk_object, working_days, .fallback = "no",
          .meaning = "whether a case that would end on a weekend ends on the Monday"),
};
TYPE(desk, "desk");

static const struct field stock_fields[] = {
    FIELD("status", CHOICE, stock_object, status, .required = true, .words = status_words,
          .meaning = "legal status of the people"),
    FIELD("count", WHOLE, stock_object, count, .required = true, .high = 1e8,
          .meaning = "how many are there at the start"),
    FIELD(
        "class", TEXT, stock_object, class,
        .meaning =
            "only phases of its pathway, whoever is in them; any with the status where not given"),
    FIELD("phase", TEXT, stock_object, phase, .meaning = "only this phase of the class"),
    FIELD("region", TEXT, stock_object, region,
          .meaning = "one of regions; as intake falls where not given"),
    FIELD("facility", TEXT, stock_object, facility,
          .meaning = "the facility they are in; placed by the office where not given"),
    FIELD("fresh", YES_NO, stock_object, fresh, .fallback = "no",
          .meaning = "at the beginning of the phase, not met on a random day of it"),
    FIELD("spent", DISTRIBUTION, stock_object, spent,
          .meaning =
              "time already spent in the phase, as counted; the stay is one that lasts longer"),
    FIELD("left", DISTRIBUTION, stock_object, left,
          .meaning = "time left in the phase, as counted"),
    FIELD("source", TEXT, stock_object, source, .meaning = OWN_SOURCE),
};
TYPE(stock, "stock");

static const struct field selection_fields[] = {
    FIELD("suitable", SHARE, selection_object, suitable, .high = 1,
          .meaning =
              "share of those screened that is found suitable (with evaluation, that would do "
              "well in a house); to be given where there is a house to fill"),
    FIELD("screening", DISTRIBUTION, selection_object, screening,
          .meaning = "time that screening takes; to be given where there is a house to fill"),
    FIELD("least_stay", DURATION, selection_object, least_stay, .high = 1e4, .fallback = "0 d",
          .meaning = "time left that a programme needs"),
    FIELD("breach", SHARE, selection_object, breach, .high = 0.99, .fallback = "0",
          .meaning = "share of full stays that end with a return to prison"),
    FIELD("breach_unmatched", NUMBER, selection_object, breach_unmatched, .high = 100,
          .fallback = "1",
          .meaning = "factor on that hazard for a resident whose need the house is not for"),
    FIELD("most_sentence", DURATION, selection_object, most_sentence, .high = 1e5,
          .fallback = "200 y",
          .meaning = "longest sentence for a detention house, longer ones go to a transition "
                     "house; to be given where there is one of those"),
    FIELD("hand_off", DISTRIBUTION, selection_object, hand_off,
          .meaning = "time a place in a house stays empty after a resident leaves, unless the "
                     "house says otherwise"),
    FIELD("first", CHOICE, selection_object, first, .fallback = "date", .words = first_words,
          .meaning =
              "who is taken first: by date in the whole country, or the region's own people"),
    FIELD("window", DURATION, selection_object, window, .high = 1e5, .fallback = "200 y",
          .meaning = "longest time before the earliest release for a transition house"),
};
TYPE(selection, "house_selection");

static const struct field evaluation_fields[] = {
    FIELD("error", SHARE, evaluation_object, error, .required = true, .high = 0.5,
          .meaning = "e0: chance that screening is wrong where nothing is learned yet; 0.5 is as "
                     "good as a coin"),
    FIELD("least_error", SHARE, evaluation_object, least_error, .required = true, .high = 0.5,
          .meaning = "e1: what is left of it in the end: after E house-years of evaluation it is "
                     "e1 + (e0 - e1) exp(-E / E0)"),
    FIELD("experience", DURATION, evaluation_object, experience, .required = true, .low = 1,
          .high = 1e7,
          .meaning = "E0, in years of one house: ten houses open for a year are ten years"),
    FIELD("from", DATE, evaluation_object, from,
          .meaning = "first day on which houses that publish their figures (transparent) are "
                     "evaluated; nothing is learned where not given"),
    FIELD("breach", NUMBER, evaluation_object, breach, .high = 100, .fallback = "1",
          .meaning = "factor on the hazard of house_selection.breach for those wrongly admitted"),
};
TYPE(evaluation, "evaluation");

static const struct field allocation_fields[] = {
    FIELD("least_left", DURATION, allocation_object, least_left, .high = 1e5, .fallback = "0 d",
          .meaning = "time left below which nobody is moved to a prison for sentences"),
    FIELD("first", CHOICE, allocation_object, first, .fallback = "date", .words = first_words,
          .meaning =
              "who is moved first: by date in the whole country, or the region's own people"),
    FIELD("moves", WHOLE, allocation_object, moves, .high = 1e6, .fallback = "1000000",
          .meaning = "people moved in a round, at most; of the region's own, in each region; no "
                     "limit where not given"),
};
TYPE(allocation, "allocation");

static const struct field balance_fields[] = {
    FIELD("from", SHARE, balance_object, from, .required = true, .high = 10,
          .meaning = "occupancy above which people are moved out"),
    FIELD("to", SHARE, balance_object, to, .required = true, .high = 10,
          .meaning = "occupancy below which people are taken"),
    FIELD("vans", WHOLE, balance_object, vans, .required = true, .high = 1e4,
          .meaning = "vans a day"),
    FIELD("seats", WHOLE, balance_object, seats, .required = true, .high = 1e3,
          .meaning = "seats in a van"),
};
TYPE(balance, "balance");

static const struct field measure_fields[] = {
    FIELD("name", TEXT, measure_object, name, .required = true,
          .meaning = "what it is called; unique"),
    FIELD("kind", CHOICE, measure_object, kind, .fallback = "early_release", .words = measure_words,
          .meaning = "what it does"),
    FIELD("from", DATE, measure_object, from,
          .meaning = "first day on which it may be on; of a pardon, its day"),
    FIELD("until", DATE, measure_object, until, .meaning = "first day on which it is off for good"),
    FIELD("looks_at", CHOICE, measure_object, looks_at, .fallback = "occupancy",
          .words = looks_at_words, .meaning = "the figure that on and off are about"),
    FIELD("on", SHARE, measure_object, on, .high = 1e9,
          .meaning = "occupancy, or number of people where it looks at one, above which it is "
                     "switched on: passed, not reached (460 of 1000 is not above 46 %); by dates "
                     "alone where not given"),
    FIELD("off", SHARE, measure_object, off, .high = 1e9,
          .meaning = "the same, below which it is switched off again"),
    FIELD("on_days", WHOLE, measure_object, on_days, .low = 1, .high = MEASURE_MOST_DAYS,
          .meaning = "switched on only if the figure was above on at the round of so many days"),
    FIELD("of_days", WHOLE, measure_object, of_days, .low = 1, .high = MEASURE_MOST_DAYS,
          .meaning = "of the last so many days, from its first day on"),
    FIELD("region", TEXT, measure_object, region,
          .meaning = "looks at and reaches this region only"),
    FIELD("facility", TEXT, measure_object, facility,
          .meaning = "looks at and acts on this facility only: the one that takes nobody, or that "
                     "gets the beds"),
    FIELD("review", DURATION, measure_object, review, .low = 1, .high = 1e4, .fallback = "1 d",
          .meaning = "time between two looks at the figure"),
    FIELD("notice", DURATION, measure_object, notice, .high = 1e4, .fallback = "0 d",
          .meaning = "time from decision to effect; none is given of the end by until"),
    FIELD("forward", DURATION, measure_object, forward, .high = 1e4,
          .meaning = "how much earlier people are released; what a pardon takes off"),
    FIELD("uptake", SHARE, measure_object, uptake, .high = 1, .fallback = "1",
          .meaning = "share of those eligible that gets it"),
    FIELD("fatigue", SHARE, measure_object, fatigue, .high = 1, .fallback = "0",
          .meaning = "what each earlier use takes off the uptake: it is uptake x (1 - fatigue)^n "
                     "when the measure was on n times before"),
    FIELD("reaches", CHOICE, measure_object, reaches, .fallback = "both", .words = reaches_words,
          .meaning = "people already serving, those who begin, or both"),
    FIELD("statuses", SET, measure_object, statuses, .words = status_words,
          .meaning = "legal statuses it holds for; all where not given"),
    FIELD("classes", NAMES, measure_object, classes,
          .meaning = "classes it holds for; all where not given"),
    FIELD("needs", SET, measure_object, needs, .words = need_words,
          .meaning = "needs of those it holds for; all where not given"),
    FIELD("least_sentence", DURATION, measure_object, least_sentence, .high = 1e5,
          .fallback = "0 d", .meaning = "shortest sentence it holds for"),
    FIELD("most_sentence", DURATION, measure_object, most_sentence, .high = 1e5,
          .fallback = "200 y", .meaning = "longest sentence it holds for"),
    FIELD("least_left", DURATION, measure_object, least_left, .high = 1e5, .fallback = "0 d",
          .meaning = "shortest time left to serve; of a phase without a sentence, to its end"),
    FIELD("most_left", DURATION, measure_object, most_left, .high = 1e5, .fallback = "200 y",
          .meaning = "longest time left to serve"),
    FIELD("residence", CHOICE, measure_object, residence, .fallback = "any",
          .words = residence_words, .meaning = "right of residence it asks for"),
    FIELD("all_offences", YES_NO, measure_object, all_offences, .fallback = "no",
          .meaning = "also for those with an exclusion"),
    FIELD("a_day", WHOLE, measure_object, a_day, .low = 1, .high = 1e9, .fallback = NO_LIMIT,
          .meaning = "people it takes in a day, at most; that come in a day after sentences were "
                     "postponed"),
    FIELD("at_once", WHOLE, measure_object, at_once, .high = 1e9, .fallback = NO_LIMIT,
          .meaning = "people under it at a time, at most: bracelets, rented places"),
    FIELD("total", WHOLE, measure_object, total, .high = 1e9, .fallback = NO_LIMIT,
          .meaning = "people it takes in the whole run, at most"),
    FIELD("enough", YES_NO, measure_object, enough, .fallback = "no",
          .meaning =
              "takes each day only as many as bring the figure to off, and only people whose "
              "leaving lowers it"),
    FIELD("order", CHOICE, measure_object, order, .fallback = "in_turn", .words = order_words,
          .meaning = "who comes first where not all can be taken"),
    FIELD("in_turn", YES_NO, measure_object, in_turn, .fallback = "no",
          .meaning = "out and in by turns: two people share a bed"),
    FIELD("turn", DURATION, measure_object, turn, .low = 1, .high = 1e4,
          .meaning = "how long a turn is, out or in"),
    FIELD("called_back", YES_NO, measure_object, called_back, .fallback = "no",
          .meaning = "whether people come back inside when it ends; else they stay until release"),
    FIELD("never", SHARE, measure_object, never, .high = 1, .fallback = "0",
          .meaning = "share of those whose sentence was postponed who never come"),
    FIELD("lapse", DISTRIBUTION, measure_object, lapse,
          .meaning =
              "time that a postponed sentence waits at most, under this measure and those it "
              "waited under before; then it lapses, and who waits leaves by exit; never "
              "where not given"),
    FIELD("exit", TEXT, measure_object, exit,
          .meaning = "by which those leave who never come: one of exits"),
    FIELD("to", TEXT, measure_object, to,
          .meaning = "the facility that people are moved to, which then takes nobody else; abroad "
                     "where not given"),
    FIELD("cost_day", NUMBER, measure_object, cost_day, .high = 1e9, .fallback = "0",
          .meaning = "what it costs while it is on, euro a day"),
    FIELD("cost_person_day", NUMBER, measure_object, cost_person_day, .high = 1e9, .fallback = "0",
          .meaning =
              "what it costs for each person under it, euro a day: bracelets, places abroad"),
    FIELD("beds", WHOLE, measure_object, beds, .low = 1, .high = 1e6,
          .meaning = "beds more while it is on, spread over prisons as their places are"),
};
TYPE(measure, "measure");

static const struct field incidents_fields[] = {
    FIELD("base", RATE_STEPS, incidents_object, base, .required = true, .high = 100,
          .meaning =
              "incidents for each person inside, where people do not exceed places; by date"),
    FIELD("grow", NUMBER, incidents_object, grow, .required = true, .high = 20,
          .meaning = "b: at pressure p (last week's person-days over place-days) they happen at "
                     "base x exp(b (p - 1)), at base where p is below 1"),
};
TYPE(incidents, "incidents");

static const struct field slows_fields[] = {
    FIELD("pressure", NUMBER, slows_object, pressure, .required = true, .high = 100,
          .meaning =
              "c, for each unit of pressure p above 1: procedures at desks and screening take "
              "1 + c (p - 1) + d v times as long, activities hold 1 - c (p - 1) - d v of "
              "their programme"),
    FIELD("vacancy", NUMBER, slows_object, vacancy, .high = 100, .fallback = "0",
          .meaning = "d, for the share v of posts of the facility that are not filled"),
};
TYPE(slows, "procedures");

static const struct field pressure_fields[] = {
    OBJECT("incidents", incidents, pressure_object, incidents,
           .meaning = "incidents in facilities, a Poisson number each week"),
    OBJECT("procedures", slows, pressure_object, procedures,
           .meaning =
               "cases at desks and screenings of people in a facility, or in police custody on "
               "their way to one, take longer, from the next one that begins"),
    OBJECT("activities", slows, pressure_object, activities,
           .meaning = "work, lessons, visits: the share of the programme that is held"),
};
TYPE(pressure, "pressure");

static const struct field staff_fields[] = {
    FIELD("at_start", SHARE, staff_object, at_start, .high = 1, .fallback = "1",
          .meaning = "share of a facility's posts that is filled at the start, or as it opens"),
    FIELD("leavers", SHARE, staff_object, leavers, .required = true, .high = 10,
          .meaning =
              "rate a year at which they leave: within a week with chance 1 - exp(-leavers (1 + "
              "leavers_pressure (p - 1)) 7 / 365.25)"),
    FIELD("leavers_pressure", NUMBER, staff_object, leavers_pressure, .high = 100, .fallback = "0",
          .meaning = "growth of leavers for each unit of pressure p above 1"),
    FIELD("recruiting", DURATION, staff_object, recruiting, .required = true, .low = 1, .high = 1e5,
          .meaning =
              "mean time until a vacancy is filled: within a week with chance 1 - exp(-7 d / "
              "recruiting)"),
    FIELD("absence", SHARE, staff_object, absence, .required = true, .high = 1,
          .meaning = "share of those in service who are absent, strikes left out"),
    FIELD("absence_pressure", NUMBER, staff_object, absence_pressure, .high = 10, .fallback = "0",
          .meaning = "a: at pressure p the share is absence + a (p - 1), at most 1"),
    FIELD("least_share", SHARE, staff_object, least_share, .high = 1, .fallback = "0",
          .meaning =
              "share of its posts below which, by those in service, a house takes nobody new"),
    FIELD("house_leavers", NUMBER, staff_object, house_leavers, .high = 10, .fallback = "1",
          .meaning = "factor on leavers in detention and transition houses"),
    FIELD("house_absence", NUMBER, staff_object, house_absence, .high = 10, .fallback = "1",
          .meaning = "factor on absence there"),
};
TYPE(staff, "staff");

static const struct field strike_fields[] = {
    FIELD("from", DATE, strike_object, from, .required = true, .meaning = "its first day"),
    FIELD("until", DATE, strike_object, until, .required = true,
          .meaning = "the first day after it"),
    FIELD("share", SHARE, strike_object, share, .required = true, .high = 1,
          .meaning =
              "share of those who would be present that stays away; of two strikes on one day "
              "each takes its share of whom the other leaves"),
    FIELD("region", TEXT, strike_object, region,
          .meaning = "one of regions; everywhere where not given"),
};
TYPE(strike, "strike");

static const struct field feedback_fields[] = {
    FIELD("name", TEXT, feedback_object, name, .required = true,
          .meaning = "what it is called; unique"),
    FIELD("classes", NAMES, feedback_object, classes, .required = true,
          .meaning = "classes whose intake or sentences follow"),
    FIELD("acts_on", CHOICE, feedback_object, acts_on, .required = true, .words = acts_on_words,
          .meaning = "what is multiplied"),
    FIELD("at", SHARE, feedback_object, at, .required = true, .high = 10,
          .meaning = "occupancy of the nation at which nothing changes"),
    FIELD("slope", NUMBER, feedback_object, slope, .required = true, .low = -100, .high = 100,
          .meaning =
              "the factor is 1 + slope x (occupancy of the last 365 days - at), anew every 365 "
              "days from the run's first; 1 in the first 365"),
    FIELD("least", NUMBER, feedback_object, least, .required = true, .high = 1,
          .meaning = "the factor is never below it"),
    FIELD("most", NUMBER, feedback_object, most, .required = true, .low = 1, .high = 100,
          .meaning = "the factor is never above it"),
};
TYPE(feedback, "feedback");

static const struct field law_fields[] = {
    FIELD("name", TEXT, law_object, name, .required = true, .meaning = "what it is called; unique"),
    FIELD("from", DATE, law_object, from, .required = true,
          .meaning = "the day on which it comes into force"),
    FIELD("reaches", CHOICE, law_object, reaches, .required = true, .words = law_words,
          .meaning = "whom it holds for"),
    {.name = "set",
     .type = FIELD_PATHS,
     .words = set_words,
     .meaning = "what it changes, by path as set does: stay, stays, serve, then and clocks of a "
                "phase, sentence, served and repeat of a class, time at a desk, earliest_share: "
                "{'pathways.arrested[sentence].stay': {times: 0.8}}"},
};
TYPE(law, "law");

static const struct field text_fields[] = {
    FIELD("of", CHOICE, text_object, of, .required = true, .words = text_words,
          .meaning = "what it says"),
    FIELD("word", TEXT, text_object, word,
          .meaning = "of a name: the name as the scenario has it, say of a region or a measure"),
    FIELD("en", TEXT, text_object, en,
          .meaning = "in English; where a language is missing, another stands in"),
    FIELD("nl", TEXT, text_object, nl, .meaning = "in Dutch"),
    FIELD("fr", TEXT, text_object, fr, .meaning = "in French"),
};
TYPE(text, "text");

static const struct field counted_fields[] = {
    FIELD("date", DATE, counted_object, date, .required = true,
          .meaning = "the day of the count; of a mean over a year, its middle"),
    FIELD("series", CHOICE, counted_object, series, .required = true, .words = counted_words,
          .meaning = "what was counted"),
    FIELD("region", TEXT, counted_object, region,
          .meaning = "one of regions; the nation where neither this nor a facility is given"),
    FIELD("facility", TEXT, counted_object, facility, .meaning = "a facility's name"),
    FIELD("value", NUMBER, counted_object, value, .required = true, .high = 1e8,
          .meaning = "how many: persons, or places"),
    FIELD("source", TEXT, counted_object, source, .meaning = OWN_SOURCE),
};
TYPE(counted, "count");

static const struct field keep_fields[] = {
    FIELD("place", CHOICE, keep_object, scope, .required = true, .words = scope_words,
          .meaning = "where"),
    FIELD("tick", CHOICE, keep_object, tick, .required = true, .words = tick_words,
          .meaning = "how often"),
    FIELD("series", NAMES, keep_object, series,
          .meaning = "only these series; all where not given"),
};
TYPE(keep, "record");
const struct object_type record_type = {"record", sizeof(struct keep_object), keep_fields,
                                        COUNT(keep_fields), NULL};

static const struct field scenario_fields[] = {
    FIELD("name", TEXT, scenario, name, .required = true, .meaning = "what the scenario is called"),
    FIELD("description", TEXT, scenario, description, .meaning = "what it asks, in a sentence"),
    FIELD("extends", TEXT, scenario, extends,
          .meaning = "a scenario file that this one is laid over"),
    {.name = "set",
     .type = FIELD_PATHS,
     .words = set_words,
     .meaning =
         "values changed by path, last of all: {'facilities[Haren].capacity': 1200, "
         "'intake[arrested].rate': {times: 0.9}}; policy unless it says {to: 1200, world: yes}"},
    {.name = "add",
     .type = FIELD_PATHS,
     .words = path_words,
     .meaning = "items put behind those of a list: {facilities: [{name: New, region: north, "
                "capacity: 300}]}"},
    {.name = "drop",
     .type = FIELD_PATHS,
     .words = path_words,
     .meaning = "what is taken out of the scenario that this one extends, first of all, a path on "
                "each line: - facilities[Haren]"},
    {.name = "uncertain",
     .type = FIELD_PATHS,
     .words = draw_words,
     .meaning =
         "fields that are not known, by path, each with a distribution of its value or of a factor "
         "on it, drawn once for each replication: {house_selection.suitable: {triangular: {low: 15 "
         "%, mode: 25 %, high: 35 %}}, 'intake[arrested].rate': {times: {lognormal: {mean: 1, cv: "
         "0.05}}}}; what is laid over acts on what is drawn; the values drawn are the result's "
         "series parameter"},
    {.name = "posterior",
     .type = FIELD_PATHS,
     .words = draw_words,
     .meaning = "values that belong together, say of a calibration: a table with a path (and "
                "'times' or 'plus' behind it, where it changes so) as the heading of each column; "
                "each replication draws one of its rows: {csv: posterior.csv}"},
    {.name = "sources",
     .type = FIELD_PATHS,
     .words = source_words,
     .meaning =
         "where the numbers come from, by path, {people.women: {grade: A, text: counted on 5 March "
         "2020}}, or {csv: sources.csv} with the columns path, grade and text. A path to a map or "
         "a list covers all below it, and where several cover a number the longest holds; what a "
         "file writes anew (also by times and plus) has its source in that file or above it. It "
         "changes nothing in a run; 'doorstroom check --sources' prints every number with its "
         "source"},
    FIELD("chance", WHOLE, scenario, chance, .low = 1, .high = 1e6, .fallback = "1", .chosen = true,
          .meaning = "replications for each draw of what is uncertain: with 20, replications 0 to "
                     "19 have one draw, and what differs among them is chance"),
    FIELD("start", DATE, scenario, start, .required = true, .chosen = true,
          .meaning = "first day of the result"),
    FIELD("horizon", SPAN, scenario, horizon_span, .required = true, .low = 1, .high = 400000,
          .chosen = true, .meaning = "how long the result runs"),
    FIELD("warm_up", SPAN, scenario, warm_up_span, .high = 400000, .fallback = "0 d",
          .chosen = true, .meaning = "time simulated before the start and left out of the result"),
    FIELD("round", DURATION, scenario, round, .low = 0.01, .high = 1, .fallback = "1 d",
          .chosen = true, .meaning = "time between two rounds of the placement office"),
    FIELD("replications", WHOLE, scenario, replications, .low = 1, .high = 1e7, .fallback = "100",
          .chosen = true, .meaning = "how many futures are simulated"),
    FIELD("seed", WHOLE, scenario, seed, .high = 9e15, .fallback = "1", .chosen = true,
          .meaning = "names the random numbers"),
    FIELD("vary", SET, scenario, vary, .words = vary_words,
          .meaning = "purposes whose random numbers are drawn anew, by another seed; those of all "
                     "others stay"),
    FIELD("capacity_word", CHOICE, scenario, capacity_word, .fallback = "main",
          .words = capacity_words, .meaning = "which capacity counts"),
    FIELD("small_scale_cap", WHOLE, scenario, small_scale_cap, .low = 1, .high = 1e6,
          .meaning = "most residents of a small-scale house; where not given, every house is one"),
    FIELD("enforce_cap", YES_NO, scenario, enforce_cap, .fallback = "no",
          .meaning = "whether a house above the cap is an error"),
    FIELD("cap_from", DATE, scenario, cap_from,
          .meaning = "first day on which small_scale_cap acts: houses whose opens, or whose "
                     "project's starts, is from then on are split into houses up to it; others, "
                     "also one on its way already, have no more places than it, or shrink to it "
                     "as people leave; never where not given"),
    FIELD("earliest_share", SHARE, scenario, first_share_served, .high = 1,
          .meaning = "share of the sentence after which release is possible; to be given where a "
                     "phase serves earliest, 0 otherwise"),
    FIELD("earliest_share_repeat", SHARE, scenario, repeat_share_served, .high = 1,
          .meaning = "the same for repeat offenders; as earliest_share where not given"),
    FIELD("regions", NAMES, scenario, regions, .required = true, .meaning = "names of the regions"),
    FIELD("exits", NAMES, scenario, exits, .fallback = "[released]",
          .meaning = "ways to leave, other than by a phase"),
    FIELD("facilities", OBJECTS, scenario, facilities, .required = true, .object = &facility_type,
          .meaning = "prisons, houses and centres"),
    FIELD("facility_history", OBJECTS, scenario, history, .object = &step_type,
          .meaning = "changes of their figures by date"),
    FIELD("intake", OBJECTS, scenario, intake, .required = true, .object = &intake_type,
          .meaning = "who arrives, where and how often"),
    FIELD("intake_level", STEPS, scenario, intake_level, .high = 100,
          .meaning = "factor on all intake, by date; 1 where not given"),
    FIELD("intake_matches_stock", YES_NO, scenario, intake_matches_stock, .fallback = "no",
          .meaning =
              "multiply the intake of all who come in one legal status by one factor, so that "
              "by Little's law it gives the people inside whom stock counts; where stays are "
              "drawn, anew for each draw"),
    FIELD("come_back", OBJECTS, scenario, come_back, .object = &come_back_type,
          .meaning = "who of those released comes back, and when"),
    FIELD("intake_counts", CHOICE, scenario, intake_counts, .fallback = "primary",
          .words = counts_words,
          .meaning = "what the rates of intake count where people come back; to be given there"),
    FIELD("drift", OBJECTS, scenario, drift, .object = &drift_type,
          .meaning =
              "intake that wanders for years at a time, anew in each replication, around the "
              "rates given: their mean stays"),
    FIELD("pathways", OBJECT_MAP, scenario, pathways, .required = true, .keys = "class",
          .object = &phase_type,
          .meaning = "for each class the phases it goes through; the first is where it begins"),
    FIELD("stages", OBJECT_MAP, scenario, stages, .keys = "process", .object = &stage_type,
          .meaning = "processes by name: the stages that projects of facilities go through, in "
                     "their order"),
    FIELD("hand_over", DISTRIBUTION, scenario, hand_over,
          .meaning = "time before each try of a stage whose party is not that of the stage before "
                     "it; none where not given"),
    FIELD("master_plan", OBJECTS, scenario, master_plan, .object = &building_type,
          .meaning = "phases of building, each with so many projects at a time; projects of no "
                     "phase start when they say"),
    OBJECT("coordination", coordination, scenario, coordination,
           .meaning = "a platform of all parties of projects, which shortens hand-overs and makes "
                      "failures rarer"),
    FIELD("classes", OBJECTS, scenario, classes, .object = &class_type,
          .meaning = "what the people of a class have in common"),
    OBJECT("people", people, scenario, people, .meaning = "attributes of everybody"),
    FIELD("desks", OBJECTS, scenario, desks, .object = &desk_type,
          .meaning = "who carries out procedures"),
    FIELD("stock", OBJECTS, scenario, stock, .object = &stock_type,
          .meaning = "people who are there on the first day of the run, before any warm_up"),
    OBJECT("house_selection", selection, scenario, house_selection,
           .meaning = "how residents of houses are found"),
    OBJECT("evaluation", evaluation, scenario, evaluation,
           .meaning =
               "who would do well in a house is known to nobody (house_selection.suitable is "
               "their share), screening errs both ways, and learns from houses that report; "
               "it does not err where not given"),
    OBJECT("allocation", allocation, scenario, allocation,
           .meaning = "moves of the sentenced to prisons for sentences"),
    OBJECT("balance", balance, scenario, balance,
           .meaning = "moves from crowded prisons to others"),
    OBJECT("pressure", pressure, scenario, pressure,
           .meaning = "what crowding does, looked at every seven days from the run's first on, "
                      "facility by facility, by last week's person-days over place-days; in the "
                      "first week, and without places, it does nothing"),
    OBJECT("staff", staff, scenario, staff,
           .meaning = "who fills the posts of facilities, in whole persons; a facility without "
                      "posts has no staff"),
    FIELD("strikes", OBJECTS, scenario, strikes, .object = &strike_type,
          .meaning = "days on which a share of the staff stays away"),
    FIELD("feedback", OBJECTS, scenario, feedback, .object = &feedback_type,
          .meaning =
              "intake or sentences that follow last year's occupancy, as courts might; nobody "
              "has measured that"),
    FIELD("law", OBJECTS, scenario, law, .object = &law_type,
          .meaning = "what holds from a date on: stays, what follows, sentences, served shares, "
                     "times at desks; one after the other, in the order of the list"),
    FIELD("measures", OBJECTS, scenario, measures, .object = &measure_type,
          .meaning =
              "what is done against overcrowding: early release, leave, bracelets, beds and so on"),
    FIELD("texts", OBJECTS, scenario, texts, .object = &text_type, .for_readers = true,
          .meaning = "words for reports in three languages; of the title and of the question the "
                     "last row holds, of a name too. They change nothing in a run"),
    FIELD("counted", OBJECTS, scenario, counted, .object = &counted_type, .for_readers = true,
          .meaning = "what was counted, shown beside what is simulated. It changes nothing in a "
                     "run"),
    FIELD("record", OBJECTS, scenario, keep, .object = &keep_type,
          .meaning = "what the result keeps, by place; nation and regions by day, facilities by "
                     "month where not given"),
};
_Static_assert(OFFSET(const struct node *, scenario, node) == 0, "it begins with its node");
const struct object_type scenario_type = {"scenario", sizeof(struct scenario), scenario_fields,
                                          COUNT(scenario_fields), NULL};

static const char *const type_text[FIELD_TYPES] = {
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
    [FIELD_OBJECT] = "a map",
    [FIELD_OBJECTS] = "a list of maps",
    [FIELD_OBJECT_MAP] = "a map of lists",
    [FIELD_PATHS] = "paths such as facilities[Haren].capacity",
};

const char *
field_type_text(enum field_type type)
{
    return type_text[type];
}

/* What a type's values mean beyond their spelling. */
static const char *const type_note[FIELD_TYPES] = {
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
field_in(const struct object_type *type, const char *name)
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
    const struct object_type *object = &scenario_type;

    for (;;) {
        size_t length = strcspn(path, ".");
        const struct field *found = NULL;
        for (size_t i = 0; i < object->fields && found == NULL; i++)
            if (strncmp(object->field[i].name, path, length) == 0 &&
                object->field[i].name[length] == '\0')
                found = &object->field[i];
        if (found == NULL || path[length] == '\0')
            return found;
        if (found->object == NULL)
            return NULL;
        object = found->object;
        path += length + 1;
    }
}

static void
each(const struct object_type *object, const char *prefix,
     void (*visit)(const char *, const struct field *, void *), void *context)
{
    for (size_t i = 0; i < object->fields; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s%s", prefix, object->field[i].name);
        visit(path, &object->field[i], context);
        if (object->field[i].object != NULL) {
            snprintf(path, sizeof path, "%s%s.", prefix, object->field[i].name);
            each(object->field[i].object, path, visit, context);
        }
    }
}

void
field_each(void (*visit)(const char *path, const struct field *field, void *context), void *context)
{
    each(&scenario_type, "", visit, context);
}
