// SPDX-License-Identifier: MIT
/* Parent and worker are one program on one machine: the bytes of the struct will do. */
#include "part.h"
#include "../transfer.h"

int part_write(int fd, const struct part *part)
{
	return transfer_write(fd, part, sizeof(*part));
}

int part_read(int fd, struct part *part)
{
	ssize_t count = transfer_read(fd, part, sizeof(*part));

	if (count >= 0 && count != sizeof(*part)) {
		errno = EPROTO;
		return -1;
	}
	return count < 0 ? -1 : 0;
}
