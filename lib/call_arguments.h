/* SPDX-License-Identifier: MIT */
/*
 * Arguments as the kernel wants them, for the marshaller and for invoke() functions. Each lies in
 * the area; where one cannot be used the invocation gets a complaint, and the caller looks for that
 * once, before the call.
 */
#ifndef IPCDRILL_CALL_ARGUMENTS_H
#define IPCDRILL_CALL_ARGUMENTS_H

#include <signal.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "call.h"
#include "call_time.h"

/* "read: size must be a number of bytes, but is a list". */
void invocation_refuse(struct invocation *inv, size_t argument, const char *wanted);

/* An argument as a list: a lone value is a list of one, one left out is an empty list. */
const struct value *invocation_items(const struct invocation *inv, size_t argument, size_t *count);
bool invocation_is_list(const struct invocation *inv, size_t argument);

/* A number that fits an int: a descriptor, a process, a length. */
int invocation_int(struct invocation *inv, size_t argument, int fallback);
/* Every item of a list, each fitting an int; none where the argument was left out. */
int *invocation_ints(struct invocation *inv, size_t argument, size_t *count);
/* Where something lies in the endpoint's memory. */
void *invocation_object(struct invocation *inv, size_t argument);
/* A size that fits the area. */
size_t invocation_size(struct invocation *inv, size_t argument, size_t fallback);

/* These give NULL, without a complaint, where the argument was left out. */
const char *invocation_path(struct invocation *inv, size_t argument);
struct sockaddr *invocation_address(struct invocation *inv, size_t argument, socklen_t *length);
sigset_t *invocation_signals(struct invocation *inv, size_t argument);
const char *invocation_bytes(struct invocation *inv, size_t argument, size_t *length);

/*
 * Data of one or several pieces; rooms are filled one behind the other, so that their bytes are
 * joined as they lie.
 */
struct iovec *invocation_pieces(struct invocation *inv, size_t argument, size_t *count);
struct iovec *invocation_rooms(struct invocation *inv, size_t argument, size_t *count);

#endif
