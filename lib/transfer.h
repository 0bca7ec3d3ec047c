/* SPDX-License-Identifier: MIT */
/*
 * The inside of a transfer on behalf: what the arguments say, and how far it is. For
 * hit_transfer.c.
 */
#ifndef IPCDRILL_TRANSFER_H
#define IPCDRILL_TRANSFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>

#include "hit.h"

struct transfer {
	/* from the arguments */
	struct iovec *pieces;		/* in the caller's memory */
	size_t piece_count;
	size_t size;			/* of all pieces */
	bool is_output;
	bool is_positional;
	uint64_t offset;
	int flags;			/* MSG_ flags */
	struct sockaddr_storage name;
	socklen_t name_length;		/* output: of name; input: room for it, 0: not wanted */
	/* where names and their lengths go in the caller's memory; 0: nowhere */
	uint64_t name_address;
	uint64_t name_length_address;
	uint64_t flags_address;
	bool has_ancillary;

	/* from the descriptor */
	int fd;
	mode_t mode;
	int status_flags;		/* of pipes */
	bool is_socket;
	int socket_type;
	bool is_local;			/* AF_UNIX: messages may say who sent them */
	bool passes_sender;		/* the caller's own end has SO_PASSCRED */
	struct ucred sender;		/* the caller; pid 0: we may not speak for it */

	/* as it goes */
	bool is_patient;		/* RWF_NOWAIT would be wrong */
	size_t want;
	size_t done;
	char *bounce;
	size_t bounce_size;
	socklen_t got_name_length;
	int got_flags;
};

/*
 * Reads the arguments. -errno as the kernel would find them wrong; EOPNOTSUPP: it moves no bytes.
 */
int transfer_parse(const struct hit *hit, struct transfer *transfer);

/*
 * Between the bounce buffer and the caller's memory, after the bytes that are done. 0 or -errno.
 */
int transfer_load(const struct hit *hit, const struct transfer *transfer, size_t size);
int transfer_store(const struct hit *hit, const struct transfer *transfer, size_t size);

/* Gives the caller what else a receive returns: name, its length, flags. */
void transfer_report(const struct hit *hit, const struct transfer *transfer);

/* What the descriptor is, being a socket, and whether we may speak for the caller on it. */
void transfer_inspect_socket(const struct hit *hit, struct transfer *transfer);
/* A message would name us as its sender, where that can be helped or is certain to be seen. */
bool transfer_would_lie(const struct hit *hit, const struct transfer *transfer);
/* A relative path would mean our working directory, not the caller's. */
bool transfer_names_relative_path(const struct transfer *transfer);
/* As sendmsg(2) and recvmsg(2). */
ssize_t transfer_on_socket(struct transfer *transfer, struct iovec *piece);

#endif
