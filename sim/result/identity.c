#include "identity.h"

#include "sim/base/digest.h"

#include <stdio.h>
#include <string.h>

/* The line at *AT, its length without the end in *LENGTH; *AT goes to the next. */
static const char *
next_line(const char **at, int *length)
{
    const char *line = *at;

    *length = (int)strcspn(line, "\n");
    *at = line + *length + (line[*length] != '\0');
    return line;
}

/* Does LINE begin with WORD, of so many bytes? */
static bool
says(const char *line, int size, const char *word)
{
    return (size_t)size == strlen(word) && memcmp(line, word, (size_t)size) == 0;
}

struct identity_difference
identity_compare(const char *other, const char *identity, const char *between)
{
    struct identity_difference difference;
    int there_size = 0, here_size = 0;
    const char *there, *here;

    do {
        there = next_line(&other, &there_size);
        here = next_line(&identity, &here_size);
    } while (here[0] != '\0' && there_size == here_size &&
             memcmp(there, here, (size_t)there_size) == 0);
    int word = (int)strcspn(here, " \n");
    const char *value = here + word + (here[word] == ' ');
    difference.of_build = says(here, word, "version") || says(here, word, "commit");
    if (there_size == 0 || here_size - word > 2 * DIGEST_SIZE) /* a digest tells a person nothing */
        snprintf(difference.text, sizeof difference.text, "its %.*s is not the same", word, here);
    else
        snprintf(difference.text, sizeof difference.text, "%.*s, %s %.*s", there_size, there,
                 between, (int)(here_size - (value - here)), value);
    return difference;
}
