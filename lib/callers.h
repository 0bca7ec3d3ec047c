/* SPDX-License-Identifier: MIT */
/*
 * The threads of a process tree and the call that each made last: tells a call that the kernel
 * restarted, which is notified again under a new id, from a new call.
 */
#ifndef IPCDRILL_CALLERS_H
#define IPCDRILL_CALLERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "process_files.h"
#include "restart.h"
#include "shape.h"

/* What identifies a call as far as anybody can see it from outside. */
struct call_seen {
	uint64_t identity;	/* the endpoint's own number for the call; 0: unknown */
	uint64_t args[6];
	uint64_t ip;
	int number;
	uint32_t arch;
};

enum { CALLERS_OUTER_MAX = 8 };

/* A call that a handler may have interrupted, while we see the calls of the handler. */
struct call_outer {
	struct call_seen call;
	uint64_t vanished;
	bool has_not_ended;	/* that much is certain */
};

struct caller {
	pid_t tid;		/* 0: free */
	bool has_called;
	bool is_open;		/* the call below is known to come again */
	/* it went on into a sleep that a signal can end, or a signal took it back */
	bool may_restart;
	bool is_unfinished;	/* it has certainly not ended with a result of its own */
	struct call_seen call;
	struct call_outer outer[CALLERS_OUTER_MAX];	/* a ring */
	unsigned outer_next;
	uint64_t vanished;	/* as struct callers counts, at the time of the call */
	bool is_output;		/* that is what the call moves, if anything */
	int64_t moved;		/* that way, before the call went on; -1: nobody looked */
	bool is_counted;	/* the thread has not been let go since: */
	struct bytes_moved so_far;
	unsigned hits;		/* that faults are not done with */
};

/* Legal when zero. */
struct callers {
	/* by the driver */
	bool is_watched;	/* sigaction(2) is notified: has_handlers is known */
	bool has_handlers;	/* somebody of the tree may have installed one, */
	bool interrupts;	/* one without SA_RESTART, */
	bool is_elsewhere;	/* one that may run on an alternate stack */

	struct caller *table;	/* open addressing */
	size_t size;		/* a power of two */
	size_t used;
	uint64_t next_id;	/* of the notification after the last received; 0: none yet */
	/* notifications that signals took back before we could receive them */
	uint64_t vanished;
	struct process_files files;
};

/* Somebody of the tree installs a handler, with these of sigaction(2). */
void callers_handled(struct callers *callers, uint64_t flags);

/*
 * A notification with this id was received; ids rise by one for each call that the kernel wanted to
 * notify.
 */
void callers_received(struct callers *callers, uint64_t id);

/*
 * The entry of a thread, made if need be; valid until the next call of this. NULL: out of memory.
 */
struct caller *callers_find(struct callers *callers, pid_t tid);

/*
 * Does the thread that `hit` holds make a call once more, since the kernel restarted it? Sure where
 * the identity is known, or where the thread was told to. Else by the signal frame, and by whether
 * the earlier call moved any bytes: a signal that took a notification back before we saw it leaves
 * the same frame. For calls that move none, the answer is then that it is new. Looking for the
 * frame costs as much as a notification, so nobody does where there can be none: when the earlier
 * calls have ended, and no signal took a notification back since. Where no frame can be seen, and
 * all handlers have SA_RESTART, a call that could have slept and has moved no bytes is taken for
 * interrupted.
 */
enum restart caller_restarts(struct callers *callers, struct caller *caller,
			     const struct call_seen *call, const struct hit *hit);

/*
 * A call of this shape is about to go on in the kernel: looks at what tells later whether it came
 * to its end.
 */
void caller_goes_on(struct callers *callers, struct caller *caller, const struct shape *shape);

/* Everything about the thread's calls begins anew with this one. */
void caller_begins(struct callers *callers, struct caller *caller, const struct call_seen *call);

void callers_free(struct callers *callers);

#endif
