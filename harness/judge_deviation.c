// SPDX-License-Identifier: MIT
/*
 * A platform that is known to deviate from the documents: failing at their claim is what is
 * expected of it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "judge_state.h"

/* The documented claim stands last; what leads up to it must work on every platform. */
static int claim_of(const struct plan *plan)
{
	int step = (int)plan->step_count - 1;

	while (step > 0 && plan->steps[step].kind == STEP_CALL &&
	       plan->steps[step].want.kind == WANT_SUCCESS && !plan->steps[step].want.out_count)
		step--;
	return step;
}

void judge_apply_deviation(const struct plan *plan, struct verdict *verdict)
{
	const char *why = plan->deviation;
	char *reason = NULL;
	int length;

	if (verdict->kind == VERDICT_FAIL && verdict->step != claim_of(plan))
		return;
	if (verdict->kind == VERDICT_FAIL) {
		verdict->kind = VERDICT_EXPECTED_FAILURE;
		length = asprintf(&reason, "known deviation: %s; here: %s", why, verdict->reason);
	} else if (verdict->kind == VERDICT_PASS) {
		verdict->kind = VERDICT_UNEXPECTED_PASS;
		length = asprintf(&reason, "passed, in spite of the known deviation: %s", why);
	} else {
		return;
	}
	if (length < 0)
		abort();
	free(verdict->reason);
	verdict->reason = reason;
}
