#ifndef CLI_CSV_H
#define CLI_CSV_H
/* Cells of a table with commas, as RFC 4180 has them, but for lines that end in a newline alone. */

#include <stdio.h>

/* TEXT as a cell: between quotes where it holds a comma, a quote or the end of a line, with each
 * quote inside written twice. A spreadsheet runs a cell that begins with = + - @, a tab or a
 * carriage return as a formula: such a text gets an apostrophe in front. */
void csv_text(FILE *to, const char *text);

/* VALUE in 15 to 17 digits, as many as read back as the same number, without zeros at the end. */
void csv_number(FILE *to, double value);

/* The same for spreadsheets of countries that write a comma in numbers: cells end at a semicolon.
 */
void csv_text_comma(FILE *to, const char *text);
void csv_number_comma(FILE *to, double value);

#endif
