/* SPDX-License-Identifier: MIT */
/* The ends of channels that an endpoint begins with. For actor.c. */
#ifndef IPCDRILL_ACTOR_ENDS_H
#define IPCDRILL_ACTOR_ENDS_H

#include <stdbool.h>

#include "endpoint.h"

/* Legal after actor_ends_take(); as many as the cast has channels, the rest is never touched. */
struct actor_ends {
	int held[CHANNELS_MAX][2];	/* by side; -1: none */
	void *objects[CHANNELS_MAX];	/* where they lie in its memory; NULL: nowhere */
};

/*
 * In the newly forked process: takes what the cast gives this endpoint, or nothing unless `hold`,
 * and closes all other descriptors above 2. A program also has its own standard streams and process
 * group then. 0 or -errno.
 */
int actor_ends_take(struct actor_ends *ends, const struct stage *stage, unsigned index, bool hold);

#endif
