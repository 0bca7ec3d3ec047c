/* SPDX-License-Identifier: MIT */
/* For tests of what is counted: reads that signals arrive in, and whoever feeds the reader. */
#ifndef IPCDRILL_TESTS_DISTURBED_FIXTURE_H
#define IPCDRILL_TESTS_DISTURBED_FIXTURE_H

#include <sys/ioctl.h>
#include <sys/time.h>

#include "inject_fixture.h"

enum { EVERY = 5, FIRINGS = 1000, CALLS = EVERY * FIRINGS };

static int data_fds[2];

static volatile sig_atomic_t handled;

static inline void count_signal(int signal)
{
	(void)signal;
	handled++;
}

static inline void be_disturbed(void (*handler)(int signal), int flags, int microseconds)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };
	struct itimerval timer = { { 0, microseconds }, { 0, microseconds } };
	static char room[65536];
	stack_t alternate = { .ss_sp = room, .ss_size = sizeof(room) };

	sigaltstack(&alternate, NULL);
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &timer, NULL);
}

static inline void rest(struct shared *shared)
{
	setitimer(ITIMER_REAL, &(struct itimerval){ 0 }, NULL);
	shared->got[1] = handled;
}

/*
 * From another depth of the stack each time, but with the same arguments, as a buffer is filled by
 * stdio.
 */
static inline long read_at_depth(int depth)
{
	static char byte;
	volatile char room[48];

	room[0] = byte;
	if (depth)
		return read_at_depth(depth - 1) + (room[0] - room[0]);
	return read(data_fds[0], &byte, 1);
}

static inline void judge_count(struct inject_rule *rule)
{
	EXITED_WELL();
	ck_assert_uint_eq(rule->trigger.count, CALLS);
	ck_assert_uint_eq(rule->trigger.fired, FIRINGS);
	ck_assert_int_eq(fixture.shared->got[0], 0);
	ck_assert_int_gt(fixture.shared->got[1], 100);
	finish_fixture();
}

/* Feeds the reader one byte when it has none, now and then so late that it is asleep for long. */
static inline pid_t start_feeder(void)
{
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	close(data_fds[0]);
	for (unsigned i = 0;; i++) {
		struct timespec pause = { 0, i * 7919 % 90000 };
		int left = 1;

		if (i % 20 == 0)
			ppoll(NULL, 0, &pause, NULL);
		while (!ioctl(data_fds[1], FIONREAD, &left) && left)
			sched_yield();
		if (write(data_fds[1], "x", 1) != 1)
			_exit(0);
	}
}

static inline void run_fed(struct inject_rule *rule, void (*body)(struct shared *shared),
			   uint64_t (*identify)(void *context, pid_t tid))
{
	pid_t feeder;

	ck_assert_int_eq(pipe2(data_fds, O_CLOEXEC), 0);
	start(rule, 1, body);
	fixture.inject.identify = identify;
	feeder = start_feeder();
	serve_to_the_end();
	kill(feeder, SIGKILL);
	waitpid(feeder, NULL, 0);
	judge_count(rule);
	close(data_fds[0]);
	close(data_fds[1]);
}

#endif
