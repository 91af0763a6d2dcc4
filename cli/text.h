#ifndef CLI_TEXT_H
#define CLI_TEXT_H
/* Texts and numbers for a terminal. Names come from scenarios and results that others have written:
 * what a terminal would obey (control characters, escapes, marks that turn the writing round) is
 * printed as \x1b, and columns are counted as a terminal counts them. */

#include <stddef.h>
#include <stdio.h>

#define TERMINAL_WIDTH 80
#define NUMBER_TEXT    32

/* TEXT into OUT so that it prints harmlessly in at most WIDTH columns (0: any); what is longer ends
 * in "..". Returns OUT. */
const char *text_safe(const char *text, size_t width, char *out, size_t size);

/* Columns that a safe text takes. */
size_t text_columns(const char *safe);

/* TEXT, made safe, in a column of WIDTH: filled up on the right, or on the left where WIDTH is
 * negative; what is longer is cut. */
void text_cell(FILE *to, const char *text, int width);

/* TEXT, made safe, in words, with INDENT columns in front of every line but the first, which has
 * COLUMN columns already; ends the line. A word that is longer than a line goes on below. */
void text_wrap(FILE *to, const char *text, size_t column, size_t indent);

/* Decimals for a column of numbers of which LARGEST has the largest magnitude; or powers of ten. */
#define NUMBER_POWERS (-1)
int number_decimals(double largest);

/* VALUE with DECIMALS, or fewer digits so that it takes at most WIDTH columns; "-" for NaN. */
const char *number_text(double value, int decimals, size_t width, char out[NUMBER_TEXT]);

#endif
