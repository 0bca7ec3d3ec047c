// SPDX-License-Identifier: MIT
/* Invariants of files, while these are still there. */
#include <stdio.h>
#include <string.h>

#include "runner.h"

void runner_check_invariants(struct runner *runner)
{
	for (size_t i = 0; i < runner->plan->invariant_count; i++) {
		const struct plan_invariant *invariant = &runner->plan->invariants[i];
		bool holds = false;
		char text[300];
		int err = journal_check(invariant->path, invariant->demand, &holds, text,
					sizeof(text));

		if (err)
			snprintf(text, sizeof(text), "it cannot be read: %s", strerror(-err));
		else if (holds)
			continue;
		runner_event_text(runner, EVENT_VIOLATED, -1, "%s", text)->number = (int64_t)i;
	}
}
