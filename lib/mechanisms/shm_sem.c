// SPDX-License-Identifier: MIT
/* An unnamed POSIX semaphore in memory that all its holders share. */
#include <errno.h>
#include <limits.h>
#include <semaphore.h>

#include "mechanism.h"
#include "mechanism_memory.h"

enum { OPTION_VALUE };

static const struct mechanism_option options[] = {
	[OPTION_VALUE] = { .name = "value", .summary = "what it starts with", .fallback = 0 },
	{ .name = NULL },
};

static int create(struct channel *channel)
{
	int err;

	if (channel->options[OPTION_VALUE] > UINT_MAX)
		return -EINVAL;
	err = mechanism_memory_create(channel, sizeof(sem_t));
	if (err)
		return err;
	if (sem_init(channel->object, 1, (unsigned)channel->options[OPTION_VALUE]))
		return mechanism_memory_made(channel, errno);
	return 0;
}

const struct mechanism mechanism_shm_sem = {
	.name = "shm_sem",
	.summary = "an unnamed POSIX semaphore between processes",
	.man = "sem_overview(7)",
	.forms = FORM_HELD_BY,
	.options = options,
	.create = create,
	.map = mechanism_memory_map,
	.destroy = mechanism_memory_destroy,
};
