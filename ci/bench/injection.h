/* SPDX-License-Identifier: MIT */
/* What a call costs under rules, on one core. */
#ifndef IPCDRILL_BENCH_INJECT_H
#define IPCDRILL_BENCH_INJECT_H

#include <stddef.h>

enum inject_cost {
	COST_BARE,		/* getppid, no filter */
	COST_OTHER,		/* getppid, under a filter for other calls */
	COST_STATIC,		/* getppid, answered with an error by the filter */
	/* getppid, handed to the shortest loop that can answer: poll, receive, let go */
	COST_ROUND_TRIP,
	COST_PASSED,		/* getppid, counted by a rule that does not fire */
	/* read, which might sleep and be restarted, by a program without signal handlers */
	COST_PASSED_READ,
	COST_PASSED_LOOKED,	/* the same by a program that has some */
	COST_ANSWERED,		/* getppid, failed by a rule at each call */
	COST_SHORT,		/* read of 64 bytes, of which one is transferred on its behalf */
	/* lseek, which only the caller can make, failed by a rule after its effect */
	COST_EXIT_STOP,
	COSTS,
};

struct inject_costs {
	double ns[COSTS];	/* median of batches, a call */
};

/*
 * The name of a cost, for the report; and what it is to be compared with: itself where there is
 * nothing.
 */
const char *inject_cost_name(enum inject_cost cost);
enum inject_cost inject_cost_base(enum inject_cost cost);

/* 0 or -errno: what this machine cannot do. */
int measure_inject(struct inject_costs *costs);

/* Makes getppid in batches; nanoseconds a call. */
double measure_getppid(int batches);

#endif
