/* SPDX-License-Identifier: MIT */
/*
 * The ways in which a worker's part can get to its parent. Every start of a worker has a channel of
 * its own, and the parent receives from it only when that worker has ended with status 0: it has
 * sent then, so nothing waits for a sender that is dead, and nothing of a start that failed is ever
 * received.
 */
#ifndef TRANSPORT_H
#define TRANSPORT_H

#include <stdint.h>

/* The terms from `first` to before `end`, added up. */
struct part {
	uint64_t first, end;
	double sum;
};

/* A transport uses what it needs of it. */
struct channel {
	char name[40]; /* no other channel has it; set before open */
	int fd; /* what the parent receives from */
	int worker_fd; /* what the worker sends to, if that is another one and it inherits it */
	struct slot *slot;
};

/* Each function returns 0, or -1 with errno. */
struct transport {
	const char *name, *summary;
	int (*open)(struct channel *channel); /* before the worker is started, which inherits it */
	int (*send)(struct channel *channel, const struct part *part); /* in the worker, once */
	int (*receive)(struct channel *channel, struct part *part); /* in the parent */
	void (*close)(struct channel *channel); /* in the parent; removes whatever open has made */
};

/* Ends with NULL. */
extern const struct transport *const transports[];

/* NULL if there is none of that name. */
const struct transport *transport_find(const char *name);

#endif
