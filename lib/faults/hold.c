// SPDX-License-Identifier: MIT
/* The call waits at a gate. */
#include "fault.h"

static void apply_hold(struct hit *hit, enum hit_point point, int64_t operand)
{
	hit_hold(hit, point, UINT64_C(1) << operand);
}

const struct fault fault_hold = {
	.name = "hold",
	.summary =
		"the call waits for its gate, before it begins or before its caller learns that it is done",
	.operand = FAULT_TAKES_GATE,
	.points = FAULT_AT_ENTRY | FAULT_AT_EXIT,
	.apply = apply_hold,
};
