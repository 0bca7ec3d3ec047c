/* SPDX-License-Identifier: MIT */
/*
 * What is to happen to an intercepted call: all that a fault needs to know of it. Nothing happens
 * before hit_step().
 */
#ifndef IPCDRILL_HIT_ORDERS_H
#define IPCDRILL_HIT_ORDERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hit;

enum hit_point {
	HIT_ENTRY,		/* the kernel has done nothing yet */
	HIT_EXIT,		/* it is done, and the caller does not know */
	HIT_POINTS,
};

/* What the faults of one call order at one point. */
struct hit_orders {
	int64_t until_ns;	/* not before; 0: at once */
	uint64_t gates;		/* a bit each: not before all are open */
	uint64_t signals;	/* bit S - 1 */
	int kill;		/* signal, or 0 */
	bool stop;
	bool any;		/* at least one of these */
};

/* Orders, for faults; each can be given several times, and adds up. */
void hit_fail(struct hit *hit, enum hit_point point, int error);
void hit_shorten(struct hit *hit, size_t limit);
void hit_delay(struct hit *hit, enum hit_point point, int64_t delay_ns);
void hit_hold(struct hit *hit, enum hit_point point, uint64_t gates);
void hit_signal(struct hit *hit, enum hit_point point, int signal);
void hit_stop(struct hit *hit, enum hit_point point);
void hit_kill(struct hit *hit, enum hit_point point, int signal);

/* True if anything is to happen once the call is done. */
bool hit_has_exit(const struct hit *hit);
/* False if, by what is ordered so far, the call is not made at all: then it has no exit. */
bool hit_will_return(const struct hit *hit);
/* Somebody else sees to that. */
void hit_forget_exit(struct hit *hit);

#endif
