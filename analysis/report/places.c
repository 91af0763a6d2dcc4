#include "places.h"

#include "give.h"

#include <stdbool.h>
#include <string.h>

/* Labels of a result may be no UTF-8: as keys in here they are not checked. */

/* The labels of NAME in STORE; NULL: it has none. */
static const char *const *
labels_of(const struct store *store, const char *name, size_t *size)
{
    struct store_coordinate coordinate;

    *size = 0;
    for (size_t i = 0; store_coordinate(store, i, &coordinate); i++)
        if (strcmp(coordinate.name, name) == 0 && coordinate.label != NULL) {
            *size = coordinate.size;
            return coordinate.label;
        }
    return NULL;
}

json_t *
places_regions(struct store *const *store, size_t stores)
{
    json_t *list = json_array(), *seen = json_object();
    bool good = list != NULL && seen != NULL;

    for (size_t k = 0; k < stores; k++) {
        size_t size;
        const char *const *label = labels_of(store[k], "region", &size);
        for (size_t i = 0; i < size && good; i++)
            if (json_object_get(seen, label[i]) == NULL)
                good = json_object_set_new_nocheck(seen, label[i], json_true()) == 0 &&
                       json_array_append_new(list, give_text(label[i])) == 0;
    }
    json_decref(seen);
    return give_if(list, good);
}

/* What stands beside each facility, by the name of its coordinate and of its key. */
static const struct {
    const char *coordinate, *key;
} besides[] = {{"facility_region", "region"}, {"facility_kind", "kind"}, {"facility_use", "use"}};

/* Facility I of STORE, which is in none of STORES results yet. */
static json_t *
facility_json(const struct store *store, const char *name, size_t i, size_t stores)
{
    json_t *facility = json_object(), *in = json_array();
    bool good = json_object_set_new(facility, "name", give_text(name)) == 0;
    size_t size;

    for (size_t b = 0; b < sizeof besides / sizeof *besides && good; b++) {
        const char *const *label = labels_of(store, besides[b].coordinate, &size);
        const char *text = i < size && label[i][0] != '\0' ? label[i] : NULL;
        good = json_object_set_new(facility, besides[b].key, give_text(text)) == 0;
    }
    const char *const *counted = labels_of(store, "facility_counted", &size);
    good =
        good && json_object_set_new(facility, "counted",
                                    json_boolean(i >= size || strcmp(counted[i], "no") != 0)) == 0;
    for (size_t k = 0; k < stores && good; k++)
        good = json_array_append_new(in, json_false()) == 0;
    good = json_object_set_new(facility, "in", in) == 0 && good;
    return give_if(facility, good);
}

/* Where it is, or null: it does not say. */
static bool
put_coordinates(json_t *facility, const char *name, const json_t *coordinates)
{
    static const char *const keys[] = {"latitude", "longitude"};
    const json_t *place = json_object_get(coordinates, name);
    bool good = true;

    for (size_t i = 0; i < 2 && good; i++) {
        json_t *degrees = json_array_get(place, i);
        good = json_object_set(facility, keys[i], degrees != NULL ? degrees : json_null()) == 0;
    }
    return good;
}

json_t *
places_facilities(struct store *const *store, size_t stores, const json_t *coordinates)
{
    json_t *list = json_array(), *seen = json_object();
    bool good = list != NULL && seen != NULL;

    for (size_t k = 0; k < stores; k++) {
        size_t size;
        const char *const *label = labels_of(store[k], "facility", &size);
        for (size_t i = 0; i < size && good; i++) {
            json_t *facility = json_object_get(seen, label[i]);
            if (facility == NULL) {
                facility = facility_json(store[k], label[i], i, stores);
                good = json_array_append_new(list, facility) == 0 &&
                       put_coordinates(facility, label[i], coordinates) &&
                       json_object_set_nocheck(seen, label[i], facility) == 0;
            }
            good = good && json_array_set_new(json_object_get(facility, "in"), k, json_true()) == 0;
        }
    }
    json_decref(seen);
    return give_if(list, good);
}
