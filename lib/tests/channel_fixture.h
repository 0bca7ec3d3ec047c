/* SPDX-License-Identifier: MIT */
/* Channels without a plan, in a directory of the test's own, and what must not be left of them. */
#ifndef IPCDRILL_TESTS_CHANNEL_FIXTURE_H
#define IPCDRILL_TESTS_CHANNEL_FIXTURE_H

#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "directory_fixture.h"
#include "mechanism.h"

enum { FDS_LOOKED_AT = 256 };

static inline int open_fds(void)
{
	int count = 0;

	for (int fd = 0; fd < FDS_LOOKED_AT; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

static inline void assert_directory_is_empty(void)
{
	char text[200] = "";
	int left = leak_clear_directory(directory_fd, nothing_is_owned, NULL, text, sizeof(text));

	ck_assert_msg(left == 0, "%d left: %s", left, text);
}

static inline int option_index(const struct mechanism *mechanism, const char *name)
{
	for (int i = 0; mechanism->options && mechanism->options[i].name; i++) {
		if (!strcmp(mechanism->options[i].name, name))
			return i;
	}
	return -1;
}

/* The soft limit only, so that it can be lifted again. */
static inline void allow_fds_below(rlim_t number)
{
	struct rlimit limit;

	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
	limit.rlim_cur = number < limit.rlim_max ? number : limit.rlim_max;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
}

/* What resolve does, with one option set if it is named. */
static inline struct channel planned(const char *mechanism_name, unsigned form, const char *option,
				     int64_t value)
{
	static unsigned serial;
	struct channel channel = { .mechanism = mechanism_find(mechanism_name),
				   .name = "c",
				   .form = form };

	ck_assert_ptr_nonnull(channel.mechanism);
	channel.serial = serial++;
	for (int i = 0; channel.mechanism->options && channel.mechanism->options[i].name; i++)
		channel.options[i] = channel.mechanism->options[i].fallback;
	if (option) {
		ck_assert_int_ge(option_index(channel.mechanism, option), 0);
		channel.options[option_index(channel.mechanism, option)] = value;
	}
	return channel;
}

#endif
