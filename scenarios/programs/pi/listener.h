/* SPDX-License-Identifier: MIT */
/* A stream socket that waits for one connection, on which one part comes. */
#ifndef LISTENER_H
#define LISTENER_H

#include <sys/socket.h>

#include "transport.h"

/* The listening socket, or -1 with errno. */
int listener_open(const struct sockaddr *address, socklen_t length);

/* These two return 0, or -1 with errno. */
int listener_send(int listener_fd, const struct part *part);
int listener_receive(int listener_fd, struct part *part);

#endif
