// SPDX-License-Identifier: MIT
/* Kinds by the mode, and where that does not tell, by asking the descriptor. */
#include "descriptor_kind.h"

#include <linux/magic.h>
#include <stddef.h>
#include <sys/vfs.h>
#include <unistd.h>

static enum descriptor_kind kind_of_fifo(int fd)
{
	struct statfs system;

	return fstatfs(fd, &system) || system.f_type != PIPEFS_MAGIC ? DESCRIPTOR_FIFO
								     : DESCRIPTOR_PIPE;
}

enum descriptor_kind descriptor_kind_of(int fd, const struct stat *status)
{
	switch (status->st_mode & S_IFMT) {
	case S_IFIFO: return kind_of_fifo(fd);
	case S_IFSOCK: return DESCRIPTOR_SOCKET;
	case S_IFREG: return DESCRIPTOR_FILE;
	case S_IFDIR: return DESCRIPTOR_DIRECTORY;
	case S_IFCHR: return isatty(fd) ? DESCRIPTOR_TERMINAL : DESCRIPTOR_DEVICE;
	case S_IFBLK: return DESCRIPTOR_DISK;
	default: return DESCRIPTOR_OTHER;
	}
}

static const char *const names[DESCRIPTOR_KINDS] = {
	[DESCRIPTOR_FIFO] = "fifo",	      [DESCRIPTOR_PIPE] = "pipe",
	[DESCRIPTOR_SOCKET] = "socket",	      [DESCRIPTOR_FILE] = "file",
	[DESCRIPTOR_DIRECTORY] = "directory", [DESCRIPTOR_TERMINAL] = "terminal",
	[DESCRIPTOR_DEVICE] = "device",	      [DESCRIPTOR_DISK] = "disk",
};

const char *descriptor_kind_name(enum descriptor_kind kind)
{
	return names[kind];
}
