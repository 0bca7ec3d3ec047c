/* SPDX-License-Identifier: MIT */
/* The points of a sweep: (call, n, effect), what came of each, and what of that is worth a line. */
#ifndef IPCDRILL_INJECT_POINTS_H
#define IPCDRILL_INJECT_POINTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "command.h"
#include "inject.h"
#include "inject_profile.h"
#include "inject_trial.h"

/* From harmless to worse. */
enum sweep_outcome {
	SWEEP_UNKNOWN, /* not run */
	SWEEP_SAME, /* the output and the status of the undisturbed run */
	SWEEP_OUTPUT, /* its status, but other output */
	SWEEP_STATUS, /* number: another status */
	SWEEP_SIGNAL, /* number: killed by it */
	SWEEP_HANG, /* text: who sleeps where */
	SWEEP_LATE, /* the limit passed */
	SWEEP_UNREACHED, /* the call was not made that often */
	SWEEP_REFUSED, /* text: why the effect could not be had */
	SWEEP_OUTCOMES,
};

/* One call under one effect, for all n. */
struct sweep_line {
	char call[40];
	char effect[60];
	struct inject_rule rule; /* without trigger */
	struct inject_filter filter;
	const char *refusal; /* why it could never be carried out; NULL: it is run */
	uint64_t times; /* that the undisturbed run made the call */
	size_t first; /* its points */
};

struct sweep_point {
	size_t line;
	uint64_t n;
	enum sweep_outcome outcome;
	int number;
	char *text;
};

/* Legal when zero. */
struct sweep_points {
	struct sweep_line *lines;
	size_t line_count;
	struct sweep_point *points;
	size_t count;
};

/* The calls of one name. */
struct sweep_call {
	char name[40];
	int numbers[INJECT_CALLS_MAX];
	size_t number_count;
};

/*
 * All lines and points of these calls with each of these effects, by what the undisturbed run made.
 * 0 or -errno.
 */
int points_make(struct sweep_points *points, const struct sweep_call *calls, size_t call_count,
		const struct inject_effect *effects, size_t effect_count, enum hit_point point,
		const struct inject_profile *profile);

/* Points first .. result - 1 are of one line and have the same outcome. */
size_t points_group_end(const struct sweep_points *points, size_t first);

/*
 * True if it went worse than the effect alone explains: it hung, or a signal that nobody sent
 * killed it.
 */
bool point_is_bad(const struct sweep_points *points, const struct sweep_point *point);

/* Why there is nothing to run, and so nothing is proved; NULL: there is something. */
const char *points_excuse(const struct sweep_points *points);

/* What a sweep of these points is worth. */
enum exit_status points_status(const struct sweep_points *points);

/* "exit status 2", "killed by SIGSEGV", "hang: cat (pid 7) is asleep in read" */
void point_text(const struct sweep_point *point, char *text, size_t size);
const char *sweep_outcome_name(enum sweep_outcome outcome);

void points_free(struct sweep_points *points);

#endif
