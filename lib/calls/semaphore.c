// SPDX-License-Identifier: MIT
/* POSIX semaphores. Only functions of the library: what sleeps in them sleeps in futex(2). */
#include <fcntl.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/stat.h>
#include <time.h>

#include "call_arguments.h"
#include "call_deadline.h"
#include "call_result.h"
#include "table.h"

LIBC(sem_close, sem_close(AT(0)))
LIBC(sem_unlink, sem_unlink(AT(0)))
LIBC(sem_init, sem_init(AT(0), (int)raw[1], (unsigned)raw[2]))
LIBC(sem_destroy, sem_destroy(AT(0)))
LIBC(sem_wait, sem_wait(AT(0)))
LIBC(sem_trywait, sem_trywait(AT(0)))
LIBC(sem_post, sem_post(AT(0)))

static void invoke_sem_open(struct invocation *inv)
{
	const char *name = invocation_path(inv, 0);
	int flags = invocation_int(inv, 1, 0);
	mode_t mode = (mode_t)invocation_number(inv, 2, 0600);
	unsigned value = (unsigned)invocation_number(inv, 3, 0);
	sem_t *semaphore;

	if (invocation_complained(inv))
		return;
	semaphore = sem_open(name, flags, mode, value);
	invocation_returned(inv, semaphore == SEM_FAILED ? -1 : (long)semaphore);
}

enum { OUT_VALUE };

static void invoke_sem_getvalue(struct invocation *inv)
{
	sem_t *semaphore = invocation_object(inv, 0);
	int value = 0;

	if (invocation_complained(inv))
		return;
	invocation_returned(inv, sem_getvalue(semaphore, &value));
	if (!inv->result->error)
		invocation_out_number(inv, OUT_VALUE, value);
}

/* What the handler of sem_post_on() posts. */
static sem_t *_Atomic posted;

static void post(int sig)
{
	(void)sig;
	sem_post(posted);
}

static void invoke_sem_post_on(struct invocation *inv)
{
	struct sigaction action = { .sa_handler = post };
	sem_t *semaphore = invocation_object(inv, 0);
	int sig = invocation_int(inv, 1, 0);

	if (invocation_complained(inv))
		return;
	posted = semaphore;
	invocation_returned(inv, sigaction(sig, &action, NULL));
}

enum { OUT_PASSED };

static void invoke_sem_timedwait(struct invocation *inv)
{
	sem_t *semaphore = invocation_object(inv, 0);
	const struct timespec *at = invocation_deadline(inv, 1, CLOCK_REALTIME);

	if (invocation_complained(inv))
		return;
	invocation_returned(inv, sem_timedwait(semaphore, at));
	invocation_out_number(inv, OUT_PASSED, call_deadline_passed(at, CLOCK_REALTIME));
}

static void invoke_sem_clockwait(struct invocation *inv)
{
	sem_t *semaphore = invocation_object(inv, 0);
	clockid_t clock = invocation_int(inv, 1, 0);
	const struct timespec *at = invocation_deadline(inv, 2, clock);

	if (invocation_complained(inv))
		return;
	invocation_returned(inv, sem_clockwait(semaphore, clock, at));
	invocation_out_number(inv, OUT_PASSED, call_deadline_passed(at, clock));
}

static const struct call calls[] = {
	{
		.name = "sem_open", .man = "sem_open(3)",
		.summary = "opens a named semaphore, or makes it; its address",
		.number = -1, .invoke = invoke_sem_open,
		.result = RESULT_NUMBER,
		.parameters = {
			TAKES("name", PATH),
			TAKES("flags", INT, SYMBOL_OPEN),
			MAY_TAKE("mode", INT, SYMBOL_MODE, 0600),
			MAY_TAKE("value", INT, SYMBOL_PLAIN, 0),
		},
	},
	{
		.name = "sem_close", .man = "sem_close(3)", .summary = "gives a named semaphore up",
		.number = -1, .libc = libc_sem_close,
		.parameters = { TAKES("semaphore", OBJECT) },
	},
	{
		.name = "sem_unlink", .man = "sem_unlink(3)",
		.summary = "removes the name of a semaphore",
		.number = -1, .libc = libc_sem_unlink,
		.parameters = { TAKES("name", PATH) },
	},
	{
		.name = "sem_init", .man = "sem_init(3)",
		.summary = "makes a semaphore out of memory",
		.number = -1, .libc = libc_sem_init,
		.parameters = {
			TAKES("semaphore", OBJECT),
			TAKES("pshared", INT),
			TAKES("value", INT),
		},
	},
	{
		.name = "sem_destroy", .man = "sem_destroy(3)",
		.summary = "ends a semaphore that sem_init made",
		.number = -1, .libc = libc_sem_destroy,
		.parameters = { TAKES("semaphore", OBJECT) },
	},
	{
		.name = "sem_wait", .man = "sem_wait(3)", .summary = "takes one, or waits for it",
		.number = -1, .family = FAMILY(SYS_futex), .libc = libc_sem_wait,
		.parameters = { TAKES("semaphore", OBJECT) },
	},
	{
		.name = "sem_trywait", .man = "sem_trywait(3)", .summary = "takes one if there is one",
		.number = -1, .libc = libc_sem_trywait,
		.parameters = { TAKES("semaphore", OBJECT) },
	},
	{
		.name = "sem_timedwait", .man = "sem_timedwait(3)",
		.summary = "waits no longer than until a time of the realtime clock",
		.number = -1, .family = FAMILY(SYS_futex), .invoke = invoke_sem_timedwait,
		.parameters = { TAKES("semaphore", OBJECT), CALL_DEADLINE_PARAMETERS },
		.outs = { [OUT_PASSED] = "passed" },
	},
	{
		.name = "sem_clockwait", .man = "sem_clockwait(3p)",
		.summary = "waits no longer than until a time of a clock",
		.number = -1, .family = FAMILY(SYS_futex), .invoke = invoke_sem_clockwait,
		.parameters = {
			TAKES("semaphore", OBJECT),
			TAKES("clock", INT, SYMBOL_MISC),
			CALL_DEADLINE_PARAMETERS,
		},
		.outs = { [OUT_PASSED] = "passed" },
	},
	{
		.name = "sem_post", .man = "sem_post(3)", .summary = "gives one",
		.number = -1, .libc = libc_sem_post,
		.parameters = { TAKES("semaphore", OBJECT) },
	},
	{
		.name = "sem_post_on", .man = "sem_post(3)",
		.summary = "sets a handler that gives one each time the signal comes",
		.number = -1, .invoke = invoke_sem_post_on,
		.flags = CALL_QUESTION,
		.parameters = {
			TAKES("semaphore", OBJECT),
			TAKES("signal", INT, SYMBOL_SIGNAL),
		},
	},
	{
		.name = "sem_getvalue", .man = "sem_getvalue(3)", .summary = "how many there are",
		.number = -1, .invoke = invoke_sem_getvalue,
		.parameters = { TAKES("semaphore", OBJECT) },
		.outs = { [OUT_VALUE] = "value" },
	},
};

CALL_FAMILY(semaphore, calls);
