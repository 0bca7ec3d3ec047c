// SPDX-License-Identifier: MIT
/* Opens FIFOs. Nobody removes them: nobody knows to be the last. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "../transfer.h"
#include "fifo.h"

int fifo_open(const char *path, int flags)
{
	struct stat status;
	int fd;

	if (TEMP_FAILURE_RETRY(mkfifo(path, 0600)) < 0 && errno != EEXIST)
		return -1;
	fd = (int)TEMP_FAILURE_RETRY(open(path, flags | O_CLOEXEC));
	if (fd < 0)
		return -1;
	if (TEMP_FAILURE_RETRY(fstat(fd, &status)) < 0)
		goto close_fd;
	if (S_ISFIFO(status.st_mode))
		return fd;
	errno = EEXIST;
close_fd:
	transfer_close(fd);
	return -1;
}
