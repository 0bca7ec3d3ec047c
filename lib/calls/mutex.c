// SPDX-License-Identifier: MIT
/* Mutexes and spin locks of the threads library, between processes. */
#include <pthread.h>
#include <time.h>

#include "call_arguments.h"
#include "call_deadline.h"
#include "call_result.h"
#include "table.h"

LIBC(mutex_lock, error_returned(pthread_mutex_lock(AT(0))))
LIBC(mutex_trylock, error_returned(pthread_mutex_trylock(AT(0))))
LIBC(mutex_unlock, error_returned(pthread_mutex_unlock(AT(0))))
LIBC(mutex_consistent, error_returned(pthread_mutex_consistent(AT(0))))
LIBC(mutex_destroy, error_returned(pthread_mutex_destroy(AT(0))))
LIBC(spin_lock, error_returned(pthread_spin_lock(AT(0))))
LIBC(spin_trylock, error_returned(pthread_spin_trylock(AT(0))))
LIBC(spin_unlock, error_returned(pthread_spin_unlock(AT(0))))

enum { OUT_PASSED };

static void invoke_timedlock(struct invocation *inv)
{
	pthread_mutex_t *mutex = invocation_object(inv, 0);
	const struct timespec *at = invocation_deadline(inv, 1, CLOCK_REALTIME);

	if (invocation_complained(inv))
		return;
	invocation_returned(inv, error_returned(pthread_mutex_timedlock(mutex, at)));
	invocation_out_number(inv, OUT_PASSED, call_deadline_passed(at, CLOCK_REALTIME));
}

static void invoke_clocklock(struct invocation *inv)
{
	pthread_mutex_t *mutex = invocation_object(inv, 0);
	clockid_t clock = invocation_int(inv, 1, 0);
	const struct timespec *at = invocation_deadline(inv, 2, clock);

	if (invocation_complained(inv))
		return;
	invocation_returned(inv, error_returned(pthread_mutex_clocklock(mutex, clock, at)));
	invocation_out_number(inv, OUT_PASSED, call_deadline_passed(at, clock));
}

static const struct call calls[] = {
	{
		.name = "pthread_mutex_lock", .man = "pthread_mutex_lock(3p)",
		.summary = "takes it, or waits for it",
		.number = -1, .family = FAMILY(SYS_futex), .libc = libc_mutex_lock,
		.parameters = { TAKES("mutex", OBJECT) },
	},
	{
		.name = "pthread_mutex_trylock", .man = "pthread_mutex_lock(3p)",
		.summary = "takes it if it is free",
		.number = -1, .family = FAMILY(SYS_futex), .libc = libc_mutex_trylock,
		.parameters = { TAKES("mutex", OBJECT) },
	},
	{
		.name = "pthread_mutex_timedlock", .man = "pthread_mutex_timedlock(3p)",
		.summary = "waits no longer than until a time of the realtime clock",
		.number = -1, .family = FAMILY(SYS_futex), .invoke = invoke_timedlock,
		.parameters = { TAKES("mutex", OBJECT), CALL_DEADLINE_PARAMETERS },
		.outs = { [OUT_PASSED] = "passed" },
	},
	{
		.name = "pthread_mutex_clocklock", .man = "pthread_mutex_clocklock(3p)",
		.summary = "waits no longer than until a time of a clock",
		.number = -1, .family = FAMILY(SYS_futex), .invoke = invoke_clocklock,
		.parameters = {
			TAKES("mutex", OBJECT),
			TAKES("clock", INT, SYMBOL_MISC),
			CALL_DEADLINE_PARAMETERS,
		},
		.outs = { [OUT_PASSED] = "passed" },
	},
	{
		.name = "pthread_mutex_unlock", .man = "pthread_mutex_lock(3p)",
		.summary = "gives it up",
		.number = -1, .family = FAMILY(SYS_futex), .libc = libc_mutex_unlock,
		.parameters = { TAKES("mutex", OBJECT) },
	},
	{
		.name = "pthread_mutex_consistent", .man = "pthread_mutex_consistent(3)",
		.summary = "says that what it protects is in order again",
		.number = -1, .libc = libc_mutex_consistent,
		.parameters = { TAKES("mutex", OBJECT) },
	},
	{
		.name = "pthread_mutex_destroy", .man = "pthread_mutex_destroy(3p)",
		.summary = "ends it",
		.number = -1, .libc = libc_mutex_destroy,
		.parameters = { TAKES("mutex", OBJECT) },
	},
	{
		.name = "pthread_spin_lock", .man = "pthread_spin_lock(3)",
		.summary = "takes a spin lock, or runs until it is free",
		.number = -1, .libc = libc_spin_lock,
		.parameters = { TAKES("lock", OBJECT) },
	},
	{
		.name = "pthread_spin_trylock", .man = "pthread_spin_lock(3)",
		.summary = "takes a spin lock if it is free",
		.number = -1, .libc = libc_spin_trylock,
		.parameters = { TAKES("lock", OBJECT) },
	},
	{
		.name = "pthread_spin_unlock", .man = "pthread_spin_lock(3)",
		.summary = "gives a spin lock up",
		.number = -1, .libc = libc_spin_unlock,
		.parameters = { TAKES("lock", OBJECT) },
	},
};

CALL_FAMILY(mutex, calls);
