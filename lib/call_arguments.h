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
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>

#include "call.h"

/* "read: size must be a number of bytes, but is a list". */
void invocation_refuse(struct invocation *inv, size_t argument, const char *wanted);

/* An argument as a list: a lone value is a list of one, one left out is an empty list. */
const struct value *invocation_items(const struct invocation *inv, size_t argument, size_t *count);
bool invocation_is_list(const struct invocation *inv, size_t argument);

/* A number that fits an int: a descriptor, a process, a length. */
int invocation_int(struct invocation *inv, size_t argument, int fallback);
/* Every item of a list, each fitting an int; none where the argument was left out. */
int *invocation_ints(struct invocation *inv, size_t argument, size_t *count);
/* A size that fits the area. */
size_t invocation_size(struct invocation *inv, size_t argument, size_t fallback);

/* These give NULL, without a complaint, where the argument was left out. */
const char *invocation_path(struct invocation *inv, size_t argument);
struct sockaddr *invocation_address(struct invocation *inv, size_t argument, socklen_t *length);
sigset_t *invocation_signals(struct invocation *inv, size_t argument);
struct timespec *invocation_time(struct invocation *inv, size_t argument);
const char *invocation_bytes(struct invocation *inv, size_t argument, size_t *length);

/* A duration in nanoseconds. */
int64_t invocation_duration(struct invocation *inv, size_t argument, int64_t fallback);
int invocation_milliseconds(struct invocation *inv, size_t argument);

/*
 * Data of one or several pieces; rooms are filled one behind the other, so that their bytes are
 * joined as they lie.
 */
struct iovec *invocation_pieces(struct invocation *inv, size_t argument, size_t *count);
struct iovec *invocation_rooms(struct invocation *inv, size_t argument, size_t *count);

struct timespec timespec_from_ns(int64_t nanoseconds);
/* Rounded up, so that no wait gets shorter. */
struct timeval timeval_from_ns(int64_t nanoseconds);

#endif
