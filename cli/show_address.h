#ifndef CLI_SHOW_ADDRESS_H
#define CLI_SHOW_ADDRESS_H
/* One number, by its address. */

#include "command.h"

/* The argument that is an address, or -1: it has a bracket and is no file. */
int show_find_address(const struct options *options);

/* Print the number at argument AT, from the results that the other arguments name, or else those in
 * the present folder: the number alone in a line, then what it is. The exit status. */
int show_address(const struct options *options, int at);

#endif
