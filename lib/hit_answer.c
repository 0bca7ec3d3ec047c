// SPDX-License-Identifier: MIT
/* What the kernel is told of a call that was handed over, and what is left of the hit then. */
#include "hit_answer.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * For the kernel only: a call that ends with it while a signal is pending is made again
 * (include/linux/errno.h).
 */
enum { RESTART_NO_INTERRUPTION = 513 };

enum hit_wait hit_end_as(struct hit *hit, enum hit_end how)
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
		return hit_end_as(hit, HIT_LOST);
	return hit->wait = HIT_RESTART;
}

bool hit_answer(struct hit *hit, int64_t value, int error, uint32_t flags)
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
	if (hit_answer(hit, 0, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE))
		hit_end_as(hit, hit->refusal[0] ? HIT_REFUSED : HIT_PASSED);
	else
		hit_end_as(hit, HIT_LOST);
}

enum hit_wait hit_answer_go_on(struct hit *hit)
{
	if (!hit_answer(hit, 0, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE))
		return lose(hit);
	return hit_end_as(hit, hit->refusal[0] ? HIT_REFUSED : HIT_PASSED);
}

enum hit_wait hit_answer_result(struct hit *hit)
{
	if (!hit_answer(hit, hit->error ? 0 : hit->value, hit->error, 0))
		return lose(hit);
	return hit_end_as(hit, HIT_ANSWERED);
}

/*
 * A thread that is held cannot stop, and one that is let go might do the call first. So it gets the
 * signal and is told to begin the call anew: the signal is dealt with in between.
 */
enum hit_wait hit_answer_anew(struct hit *hit)
{
	hit->is_sent_back = hit_answer(hit, 0, RESTART_NO_INTERRUPTION, 0);
	if (hit->is_sent_back)
		return hit->wait = HIT_RESTART;
	return lose(hit);
}
