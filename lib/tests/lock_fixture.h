/* SPDX-License-Identifier: MIT */
/*
 * For tests of the exit of calls that sleep: whoever waits for the lock of a file that the driver
 * holds, in flock(2).
 */
#ifndef IPCDRILL_TESTS_LOCK_FIXTURE_H
#define IPCDRILL_TESTS_LOCK_FIXTURE_H

#include <pthread.h>
#include <sys/file.h>

#include "inject_fixture.h"
#include "process.h"

enum { RUNS = 40 };

static int lock_fd;
static volatile sig_atomic_t handled;

static inline void count_signal(int signal)
{
	(void)signal;
	handled++;
}

static inline void catch_signals(int flags)
{
	struct sigaction action = { .sa_handler = count_signal, .sa_flags = flags };

	sigaction(SIGUSR1, &action, NULL);
}

static inline void *wait_in_flock(void *shared)
{
	long error = outcome(flock(lock_fd, LOCK_EX));

	((struct shared *)shared)->got[0] = error ? error : 1;
	((struct shared *)shared)->got[1] = handled;
	return NULL;
}

static inline void lock_restarting(struct shared *shared)
{
	catch_signals(SA_RESTART);
	wait_in_flock(shared);
}

static inline void lock_in_thread(struct shared *shared)
{
	pthread_t thread;

	catch_signals(SA_RESTART);
	pthread_create(&thread, NULL, wait_in_flock, shared);
	pthread_join(thread, NULL);
}

static inline void lock_in_child(struct shared *shared)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		lock_restarting(shared);
		_exit(0);
	}
	atomic_store(&shared->flag, (uint32_t)pid);
	while (wait(&status) < 0)
		;
	_exit(WIFSIGNALED(status) ? WTERMSIG(status) : 0);
}

/*
 * Serves until the thread sleeps in the call itself: held or stopped, it would be in another state.
 */
static inline pid_t serve_until_asleep(void)
{
	struct deadline deadline = deadline_in(10 * (int64_t)FIXTURE_PATIENCE_NS);
	const struct hit *hit;

	for (;;) {
		ck_assert_int_ge(inject_serve(&fixture.inject), 0);
		ck_assert_msg(!deadline_passed(&deadline), "never asleep");
		ck_assert_msg(!fixture.inject.is_over, "over before it slept");
		hit = fixture.inject.hits;
		if (hit && hit->wait == HIT_CALLER && process_state(hit->tid) == 'S')
			return hit->tid;
	}
}

static inline int lock_file(void)
{
	int other;
	char name[] = "/tmp/ipcdrill-lock-XXXXXX";

	lock_fd = mkostemp(name, O_CLOEXEC);
	other = open(name, O_RDWR | O_CLOEXEC);
	unlink(name);
	ck_assert_int_ge(lock_fd, 0);
	ck_assert_int_eq(flock(other, LOCK_EX), 0);
	return other;
}

static inline bool is_locked(int other)
{
	return flock(other, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK;
}

static void (*const lockers[])(struct shared *shared) = { lock_restarting, lock_in_thread,
							  lock_in_child };

#endif
