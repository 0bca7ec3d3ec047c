/* SPDX-License-Identifier: MIT */
/*
 * The moment when a call is done and its caller does not know, for calls that only the caller
 * itself can make: the thread is traced from the call's entry to its end, and not a moment longer.
 * A call that is interrupted and restarted is followed to its real end.
 */
#ifndef IPCDRILL_EXIT_STOP_H
#define IPCDRILL_EXIT_STOP_H

#include <stdbool.h>

#include "hit.h"

struct exit_stop;

enum exit_stop_state {
	EXIT_STOP_COMING,	/* the call is not over, or not even begun */
	/* the call is over, and its caller stands still: its result is in hit->value, hit->error */
	EXIT_STOP_THERE,
	EXIT_STOP_GONE,		/* the thread died, or left the call by a jump */
};

/*
 * Seizes the thread that this hit holds, and makes it begin its call anew: it is notified once
 * more, and exit_stop_is_entered() is then true. 0, or -errno: the call is as it was; EPERM:
 * hit->refusal says why.
 */
int exit_stop_open(struct hit *hit);

/*
 * The call that the thread is notified for is the one that is followed, not one of a handler in
 * between.
 */
bool exit_stop_is_entered(const struct exit_stop *stop);

enum exit_stop_state exit_stop_state(const struct exit_stop *stop);
/* What the call returned; only when THERE. */
int64_t exit_stop_result(const struct exit_stop *stop);

/*
 * Carries the orders of the exit out, and lets the thread go; frees. error: that the call reports;
 * 0: its own result.
 */
void exit_stop_leave(struct exit_stop *stop, const struct hit_orders *orders, int error);

/* Lets the thread go as soon as that is possible, wherever it is. Frees. NULL is fine. */
void exit_stop_close(struct exit_stop *stop);

/*
 * All threads that are followed go on as far as they can without waiting; those of other listeners,
 * too, whose drivers then find that tracee_wake_fd() stays readable. How many of this listener are
 * closed and still traced.
 */
size_t exit_stops_go_on(int listener_fd);

#endif
