/* SPDX-License-Identifier: MIT */
/* For tests of injection, and for its benchmark: the loop of a driver that has nothing else to look after. */
#ifndef IPCDRILL_TESTS_DRIVE_H
#define IPCDRILL_TESTS_DRIVE_H

#include <poll.h>
#include <time.h>

#include "deadline.h"
#include "inject.h"

/* True if there is something to be received. */
static inline bool drive_wait(const struct inject *inject, const struct deadline *deadline)
{
	struct deadline until = { inject_deadline_ns(inject) };
	struct pollfd fds[INJECT_POLLFDS_MAX];
	size_t count = inject_pollfds(inject, fds, INJECT_POLLFDS_MAX);
	struct timespec left;
	int64_t left_ns;

	if (deadline->at_ns < until.at_ns)
		until = *deadline;
	left_ns = deadline_left_ns(&until);
	left = (struct timespec){ left_ns / 1000000000, left_ns % 1000000000 };
	return ppoll(fds, count, &left, NULL) > 0 && fds[0].revents & POLLIN;
}

/* What it left to be received comes first. */
static inline bool drive_has_died(const struct inject *inject)
{
	struct pollfd fds[] = {
		{ .fd = inject->pidfd, .events = POLLIN },
		{ .fd = inject->listener_fd, .events = POLLIN },
	};

	return poll(fds, 2, 0) > 0 && fds[0].revents & POLLIN && !(fds[1].revents & POLLIN);
}

/*
 * Serves until the deadline, until the process is dead (then is_headless; again for its
 * descendants), or until nobody is left (then is_over).
 */
static inline int drive(struct inject *inject, const struct deadline *deadline)
{
	bool is_ready = false;
	int total = 0;

	for (;;) {
		int count = is_ready ? inject_serve_announced(inject) : inject_serve(inject);

		if (count < 0)
			return count;
		total += count;
		if (inject->is_over || deadline_passed(deadline))
			return total;
		if (!count && !inject->is_headless && drive_has_died(inject)) {
			inject->is_headless = true;
			return total;
		}
		is_ready = drive_wait(inject, deadline);
	}
}

#endif
