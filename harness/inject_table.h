/* SPDX-License-Identifier: MIT */
/* What came of a sweep, for people and for programs. */
#ifndef IPCDRILL_INJECT_TABLE_H
#define IPCDRILL_INJECT_TABLE_H

#include <stdio.h>

#include "inject_measure.h"
#include "inject_points.h"

/* Neighbours with the same outcome share a line. `interrupt`: the signal that ended it early; 0. */
void sweep_print(const struct sweep_points *points, const struct sweep_measure *measure,
		 int interrupt, FILE *out);
void sweep_print_json(const struct sweep_points *points, const struct sweep_measure *measure,
		      int interrupt, FILE *out);

#endif
