// SPDX-License-Identifier: MIT
/* A condition variable of the threads library in memory that all its holders share. */
#include <pthread.h>
#include <time.h>

#include "mechanism.h"
#include "mechanism_memory.h"

enum { OPTION_CLOCK };

static const char *const clock_words[] = { "realtime", "monotonic", NULL };
static const clockid_t clocks[] = { CLOCK_REALTIME, CLOCK_MONOTONIC };

static const struct mechanism_option options[] = {
	[OPTION_CLOCK] = { .name = "clock",
			   .summary = "by which its deadlines are measured",
			   .is_word = true,
			   .words = clock_words },
	{ .name = NULL },
};

static int create(struct channel *channel)
{
	pthread_condattr_t attributes;
	int error = -mechanism_memory_create(channel, sizeof(pthread_cond_t));

	if (error)
		return -error;
	error = pthread_condattr_init(&attributes);
	if (error)
		return mechanism_memory_made(channel, error);
	error = pthread_condattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
	if (!error)
		error = pthread_condattr_setclock(&attributes,
						  clocks[channel->options[OPTION_CLOCK]]);
	if (!error)
		error = pthread_cond_init(channel->object, &attributes);
	pthread_condattr_destroy(&attributes);
	return mechanism_memory_made(channel, error);
}

const struct mechanism mechanism_shm_cond = {
	.name = "shm_cond",
	.summary = "a condition variable between processes",
	.man = "pthread_cond_init(3)",
	.forms = FORM_HELD_BY,
	.options = options,
	.create = create,
	.map = mechanism_memory_map,
	.destroy = mechanism_memory_destroy,
};
