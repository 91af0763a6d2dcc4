#ifndef ANALYSIS_SHELL_H
#define ANALYSIS_SHELL_H
/* Words as a shell reads them. */

#include <stdio.h>

/* WORD between single quotes, in which all stands for itself but they. */
void shell_write_quoted(FILE *to, const char *word);

/* WORD as it is where it can stand so, else within quotes. */
void shell_write_word(FILE *to, const char *word);

#endif
