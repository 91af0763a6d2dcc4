#include "shell.h"

#include <stdbool.h>
#include <string.h>

void
shell_write_quoted(FILE *to, const char *word)
{
    fputc('\'', to);
    for (; *word != '\0'; word++)
        if (*word == '\'')
            fputs("'\\''", to);
        else
            fputc(*word, to);
    fputc('\'', to);
}

/* Can WORD stand in a shell's line as it is? */
static bool
is_plain(const char *word)
{
    return word[0] != '\0' && strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                           "0123456789_./=:,@%+-") == strlen(word);
}

void
shell_write_word(FILE *to, const char *word)
{
    if (is_plain(word))
        fputs(word, to);
    else
        shell_write_quoted(to, word);
}
