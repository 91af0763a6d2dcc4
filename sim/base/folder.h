#ifndef SIM_FOLDER_H
#define SIM_FOLDER_H
/* A folder that is ours, with all that is in it. */

/* Take away PATH and what it holds, as far as that can be done; links are not followed. */
void folder_remove(const char *path);

#endif
