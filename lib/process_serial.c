// SPDX-License-Identifier: MIT
/* By what Linux says in /proc and of terminals. */
#include "process_serial.h"

#include <stdio.h>
#include <sys/ioctl.h>

/*
 * All counters of events share an inode, and so do all masters of terminals. Only Linux 5.2 tells
 * counters apart.
 */
uint64_t descriptor_serial(int fd, const struct stat *status)
{
	char path[48], line[128];
	unsigned number;
	uint64_t serial = 0;
	FILE *info;

	if (S_ISCHR(status->st_mode))
		return ioctl(fd, TIOCGPTN, &number) ? 0 : (uint64_t)number + 1;
	if (status->st_mode & S_IFMT)
		return 0;
	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	info = fopen(path, "re");
	while (info && fgets(line, sizeof(line), info)) {
		if (sscanf(line, "eventfd-id: %u", &number) == 1)
			serial = (uint64_t)number + 1;
	}
	if (info)
		fclose(info);
	return serial;
}
