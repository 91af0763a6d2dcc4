#include "portable_math.h"

#include <sleef.h>
#include <stdio.h>

/* Each row: the C library's name and the SLEEF function that takes its place.
 * tests/check_portable.sh reads what libgsl and the program import from libm and fails on a name
 * that is missing here. */
#define ONE_ARGUMENT(name)                                                                         \
    double name(double x);                                                                         \
    double name(double x)                                                                          \
    {                                                                                              \
        return Sleef_cinz_##name##d1_u10purec(x);                                                  \
    }

ONE_ARGUMENT(log)
ONE_ARGUMENT(log1p)
ONE_ARGUMENT(log2)
ONE_ARGUMENT(log10)
ONE_ARGUMENT(exp)
ONE_ARGUMENT(expm1)
ONE_ARGUMENT(sin)
ONE_ARGUMENT(cos)
ONE_ARGUMENT(tan)
ONE_ARGUMENT(asin)
ONE_ARGUMENT(acos)
ONE_ARGUMENT(atan)
ONE_ARGUMENT(sinh)
ONE_ARGUMENT(cosh)
ONE_ARGUMENT(tanh)
ONE_ARGUMENT(asinh)
ONE_ARGUMENT(acosh)
ONE_ARGUMENT(atanh)

double pow(double x, double y);
double
pow(double x, double y)
{
    return Sleef_cinz_powd1_u10purec(x, y);
}

double atan2(double y, double x);
double
atan2(double y, double x)
{
    return Sleef_cinz_atan2d1_u10purec(y, x);
}

double hypot(double x, double y);
double
hypot(double x, double y)
{
    return Sleef_cinz_hypotd1_u05purec(x, y);
}

void sincos(double x, double *sine, double *cosine);
void
sincos(double x, double *sine, double *cosine)
{
    *sine = Sleef_cinz_sind1_u10purec(x);
    *cosine = Sleef_cinz_cosd1_u10purec(x);
}

double
portable_log(double x)
{
    return Sleef_cinz_logd1_u10purec(x);
}

double
portable_log1p(double x)
{
    return Sleef_cinz_log1pd1_u10purec(x);
}

double
portable_exp(double x)
{
    return Sleef_cinz_expd1_u10purec(x);
}

double
portable_expm1(double x)
{
    return Sleef_cinz_expm1d1_u10purec(x);
}

double
portable_pow(double x, double y)
{
    return Sleef_cinz_powd1_u10purec(x, y);
}

struct library
portable_math_library(void)
{
    struct library library = {.name = "sleef"};

    snprintf(library.version, sizeof library.version, "%d.%d", SLEEF_VERSION_MAJOR,
             SLEEF_VERSION_MINOR);
    return library;
}
