/* SPDX-License-Identifier: MIT */
/* A part as bytes, for all transports that are streams. */
#ifndef PART_H
#define PART_H

#include "transport.h"

/* 0, or -1 with errno. */
int part_write(int fd, const struct part *part);

/* 0, or -1 with errno: EPROTO if the stream ends before the part does. */
int part_read(int fd, struct part *part);

/* The functions of a transport, for those whose channels are alike. */
int part_receive(struct channel *channel, struct part *part); /* from the parent's descriptor */
int part_send_inherited(struct channel *channel, const struct part *part); /* to the worker's */
void part_close_inherited(struct channel *channel); /* both */
int part_send_named(struct channel *channel, const struct part *part); /* to what has its name */
void part_close_named(struct channel *channel); /* and removes the name */

#endif
