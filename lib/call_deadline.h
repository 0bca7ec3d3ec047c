/* SPDX-License-Identifier: MIT */
/*
 * Absolute deadlines: a scenario says how far off one is, the call gets a time of a clock. For
 * times that no clock shows, sec= and nsec= replace their part.
 */
#ifndef IPCDRILL_CALL_DEADLINE_H
#define IPCDRILL_CALL_DEADLINE_H

#include <time.h>

#include "call.h"
#include "deadline.h" /* clock_after(), clock_now_ns() */

/* The parameters, three in a row from the one that invocation_deadline() is given. */
#define CALL_DEADLINE_PARAMETERS                                       \
	TAKES("timeout", TIME), MAY_TAKE("sec", INT, SYMBOL_PLAIN, 0), \
		MAY_TAKE("nsec", INT, SYMBOL_PLAIN, 0)

/* In the area; NULL if it was left out. */
struct timespec *invocation_deadline(struct invocation *inv, size_t argument, clockid_t clock);

/* True if the clock shows that time, or a later one. */
bool call_deadline_passed(const struct timespec *at, clockid_t clock);

#endif
