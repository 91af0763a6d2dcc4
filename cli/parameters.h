#ifndef CLI_PARAMETERS_H
#define CLI_PARAMETERS_H
/* The parameters of the model: the field table as Markdown, which models/PARAMETERS.md holds. */

/* Print all fields, those of each list or map under a heading of their own. */
void print_parameters(void);

#endif
