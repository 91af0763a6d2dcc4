#include "suggest.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define LONGEST_WORD 40
#define MOST_LISTED  6

/* Edits that turn one word into the other: insert, delete, change (Levenshtein 1966); no less than
 * their lengths differ by, and not counted where that alone is more than `most`. */
static size_t
edit_distance(const char *a, const char *b, size_t most)
{
    size_t row[LONGEST_WORD + 1], m = strlen(a), n = strlen(b);

    if (m > LONGEST_WORD || n > LONGEST_WORD || m > n + most || n > m + most)
        return SIZE_MAX; /* so far that nobody meant it */
    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 1; i <= m; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t change = diagonal + (a[i - 1] != b[j - 1]);
            size_t gap = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            diagonal = row[j];
            row[j] = change < gap ? change : gap;
        }
    }
    return row[n];
}

/* The only word that begins with TEXT as words of its own; NULL: there is none, or more than one.
 */
static const char *
only_longer(const char *text, const char *const *word, size_t count)
{
    size_t length = strlen(text);
    const char *found = NULL;

    for (size_t i = 0; i < count; i++) {
        if (word[i] == NULL || length == 0 || strncasecmp(word[i], text, length) != 0 ||
            (word[i][length] != ' ' && word[i][length] != '-'))
            continue;
        if (found != NULL && strcmp(found, word[i]) != 0)
            return NULL;
        found = word[i];
    }
    return found;
}

const char *
suggest(const char *text, const char *const *word, size_t count)
{
    const char *best = NULL;
    size_t least = strlen(text) / 3 + 1;

    for (size_t i = 0; i < count; i++) {
        if (word[i] == NULL) /* a name that is missing has its own fault */
            continue;
        size_t distance = strcasecmp(text, word[i]) == 0 ? 0 : edit_distance(text, word[i], least);
        if (distance < least || (distance == least && best == NULL && distance <= 2)) {
            least = distance;
            best = word[i];
        }
    }
    return best != NULL ? best : only_longer(text, word, count);
}

void
suggest_all(const char *const *word, size_t count, char *text, size_t size)
{
    const char *listed[MOST_LISTED];
    size_t found = 0, length = 0;

    *text = '\0';
    for (size_t i = 0; i < count; i++) {
        bool unseen = word[i] != NULL;
        for (size_t n = 0; n < found && unseen; n++)
            unseen = strcmp(listed[n], word[i]) != 0;
        if (unseen && found == MOST_LISTED)
            return;
        if (unseen)
            listed[found++] = word[i];
    }
    const char *before = found == 1 ? "; there is " : "; there are ";
    for (size_t n = 0; n < found && length < size; n++) {
        length += (size_t)snprintf(text + length, size - length, "%s%.60s", before, listed[n]);
        before = n + 2 == found ? " and " : ", ";
    }
}
