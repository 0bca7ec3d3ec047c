// SPDX-License-Identifier: MIT
/*
 * A FIFO that the worker opens by its name. The parent has it open from before, so the worker need
 * not wait.
 */
#include <fcntl.h>
#include <sys/stat.h>

#include "../transfer.h"
#include "part.h"

/* O_NONBLOCK: there is no writer yet. What a writer that has ended has left is there to be read. */
static int fifo_open(struct channel *channel)
{
	if (mkfifo(channel->name, 0600) < 0)
		return -1;
	channel->fd =
		(int)TEMP_FAILURE_RETRY(open(channel->name, O_RDONLY | O_NONBLOCK | O_CLOEXEC));
	if (channel->fd < 0)
		unlink(channel->name);
	return channel->fd < 0 ? -1 : 0;
}

const struct transport transport_fifo = {
	.name = "fifo",
	.summary = "a named pipe",
	.open = fifo_open,
	.send = part_send_named,
	.receive = part_receive,
	.close = part_close_named,
};
