// SPDX-License-Identifier: MIT
/* Addresses of the loopback as text and back, and sockets bound there. */
#include "mechanism_inet.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Below net.ipv4.ip_local_port_range as it comes, so that no connect() takes what is reserved. */
enum { PORT_FIRST = 10000, PORT_COUNT = 20000, PORT_STRIDE = 1009 };

static bool is_family(int64_t number)
{
	return number == AF_INET || number == AF_INET6;
}

const struct mechanism_option mechanism_inet_options[] = {
	{ .name = "family",
	  .summary = "write family=inet, the default, or family=inet6",
	  .fallback = AF_INET,
	  .fits = is_family },
	{ .name = NULL },
};

static int family_of(const struct channel *channel)
{
	return (int)channel->options[0];
}

/* The digits of a port, up to the end of the text. */
static bool parse_port(const char *text, in_port_t *port)
{
	unsigned long number;
	char *end;

	if (*text < '0' || *text > '9')
		return false;
	number = strtoul(text, &end, 10);
	*port = htons((uint16_t)number);
	return !*end && number <= UINT16_MAX;
}

bool mechanism_inet_parse(const char *text, size_t length, struct sockaddr_storage *storage,
			  socklen_t *size)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };
	char host[INET_TEXT_MAX];
	bool brackets = length && text[0] == '[';
	char *colon;

	if (length >= sizeof(host) || memchr(text, '\0', length))
		return false;
	memcpy(host, text, length);
	host[length] = '\0';
	colon = strrchr(host, ':');
	if (!colon || colon == host || (brackets && colon[-1] != ']'))
		return false;
	colon[brackets ? -1 : 0] = '\0';
	memset(storage, 0, sizeof(*storage));
	if (brackets) {
		if (inet_pton(AF_INET6, host + 1, &in6.sin6_addr) != 1 ||
		    !parse_port(colon + 1, &in6.sin6_port))
			return false;
		memcpy(storage, &in6, *size = sizeof(in6));
	} else {
		if (inet_pton(AF_INET, host, &in.sin_addr) != 1 ||
		    !parse_port(colon + 1, &in.sin_port))
			return false;
		memcpy(storage, &in, *size = sizeof(in));
	}
	return true;
}

size_t mechanism_inet_print(const struct sockaddr *address, socklen_t size,
			    char text[INET_TEXT_MAX])
{
	const struct sockaddr_in *in = (const struct sockaddr_in *)address;
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)address;
	char host[INET6_ADDRSTRLEN];
	int length = 0;

	if (size >= sizeof(*in) && address->sa_family == AF_INET &&
	    inet_ntop(AF_INET, &in->sin_addr, host, sizeof(host)))
		length = snprintf(text, INET_TEXT_MAX, "%s:%u", host, ntohs(in->sin_port));
	else if (size >= sizeof(*in6) && address->sa_family == AF_INET6 &&
		 inet_ntop(AF_INET6, &in6->sin6_addr, host, sizeof(host)))
		length = snprintf(text, INET_TEXT_MAX, "[%s]:%u", host, ntohs(in6->sin6_port));
	return (size_t)length;
}

int mechanism_inet_available(int type, char *reason, size_t size)
{
	int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);
	int err = errno;

	if (fd >= 0) {
		close(fd);
		return 0;
	}
	snprintf(reason, size, "socket(AF_INET, %s) fails: %s",
		 type == SOCK_STREAM ? "SOCK_STREAM" : "SOCK_DGRAM", strerror(err));
	return -err;
}

static int bind_loopback(int family, int type, uint16_t port, int *fd)
{
	struct sockaddr_storage storage;
	socklen_t size;
	char text[INET_TEXT_MAX];
	int length = snprintf(text, sizeof(text), family == AF_INET6 ? "[::1]:%u" : "127.0.0.1:%u",
			      port);
	int new_fd = socket(family, type | SOCK_CLOEXEC, 0);
	int err;

	if (new_fd < 0)
		return -errno;
	mechanism_inet_parse(text, (size_t)length, &storage, &size);
	if (bind(new_fd, (struct sockaddr *)&storage, size)) {
		/* The family is there, the interface has no address of it. */
		err = errno == EADDRNOTAVAIL ? -EAFNOSUPPORT : -errno;
		close(new_fd);
		return err;
	}
	*fd = new_fd;
	return 0;
}

static int keep_address(struct channel *channel, int fd)
{
	struct sockaddr_storage storage;
	socklen_t size = sizeof(storage);

	if (getsockname(fd, (struct sockaddr *)&storage, &size))
		return -errno;
	channel->address_length = mechanism_inet_print((struct sockaddr *)&storage, size,
						       channel->address);
	return 0;
}

/*
 * Drivers without a network of their own share the ports; each begins at a place of its own and
 * goes on from there, so that two do not choose the same one at the same time. A port that is still
 * in TIME_WAIT cannot be bound here either.
 */
int mechanism_inet_reserve(struct channel *channel, int type)
{
	unsigned first = (unsigned)getpid() * PORT_STRIDE + channel->serial;
	int err = -EADDRINUSE;

	for (unsigned i = 0; i < PORT_COUNT && err == -EADDRINUSE; i++) {
		int fd;

		err = bind_loopback(family_of(channel), type,
				    (uint16_t)(PORT_FIRST + (first + i) % PORT_COUNT), &fd);
		if (err)
			continue;
		err = keep_address(channel, fd);
		close(fd);
	}
	return err;
}

int mechanism_inet_bound_elsewhere(const struct channel *channel, int type, int *fd)
{
	return bind_loopback(family_of(channel), type, 0, fd);
}

int mechanism_inet_bound(struct channel *channel, int type, int *fd)
{
	int err = bind_loopback(family_of(channel), type, 0, fd);

	if (err)
		return err;
	err = keep_address(channel, *fd);
	if (err)
		close(*fd);
	return err;
}

int mechanism_inet_connect(int fd, const char *address, size_t address_length)
{
	struct sockaddr_storage storage;
	socklen_t size;

	channel_sockaddr(address, address_length, &storage, &size);
	return connect(fd, (struct sockaddr *)&storage, size) ? -errno : 0;
}
