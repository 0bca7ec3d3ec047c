/* SPDX-License-Identifier: MIT */
/* A process that runs tests one after the other: the init of its sandbox, pinned to a core. */
#ifndef IPCDRILL_WORKER_H
#define IPCDRILL_WORKER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plan.h"
#include "settle.h"
#include "shortage.h"

enum { WORKERS_MAX = 256 };

/* Shared by the pool and its workers. */
struct worker_desk {
	_Atomic int64_t job;		/* being run; -1: none */
	_Atomic int64_t limit_ns;	/* when it must be over, by the clock */
	struct shortages shortages;	/* where the worker is; read when it is dead */
};

/* What a test does most. */
enum worker_trade { TRADE_WORK, TRADE_WAIT, TRADES };

struct worker_board {
	_Atomic size_t next[TRADES];	/* where to look for a job of that trade */
	_Atomic uint32_t stop;
	struct worker_desk desks[WORKERS_MAX];
};

struct worker {
	struct worker_board *board;
	struct plan *const *plans;
	const size_t *jobs;		/* job -> index into plans; SIZE_MAX: needs no run */
	size_t job_count;
	unsigned number;
	/*
	 * Tests tagged `timer` do not keep a core busy: one that waits takes them alone, and the
	 * others only when nothing else is left. Without one, all tests are work.
	 */
	bool has_waiter;
	bool is_waiter;
	int core;			/* to be pinned to; -1: not */
	int results_fd;
	double timeout_scale;
	/* enum settle_grade; -1: the best that works where the worker is */
	int settle_grade;
};

/*
 * Runs jobs until none is left; for sandbox_start(). Exit status 0, also when it asks to be
 * replaced.
 */
int worker_main(void *context);

/* True if there may be a job left that such a worker would take. */
bool worker_may_have_work(const struct worker *worker);

/*
 * The caller's habits are no verdict on the kernel: as many descriptors as the suite needs, if they
 * are to be had.
 */
void worker_allow_descriptors(void);

#endif
