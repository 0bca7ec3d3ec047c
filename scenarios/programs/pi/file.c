// SPDX-License-Identifier: MIT
/* A file that the worker opens by its name. The parent has it open from before, so at its beginning. */
#include <fcntl.h>

#include "../transfer.h"
#include "part.h"

static int file_open(struct channel *channel)
{
	channel->fd = (int)TEMP_FAILURE_RETRY(
		open(channel->name, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
	return channel->fd < 0 ? -1 : 0;
}

static int file_send(struct channel *channel, const struct part *part)
{
	int fd = (int)TEMP_FAILURE_RETRY(open(channel->name, O_WRONLY | O_CLOEXEC));
	int err;

	if (fd < 0)
		return -1;
	err = part_write(fd, part);
	transfer_close(fd);
	return err;
}

static int file_receive(struct channel *channel, struct part *part)
{
	return part_read(channel->fd, part);
}

static void file_close(struct channel *channel)
{
	transfer_close(channel->fd);
	unlink(channel->name);
}

const struct transport transport_file = {
	.name = "file",
	.summary = "a file",
	.open = file_open,
	.send = file_send,
	.receive = file_receive,
	.close = file_close,
};
