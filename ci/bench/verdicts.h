/* SPDX-License-Identifier: MIT */
/* The engine's verdict "blocked", given again and again where the truth is known beforehand. */
#ifndef IPCDRILL_BENCH_VERDICTS_H
#define IPCDRILL_BENCH_VERDICTS_H

#include <stddef.h>

#include "settle.h"

struct verdicts {
	size_t trials;
	size_t wrong;		/* said "blocked" of a call that returns, or the reverse */
	size_t late;		/* no verdict within the limit */
	/* median: from the order to read to the verdict that the read blocks */
	double blocked_us;
	/* median: from the order to write to the verdict that both returned */
	double resumed_us;
	/* median: the verdict alone, on endpoints that were asleep before */
	double again_us;
};

/* A reader and a writer on a pipe, on the core the caller is pinned to. */
struct verdicts verdicts_try(size_t trials, enum settle_grade grade);

#endif
