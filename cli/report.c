#include "command.h"
#include "output.h"
#include "text.h"

#include "analysis/report/document.h"
#include "analysis/report/fill.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define OUTPUT "report.html"
#define LATEST 253402300799LL /* 9999-12-31T23:59:59Z: a year has four figures */

/* What was asked, what was opened, what comes out. */
struct work {
    const struct options *options;
    const char *output, *language;
    struct store *store[MOST_ARGUMENTS];
    json_t *document;
    char *html;
    size_t size;
    time_t made; /* what the page says of itself */
};

static int
say(int status, const char *message)
{
    return say_fault("report", status, message);
}

static int
read_language(struct work *work)
{
    static const char *const languages[] = {"nl", "fr", "en"};
    const char *asked = work->options->language;
    char line[256];

    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (strcmp(asked != NULL ? asked : languages[0], languages[i]) == 0) {
            work->language = languages[i];
            return EXIT_DONE;
        }
    snprintf(line, sizeof line, "--lang: found '%.40s', expected nl, fr or en", asked);
    return say(BAD_INPUT, line);
}

/* Now, or the time that SOURCE_DATE_EPOCH gives, so that a report can be made again bit by bit. */
static int
read_made(struct work *work)
{
    const char *given = getenv("SOURCE_DATE_EPOCH");
    char line[256], *end;

    work->made = time(NULL);
    if (given == NULL || *given == '\0')
        return EXIT_DONE;
    long long seconds = strtoll(given, &end, 10);
    if (strspn(given, "0123456789") == strlen(given) && seconds <= LATEST) {
        work->made = (time_t)seconds;
        return EXIT_DONE;
    }
    snprintf(line, sizeof line, "SOURCE_DATE_EPOCH: found '%.40s', expected seconds, 0 to %lld",
             given, LATEST);
    return say(BAD_INPUT, line);
}

/* No file that is read may be what is written. */
static int
check_inputs(const struct work *work)
{
    const struct options *options = work->options;
    const char *const brought[] = {options->attribution, options->backtest};
    int status = EXIT_DONE;

    for (int i = 0; i < options->arguments && status == EXIT_DONE; i++)
        status = output_check_input("report", work->output, options->argument[i]);
    for (size_t i = 0; i < sizeof brought / sizeof *brought && status == EXIT_DONE; i++)
        if (brought[i] != NULL)
            status = output_check_input("report", work->output, brought[i]);
    return status;
}

/* Everything that can be said before results are read. */
static int
check_asked(struct work *work)
{
    const struct options *options = work->options;
    size_t size;

    fill_page(&size);
    if (size == 0)
        return say(ENVIRONMENT, "this program was built without the page: install nodejs and npm, "
                                "then 'make' again");
    int status = read_language(work);
    if (status == EXIT_DONE)
        status = read_made(work);
    if (status == EXIT_DONE)
        status = output_check("report", work->output, options->force);
    return status == EXIT_DONE ? check_inputs(work) : status;
}

/* A result that came before number N, under whatever name, would be its own other side. */
static int
check_other(const struct work *work, int n)
{
    const char *const *path = work->options->argument;
    const char *id = store_id(work->store[n]);
    char line[2048];

    for (int i = 0; i < n; i++)
        if (id[0] != '\0' && strcmp(store_id(work->store[i]), id) == 0) {
            snprintf(line, sizeof line, "%.600s is the same result as %.600s: give it once",
                     path[n], path[i]);
            return say(BAD_INPUT, line);
        }
    return EXIT_DONE;
}

static int
open_all(struct work *work)
{
    struct error err = {0};
    int status = EXIT_DONE;

    for (int i = 0; i < work->options->arguments && status == EXIT_DONE; i++) {
        if (store_open(&work->store[i], work->options->argument[i], &err) != OK)
            return say(err.code, err.message);
        store_use_threads(work->store[i], threads_default("report", 0));
        status = check_other(work, i);
    }
    return status;
}

/* Say what is wrong with the result at PATH, which what there is to say may name already. */
static int
say_of(const char *path, const struct error *err)
{
    char line[2048];
    size_t length = strlen(path);

    if (strncmp(err->message, path, length) == 0 && err->message[length] == ':')
        return say(err->code, err->message);
    snprintf(line, sizeof line, "%.500s: %.1000s", path, err->message);
    return say(err->code, line);
}

static int
make(struct work *work)
{
    const struct options *options = work->options;
    const struct report_asked asked = {.store = work->store,
                                       .path = options->argument,
                                       .stores = (size_t)options->arguments,
                                       .command = options->command_line,
                                       .made = work->made,
                                       .attribution = options->attribution,
                                       .backtest = options->backtest};
    struct error err = {0};
    size_t wrong = 0, size;
    int status = report_document(&asked, &work->document, &wrong, &err);

    if (status != OK && wrong == SIZE_MAX)
        return say(status, err.message);
    if (status != OK)
        return say_of(options->argument[wrong], &err);
    const char *title = store_text(work->store[0], NULL, "title");
    const char *page = fill_page(&size);
    status = fill_html(page, size, title != NULL ? title : "doorstroom", work->language,
                       work->document, &work->html, &work->size, &err);
    return status == OK ? EXIT_DONE : say(status, err.message);
}

static bool
write_html(FILE *to, const void *context)
{
    const struct work *work = context;

    return fwrite(work->html, 1, work->size, to) == work->size;
}

static int
write_report(const struct work *work)
{
    char safe[2048];
    int status = output_write("report", work->output, write_html, work);

    if (status == EXIT_DONE && !work->options->quiet)
        printf("%s: %.1f MB; open it in a browser\n", text_safe(work->output, 0, safe, sizeof safe),
               (double)work->size / 1e6);
    return status;
}

int
command_report(const struct options *options)
{
    struct work work = {.options = options,
                        .output = options->output != NULL ? options->output : OUTPUT};
    int status = check_asked(&work);

    if (status == EXIT_DONE)
        status = open_all(&work);
    if (status == EXIT_DONE)
        status = make(&work);
    if (status == EXIT_DONE)
        status = write_report(&work);
    json_decref(work.document);
    free(work.html);
    for (int i = 0; i < options->arguments; i++)
        store_close(work.store[i]);
    return status;
}
