#include "series.h"

#include "sim/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EVERYWHERE true, true, true
#define NO_FACILITY true, true, false
#define NATION true, false, false
#define FACILITY false, false, true

const struct series series_table[] = {
    {"population", OF_LEVEL, LEVEL_POPULATION, OVER_STATUS, EVERYWHERE, "persons",
     "People in prisons and houses", "Bevolking", "Population",
     "mean number inside, by legal status; forensic centres are not part of it"},
    {"women", OF_LEVEL, LEVEL_WOMEN, OVER_NOTHING, NO_FACILITY, "persons", "Women", "Vrouwen",
     "Femmes", "mean number of women inside"},
    {"no_residence", OF_LEVEL, LEVEL_NO_RESIDENCE, OVER_NOTHING, NO_FACILITY, "persons",
     "Without right of residence", "Zonder verblijfsrecht", "Sans droit de séjour",
     "mean number inside without right of residence"},
    {"capacity", OF_LEVEL, LEVEL_CAPACITY, OVER_NOTHING, EVERYWHERE, "places", "Capacity",
     "Capaciteit", "Capacité", "places of open facilities, by the scenario's capacity word"},
    {"beds", OF_LEVEL, LEVEL_BEDS, OVER_NOTHING, EVERYWHERE, "beds", "Beds", "Bedden", "Lits",
     "beds of open facilities"},
    {"above_capacity", OF_LEVEL, LEVEL_ABOVE, OVER_NOTHING, EVERYWHERE, "persons",
     "People above capacity", "Boven de capaciteit", "Au-dessus de la capacité",
     "mean of the sum over facilities of max(0, population - capacity)"},
    {"floor_sleepers", OF_LEVEL, LEVEL_FLOOR, OVER_NOTHING, EVERYWHERE, "persons",
     "Floor sleepers", "Grondslapers", "Détenus dormant au sol",
     "mean of the sum over facilities of max(0, population - beds)"},
    {"custody", OF_LEVEL, LEVEL_CUSTODY, OVER_NOTHING, NO_FACILITY, "persons", "In police custody",
     "In politiecel", "En cellule de police", "arrived and not yet placed by the daily round"},
    {"at_home", OF_LEVEL, LEVEL_HOME, OVER_NOTHING, NO_FACILITY, "persons", "At home", "Thuis",
     "À domicile", "electronic monitoring, leave or conditions, at home"},
    {"waiting_outside", OF_LEVEL, LEVEL_OUTSIDE, OVER_NOTHING, NO_FACILITY, "persons",
     "Waiting outside", "Wachtend buiten", "En attente à l'extérieur",
     "with a sentence to serve and not called"},
    {"at_the_door", OF_LEVEL, LEVEL_DOOR, OVER_NOTHING, EVERYWHERE, "persons", "Waiting at the door",
     "Wachtend aan de deur", "En attente d'admission", "waiting for one full facility"},
    {"screening", OF_LEVEL, LEVEL_SCREENING, OVER_NOTHING, NO_FACILITY, "persons",
     "In screening for a house", "In screening voor een huis", "En examen pour une maison",
     "inside and being screened for a house"},
    {"waiting_for_house", OF_LEVEL, LEVEL_WAIT_HOUSE, OVER_NOTHING, NO_FACILITY, "persons",
     "Waiting for a house", "Wachtend op een huis", "En attente d'une maison",
     "found suitable and waiting for a place in a house"},
    {"waiting_for_allocation", OF_LEVEL, LEVEL_WAIT_ALLOCATION, OVER_NOTHING, NO_FACILITY,
     "persons", "Waiting for a prison for sentences", "Wachtend op een strafhuis",
     "En attente d'un établissement pour peines", "due to a prison for sentences that has no room"},
    {"vacating", OF_LEVEL, LEVEL_VACATING, OVER_NOTHING, EVERYWHERE, "places",
     "Places in hand-off", "Plaatsen in wissel", "Places en transition",
     "places that stay empty between one resident and the next"},
    {"house_residents", OF_LEVEL, LEVEL_RESIDENTS, OVER_NOTHING, NO_FACILITY, "persons",
     "Residents of houses", "Bewoners van huizen", "Résidents des maisons",
     "people in detention and transition houses"},
    {"centre_residents", OF_LEVEL, LEVEL_CENTRE, OVER_NOTHING, NO_FACILITY, "persons",
     "In forensic centres", "In forensische centra", "En centres médico-légaux",
     "internees in forensic centres, outside the prison count"},
    {"at_desk", OF_LEVEL, LEVELS_FIXED, OVER_DESK, NO_FACILITY, "persons", "Waiting for a desk",
     "Wachtend op een loket", "En attente d'une décision",
     "inside while a procedure runs: person-days of delay by desk"},
    {"in_phase", OF_LEVEL, LEVEL_PHASE, OVER_PHASE, NATION, "persons", "People by phase",
     "Personen per fase", "Personnes par phase",
     "everybody in a phase of the pathway, wherever they are"},
    {"arrivals", OF_FLOW, FLOW_ARRIVED, OVER_NOTHING, NO_FACILITY, "persons", "Arrivals",
     "Aankomsten", "Arrivées", "people arrested or called"},
    {"entries", OF_FLOW, FLOW_ENTERED, OVER_NOTHING, EVERYWHERE, "persons", "Entries",
     "Opsluitingen", "Incarcérations", "people placed in a facility from outside, first time"},
    {"returns", OF_FLOW, FLOW_RETURNED, OVER_NOTHING, EVERYWHERE, "persons", "Returns",
     "Terugkeer", "Retours", "placed again after home, leave or waiting"},
    {"refused", OF_FLOW, FLOW_REFUSED, OVER_NOTHING, EVERYWHERE, "persons", "Refused", "Geweigerd",
     "Refusés", "came to one facility that was full and refuses"},
    {"releases", OF_FLOW, FLOWS_FIXED, OVER_EXIT, EVERYWHERE, "persons", "Releases",
     "Invrijheidstellingen", "Libérations", "people who left, by kind"},
    {"early_releases", OF_FLOW, FLOW_EARLY, OVER_NOTHING, EVERYWHERE, "persons", "Early releases",
     "Vervroegde vrijlatingen", "Libérations anticipées", "releases brought forward by a measure"},
    {"early_days", OF_FLOW, FLOW_EARLY_DAYS, OVER_NOTHING, NO_FACILITY, "days",
     "Days released early", "Dagen vervroegd", "Jours anticipés",
     "whole days by which measures brought releases forward"},
    {"moves_allocation", OF_FLOW, FLOW_TO_ALLOCATED, OVER_NOTHING, EVERYWHERE, "persons",
     "Moves to prisons for sentences", "Overplaatsingen naar strafhuizen",
     "Transferts vers établissements pour peines", "moves by allocation, counted where they arrive"},
    {"moves_house", OF_FLOW, FLOW_TO_HOUSE, OVER_NOTHING, EVERYWHERE, "persons", "Moves to houses",
     "Overplaatsingen naar huizen", "Transferts vers maisons", "counted where they arrive"},
    {"breaches", OF_FLOW, FLOW_BREACH, OVER_NOTHING, EVERYWHERE, "persons", "Breaches",
     "Inbreuken", "Manquements", "residents of houses sent back to prison"},
    {"moves_balance", OF_FLOW, FLOW_BALANCE, OVER_NOTHING, EVERYWHERE, "persons",
     "Moves for balance", "Overplaatsingen voor spreiding", "Transferts d'équilibrage",
     "moves from crowded prisons, counted where they arrive"},
    {"moves_centre", OF_FLOW, FLOW_TO_CENTRE, OVER_NOTHING, EVERYWHERE, "persons",
     "Moves to forensic centres", "Overplaatsingen naar centra", "Transferts vers centres",
     "counted where they arrive"},
    {"moves_closing", OF_FLOW, FLOW_CLOSING, OVER_NOTHING, EVERYWHERE, "persons",
     "Moves out of closed facilities", "Overplaatsingen bij sluiting", "Transferts de fermeture",
     "counted where they arrive"},
    {"crowding", OF_CROWDING, 0, OVER_PART, NATION, "persons", "People above capacity, in four parts",
     "Boven de capaciteit, in vier delen", "Au-dessus de la capacité, en quatre parts",
     "at the day's end: shortage, wrong type, delay, wrong place; they add up to people above "
     "capacity"},
    {"measure_on", OF_MEASURE, 0, OVER_MEASURE, NATION, "1", "Measure in force",
     "Maatregel van kracht", "Mesure en vigueur", "1 while a measure is in force"},
    {"peak", OF_PEAK, 0, OVER_NOTHING, FACILITY, "persons", "Highest population",
     "Hoogste bevolking", "Population maximale", "highest number inside in the month"},
};
const size_t series_count = sizeof series_table / sizeof *series_table;

