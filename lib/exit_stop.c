// SPDX-License-Identifier: MIT
/* From the entry of a call to its end, over signals, handlers and restarts. */
#include "exit_stop.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "process_paths.h"
#include "tracee.h"

/* What the kernel keeps to itself about a call that a signal ended early (include/linux/errno.h): ERESTARTSYS .. */
enum { RESTART_FIRST = 512, RESTART_LAST = 516, OTHER_STACK = 1 << 20 };

struct traced_call {
	/* by whoever follows it */
	pid_t tid;			/* 0: nobody is traced any more */
	pid_t process;
	uint64_t ip;			/* behind the instruction of the call */

	/* as it goes */
	uint64_t stack_pointer;		/* 0: not known yet */
	enum exit_stop_state state;
	bool is_entered;
	bool is_on_other_stack;		/* a handler is: addresses tell nothing about who called whom */
	bool is_stepping;		/* into a handler */
	bool has_frame;			/* the result lies in the frame of a handler that has just begun */
	struct tracee_frame frame;
	int64_t result;
};

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
		snprintf(hit->refusal, sizeof(hit->refusal), "process %d traces the caller already, and only one can",
			 tracer);
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
	stop->call = (struct traced_call){ .tid = hit->tid, .process = process_of(hit->tid), .ip = hit->ip };
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

static bool is_at_call(const struct traced_call *call, const struct tracee_look *look)
{
	return look->ip == call->ip && look->stack_pointer == call->stack_pointer;
}

static void arrive(struct traced_call *call, int64_t result)
{
	call->result = result;
	call->state = EXIT_STOP_THERE;
}

/* A jump out of a handler leaves the call for good; what is then called is called from further up the stack. */
static void enter(struct traced_call *call, const struct tracee_look *look)
{
	call->is_entered = is_at_call(call, look);
	if (!call->is_entered && !call->is_on_other_stack && look->stack_pointer > call->stack_pointer)
		call->state = EXIT_STOP_GONE;
}

static void leave(struct traced_call *call, const struct tracee_look *look)
{
	const bool is_ours = call->is_entered;

	call->is_entered = false;
	if (is_ours && (look->result > -RESTART_FIRST || look->result < -RESTART_LAST))
		arrive(call, look->result);
}

/* A handler begins: does the call go on when it returns, or has it ended? Its frame tells. */
static void handle(struct traced_call *call, const struct tracee_look *look)
{
	const uint64_t distance = call->stack_pointer - look->stack_pointer;

	call->is_on_other_stack = distance > OTHER_STACK;
	if (!tracee_read_frame(call->tid, look, call->ip, &call->frame) || call->frame.restarts)
		return;
	call->has_frame = true;
	arrive(call, call->frame.result);
}

/* How the thread goes on from here. */
static enum tracee_way judge(struct traced_call *call, const struct tracee_look *look, int *signal)
{
	switch (look->event) {
	case TRACEE_RUNS:
	case TRACEE_GONE: break;
	case TRACEE_ENTERS: enter(call, look); break;
	case TRACEE_LEAVES: leave(call, look); break;
	case TRACEE_HANDLES: handle(call, look); break;
	case TRACEE_PAUSES: return TRACEE_PAUSED;
	case TRACEE_STANDS: break;
	case TRACEE_SIGNALLED:
		/* The handler was taken away at the last moment: the step went somewhere else. */
		if (call->is_stepping && look->signal == SIGTRAP)
			break;
		*signal = look->signal;
		if (is_at_call(call, look) && tracee_catches(call->tid, look->signal))
			return TRACEE_INTO_HANDLER;
		break;
	}
	return TRACEE_TO_NEXT_STOP;
}

/* execve(2) by another thread than the first: it goes on under the number of the process. */
static bool has_new_number(struct traced_call *call)
{
	if (call->tid == call->process || !call->process || tracee_tracer(call->process) != getpid())
		return false;
	call->tid = call->process;
	return true;
}

static void die(struct traced_call *call)
{
	tracee_release(call->tid);
	call->tid = 0;
	call->state = EXIT_STOP_GONE;
}

static void follow(struct traced_call *call)
{
	if (call->state == EXIT_STOP_THERE && tracee_look(call->tid).event == TRACEE_GONE)
		die(call);
	while (call->state == EXIT_STOP_COMING) {
		struct tracee_look look = tracee_look(call->tid);
		enum tracee_way way;
		int signal = 0;

		if (look.event == TRACEE_RUNS)
			return;
		if (look.event == TRACEE_GONE) {
			if (has_new_number(call))
				continue;
			die(call);
			return;
		}
		if (!call->stack_pointer)
			call->stack_pointer = look.stack_pointer;
		way = judge(call, &look, &signal);
		call->is_stepping = way == TRACEE_INTO_HANDLER;
		if (call->state == EXIT_STOP_COMING)
			tracee_go_on(call->tid, way, signal);
		if (way == TRACEE_PAUSED)
			return;
	}
}

/* True if it is off our hands. */
static bool let_go(struct traced_call *call)
{
	struct tracee_look look = call->tid ? tracee_look(call->tid) : (struct tracee_look){ .event = TRACEE_GONE };

	if (look.event == TRACEE_GONE && call->tid && !has_new_number(call))
		die(call);
	if (!call->tid)
		return true;
	return look.event != TRACEE_RUNS &&
	       !tracee_go_on(call->tid, TRACEE_FREE, look.event == TRACEE_SIGNALLED ? look.signal : 0);
}

static void fail(const struct traced_call *call, int error)
{
	if (call->has_frame)
		tracee_write_frame(call->tid, &call->frame, -error);
	else
		tracee_set_result(call->tid, -error);
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
 * The thread finds its signals on the way out of the call. SIGKILL would end our hold of it before it is let go, and
 * leave a corpse that others cannot see; so it comes with the letting go, or where it cannot, a stop comes before it.
 */
void exit_stop_leave(struct exit_stop *stop, const struct hit_orders *orders, int error)
{
	const bool is_deadly = orders->kill == SIGKILL;
	const pid_t tid = stop->call.tid;

	if (error)
		fail(&stop->call, error);
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
	if (let_go(&stop->call)) {
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
		tracee_ring();
}

size_t exit_stops_go_on(int listener_fd)
{
	struct exit_stop *next;
	size_t closing = 0;

	if (stops)
		tracee_drain();
	for (struct exit_stop *stop = stops; stop; stop = next) {
		next = stop->next;
		if (stop->is_closing && let_go(&stop->call)) {
			drop(stop);
			continue;
		}
		closing += stop->is_closing && stop->listener_fd == listener_fd;
		if (stop->is_closing)
			continue;
		follow(&stop->call);
		tell(stop, listener_fd);
	}
	return closing;
}
