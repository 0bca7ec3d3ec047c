/* SPDX-License-Identifier: MIT */
/* For tests of what is left over: namespaces of the test's own, where no thing of others is. */
#ifndef IPCDRILL_TESTS_NAMESPACE_FIXTURE_H
#define IPCDRILL_TESTS_NAMESPACE_FIXTURE_H

#include <sched.h>
#include <stdbool.h>
#include <sys/mount.h>

#include "checks.h"

static bool alone; /* in namespaces of our own; false: this machine grants none */

/* System V objects and mounts of our own, and `type` mounted at `place`. */
static inline void enter_namespaces_with(const char *type, const char *place, const char *options)
{
	int namespaces = CLONE_NEWIPC | CLONE_NEWNS;

	alone = !unshare(namespaces) || !unshare(namespaces | CLONE_NEWUSER);
	if (!alone)
		return;
	ck_assert_int_eq(mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL), 0);
	ck_assert_int_eq(mount(type, place, type, 0, options), 0);
}

#endif
