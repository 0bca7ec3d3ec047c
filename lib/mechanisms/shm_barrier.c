// SPDX-License-Identifier: MIT
/* A barrier of the threads library in memory that all its holders share. */
#include <errno.h>
#include <limits.h>
#include <pthread.h>

#include "mechanism.h"
#include "mechanism_memory.h"

enum { OPTION_COUNT };

static const struct mechanism_option options[] = {
	[OPTION_COUNT] = { .name = "count",
			   .summary = "how many must wait before all go on",
			   .fallback = 2 },
	{ .name = NULL },
};

static int create(struct channel *channel)
{
	pthread_barrierattr_t attributes;
	int error;

	if (channel->options[OPTION_COUNT] > UINT_MAX)
		return -EINVAL;
	error = -mechanism_memory_create(channel, sizeof(pthread_barrier_t));
	if (error)
		return -error;
	error = pthread_barrierattr_init(&attributes);
	if (error)
		return mechanism_memory_made(channel, error);
	error = pthread_barrierattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
	if (!error)
		error = pthread_barrier_init(channel->object, &attributes,
					     (unsigned)channel->options[OPTION_COUNT]);
	pthread_barrierattr_destroy(&attributes);
	return mechanism_memory_made(channel, error);
}

const struct mechanism mechanism_shm_barrier = {
	.name = "shm_barrier",
	.summary = "a barrier between processes",
	.man = "pthread_barrier_init(3p)",
	.forms = FORM_HELD_BY,
	.options = options,
	.create = create,
	.map = mechanism_memory_map,
	.destroy = mechanism_memory_destroy,
};
