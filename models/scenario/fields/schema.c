#include "schema.h"

#include "fields.h"
#include "words.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?"
#define UNIT   "(d|h|min|wk|mo|y)"

/* What fields of a type have in common. A number may stand between quotes. */
static const char common[] =
    "{\"text\": {\"type\": [\"string\", \"number\", \"boolean\"], \"minLength\": 1},"
    "\"number_text\": {\"type\": \"string\", \"pattern\": \"^" NUMBER "$\"},"
    "\"percent\": {\"type\": \"string\", \"pattern\": \"^" NUMBER " *%?$\"},"
    "\"share\": {\"anyOf\": [{\"type\": \"number\", \"minimum\": 0, \"maximum\": 1},"
    " {\"$ref\": \"#/definitions/percent\"}]},"
    "\"fraction\": {\"anyOf\": [{\"type\": \"number\", \"minimum\": 0},"
    " {\"$ref\": \"#/definitions/percent\"}]},"
    "\"duration\": {\"type\": \"string\", \"pattern\": \"^" NUMBER " *" UNIT "$\"},"
    "\"rate\": {\"type\": \"string\", \"pattern\": \"^" NUMBER " */ *" UNIT "$\"},"
    "\"date\": {\"type\": \"string\","
    " \"pattern\": \"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$\"},"
    "\"yes_no\": {\"enum\": [\"yes\", \"no\", true, false, \"true\", \"false\"]},"
    "\"names\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/definitions/text\"},"
    " \"minItems\": 1, \"uniqueItems\": true},"
    "\"csv\": {\"type\": \"object\", \"properties\": {\"csv\": {\"type\": \"string\","
    " \"description\": \"a table beside this file, its headings the fields\"}},"
    " \"required\": [\"csv\"], \"additionalProperties\": false},"
    "\"set\": {\"type\": \"object\"},"
    "\"add\": {\"type\": \"object\"},"
    "\"uncertain\": {\"type\": \"object\", \"minProperties\": 1},"
    "\"posterior\": {\"anyOf\": [{\"type\": \"array\", \"minItems\": 1,"
    " \"items\": {\"type\": \"object\"}}, {\"$ref\": \"#/definitions/csv\"}]},"
    "\"graded\": {\"type\": \"object\", \"properties\": {\"path\": {\"type\": \"string\"},"
    " \"grade\": {\"enum\": [\"A\", \"B\", \"C\"]}, \"text\": {\"$ref\": \"#/definitions/text\"}},"
    " \"required\": [\"grade\", \"text\"], \"additionalProperties\": false},"
    "\"sources\": {\"anyOf\": [{\"$ref\": \"#/definitions/csv\"},"
    " {\"type\": \"object\", \"minProperties\": 1, \"additionalProperties\":"
    " {\"$ref\": \"#/definitions/graded\"}}, {\"type\": \"array\", \"minItems\": 1,"
    " \"items\": {\"$ref\": \"#/definitions/graded\"}}]},"
    "\"drop\": {\"anyOf\": [{\"type\": \"array\", \"items\": {\"type\": \"string\"}},"
    " {\"type\": \"string\"}]}}";

/* A schema on its way. Whatever cannot be made for want of memory is noted, and the whole given up.
 */
struct making {
    json_t *definitions;
    bool failed;
};

static void
put(struct making *m, json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        m->failed = true;
}

static void
append(struct making *m, json_t *list, json_t *value)
{
    if (json_array_append_new(list, value) != 0)
        m->failed = true;
}

static json_t *
reference(const char *name)
{
    return json_pack("{s:o}", "$ref", json_sprintf("#/definitions/%s", name));
}

static json_t *
one_of_two(json_t *first, json_t *second)
{
    return json_pack("{s:[o,o]}", "anyOf", first, second);
}

/* A number in the field's range, or the same as a text. */
static json_t *
number_schema(const struct field *field, const char *type, const char *as_text)
{
    return one_of_two(
        json_pack("{s:s, s:f, s:f}", "type", type, "minimum", field->low, "maximum", field->high),
        reference(as_text));
}

static json_t *
words_schema(struct making *m, const char *const *words)
{
    json_t *list = json_array();

    for (size_t i = 0; words[i] != NULL; i++)
        append(m, list, json_string(words[i]));
    return json_pack("{s:o}", "enum", list);
}

/* A word, or a list of them. */
static json_t *
set_schema(struct making *m, const struct field *field)
{
    json_t *list = json_pack("{s:s, s:o}", "type", "array", "items", words_schema(m, field->words));

    return one_of_two(words_schema(m, field->words), list);
}

/* {share: 30 %, stay: ...}, as scenario/ways writes it out. */
static json_t *
way_schema(void)
{
    return json_pack("{s:s, s:{s:o, s:o}, s:[s,s], s:b}", "type", "object", "properties", "share",
                     reference("share"), "stay", reference("distribution"), "required", "share",
                     "stay", "additionalProperties", 0);
}

