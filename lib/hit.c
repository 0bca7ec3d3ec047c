// SPDX-License-Identifier: MIT
/* Carrying orders out, and answering. */
#include "hit.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "exit_stop.h"
#include "hit_transfer.h"

/*
 * For the kernel only: a call that ends with it while a signal is pending is made again
 * (include/linux/errno.h).
 */
enum { RESTART_NO_INTERRUPTION = 513 };

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

static enum hit_wait end(struct hit *hit, enum hit_end how)
{
	hit_close(hit);
	hit->end = how;
	return hit->wait = HIT_OVER;
}

/*
 * Somebody who lives on makes the call again, or it failed with EINTR; a later call of the thread
 * tells which.
 */
static enum hit_wait lose(struct hit *hit)
{
	if (kill(hit->tid, 0) && errno == ESRCH)
		return end(hit, HIT_LOST);
	return hit->wait = HIT_RESTART;
}

static bool answer(struct hit *hit, int64_t value, int error, uint32_t flags)
{
	struct {
		struct seccomp_notif_resp response;
		char room[256];		/* kernels to come may have more to say */
	} answer = { .response = { .id = hit->id, .val = value, .error = -error, .flags = flags } };
	int failed;

	do
		failed = ioctl(hit->listener_fd, SECCOMP_IOCTL_NOTIF_SEND, &answer);
	while (failed && errno == EINTR);
	hit->is_held = false;
	for (int signal = 1; !failed && hit->late_signals; signal++) {
		if (hit->late_signals & UINT64_C(1) << (signal - 1))
			syscall(SYS_tkill, hit->tid, signal);
		hit->late_signals &= ~(UINT64_C(1) << (signal - 1));
	}
	return !failed;
}

void hit_pass(struct hit *hit)
{
	if (answer(hit, 0, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE))
		end(hit, hit->refusal[0] ? HIT_REFUSED : HIT_PASSED);
	else
		end(hit, HIT_LOST);
}

static enum hit_wait pass(struct hit *hit)
{
	if (!answer(hit, 0, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE))
		return lose(hit);
	return end(hit, hit->refusal[0] ? HIT_REFUSED : HIT_PASSED);
}

static enum hit_wait give_back(struct hit *hit)
{
	if (!answer(hit, hit->error ? 0 : hit->value, hit->error, 0))
		return lose(hit);
	return end(hit, HIT_ANSWERED);
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

/*
 * A thread that is held cannot stop, and one that is let go might do the call first. So it gets the
 * signal and is told to begin the call anew: the signal is dealt with in between.
 */
static enum hit_wait begin_anew(struct hit *hit)
{
	hit->is_sent_back = answer(hit, 0, RESTART_NO_INTERRUPTION, 0);
	if (hit->is_sent_back)
		return hit->wait = HIT_RESTART;
	return lose(hit);
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
		end(hit, HIT_KILLED);
	else if (orders->stop || orders->kill)
		begin_anew(hit);
	else
		return true;
	return false;
}

/* Nobody but the caller can make this call: it begins anew, and is stopped at the end. */
static bool follow(struct hit *hit)
{
	hit->refusal[0] = '\0';
	if (exit_stop_open(hit)) {
		pass(hit);
		return false;
	}
	if (begin_anew(hit) != HIT_OVER)
		hit->wait = HIT_CALLER;
	return false;
}

static bool come_to_exit(struct hit *hit)
{
	switch (exit_stop_state(hit->exit_stop)) {
	case EXIT_STOP_COMING:
		if (hit->is_held)
			answer(hit, 0, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE);
		hit->wait = HIT_CALLER;
		return false;
	case EXIT_STOP_THERE:
		hit->value = exit_stop_result(hit->exit_stop);
		return true;
	case EXIT_STOP_GONE:
		if (hit->is_held)
			pass(hit);
		else
			end(hit, HIT_LOST);
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
	pass(hit);
	return false;
}

static enum hit_wait leave_by_itself(struct hit *hit)
{
	const struct hit_orders *orders = &hit->orders[HIT_EXIT];

	exit_stop_leave(hit->exit_stop, orders, hit->error_after);
	hit->exit_stop = NULL;
	hit->error = hit->error_after ? hit->error_after : hit->value < 0 ? (int)-hit->value : 0;
	if (orders->kill == SIGKILL)
		return end(hit, HIT_KILLED);
	return end(hit, hit->error_after ? HIT_ANSWERED : HIT_PASSED);
}

static enum hit_wait leave(struct hit *hit)
{
	const struct hit_orders *orders = &hit->orders[HIT_EXIT];

	if (hit->exit_stop)
		return leave_by_itself(hit);
	send_orders(hit, orders);
	if (orders->kill == SIGKILL)
		return end(hit, HIT_KILLED);
	if (hit->error_after)
		hit->error = hit->error_after;
	if (hit->shape->transfer == TRANSFER_IDLE && !hit->error)
		return pass(hit);
	return give_back(hit);
}

/*
 * An error of the entry point is all that happens; then nothing was done that could be seen at the
 * exit.
 */
static enum hit_wait decide(struct hit *hit)
{
	if (hit->error)
		return give_back(hit);
	if (hit->limit == SIZE_MAX && !hit_has_exit(hit))
		return pass(hit);
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
		begin_anew(hit);
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
