/* SPDX-License-Identifier: MIT */
/*
 * The only place that decides whether endpoints are still running, asleep in a call, done, stopped
 * or dead.
 */
#ifndef IPCDRILL_SETTLE_H
#define IPCDRILL_SETTLE_H

#include "deadline.h"
#include "endpoint.h"

/*
 * How "asleep" is observed; the first that works here is used, unless one is forced. An endpoint
 * whose call the kernel does not name to us, because it has become another user, is judged by its
 * state, and says so (`veiled`).
 */
enum settle_grade {
	/* /proc/TID/syscall: names the call, cannot mistake a busy processor for sleep */
	SETTLE_SYSCALL,
	/* /proc/TID/stat and the endpoint's own word that it is inside the call */
	SETTLE_STAT,
	SETTLE_TIME,		/* nothing but silence for a while: said in every report */
};

enum settled {
	/* every endpoint is ready, dead, stopped, or asleep in its own call */
	SETTLED_QUIET,
	/* something completed or died since settle was called, and all is quiet again */
	SETTLED_CHANGED,
	SETTLED_LATE,		/* the deadline passed first: inconclusive, never "blocked" */
};

const char *settle_grade_name(enum settle_grade grade);
/* The best grade that works on this machine, found by trying on a process of our own. */
enum settle_grade settle_probe(void);

struct settle {
	enum settle_grade grade;
	/* Called for each thing seen, in order. */
	void (*completed)(void *context, unsigned endpoint);
	void (*died)(void *context, unsigned endpoint);
	/* What a program wrote, as it comes; `stream` as in streams.h. */
	void (*wrote)(void *context, unsigned endpoint, int stream, const char *bytes,
		      size_t length);
	/*
	 * Quiet is not enough until this is true, unless nothing but time could still change it.
	 * NULL: quiet is enough.
	 */
	bool (*awaited)(void *context);
	void *context;
};

/*
 * Waits until all endpoints are settled. `patient`: an endpoint index whose call must end (a timer
 * may be what ends it): quiet alone is then not enough, only its completion, death or the deadline
 * is; -1: nobody.
 */
enum settled settle(const struct settle *settle, struct stage *stage, int patient,
		    const struct deadline *deadline);

/*
 * True if its call runs, or sleeps uninterruptibly, for a disk or a lock inside the kernel: that
 * ends by itself, so it is work going on, not waiting for anybody. Not part of settle(): it costs
 * as much as all the rest, and only matters before a call that must return is said not to.
 */
bool settle_is_working(const struct stage *stage, unsigned endpoint);

#endif
