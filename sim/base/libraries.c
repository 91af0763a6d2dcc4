#include "libraries.h"

#include <csv.h>
#include <gsl/gsl_version.h>
#include <hdf5.h>
#include <libdeflate.h>
#include <nettle/version.h>
#include <sleef.h>
#include <stdio.h>
#include <yaml.h>

void
libraries_list(struct library library[LIBRARIES])
{
    unsigned major = 0, minor = 0, release = 0;

    H5dont_atexit(); /* before HDF5's first call; store_write says why */
    H5get_libversion(&major, &minor, &release);
    for (int i = 0; i < LIBRARIES; i++)
        library[i] =
            (struct library){.name = (const char *const[]){"gsl", "hdf5", "libyaml", "libcsv",
                                                           "libdeflate", "nettle", "sleef"}[i]};
    snprintf(library[0].version, sizeof library->version, "%s", gsl_version);
    snprintf(library[1].version, sizeof library->version, "%u.%u.%u", major, minor, release);
    snprintf(library[2].version, sizeof library->version, "%s", yaml_get_version_string());
    snprintf(library[3].version, sizeof library->version, "%d.%d.%d", CSV_MAJOR, CSV_MINOR,
             CSV_RELEASE);
    snprintf(library[4].version, sizeof library->version, "%s", LIBDEFLATE_VERSION_STRING);
    snprintf(library[5].version, sizeof library->version, "%d.%d", nettle_version_major(),
             nettle_version_minor());
    snprintf(library[6].version, sizeof library->version, "%d.%d", SLEEF_VERSION_MAJOR,
             SLEEF_VERSION_MINOR);
}