static json_t *
shares_schema(struct making *m, const struct field *field)
{
    json_t *share = field->ways ? one_of_two(reference("share"), way_schema()) : reference("share");
    json_t *schema = json_pack("{s:s, s:i, s:o}", "type", "object", "minProperties", 1,
                               "additionalProperties", share);

    if (field->words != NULL)
        put(m, schema, "propertyNames", words_schema(m, field->words));
    return schema;
}

static json_t *
numbers_schema(const struct field *field)
{
    int entries = field->entries;

    return json_pack(
        "{s:s, s:i, s:i, s:o}", "type", "array", "minItems", entries, "maxItems", entries, "items",
        one_of_two(json_pack("{s:s, s:i, s:i}", "type", "number", "minimum", 0, "maximum", 100),
                   reference("number_text")));
}

/* A value, or a map of dates and values. */
static json_t *
steps_schema(json_t *value)
{
    json_t *by_date = json_pack("{s:s, s:i, s:o, s:O}", "type", "object", "minProperties", 1,
                                "propertyNames", reference("date"), "additionalProperties", value);

    return one_of_two(value, by_date);
}

/* What a distribution's parameter is written as: a cv, and all of a distribution of plain numbers,
 * have no unit. */
static json_t *
parameter_schema(const char *name, bool plain)
{
    return reference(plain || strcmp(name, "cv") == 0 ? "fraction" : "duration");
}

static json_t *
parameters_schema(struct making *m, int kind, bool plain)
{
    const struct distribution_form *form = &distribution_forms[kind];
    json_t *properties = json_object(), *required = json_array();

    for (unsigned p = 0; p < form->parameters; p++) {
        json_t *value =
            json_pack("{s:[o], s:s}", "allOf", parameter_schema(form->parameter[p], plain),
                      "description", distribution_texts[kind].parameter[p]);
        put(m, properties, form->parameter[p], value);
        append(m, required, json_string(form->parameter[p]));
    }
    json_t *map = json_pack("{s:s, s:o, s:o, s:b}", "type", "object", "properties", properties,
                            "required", required, "additionalProperties", 0);
    return form->parameters == 1 ? one_of_two(parameter_schema(form->parameter[0], plain), map)
                                 : map;
}

static json_t *
parts_schema(const char *of)
{
    json_t *part = json_pack("{s:s, s:{s:o, s:o}, s:[s,s], s:b}", "type", "object", "properties",
                             "weight", reference("share"), "of", reference(of), "required",
                             "weight", "of", "additionalProperties", 0);

    return json_pack("{s:s, s:i, s:o}", "type", "array", "minItems", 1, "items", part);
}

/* Quantiles; or rows of a value or a range with how often it was counted, here or in a table. */
static json_t *
empirical_schema(bool plain)
{
    json_t *quantiles =
        json_pack("{s:s, s:i, s:o, s:o}", "type", "object", "minProperties", 2, "propertyNames",
                  reference("percent"), "additionalProperties", parameter_schema("value", plain));
    json_t *row = json_pack("{s:s, s:{s:o, s:o, s:o, s:o, s:{s:s, s:i}}, s:b}", "type", "object",
                            "properties", "value", parameter_schema("value", plain), "from",
                            parameter_schema("from", plain), "to", parameter_schema("to", plain),
                            "share", reference("share"), "count", "type", "integer", "minimum", 0,
                            "additionalProperties", 0);
    json_t *rows = json_pack("{s:s, s:i, s:o}", "type", "array", "minItems", 1, "items", row);

    return one_of_two(quantiles, one_of_two(rows, reference("csv")));
}

/* One of the forms, each a map of one name. */
static json_t *
distribution_schema(struct making *m, const char *name, bool plain)
{
    json_t *forms = json_array();

    for (int kind = 0; kind < DIST_KINDS; kind++) {
        const char *form = distribution_forms[kind].name;
        json_t *value = kind == DIST_MIXTURE     ? parts_schema(name)
                        : kind == DIST_EMPIRICAL ? empirical_schema(plain)
                                                 : parameters_schema(m, kind, plain);
        json_t *described =
            json_pack("{s:[o], s:o}", "allOf", value, "description",
                      json_sprintf("%s; such as %s", distribution_texts[kind].meaning,
                                   distribution_texts[kind].example));
        append(m, forms,
               json_pack("{s:s, s:{s:o}, s:[s], s:b}", "type", "object", "properties", form,
                         described, "required", form, "additionalProperties", 0));
    }
    return json_pack("{s:o}", "oneOf", forms);
}

static void define_object(struct making *m, const struct object_type *type, bool in_place);

/* A list of objects, or a table. */
static json_t *
objects_schema(struct making *m, const struct field *field)
{
    define_object(m, field->object, false);
    return one_of_two(
        json_pack("{s:s, s:o}", "type", "array", "items", reference(field->object->name)),
        reference("csv"));
}

static json_t *
object_map_schema(struct making *m, const struct field *field)
{
    return json_pack("{s:s, s:o}", "type", "object", "additionalProperties",
                     objects_schema(m, field));
}

static json_t *
object_schema(struct making *m, const struct field *field)
{
    define_object(m, field->object, true);
    return reference(field->object->name);
}

