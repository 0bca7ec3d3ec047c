// SPDX-License-Identifier: MIT
/* A file in memory; all holders share one open file description, as processes do after fork(2). */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "mechanism.h"

enum { OPTION_SIZE, OPTION_SEALING, OPTION_CONTENT };

/* The content arrives as channel->text; the entry is its name and description. */
static const struct mechanism_option options[] = {
	[OPTION_SIZE] = { .name = "size",
			  .summary = "its length in bytes, if that is not the content's" },
	[OPTION_SEALING] = { .name = "sealing",
			     .summary = "0: made without MFD_ALLOW_SEALING",
			     .fallback = 1 },
	[OPTION_CONTENT] = { .name = "content", .summary = "the bytes that it has at the start" },
	{ .name = NULL },
};

static int fill(const struct channel *channel, int fd)
{
	const int64_t size = channel->options[OPTION_SIZE];
	int err = channel_write_text(channel, fd);

	if (err)
		return err;
	return size && ftruncate(fd, size) ? -errno : 0;
}

static int create(struct channel *channel)
{
	const unsigned flags = channel->options[OPTION_SEALING] ? MFD_ALLOW_SEALING : 0;
	int fd = memfd_create(channel->name, MFD_CLOEXEC | flags);
	int err;

	if (fd < 0)
		return -errno;
	err = fill(channel, fd);
	if (err) {
		close(fd);
		return err;
	}
	channel->side_fd[SIDE_READ] = fd;
	return 0;
}

static int hold(const struct channel *channel, enum channel_side side, int *fd)
{
	(void)side;
	*fd = dup(channel->side_fd[SIDE_READ]);
	return *fd < 0 ? -errno : 0;
}

static int available(char *reason, size_t size)
{
	int fd = memfd_create("ipcdrill", MFD_CLOEXEC);

	if (fd < 0) {
		snprintf(reason, size, "memfd_create: %s", strerror(errno));
		return -errno;
	}
	close(fd);
	return 0;
}

const struct mechanism mechanism_memfd = {
	.name = "memfd",
	.summary = "a file in memory without a path",
	.man = "memfd_create(2)",
	.forms = FORM_HELD_BY,
	.options = options,
	.available = available,
	.create = create,
	.hold = hold,
};
