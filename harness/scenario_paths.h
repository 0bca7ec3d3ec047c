/* SPDX-License-Identifier: MIT */
/* Which scenario files there are, and the stable first part of their tests' ids. */
#ifndef IPCDRILL_SCENARIO_PATHS_H
#define IPCDRILL_SCENARIO_PATHS_H

#include <stddef.h>

struct scenario_path {
	char *path;		/* as messages show it */
	char *place;		/* absolute, without symbolic links in its directory */
	char *id_base;		/* "pipe/end-of-file" */
};

/* Legal when zero. */
struct scenario_paths {
	char *root;		/* of the project's own suite, absolute; NULL: there is none */
	struct scenario_path *items;
	size_t count;
	size_t met;		/* by walks, also those that were there already */
};

/*
 * Finds the project's own suite, without which the paths still work: $IPCDRILL_SCENARIOS, or
 * scenarios/ above the directory of this binary, or share/ipcdrill/scenarios of the prefix it is
 * installed in. 0 or -errno with a reason.
 */
int scenario_paths_open(struct scenario_paths *paths, char *reason, size_t size);

/*
 * Adds a file, or every .drill file below a directory, sorted; a file that is there already is not
 * added again. Inside a directory, hidden ones and selftest/ (scenarios that must fail) are left
 * out. 0 or -errno with a reason.
 */
int scenario_paths_add(struct scenario_paths *paths, const char *path, char *reason, size_t size);

void scenario_paths_close(struct scenario_paths *paths);

#endif
