/* SPDX-License-Identifier: MIT */
/* What kind of thing a descriptor stands for, in the words of rules and of lists of calls. */
#ifndef IPCDRILL_DESCRIPTOR_KIND_H
#define IPCDRILL_DESCRIPTOR_KIND_H

#include <sys/stat.h>

enum descriptor_kind {
	/* has no name of a kind: an eventfd, for example; in conditions: any */
	DESCRIPTOR_OTHER,
	DESCRIPTOR_FIFO,	/* has a name in a file system */
	DESCRIPTOR_PIPE,	/* has none */
	DESCRIPTOR_SOCKET,
	DESCRIPTOR_FILE,
	DESCRIPTOR_DIRECTORY,
	DESCRIPTOR_TERMINAL,
	DESCRIPTOR_DEVICE,	/* any other character device */
	DESCRIPTOR_DISK,
	DESCRIPTOR_KINDS,
};

/* `status` is what fstat(2) says of it. */
enum descriptor_kind descriptor_kind_of(int fd, const struct stat *status);

/* "fifo"; NULL for DESCRIPTOR_OTHER. */
const char *descriptor_kind_name(enum descriptor_kind kind);

#endif
