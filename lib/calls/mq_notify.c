// SPDX-License-Identifier: MIT
/*
 * mq_notify(), by signal, by thread or not at all, and notified(), which asks the thread's
 * function.
 */
#include <errno.h>
#include <linux/futex.h>
#include <mqueue.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_deadline.h"
#include "call_result.h"
#include "table.h"

/* What the function saw: how often it ran, and what the last run was given and where. */
static struct {
	_Atomic uint32_t count;		/* a futex */
	atomic_int value;
	atomic_int pid;
	atomic_int thread;
} runs;

static void note_run(union sigval value)
{
	atomic_store(&runs.value, value.sival_int);
	atomic_store(&runs.pid, getpid());
	atomic_store(&runs.thread, (int)syscall(SYS_gettid));
	atomic_fetch_add(&runs.count, 1);
	syscall(SYS_futex, &runs.count, FUTEX_WAKE, INT32_MAX, NULL, NULL, 0);
}

/*
 * A signal that would kill is one to wait for with sigtimedwait(): it is held back first. The
 * notification may come before anybody could do that in a step of its own.
 */
static void hold_back_if_deadly(int sig)
{
	struct sigaction action;
	sigset_t set;

	if (sig < 1 || sig >= NSIG || sigaction(sig, NULL, &action) ||
	    action.sa_handler != SIG_DFL)
		return;
	sigemptyset(&set);
	sigaddset(&set, sig);
	sigprocmask(SIG_BLOCK, &set, NULL);
}

/*
 * Attributes that are gone when the thread is started later: the library must have copied them. A
 * set of processors is the part of them that lies elsewhere in memory.
 */
static long register_thread(mqd_t queue, struct sigevent *event, bool with_attributes)
{
	pthread_attr_t attributes;
	cpu_set_t cores;
	long returned;

	event->sigev_notify_function = note_run;
	if (!with_attributes)
		return mq_notify(queue, event);
	pthread_attr_init(&attributes);
	if (!sched_getaffinity(0, sizeof(cores), &cores))
		pthread_attr_setaffinity_np(&attributes, sizeof(cores), &cores);
	event->sigev_notify_attributes = &attributes;
	returned = mq_notify(queue, event);
	pthread_attr_destroy(&attributes);
	return returned;
}

enum { QUEUE, SIGNAL, VALUE, HOW, ATTRIBUTES };

static void invoke_mq_notify(struct invocation *inv)
{
	int queue = invocation_int(inv, QUEUE, -1);
	bool given = invocation_has(inv, SIGNAL) || invocation_has(inv, HOW);
	bool with_attributes = invocation_int(inv, ATTRIBUTES, 0);
	struct sigevent event;

	memset(&event, 0, sizeof(event));
	event.sigev_signo = invocation_int(inv, SIGNAL, 0);
	event.sigev_notify = invocation_int(inv, HOW, SIGEV_SIGNAL);
	event.sigev_value.sival_int = invocation_int(inv, VALUE, 0);
	if (invocation_complained(inv))
		return;
	if (given && event.sigev_notify == SIGEV_SIGNAL)
		hold_back_if_deadly(event.sigev_signo);
	/* Threads are the library's doing; the kernel only writes to a socket of its own. */
	if (given && event.sigev_notify == SIGEV_THREAD)
		invocation_returned(inv, register_thread(queue, &event, with_attributes));
	else if (inv->libc)
		invocation_returned(inv, mq_notify(queue, given ? &event : NULL));
	else
		invocation_returned(inv, syscall(SYS_mq_notify, queue, given ? &event : NULL));
}

enum { TIMEOUT, COUNT };
enum { OUT_VALUE, OUT_PID, OUT_OTHER_THREAD };

/* Until the function has run so often, or it is that late. */
static uint32_t await_runs(uint32_t wanted, int64_t timeout_ns)
{
	const struct timespec deadline = clock_after(CLOCK_MONOTONIC, timeout_ns);
	uint32_t count;

	while ((count = atomic_load(&runs.count)) < wanted) {
		if (syscall(SYS_futex, &runs.count, FUTEX_WAIT_BITSET, count, &deadline, NULL,
			    FUTEX_BITSET_MATCH_ANY) && errno == ETIMEDOUT)
			break;
	}
	return atomic_load(&runs.count);
}

static void invoke_notified(struct invocation *inv)
{
	int64_t timeout_ns = invocation_duration(inv, TIMEOUT, 0);
	uint32_t wanted = (uint32_t)invocation_int(inv, COUNT, 1);
	uint32_t count;

	if (invocation_complained(inv))
		return;
	count = await_runs(wanted, timeout_ns);
	invocation_returned(inv, count);
	if (!count)
		return;
	invocation_out_number(inv, OUT_VALUE, atomic_load(&runs.value));
	invocation_out_number(inv, OUT_PID, atomic_load(&runs.pid));
	invocation_out_number(inv, OUT_OTHER_THREAD, atomic_load(&runs.thread) != getpid());
}

static const struct call calls[] = {
	{
		.name = "mq_notify", .man = "mq_notify(3)",
		.summary = "asks to be told of a message by signal, or as `how` says; without both: no more",
		.number = SYS_mq_notify, .invoke = invoke_mq_notify,
		.flags = CALL_SIGNALS,
		.parameters = {
			[QUEUE] = TAKES("queue", FD),
			[SIGNAL] = MAY_TAKE("signal", INT, SYMBOL_SIGNAL, 0),
			[VALUE] = MAY_TAKE("value", INT, SYMBOL_PLAIN, 0),
			[HOW] = MAY_TAKE("how", INT, SYMBOL_MISC, SIGEV_SIGNAL),
			[ATTRIBUTES] = MAY_TAKE("attributes", INT, SYMBOL_PLAIN, 0),
		},
	},
	{
		.name = "notified", .man = "mq_notify(3)",
		.summary = "how often the function of SIGEV_THREAD ran, once it did `count` times or it is late",
		.number = -1, .family = FAMILY(SYS_futex), .invoke = invoke_notified,
		.flags = CALL_QUESTION,
		.result = RESULT_NUMBER,
		.parameters = {
			[TIMEOUT] = TAKES("timeout", TIME),
			[COUNT] = MAY_TAKE("count", INT, SYMBOL_PLAIN, 1),
		},
		.outs = {
			[OUT_VALUE] = "value", [OUT_PID] = "pid",
			[OUT_OTHER_THREAD] = "other_thread",
		},
	},
};

CALL_FAMILY(mq_notify, calls);
