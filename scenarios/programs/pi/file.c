// SPDX-License-Identifier: MIT
/*
 * A file that the worker opens by its name. The parent has it open from before, so at its
 * beginning.
 */
#include <fcntl.h>

#include "../transfer.h"
#include "part.h"

static int file_open(struct channel *channel)
{
	channel->fd = (int)TEMP_FAILURE_RETRY(
		open(channel->name, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
	return channel->fd < 0 ? -1 : 0;
}

const struct transport transport_file = {
	.name = "file",
	.summary = "a file",
	.open = file_open,
	.send = part_send_named,
	.receive = part_receive,
	.close = part_close_named,
};
