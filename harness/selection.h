/* SPDX-License-Identifier: MIT */
/* Which tests to run, and in which order. */
#ifndef IPCDRILL_SELECTION_H
#define IPCDRILL_SELECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "command.h"
#include "plan.h"

/* Legal when zero: everything. Texts belong to the command line. Closed with selection_close(). */
struct selection {
	const char **patterns;		/* --only: an id must match one of them */
	size_t pattern_count;
	const char **tags;		/* --tag: its scenario must have one of them */
	size_t tag_count;
	bool shuffle;
	uint64_t seed;

	/* by selection_apply() */
	size_t *order;			/* indices into suite->plans */
	size_t count;
};

void selection_add_pattern(struct selection *selection, const char *pattern);
void selection_add_tag(struct selection *selection, const char *tag);

/* The value of --shuffle; NULL: any seed. False: it is not a number. */
bool selection_shuffle(struct selection *selection, const char *seed);

/*
 * EXIT_PASSED with the order, or EXIT_USAGE if a pattern or a tag, or all of them together, match
 * nothing.
 */
enum exit_status selection_apply(struct selection *selection, const struct suite *suite,
				 const char *command);
void selection_close(struct selection *selection);

#endif
