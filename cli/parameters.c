#include "parameters.h"

#include "models/scenario/fields/fields.h"
#include "models/scenario/fields/range.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define PATH 128

/* TEXT within a cell of a table: nothing in it is layout. */
static void
print_cell(const char *text)
{
    for (; *text != '\0'; text++) {
        if (strchr("|*<>`\\", *text) != NULL)
            putchar('\\');
        putchar(*text);
    }
}

/* The type, and of a choice or a set the words. */
static void
print_type(const struct field *field)
{
    bool words = field->words != NULL && field->type != FIELD_PATHS;

    if (field->type == FIELD_CHOICE)
        printf("one of ");
    else
        print_cell(range_type_text(field));
    if (words && field->type != FIELD_CHOICE)
        printf(": ");
    for (size_t i = 0; words && field->words[i] != NULL; i++) {
        printf("%s", i > 0 ? ", " : "");
        print_cell(field->words[i]);
    }
}

/* Where a value comes from: of words there is no source to name. */
static const char *
source_of(const struct field *field)
{
    static const bool words[FIELD_TYPES] = {
        [FIELD_TEXT] = true,   [FIELD_YES_NO] = true,  [FIELD_CHOICE] = true,
        [FIELD_SET] = true,    [FIELD_NAMES] = true,   [FIELD_PATHS] = true,
        [FIELD_OBJECT] = true, [FIELD_OBJECTS] = true, [FIELD_OBJECT_MAP] = true};

    if (field->source != NULL)
        return field->source;
    return field->chosen ? "chosen for the run" : words[field->type] ? "" : "the scenario's";
}

static void
print_row(const char *path, const struct field *field)
{
    char range[128];

    printf("| `%s` | ", path);
    print_cell(field->meaning);
    printf(" | ");
    print_type(field);
    printf(" | ");
    if (range_text(field, range, sizeof range))
        print_cell(range);
    printf(" | ");
    if (field->required)
        printf("must be given");
    else if (field->fallback != NULL)
        print_cell(field->fallback);
    printf(" | ");
    print_cell(source_of(field));
    printf(" |\n");
}

static void
print_heading(const char *name, const char *meaning)
{
    printf("\n## %s\n\n", name);
    if (meaning != NULL) {
        print_cell(meaning);
        printf("\n\n");
    }
    printf("| path | meaning | type, unit | range | default | source |\n"
           "| --- | --- | --- | --- | --- | --- |\n");
}

/* The fields of TYPE, whose paths begin with BEFORE, and of the objects in it. */
static void
print_fields(const struct object_type *type, const char *before)
{
    for (size_t i = 0; i < type->fields; i++) {
        const struct field *field = &type->field[i];
        char path[PATH], inner[PATH];
        snprintf(path, sizeof path, "%s%s", before, field->name);
        print_row(path, field);
        snprintf(inner, sizeof inner, "%.100s%s.", path, field->type == FIELD_OBJECT ? "" : "[*]");
        if (field->object != NULL)
            print_fields(field->object, inner);
    }
}

/* What a path of the fields of FIELD begins with: "pathways.CLASS[*].". */
static void
write_before(const struct field *field, char *text, size_t size)
{
    const char *keys = field->type == FIELD_OBJECT_MAP ? field->keys : "";
    size_t length = (size_t)snprintf(text, size, "%.60s%s", field->name, *keys != '\0' ? "." : "");

    for (; *keys != '\0' && length + 1 < size; keys++)
        text[length++] = (char)toupper((unsigned char)*keys);
    if (length < size)
        snprintf(text + length, size - length, "%s.", field->type == FIELD_OBJECT ? "" : "[*]");
}

void
print_parameters(void)
{
    printf("# Parameters\n\nEvery field of a scenario, from the field table of the program (`make "
           "parameters` writes this file). A default is\nin force where a scenario says nothing; "
           "none is a figure of one country. Where a number comes from is the scenario's\nto say, "
           "in `sources`: grade A is a published figure, B derived from published figures, C an "
           "assumption;\n`doorstroom check SCENARIO --sources` prints them all.\n");
    print_heading("scenario", NULL);
    for (size_t i = 0; i < scenario_type.fields; i++)
        if (scenario_type.field[i].object == NULL)
            print_row(scenario_type.field[i].name, &scenario_type.field[i]);
    for (size_t i = 0; i < scenario_type.fields; i++) {
        const struct field *field = &scenario_type.field[i];
        char before[PATH];
        if (field->object == NULL)
            continue;
        write_before(field, before, sizeof before);
        print_heading(field->name, field->meaning);
        print_fields(field->object, before);
    }
}
