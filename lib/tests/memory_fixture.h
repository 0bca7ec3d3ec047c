/* SPDX-License-Identifier: MIT */
/* For tests of objects in memory: one at a time, made, mapped, and gone afterwards. */
#ifndef IPCDRILL_TESTS_MEMORY_FIXTURE_H
#define IPCDRILL_TESTS_MEMORY_FIXTURE_H

#include <sys/wait.h>

#include "channel_fixture.h"

static struct channel channel;

/* Where it lies, as a value of a call. */
static inline int64_t made(const char *name, const char *option, int64_t value)
{
	void *object;

	channel = planned(name, FORM_HELD_BY, option, value);
	ck_assert_int_eq(channel_create(&channel), 0);
	ck_assert_int_eq(channel_map(&channel, &object), 0);
	ck_assert_ptr_nonnull(object);
	return (intptr_t)object;
}

static inline void unmade(void)
{
	channel_release(&channel);
	channel_destroy(&channel);
	assert_directory_is_empty();
}

/* In a process of its own, which then dies without cleaning up. */
#define IN_CHILD(...)                                            \
	do {                                                     \
		pid_t pid = fork();                              \
		int status;                                      \
		if (!pid) {                                      \
			__VA_ARGS__;                             \
			_exit(0);                                \
		}                                                \
		ck_assert_int_eq(waitpid(pid, &status, 0), pid); \
		ck_assert_int_eq(status, 0);                     \
	} while (0)

#endif
