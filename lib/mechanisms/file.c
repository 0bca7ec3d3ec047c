// SPDX-License-Identifier: MIT
/* A regular file in the working directory; every holder opens it itself and has a file offset of its own. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "mechanism.h"

/* The content arrives as channel->text; the entry is its name and description. */
static const struct mechanism_option options[] = {
	{ .name = "content", .summary = "the bytes that the file has at the start; left out: it is empty" },
	{ .name = NULL },
};

static int create(struct channel *channel)
{
	int length = snprintf(channel->address, sizeof(channel->address), "%s", channel->name);
	int fd, err;

	if (length < 0 || (size_t)length >= sizeof(channel->address))
		return -ENAMETOOLONG;
	channel->address_length = (size_t)length;
	fd = open(channel->address, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	err = channel_write_text(channel, fd);
	if (close(fd) && !err)
		err = -errno;
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

const struct mechanism mechanism_file = {
	.name = "file",
	.summary = "a regular file",
	.man = "open(2)",
	.forms = FORM_NAMED | FORM_FROM_TO | FORM_HELD_BY,
	.options = options,
	.create = create,
	.hold = hold,
	.destroy = destroy,
};
