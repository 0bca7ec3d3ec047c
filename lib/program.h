/* SPDX-License-Identifier: MIT */
/*
 * A program of somebody else's as an endpoint: where it lies, what it is given, how it is executed.
 */
#ifndef IPCDRILL_PROGRAM_H
#define IPCDRILL_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "operand.h"

/* In the environment of each program, and so of all that it forks: the name of its endpoint. */
#define PROGRAM_MARK "IPCDRILL_ENDPOINT"

struct program_argument {
	const struct operand *value;
	/* in the scenario's directory: said in full where the program starts somewhere else */
	bool is_path;
};

/* Immutable once resolved; belongs to the plan. */
struct program {
	const char *name; /* as written: "./server", "sh", "/bin/cat" */
	const char *const
		*directories; /* where "./server" is looked for, in this order; ends with NULL */
	const struct program_argument *arguments;
	size_t argument_count;
	const struct operand *const
		*environment; /* "NAME=value", or "NAME" for one that it shall not have */
	size_t environment_count;
	const struct operand *cwd; /* NULL: the scenario's directory */
	bool is_written_to; /* the scenario writes to its standard input */
};

/*
 * The path to execute. 0 or -errno, and why, as a sentence: ENOENT, EACCES, EISDIR. A name without
 * a slash is looked for in PATH, one with a slash that does not begin with it in the directories.
 */
int program_find(const struct program *program, char *path, size_t size, char *reason,
		 size_t reason_size);

/*
 * What it would gain by being set-uid, set-gid or having file capabilities, and will not: "set-uid
 * root"; or NULL.
 */
const char *program_privilege(const char *path, char *text, size_t size);

/*
 * In the process that is to become it, in the scenario's directory. Returns only if that failed:
 * -errno, and why. Privileges cannot be gained from here on.
 */
int program_execute(const struct program *program, const char *endpoint, const char *path,
		    struct environment *environment, char *reason, size_t size);

#endif
