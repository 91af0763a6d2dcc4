#ifndef ANALYSIS_REPORT_COMPARED_H
#define ANALYSIS_REPORT_COMPARED_H
/* The table of page one: the headlines of the base, and by how much each other result differs. */

#include "sim/base/error.h"
#include "sim/result/store.h"

#include <jansson.h>
#include <stddef.h>

/* An object of
 *
 *   rows     [{name, label, unit, better, by: "whole", base: {mean, low, high}, others}], where
 *            others is a list of {mean, difference, low, high, relative, relative_low,
 *            relative_high, better, same, p, holm}
 *   price    a {euro, low, high} for each other, or null: what a person-day above places costs that
 *            is avoided
 *   futures  how many are in all of them
 *   gain     as many times more would do without common random numbers, or null
 *   notes    what the reader should know, "" for nothing
 *
 * from STORE [stores], the base first; all intervals are of 95 %. No rows where the results
 * keep no headline. BAD_INPUT: they do not belong together (*WRONG: which); NO_MEMORY. */
MUST_CHECK int report_compared(struct store *const *store, size_t stores, json_t **compared,
                               size_t *wrong, struct error *err);

#endif
