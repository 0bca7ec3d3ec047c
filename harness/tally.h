/* SPDX-License-Identifier: MIT */
/* Tests grouped by what is said about them, in the order in which each thing was first said. */
#ifndef IPCDRILL_TALLY_H
#define IPCDRILL_TALLY_H

#include <stddef.h>
#include <stdio.h>

enum { TALLY_IDS_MAX = 3 };	/* ids named in a group; the others are counted */

struct tally_group {
	char *reason;
	char *ids[TALLY_IDS_MAX];
	size_t count;
};

/* Legal when zero. */
struct tally {
	struct tally_group *groups;
	size_t count;
};

void tally_add(struct tally *tally, const char *reason, const char *id);
/* "3 skipped: REASON" and a line with ids for each group. */
void tally_print(const struct tally *tally, FILE *out, const char *what);
void tally_clear(struct tally *tally);

#endif
