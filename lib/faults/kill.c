// SPDX-License-Identifier: MIT
/* The caller dies in the call. */
#include <signal.h>

#include "fault.h"

static void apply_kill(struct hit *hit, enum hit_point point, int64_t operand)
{
	hit_kill(hit, point, (int)operand);
}

const struct fault fault_kill = {
	.name = "kill",
	.summary =
		"the caller gets the signal before the call has an effect, or after it without knowing",
	.operand = FAULT_TAKES_SIGNAL,
	.fallback = SIGKILL,
	.points = FAULT_AT_ENTRY | FAULT_AT_EXIT,
	.apply = apply_kill,
};
