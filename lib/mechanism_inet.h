/* SPDX-License-Identifier: MIT */
/*
 * What the mechanisms over IP share: addresses of the loopback, and sockets bound there. As text,
 * an address is 127.0.0.1:4711 or [::1]:4711; a Unix path that looks like one is written
 * ./127.0.0.1:4711.
 */
#ifndef IPCDRILL_MECHANISM_INET_H
#define IPCDRILL_MECHANISM_INET_H

#include "mechanism.h"

enum { INET_TEXT_MAX = 64 };

/* False: this text is no such address. */
bool mechanism_inet_parse(const char *text, size_t length, struct sockaddr_storage *storage,
			  socklen_t *size);

/* The text and its length, without a closing NUL; 0: not an IPv4 or IPv6 address. */
size_t mechanism_inet_print(const struct sockaddr *address, socklen_t size,
			    char text[INET_TEXT_MAX]);

/* family=inet|inet6, as the first option. */
extern const struct mechanism_option mechanism_inet_options[];

/* 0, or -errno and the reason: whether a socket of this type can be made at all. */
int mechanism_inet_available(int type, char *reason, size_t size);

/*
 * Fills channel->address with a port that nobody uses now, and that the kernel picks for nobody: it
 * lies below the range for that. Nothing holds it; whoever the scenario wants can bind it. 0 or
 * -errno.
 */
int mechanism_inet_reserve(struct channel *channel, int type);

/*
 * A socket bound to a port that the kernel picked, with its address in channel->address; 0 and a
 * close-on-exec descriptor, or -errno and no socket. -EAFNOSUPPORT where there is no such loopback.
 */
int mechanism_inet_bound(struct channel *channel, int type, int *fd);
/* The same without keeping the address. */
int mechanism_inet_bound_elsewhere(const struct channel *channel, int type, int *fd);
/* To a channel's address. 0 or -errno. */
int mechanism_inet_connect(int fd, const char *address, size_t address_length);

#endif
