#include "words.h"

#include <stdio.h>
#include <string.h>

#define STATUS       " status statuses "
#define KIND         " kind "
#define LOOKS_AT     " looks_at "
#define ORDER        " order "
#define USE          " use "
#define FULL         " when_full "
#define SEX          " sexes "
#define NEED         " needs "
#define EXCLUSION    " exclusions "
#define AGE          " ages "
#define SERVE        " serve "
#define PLACE        " place "
#define CAPACITY     " capacity_word "
#define STEP         " field "
#define TICK         " tick "
#define OPERATOR     " operator "
#define COUNTS       " intake_counts "
#define ACTS_ON_WORD " acts_on "
#define REACHES      " reaches "
#define RESIDENCE    " residence "
#define FIRST        " first "
#define SERVES       " serves "
#define TEXT_OF      " of "
#define SERIES       " series "
#define VARY         " vary "
#define PATHS        " set add drop uncertain posterior sources "
#define CHANGES      " set uncertain posterior "
#define SETS         " set "
#define SOURCES      " sources "

const struct word word_table[] = {
    {STATUS, "remand", "not yet sentenced (beklaagde, prévenu)"},
    {STATUS, "convicted", "serving a sentence (veroordeelde, condamné)"},
    {STATUS, "internee",
     "not held responsible and interned (geïnterneerde, interné); waits in prison for a forensic "
     "centre"},
    {KIND, "prison",
     "crowds when full: admits always, and beyond its beds people sleep on the floor; accepts all "
     "legal statuses"},
    {KIND, "detention_house",
     "refuses when full, so never above capacity; accepts convicted people, by selection: see "
     "house_selection"},
    {KIND, "transition_house",
     "refuses when full; accepts convicted people near their release, by selection: see "
     "house_selection.window"},
    {KIND, "forensic_centre",
     "refuses when full; accepts internees, who wait in prison until it has a place, in order of "
     "date"},
    {KIND, "rented", "rented or modular places: refuses when full; accepts convicted people"},
    {KIND, "early_release",
     "a measure: the last phase ends some months before its time; see measures.forward"},
    {KIND, "extended_leave",
     "a measure: people of prisons go home, until release or by turns so that two people share a "
     "bed; days on leave count as served; see measures.in_turn"},
    {KIND, "postpone",
     "a measure: whoever would come to serve a sentence waits outside, and comes when it ends"},
    {KIND, "electronic_monitoring",
     "a measure: people go home and serve the rest there, as many at once as there are bracelets"},
    {KIND, "transfer_out",
     "a measure: people move to rented places or abroad; abroad they are no part of the "
     "population; see measures.to"},
    {KIND, "extra_beds",
     "a measure: more beds in prisons and no more places: fewer people on the floor, the same "
     "overcrowding"},
    {KIND, "entry_stop",
     "a measure: a facility takes nobody while it is on, and its entries go elsewhere"},
    {KIND, "pardon", "a measure: once, on a date, some months come off what is to be served"},
    {LOOKS_AT, "occupancy", "people over places of the nation, the region or the facility"},
    {LOOKS_AT, "above_capacity", "people above capacity, facility by facility"},
    {LOOKS_AT, "floor_sleepers", "people beyond the beds, facility by facility"},
    {ORDER, "in_turn", "whose phase began first"},
    {ORDER, "least_left", "who has the least time left"},
    {ORDER, "longest_served", "who has served longest"},
    {USE, "mixed", "takes entries and holds those who are sentenced"},
    {USE, "arrest",
     "takes entries; sentenced people are due to a prison for sentences and crowd it until they "
     "move"},
    {USE, "sentences", "takes no entries; filled by allocation, below its ceiling"},
    {USE, "open", "an open prison for sentences, filled by allocation"},
    {USE, "internees", "a prison's wing for internees, filled in order of date"},
    {FULL, "by_kind", "a prison crowds, any other kind refuses"},
    {FULL, "crowd", "admits always, above capacity"},
    {FULL, "refuse", "sends away whoever comes when it is full: a loss system"},
    {FULL, "wait", "lets people wait at its door, first come first served"},
    {SEX, "men", "takes men"},
    {SEX, "women", "takes women"},
    {NEED, "none", "no special need"},
    {NEED, "young_adult", "18 to 25 years old"},
    {NEED, "vulnerable", "psychologically vulnerable"},
    {NEED, "elderly", "60 years and older"},
    {NEED, "mother", "mother with a child"},
    {NEED, "addiction", "acute addiction"},
    {EXCLUSION, "sexual",
     "sexual offences: left out of houses, and of measures that do not say otherwise"},
    {EXCLUSION, "terrorist", "terrorist offences: left out of houses and measures likewise"},
    {EXCLUSION, "high_risk", "high risk: left out of houses and measures likewise"},
    {AGE, "under_25", "18 to 24 years old"},
    {AGE, "25_34", "25 to 34 years old"},
    {AGE, "35_49", "35 to 49 years old"},
    {AGE, "50_59", "50 to 59 years old"},
    {AGE, "60_over", "60 years and older"},
    {SERVE, "nothing", "the phase does not follow a sentence"},
    {SERVE, "earliest",
     "until the earliest legal date: earliest_share of the sentence, earliest_share_repeat for "
     "repeat offenders"},
    {SERVE, "share", "until the served share of the sentence: classes.served"},
    {SERVE, "all", "until the end of the sentence"},
    {PLACE, "inside", "in a facility"},
    {PLACE, "home", "at home: electronic monitoring, leave, conditions"},
    {PLACE, "outside", "waiting outside with a sentence to serve, until called"},
    {PLACE, "nation", "one value for all"},
    {PLACE, "region", "a value for each region"},
    {PLACE, "facility", "a value for each facility"},
    {TICK, "day", "a row a day"},
    {TICK, "week", "a row a week, from its Monday"},
    {TICK, "month", "a row a month"},
    {TICK, "year", "a row a year"},
    {CAPACITY, "main", "facilities.capacity"},
    {CAPACITY, "design", "facilities.capacity_design: places as built"},
    {CAPACITY, "certified", "facilities.capacity_certified: places as certified"},
    {CAPACITY, "operational", "facilities.capacity_operational: places in use"},
    {CAPACITY, "staffed", "facilities.capacity_staffed: places with staff"},
    {STEP, "capacity", "facilities.capacity changes"},
    {STEP, "beds", "facilities.beds changes"},
    {STEP, "entry", "facilities.entry changes"},
    {STEP, "ceiling", "facilities.ceiling changes"},
    {OPERATOR, "public", "run by the prison service"},
    {OPERATOR, "non_profit", "run by a private organisation without profit"},
    {OPERATOR, "commercial", "run by a private firm"},
    {REACHES, "both",
     "people who serve already, and those who begin later; of a law: phases that are running end "
     "at the same quantile of the new stay, and not before its day; cases at desks that have begun "
     "take what they would have taken"},
    {REACHES, "inside", "people who serve already when the measure begins"},
    {REACHES, "new",
     "people who begin to serve while it holds; of a law: phases and sentences that begin from its "
     "day on"},
    {RESIDENCE, "any", "with or without right of residence"},
    {RESIDENCE, "with", "with right of residence alone"},
    {RESIDENCE, "without", "without right of residence alone"},
    {FIRST, "date", "in order of date in the whole country"},
    {FIRST, "region", "the region's own people first, side by side; the nation comes last"},
    {SERVES, "nation", "one desk for all"},
    {SERVES, "region", "a desk in each region"},
    {SERVES, "facility", "a desk in each facility"},
    {VARY, "arrival", "when people arrive; the nth of a source stays who it was"},
    {VARY, "attributes", "sex, age, need, right of residence, offences, sentence and served share"},
    {VARY, "stay", "how long phases, procedures and competing clocks last"},
    {VARY, "next", "which phase or exit follows"},
    {VARY, "court", "which prison a court sends to, by entry weights"},
    {VARY, "screening", "who is found suitable for a house, and how long screening takes"},
    {VARY, "breach", "whether and when a stay in a house is broken off"},
    {VARY, "hand_off", "how long a place stays empty between two residents"},
    {VARY, "uptake", "who of those eligible a measure is for"},
    {VARY, "stock", "who is there at the start, in which phase and for how long already"},
    {VARY, "drift", "how intake wanders"},
    {VARY, "uncertain", "what is drawn for each replication"},
    {VARY, "project", "how long stages of projects take, which fail, which funding is renewed"},
    {VARY, "incident", "how many incidents happen in a week"},
    {VARY, "staff", "who of the staff leaves, and which vacancies are filled"},
    {VARY, "postponed", "who of those whose sentence was postponed never comes"},
    {VARY, "prospect", "about whom screening errs, where it does"},
    {VARY, "come_back", "who of those released comes back, and when"},
    {COUNTS, "primary", "those who come for the first time: who comes back is added to them"},
    {COUNTS, "total",
     "all entries, as published: those who come back are taken off, so that as many come in all "
     "from the first day on"},
    {ACTS_ON_WORD, "intake", "the rate at which the classes come in for the first time"},
    {ACTS_ON_WORD, "sentence",
     "the sentence of whoever comes in, and with it what is served and the earliest date"},
    {TEXT_OF, "title", "what a reader calls the scenario"},
    {TEXT_OF, "question", "what the scenario asks"},
    {TEXT_OF, "name", "a name of the scenario, its word, as a reader knows it"},
    {TEXT_OF, "use", "what the scenario may be used for"},
    {TEXT_OF, "not_for", "what it may not be used for"},
    {TEXT_OF, "error", "a known error of it, and in which direction"},
    {TEXT_OF, "source", "where its numbers come from"},
    {SERIES, "population", "people of counted facilities, as the series"},
    {SERIES, "capacity", "places, as the series"},
    {SERIES, "floor_sleepers", "people beyond the beds, as the series"},
    {PATHS, "path",
     "names fields by dots and the items of a list by what they are called: "
     "facilities[Haren].capacity, intake[arrested,north].rate, "
     "pathways.arrested[sentence].then.end_of_sentence, desks[court].time.gamma.mean, and the "
     "value from a date on by it: intake_level.2020-03-14. A part of a "
     "key means all that fit, intake[north].rate; where it fits two fields it says which, "
     "intake[region=north].rate; [*] is every item. A name with . [ ] , = or \" in it stands "
     "between double quotes, a quote inside twice: facilities[\"Quay, \"\"old\"\"\"].beds"},
    {CHANGES, "times",
     "a factor, {times: 0.9} or {times: 90 %}: on a number in its unit, on each value of steps by "
     "date, of a profile or of fractions, on all times of a distribution (a cv stays); whole "
     "numbers are rounded to the nearest; of a map of shares one is changed, and the others are "
     "scaled to a sum of 1"},
    {CHANGES, "plus",
     "what is added, {plus: 100} or {plus: -10 d}: like times; a distribution's mean moves by it "
     "(a cv stays), and so does a date, in calendar time"},
    {CHANGES, "to",
     "the value itself, where world stands beside it: {to: 1200, world: yes}; else, and where it "
     "is "
     "drawn, it may be written alone"},
    {SETS, "world",
     "yes: it holds for the scenario that the stock is drawn from too, the file in which stock "
     "stands; else it is policy, which does not change who is there at the start"},
    {SOURCES, "grade", "A, B or C: how much is known of a number"},
    {SOURCES, "text", "where a number comes from, or why it is assumed, in words"},
    {SOURCES, "A", "a published figure"},
    {SOURCES, "B", "derived from published figures"},
    {SOURCES, "C", "an assumption"},
};
const size_t word_count = sizeof word_table / sizeof *word_table;

