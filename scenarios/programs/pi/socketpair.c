// SPDX-License-Identifier: MIT
/* A pair of connected Unix stream sockets; the worker inherits one of them. */
#include <sys/socket.h>

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

const struct transport transport_socketpair = {
	.name = "socketpair",
	.summary = "a pair of Unix stream sockets",
	.open = socketpair_open,
	.send = part_send_inherited,
	.receive = part_receive,
	.close = part_close_inherited,
};
