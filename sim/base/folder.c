#include "folder.h"

#include <ftw.h>
#include <stdio.h>

#define MOST_OPEN 16 /* folders at once */

static int
remove_one(const char *path, const struct stat *info, int kind, struct FTW *at)
{
    (void)info;
    (void)kind;
    (void)at;
    return remove(path);
}

void
folder_remove(const char *path)
{
    nftw(path, remove_one, MOST_OPEN, FTW_DEPTH | FTW_PHYS);
}
