/* SPDX-License-Identifier: MIT */
/* Processes to look at, for the tests of the crowd. */
#ifndef IPCDRILL_CROWD_FIXTURE_H
#define IPCDRILL_CROWD_FIXTURE_H

#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checks.h"
#include "crowd.h"
#include "process.h"

static struct crowd crowd;
static int pipe_fds[2]; /* nobody ever writes */

static inline pid_t start(void (*life)(void))
{
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		signal(SIGALRM, SIG_DFL); /* Check has a handler */
		life();
		_exit(0);
	}
	return pid;
}

static inline void begin(void)
{
	ck_assert_int_eq(pipe(pipe_fds), 0);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
}

static inline void finish(void)
{
	process_end_children();
	crowd_free(&crowd);
}

/* Until all sleep for certain. */
static inline void look_until_asleep(void)
{
	uint64_t before = 0;

	do {
		before = crowd.mood == CROWD_ASLEEP ? crowd.digest : 0;
		sched_yield();
		ck_assert_int_eq(crowd_look(&crowd), 0);
	} while (crowd.mood != CROWD_ASLEEP || crowd.digest != before);
}

static inline void read_for_ever(void)
{
	char byte;

	if (read(pipe_fds[0], &byte, 1))
		_exit(1);
}

#endif
