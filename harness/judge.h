/* SPDX-License-Identifier: MIT */
/*
 * History against expectations: the verdict. Pure: reads plan and history, touches nothing outside.
 */
#ifndef IPCDRILL_JUDGE_H
#define IPCDRILL_JUDGE_H

#include <stdbool.h>

#include "history.h"
#include "plan.h"

enum verdict_kind {
	VERDICT_PASS,
	VERDICT_FAIL,			/* the platform did not do what is documented */
	VERDICT_SKIP,			/* needs are unmet here */
	VERDICT_BROKEN,			/* the scenario or the harness */
	VERDICT_INCONCLUSIVE,		/* never settled */
	VERDICT_EXPECTED_FAILURE,	/* a known deviation or a line of the baseline */
	VERDICT_UNEXPECTED_PASS,
};

/* Legal when zero (a pass). Texts are malloc()ed or NULL. */
struct verdict {
	enum verdict_kind kind;
	struct location where;		/* of the step; line 0: the scenario as a whole */
	int step;			/* or -1 */
	char *reason;			/* one line: "expected a result, but blocked in read(c) (fd 5)" */
	char *wanted;			/* or NULL */
	char *got;			/* or NULL */
	char *also;			/* what else would have been allowed; or NULL */
	char *facts;			/* kernel-side facts, lines; or NULL */
};

/*
 * Judges what was added to the history since the last call. True: the run may go on; false: verdict
 * is final. The judge keeps the bindings of each endpoint, so that expectations may use them.
 */
struct judge;
struct judge *judge_new(const struct plan *plan, const struct history *history);
bool judge_continue(struct judge *judge);
/*
 * Takes the verdict out; the caller frees it. Call after EVENT_END was judged or judge_continue()
 * was false.
 */
void judge_finish(struct judge *judge, struct verdict *verdict);
/*
 * Where the machine gives less than scenarios reckon with, what went wrong is no verdict on the
 * kernel: a skip. judge_finish() has done it.
 */
void judge_excuse(const struct history *history, struct verdict *verdict);
/* Bindings of an endpoint, for checks made by the driver. */
const struct value *judge_bindings(const struct judge *judge, int endpoint);
void judge_free(struct judge *judge);

const char *verdict_name(enum verdict_kind kind);	/* "pass", "expected failure" */
int verdict_find(const char *name);			/* -1: no such verdict */
bool verdict_is_good(enum verdict_kind kind);
void verdict_free(struct verdict *verdict);

#endif
