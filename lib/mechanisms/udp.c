// SPDX-License-Identifier: MIT
/*
 * UDP over the loopback. "from s to r": r is bound to the address, s connected to it. "between a
 * and b": a is bound to the address, b to a port of its own, and each is connected to the other.
 */
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "mechanism.h"
#include "mechanism_inet.h"

static int available(char *reason, size_t size)
{
	return mechanism_inet_available(SOCK_DGRAM, reason, size);
}

static int connect_back(int first_fd, int second_fd)
{
	struct sockaddr_storage storage;
	socklen_t size = sizeof(storage);

	if (getsockname(second_fd, (struct sockaddr *)&storage, &size) ||
	    connect(first_fd, (struct sockaddr *)&storage, size))
		return -errno;
	return 0;
}

/*
 * The side that sends to the bound first one; in the form "between", the first one also sends to it
 * alone.
 */
static int join_second(const struct channel *channel, int first_fd, int *fd)
{
	int second_fd;
	int err = mechanism_inet_bound_elsewhere(channel, SOCK_DGRAM, &second_fd);

	if (err)
		return err;
	err = mechanism_inet_connect(second_fd, channel->address, channel->address_length);
	if (!err && channel->form == FORM_BETWEEN)
		err = connect_back(first_fd, second_fd);
	if (err)
		close(second_fd);
	else
		*fd = second_fd;
	return err;
}

static int create(struct channel *channel)
{
	int first_fd, err;

	if (channel->form == FORM_NAMED)
		return mechanism_inet_reserve(channel, SOCK_DGRAM);
	err = mechanism_inet_bound(channel, SOCK_DGRAM, &first_fd);
	if (err)
		return err;
	err = join_second(channel, first_fd, &channel->side_fd[SIDE_WRITE]);
	if (err)
		close(first_fd);
	else
		channel->side_fd[SIDE_READ] = first_fd;
	return err;
}

static unsigned nature(const struct channel *channel)
{
	(void)channel;
	return NATURE_SOCKET | NATURE_MESSAGES;
}

const struct mechanism mechanism_udp = {
	.name = "udp",
	.summary = "UDP over the loopback: whole messages, without a connection",
	.man = "udp(7)",
	.forms = FORM_NAMED | FORM_FROM_TO | FORM_BETWEEN,
	.options = mechanism_inet_options,
	.network = true,
	.nature = nature,
	.available = available,
	.create = create,
};
