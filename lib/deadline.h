/* SPDX-License-Identifier: MIT */
/* The only clock. A deadline bounds a wait; it never decides what was waited for. */
#ifndef IPCDRILL_DEADLINE_H
#define IPCDRILL_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct deadline {
	int64_t at_ns;		/* CLOCK_MONOTONIC */
};

int64_t clock_now_ns(void);
/* So far from now on any clock, as calls with absolute times want it. */
struct timespec clock_after(clockid_t clock, int64_t wait_ns);
struct deadline deadline_in(int64_t wait_ns);
/* A wait times a scale, or a sum, may be beyond what the clock can show: then it is never. */
struct deadline deadline_in_about(double wait_ns);
bool deadline_passed(const struct deadline *deadline);
/* Not below 0. */
int64_t deadline_left_ns(const struct deadline *deadline);

#endif
