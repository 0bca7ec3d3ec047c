// SPDX-License-Identifier: MIT
/* A pipe that the worker inherits. It holds more than a part, so no worker waits for its parent. */
#include <fcntl.h>

#include "../transfer.h"
#include "part.h"

static int pipe_open(struct channel *channel)
{
	int fds[2];

	if (pipe2(fds, O_CLOEXEC) < 0)
		return -1;
	channel->fd = fds[0];
	channel->worker_fd = fds[1];
	return 0;
}

static int pipe_send(struct channel *channel, const struct part *part)
{
	return part_write(channel->worker_fd, part);
}

static int pipe_receive(struct channel *channel, struct part *part)
{
	return part_read(channel->fd, part);
}

static void pipe_close(struct channel *channel)
{
	transfer_close(channel->fd);
	transfer_close(channel->worker_fd);
}

const struct transport transport_pipe = {
	.name = "pipe",
	.summary = "a pipe",
	.open = pipe_open,
	.send = pipe_send,
	.receive = pipe_receive,
	.close = pipe_close,
};
