#include "command.h"
#include "indicators.h"
#include "parameters.h"
#include "text.h"

#include "analysis/backtest_file.h"
#include "analysis/counts.h"
#include "analysis/indicator.h"
#include "analysis/power_file.h"
#include "analysis/sweep/design_file.h"
#include "analysis/targets.h"

#include "models/scenario/fields/lookup.h"
#include "models/scenario/fields/range.h"
#include "models/scenario/suggest.h"
#include "models/scenario/scenario.h"
#include "models/scenario/fields/schema.h"
#include "models/scenario/fields/words.h"
#include "models/record/labels.h"
#include "models/record/series.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LABEL_COLUMNS 11 /* "  meaning  " */
#define NOTE_COLUMN   28 /* of what a field of a file takes, below what it means */

/* A line of an explanation, its text wrapped beside the label. */
static void
print_line(const char *label, const char *text)
{
    printf("  %-8s ", label);
    text_wrap(stdout, text, LABEL_COLUMNS, LABEL_COLUMNS);
}

/* A row of a list: NAME, and TEXT in words from COLUMN on. */
static void
print_row(const char *name, const char *text, size_t column)
{
    size_t taken = (size_t)printf("%s", name);

    if (taken >= column) {
        printf("\n");
        taken = 0;
    }
    printf("%*s", (int)(column - taken), "");
    text_wrap(stdout, text, column, column);
}

static void
print_range(const struct field *field)
{
    char text[128];

    if (range_text(field, text, sizeof text))
        print_line("range", text);
}

/* Each word with what it means in this field. */
static void
print_words(const struct field *field)
{
    if (field->words == NULL)
        return;
    printf("  words\n");
    for (size_t i = 0; field->words[i] != NULL; i++) {
        const struct word *word = word_find(field->name, field->words[i]);
        char name[64];
        snprintf(name, sizeof name, "    %s", field->words[i]);
        print_row(name, word != NULL ? word->meaning : "", 24);
    }
}

static void
print_inner(const struct field *field)
{
    for (size_t i = 0; field->object != NULL && i < field->object->fields; i++) {
        const struct field *inner = &field->object->field[i];
        char name[64];
        snprintf(name, sizeof name, "  .%s%s", inner->name, inner->required ? " *" : "");
        print_row(name, inner->meaning, 26);
    }
    if (field->object != NULL)
        printf("  * must be given\n");
}

static void
print_field(const char *path, const struct field *field)
{
    const char *note = field_type_note(field->type);

    printf("%s (a field of a scenario)\n", path);
    print_line("meaning", field->meaning);
    print_line("type", range_type_text(field));
    if (note != NULL)
        print_line("note", note);
    print_range(field);
    print_words(field);
    print_line("default", field->required           ? "none: it must be given"
                          : field->fallback != NULL ? field->fallback
                                                    : "nothing is given");
    print_line("source", field->source != NULL ? field->source : "the scenario's own");
    print_inner(field);
}

/* Visit the fields of a file that is no scenario, and of the objects in it; BEFORE stands before
 * each path. */
static void
file_each(const struct object_type *type, const char *before,
          void (*visit)(const char *path, const struct field *field, void *context), void *context)
{
    for (size_t i = 0; i < type->fields; i++) {
        const struct field *field = &type->field[i];
        char path[96];
        snprintf(path, sizeof path, "%s%s", before, field->name);
        visit(path, field, context);
        if (field->object != NULL) {
            snprintf(path, sizeof path, "%s%s.", before, field->name);
            file_each(field->object, path, visit, context);
        }
    }
}

/* What a field of such a file takes, and what it is where it is not given; empty: any text. */
static void
note_of_file(const struct field *field, char *note, size_t size)
{
    bool any = field->type == FIELD_TEXT || field->type == FIELD_ANY;
    size_t used = 0;

    note[0] = '\0';
    for (size_t w = 0; field->words != NULL && field->words[w] != NULL; w++)
        used += (size_t)snprintf(note + used, size - used, "%s%s", w == 0 ? "one of " : ", ",
                                 field->words[w]);
    if (field->words == NULL && !any)
        used += (size_t)snprintf(note, size, "%s", range_type_text(field));
    if (field->fallback != NULL)
        snprintf(note + used, size - used, "%swhere not given: %s", used > 0 ? "; " : "",
                 field->fallback);
}

static void
print_of_file(const char *path, const struct field *field, void *context)
{
    char name[112], note[512];

    (void)context;
    snprintf(name, sizeof name, "  %s%s", path, field->required ? " *" : "");
    print_row(name, field->meaning, 26);
    note_of_file(field, note, sizeof note);
    if (note[0] == '\0')
        return;
    printf("%*s", NOTE_COLUMN, "");
    text_wrap(stdout, note, NOTE_COLUMN, NOTE_COLUMN);
}

