// SPDX-License-Identifier: MIT
/* A pseudoterminal: of two between whom it is, the first holds the master, the second the slave. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "mechanism.h"

enum { OPTION_RAW };

static const struct mechanism_option options[] = {
	[OPTION_RAW] = { .name = "raw",
			 .summary = "1: no line discipline: bytes pass as they are" },
	{ .name = NULL },
};

/* By the master itself, so that no path is needed; kernels before 4.13 know only the path. */
static int open_slave(int master)
{
	int slave = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
	char path[40];

	if (slave >= 0)
		return slave;
	if (ptsname_r(master, path, sizeof(path)))
		return -1;
	return open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
}

static int make_raw(int fd)
{
	struct termios termios;

	if (tcgetattr(fd, &termios))
		return -1;
	cfmakeraw(&termios);
	return tcsetattr(fd, TCSANOW, &termios);
}

static int create(struct channel *channel)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	int slave = -1, err;

	if (master < 0)
		return -errno;
	if (!unlockpt(master))
		slave = open_slave(master);
	if (slave >= 0 && (!channel->options[OPTION_RAW] || !make_raw(slave))) {
		channel->side_fd[SIDE_READ] = master;
		channel->side_fd[SIDE_WRITE] = slave;
		return 0;
	}
	err = -errno;
	if (slave >= 0)
		close(slave);
	close(master);
	return err;
}

static int available(char *reason, size_t size)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);

	if (master < 0) {
		snprintf(reason, size, "posix_openpt: %s", strerror(errno));
		return -errno;
	}
	close(master);
	return 0;
}

const struct mechanism mechanism_pty = {
	.name = "pty",
	.summary = "a pseudoterminal: the first holds the master, the second the slave",
	.man = "pty(7)",
	.forms = FORM_BETWEEN,
	.delayed = true,
	.options = options,
	.available = available,
	.create = create,
};
