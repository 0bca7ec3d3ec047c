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

	if (mkfifo(path, 0600) < 0 && errno != EEXIST)
		return -1;
	fd = (int)TEMP_FAILURE_RETRY(open(path, flags | O_CLOEXEC));
	if (fd < 0)
		return -1;
	if (!fstat(fd, &status) && S_ISFIFO(status.st_mode))
		return fd;
	transfer_close(fd);
	errno = EEXIST;
	return -1;
}
