// SPDX-License-Identifier: MIT
/*
 * Two unnamed Unix sockets, connected to each other. Credentials (SO_PEERCRED) are the driver's,
 * who made them.
 */
#include <errno.h>
#include <sys/socket.h>

#include "mechanism.h"
#include "mechanism_unix.h"

enum { OPTION_TYPE };
enum { TYPE_STREAM, TYPE_DGRAM, TYPE_SEQPACKET };

static const char *const type_words[] = {
	[TYPE_STREAM] = "stream", [TYPE_DGRAM] = "dgram", [TYPE_SEQPACKET] = "seqpacket", NULL
};

static const int types[] = {
	[TYPE_STREAM] = SOCK_STREAM, [TYPE_DGRAM] = SOCK_DGRAM, [TYPE_SEQPACKET] = SOCK_SEQPACKET
};

static const struct mechanism_option options[] = {
	[OPTION_TYPE] = { .name = "type",
			  .summary = "what the sockets keep: bytes, or whole messages",
			  .is_word = true,
			  .words = type_words,
			  .fallback = TYPE_STREAM },
	{ .name = NULL },
};

static int available(char *reason, size_t size)
{
	return mechanism_unix_available(SOCK_STREAM, reason, size);
}

static unsigned nature(const struct channel *channel)
{
	return NATURE_SOCKET | (channel->options[OPTION_TYPE] == TYPE_STREAM ? 0 : NATURE_MESSAGES);
}

static int create(struct channel *channel)
{
	int fds[2];

	if (socketpair(AF_UNIX, types[channel->options[OPTION_TYPE]] | SOCK_CLOEXEC, 0, fds))
		return -errno;
	channel->side_fd[SIDE_READ] = fds[0];
	channel->side_fd[SIDE_WRITE] = fds[1];
	return 0;
}

const struct mechanism mechanism_socketpair = {
	.name = "socketpair",
	.summary = "two connected Unix sockets without a name",
	.man = "socketpair(2)",
	.forms = FORM_FROM_TO | FORM_BETWEEN,
	.options = options,
	.available = available,
	.nature = nature,
	.create = create,
};
