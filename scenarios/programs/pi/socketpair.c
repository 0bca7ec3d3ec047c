// SPDX-License-Identifier: MIT
/* A pair of connected Unix stream sockets; the worker inherits one of them. */
#include <sys/socket.h>

#include "../transfer.h"
#include "part.h"

static int socketpair_open(struct channel *channel)
{
	int fds[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) < 0)
		return -1;
	channel->fd = fds[0];
	channel->worker_fd = fds[1];
	return 0;
}

static int socketpair_send(struct channel *channel, const struct part *part)
{
	return part_write(channel->worker_fd, part);
}

static int socketpair_receive(struct channel *channel, struct part *part)
{
	return part_read(channel->fd, part);
}

static void socketpair_close(struct channel *channel)
{
	transfer_close(channel->fd);
	transfer_close(channel->worker_fd);
}

const struct transport transport_socketpair = {
	.name = "socketpair",
	.summary = "a pair of Unix stream sockets",
	.open = socketpair_open,
	.send = socketpair_send,
	.receive = socketpair_receive,
	.close = socketpair_close,
};
