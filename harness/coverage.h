/* SPDX-License-Identifier: MIT */
/*
 * Which documented behaviours a run has checked, and how it went: one row for each entry of the
 * catalogue.
 */
#ifndef IPCDRILL_COVERAGE_H
#define IPCDRILL_COVERAGE_H

#include "catalogue.h"
#include "report.h"

/* From the least that can be said of a behaviour to what matters most. */
enum coverage_state {
	COVERAGE_MISSING,	/* no scenario covers it */
	COVERAGE_SKIPPED,	/* some do, and none could run here */
	COVERAGE_PASSING,
	/* this platform is known not to do what is documented, and does not */
	COVERAGE_DEVIATING,
	COVERAGE_FAILING,	/* it failed, or nobody can tell */
	COVERAGE_STATES,
};

struct coverage_row {
	enum coverage_state state;
	size_t tests;
	char *test;		/* the id of one that makes it so; NULL while missing */
	char *why;		/* its reason; or NULL */
};

/* Rows in the order of catalogue_entries. Legal when zero. */
struct coverage {
	struct coverage_row *rows;
};

const char *coverage_state_name(enum coverage_state state);

void coverage_add(struct coverage *coverage, const struct test_result *result);

/* How many rows of this mechanism are in each state; NULL: of all. */
void coverage_count(const struct coverage *coverage, const char *mechanism,
		    size_t count[COVERAGE_STATES]);

void coverage_free(struct coverage *coverage);

#endif
