// SPDX-License-Identifier: MIT
/* The call reports an error. */
#include "fault.h"

static void apply_errno(struct hit *hit, enum hit_point point, int64_t operand)
{
	hit_fail(hit, point, (int)operand);
}

const struct fault fault_errno = {
	.name = "errno",
	.summary =
		"the call fails with this error: at the entry without an effect, at the exit in spite of it",
	.operand = FAULT_TAKES_ERRNO,
	.points = FAULT_AT_ENTRY | FAULT_AT_EXIT,
	.apply = apply_errno,
};
