// SPDX-License-Identifier: MIT
/* An anonymous pipe; holders of one side share it as processes do after fork(2). */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "mechanism.h"

enum { OPTION_SIZE, OPTION_PACKET };

static const struct mechanism_option options[] = {
	[OPTION_SIZE] = { .name = "size",
			  .summary =
				  "capacity in bytes, as F_SETPIPE_SZ rounds it; 0: the kernel's own" },
	[OPTION_PACKET] = { .name = "packet",
			    .summary = "1: made with O_DIRECT, so that each write is a packet" },
	{ .name = NULL },
};

static unsigned nature(const struct channel *channel)
{
	return channel->options[OPTION_PACKET] ? NATURE_MESSAGES : 0;
}

static int create(struct channel *channel)
{
	const int64_t size = channel->options[OPTION_SIZE];
	int flags = O_CLOEXEC | (channel->options[OPTION_PACKET] ? O_DIRECT : 0);
	int fds[2], err;

	if (size < 0 || size > INT_MAX)
		return -EINVAL;
	if (pipe2(fds, flags))
		return -errno;
	if (size && fcntl(fds[1], F_SETPIPE_SZ, (int)size) < 0) {
		err = -errno;
		close(fds[0]);
		close(fds[1]);
		return err;
	}
	channel->side_fd[SIDE_READ] = fds[0];
	channel->side_fd[SIDE_WRITE] = fds[1];
	return 0;
}

const struct mechanism mechanism_pipe = {
	.name = "pipe",
	.summary = "an anonymous pipe",
	.man = "pipe(7)",
	.forms = FORM_FROM_TO,
	.options = options,
	.nature = nature,
	.create = create,
};
