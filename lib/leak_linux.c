// SPDX-License-Identifier: MIT
/* Asks /proc which processes hold a named file, FIFO or socket open. */
#include "leak.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * What is looked for: one inode of a file system, or the sockets bound to a path, whose inodes are
 * sockfs's.
 */
struct wanted {
	bool is_socket;
	dev_t device;
	ino_t inode;
	ino_t *sockets;
	size_t socket_count;
};

static int add_socket(struct wanted *wanted, ino_t inode)
{
	ino_t *sockets = realloc(wanted->sockets, (wanted->socket_count + 1) * sizeof(*sockets));

	if (!sockets)
		return -ENOMEM;
	sockets[wanted->socket_count++] = inode;
	wanted->sockets = sockets;
	return 0;
}

/*
 * "ffff...: 00000002 00000000 00010000 0001 01 12345 path": the last word is the address as it was
 * bound, so a socket is found by the very spelling that its owner used.
 */
static int find_sockets(struct wanted *wanted, const char *path)
{
	FILE *table = fopen("/proc/self/net/unix", "re");
	char *line = NULL;
	size_t size = 0;
	int err = 0;

	if (!table)
		return -errno;
	while (!err && getline(&line, &size, table) > 0) {
		uintmax_t inode;
		int at = 0;

		if (sscanf(line, "%*s %*s %*s %*s %*s %*s %" SCNuMAX " %n", &inode, &at) != 1 ||
		    !at)
			continue;
		line[strcspn(line, "\n")] = '\0';
		if (!strcmp(line + at, path))
			err = add_socket(wanted, (ino_t)inode);
	}
	free(line);
	fclose(table);
	return err;
}

static bool is_wanted(const struct wanted *wanted, const struct stat *status)
{
	if (!wanted->is_socket)
		return status->st_dev == wanted->device && status->st_ino == wanted->inode;
	for (size_t i = 0; i < wanted->socket_count && S_ISSOCK(status->st_mode); i++) {
		if (wanted->sockets[i] == status->st_ino)
			return true;
	}
	return false;
}

/* stat through the magic links opens nothing, so it cannot disturb a FIFO. */
static bool holds(int proc_fd, long pid, const struct wanted *wanted)
{
	char path[32];
	struct dirent *entry;
	struct stat status;
	bool found = false;
	DIR *fds;
	int fd;

	snprintf(path, sizeof(path), "%ld/fd", pid);
	fd = openat(proc_fd, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return false;
	fds = fdopendir(fd);
	if (!fds) {
		close(fd);
		return false;
	}
	while (!found && (entry = readdir(fds))) {
		if (entry->d_name[0] != '.' && !fstatat(fd, entry->d_name, &status, 0))
			found = is_wanted(wanted, &status);
	}
	closedir(fds);
	return found;
}

static int count_holders(const struct wanted *wanted)
{
	DIR *proc = opendir("/proc");
	const pid_t self = getpid();
	struct dirent *entry;
	int count = 0;

	if (!proc)
		return -errno;
	while ((entry = readdir(proc))) {
		char *end;
		long pid = strtol(entry->d_name, &end, 10);

		if (pid > 0 && !*end && pid != self)
			count += holds(dirfd(proc), pid, wanted);
	}
	closedir(proc);
	return count;
}

int leak_holders(const char *path)
{
	struct wanted wanted = { 0 };
	struct stat status;
	int count;

	/*
	 * An empty directory, or the /proc of another pid namespace, would make every answer
	 * "nobody".
	 */
	if (stat("/proc/self/fd", &status) || stat(path, &status))
		return -errno;
	wanted.is_socket = S_ISSOCK(status.st_mode);
	wanted.device = status.st_dev;
	wanted.inode = status.st_ino;
	count = wanted.is_socket ? find_sockets(&wanted, path) : 0;
	if (!count)
		count = count_holders(&wanted);
	free(wanted.sockets);
	return count;
}

ssize_t leak_path_of(int fd, char *path, size_t size)
{
	char link[40];
	ssize_t length;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	length = readlink(link, path, size - 1);
	if (length < 0)
		return -errno;
	if (*path != '/')
		return -ENOTDIR;
	path[length] = '\0';
	return length;
}
