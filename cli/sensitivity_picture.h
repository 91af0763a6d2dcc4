#ifndef CLI_SENSITIVITY_PICTURE_H
#define CLI_SENSITIVITY_PICTURE_H
/* Which factors move a number, as a picture; and the sentences that stand below it and below the
 * table. */

#include "analysis/sweep/sensitivity.h"

#define SENSITIVITY_REMARKS 2

/* What was counted, and how much is chance. */
struct sensitivity_remarks {
    char line[SENSITIVITY_REMARKS][160];
    size_t count;
};
void sensitivity_remark(const struct sensitivity *found, const struct outcome *outcome,
                        struct sensitivity_remarks *remarks);

/* Write FOUND of what ADDRESS measures to PATH, as an SVG; an exit status. */
int sensitivity_picture(const struct sensitivity *found, const struct outcome *outcome,
                        const char *address, const char *path);

#endif
