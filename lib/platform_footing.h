/* SPDX-License-Identifier: MIT */
/*
 * Limits that scenarios may reckon with, since kernels come with them; a machine where somebody
 * lowered one is no kernel's fault.
 */
#ifndef IPCDRILL_PLATFORM_FOOTING_H
#define IPCDRILL_PLATFORM_FOOTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FOOTINGS_MAX = 48, FOOTING_USERS_MAX = 8 };

struct footing {
	const char *name;			/* "kernel.msgmax", "RLIMIT_NOFILE" */
	int64_t least;				/* at most what a kernel comes with */
	const char *man;			/* where that is documented */
	/* patterns: mechanisms and calls that it is for; ends with NULL */
	const char *users[FOOTING_USERS_MAX];
	/* 0 or -errno: there is no such limit here, or none that could be read. */
	int (*look)(const struct footing *footing, int64_t *number);
	/* without it a channel may wait for ever while it is made */
	bool is_vital;
	/* that calls fail with for want of it; 0: it shows in many ways */
	int error;
	/* for look(): the column of a setting, the number of a resource limit */
	int detail;
};

const struct footing *footing_all(size_t *count);

/* True if this process has less than `least`; then *number is what it has. */
bool footing_lacks(const struct footing *footing, int64_t *number);
/* True if the mechanism or call of this name is one that the limit is for. */
bool footing_serves(const struct footing *footing, const char *user);

#endif
