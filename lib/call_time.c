// SPDX-License-Identifier: MIT
/* Durations of a scenario as the times of the kernel, and back. */
#include <limits.h>

#include "call_arguments.h"

enum {
	NS_PER_US = 1000,
	NS_PER_MS = 1000000,
	NS_PER_S = 1000000000,
	US_PER_S = 1000000,
};

int64_t invocation_duration(struct invocation *inv, size_t argument, int64_t fallback)
{
	const struct value *value = &inv->arguments[argument];

	if (value->kind == VALUE_NONE)
		return fallback;
	if (value->kind == VALUE_TIME)
		return value->number;
	invocation_refuse(inv, argument, "a duration");
	return 0;
}

struct timespec *invocation_time(struct invocation *inv, size_t argument)
{
	struct timespec *time;

	if (!invocation_has(inv, argument))
		return NULL;
	time = invocation_room(inv, sizeof(*time));
	if (time)
		*time = timespec_from_ns(invocation_duration(inv, argument, 0));
	return time;
}

int invocation_milliseconds(struct invocation *inv, size_t argument)
{
	int64_t ns, ms;

	/* A bare number is passed as it is: -1, or what a C programmer would write. */
	if (inv->arguments[argument].kind == VALUE_INT)
		return invocation_int(inv, argument, -1);
	if (!invocation_has(inv, argument))
		return -1;
	ns = invocation_duration(inv, argument, 0);
	ms = ns / NS_PER_MS + (ns % NS_PER_MS > 0);
	if (ns < 0)
		return -1;
	return ms > INT_MAX ? INT_MAX : (int)ms;
}

struct timespec timespec_from_ns(int64_t nanoseconds)
{
	return (struct timespec){
		.tv_sec = nanoseconds / NS_PER_S,
		.tv_nsec = nanoseconds % NS_PER_S,
	};
}

struct timeval timeval_from_ns(int64_t nanoseconds)
{
	int64_t us = nanoseconds / NS_PER_US + (nanoseconds % NS_PER_US > 0);

	return (struct timeval){ .tv_sec = us / US_PER_S, .tv_usec = us % US_PER_S };
}

/*
 * Times from outside may be longer than nanoseconds can tell; they become the longest that can be
 * told.
 */
static int64_t nanoseconds_of(int64_t seconds, int64_t rest)
{
	int64_t ns;

	if (__builtin_mul_overflow(seconds, NS_PER_S, &ns) || __builtin_add_overflow(ns, rest, &ns))
		return seconds < 0 ? INT64_MIN : INT64_MAX;
	return ns;
}

int64_t timespec_to_ns(const struct timespec *time)
{
	return nanoseconds_of(time->tv_sec, time->tv_nsec);
}

int64_t timeval_to_ns(const struct timeval *time)
{
	return nanoseconds_of(time->tv_sec, (int64_t)time->tv_usec * NS_PER_US);
}
