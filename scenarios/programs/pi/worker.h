/* SPDX-License-Identifier: MIT */
/* A process that adds up some of the terms, and is started again as often as it is killed. */
#ifndef WORKER_H
#define WORKER_H

#include <sys/types.h>

#include "transport.h"

struct worker {
	unsigned number;
	const struct transport *transport;
	struct part part; /* its sum: once it is done */

	struct channel channel;
	pid_t pid; /* 0: not running, and then it has no channel */
	int start_count;
};

/* 0, or -1, and then it has said why. */
int worker_start(struct worker *worker);

/*
 * What wait(2) said of it: 1 if it is done, 0 if it was started again, -1 if it failed and has said
 * why.
 */
int worker_ended(struct worker *worker, int status);

/* Also if it is not running. */
void worker_stop(struct worker *worker);

#endif
