/* SPDX-License-Identifier: MIT */
/* Whole transfers: what a short count or a signal leaves undone, another call does. */
#ifndef TRANSFER_H
#define TRANSFER_H

#include <errno.h>
#include <stddef.h>
#include <sys/types.h>
#include <unistd.h>

/* 0, or -1 with errno; then some of it may have been written. */
static inline int transfer_write(int fd, const void *data, size_t size)
{
	const char *rest = data;

	while (size) {
		ssize_t count = TEMP_FAILURE_RETRY(write(fd, rest, size));

		if (count < 0)
			return -1;
		rest += count;
		size -= (size_t)count;
	}
	return 0;
}

/* How many bytes: fewer than size only at the end of the file. -1 with errno. */
static inline ssize_t transfer_read(int fd, void *data, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t count = TEMP_FAILURE_RETRY(read(fd, (char *)data + done, size - done));

		if (count < 0)
			return -1;
		if (!count)
			break;
		done += (size_t)count;
	}
	return (ssize_t)done;
}

/*
 * POSIX leaves open whether EINTR has closed it. With a single thread nobody else can have been
 * given the number meanwhile, so trying again does no harm: at worst it is EBADF. Keeps errno.
 */
static inline void transfer_close(int fd)
{
	int saved_errno = errno;

	(void)TEMP_FAILURE_RETRY(close(fd));
	errno = saved_errno;
}

#endif
