// SPDX-License-Identifier: MIT
/* The call moves fewer bytes than it was asked to. */
#include "fault.h"

static void apply_short(struct hit *hit, enum hit_point point, int64_t operand)
{
	(void)point;
	hit_shorten(hit, (size_t)operand);
}

const struct fault fault_short = {
	.name = "short",
	.summary = "the call really transfers at most so many bytes",
	.operand = FAULT_TAKES_BYTES,
	.points = FAULT_AT_ENTRY,
	.apply = apply_short,
};
