/* SPDX-License-Identifier: MIT */
/* The reference of mechanisms, calls, faults, facts and probes, from the tables that are used. */
#ifndef IPCDRILL_REFERENCE_H
#define IPCDRILL_REFERENCE_H

#include <stddef.h>
#include <stdio.h>

/*
 * Those of this name, for one may be several things; NULL: all, with headings. How many there were.
 */
size_t reference_print(FILE *out, const char *name);

/* The nearest of all names to a misspelt one, or NULL if none is near. */
const char *reference_nearest(const char *name);

#endif
