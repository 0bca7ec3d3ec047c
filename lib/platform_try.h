/* SPDX-License-Identifier: MIT */
/* Finding out by doing: in a forked child that ends what it did with itself, with a deadline. */
#ifndef IPCDRILL_PLATFORM_TRY_H
#define IPCDRILL_PLATFORM_TRY_H

#include <stdint.h>
#include <sys/types.h>

/* What a try found. The child fills it in. */
struct attempt {
	int error;		/* 0: it works; else an errno */
	int64_t number;
	char reason[160];	/* what did not work, in words; may stay empty */
};

/*
 * Runs body(attempt) in a child. If the child cannot say anything, error is ETIMEDOUT (it hung and
 * was killed), ECHILD (something killed it: number is the signal) or that of the fork, with a
 * reason.
 */
void platform_try(void (*body)(struct attempt *attempt), struct attempt *attempt);

/* For bodies: "WHAT: ENOSYS", and error. */
void attempt_fail(struct attempt *attempt, const char *what, int error);

/* For bodies: fork() whose child is killed when the body ends. */
pid_t attempt_fork(void);

/* Ends a process of attempt_fork(); nothing of the parent's (buffers, atexit) may run in it. */
_Noreturn void attempt_end(void);

#endif
