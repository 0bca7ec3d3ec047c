// SPDX-License-Identifier: MIT
/*
 * A POSIX shared memory object. Its name alone makes no object; with holders there is one, which
 * each of them opens and maps itself, so that it may lie at another address in each.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "mechanism.h"
#include "mechanism_memory.h"

enum { OPTION_SIZE };

static const struct mechanism_option options[] = {
	[OPTION_SIZE] = { .name = "size",
			  .summary = "in bytes; only with holders",
			  .fallback = 4096 },
	{ .name = NULL },
};

static int make(struct channel *channel)
{
	int fd = shm_open(channel->address, O_RDWR | O_CREAT | O_EXCL, 0600);
	int err = 0;

	if (fd < 0)
		return -errno;
	if (ftruncate(fd, channel->options[OPTION_SIZE]))
		err = -errno;
	close(fd);
	if (err)
		shm_unlink(channel->address);
	return err;
}

static int create(struct channel *channel)
{
	int err = channel_posix_name(channel);

	if (err || channel->form == FORM_NAMED)
		return err;
	return make(channel);
}

static int hold(const struct channel *channel, enum channel_side side, int *fd)
{
	(void)side;
	*fd = shm_open(channel->address, O_RDWR, 0);
	if (*fd < 0)
		return -errno;
	/* An endpoint that execs hands its ends on unless the scenario says otherwise. */
	if (fcntl(*fd, F_SETFD, 0)) {
		int err = -errno;

		close(*fd);
		return err;
	}
	return 0;
}

static int map(const struct channel *channel, void **object)
{
	size_t size = (size_t)channel->options[OPTION_SIZE];

	return size ? mechanism_memory_map_file(shm_open(channel->address, O_RDWR, 0), size, object)
		    : 0;
}

static void destroy(struct channel *channel)
{
	shm_unlink(channel->address);
}

const struct mechanism mechanism_posix_shm = {
	.name = "posix_shm",
	.summary = "a POSIX shared memory object",
	.man = "shm_overview(7)",
	.forms = FORM_NAMED | FORM_HELD_BY,
	.options = options,
	.available = mechanism_memory_names_available,
	.create = create,
	.hold = hold,
	.map = map,
	.destroy = destroy,
};
