// SPDX-License-Identifier: MIT
/*
 * A spin lock of the threads library in memory that all its holders share. Who waits for it runs,
 * so no step can say that it blocks.
 */
#include <pthread.h>

#include "mechanism.h"
#include "mechanism_memory.h"

static int create(struct channel *channel)
{
	int err = mechanism_memory_create(channel, sizeof(pthread_spinlock_t));

	if (err)
		return err;
	return mechanism_memory_made(channel,
				     pthread_spin_init(channel->object, PTHREAD_PROCESS_SHARED));
}

const struct mechanism mechanism_shm_spin = {
	.name = "shm_spin",
	.summary = "a spin lock between processes",
	.man = "pthread_spin_init(3)",
	.forms = FORM_HELD_BY,
	.create = create,
	.map = mechanism_memory_map,
	.destroy = mechanism_memory_destroy,
};
