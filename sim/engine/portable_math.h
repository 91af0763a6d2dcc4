#ifndef SIM_PORTABLE_MATH_H
#define SIM_PORTABLE_MATH_H
/* Elementary functions that give the same bits on every x86-64 processor and at every optimisation
 * level. The C library picks fused multiply-add variants by processor; SLEEF's deterministic scalar
 * functions do not. portable_math.c also defines log, exp and their kin under the C library's own
 * names, so that GSL's samplers, which sit in a shared library, use them too. Own code calls the
 * portable_ names: a compiler may fold log(2.0) by itself, but never portable_log(2.0). */

#include "sim/base/library.h"

double portable_log(double x);
double portable_log1p(double x);
double portable_exp(double x);
double portable_expm1(double x);
double portable_pow(double x, double y);

/* SLEEF, behind this module. */
struct library portable_math_library(void);

#endif
