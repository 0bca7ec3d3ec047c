// SPDX-License-Identifier: MIT
/* TCP on the loopback interface; the kernel chooses the port. */
#include <netinet/in.h>

#include "../transfer.h"
#include "listener.h"

static int tcp_open(struct channel *channel)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};

	channel->fd = listener_open((struct sockaddr *)&address, sizeof(address));
	return channel->fd < 0 ? -1 : 0;
}

static int tcp_send(struct channel *channel, const struct part *part)
{
	return listener_send(channel->fd, part);
}

static int tcp_receive(struct channel *channel, struct part *part)
{
	return listener_receive(channel->fd, part);
}

static void tcp_close(struct channel *channel)
{
	transfer_close(channel->fd);
}

const struct transport transport_tcp = {
	.name = "tcp",
	.summary = "a TCP connection",
	.open = tcp_open,
	.send = tcp_send,
	.receive = tcp_receive,
	.close = tcp_close,
};
