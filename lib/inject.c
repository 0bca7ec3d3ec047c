// SPDX-License-Identifier: MIT
/* Notifications to hits, hits to answers. */
#include "inject.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "exit_stop.h"
#include "inject_arch.h"
#include "inject_hits.h"
#include "inject_match.h"
#include "tracee.h"

enum {
	TURN_MAX = 256,		/* notifications at a time: the driver has other things to look after */
	PARTING_TURNS = 1000,	/* for threads that are traced to come to where they can be let go */
};

/* Counts the call with every rule that it matches; true if one of them fires. */
static bool judge(struct inject *inject, struct hit *hit)
{
	struct inject_look look;

	inject_look_init(&look);
	for (size_t i = 0; i < inject->rule_count; i++) {
		struct inject_rule *rule = &inject->rules[i];

		if (!inject_matches(rule, hit, &look) || !trigger_hit(&rule->trigger))
			continue;
		for (size_t e = 0; e < rule->effect_count; e++)
			rule->effects[e].fault->apply(hit, rule->point, rule->effects[e].operand);
		if (!hit->owner)
			hit->owner = rule;
		inject_note(inject, INJECT_FIRED, rule, hit);
	}
	inject_look_close(&look);
	return hit->owner;
}

/* No rule has anything to do with it, or not any more. */
static void let_go(struct inject *inject, struct caller *caller, struct hit *hit)
{
	caller_goes_on(&inject->callers, caller, hit->shape);
	hit_pass(hit);
	inject_close_call(inject, hit);
}

/* Short transfers are done on behalf of the caller, so their exit is ours as well. */
static void delegate_exit(const struct inject *inject, struct hit *hit)
{
	if (!inject->delegate || hit->error || hit->limit != SIZE_MAX || !hit_has_exit(hit))
		return;
	if (inject->delegate(inject->context, hit))
		hit_forget_exit(hit);
}

static void begin(struct inject *inject, struct caller *caller, struct hit *hit)
{
	if (inject->called)
		inject->called(inject->context, hit);
	if (!judge(inject, hit)) {
		let_go(inject, caller, hit);
		return;
	}
	delegate_exit(inject, hit);
	if (hit_step(hit, inject->open_gates, clock_now_ns()) != HIT_OVER) {
		inject_keep(inject, caller, hit);
		return;
	}
	inject_note(inject, hit->end == HIT_REFUSED ? INJECT_REFUSED : INJECT_DONE, hit->owner, hit);
	inject_close_call(inject, hit);
}

/* Its faults had their turn when it came first; what is left of them goes on. */
static void begin_again(struct inject *inject, struct caller *caller, struct hit *kept, struct hit *hit)
{
	if (kept) {
		hit_resume(kept, hit);
		inject_step(inject, kept);
	} else {
		let_go(inject, caller, hit);
	}
}

/* The handler comes first in what the second argument points at, for 32-bit programs as well. */
static bool installs_handler(const struct hit *hit)
{
	uint64_t handler = 0;

	if (!hit->args[1])
		return false;
	return hit_read(hit, hit->args[1], &handler, hit->is_compat ? sizeof(uint32_t) : sizeof(handler)) ||
	       handler > (uintptr_t)SIG_IGN;
}

/* Not for a rule: it only says that handlers are to be reckoned with. Without rules every call is for somebody. */
static bool is_for_us(struct inject *inject, const struct hit *hit)
{
	if (!inject->callers.is_watched || hit->number != SYS_rt_sigaction)
		return false;
	inject->callers.has_handlers |= installs_handler(hit);
	for (size_t i = 0; i < inject->rule_count; i++) {
		if (inject_is_about(&inject->rules[i], hit->number))
			return false;
	}
	return inject->rule_count;
}

/* By whoever traces it, the kernel's traces in its memory, or the number that it gave the call itself. */
static enum restart find_restart(struct inject *inject, struct caller *caller, const struct call_seen *call,
				 const struct hit *hit, const struct hit *kept)
{
	enum restart restart = caller_restarts(&inject->callers, caller, call, hit);

	if (!kept || !kept->exit_stop || caller->is_open)
		return restart;
	return hit_expects(kept) ? RESTART_YES : RESTART_NO;
}

