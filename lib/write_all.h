/* SPDX-License-Identifier: MIT */
/* write(2), and what a single one leaves. */
#ifndef IPCDRILL_WRITE_ALL_H
#define IPCDRILL_WRITE_ALL_H

#include <stddef.h>

/* Blocks until all is written, or an error says why the rest is not: 0 or -errno. */
int write_all(int fd, const char *bytes, size_t length);

#endif
