/* SPDX-License-Identifier: MIT */
/* What the pool knows of its jobs and of its workers. Private to pool*.c. */
#ifndef IPCDRILL_POOL_STATE_H
#define IPCDRILL_POOL_STATE_H

#include <sys/types.h>

#include "parcel.h"
#include "pool.h"
#include "sandbox.h"
#include "worker.h"

struct hand {			/* one worker, seen from here */
	pid_t pid;		/* 0: not running */
	int results_fd;
	bool is_put_down;	/* it hung, and was killed from here */
	struct worker worker;
};

struct delivery {		/* of a job, kept until its turn */
	bool here;
	struct parcel parcel;
};

struct pool {
	const struct suite *suite;
	const struct pool_options *options;
	struct sandbox_options sandbox;
	size_t *jobs;
	size_t job_count;
	struct delivery *deliveries;
	size_t delivered;
	const size_t *order;
	size_t order_count;
	struct worker_board *board;
	struct hand *hands;
	unsigned hand_count;
	bool has_waiter;	/* the last one of them (worker.h) */
	bool stopped;
	bool (*deliver)(void *context, const struct test_result *result);
	void *context;
	char *reason;
	size_t reason_size;
};

/* pool.c */
const struct plan *pool_plan(const struct pool *pool, size_t job);
/* No worker said what became of it; that may be for want of these. */
void pool_put_broken(struct pool *pool, size_t job, const struct shortages *shortages,
		     const char *reason);

/* pool_hands.c */
void pool_count_hands(struct pool *pool);
/*
 * Falls back to no sandbox where namespaces cannot be had. 0, or -errno if there is no worker at
 * all.
 */
int pool_start_hands(struct pool *pool);
/*
 * Takes one result from a worker whose pipe is readable; buries one that is dead, and replaces it.
 */
void pool_collect(struct pool *pool, struct hand *hand);
/* A worker that hangs in its clean-up cannot be asked; it is killed, and what it ran is broken. */
void pool_end_hanging(struct pool *pool);
void pool_end_all(struct pool *pool);

#endif
