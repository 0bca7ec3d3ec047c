// SPDX-License-Identifier: MIT
/*
 * A regular file in the working directory; every holder opens it itself and has a file offset of
 * its own.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "mechanism.h"
#include "mechanism_path.h"

/* The content arrives as channel->text; the entry is its name and description. */
static const struct mechanism_option options[] = {
	{ .name = "content",
	  .summary = "the bytes that the file has at the start; left out: it is empty" },
	{ .name = NULL },
};

static int create(struct channel *channel)
{
	int err = mechanism_path_reserve(channel);
	int fd;

	if (err)
		return err;
	fd = open(channel->address, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	err = channel_write_text(channel, fd);
	if (close(fd) && !err)
		err = -errno;
	if (err)
		unlink(channel->address);
	return err;
}

const struct mechanism mechanism_file = {
	.name = "file",
	.summary = "a regular file",
	.man = "open(2)",
	.forms = FORM_NAMED | FORM_FROM_TO | FORM_HELD_BY,
	.options = options,
	.create = create,
	.hold = mechanism_path_hold,
	.destroy = mechanism_path_destroy,
};
