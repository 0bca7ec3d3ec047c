/* SPDX-License-Identifier: MIT */
/* A part as bytes, for all transports that are streams. */
#ifndef PART_H
#define PART_H

#include "transport.h"

/* 0, or -1 with errno. */
int part_write(int fd, const struct part *part);

/* 0, or -1 with errno: EPROTO if the stream ends before the part does. */
int part_read(int fd, struct part *part);

#endif
