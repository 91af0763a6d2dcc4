#include "document.h"

#include "about.h"
#include "compared.h"
#include "give.h"
#include "numbers.h"
#include "places.h"

#define FORMAT 1

static int
no_memory(struct error *err)
{
    return error_set(err, NO_MEMORY, "no memory for the report");
}

/* VALUE under KEY; it is given away also where that fails. */
static int
put(json_t *document, const char *key, json_t *value, struct error *err)
{
    return json_object_set_new(document, key, value) == 0 ? OK : no_memory(err);
}

static int
put_results(json_t *document, const struct report_asked *asked, size_t *wrong, struct error *err)
{
    json_t *list = json_array();
    int status = list != NULL ? OK : no_memory(err);

    for (size_t k = 0; k < asked->stores && status == OK; k++) {
        json_t *about;
        *wrong = k;
        status = about_result(asked->store[k], asked->path[k], &about, err);
        if (json_array_append_new(list, about) != 0 && status == OK)
            status = no_memory(err);
    }
    if (status == OK)
        return put(document, "scenarios", list, err);
    json_decref(list);
    return status;
}

static int
put_numbers(json_t *document, const struct report_asked *asked, size_t *wrong, struct error *err)
{
    json_t *numbers = NULL;
    int status = report_numbers(asked->store, asked->stores, &numbers, wrong, err);

    if (status == OK && json_object_update(document, numbers) != 0)
        status = no_memory(err);
    json_decref(numbers);
    return status;
}

static int
put_compared(json_t *document, const struct report_asked *asked, size_t *wrong, struct error *err)
{
    json_t *compared = NULL;
    int status = report_compared(asked->store, asked->stores, &compared, wrong, err);

    return status == OK ? put(document, "comparison", compared, err) : status;
}

static int
put_all(json_t *document, const struct report_asked *asked, size_t *wrong, struct error *err)
{
    int status = put(document, "format", json_integer(FORMAT), err);

    if (status == OK)
        status = put(document, "made", about_program(asked->command, asked->made), err);
    if (status == OK)
        status = put_results(document, asked, wrong, err);
    if (status == OK)
        status = put(document, "regions", places_regions(asked->store, asked->stores), err);
    if (status == OK)
        status = put(document, "facilities", places_facilities(asked->store, asked->stores), err);
    if (status == OK)
        status = put_numbers(document, asked, wrong, err);
    if (status == OK)
        status = put_compared(document, asked, wrong, err);
    return status;
}

int
report_document(const struct report_asked *asked, json_t **document, size_t *wrong,
                struct error *err)
{
    *wrong = 0;
    *document = json_object();
    if (*document == NULL)
        return no_memory(err);
    int status = put_all(*document, asked, wrong, err);
    if (status != OK) {
        json_decref(*document);
        *document = NULL;
    }
    return status;
}