const struct word *
word_find(const char *field, const char *word)
{
    char within[64];

    snprintf(within, sizeof within, " %s ", field);
    for (size_t i = 0; i < word_count; i++)
        if (strcmp(word_table[i].word, word) == 0 && strstr(word_table[i].fields, within) != NULL)
            return &word_table[i];
    return NULL;
}

#define MEAN "the mean"
#define CV   "standard deviation over mean"

const struct distribution_text distribution_texts[DIST_KINDS] = {
    [DIST_FIXED] = {"always the same", "fixed: 30 d", {"the value"}},
    [DIST_EXPONENTIAL] = {"without memory: ends at the same rate however long it has lasted",
                          "exponential: 30 d",
                          {MEAN}},
    [DIST_LOGNORMAL] = {"its logarithm is normal: many short ones, a long tail",
                        "lognormal: {mean: 4.1 mo, cv: 0.9}",
                        {MEAN, CV}},
    [DIST_GAMMA] = {"as a sum of exponential stages: cv 1 is exponential, less is more regular",
                    "gamma: {mean: 20 d, cv: 0.6}",
                    {MEAN, CV}},
    [DIST_WEIBULL] = {"its rate of ending falls (cv above 1) or rises (cv below 1) with time",
                      "weibull: {mean: 20 d, cv: 1.3}",
                      {MEAN, CV}},
    [DIST_HYPEREXPONENTIAL] = {"one of two exponentials, each bringing half of the mean",
                               "hyperexponential: {mean: 90 d, cv: 2}",
                               {MEAN, CV ", at least 1"}},
    [DIST_UNIFORM] = {"anything between two values, all as likely",
                      "uniform: {low: 10 d, high: 30 d}",
                      {"the least", "the most"}},
    [DIST_TRIANGULAR] = {"between two values, likeliest at one in between",
                         "triangular: {low: 10 d, mode: 15 d, high: 40 d}",
                         {"the least", "the likeliest", "the most"}},
    [DIST_EMPIRICAL] = {"as published: quantiles with straight lines between them, a map of shares "
                        "from 0 to 1 and values, both rising; or a list or table (csv) of rows, "
                        "{value: 30 d, count: 12} or {from: 1 mo, to: 3 mo, count: 40}, in a range "
                        "all as likely; share: may stand for count:, and then they sum to 1",
                        "empirical: {0: 1 d, 0.5: 60 d, 1: 300 d}",
                        {0}},
    [DIST_MIXTURE] = {"one of several distributions, each with its weight; weights sum to 1, "
                      "mixtures lie at most 3 deep",
                      "mixture: [{weight: 0.7, of: {exponential: 40 d}}, {weight: 0.3, of: "
                      "{fixed: 1 y}}]",
                      {0}},
};
