// SPDX-License-Identifier: MIT
/*
 * TCP over the loopback. "from w to r": w is the client of r; "between a and b": b is the client of
 * a. The listener is closed. Both sockets have TCP_NODELAY: without it a second small piece waits
 * for a timer, the other's delayed ACK.
 */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "mechanism.h"
#include "mechanism_inet.h"

static int available(char *reason, size_t size)
{
	return mechanism_inet_available(SOCK_STREAM, reason, size);
}

static unsigned nature(const struct channel *channel)
{
	(void)channel;
	return NATURE_SOCKET;
}

static int send_at_once(int fd)
{
	const int on = 1;

	return setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)) ? -errno : 0;
}

/* A socket connected to the listener and the one that it accepts, which inherits TCP_NODELAY. */
static int connect_pair(struct channel *channel, int listener_fd)
{
	int fd = socket((int)channel->options[0], SOCK_STREAM | SOCK_CLOEXEC, 0);
	int accepted_fd = -1;
	int err;

	if (fd < 0)
		return -errno;
	err = send_at_once(fd);
	if (!err)
		err = mechanism_inet_connect(fd, channel->address, channel->address_length);
	if (!err) {
		accepted_fd = accept4(listener_fd, NULL, NULL, SOCK_CLOEXEC);
		err = accepted_fd < 0 ? -errno : 0;
	}
	if (err) {
		close(fd);
		return err;
	}
	channel->side_fd[SIDE_WRITE] = fd;
	channel->side_fd[SIDE_READ] = accepted_fd;
	return 0;
}

static int create(struct channel *channel)
{
	int listener_fd, err;

	if (channel->form == FORM_NAMED)
		return mechanism_inet_reserve(channel, SOCK_STREAM);
	err = mechanism_inet_bound(channel, SOCK_STREAM, &listener_fd);
	if (err)
		return err;
	err = send_at_once(listener_fd);
	if (!err)
		err = listen(listener_fd, 1) ? -errno : 0;
	if (!err)
		err = connect_pair(channel, listener_fd);
	close(listener_fd);
	return err;
}

const struct mechanism mechanism_tcp = {
	.name = "tcp",
	.summary = "a TCP connection over the loopback",
	.man = "tcp(7)",
	.forms = FORM_NAMED | FORM_FROM_TO | FORM_BETWEEN,
	.options = mechanism_inet_options,
	.network = true,
	.nature = nature,
	.available = available,
	.create = create,
};
