#include "command.h"

#include "models/scenario/fields.h"
#include "models/series.h"

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
        field->type == FIELD_COUNT_STEPS || field->type == FIELD_STEPS ||
        field->type == FIELD_SHARE_STEPS || field->type == FIELD_RATE_STEPS)
        printf("  range    %g to %g\n", field->low, field->high);
    else if (field->type == FIELD_DURATION || field->type == FIELD_SPAN)
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
    if (field_type_note(field->type) != NULL)
        printf("  note     %s\n", field_type_note(field->type));
    print_range(field);
    printf("  default  %s\n", field->required           ? "none: it must be given"
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

static void
print_series(const struct series *series)
{
    printf("%s (a series of the result)\n  meaning  %s\n  units    %s\n  kept for%s%s%s\n"
           "  labels   en: %s; nl: %s; fr: %s\n",
           series->name, series->definition, series->units, series->nation ? " nation" : "",
           series->region ? " region" : "", series->facility ? " facility" : "", series->label_en,
           series->label_nl, series->label_fr);
}

static void
print_everything(void)
{
    printf("Fields of a scenario\n");
    field_each(print_row, NULL);
    printf("\nSeries of a result\n");
    for (size_t i = 0; i < series_count; i++)
        printf("%-36s %s\n", series_table[i].name, series_table[i].definition);
}

int
command_explain(const struct options *options)
{
    static struct choice choice;
    const char *name = options->argument[0];

    if (name == NULL) {
        print_everything();
        return EXIT_DONE;
    }
    const struct series *series = series_find(name);
    if (series != NULL)
        print_series(series);
    const struct field *field = field_find(name);
    if (field != NULL) {
        print_field(name, field);
        return EXIT_DONE;
    }
    if (series != NULL)
        return EXIT_DONE;
    field_each(collect, &choice);
    for (size_t i = 0; i < series_count && choice.count < sizeof choice.path / sizeof *choice.path;
         i++)
        choice.path[choice.count++] = series_table[i].name;
    const char *near = suggest(name, choice.path, choice.count);
    fprintf(stderr, "doorstroom explain: no field or series is called '%s'%s%s%s\n", name,
            near ? "; did you mean '" : "; 'doorstroom explain' lists them", near ? near : "",
            near ? "'?" : "");
    return EXIT_BAD_INPUT;
}
