// SPDX-License-Identifier: MIT
/* A pipe that the worker inherits. It holds more than a part, so no worker waits for its parent. */
#include <fcntl.h>
#include <unistd.h>

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

const struct transport transport_pipe = {
	.name = "pipe",
	.summary = "a pipe",
	.open = pipe_open,
	.send = part_send_inherited,
	.receive = part_receive,
	.close = part_close_inherited,
};
