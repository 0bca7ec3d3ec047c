// SPDX-License-Identifier: MIT
/* The caller stops in the call, until it gets SIGCONT. */
#include "fault.h"

static void apply_stop(struct hit *hit, enum hit_point point, int64_t operand)
{
	(void)operand;
	hit_stop(hit, point);
}

const struct fault fault_stop = {
	.name = "stop",
	.summary =
		"the caller is stopped before the call has an effect, or after it without knowing",
	.operand = FAULT_TAKES_NOTHING,
	.points = FAULT_AT_ENTRY | FAULT_AT_EXIT,
	.apply = apply_stop,
};
