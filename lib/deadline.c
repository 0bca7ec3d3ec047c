// SPDX-License-Identifier: MIT
/* The only clock. */
#include "deadline.h"

enum { NS_PER_S = 1000000000 };

int64_t clock_now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

struct timespec clock_after(clockid_t clock, int64_t wait_ns)
{
	struct timespec at = { 0 };

	clock_gettime(clock, &at);
	at.tv_sec += wait_ns / NS_PER_S;
	at.tv_nsec += wait_ns % NS_PER_S;
	if (at.tv_nsec >= NS_PER_S) {
		at.tv_sec++;
		at.tv_nsec -= NS_PER_S;
	} else if (at.tv_nsec < 0) {
		at.tv_sec--;
		at.tv_nsec += NS_PER_S;
	}
	return at;
}

struct deadline deadline_in(int64_t wait_ns)
{
	int64_t now = clock_now_ns();

	return (struct deadline){ wait_ns > INT64_MAX - now ? INT64_MAX : now + wait_ns };
}

struct deadline deadline_in_about(double wait_ns)
{
	return deadline_in(wait_ns < (double)INT64_MAX ? (int64_t)wait_ns : INT64_MAX);
}

bool deadline_passed(const struct deadline *deadline)
{
	return clock_now_ns() >= deadline->at_ns;
}

int64_t deadline_left_ns(const struct deadline *deadline)
{
	int64_t left = deadline->at_ns - clock_now_ns();

	return left > 0 ? left : 0;
}
