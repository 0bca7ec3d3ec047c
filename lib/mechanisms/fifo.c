// SPDX-License-Identifier: MIT
/*
 * A FIFO in the working directory; every holder opens it itself and has an open file description of
 * its own.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mechanism.h"
#include "mechanism_path.h"

enum { OPTION_SIZE };

static const struct mechanism_option options[] = {
	[OPTION_SIZE] = { .name = "size",
			  .summary =
				  "capacity in bytes; 0: the kernel's own. Lost when nobody has it open, so only with holders" },
	{ .name = NULL },
};

/*
 * Open in both directions, so that no holder's open has to wait for a partner, and the size lasts
 * until then.
 */
static int open_keeper(struct channel *channel)
{
	const int64_t size = channel->options[OPTION_SIZE];
	int fd = open(channel->address, O_RDWR | O_CLOEXEC);
	int err;

	if (fd < 0)
		return -errno;
	if (size && fcntl(fd, F_SETPIPE_SZ, (int)size) < 0) {
		err = -errno;
		close(fd);
		return err;
	}
	channel->keeper_fd = fd;
	return 0;
}

static int create(struct channel *channel)
{
	const int64_t size = channel->options[OPTION_SIZE];
	int err = mechanism_path_reserve(channel);

	if (err)
		return err;
	if (size < 0 || size > INT_MAX || (size && channel->form == FORM_NAMED))
		return -EINVAL;
	if (mkfifo(channel->address, 0600))
		return -errno;
	if (channel->form == FORM_NAMED)
		return 0;
	err = open_keeper(channel);
	if (err)
		unlink(channel->address);
	return err;
}

const struct mechanism mechanism_fifo = {
	.name = "fifo",
	.summary = "a named pipe",
	.man = "fifo(7)",
	.forms = FORM_NAMED | FORM_FROM_TO | FORM_HELD_BY,
	.options = options,
	.create = create,
	.hold = mechanism_path_hold,
	.destroy = mechanism_path_destroy,
};
