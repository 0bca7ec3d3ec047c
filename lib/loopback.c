// SPDX-License-Identifier: MIT
/* Datagrams to ourselves, behind everything else. */
#include "loopback.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	/* a connection takes three segments, each the answer to the one before */
	ROUNDS = 4,
	AGAIN_MS = 100,		/* a queue that is full drops: then another is sent, */
	TRIES = 10,		/* unless somebody drops all of them, as a firewall may */
};

void loopback_init(struct loopback *loopback)
{
	loopback->fd = -1;
}

void loopback_open(struct loopback *loopback)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(address);

	if (loopback->fd >= 0)
		return;
	loopback->fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (loopback->fd >= 0 && (bind(loopback->fd, (struct sockaddr *)&address, size) ||
				  getsockname(loopback->fd, (struct sockaddr *)&address, &size) ||
				  connect(loopback->fd, (struct sockaddr *)&address, size)))
		loopback_close(loopback);
}

void loopback_close(struct loopback *loopback)
{
	if (loopback->fd >= 0)
		close(loopback->fd);
	loopback->fd = -1;
}

static bool comes_round(const struct loopback *loopback)
{
	struct pollfd arrival = { .fd = loopback->fd, .events = POLLIN };
	char byte = 0;

	for (int i = 0; i < TRIES; i++) {
		if (send(loopback->fd, &byte, 1, MSG_DONTWAIT) != 1)
			return false;
		if (poll(&arrival, 1, AGAIN_MS) != 1)
			continue;
		while (recv(loopback->fd, &byte, 1, MSG_DONTWAIT) >= 0)
			;
		return true;
	}
	return false;
}

void loopback_drain(struct loopback *loopback)
{
	for (int round = 0; round < ROUNDS && loopback->fd >= 0; round++) {
		if (!comes_round(loopback))
			loopback_close(loopback);
	}
}
