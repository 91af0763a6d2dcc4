#include "said.h"

#include "give.h"

#include <stdbool.h>
#include <string.h>

/* ---- Words ---- */

static const struct text_object *
text_at(const struct scenario *scenario, size_t i)
{
    return (const struct text_object *)scenario->texts.item + i;
}

/* The languages in which TEXT is there. */
static json_t *
languages_json(const struct text_object *text)
{
    const char *const in[][2] = {{"en", text->en}, {"nl", text->nl}, {"fr", text->fr}};
    json_t *languages = json_object();
    bool good = languages != NULL;

    for (size_t i = 0; i < sizeof in / sizeof *in && good; i++)
        if (in[i][1] != NULL)
            good = json_object_set_new(languages, in[i][0], give_text(in[i][1])) == 0;
    return give_if(languages, good);
}

/* The last text OF something; null: there is none. */
static json_t *
last_text(const struct scenario *scenario, enum text_of of)
{
    for (size_t i = scenario->texts.count; i > 0; i--)
        if (text_at(scenario, i - 1)->of == (int)of)
            return languages_json(text_at(scenario, i - 1));
    return json_null();
}

json_t *
said_of_itself(const struct scenario *scenario)
{
    const char *word = node_text(scenario->node, "capacity_word");

    return json_pack("{s:o, s:o, s:o}", "title", last_text(scenario, TEXT_TITLE), "question",
                     last_text(scenario, TEXT_QUESTION), "capacity", give_text(word));
}

/* Later ones are not said again. */
static bool
is_in(const json_t *list, const json_t *text)
{
    size_t i;
    json_t *there;

    json_array_foreach((json_t *)list, i, there)
    {
        if (json_equal(there, text))
            return true;
    }
    return false;
}

static bool
put_in_list(json_t *list, const struct text_object *text)
{
    json_t *said = languages_json(text);

    if (said == NULL || !is_in(list, said))
        return json_array_append_new(list, said) == 0;
    json_decref(said);
    return true;
}

/* Which list of the texts a row belongs to. */
static const char *const lists[TEXT_OFS] = {[TEXT_USE] = "uses",
                                            [TEXT_NOT_FOR] = "not_for",
                                            [TEXT_ERROR] = "errors",
                                            [TEXT_SOURCE] = "sources"};

/* Row I of SCENARIO; the base's words for a name hold. */
static bool
put_text(json_t *texts, const struct scenario *scenario, size_t i, json_t *own)
{
    const struct text_object *text = text_at(scenario, i);

    if (text->of == TEXT_NAME && text->word != NULL)
        return json_object_set_new(own, text->word, languages_json(text)) == 0;
    return lists[text->of] == NULL || put_in_list(json_object_get(texts, lists[text->of]), text);
}

json_t *
said_texts(const struct scenario *const *scenario, size_t scenarios)
{
    json_t *texts = json_pack("{s:{}, s:[], s:[], s:[], s:[]}", "names", "uses", "not_for",
                              "errors", "sources");
    bool good = texts != NULL;

    for (size_t k = 0; k < scenarios && good; k++) {
        json_t *own = json_object(), *names = json_object_get(texts, "names");
        for (size_t i = 0; scenario[k] != NULL && i < scenario[k]->texts.count && good; i++)
            good = put_text(texts, scenario[k], i, own);
        good = good && json_object_update_missing(names, own) == 0;
        json_decref(own);
    }
    return give_if(texts, good);
}

/* ---- What was counted ---- */

static json_t *
count_json(const struct counted_object *count)
{
    static const char *const series[COUNTED_SERIES] = {[COUNTED_POPULATION] = "population",
                                                       [COUNTED_CAPACITY] = "capacity",
                                                       [COUNTED_FLOOR] = "floor_sleepers"};

    return json_pack("{s:s, s:o, s:o, s:i, s:o, s:o}", "series", series[count->series], "region",
                     give_text(count->region), "facility", give_text(count->facility), "day",
                     count->date, "value", give_number(count->value), "source",
                     give_text(count->source));
}

json_t *
said_counted(const struct scenario *const *scenario, size_t scenarios)
{
    json_t *list = json_array();
    bool good = list != NULL;

    for (size_t k = 0; k < scenarios && good && json_array_size(list) == 0; k++)
        for (size_t i = 0; scenario[k] != NULL && i < scenario[k]->counted.count && good; i++) {
            const struct counted_object *count = scenario[k]->counted.item;
            good = json_array_append_new(list, count_json(&count[i])) == 0;
        }
    return give_if(list, good);
}

/* ---- Measures ---- */

static json_t *
measure_json(const struct measure_object *measure, size_t scenarios)
{
    json_t *in = json_array();
    bool good = in != NULL;

    for (size_t k = 0; k < scenarios && good; k++)
        good = json_array_append_new(in, json_false()) == 0;
    return json_pack("{s:o, s:o, s:o, s:o, s:o}", "name", give_text(measure->name), "kind",
                     give_text(node_text(measure->node, "kind")), "from", give_day(measure->from),
                     "until", give_day(measure->until), "in", give_if(in, good));
}

json_t *
said_measures(const struct scenario *const *scenario, size_t scenarios)
{
    json_t *list = json_array(), *seen = json_object();
    bool good = list != NULL && seen != NULL;

    for (size_t k = 0; k < scenarios; k++)
        for (size_t i = 0; scenario[k] != NULL && i < scenario[k]->measures.count && good; i++) {
            const struct measure_object *item = scenario[k]->measures.item;
            json_t *measure = json_object_get(seen, item[i].name);
            if (measure == NULL) {
                measure = measure_json(&item[i], scenarios);
                good = json_array_append_new(list, measure) == 0 &&
                       json_object_set(seen, item[i].name, measure) == 0;
            }
            good = good && json_array_set_new(json_object_get(measure, "in"), k, json_true()) == 0;
        }
    json_decref(seen);
    return give_if(list, good);
}

/* ---- Where ---- */

json_t *
said_coordinates(const struct scenario *const *scenario, size_t scenarios)
{
    json_t *places = json_object();
    bool good = places != NULL;

    for (size_t k = scenarios; k > 0; k--) /* the base's hold */
        for (size_t i = 0; scenario[k - 1] != NULL && i < scenario[k - 1]->facilities.count && good;
             i++) {
            const struct facility_object *facility = scenario_facility(scenario[k - 1], i);
            if (facility->latitude != NO_NUMBER && facility->longitude != NO_NUMBER)
                good = json_object_set_new(
                           places, facility->name,
                           json_pack("[f, f]", facility->latitude, facility->longitude)) == 0;
        }
    return give_if(places, good);
}
