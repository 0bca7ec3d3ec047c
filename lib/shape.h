/* SPDX-License-Identifier: MIT */
/*
 * What the raw arguments of a system call mean to a fault: which is the descriptor, the path, the
 * size.
 */
#ifndef IPCDRILL_SHAPE_H
#define IPCDRILL_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "system_v.h"

/* What may be done in the caller's stead, with nobody able to tell the difference. */
enum transfer_kind {
	/* nothing: it carries the caller's identity, or changes the caller itself */
	TRANSFER_NONE,
	/* has no effect on anything, so that before and after are the same */
	TRANSFER_IDLE,
	TRANSFER_BUFFER,	/* read, write: descriptor, buffer, size */
	TRANSFER_BUFFER_AT,	/* pread64, pwrite64: and an offset */
	TRANSFER_VECTOR,	/* readv, writev: descriptor, vector, count */
	TRANSFER_VECTOR_AT,	/* preadv, pwritev: and an offset in two halves */
	TRANSFER_SOCKET,	/* sendto, recvfrom */
	TRANSFER_MESSAGE,	/* sendmsg, recvmsg */
};

/* What the first argument is, where it is neither a descriptor nor a path. */
enum about {
	ABOUT_NOTHING,
	ABOUT_ID,		/* of System V: system_v says which kind */
	ABOUT_KEY,
	ABOUT_MEMORY,
};

/*
 * Which descriptors or names it is made for, where that is not any. Those that ask what a
 * descriptor is are for any.
 */
enum shape_kind {
	SHAPE_OF_ANYTHING,
	SHAPE_OF_SOCKETS,
	SHAPE_OF_QUEUES,	/* POSIX: the path is a name of theirs, and not of a file */
};

/* Positions count the six arguments from 0; -1: the call has none. */
struct shape {
	int number;
	int fd;
	/* descriptor that a relative path starts at; -1: the working directory */
	int directory;
	int path;
	int address;			/* socket address; its length follows */
	int size;			/* bytes asked for */
	enum transfer_kind transfer;
	bool is_output;			/* bytes leave the caller */
	enum about about;
	enum system_v system_v;
	enum shape_kind kind;
	const struct shape *other;	/* the second thing that it is about, alone; or NULL */
};

/* Never NULL: a call that the table does not know has no positions and cannot be done on behalf. */
const struct shape *shape_find(int number);

/* Where the flags are that may have AT_EMPTY_PATH; -1: the call has none. */
int shape_empty_path_flags(int number);
/* Of a call with an empty path: it is about its first argument, which is a descriptor then. */
const struct shape *shape_of_descriptor(void);

/*
 * The system calls that C libraries make for the function of this name, where that is not simply
 * the one of the same name (recv is recvfrom). Count; 0: nothing is known about it.
 */
size_t shape_family(const char *name, int *numbers, size_t max);

#endif