/* The schema of a field's value; a type without one takes anything. */
static json_t *
value_schema(struct making *m, const struct field *field)
{
    switch (field->type) {
    case FIELD_TEXT:
        return reference("text");
    case FIELD_WHOLE:
        return number_schema(field, "integer", "number_text");
    case FIELD_NUMBER:
        return number_schema(field, "number", "number_text");
    case FIELD_SHARE:
        return number_schema(field, "number", "percent");
    case FIELD_DURATION:
    case FIELD_SPAN:
        return reference("duration");
    case FIELD_DATE:
        return reference("date");
    case FIELD_YES_NO:
        return reference("yes_no");
    case FIELD_CHOICE:
        return words_schema(m, field->words);
    case FIELD_SET:
        return set_schema(m, field);
    case FIELD_NAMES:
        return reference("names");
    case FIELD_NUMBERS:
        return numbers_schema(field);
    case FIELD_SHARES:
    case FIELD_FRACTIONS:
        return shares_schema(m, field);
    case FIELD_COUNT_STEPS:
        return steps_schema(number_schema(field, "integer", "number_text"));
    case FIELD_ANY:
        return json_object();
    case FIELD_STEPS:
        return steps_schema(number_schema(field, "number", "number_text"));
    case FIELD_SHARE_STEPS:
        return steps_schema(number_schema(field, "number", "percent"));
    case FIELD_RATE_STEPS:
        return steps_schema(reference("rate"));
    case FIELD_DISTRIBUTION:
        return reference(field->plain ? "distribution_plain" : "distribution");
    case FIELD_PATHS:
        return reference(field->name);
    case FIELD_OBJECT:
        return object_schema(m, field);
    case FIELD_OBJECTS:
        return objects_schema(m, field);
    case FIELD_OBJECT_MAP:
        return object_map_schema(m, field);
    }
    return json_object();
}

/* A default as it would be written: a number where it is one. */
static json_t *
default_value(const char *text)
{
    json_t *number = json_loads(text, JSON_DECODE_ANY, NULL);

    return number != NULL ? number : json_string(text);
}

static json_t *
field_schema(struct making *m, const struct field *field)
{
    json_t *schema =
        json_pack("{s:[o], s:s}", "allOf", value_schema(m, field), "description", field->meaning);

    if (field->fallback != NULL && strchr(field->fallback, '[') == NULL)
        put(m, schema, "default", default_value(field->fallback));
    return schema;
}

static json_t *
required_names(struct making *m, const struct object_type *type)
{
    json_t *required = json_array();

    for (size_t f = 0; f < type->fields; f++)
        if (type->field[f].required)
            append(m, required, json_string(type->field[f].name));
    return required;
}

static json_t *
properties_of(struct making *m, const struct object_type *type)
{
    json_t *properties = json_object();

    for (size_t f = 0; f < type->fields; f++)
        put(m, properties, type->field[f].name, field_schema(m, &type->field[f]));
    return properties;
}

/* The items of a list have all that is required; an object that stands in place may lie over that
 * of the file below. */
static void
define_object(struct making *m, const struct object_type *type, bool in_place)
{
    if (json_object_get(m->definitions, type->name) != NULL)
        return;
    put(m, m->definitions, type->name, json_object()); /* begun */
    json_t *schema = json_pack("{s:s, s:b, s:o}", "type", "object", "additionalProperties", 0,
                               "properties", properties_of(m, type));
    json_t *required = required_names(m, type);
    if (!in_place && json_array_size(required) > 0)
        put(m, schema, "required", json_incref(required));
    json_decref(required);
    put(m, m->definitions, type->name, schema);
}

/* What a file must have that extends none. */
static json_t *
whole_scenario(struct making *m)
{
    json_t *inner = json_object();

    for (size_t f = 0; f < scenario_type.fields; f++) {
        const struct field *field = &scenario_type.field[f];
        if (field->type == FIELD_OBJECT)
            put(m, inner, field->name,
                json_pack("{s:o}", "required", required_names(m, field->object)));
    }
    return json_pack("{s:o, s:o}", "required", required_names(m, &scenario_type), "properties",
                     inner);
}

char *
schema_text(void)
{
    struct making m = {.definitions = json_loads(common, 0, NULL)};
    char *text = NULL;

    put(&m, m.definitions, "distribution", distribution_schema(&m, "distribution", false));
    put(&m, m.definitions, "distribution_plain",
        distribution_schema(&m, "distribution_plain", true));
    json_t *properties = properties_of(&m, &scenario_type);
    json_t *root =
        json_pack("{s:s, s:s, s:s, s:b, s:o, s:{s:[s]}, s:o, s:o}", "$schema",
                  "http://json-schema.org/draft-07/schema#", "title", "a scenario of doorstroom",
                  "type", "object", "additionalProperties", 0, "properties", properties, "if",
                  "required", "extends", "else", whole_scenario(&m), "definitions", m.definitions);
    if (root != NULL && !m.failed)
        text = json_dumps(root, JSON_INDENT(2));
    json_decref(root);
    return text;
}
