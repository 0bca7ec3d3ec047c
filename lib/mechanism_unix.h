/* SPDX-License-Identifier: MIT */
/*
 * What the mechanisms of the Unix socket family share: an address, and sockets bound and connected
 * there.
 */
#ifndef IPCDRILL_MECHANISM_UNIX_H
#define IPCDRILL_MECHANISM_UNIX_H

#include "mechanism.h"

/* address=pathname|abstract, as the first option. */
extern const struct mechanism_option mechanism_unix_options[];

/* 0, or -errno and the reason: whether a socket of this type can be made at all. */
int mechanism_unix_available(int type, char *reason, size_t size);

/*
 * Fills channel->address; makes nothing. `room` bytes of it stay free for a suffix. 0 or -errno:
 * ENAMETOOLONG.
 */
int mechanism_unix_reserve(struct channel *channel, size_t room);

/*
 * Sockets at an address: 0 and a close-on-exec descriptor, or -errno and no socket; a path that
 * bind made is then gone.
 */
int mechanism_unix_bound(const char *address, size_t address_length, int type, int *fd);
int mechanism_unix_connect(int fd, const char *address, size_t address_length);

/*
 * For types with connections: reserves the address and, unless only the name was asked for, makes a
 * connected pair there. SIDE_READ is the accepted socket, SIDE_WRITE the connecting one: "from w to
 * r" makes w the client of r, "between a and b" makes b the client of a. The listener is closed,
 * its path stays, as a dead server's does.
 *
 * Credentials (SO_PEERCRED) are the driver's at both ends: it called listen() and connect(). What
 * an endpoint sends as SCM_CREDENTIALS is its own.
 *
 * 0 or -errno, then nothing is left.
 */
int mechanism_unix_create_connected(struct channel *channel, int type);

/* As mechanism->nature: of streams, and of those that keep messages whole. */
unsigned mechanism_unix_stream_nature(const struct channel *channel);
unsigned mechanism_unix_message_nature(const struct channel *channel);

/* Removes the path at the address, if it is one. */
void mechanism_unix_destroy(struct channel *channel);

#endif
