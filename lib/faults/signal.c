// SPDX-License-Identifier: MIT
/* A signal arrives while the call begins. */
#include "fault.h"

static void apply_signal(struct hit *hit, enum hit_point point, int64_t operand)
{
	hit_signal(hit, point, (int)operand);
}

const struct fault fault_signal = {
	.name = "signal",
	.summary =
		"the calling thread gets this signal as it enters the call, and handles it as it would anywhere",
	.operand = FAULT_TAKES_SIGNAL,
	.points = FAULT_AT_ENTRY,
	.apply = apply_signal,
};
