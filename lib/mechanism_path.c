// SPDX-License-Identifier: MIT
/* Named after the channel, opened and removed. */
#include "mechanism_path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int mechanism_path_reserve(struct channel *channel)
{
	int length = snprintf(channel->address, sizeof(channel->address), "%s", channel->name);

	if (length < 0 || (size_t)length >= sizeof(channel->address))
		return -ENAMETOOLONG;
	channel->address_length = (size_t)length;
	return 0;
}

int mechanism_path_hold(const struct channel *channel, enum channel_side side, int *fd)
{
	static const int flags[] = {
		[SIDE_READ] = O_RDONLY, [SIDE_WRITE] = O_WRONLY, [SIDE_BOTH] = O_RDWR
	};
	int new_fd = open(channel->address, flags[side]);

	if (new_fd < 0)
		return -errno;
	*fd = new_fd;
	return 0;
}

void mechanism_path_destroy(struct channel *channel)
{
	unlink(channel->address);
}