/* How a series' values come about, in words. */
static const char *const of_texts[] = {
    [OF_LEVEL] = "the mean of a level over each row's time",
    [OF_RATIO] = "a quotient of two means over each row's time",
    [OF_ABOVE] = "the mean of a level over each row's time",
    [OF_FLOW] = "events, counted in each row",
    [OF_DURATION] = "days, added up in each row",
    [OF_COST] = "what is spent in each row, in whole euro",
    [OF_MEASURE_COST] = "what is spent in each row, in whole euro",
    [OF_CROWDING] = "as it is at each row's end",
    [OF_MEASURE] = "the mean over each row's time",
    [OF_PEAK] = "the largest within each row",
    [OF_TOTAL] = "as it is at each row's end",
    [OF_NOON] = "as it is on each row's first day",
    [OF_THOUSANDTHS] = "the mean of a level over each row's time",
    [OF_DRIFT] = "the mean over each row's time",
    [OF_FEEDBACK] = "the mean over each row's time",
    [OF_EVALUATION] = "the mean over each row's time",
    [OF_PROJECT] = "the mean of a level over each row's time",
    [OF_PROJECT_FLOW] = "added up in each row",
    [OF_PARAMETER] = "what the replication drew",
};
_Static_assert(sizeof of_texts / sizeof *of_texts == OF_KINDS, "each has its words");

static const char *const over_texts[OVERS] = {
    [OVER_STATUS] = "legal status: remand, convicted, internee",
    [OVER_NEED] = "target group: the words of people.needs",
    [OVER_LEVEL] = "level of occupancy in percent: 100, 110, 120, 137.5, 150",
    [OVER_EXIT] = "kind of release: the scenario's exits",
    [OVER_DESK] = "desk: the scenario's desks",
    [OVER_PART] = "part of crowding: shortage, wrong_type, delay, wrong_place",
    [OVER_FEEDBACK] = "feedback: the scenario's rows of feedback",
    [OVER_KIND] = ("kind of facility: prison, detention_house, transition_house, forensic_centre, "
                   "rented"),
    [OVER_REGIME] = "where they were released from: prison, house, home",
    [OVER_TIMES] = "times that they had come back: 0 to 4, 5_or_more",
    [OVER_MEASURE] = "measure: the scenario's measures",
    [OVER_PHASE] = "phase: class.phase of the scenario's pathways",
    [OVER_PARAMETER] = "field that is drawn: the paths of uncertain and posterior",
    [OVER_CLASS] = "class in which a person came: the scenario's pathways",
};

static void
print_series(const struct series *series)
{
    char text[512];
    const char *over = over_texts[series->over];

    printf("%s (a series of the result)\n", series->name);
    print_line("meaning", series->definition);
    print_line("unit", series->units);
    print_line("value", of_texts[series->of]);
    if (over != NULL)
        print_line("over", over);
    snprintf(text, sizeof text, "%s%s%s", series->nation ? " nation" : "",
             series->region ? " region" : "", series->facility ? " facility" : "");
    print_line("kept for", text);
    print_line("tick", "by day for the nation and regions, by month for facilities; 'record' says "
                       "otherwise (day, week, month, year)");
    snprintf(text, sizeof text, "en: %s; nl: %s; fr: %s", label_of(series->name, LABEL_EN),
             label_of(series->name, LABEL_NL), label_of(series->name, LABEL_FR));
    print_line("labels", text);
}

static void
print_distribution(int kind)
{
    const struct distribution_form *form = &distribution_forms[kind];
    const struct distribution_text *text = &distribution_texts[kind];

    printf("%s (a distribution)\n", form->name);
    print_line("meaning", text->meaning);
    for (unsigned p = 0; p < form->parameters; p++) {
        char line[256];
        bool share = strcmp(form->parameter[p], "cv") == 0;
        snprintf(line, sizeof line, "%s; needed; %s", text->parameter[p],
                 share ? "a number" : "a duration, or a number where the field has none");
        print_line(form->parameter[p], line);
    }
    print_line("example", text->example);
}

/* NAME as a word: in each field that accepts it. */
static bool
print_word(const char *name, bool found)
{
    for (size_t i = 0; i < word_count; i++) {
        const struct word *word = &word_table[i];
        if (strcmp(word->word, name) != 0)
            continue;
        printf("%s%s (a word of the field%s%.*s)\n", found ? "\n" : "", name,
               strchr(word->fields + 1, ' ')[1] != '\0' ? "s" : "", (int)strlen(word->fields) - 1,
               word->fields);
        print_line("meaning", word->meaning);
        found = true;
    }
    return found;
}

