// SPDX-License-Identifier: MIT
/* Connecting and accepting, whatever the family of the address. */
#include "listener.h"
#include "../transfer.h"
#include "part.h"

int listener_open(const struct sockaddr *address, socklen_t length)
{
	int fd = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	if (bind(fd, address, length) < 0 || listen(fd, 1) < 0) {
		transfer_close(fd);
		return -1;
	}
	return fd;
}

/*
 * A connect that a signal has interrupted goes on without its caller. To call it again waits for
 * that; EISCONN says that it had been done already.
 */
static int connect_again(int fd, const struct sockaddr *address, socklen_t length)
{
	if (!TEMP_FAILURE_RETRY(connect(fd, address, length)) || errno == EISCONN)
		return 0;
	return -1;
}

int listener_send(int listener_fd, const struct part *part)
{
	struct sockaddr_storage address = { 0 };
	socklen_t length = sizeof(address);
	int err = -1, fd;

	if (getsockname(listener_fd, (struct sockaddr *)&address, &length) < 0)
		return -1;
	fd = socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	if (!connect_again(fd, (struct sockaddr *)&address, length))
		err = part_write(fd, part);
	transfer_close(fd);
	return err;
}

int listener_receive(int listener_fd, struct part *part)
{
	int fd = (int)TEMP_FAILURE_RETRY(accept4(listener_fd, NULL, NULL, SOCK_CLOEXEC));
	int err;

	if (fd < 0)
		return -1;
	err = part_read(fd, part);
	transfer_close(fd);
	return err;
}
