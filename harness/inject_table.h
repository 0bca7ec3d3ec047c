/* SPDX-License-Identifier: MIT */
/* What came of a sweep, for people and for programs. */
#ifndef IPCDRILL_INJECT_TABLE_H
#define IPCDRILL_INJECT_TABLE_H

#include <stdio.h>

#include "inject_measure.h"
#include "inject_points.h"

/* Why not all points were run. Legal when zero: all were. */
struct sweep_stop {
	int signal; /* that interrupted it; 0: none did */
	const struct sweep_point *failed; /* the first whose run could not be started, or NULL */
};

/* Neighbours with the same outcome share a line. */
void sweep_print(const struct sweep_points *points, const struct sweep_measure *measure,
		 const struct sweep_stop *stop, FILE *out);
void sweep_print_json(const struct sweep_points *points, const struct sweep_measure *measure,
		      const struct sweep_stop *stop, FILE *out);

#endif
