// SPDX-License-Identifier: MIT
/*
 * Unix datagram sockets. "from s to r": r is bound to the address, s connected to it and without a
 * name of its own. "between a and b": a is bound to the address, b to the address with ".b", and
 * each is connected to the other. There is no SO_PEERCRED here; SCM_CREDENTIALS are the sending
 * endpoint's own.
 */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "mechanism.h"
#include "mechanism_unix.h"

static const char second_suffix[] = ".b";

struct address {
	char bytes[CHANNEL_ADDRESS_MAX];
	size_t length;
};

static struct address second_address(const struct channel *channel)
{
	struct address second = { .length = channel->address_length };

	memcpy(second.bytes, channel->address, second.length);
	memcpy(second.bytes + second.length, second_suffix, sizeof(second_suffix));
	second.length += sizeof(second_suffix) - 1;
	return second;
}

static void destroy(struct channel *channel)
{
	mechanism_unix_destroy(channel);
	if (channel->form == FORM_BETWEEN && channel->address_length && channel->address[0])
		unlink(second_address(channel).bytes);
}

static int available(char *reason, size_t size)
{
	return mechanism_unix_available(SOCK_DGRAM, reason, size);
}

/*
 * The side that sends to the bound first one; with a name, the first one also sends to it and to
 * nobody else.
 */
static int join_second(const struct channel *channel, int first_fd, int *fd)
{
	const struct address second = second_address(channel);
	int new_fd, err;

	if (channel->form == FORM_BETWEEN) {
		err = mechanism_unix_bound(second.bytes, second.length, SOCK_DGRAM, &new_fd);
	} else {
		new_fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
		err = new_fd < 0 ? -errno : 0;
	}
	if (err)
		return err;
	err = mechanism_unix_connect(new_fd, channel->address, channel->address_length);
	if (!err && channel->form == FORM_BETWEEN)
		err = mechanism_unix_connect(first_fd, second.bytes, second.length);
	if (err)
		close(new_fd);
	else
		*fd = new_fd;
	return err;
}

static int create(struct channel *channel)
{
	int first_fd;
	int err = mechanism_unix_reserve(channel, sizeof(second_suffix) - 1);

	if (err || channel->form == FORM_NAMED)
		return err;
	err = mechanism_unix_bound(channel->address, channel->address_length, SOCK_DGRAM,
				   &first_fd);
	if (err)
		return err;
	err = join_second(channel, first_fd, &channel->side_fd[SIDE_WRITE]);
	if (err) {
		close(first_fd);
		destroy(channel);
		return err;
	}
	channel->side_fd[SIDE_READ] = first_fd;
	return 0;
}

const struct mechanism mechanism_unix_dgram = {
	.name = "unix_dgram",
	.summary = "a Unix datagram socket: whole messages, without a connection",
	.man = "unix(7)",
	.forms = FORM_NAMED | FORM_FROM_TO | FORM_BETWEEN,
	.options = mechanism_unix_options,
	.available = available,
	.nature = mechanism_unix_message_nature,
	.create = create,
	.destroy = destroy,
};
