// SPDX-License-Identifier: MIT
/* A Unix stream socket with a name in the working directory. */
#include <string.h>
#include <sys/un.h>

#include "../transfer.h"
#include "listener.h"
#include "part.h"

static int unix_open(struct channel *channel)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	_Static_assert(sizeof(channel->name) <= sizeof(address.sun_path), "every name must fit");
	memcpy(address.sun_path, channel->name, sizeof(channel->name));
	channel->fd = listener_open((struct sockaddr *)&address, sizeof(address));
	return channel->fd < 0 ? -1 : 0;
}

static int unix_send(struct channel *channel, const struct part *part)
{
	return listener_send(channel->fd, part);
}

static int unix_receive(struct channel *channel, struct part *part)
{
	return listener_receive(channel->fd, part);
}

const struct transport transport_unix = {
	.name = "unix",
	.summary = "a connection to a Unix stream socket",
	.open = unix_open,
	.send = unix_send,
	.receive = unix_receive,
	.close = part_close_named,
};