/* Names to suggest from. */
struct choice {
    const char *path[1024];
    char text[512][128];
    size_t count, texts;
};

static void
choose(struct choice *choice, const char *name)
{
    if (choice->count < sizeof choice->path / sizeof *choice->path)
        choice->path[choice->count++] = name;
}

/* The path of a field, and its last name alone. */
static void
collect(const char *path, const struct field *field, void *context)
{
    struct choice *choice = context;

    if (choice->texts < sizeof choice->text / sizeof *choice->text) {
        snprintf(choice->text[choice->texts], sizeof choice->text[0], "%s", path);
        choose(choice, choice->text[choice->texts++]);
    }
    choose(choice, field->name);
}

static void
collect_all(struct choice *choice)
{
    field_each(collect, choice);
    for (size_t i = 0; i < series_count; i++)
        choose(choice, series_table[i].name);
    for (size_t i = 0; i < indicator_count; i++)
        choose(choice, indicator_table[i].name);
    for (int kind = 0; kind < DIST_KINDS; kind++)
        choose(choice, distribution_forms[kind].name);
    for (size_t i = 0; i < word_count; i++)
        choose(choice, word_table[i].word);
}

/* Fields whose last name is the one asked for. */
struct named {
    const char *name;
    bool found;
};

static void
print_named(const char *path, const struct field *field, void *context)
{
    struct named *named = context;

    if (strcmp(field->name, named->name) != 0)
        return;
    printf("%s", named->found ? "\n" : "");
    print_field(path, field);
    named->found = true;
}

static bool
print_fields(const char *name)
{
    char path[256];
    const struct field *field = lookup_field(name, path, sizeof path);
    struct named named = {name, false};

    if (field == NULL) {
        field_each(print_named, &named);
        return named.found;
    }
    print_field(path, field);
    return true;
}

/* A series by its name, with or without the place in front. */
static const struct series *
find_series(const char *name)
{
    static const char *const prefixes[] = {"", "region_", "facility_"};

    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t length = strlen(prefixes[i]);
        if (strncmp(name, prefixes[i], length) == 0 && series_find(name + length) != NULL)
            return series_find(name + length);
    }
    return NULL;
}

static bool
print_name(const char *name)
{
    bool found = print_fields(name);
    const struct series *series = find_series(name);

    if (series != NULL) {
        printf("%s", found ? "\n" : "");
        print_series(series);
        found = true;
    }
    for (int kind = 0; kind < DIST_KINDS; kind++)
        if (strcmp(distribution_forms[kind].name, name) == 0) {
            printf("%s", found ? "\n" : "");
            print_distribution(kind);
            found = true;
        }
    found |= print_indicator_called(name, found);
    return print_word(name, found);
}

static void
list_field(const char *path, const struct field *field, void *context)
{
    (void)context;
    if (strchr(path, '.') == NULL && field->object != NULL)
        printf("\n");
    print_row(path, field->meaning, 30);
}

static void
print_everything(void)
{
    const char *group = "";

    printf("Fields of a scenario ('doorstroom explain facilities.ceiling' says more;\n"
           "'doorstroom explain calibration' has those of a file for calibrate,\n"
           "'doorstroom explain counts' those of a table for restart,\n"
           "'doorstroom explain backtest' those of a file for backtest,\n"
           "'doorstroom explain sweep' those of a design for sweep,\n"
           "'doorstroom explain power' those of a plan for power,\n"
           "'doorstroom explain indicators' what is made of series, and addresses)\n\n");
    field_each(list_field, NULL);
    printf("\nSeries of a result\n\n");
    for (size_t i = 0; i < series_count; i++)
        print_row(series_table[i].name, series_table[i].definition, 30);
    printf("\nDistributions\n\n");
    for (int kind = 0; kind < DIST_KINDS; kind++)
        print_row(distribution_forms[kind].name, distribution_texts[kind].example, 30);
    printf("\nWords\n");
    for (size_t i = 0; i < word_count; i++) {
        if (strcmp(group, word_table[i].fields) != 0)
            printf("\n%s:\n", word_table[i].fields + 1);
        group = word_table[i].fields;
        print_row(word_table[i].word, word_table[i].meaning, 30);
    }
}

static int
print_schema(void)
{
    char *text = schema_text();

    if (text == NULL) {
        fprintf(stderr, "doorstroom explain: no memory for the schema\n");
        return EXIT_ENVIRONMENT;
    }
    puts(text);
    free(text);
    return EXIT_DONE;
}

/* TEXT without what stands in brackets: facilities.capcity of facilities[Haren].capcity. */
static void
strip_keys(const char *text, char *out, size_t size)
{
    size_t used = 0;
    int depth = 0;

    for (; *text != '\0' && used + 1 < size; text++) {
        depth += *text == '[';
        if (depth == 0)
            out[used++] = *text;
        depth -= *text == ']' && depth > 0;
    }
    out[used] = '\0';
}

