/* SPDX-License-Identifier: MIT */
/*
 * One intercepted call, and all that may be done to it. Its thread is held by the kernel until the
 * call is answered. Faults give orders; hit_step() carries them out as far as it gets without
 * waiting.
 */
#ifndef IPCDRILL_HIT_H
#define IPCDRILL_HIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "hit_orders.h"
#include "shape.h"

/* What keeps a hit from going on. */
enum hit_wait {
	HIT_OVER,		/* nothing: it is answered, or there is nobody left to answer */
	HIT_TIME,		/* orders[point].until_ns */
	HIT_GATE,		/* one of orders[point].gates */
	HIT_DESCRIPTOR,		/* wait_fd is not ready for wait_events: the call would block */
	/* the caller itself is making the call, and is stopped at its end: exit_stop */
	HIT_CALLER,
	/* the thread is stopped, or in a signal handler; it makes the call again */
	HIT_RESTART,
};

enum hit_end {
	HIT_UNDECIDED,
	HIT_PASSED,		/* left to the kernel */
	HIT_ANSWERED,		/* with hit->error or hit->value */
	HIT_KILLED,
	HIT_LOST,		/* the thread died or was interrupted before */
	/* left to the kernel, since what was ordered cannot be done honestly: hit->refusal */
	HIT_REFUSED,
};

/*
 * The process whose call was hit last: most hits come from the same one. Legal after target_init().
 */
struct target {
	pid_t tid;
	int pidfd;		/* -1: not opened */
};

struct transfer;
struct exit_stop;

struct hit {
	/* the call, by the listener */
	int listener_fd;
	uint64_t id;
	pid_t tid;
	uint32_t arch;
	int number;			/* as a 64-bit program numbers it; -1: no rule knows it */
	uint64_t args[6];
	uint64_t ip;
	bool is_compat;			/* 32-bit: other layouts in memory */
	/* on this kernel a signal takes the call back while it is held */
	bool is_impatient;
	const struct shape *shape;
	struct target *target;

	/* by the faults; of errno and short the first one of each point decides */
	struct hit_orders orders[HIT_POINTS];
	unsigned order_count;		/* of those that were not too late */
	bool is_decided;
	int error;			/* of the entry point: instead of the effect */
	size_t limit;			/* bytes at most; SIZE_MAX: all */
	int error_after;		/* of the exit point: in spite of the effect */

	/* as it goes */
	enum hit_point point;
	bool has_entered;		/* orders of the entry point are carried out */
	bool is_sent_back;		/* the thread was told to make the call again */
	enum hit_wait wait;
	enum hit_end end;
	int wait_fd;
	short wait_events;
	int64_t value;			/* what the caller gets */
	struct transfer *transfer;
	struct exit_stop *exit_stop;
	uint64_t late_signals;		/* to be sent once it is answered */
	/* by the notification that `id` names: it is not answered yet */
	bool is_held;
	char refusal[120];
	void *owner;			/* the engine's */
	struct hit *next;
};

void target_init(struct target *target);
void target_close(struct target *target);

/* A hit on this call, with no orders yet. */
void hit_init(struct hit *hit);
/* What was borrowed is given back. */
void hit_close(struct hit *hit);

/* Carries the orders out as far as possible now; what it waits for, then. */
enum hit_wait hit_step(struct hit *hit, uint64_t open_gates, int64_t now_ns);

/* Lets the call go on whatever was ordered. */
void hit_pass(struct hit *hit);

/*
 * Its process was just sent SIGSTOP, which a thread that is held would not obey: it does, and then
 * makes the call again. What it waits for goes on meanwhile, but nothing happens before it is back.
 */
void hit_stop_now(struct hit *hit);

/* The same call was notified again, under the id that *again has. */
void hit_resume(struct hit *hit, const struct hit *again);

/* Nobody is left for whom anything could be done. */
bool hit_is_gone(const struct hit *hit);

/*
 * This notification is the call of this hit, once more; for hits whose callers are followed to the
 * exit.
 */
bool hit_expects(const struct hit *hit);

/*
 * False once the thread is dead or was interrupted: what was read of it since may be of somebody
 * else.
 */
bool hit_is_valid(const struct hit *hit);

/*
 * Looks into the caller; each checks that the thread was still held afterwards. -errno: ESRCH: it
 * was not; EFAULT, EBADF: as the call itself would fail.
 */
int hit_read(const struct hit *hit, uint64_t address, void *to, size_t size);
/* Up to size - 1 bytes and a NUL. Length, or -errno. */
ssize_t hit_read_string(const struct hit *hit, uint64_t address, char *text, size_t size);
int hit_write(const struct hit *hit, uint64_t address, const void *from, size_t size);
/* A duplicate of the caller's descriptor, which shares its open file description. */
int hit_borrow(const struct hit *hit, int fd);

#endif
