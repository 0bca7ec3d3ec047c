// SPDX-License-Identifier: MIT
/* Carrying orders out. */
#include "hit.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "exit_stop.h"
#include "hit_answer.h"
#include "hit_transfer.h"

void hit_init(struct hit *hit)
{
	hit->limit = SIZE_MAX;
	hit->wait_fd = -1;
	hit->is_held = true;
}

/* What a transfer in the caller's stead has borrowed. */
static void give_back_ends(struct hit *hit)
{
	transfer_close(hit->transfer);
	hit->transfer = NULL;
	hit->wait_fd = -1;
}

void hit_close(struct hit *hit)
{
	give_back_ends(hit);
	exit_stop_close(hit->exit_stop);
	hit->exit_stop = NULL;
}

/*
 * To the thread itself: only then is the signal certain to be there before the thread gets back to
 * its program.
 */
static void send_signal(const struct hit *hit, int signal)
{
	if (hit_is_valid(hit))
		syscall(SYS_tkill, hit->tid, signal);
}

/*
 * Without WAIT_KILLABLE_RECV (before Linux 5.19) a signal would call the thread away from here
 * before it is answered, and the call would be made again without it. So it comes at once after the
 * answer: a call that then waits ends as well.
 */
static void send_orders(struct hit *hit, const struct hit_orders *orders)
{
	uint64_t signals = orders->signals;

	if (hit->is_impatient) {
		hit->late_signals |= signals;
		signals = 0;
	}
	for (int signal = 1; signals; signal++, signals >>= 1) {
		if (signals & 1)
			send_signal(hit, signal);
	}
	if (orders->stop)
		send_signal(hit, SIGSTOP);
	if (orders->kill)
		send_signal(hit, orders->kill);
}

static bool must_wait(struct hit *hit, uint64_t open_gates, int64_t now_ns)
{
	const struct hit_orders *orders = &hit->orders[hit->point];

	if (orders->gates & ~open_gates)
		hit->wait = HIT_GATE;
	else if (orders->until_ns > now_ns)
		hit->wait = HIT_TIME;
	else
		return false;
	return true;
}

/* True if the call goes on from here. */
static bool enter(struct hit *hit)
{
	const struct hit_orders *orders = &hit->orders[HIT_ENTRY];

	hit->has_entered = true;
	if (!orders->any)
		return true;
	send_orders(hit, orders);
	if (orders->kill == SIGKILL)
		hit_end_as(hit, HIT_KILLED);
	else if (orders->stop || orders->kill)
		hit_answer_anew(hit);
	else
		return true;
	return false;
}

/* Nobody but the caller can make this call: it begins anew, and is stopped at the end. */
static bool follow(struct hit *hit)
{
	hit->refusal[0] = '\0';
	if (exit_stop_open(hit)) {
		hit_answer_go_on(hit);
		return false;
	}
	if (hit_answer_anew(hit) != HIT_OVER)
		hit->wait = HIT_CALLER;
	return false;
}

static bool come_to_exit(struct hit *hit)
{
	switch (exit_stop_state(hit->exit_stop)) {
	case EXIT_STOP_COMING:
		if (hit->is_held)
			hit_answer(hit, 0, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE);
		hit->wait = HIT_CALLER;
		return false;
	case EXIT_STOP_THERE:
		hit->value = exit_stop_result(hit->exit_stop);
		return true;
	case EXIT_STOP_GONE:
		if (hit->is_held)
			hit_answer_go_on(hit);
		else
			hit_end_as(hit, HIT_LOST);
		return false;
	}
	abort();
}

/* The effect, in the caller's stead or by itself; false while it waits, or if it is over. */
static bool perform(struct hit *hit)
{
	if (hit->exit_stop)
		return come_to_exit(hit);
	if (hit->transfer || !transfer_open(hit))
		return transfer_run(hit);
	if (hit->limit == SIZE_MAX)
		return follow(hit);
	/* What the kernel would refuse, it refuses itself. */
	hit_answer_go_on(hit);
	return false;
}

static enum hit_wait leave_by_itself(struct hit *hit)
{
	const struct hit_orders *orders = &hit->orders[HIT_EXIT];

	exit_stop_leave(hit->exit_stop, orders, hit->error_after);
	hit->exit_stop = NULL;
	hit->error = hit->error_after ? hit->error_after : hit->value < 0 ? (int)-hit->value : 0;
	if (orders->kill == SIGKILL)
		return hit_end_as(hit, HIT_KILLED);
	return hit_end_as(hit, hit->error_after ? HIT_ANSWERED : HIT_PASSED);
}

static enum hit_wait leave(struct hit *hit)
{
	const struct hit_orders *orders = &hit->orders[HIT_EXIT];

	if (hit->exit_stop)
		return leave_by_itself(hit);
	send_orders(hit, orders);
	if (orders->kill == SIGKILL)
		return hit_end_as(hit, HIT_KILLED);
	if (hit->error_after)
		hit->error = hit->error_after;
	if (hit->shape->transfer == TRANSFER_IDLE && !hit->error)
		return hit_answer_go_on(hit);
	return hit_answer_result(hit);
}

/*
 * An error of the entry point is all that happens; then nothing was done that could be seen at the
 * exit.
 */
static enum hit_wait decide(struct hit *hit)
{
	if (hit->error)
		return hit_answer_result(hit);
	if (hit->limit == SIZE_MAX && !hit_has_exit(hit))
		return hit_answer_go_on(hit);
	if (hit->shape->transfer != TRANSFER_IDLE && !perform(hit))
		return hit->wait;
	hit->point = HIT_EXIT;
	return HIT_OVER;
}

enum hit_wait hit_step(struct hit *hit, uint64_t open_gates, int64_t now_ns)
{
	if (hit->point == HIT_ENTRY) {
		if (!hit->has_entered && (must_wait(hit, open_gates, now_ns) || !enter(hit)))
			return hit->wait;
		decide(hit);
		if (hit->point == HIT_ENTRY)
			return hit->wait;
	}
	/*
	 * A borrowed end that we still held when its owner dies would have others believe that it
	 * lives.
	 */
	give_back_ends(hit);
	if (must_wait(hit, open_gates, now_ns))
		return hit->wait;
	return leave(hit);
}

void hit_stop_now(struct hit *hit)
{
	if (hit->wait != HIT_OVER && hit->wait != HIT_RESTART)
		hit_answer_anew(hit);
}

/*
 * Where it is in its orders stays as it was: a delay is not served twice, nor a signal sent again.
 */
void hit_resume(struct hit *hit, const struct hit *again)
{
	hit->id = again->id;
	hit->target = again->target;
	hit->wait = HIT_OVER;
	hit->is_sent_back = false;
	hit->is_held = true;
}

bool hit_is_gone(const struct hit *hit)
{
	if (hit->exit_stop)
		return exit_stop_state(hit->exit_stop) == EXIT_STOP_GONE;
	if (hit->wait == HIT_RESTART)
		return kill(hit->tid, 0) && errno == ESRCH;
	return !hit_is_valid(hit);
}

bool hit_expects(const struct hit *hit)
{
	return hit->exit_stop && exit_stop_is_entered(hit->exit_stop);
}