/* The nearest name to what was asked for: as it stands, without keys, or by its last name. */
static const char *
find_near(const char *name)
{
    static struct choice choice;
    char plain[256];

    choice.count = choice.texts = 0;
    collect_all(&choice);
    strip_keys(name, plain, sizeof plain);
    const char *last = strrchr(plain, '.');
    const char *near = suggest(name, choice.path, choice.count);
    if (near == NULL)
        near = suggest(plain, choice.path, choice.count);
    if (near == NULL && last != NULL)
        near = suggest(last + 1, choice.path, choice.count);
    return near;
}

/* Files other than scenarios, and who reads them. */
static const struct {
    const struct object_type *const *type;
    const char *reader;
} files[] = {
    {&targets_fields_of_file, "calibrate"}, {&counts_fields_of_file, "restart"},
    {&backtest_fields_of_file, "backtest"}, {&design_fields_of_file, "sweep"},
    {&power_fields_of_file, "power"},
};

/* What mentions a text, where nothing is called so: a row each. */
struct mention {
    const char *text;
    size_t count;
};

static void
mention(struct mention *mention, const char *name, const char *meaning)
{
    if (strcasestr(name, mention->text) == NULL && strcasestr(meaning, mention->text) == NULL)
        return;
    print_row(name, meaning, 30);
    mention->count++;
}

static void
mention_field(const char *path, const struct field *field, void *context)
{
    mention(context, path, field->meaning);
}

/* Print what mentions TEXT; false: nothing does, or TEXT is too short to mean anything. */
static bool
print_mentions(const char *text)
{
    struct mention found = {text, 0};

    if (strlen(text) < 3)
        return false;
    field_each(mention_field, &found);
    for (size_t i = 0; i < series_count; i++)
        mention(&found, series_table[i].name, series_table[i].definition);
    for (size_t i = 0; i < indicator_count; i++)
        mention(&found, indicator_table[i].name, indicator_table[i].definition);
    for (int kind = 0; kind < DIST_KINDS; kind++)
        mention(&found, distribution_forms[kind].name, distribution_texts[kind].meaning);
    for (size_t i = 0; i < word_count; i++)
        mention(&found, word_table[i].word, word_table[i].meaning);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char before[32];
        snprintf(before, sizeof before, "%s.", (*files[i].type)->explained);
        file_each(*files[i].type, before, mention_field, &found);
    }
    return found.count > 0;
}

/* The field that is called so in its file: sweep.factors.path. */
static void
print_named_of_file(const char *path, const struct field *field, void *context)
{
    struct named *named = context;

    if (strcmp(path, named->name) != 0)
        return;
    print_of_file(path, field, NULL);
    named->found = true;
}

static bool
print_file_called(const char *name)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const char *file = (*files[i].type)->explained;
        struct named named = {name, false};
        char before[32];
        if (strcmp(name, file) == 0) {
            printf("%s (a file: what doorstroom %s reads)\n", name, files[i].reader);
            file_each(*files[i].type, "", print_of_file, NULL);
            printf("  * must be given\n");
            return true;
        }
        snprintf(before, sizeof before, "%s.", file);
        file_each(*files[i].type, before, print_named_of_file, &named);
        if (named.found)
            return true;
    }
    return false;
}

int
command_explain(const struct options *options)
{
    const char *name = options->argument[0];
    char safe[512];

    if (options->schema)
        return print_schema();
    if (options->parameters) {
        print_parameters();
        return EXIT_DONE;
    }
    if (name == NULL) {
        print_everything();
        return EXIT_DONE;
    }
    if (strcmp(name, "indicators") == 0 || strcmp(name, "address") == 0 ||
        strcmp(name, "addresses") == 0) {
        print_indicators();
        return EXIT_DONE;
    }
    if (print_name(name))
        return EXIT_DONE;
    if (print_file_called(name))
        return EXIT_DONE;
    if (command_is(name)) {
        fprintf(stderr,
                "doorstroom explain: '%s' is a command: 'doorstroom %s -h' says what it does\n",
                name, name);
        return EXIT_BAD_INPUT;
    }
    bool mentioned = print_mentions(name);
    const char *near = mentioned ? NULL : find_near(name);
    fprintf(stderr,
            "doorstroom explain: no field, series, indicator, distribution or word is called "
            "'%s'%s%s%s\n",
            text_safe(name, 100, safe, sizeof safe),
            mentioned ? "; the above mention it"
            : near    ? "; did you mean '"
                      : "; 'doorstroom explain' lists them",
            near ? near : "", near ? "'?" : "");
    return EXIT_BAD_INPUT;
}
