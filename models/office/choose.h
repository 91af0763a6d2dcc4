#ifndef MODELS_OFFICE_CHOOSE_H
#define MODELS_OFFICE_CHOOSE_H
/* Which prison somebody goes to, where nobody waits in a list for it. */

#include "office.h"

/* The prison of the person's region that the courts' weights choose, else the emptiest there; NULL:
 * none. */
struct site *choose_court(struct model *model, const struct person *person);

/* The emptiest prison of the country that accepts PERSON; NULL: none does. */
struct site *choose_anywhere(struct model *model, const struct person *person);

#endif
