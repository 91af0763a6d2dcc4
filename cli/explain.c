#include "command.h"

#include "models/scenario/fields.h"

#include <stdio.h>
#include <string.h>

struct choice {
    const char *path[512];
    char text[512][128];
    size_t count;
};

static void
print_row(const char *path, const struct field *field, void *context)
{
    (void)context;
    printf("%-36s %s\n", path, field->meaning);
}

static void
print_range(const struct field *field)
{
    if (field->type == FIELD_WHOLE || field->type == FIELD_NUMBER || field->type == FIELD_SHARE ||
        field->type == FIELD_STEPS || field->type == FIELD_SHARE_STEPS ||
        field->type == FIELD_RATE_STEPS)
        printf("  range    %g to %g\n", field->low, field->high);
    else if (field->type == FIELD_DURATION)
        printf("  range    %g d to %g d\n", field->low, field->high);
    else if (field->type == FIELD_NUMBERS)
        printf("  entries  %g\n", field->low);
}

static void
print_field(const char *path, const struct field *field)
{
    printf("%s\n  meaning  %s\n  type     %s\n", path, field->meaning,
           field_type_text(field->type));
    if (field->words != NULL) {
        printf("  words   ");
        for (size_t i = 0; field->words[i] != NULL; i++)
            printf("%s %s", i > 0 ? "," : "", field->words[i]);
        printf("\n");
    }
    print_range(field);
    printf("  default  %s\n", field->required            ? "none: it must be given"
                              : field->fallback != NULL ? field->fallback
                                                        : "nothing");
    printf("  source   %s\n", field->source != NULL ? field->source : "the scenario's own");
    for (size_t i = 0; field->record != NULL && i < field->record->fields; i++)
        printf("  .%-24s %s\n", field->record->field[i].name, field->record->field[i].meaning);
}

static void
collect(const char *path, const struct field *field, void *context)
{
    struct choice *choice = context;

    (void)field;
    if (choice->count == sizeof choice->path / sizeof *choice->path)
        return;
    snprintf(choice->text[choice->count], sizeof choice->text[0], "%s", path);
    choice->path[choice->count] = choice->text[choice->count];
    choice->count++;
}

int
command_explain(const struct options *options)
{
    static struct choice choice;
    const char *name = options->argument[0];

    if (name == NULL) {
        field_each(print_row, NULL);
        return EXIT_DONE;
    }
    const struct field *field = field_find(name);
    if (field != NULL) {
        print_field(name, field);
        return EXIT_DONE;
    }
    field_each(collect, &choice);
    const char *near = suggest(name, choice.path, choice.count);
    fprintf(stderr, "doorstroom explain: no field is called '%s'%s%s%s\n", name,
            near ? "; did you mean '" : "; 'doorstroom explain' lists them", near ? near : "",
            near ? "'?" : "");
    return EXIT_BAD_INPUT;
}
