// SPDX-License-Identifier: MIT
/*
 * A named POSIX semaphore. Its name alone makes none; with holders there is one, which each of them
 * opens itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <semaphore.h>

#include "mechanism.h"
#include "mechanism_memory.h"

enum { OPTION_VALUE };

static const struct mechanism_option options[] = {
	[OPTION_VALUE] = { .name = "value",
			   .summary = "what it starts with; only with holders",
			   .fallback = 0 },
	{ .name = NULL },
};

static int create(struct channel *channel)
{
	sem_t *semaphore;
	int err = channel_posix_name(channel);

	if (err || channel->form == FORM_NAMED)
		return err;
	if (channel->options[OPTION_VALUE] > UINT_MAX)
		return -EINVAL;
	semaphore = sem_open(channel->address, O_CREAT | O_EXCL, 0600,
			     (unsigned)channel->options[OPTION_VALUE]);
	if (semaphore == SEM_FAILED)
		return -errno;
	sem_close(semaphore);
	return 0;
}

static int map(const struct channel *channel, void **object)
{
	sem_t *semaphore = sem_open(channel->address, 0);

	if (semaphore == SEM_FAILED)
		return -errno;
	*object = semaphore;
	return 0;
}

static void destroy(struct channel *channel)
{
	sem_unlink(channel->address);
}

const struct mechanism mechanism_posix_sem = {
	.name = "posix_sem",
	.summary = "a named POSIX semaphore",
	.man = "sem_overview(7)",
	.forms = FORM_NAMED | FORM_HELD_BY,
	.options = options,
	.available = mechanism_memory_names_available,
	.create = create,
	.map = map,
	.destroy = destroy,
};