enum dimension { DIM_TIME, DIM_MONTH, DIM_REGION, DIM_FACILITY, DIM_STATUS, DIM_EXIT, DIM_DESK,
                 DIM_PART, DIM_MEASURE, DIM_PHASE, DIMENSIONS };

/* The dimension that a series runs over beside time and place; -1: none. */
static const int over_dimension[] = {
    [OVER_NOTHING] = -1,       [OVER_STATUS] = DIM_STATUS, [OVER_EXIT] = DIM_EXIT,
    [OVER_DESK] = DIM_DESK,    [OVER_PART] = DIM_PART,     [OVER_MEASURE] = DIM_MEASURE,
    [OVER_PHASE] = DIM_PHASE,
};

/* Where a variable is kept: its name's prefix and its place dimension (-1: the nation has none). */
static const struct {
    const char *prefix;
    int time, place;
} scopes[] = {{"", DIM_TIME, -1}, {"region_", DIM_TIME, DIM_REGION},
              {"facility_", DIM_MONTH, DIM_FACILITY}};

static bool
kept(const struct series *series, int scope)
{
    return scope == 0 ? series->nation : scope == 1 ? series->region : series->facility;
}

static char *
dated_units(int32_t start)
{
    char date[CALENDAR_TEXT], *text = malloc(64);

    calendar_write(start, date);
    if (text != NULL)
        snprintf(text, 64, "days since %s", date);
    return text;
}

