/* SPDX-License-Identifier: MIT */
/*
 * What is known not to pass on this machine, as data: lines of id, verdict and reason, parted by
 * tabs; '#' begins a comment line. An id may be a pattern (glob.h); the first line that matches a
 * test counts.
 */
#ifndef IPCDRILL_BASELINE_H
#define IPCDRILL_BASELINE_H

#include "diag.h"
#include "judge.h"
#include "plan.h"

struct baseline_line {
	char *id;
	enum verdict_kind verdict;	/* fail, broken, inconclusive, skip or unexpected pass */
	char *reason;
	char *surprise;			/* the reason of an unexpected pass */
	struct location where;		/* of the id */
};

/* Legal when zero: nothing is known. */
struct baseline {
	struct source source;
	struct baseline_line *lines;
	size_t count;
};

/* 0, or -errno if it cannot be read. Everything wrong with its lines goes to diag. */
int baseline_read(struct baseline *baseline, const char *path, struct diag *diag);

/* Lines that speak of no test of the suite go to diag. */
void baseline_compare(const struct baseline *baseline, const struct suite *suite,
		      struct diag *diag);

/*
 * The verdict in the light of the baseline: what is listed becomes an expected failure, passing in
 * spite of it an unexpected pass; a skip stays a skip, because nothing was learnt. `judged` borrows
 * its texts: nothing to free.
 */
void baseline_judge(const struct baseline *baseline, const char *id, const struct verdict *verdict,
		    struct verdict *judged);

void baseline_close(struct baseline *baseline);

#endif
