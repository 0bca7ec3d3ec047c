/* SPDX-License-Identifier: MIT */
/* Durations as arguments, and nanoseconds from and to the times of the kernel. */
#ifndef IPCDRILL_CALL_TIME_H
#define IPCDRILL_CALL_TIME_H

#include <sys/time.h>
#include <time.h>

#include "call.h"

/* In nanoseconds. */
int64_t invocation_duration(struct invocation *inv, size_t argument, int64_t fallback);
int invocation_milliseconds(struct invocation *inv, size_t argument);
/* In the area; NULL, without a complaint, where it was left out. */
struct timespec *invocation_time(struct invocation *inv, size_t argument);

struct timespec timespec_from_ns(int64_t nanoseconds);
/* Rounded up, so that no wait gets shorter. */
struct timeval timeval_from_ns(int64_t nanoseconds);

/* Times that nanoseconds cannot tell become the longest that they can. */
int64_t timespec_to_ns(const struct timespec *time);
int64_t timeval_to_ns(const struct timeval *time);

#endif
