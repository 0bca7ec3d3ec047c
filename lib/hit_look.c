// SPDX-License-Identifier: MIT
/* Looking into the process that is held: its memory, its descriptors. */
#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "hit.h"
#include "process_memory.h"
#include "process_paths.h"

enum {
	PIDFD_OF_THREAD = O_EXCL,	/* PIDFD_THREAD, Linux 6.9 */
	PAGE = 4096,
};

void target_init(struct target *target)
{
	*target = (struct target){ .pidfd = -1 };
}

void target_close(struct target *target)
{
	if (target->pidfd >= 0)
		close(target->pidfd);
	target_init(target);
}

static int target_open(struct target *target, pid_t tid)
{
	target_close(target);
	target->pidfd = (int)syscall(SYS_pidfd_open, tid, PIDFD_OF_THREAD);
	if (target->pidfd < 0 && errno == EINVAL)
		target->pidfd = (int)syscall(SYS_pidfd_open, process_of_thread(tid), 0);
	if (target->pidfd < 0)
		return -errno;
	target->tid = tid;
	return 0;
}

bool hit_is_valid(const struct hit *hit)
{
	uint64_t id = hit->id;

	return !ioctl(hit->listener_fd, SECCOMP_IOCTL_NOTIF_ID_VALID, &id);
}

int hit_borrow(const struct hit *hit, int fd)
{
	struct target *target = hit->target;
	int borrowed = -1;

	/* The process that the descriptor stands for may be dead, and another have its number. */
	for (int attempt = 0; attempt < 2; attempt++) {
		int err = 0;

		if (target->tid != hit->tid)
			err = target_open(target, hit->tid);
		if (err)
			return err;
		borrowed = (int)syscall(SYS_pidfd_getfd, target->pidfd, fd, 0);
		if (borrowed >= 0 || errno != ESRCH)
			break;
		target->tid = 0;
	}
	if (borrowed < 0)
		return -errno;
	if (hit_is_valid(hit))
		return borrowed;
	close(borrowed);
	return -ESRCH;
}

/* Addresses of theirs, as process_copy() takes them. */
static void *theirs(uint64_t address)
{
	return (void *)(uintptr_t)address;	/* NOLINT(performance-no-int-to-ptr) */
}

int hit_read(const struct hit *hit, uint64_t address, void *to, size_t size)
{
	struct iovec remote = { theirs(address), size };

	if (process_copy(hit->tid, false, to, size, &remote, 1) != (ssize_t)size)
		return -EFAULT;
	return hit_is_valid(hit) ? 0 : -ESRCH;
}

/* Page by page: what follows the string need not be there. */
ssize_t hit_read_string(const struct hit *hit, uint64_t address, char *text, size_t size)
{
	size_t length = 0;

	while (length < size - 1) {
		size_t part = PAGE - (address + length) % PAGE;
		char *end;
		int err;

		if (part > size - 1 - length)
			part = size - 1 - length;
		err = hit_read(hit, address + length, text + length, part);
		if (err)
			return err;
		end = memchr(text + length, '\0', part);
		if (end)
			return end - text;
		length += part;
	}
	text[length] = '\0';
	return (ssize_t)length;
}

int hit_write(const struct hit *hit, uint64_t address, const void *from, size_t size)
{
	struct iovec remote = { theirs(address), size };

	if (!hit_is_valid(hit))
		return -ESRCH;
	return process_copy(hit->tid, true, (void *)from, size, &remote, 1) == (ssize_t)size
		       ? 0
		       : -EFAULT;
}
