/* Prints the path of each field that a scenario may leave out, of those that the reader sees:
 * extends, set, add, drop and copies are done before. */

#include "models/scenario/fields/fields.h"

#include <stdio.h>
#include <string.h>

static void
print(const char *path, const struct field *field, void *context)
{
    (void)context;
    if (!field->required && field->type != FIELD_PATHS && strcmp(path, "extends") != 0 &&
        strcmp(path, "facilities.copies") != 0)
        puts(path);
}

int
main(void)
{
    field_each(print, NULL);
    return 0;
}
