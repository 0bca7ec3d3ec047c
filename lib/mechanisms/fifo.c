// SPDX-License-Identifier: MIT
/* A FIFO in the working directory; every holder opens it itself and has an open file description of its own. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mechanism.h"

enum { OPTION_SIZE };

static const struct mechanism_option options[] = {
	[OPTION_SIZE] = { .name = "size",
			  .summary = "capacity in bytes; 0: the kernel's own. Lost when nobody has it open, so only with holders" },
	{ .name = NULL },
};

/* Open in both directions, so that no holder's open has to wait for a partner, and the size lasts until then. */
static int open_keeper(struct channel *channel)
{
	const int64_t size = channel->options[OPTION_SIZE];
	int fd = open(channel->address, O_RDWR | O_CLOEXEC);
	int err;

	if (fd < 0)
		return -errno;
	if (size && fcntl(fd, F_SETPIPE_SZ, (int)size) < 0) {
		err = -errno;
		close(fd);
		return err;
	}
	channel->keeper_fd = fd;
	return 0;
}

static int create(struct channel *channel)
{
	const int64_t size = channel->options[OPTION_SIZE];
	int length = snprintf(channel->address, sizeof(channel->address), "%s", channel->name);
	int err;

	if (length < 0 || (size_t)length >= sizeof(channel->address))
		return -ENAMETOOLONG;
	if (size < 0 || size > INT_MAX || (size && channel->form == FORM_NAMED))
		return -EINVAL;
	channel->address_length = (size_t)length;
	if (mkfifo(channel->address, 0600))
		return -errno;
	if (channel->form == FORM_NAMED)
		return 0;
	err = open_keeper(channel);
	if (err)
		unlink(channel->address);
	return err;
}

static int hold(const struct channel *channel, enum channel_side side, int *fd)
{
	static const int flags[] = { [SIDE_READ] = O_RDONLY, [SIDE_WRITE] = O_WRONLY, [SIDE_BOTH] = O_RDWR };
	int new_fd = open(channel->address, flags[side]);

	if (new_fd < 0)
		return -errno;
	*fd = new_fd;
	return 0;
}

static void destroy(struct channel *channel)
{
	unlink(channel->address);
}

const struct mechanism mechanism_fifo = {
	.name = "fifo",
	.summary = "a named pipe",
	.man = "fifo(7)",
	.forms = FORM_NAMED | FORM_FROM_TO | FORM_HELD_BY,
	.options = options,
	.create = create,
	.hold = hold,
	.destroy = destroy,
};
