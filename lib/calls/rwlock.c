// SPDX-License-Identifier: MIT
/* Read-write locks of the threads library, between processes. */
#include <pthread.h>
#include <time.h>

#include "call_arguments.h"
#include "call_deadline.h"
#include "call_result.h"
#include "table.h"

LIBC(rdlock, error_returned(pthread_rwlock_rdlock(AT(0))))
LIBC(wrlock, error_returned(pthread_rwlock_wrlock(AT(0))))
LIBC(tryrdlock, error_returned(pthread_rwlock_tryrdlock(AT(0))))
LIBC(trywrlock, error_returned(pthread_rwlock_trywrlock(AT(0))))
LIBC(rwlock_unlock, error_returned(pthread_rwlock_unlock(AT(0))))

enum { OUT_PASSED };

static void lock_until(struct invocation *inv,
		       int (*lock)(pthread_rwlock_t *rwlock, const struct timespec *at))
{
	pthread_rwlock_t *rwlock = invocation_object(inv, 0);
	const struct timespec *at = invocation_deadline(inv, 1, CLOCK_REALTIME);

	if (invocation_complained(inv))
		return;
	invocation_returned(inv, error_returned(lock(rwlock, at)));
	invocation_out_number(inv, OUT_PASSED, call_deadline_passed(at, CLOCK_REALTIME));
}

static void invoke_timedrdlock(struct invocation *inv)
{
	lock_until(inv, pthread_rwlock_timedrdlock);
}

static void invoke_timedwrlock(struct invocation *inv)
{
	lock_until(inv, pthread_rwlock_timedwrlock);
}

static const struct call calls[] = {
	{
		.name = "pthread_rwlock_rdlock",
		.man = "pthread_rwlock_rdlock(3p)",
		.summary = "takes it for reading, or waits for it",
		.number = -1,
		.family = FAMILY(SYS_futex),
		.libc = libc_rdlock,
		.parameters = { TAKES("rwlock", OBJECT) },
	},
	{
		.name = "pthread_rwlock_wrlock",
		.man = "pthread_rwlock_trywrlock(3p)",
		.summary = "takes it for writing, or waits for it",
		.number = -1,
		.family = FAMILY(SYS_futex),
		.libc = libc_wrlock,
		.parameters = { TAKES("rwlock", OBJECT) },
	},
	{
		.name = "pthread_rwlock_tryrdlock",
		.man = "pthread_rwlock_rdlock(3p)",
		.summary = "takes it for reading if no writer has it",
		.number = -1,
		.libc = libc_tryrdlock,
		.parameters = { TAKES("rwlock", OBJECT) },
	},
	{
		.name = "pthread_rwlock_trywrlock",
		.man = "pthread_rwlock_trywrlock(3p)",
		.summary = "takes it for writing if nobody has it",
		.number = -1,
		.libc = libc_trywrlock,
		.parameters = { TAKES("rwlock", OBJECT) },
	},
	{
		.name = "pthread_rwlock_timedrdlock",
		.man = "pthread_rwlock_timedrdlock(3p)",
		.summary = "waits no longer than until a time of the realtime clock",
		.number = -1,
		.family = FAMILY(SYS_futex),
		.invoke = invoke_timedrdlock,
		.parameters = { TAKES("rwlock", OBJECT), CALL_DEADLINE_PARAMETERS },
		.outs = { [OUT_PASSED] = "passed" },
	},
	{
		.name = "pthread_rwlock_timedwrlock",
		.man = "pthread_rwlock_timedwrlock(3p)",
		.summary = "waits no longer than until a time of the realtime clock",
		.number = -1,
		.family = FAMILY(SYS_futex),
		.invoke = invoke_timedwrlock,
		.parameters = { TAKES("rwlock", OBJECT), CALL_DEADLINE_PARAMETERS },
		.outs = { [OUT_PASSED] = "passed" },
	},
	{
		.name = "pthread_rwlock_unlock",
		.man = "pthread_rwlock_unlock(3p)",
		.summary = "gives it up",
		.number = -1,
		.family = FAMILY(SYS_futex),
		.libc = libc_rwlock_unlock,
		.parameters = { TAKES("rwlock", OBJECT) },
	},
};

CALL_FAMILY(rwlock, calls);