static int
label_dimension(struct layout_dimension *dimension, const char *name, const char *long_name,
                size_t size)
{
    *dimension = (struct layout_dimension){.name = name, .long_name = long_name, .size = size};
    dimension->label = calloc(size + 1, sizeof *dimension->label);
    return dimension->label != NULL ? OK : NO_MEMORY;
}

static int
time_dimensions(struct layout *layout, const struct model *model)
{
    size_t days = (size_t)model->result_days, months = (size_t)model->months;
    int32_t *day = malloc((days + 1) * sizeof *day), *month = malloc((months + 1) * sizeof *month);

    layout->dimension[DIM_TIME] = (struct layout_dimension){
        .name = "time", .long_name = "day", .size = days, .value = day,
        .units = dated_units(model->plan->scenario->start)};
    layout->dimension[DIM_MONTH] = (struct layout_dimension){
        .name = "month", .long_name = "first day of the month", .size = months, .value = month,
        .units = dated_units(model->plan->scenario->start)};
    if (day == NULL || month == NULL || layout->dimension[DIM_TIME].units == NULL ||
        layout->dimension[DIM_MONTH].units == NULL)
        return NO_MEMORY;
    for (int32_t d = model->result_days; d-- > 0;) {
        day[d] = d;
        month[model->month_of[d]] = d;
    }
    return OK;
}