static void handle(struct inject *inject, const struct seccomp_notif *notification)
{
	struct hit hit = {
		.listener_fd = inject->listener_fd,
		.id = notification->id,
		.tid = (pid_t)notification->pid,
		.arch = notification->data.arch,
		.number = notification->data.nr,
		.ip = notification->data.instruction_pointer,
		.target = &inject->target,
	};
	struct call_seen call = { .number = hit.number, .arch = hit.arch, .ip = hit.ip };
	struct caller *caller;
	struct hit *kept;

	memcpy(hit.args, notification->data.args, sizeof(hit.args));
	memcpy(call.args, hit.args, sizeof(call.args));
	hit_init(&hit);
	if (!arch_is_native(hit.arch)) {
		hit.is_compat = true;
		hit.number = arch_native_number(hit.arch, hit.number);
		if (hit.number < 0)
			inject_unfold_socketcall(&hit);
	}
	hit.shape = shape_find(hit.number);
	caller = callers_find(&inject->callers, hit.tid);
	if (!caller || (hit.tid == inject->pid && !atomic_load(&inject->port->is_open)) || is_for_us(inject, &hit)) {
		hit_pass(&hit);
		return;
	}
	call.identity = inject->identify ? inject->identify(inject->context, hit.tid) : 0;
	if (call.identity == INJECT_NO_CALL) {
		hit_pass(&hit);
		return;
	}
	kept = inject_kept(inject, caller, &hit);
	switch (find_restart(inject, caller, &call, &hit, kept)) {
	case RESTART_NO: break;
	case RESTART_YES: begin_again(inject, caller, kept, &hit); return;
	/* As if it had been taken back before we received it. */
	case RESTART_UNSEEN: inject->callers.vanished++; return;
	}
	/* The same call, but made anew: the one before has ended in a way that nobody saw. */
	if (kept && !kept->exit_stop)
		inject_drop(inject, kept);
	caller_begins(&inject->callers, caller, &call);
	begin(inject, caller, &hit);
}

/* Kernels may know larger structures than our headers; they want them zeroed (seccomp_unotify(2)). */
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
	handle(inject, &got.notification);
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
			fds[count++] = (struct pollfd){ .fd = hit->wait_fd, .events = hit->wait_events };
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

/* True if there is something to be received. */
static bool wait_for_more(const struct inject *inject, const struct deadline *deadline)
{
	struct deadline until = { inject_deadline_ns(inject) };
	struct pollfd fds[INJECT_POLLFDS_MAX];
	size_t count = inject_pollfds(inject, fds, INJECT_POLLFDS_MAX);
	struct timespec left;
	int64_t left_ns;

	if (deadline->at_ns < until.at_ns)
		until = *deadline;
	left_ns = deadline_left_ns(&until);
	left = (struct timespec){ left_ns / 1000000000, left_ns % 1000000000 };
	return ppoll(fds, count, &left, NULL) > 0 && fds[0].revents & POLLIN;
}

int inject_serve_announced(struct inject *inject)
{
	int err;

	inject_go_on(inject);
	err = receive(inject);
	return err ? err : 1;
}

/* What it left to be received comes first. */
static bool has_died(const struct inject *inject)
{
	struct pollfd fds[] = {
		{ .fd = inject->pidfd, .events = POLLIN },
		{ .fd = inject->listener_fd, .events = POLLIN },
	};

	return poll(fds, 2, 0) > 0 && fds[0].revents & POLLIN && !(fds[1].revents & POLLIN);
}

int inject_poll(struct inject *inject, const struct deadline *deadline)
{
	bool is_ready = false;
	int total = 0;

	for (;;) {
		int count = is_ready ? inject_serve_announced(inject) : inject_serve(inject);

		if (count < 0)
			return count;
		total += count;
		if (!deadline || inject->is_over || deadline_passed(deadline))
			return total;
		if (!count && !inject->is_headless && has_died(inject)) {
			inject->is_headless = true;
			return total;
		}
		is_ready = wait_for_more(inject, deadline);
	}
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

/* Those who are held now, and those who wait to be received, make their calls as if nothing had been ordered. */
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
