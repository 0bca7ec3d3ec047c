// SPDX-License-Identifier: MIT
/* Parent and worker are one program on one machine: the bytes of the struct will do. */
#include "part.h"

#include <fcntl.h>

#include "../transfer.h"

int part_write(int fd, const struct part *part)
{
	return transfer_write(fd, part, sizeof(*part));
}

int part_read(int fd, struct part *part)
{
	ssize_t count = transfer_read(fd, part, sizeof(*part));

	if (count >= 0 && count != sizeof(*part)) {
		errno = EPROTO;
		return -1;
	}
	return count < 0 ? -1 : 0;
}

int part_receive(struct channel *channel, struct part *part)
{
	return part_read(channel->fd, part);
}

int part_send_inherited(struct channel *channel, const struct part *part)
{
	return part_write(channel->worker_fd, part);
}

void part_close_inherited(struct channel *channel)
{
	transfer_close(channel->fd);
	transfer_close(channel->worker_fd);
}

int part_send_named(struct channel *channel, const struct part *part)
{
	int fd = (int)TEMP_FAILURE_RETRY(open(channel->name, O_WRONLY | O_CLOEXEC));
	int err;

	if (fd < 0)
		return -1;
	err = part_write(fd, part);
	transfer_close(fd);
	return err;
}

void part_close_named(struct channel *channel)
{
	transfer_close(channel->fd);
	unlink(channel->name);
}
