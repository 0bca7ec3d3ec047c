// SPDX-License-Identifier: MIT
/* The driver's side: receiving, serving, waiting, letting go. */
#include "inject.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "exit_stop.h"
#include "inject_hits.h"
#include "inject_notification.h"
#include "tracee_wake.h"

enum {
	/* notifications at a time: the driver has other things to look after */
	TURN_MAX = 256,
	/* for threads that are traced to come to where they can be let go */
	PARTING_TURNS = 1000,
};

/*
 * Kernels may know larger structures than our headers; they want them zeroed (seccomp_unotify(2)).
 */
static int receive(struct inject *inject)
{
	union {
		struct seccomp_notif notification;
		char room[512];
	} got;

	memset(&got, 0, sizeof(got));
	if (ioctl(inject->listener_fd, SECCOMP_IOCTL_NOTIF_RECV, &got)) {
		/* ENOENT: a signal took it back, or it died. */
		return errno == ENOENT || errno == EINTR ? 0 : -errno;
	}
	inject->notifications++;
	callers_received(&inject->callers, got.notification.id);
	inject_notified(inject, &got.notification);
	return 0;
}

int inject_serve(struct inject *inject)
{
	struct pollfd listener = { .fd = inject->listener_fd, .events = POLLIN };
	int count = 0;
	int err;

	inject_go_on(inject);
	while (count < TURN_MAX && !inject->is_over && poll(&listener, 1, 0) == 1) {
		if (listener.revents & POLLIN) {
			err = receive(inject);
			if (err)
				return err;
			count++;
		} else if (inject->is_deaf) {
			break;
		} else {
			inject_give_up(inject);
			if (!inject->is_over)
				break;
		}
	}
	return count;
}

size_t inject_pollfds(const struct inject *inject, struct pollfd *fds, size_t max)
{
	size_t count = 0;

	if (!inject->is_over && count < max)
		fds[count++] = (struct pollfd){ .fd = inject->listener_fd, .events = POLLIN };
	if (!inject->is_headless && count < max)
		fds[count++] = (struct pollfd){ .fd = inject->pidfd, .events = POLLIN };
	if (count < max && tracee_wake_fd() >= 0)
		fds[count++] = (struct pollfd){ .fd = tracee_wake_fd(), .events = POLLIN };
	for (const struct hit *hit = inject->hits; hit && count < max; hit = hit->next) {
		if (hit->wait == HIT_DESCRIPTOR)
			fds[count++] = (struct pollfd){ .fd = hit->wait_fd,
							.events = hit->wait_events };
	}
	return count;
}

int64_t inject_deadline_ns(const struct inject *inject)
{
	int64_t next_ns = INT64_MAX;

	for (const struct hit *hit = inject->hits; hit; hit = hit->next) {
		if (hit->wait == HIT_TIME && hit->orders[hit->point].until_ns < next_ns)
			next_ns = hit->orders[hit->point].until_ns;
	}
	return next_ns;
}

int inject_serve_announced(struct inject *inject)
{
	int err;

	inject_go_on(inject);
	err = receive(inject);
	return err ? err : 1;
}

const struct hit *inject_held(const struct inject *inject, pid_t tid)
{
	for (const struct hit *hit = inject->hits; hit; hit = hit->next) {
		if (hit->tid == tid)
			return hit;
	}
	return NULL;
}

void inject_release(struct inject *inject, unsigned gate)
{
	inject->open_gates |= UINT64_C(1) << gate;
	inject_go_on(inject);
}

void inject_stopping(struct inject *inject, pid_t tid)
{
	struct caller *caller = callers_find(&inject->callers, tid);

	for (struct hit *hit = inject->hits; hit && caller; hit = hit->next) {
		if (hit->tid != tid)
			continue;
		hit_stop_now(hit);
		caller->is_open = hit->is_sent_back;
	}
}

void inject_continuing(struct inject *inject, pid_t tid)
{
	struct caller *caller = callers_find(&inject->callers, tid);

	if (caller && caller->may_restart)
		caller->is_open = true;
}

void inject_process_died(struct inject *inject)
{
	if (inject->pidfd >= 0)
		close(inject->pidfd);
	inject->pidfd = -1;
}

/* A thread that is followed to the exit of its call is called away from it, and makes it again. */
static void part(struct inject *inject)
{
	for (int turn = 0; turn < PARTING_TURNS && exit_stops_go_on(inject->listener_fd); turn++) {
		inject_serve(inject);
		sched_yield();
	}
}

/*
 * Those who are held now, and those who wait to be received, make their calls as if nothing had
 * been ordered.
 */
void inject_close(struct inject *inject)
{
	while (inject->hits) {
		hit_pass(inject->hits);
		inject_finish(inject, inject->hits);
	}
	inject->rule_count = 0;
	if (inject->listener_fd >= 0) {
		part(inject);
		inject_serve(inject);
		close(inject->listener_fd);
	}
	inject_process_died(inject);
	inject->listener_fd = -1;
	target_close(&inject->target);
	callers_free(&inject->callers);
}
