// SPDX-License-Identifier: MIT
/* From a duration to a time of a clock, and whether that time has come. */
#include "call_deadline.h"

#include "call_arguments.h"

enum { SEC = 1, NSEC };

struct timespec *invocation_deadline(struct invocation *inv, size_t argument, clockid_t clock)
{
	struct timespec *at;

	if (!invocation_has(inv, argument))
		return NULL;
	at = invocation_room(inv, sizeof(*at));
	if (!at)
		return NULL;
	*at = clock_after(clock, invocation_duration(inv, argument, 0));
	at->tv_sec = invocation_number(inv, argument + SEC, at->tv_sec);
	at->tv_nsec = invocation_number(inv, argument + NSEC, at->tv_nsec);
	return at;
}

bool call_deadline_passed(const struct timespec *at, clockid_t clock)
{
	struct timespec now = clock_after(clock, 0);

	return now.tv_sec > at->tv_sec || (now.tv_sec == at->tv_sec && now.tv_nsec >= at->tv_nsec);
}
