/* SPDX-License-Identifier: MIT */
/* The signal handlers of an endpoint, and what they saw. */
#ifndef IPCDRILL_CALL_SIGHTING_H
#define IPCDRILL_CALL_SIGHTING_H

#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

/* What the handlers saw of one signal: how often it came, and what the last one said. */
struct sighting {
	atomic_long count;
	atomic_int code;
	atomic_int pid;
	atomic_uint uid;
	atomic_int value;
	atomic_int fd;
	atomic_int status;
	atomic_int tid;		/* the thread that it ran in */
	atomic_bool onstack;	/* on the alternate stack */
};

/* Of a signal from 1 to NSIG - 1. */
const struct sighting *sighting_of(int sig);

/* A handler that counts and remembers. */
void sighting_remember(int sig, siginfo_t *info, void *context);
/* The same, but its first run for a signal waits until another handler has run on top of it. */
void sighting_remember_and_pause(int sig, siginfo_t *info, void *context);

/* What a handler is to do besides. Zeroed but for what is wanted. */
struct errand {
	const stack_t *stack;	/* not NULL: try to change to this alternate stack */
	long returned;		/* what that gave */
	int error;
	bool escapes;		/* jump to `escape` instead of returning */
	sigjmp_buf escape;
};

/* For all handlers that run from now on; NULL: no more. */
void sighting_send_on(struct errand *errand);

#endif
