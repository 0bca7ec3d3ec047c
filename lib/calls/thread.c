// SPDX-License-Identifier: MIT
/*
 * Threads beside the one that makes an endpoint's calls: they take signals, and do one thing to a
 * descriptor before they end.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

enum { THREADS_MAX = 16 };

struct sleeper {
	pthread_t thread;
	sigset_t blocked;
	int closed_fd; /* what it does at the end, or -1 */
	int locked_fd;
	int error; /* of that */
	atomic_int tid; /* 0: it does not run yet */
	atomic_bool ended;
};

static struct sleeper sleepers[THREADS_MAX];
static size_t sleeper_count;

static int do_last(const struct sleeper *sleeper)
{
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	if (sleeper->locked_fd >= 0 && fcntl(sleeper->locked_fd, F_SETLK, &whole))
		return errno;
	if (sleeper->closed_fd >= 0 && close(sleeper->closed_fd))
		return errno;
	return 0;
}

/* Until a handler has run; nothing gets through before it waits. */
static void *sleep_until_handled(void *argument)
{
	struct sleeper *sleeper = argument;

	atomic_store(&sleeper->tid, gettid());
	sigsuspend(&sleeper->blocked);
	sleeper->error = do_last(sleeper);
	atomic_store(&sleeper->ended, true);
	return NULL;
}

enum { BLOCKED, CLOSES, LOCKS };

static void invoke_start_thread(struct invocation *inv)
{
	sigset_t *blocked = invocation_signals(inv, BLOCKED);
	int closed_fd = invocation_int(inv, CLOSES, -1);
	int locked_fd = invocation_int(inv, LOCKS, -1);
	struct sleeper *sleeper = &sleepers[sleeper_count];
	sigset_t all, before;
	int err;

	if (sleeper_count == THREADS_MAX)
		invocation_complain(inv, "start_thread: more than %d", THREADS_MAX);
	if (invocation_complained(inv))
		return;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	sleeper->blocked = blocked ? *blocked : before;
	sleeper->closed_fd = closed_fd;
	sleeper->locked_fd = locked_fd;
	err = pthread_create(&sleeper->thread, NULL, sleep_until_handled, sleeper);
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (err) {
		errno = err;
		invocation_returned(inv, -1);
		return;
	}
	sleeper_count++;
	while (!atomic_load(&sleeper->tid))
		sched_yield();
	invocation_returned(inv, atomic_load(&sleeper->tid));
}

/*
 * Busy until the thread has ended: asleep, the endpoint would look as if nothing went on in it any
 * more.
 */
static void invoke_join_thread(struct invocation *inv)
{
	int tid = invocation_int(inv, 0, 0);
	size_t i = 0;

	while (i < sleeper_count && atomic_load(&sleepers[i].tid) != tid)
		i++;
	if (i == sleeper_count)
		invocation_refuse(inv, 0, "a thread of start_thread()");
	if (invocation_complained(inv))
		return;
	while (!atomic_load(&sleepers[i].ended))
		sched_yield();
	invocation_returned(inv, error_returned(sleepers[i].error));
}

static void invoke_thread_ended(struct invocation *inv)
{
	int tid = invocation_int(inv, 0, 0);

	for (size_t i = 0; i < sleeper_count; i++) {
		if (atomic_load(&sleepers[i].tid) == tid) {
			invocation_returned(inv, atomic_load(&sleepers[i].ended));
			return;
		}
	}
	invocation_refuse(inv, 0, "a thread of start_thread()");
}

static const struct call calls[] = {
	{
		.name = "start_thread",
		.man = "pthread_create(3)",
		.summary = "makes a thread that sleeps until a handler has run in it, "
			   "and then locks or closes a descriptor: its id",
		.number = -1,
		.family = FAMILY(SYS_futex),
		.invoke = invoke_start_thread,
		.result = RESULT_NUMBER,
		.parameters = {
			[BLOCKED] = MAY_TAKE("blocked", SIGNALS, SYMBOL_SIGNAL, 0),
			[CLOSES] = MAY_TAKE("closes", FD, SYMBOL_PLAIN, -1),
			[LOCKS] = MAY_TAKE("locks", FD, SYMBOL_PLAIN, -1),
		},
	},
	{
		.name = "join_thread",
		.man = "pthread_join(3)",
		.summary = "returns when a handler has run in the thread: how that went what it did then",
		.number = -1,
		.invoke = invoke_join_thread,
		.parameters = { TAKES("tid", INT) },
	},
	{
		.name = "thread_ended",
		.man = "pthread_join(3)",
		.summary = "1 if a handler has run in the thread",
		.number = -1,
		.invoke = invoke_thread_ended,
		.flags = CALL_QUESTION,
		.result = RESULT_NUMBER,
		.parameters = { TAKES("tid", INT) },
	},
};

CALL_FAMILY(thread, calls);