static int
fill_dimensions(struct layout *layout, const struct model *model)
{
    static const char *const parts[] = {"shortage", "wrong_type", "delay", "wrong_place"};
    const struct plan *plan = model->plan;
    const struct scenario *scenario = plan->scenario;
    const struct desk_record *desks = scenario->desks.item;
    struct layout_dimension *d = layout->dimension;

    if (time_dimensions(layout, model) != OK ||
        label_dimension(&d[DIM_REGION], "region", "region", plan->regions) != OK ||
        label_dimension(&d[DIM_FACILITY], "facility", "facility", plan->facilities) != OK ||
        label_dimension(&d[DIM_STATUS], "status", "legal status", STATUSES) != OK ||
        label_dimension(&d[DIM_EXIT], "exit", "kind of release", plan->exits) != OK ||
        label_dimension(&d[DIM_DESK], "desk", "desk", plan->desks) != OK ||
        label_dimension(&d[DIM_PART], "part", "part of crowding", CROWDING_PARTS) != OK ||
        label_dimension(&d[DIM_MEASURE], "measure", "measure", plan->measures) != OK ||
        label_dimension(&d[DIM_PHASE], "phase", "class and phase of the pathway", plan->phases) !=
            OK)
        return NO_MEMORY;
    for (uint32_t i = 0; i < plan->regions; i++)
        d[DIM_REGION].label[i] = scenario->regions.name[i];
    for (uint32_t i = 0; i < plan->facilities; i++)
        d[DIM_FACILITY].label[i] = plan->facility[i].name;
    for (int i = 0; i < STATUSES; i++)
        d[DIM_STATUS].label[i] = status_words[i];
    for (uint32_t i = 0; i < plan->exits; i++)
        d[DIM_EXIT].label[i] = scenario->exits.name[i];
    for (uint32_t i = 0; i < plan->desks; i++)
        d[DIM_DESK].label[i] = desks[i].name;
    for (int i = 0; i < CROWDING_PARTS; i++)
        d[DIM_PART].label[i] = parts[i];
    for (uint32_t i = 0; i < plan->measures; i++)
        d[DIM_MEASURE].label[i] = plan->measure[i].record->name;
    for (uint16_t i = 0; i < plan->phases; i++)
        d[DIM_PHASE].label[i] = plan->phase[i].name;
    return OK;
}

static char *
prefixed(const char *prefix, const char *name)
{
    char *text = malloc(strlen(prefix) + strlen(name) + 1);

    if (text != NULL)
        sprintf(text, "%s%s", prefix, name);
    return text;
}

/* A series whose extra dimension is empty in this plan (no desk, no measure) is left out. */
static int
add_variable(struct layout *layout, const struct series *series, int scope)
{
    struct layout_variable *variable = &layout->variable[layout->variables];
    int over = over_dimension[series->over];
    bool level = series->of == OF_LEVEL;

    if (!kept(series, scope) || (over >= 0 && layout->dimension[over].size == 0))
        return OK;
    *variable = (struct layout_variable){
        .name = prefixed(scopes[scope].prefix, series->name),
        .long_name = series->label_en,
        .units = series->units,
        .cell_methods = level                      ? "time: mean"
                        : series->of == OF_PEAK    ? "time: maximum"
                        : series->of == OF_FLOW    ? "time: sum"
                                                   : "time: point",
        .definition = series->definition,
        .label_nl = series->label_nl,
        .label_fr = series->label_fr,
        .type = level ? LAYOUT_FLOAT : LAYOUT_COUNT,
    };
    variable->dimension[variable->dimensions++] = scopes[scope].time;
    if (scopes[scope].place >= 0)
        variable->dimension[variable->dimensions++] = scopes[scope].place;
    if (over >= 0)
        variable->dimension[variable->dimensions++] = over;
    layout->variables++;
    return variable->name != NULL ? OK : NO_MEMORY;
}

