// SPDX-License-Identifier: MIT
/* A Unix sequenced-packet socket pair, connected at a path or an abstract name. */
#include <sys/socket.h>

#include "mechanism.h"
#include "mechanism_unix.h"

static int available(char *reason, size_t size)
{
	return mechanism_unix_available(SOCK_SEQPACKET, reason, size);
}

static int create(struct channel *channel)
{
	return mechanism_unix_create_connected(channel, SOCK_SEQPACKET);
}

const struct mechanism mechanism_unix_seqpacket = {
	.name = "unix_seqpacket",
	.summary = "a Unix sequenced-packet socket: whole records over a connection",
	.man = "unix(7)",
	.forms = FORM_NAMED | FORM_FROM_TO | FORM_BETWEEN,
	.options = mechanism_unix_options,
	.available = available,
	.nature = mechanism_unix_message_nature,
	.create = create,
	.destroy = mechanism_unix_destroy,
};
