/* SPDX-License-Identifier: MIT */
/*
 * Where there are no namespaces: a process that outlives the worker, ends its descendants and
 * removes its directory.
 */
#ifndef IPCDRILL_SANDBOX_GUARD_H
#define IPCDRILL_SANDBOX_GUARD_H

#include <limits.h>

struct guard {
	int life_fd;			/* end of file: the harness is dead */
	char directory[PATH_MAX];
	/* locked while the guard lives, so that a sweep knows what is stale */
	int directory_fd;
};

/* Makes the directory and enters it. 0 or -errno. */
int guard_open(struct guard *guard);

/*
 * Forks a child for body(context), watches it and the harness, cleans up; returns body's exit
 * status.
 */
int guard_run(struct guard *guard, int (*body)(void *context), void *context);

#endif
