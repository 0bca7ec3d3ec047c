// SPDX-License-Identifier: MIT
/*
 * process_vm_readv(2) and its sister, or /proc/PID/mem on kernels without
 * CONFIG_CROSS_MEMORY_ATTACH.
 */
#include "process_memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

/*
 * It ends at the first byte that is not there, as those do. Unlike them it may write what they may
 * only read.
 */
static ssize_t copy_by_file(int fd, bool to_them, char *ours, size_t size,
			    const struct iovec *theirs, size_t count)
{
	size_t done = 0;

	for (size_t i = 0; i < count && done < size; i++) {
		size_t part = theirs[i].iov_len < size - done ? theirs[i].iov_len : size - done;
		off_t at = (off_t)(uintptr_t)theirs[i].iov_base;
		ssize_t moved = to_them ? pwrite(fd, ours + done, part, at)
					: pread(fd, ours + done, part, at);

		if (moved < 0 && !done)
			return errno == EIO ? -EFAULT : -errno;
		done += moved < 0 ? 0 : (size_t)moved;
		if (moved != (ssize_t)part)
			break;
	}
	return (ssize_t)done;
}

ssize_t process_copy(pid_t tid, bool to_them, void *ours, size_t size, const struct iovec *theirs,
		     size_t count)
{
	const struct iovec local = { ours, size };
	ssize_t copied = (to_them ? process_vm_writev : process_vm_readv)(tid, &local, 1, theirs,
									  count, 0);
	char path[40];
	int fd;

	if (copied >= 0 || errno != ENOSYS)
		return copied < 0 ? -errno : copied;
	snprintf(path, sizeof(path), "/proc/%d/mem", tid);
	fd = open(path, (to_them ? O_WRONLY : O_RDONLY) | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	copied = copy_by_file(fd, to_them, ours, size, theirs, count);
	close(fd);
	return copied;
}
