// SPDX-License-Identifier: MIT
/* Addresses, and sockets bound and connected there. */
#include "mechanism_unix.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ADDRESS_PATHNAME, ADDRESS_ABSTRACT };

static const char *const address_words[] = {
	[ADDRESS_PATHNAME] = "pathname", [ADDRESS_ABSTRACT] = "abstract", NULL
};

const struct mechanism_option mechanism_unix_options[] = {
	{ .name = "address",
	  .summary = "a path in the working directory, or a name in the abstract namespace",
	  .is_word = true,
	  .words = address_words,
	  .fallback = ADDRESS_PATHNAME },
	{ .name = NULL },
};

int mechanism_unix_available(int type, char *reason, size_t size)
{
	int fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
	int err = errno;

	if (fd >= 0) {
		close(fd);
		return 0;
	}
	snprintf(reason, size, "socket(AF_UNIX, %s) fails: %s",
		 type == SOCK_STREAM  ? "SOCK_STREAM"
		 : type == SOCK_DGRAM ? "SOCK_DGRAM"
				      : "SOCK_SEQPACKET",
		 strerror(err));
	return -err;
}

static int abstract_name(const struct channel *channel, char *name, size_t size)
{
	int length = channel_unique_name(channel, name + 1, size - 1);

	name[0] = '\0';
	return length < 0 ? length : 1 + length;
}

int mechanism_unix_reserve(struct channel *channel, size_t room)
{
	const size_t size = sizeof(channel->address);
	int length;

	if (channel->options[0] == ADDRESS_ABSTRACT)
		length = abstract_name(channel, channel->address, size);
	else
		length = snprintf(channel->address, size, "%s", channel->name);
	if (length < 0)
		return length;
	if ((size_t)length + room >= size)
		return -ENAMETOOLONG;
	channel->address_length = (size_t)length;
	return 0;
}

int mechanism_unix_bound(const char *address, size_t address_length, int type, int *fd)
{
	struct sockaddr_storage storage;
	socklen_t length;
	int err, new_fd;

	channel_sockaddr(address, address_length, &storage, &length);
	new_fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
	if (new_fd < 0)
		return -errno;
	if (bind(new_fd, (struct sockaddr *)&storage, length)) {
		err = -errno;
		close(new_fd);
		return err;
	}
	*fd = new_fd;
	return 0;
}

int mechanism_unix_connect(int fd, const char *address, size_t address_length)
{
	struct sockaddr_storage storage;
	socklen_t length;

	channel_sockaddr(address, address_length, &storage, &length);
	return connect(fd, (struct sockaddr *)&storage, length) ? -errno : 0;
}

/*
 * A socket connected to the listener and the one that it accepts: neither call can block, one
 * connection is due.
 */
static int connect_pair(const struct channel *channel, int listener_fd, int type, int *client_fd,
			int *server_fd)
{
	int fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
	int accepted_fd, err;

	if (fd < 0)
		return -errno;
	err = mechanism_unix_connect(fd, channel->address, channel->address_length);
	if (err)
		goto close_client;
	accepted_fd = accept4(listener_fd, NULL, NULL, SOCK_CLOEXEC);
	if (accepted_fd < 0) {
		err = -errno;
		goto close_client;
	}
	*client_fd = fd;
	*server_fd = accepted_fd;
	return 0;

close_client:
	close(fd);
	return err;
}

int mechanism_unix_create_connected(struct channel *channel, int type)
{
	int listener_fd;
	int err = mechanism_unix_reserve(channel, 0);

	if (err || channel->form == FORM_NAMED)
		return err;
	err = mechanism_unix_bound(channel->address, channel->address_length, type, &listener_fd);
	if (err)
		return err;
	err = listen(listener_fd, 1) ? -errno : 0;
	if (!err)
		err = connect_pair(channel, listener_fd, type, &channel->side_fd[SIDE_WRITE],
				   &channel->side_fd[SIDE_READ]);
	close(listener_fd);
	if (err)
		mechanism_unix_destroy(channel);
	return err;
}

void mechanism_unix_destroy(struct channel *channel)
{
	if (channel->address_length && channel->address[0])
		unlink(channel->address);
}

unsigned mechanism_unix_stream_nature(const struct channel *channel)
{
	(void)channel;
	return NATURE_SOCKET;
}

unsigned mechanism_unix_message_nature(const struct channel *channel)
{
	(void)channel;
	return NATURE_SOCKET | NATURE_MESSAGES;
}
