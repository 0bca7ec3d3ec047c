// SPDX-License-Identifier: MIT
/* The call takes longer. */
#include "fault.h"

static void apply_delay(struct hit *hit, enum hit_point point, int64_t operand)
{
	hit_delay(hit, point, operand);
}

const struct fault fault_delay = {
	.name = "delay",
	.summary =
		"the call waits so long before it begins, or before its caller learns that it is done",
	.operand = FAULT_TAKES_TIME,
	.points = FAULT_AT_ENTRY | FAULT_AT_EXIT,
	.apply = apply_delay,
};
