// SPDX-License-Identifier: MIT
/* From the entry of a call to its end, over signals, handlers and restarts. */
#include "traced_call.h"

#include <signal.h>
#include <unistd.h>

/*
 * What the kernel keeps to itself about a call that a signal ended early (include/linux/errno.h):
 * ERESTARTSYS ..
 */
enum { RESTART_FIRST = 512, RESTART_LAST = 516, OTHER_STACK = 1 << 20 };

static bool is_at_call(const struct traced_call *call, const struct tracee_look *look)
{
	return look->ip == call->ip && look->stack_pointer == call->stack_pointer;
}

static void arrive(struct traced_call *call, int64_t result)
{
	call->result = result;
	call->state = EXIT_STOP_THERE;
}

/*
 * A jump out of a handler leaves the call for good; what is then called is called from further up
 * the stack.
 */
static void enter(struct traced_call *call, const struct tracee_look *look)
{
	call->is_entered = is_at_call(call, look);
	if (!call->is_entered && !call->is_on_other_stack &&
	    look->stack_pointer > call->stack_pointer)
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
	case TRACEE_DEAD:
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

/*
 * execve(2) by another thread than the first: it goes on under the number of the process. Of a dead
 * one there is a corpse instead, and who is traced under that number is the first thread.
 */
static bool has_new_number(struct traced_call *call, const struct tracee_look *look)
{
	if (look->event != TRACEE_GONE || call->tid == call->process || !call->process ||
	    tracee_tracer(call->process) != getpid())
		return false;
	call->tid = call->process;
	return true;
}

static bool is_over(enum tracee_event event)
{
	return event == TRACEE_DEAD || event == TRACEE_GONE;
}

static void die(struct traced_call *call)
{
	tracee_release(call->tid);
	call->tid = 0;
	call->state = EXIT_STOP_GONE;
}

void traced_call_follow(struct traced_call *call)
{
	if (call->state == EXIT_STOP_THERE && is_over(tracee_look(call->tid).event))
		die(call);
	while (call->state == EXIT_STOP_COMING) {
		struct tracee_look look = tracee_look(call->tid);
		enum tracee_way way;
		int signal = 0;

		if (look.event == TRACEE_RUNS)
			return;
		if (is_over(look.event)) {
			if (has_new_number(call, &look))
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

bool traced_call_let_go(struct traced_call *call)
{
	struct tracee_look look = call->tid ? tracee_look(call->tid)
					    : (struct tracee_look){ .event = TRACEE_GONE };

	if (is_over(look.event) && call->tid && !has_new_number(call, &look))
		die(call);
	if (!call->tid)
		return true;
	return look.event != TRACEE_RUNS &&
	       !tracee_go_on(call->tid, TRACEE_FREE,
			     look.event == TRACEE_SIGNALLED ? look.signal : 0);
}

void traced_call_fail(const struct traced_call *call, int error)
{
	if (call->has_frame)
		tracee_write_frame(call->tid, &call->frame, -error);
	else
		tracee_set_result(call->tid, -error);
}
