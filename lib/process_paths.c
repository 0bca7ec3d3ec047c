// SPDX-License-Identifier: MIT
/* What /proc says of a thread that is held in a call. */
#include "process_paths.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

ssize_t process_directory(pid_t tid, int fd, char *path, size_t size)
{
	char link[48];
	ssize_t length;

	if (fd == AT_FDCWD)
		snprintf(link, sizeof(link), "/proc/%d/cwd", tid);
	else
		snprintf(link, sizeof(link), "/proc/%d/fd/%d", tid, fd);
	length = readlink(link, path, size - 1);
	if (length < 0)
		return -errno;
	path[length] = '\0';
	return length;
}

int process_stat(pid_t tid, int fd, const char *path, struct stat *status)
{
	char link[PATH_MAX + 48];

	if (*path == '/')
		snprintf(link, sizeof(link), "/proc/%d/root%s", tid, path);
	else if (fd == AT_FDCWD)
		snprintf(link, sizeof(link), "/proc/%d/cwd/%s", tid, path);
	else
		snprintf(link, sizeof(link), "/proc/%d/fd/%d/%s", tid, fd, path);
	return stat(link, status) ? -errno : 0;
}

static ssize_t read_text(const char *name, pid_t tid, char *text, size_t size)
{
	char path[64];
	ssize_t length;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/%s", tid, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	length = read(fd, text, size - 1);
	close(fd);
	text[length > 0 ? length : 0] = '\0';
	return length;
}

void process_name(pid_t tid, char *name, size_t size)
{
	if (read_text("comm", tid, name, size) < 0)
		name[0] = '\0';
	name[strcspn(name, "\n")] = '\0';
}

static int64_t number_after(const char *text, const char *label, int base)
{
	const char *at = strstr(text, label);

	return at ? (int64_t)strtoull(at + strlen(label), NULL, base) : -1;
}

int64_t process_status_number(pid_t tid, const char *label, int base)
{
	static char text[64 << 10];	/* a user may be in thousands of groups */

	return read_text("status", tid, text, sizeof(text)) > 0 ? number_after(text, label, base)
								: -1;
}

pid_t process_of_thread(pid_t tid)
{
	int64_t pid = process_status_number(tid, "\nTgid:", 10);

	return pid > 0 ? (pid_t)pid : 0;
}

bool process_is_nonblocking(pid_t tid, int fd)
{
	char name[40], text[512];

	snprintf(name, sizeof(name), "fdinfo/%d", fd);
	if (read_text(name, tid, text, sizeof(text)) <= 0)
		return false;
	return number_after(text, "flags:", 8) & O_NONBLOCK;
}
