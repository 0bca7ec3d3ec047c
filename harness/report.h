/* SPDX-License-Identifier: MIT */
/* A way to print results. The only writers to standard output. */
#ifndef IPCDRILL_REPORT_H
#define IPCDRILL_REPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "judge.h"

struct test_result {
	size_t number;			/* of this test in the plan, from 1 */
	const struct plan *plan;
	unsigned repetition;		/* from 0; with --repeat */
	struct verdict verdict;
	struct history history;		/* empty for a pass */
	int64_t duration_ns;
	const char *replay;		/* the command that runs it again */
};

struct totals {
	size_t count[VERDICT_UNEXPECTED_PASS + 1];
	size_t planned;
	int64_t duration_ns;
	/* judged by less than the kernel naming the call that sleeps */
	size_t weaker;
	uint32_t grade;			/* the worst of these (settle.h) */
	const char *early_end;		/* why the rest was not to be run; or NULL */
	bool no_skips;			/* --no-skips: one is as bad as a failure */
	const char *failure;		/* why the harness could not go on; or NULL */
};

struct report_output {
	FILE *file;
	bool terminal;			/* progress may be redrawn */
	bool colour;
};

struct report {
	const char *name;		/* "pretty", "tap" */
	const char *summary;
	void (*begin)(const struct report_output *out, size_t planned);
	void (*result)(const struct report_output *out, const struct test_result *result,
		       const struct totals *so_far);
	void (*end)(const struct report_output *out, const struct totals *totals);
};

extern const struct report *const reports[];	/* ends with NULL; generated from the file names */
const struct report *report_find(const char *name);

/*
 * The full explanation of a verdict that is not a pass (design: wanted, got, also, citation,
 * timeline, facts, replay).
 */
void explain(FILE *out, const struct test_result *result, bool colour);
/* Only the timeline: one line an event. */
void explain_timeline(FILE *out, const struct plan *plan, const struct history *history);
/* A line, if something weaker than the best decided who was asleep. */
void explain_grade(FILE *out, const char *prefix, const struct totals *totals);

#endif
