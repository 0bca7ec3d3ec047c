/* SPDX-License-Identifier: MIT */
/* For tests of injection: a pipe of the driver's, and a body that writes to it. */
#ifndef IPCDRILL_TESTS_PIPE_FIXTURE_H
#define IPCDRILL_TESTS_PIPE_FIXTURE_H

#include "inject_fixture.h"

static int pipe_fds[2];

static inline void make_pipe(void)
{
	ck_assert_int_eq(pipe2(pipe_fds, O_CLOEXEC), 0);
}

static inline void close_pipe(void)
{
	close(pipe_fds[0]);
	close(pipe_fds[1]);
}

static inline void write_twice(struct shared *shared)
{
	shared->got[0] = outcome(write(pipe_fds[1], "abcdef", 6));
	shared->got[1] = outcome(write(pipe_fds[1], "ghijkl", 6));
}

#endif
