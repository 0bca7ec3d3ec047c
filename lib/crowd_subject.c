// SPDX-License-Identifier: MIT
/* Is the call that a thread sleeps in about this very channel? */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "call_numbers.h"
#include "crowd_call.h"
#include "inject_name.h"
#include "process_memory.h"
#include "process_serial.h"

bool crowd_read(const struct crowd_thread *thread, uint64_t address, void *to, size_t size)
{
	/* An address of theirs. NOLINTNEXTLINE(performance-no-int-to-ptr) */
	struct iovec remote = { (void *)(uintptr_t)address, size };

	return process_copy(thread->tid, false, to, size, &remote, 1) == (ssize_t)size;
}

/* Byte by byte at the end: what follows the string need not be there. */
static bool read_string(const struct crowd_thread *thread, uint64_t address, char *text,
			size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (!crowd_read(thread, address + i, text + i, 1))
			return false;
		if (!text[i])
			return true;
	}
	return false;
}

static bool is_object(const struct crowd_subject *subject, const char *path)
{
	struct stat status;

	return subject->inode && !stat(path, &status) && status.st_ino == subject->inode &&
	       status.st_dev == subject->device;
}

static bool has_name(const struct crowd_subject *subject, int fd)
{
	struct stat status;

	return !fstat(fd, &status) && inject_name_is_of(subject->name, fd, &status);
}

/* Where nobody can tell those of one inode apart, each may be the one. */
static bool has_serial(const struct crowd_subject *subject, int fd)
{
	struct stat status;
	uint64_t serial = fstat(fd, &status) ? 0 : descriptor_serial(fd, &status);

	return !serial || serial == subject->serial;
}

int crowd_borrow(const struct crowd_thread *thread, int fd)
{
	int pidfd = (int)syscall(SYS_pidfd_open, thread->pid, 0);
	int borrowed;

	if (pidfd < 0)
		return -errno;
	borrowed = (int)syscall(SYS_pidfd_getfd, pidfd, fd, 0);
	if (borrowed < 0)
		borrowed = -errno;
	close(pidfd);
	return borrowed;
}

static bool is_about_fd(const struct crowd_thread *thread, const struct crowd_subject *subject,
			int fd)
{
	char path[64];
	bool same, found;
	int borrowed;

	snprintf(path, sizeof(path), "/proc/%d/fd/%d", thread->pid, fd);
	same = is_object(subject, path);
	if (same ? !subject->serial : !subject->name)
		return same;
	borrowed = crowd_borrow(thread, fd);
	if (borrowed < 0)
		return same;
	found = same ? has_serial(subject, borrowed) : has_name(subject, borrowed);
	close(borrowed);
	return found;
}

static bool is_about_path(const struct crowd_thread *thread, const struct crowd_subject *subject,
			  const struct shape *shape)
{
	char name[PATH_MAX], path[PATH_MAX + 64];
	int directory = shape->directory >= 0 ? (int)thread->arguments[shape->directory] : AT_FDCWD;

	if (!read_string(thread, thread->arguments[shape->path], name, sizeof(name)))
		return false;
	if (*name == '/')
		snprintf(path, sizeof(path), "/proc/%d/root%s", thread->pid, name);
	else if (directory == AT_FDCWD)
		snprintf(path, sizeof(path), "/proc/%d/cwd/%s", thread->pid, name);
	else
		snprintf(path, sizeof(path), "/proc/%d/fd/%d/%s", thread->pid, directory, name);
	return is_object(subject, path);
}

static bool is_about_sockaddr(const struct crowd_thread *thread,
			      const struct crowd_subject *subject, int argument)
{
	struct sockaddr_storage address = { 0 };
	uint64_t length = (uint32_t)thread->arguments[argument + 1];

	return subject->name && length <= sizeof(address) &&
	       crowd_read(thread, thread->arguments[argument], &address, length) &&
	       inject_name_is_address(subject->name, &address, (socklen_t)length);
}

/* One of those that poll(2) was given. */
static bool is_about_polled(const struct crowd_thread *thread, const struct crowd_subject *subject)
{
	struct pollfd poll_fd;

	for (uint64_t i = 0; i < thread->arguments[1] && i < 1024; i++) {
		if (crowd_read(thread, thread->arguments[0] + i * sizeof(poll_fd), &poll_fd,
			       sizeof(poll_fd)) &&
		    poll_fd.fd >= 0 && is_about_fd(thread, subject, poll_fd.fd))
			return true;
	}
	return false;
}

static const int polls[] = { SYS_poll, SYS_ppoll };

/* The sets of select(2) and epoll(7) cannot be asked: the call alone decides. */
static const int set_calls[] = { SYS_select, SYS_epoll_wait, SYS_pselect6, SYS_epoll_pwait };

static bool is_one_of(int number, const int *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (numbers[i] == number)
			return true;
	}
	return false;
}

static bool is_about(const struct crowd_thread *thread, const struct crowd_subject *subject)
{
	const struct shape *shape = shape_find(thread->number);

	if (!subject->inode && !subject->name)
		return true;
	if (shape->about != ABOUT_NOTHING)
		return subject->name &&
		       inject_name_is_number(subject->name, shape, thread->arguments[0]);
	if (is_one_of(thread->number, set_calls, sizeof(set_calls) / sizeof(*set_calls)))
		return true;
	if (is_one_of(thread->number, polls, sizeof(polls) / sizeof(*polls)))
		return is_about_polled(thread, subject);
	if (shape->path >= 0 && is_about_path(thread, subject, shape))
		return true;
	if (shape->address >= 0 && thread->arguments[shape->address] &&
	    is_about_sockaddr(thread, subject, shape->address))
		return true;
	for (; shape; shape = shape->other) {
		if (shape->fd >= 0 &&
		    is_about_fd(thread, subject, (int)thread->arguments[shape->fd]))
			return true;
	}
	return false;
}

const struct crowd_thread *crowd_find(const struct crowd *crowd, const int *numbers, size_t count,
				      const struct crowd_subject *subject)
{
	for (size_t i = 0; i < crowd->count; i++) {
		const struct crowd_thread *thread = &crowd->threads[i];

		if (thread->is_busy || thread->is_held || thread->state == 'T' ||
		    thread->state == 't' || thread->own_number < 0)
			continue;
		for (size_t n = 0; n < count; n++) {
			if (numbers[n] == thread->number && is_about(thread, subject))
				return thread;
		}
	}
	return NULL;
}