int
series_layout(struct layout *layout, const struct model *model, struct error *err)
{
    int status = OK;

    *layout = (struct layout){0};
    layout->dimension = calloc(DIMENSIONS, sizeof *layout->dimension);
    layout->variable = calloc(3 * series_count, sizeof *layout->variable);
    layout->dimensions = layout->dimension != NULL ? DIMENSIONS : 0;
    if (layout->dimension == NULL || layout->variable == NULL ||
        fill_dimensions(layout, model) != OK)
        status = NO_MEMORY;
    for (int scope = 0; scope < 3 && status == OK; scope++)
        for (size_t i = 0; i < series_count && status == OK; i++)
            status = add_variable(layout, &series_table[i], scope);
    if (status != OK) {
        series_layout_free(layout);
        return error_set(err, NO_MEMORY, "no memory for the layout of the result");
    }
    return OK;
}

void
series_layout_free(struct layout *layout)
{
    for (size_t i = 0; i < layout->dimensions; i++) {
        free(layout->dimension[i].label);
        free((void *)(uintptr_t)layout->dimension[i].value);
        if (layout->dimension[i].value != NULL)
            free((void *)(uintptr_t)layout->dimension[i].units);
    }
    for (size_t v = 0; v < layout->variables; v++)
        free((void *)(uintptr_t)layout->variable[v].name);
    free(layout->dimension);
    free(layout->variable);
    *layout = (struct layout){0};
}

static const struct series *
series_of_variable(const struct layout *layout, size_t variable, int *scope)
{
    const char *name = layout->variable[variable].name;

    for (*scope = 2; *scope >= 0; --*scope) {
        size_t length = strlen(scopes[*scope].prefix);
        for (size_t i = 0; strncmp(name, scopes[*scope].prefix, length) == 0 && i < series_count;
             i++)
            if (strcmp(name + length, series_table[i].name) == 0)
                return &series_table[i];
    }
    return NULL;
}

/* One value: ROW counts day and place, or month and facility. */
static void
put_value(const struct model *model, const struct series *series, bool facility, size_t row, int k,
          double days, void *value)
{
    const struct record *record = &model->record;
    size_t level = row * model->levels + (size_t)(series->first + k);
    size_t flow = row * model->flows + (size_t)(series->first + k);
    float mean;
    int32_t count = 0;

    if (series->of == OF_LEVEL) {
        int64_t area = facility ? record->facility[level] : record->level[level];
        mean = (float)((double)area / (double)TICKS_PER_DAY / days);
        memcpy(value, &mean, 4);
        return;
    }
    if (series->of == OF_FLOW)
        count = (int32_t)(facility ? record->facility_flow[flow] : record->flow[flow]);
    else if (series->of == OF_CROWDING)
        count = record->crowding[row * CROWDING_PARTS + (size_t)k];
    else if (series->of == OF_MEASURE)
        count = record->on[row * model->plan->measures + (size_t)k];
    else
        count = (int32_t)record->peak[row];
    memcpy(value, &count, 4);
}

void
series_values(const struct model *model, const struct layout *layout, size_t variable, void *values)
{
    int scope;
    const struct series *series = series_of_variable(layout, variable, &scope);
    int over = over_dimension[series->over];
    int width = over >= 0 ? (int)layout->dimension[over].size : 1;
    size_t times = layout->dimension[scopes[scope].time].size, regions = model->plan->regions;
    size_t places = scope == 0 ? 1 : layout->dimension[scopes[scope].place].size;
    const int32_t *month = layout->dimension[DIM_MONTH].value;
    char *out = values;

    for (size_t t = 0; t < times; t++) {
        int32_t end = t + 1 < times ? month[scope == 2 ? t + 1 : 0] : model->result_days;
        double days = scope == 2 ? end - month[t] : 1;
        for (size_t p = 0; p < places; p++)
            for (int k = 0; k < width; k++, out += 4) {
                size_t row = scope == 2   ? t * places + p
                             : series->of == OF_CROWDING || series->of == OF_MEASURE
                                 ? t
                                 : t * (1 + regions) + (scope == 1 ? 1 + p : 0);
                put_value(model, series, scope == 2, row, k, days, out);
            }
    }
}
