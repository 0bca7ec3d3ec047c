// SPDX-License-Identifier: MIT
/* All threads that are followed to the exit of a call: seized, given their orders, let go. */
#include "exit_stop.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "process_paths.h"
#include "traced_call.h"
#include "tracee.h"
#include "tracee_wake.h"

struct exit_stop {
	struct traced_call call;
	int listener_fd;
	bool is_told;			/* its driver knows the state */
	bool is_closing;		/* nobody is interested any more */
	struct exit_stop *next;
};

static struct exit_stop *stops;	/* of all listeners: their news come by one signal */

static int refuse(struct hit *hit, int err)
{
	pid_t tracer = tracee_tracer(hit->tid);

	if (tracer == getpid())
		snprintf(hit->refusal, sizeof(hit->refusal),
			 "a handler makes it while another call of the thread is followed to its exit");
	else if (tracer > 0)
		snprintf(hit->refusal, sizeof(hit->refusal),
			 "process %d traces the caller already, and only one can", tracer);
	else
		snprintf(hit->refusal, sizeof(hit->refusal),
			 "the exit of this call can only be seen by ptrace(2), which is refused here: %s%s",
			 strerror(-err), err == -EPERM ? " (see kernel.yama.ptrace_scope)" : "");
	return err;
}

/* Most callers are the first thread of their process; then nothing has to be read. */
static pid_t process_of(pid_t tid)
{
	return syscall(SYS_tgkill, tid, tid, 0) ? process_of_thread(tid) : tid;
}

int exit_stop_open(struct hit *hit)
{
	struct exit_stop *stop = calloc(1, sizeof(*stop));
	int err;

	if (!stop)
		return -ENOMEM;
	err = tracee_seize(hit->tid);
	if (err) {
		free(stop);
		return refuse(hit, err);
	}
	stop->call = (struct traced_call){ .tid = hit->tid,
					   .process = process_of(hit->tid),
					   .ip = hit->ip };
	stop->listener_fd = hit->listener_fd;
	stop->next = stops;
	stops = stop;
	hit->exit_stop = stop;
	/* It stands after the call has been given back, and before it is made anew. */
	tracee_interrupt(hit->tid);
	return 0;
}

bool exit_stop_is_entered(const struct exit_stop *stop)
{
	return stop->call.is_entered;
}

enum exit_stop_state exit_stop_state(const struct exit_stop *stop)
{
	return stop->call.state;
}

int64_t exit_stop_result(const struct exit_stop *stop)
{
	return stop->call.result;
}

static void drop(struct exit_stop *stop)
{
	for (struct exit_stop **at = &stops; *at; at = &(*at)->next) {
		if (*at == stop) {
			*at = stop->next;
			break;
		}
	}
	free(stop);
}

static void send(const struct exit_stop *stop, int signal)
{
	syscall(SYS_tkill, stop->call.tid, signal);
}

static void send_orders(const struct exit_stop *stop, const struct hit_orders *orders)
{
	uint64_t signals = orders->signals;

	for (int signal = 1; signals; signal++, signals >>= 1) {
		if (signals & 1)
			send(stop, signal);
	}
	if (orders->stop)
		send(stop, SIGSTOP);
	if (orders->kill && orders->kill != SIGKILL)
		send(stop, orders->kill);
}

/*
 * The thread finds its signals on the way out of the call. SIGKILL would end our hold of it before
 * it is let go, and leave a corpse that others cannot see; so it comes with the letting go, or
 * where it cannot, a stop comes before it.
 */
void exit_stop_leave(struct exit_stop *stop, const struct hit_orders *orders, int error)
{
	const bool is_deadly = orders->kill == SIGKILL;
	const pid_t tid = stop->call.tid;

	if (error)
		traced_call_fail(&stop->call, error);
	send_orders(stop, orders);
	if (is_deadly && stop->call.has_frame)
		send(stop, SIGSTOP);
	if (tracee_go_on(tid, TRACEE_FREE, is_deadly && !stop->call.has_frame ? SIGKILL : 0)) {
		exit_stop_close(stop);
		return;
	}
	if (is_deadly && stop->call.has_frame)
		send(stop, SIGKILL);
	drop(stop);
}

void exit_stop_close(struct exit_stop *stop)
{
	if (!stop)
		return;
	stop->is_closing = true;
	if (traced_call_let_go(&stop->call)) {
		drop(stop);
		return;
	}
	/* Asleep in its call, or dying: it is let go at the next of exit_stops_go_on(). */
	tracee_interrupt(stop->call.tid);
}

static void tell(struct exit_stop *stop, int listener_fd)
{
	if (stop->listener_fd == listener_fd)
		stop->is_told = stop->call.state != EXIT_STOP_COMING;
	else if (stop->call.state != EXIT_STOP_COMING && !stop->is_told)
		tracee_wake_ring();
}

size_t exit_stops_go_on(int listener_fd)
{
	struct exit_stop *next;
	size_t closing = 0;

	if (stops)
		tracee_wake_drain();
	for (struct exit_stop *stop = stops; stop; stop = next) {
		next = stop->next;
		if (stop->is_closing && traced_call_let_go(&stop->call)) {
			drop(stop);
			continue;
		}
		closing += stop->is_closing && stop->listener_fd == listener_fd;
		if (stop->is_closing)
			continue;
		traced_call_follow(&stop->call);
		tell(stop, listener_fd);
	}
	return closing;
}
