// SPDX-License-Identifier: MIT
/* Condition variables and barriers of the threads library, between processes. */
#include <pthread.h>
#include <time.h>

#include "call_arguments.h"
#include "call_deadline.h"
#include "call_result.h"
#include "table.h"

LIBC(cond_wait, error_returned(pthread_cond_wait(AT(0), AT(1))))
LIBC(cond_signal, error_returned(pthread_cond_signal(AT(0))))
LIBC(cond_broadcast, error_returned(pthread_cond_broadcast(AT(0))))
LIBC(cond_destroy, error_returned(pthread_cond_destroy(AT(0))))
LIBC(barrier_destroy, error_returned(pthread_barrier_destroy(AT(0))))

enum { COND, MUTEX, TIMED, CLOCKED = TIMED, CLOCK = 5 };
enum { OUT_PASSED };

static void wait_until(struct invocation *inv, clockid_t clock, bool chosen)
{
	pthread_cond_t *cond = invocation_object(inv, COND);
	pthread_mutex_t *mutex = invocation_object(inv, MUTEX);
	const struct timespec *at = invocation_deadline(inv, TIMED, clock);

	if (invocation_complained(inv))
		return;
	invocation_returned(inv,
			    error_returned(chosen ? pthread_cond_clockwait(cond, mutex, clock, at)
						  : pthread_cond_timedwait(cond, mutex, at)));
	invocation_out_number(inv, OUT_PASSED, call_deadline_passed(at, clock));
}

/* The deadline is on the clock that the condition was made with: clock= says which. */
static void invoke_timedwait(struct invocation *inv)
{
	wait_until(inv, invocation_int(inv, CLOCK, CLOCK_REALTIME), false);
}

static void invoke_clockwait(struct invocation *inv)
{
	wait_until(inv, invocation_int(inv, CLOCK, CLOCK_REALTIME), true);
}

/* One of those released gets PTHREAD_BARRIER_SERIAL_THREAD, which is -1 and no error. */
static void invoke_barrier_wait(struct invocation *inv)
{
	pthread_barrier_t *barrier = invocation_object(inv, 0);
	int returned;

	if (invocation_complained(inv))
		return;
	returned = pthread_barrier_wait(barrier);
	if (returned == PTHREAD_BARRIER_SERIAL_THREAD)
		inv->result->number = returned;
	else
		invocation_returned(inv, error_returned(returned));
}

static const struct call calls[] = {
	{
		.name = "pthread_cond_wait", .man = "pthread_cond_wait(3p)",
		.summary = "gives the mutex up, waits to be woken, takes the mutex again",
		.number = -1, .family = FAMILY(SYS_futex), .libc = libc_cond_wait,
		.parameters = { [COND] = TAKES("cond", OBJECT), [MUTEX] = TAKES("mutex", OBJECT) },
	},
	{
		.name = "pthread_cond_timedwait", .man = "pthread_cond_timedwait(3p)",
		.summary = "waits no longer than until a time of the condition's clock",
		.number = -1, .family = FAMILY(SYS_futex), .invoke = invoke_timedwait,
		.parameters = {
			[COND] = TAKES("cond", OBJECT),
			[MUTEX] = TAKES("mutex", OBJECT),
			[TIMED] = CALL_DEADLINE_PARAMETERS,
			[CLOCK] = MAY_TAKE("clock", INT, SYMBOL_MISC, CLOCK_REALTIME),
		},
		.outs = { [OUT_PASSED] = "passed" },
	},
	{
		.name = "pthread_cond_clockwait", .man = "pthread_cond_clockwait(3p)",
		.summary = "waits no longer than until a time of a clock",
		.number = -1, .family = FAMILY(SYS_futex), .invoke = invoke_clockwait,
		.parameters = {
			[COND] = TAKES("cond", OBJECT),
			[MUTEX] = TAKES("mutex", OBJECT),
			[CLOCKED] = CALL_DEADLINE_PARAMETERS,
			[CLOCK] = MAY_TAKE("clock", INT, SYMBOL_MISC, CLOCK_REALTIME),
		},
		.outs = { [OUT_PASSED] = "passed" },
	},
	{
		.name = "pthread_cond_signal", .man = "pthread_cond_signal(3p)",
		.summary = "wakes one that waits",
		.number = -1, .family = FAMILY(SYS_futex), .libc = libc_cond_signal,
		.parameters = { TAKES("cond", OBJECT) },
	},
	{
		.name = "pthread_cond_broadcast", .man = "pthread_cond_broadcast(3p)",
		.summary = "wakes all that wait",
		.number = -1, .family = FAMILY(SYS_futex), .libc = libc_cond_broadcast,
		.parameters = { TAKES("cond", OBJECT) },
	},
	{
		.name = "pthread_cond_destroy", .man = "pthread_cond_destroy(3p)",
		.summary = "ends it, once those that were woken are out of it",
		.number = -1, .family = FAMILY(SYS_futex), .libc = libc_cond_destroy,
		.parameters = { TAKES("cond", OBJECT) },
	},
	{
		.name = "pthread_barrier_wait", .man = "pthread_barrier_wait(3p)",
		.summary = "waits until enough others do",
		.number = -1, .family = FAMILY(SYS_futex), .invoke = invoke_barrier_wait,
		.result = RESULT_NUMBER,
		.parameters = { TAKES("barrier", OBJECT) },
	},
	{
		.name = "pthread_barrier_destroy", .man = "pthread_barrier_destroy(3p)",
		.summary = "ends it, once those that were released are out of it",
		.number = -1, .family = FAMILY(SYS_futex), .libc = libc_barrier_destroy,
		.parameters = { TAKES("barrier", OBJECT) },
	},
};

CALL_FAMILY(cond, calls);
