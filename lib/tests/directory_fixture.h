/* SPDX-License-Identifier: MIT */
/* A directory of the test's own, which goes away with it. */
#ifndef IPCDRILL_TESTS_DIRECTORY_FIXTURE_H
#define IPCDRILL_TESTS_DIRECTORY_FIXTURE_H

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "checks.h"
#include "leak.h"

static char directory[] = "/tmp/ipcdrill-test.XXXXXX";
static int directory_fd = -1;	/* what the fixture made, and alone may clear; -1: nothing */

static inline bool nothing_is_owned(void *context, const char *name)
{
	(void)context;
	(void)name;
	return false;
}

static inline void enter_directory(void)
{
	ck_assert_ptr_nonnull(mkdtemp(directory));
	ck_assert_int_eq(chdir(directory), 0);
	directory_fd = open(".", O_RDONLY | O_DIRECTORY);
	ck_assert_int_gt(directory_fd, 2);
}

static inline void leave_directory(void)
{
	char text[100];

	if (directory_fd < 0)
		return;
	leak_clear_directory(directory_fd, nothing_is_owned, NULL, text, sizeof(text));
	rmdir(directory);
}

#endif
