// SPDX-License-Identifier: MIT
/* A Unix stream socket pair, connected at a path or an abstract name. */
#include <sys/socket.h>

#include "mechanism.h"
#include "mechanism_unix.h"

static int available(char *reason, size_t size)
{
	return mechanism_unix_available(SOCK_STREAM, reason, size);
}

static int create(struct channel *channel)
{
	return mechanism_unix_create_connected(channel, SOCK_STREAM);
}

const struct mechanism mechanism_unix_stream = {
	.name = "unix_stream",
	.summary = "a Unix stream socket: bytes over a connection",
	.man = "unix(7)",
	.forms = FORM_NAMED | FORM_FROM_TO | FORM_BETWEEN,
	.options = mechanism_unix_options,
	.available = available,
	.nature = mechanism_unix_stream_nature,
	.create = create,
	.destroy = mechanism_unix_destroy,
};
