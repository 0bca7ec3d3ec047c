/* SPDX-License-Identifier: MIT */
/* One run of a program with its output caught, watched until it ends, or will never end. */
#ifndef IPCDRILL_INJECT_TRIAL_H
#define IPCDRILL_INJECT_TRIAL_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "crowd.h"
#include "deadline.h"
#include "inject_program.h"
#include "inject_tree.h"

enum trial_end {
	TRIAL_RUNNING,
	TRIAL_ENDED, /* status: of the program; nobody is left */
	TRIAL_HUNG, /* everybody sleeps, and neither time nor anybody of them can wake another */
	TRIAL_LATE, /* the limit passed, and somebody could still do something */
};

/* What was written, as far as two runs are compared. */
struct capture {
	int fd; /* -1: closed */
	uint64_t length;
	uint64_t digest;
};

/* What all runs of a sweep have in common. */
struct trial_setting {
	const struct inject_program *program;
	int nothing; /* descriptor of /dev/null: their standard input */
	sigset_t mask; /* of blocked signals that they begin with */
	int64_t limit_ns;
};

/* Legal when zero. */
struct inject_trial {
	/* by the caller */
	struct inject_tree tree;

	/* as it goes */
	struct deadline deadline;
	struct capture captures[2]; /* standard output and error */
	struct crowd crowd;
	pid_t root; /* of the crowd */
	int64_t look_at_ns; /* when to look next, if nothing happens before */
	int64_t pause_ns;
	uint64_t digest; /* of the look before */
	bool was_asleep; /* in the look before */

	/* at the end */
	enum trial_end end;
	int status; /* as wait(2) gives it */
	int exec_error; /* -errno: it could not be executed */
	char asleep[200]; /* TRIAL_HUNG: who sleeps in what */
};

/* As tree_start(). */
enum tree_trouble trial_start(struct inject_trial *trial, const struct trial_setting *setting,
			      int *error);

/* Until something happens in one of them, or is to be done, or we are interrupted. */
void trials_wait(struct inject_trial *const *trials, size_t count);

/*
 * Does what there is to do, without waiting. True if it is over; then everything but the results is
 * given back.
 */
bool trial_step(struct inject_trial *trial);

/* Ends what is not over: all of its processes are killed, and nothing is said of it. */
void trial_abandon(struct inject_trial *trial);

/* The same was written by both. */
bool trial_same_output(const struct inject_trial *a, const struct inject_trial *b);

#endif
