// SPDX-License-Identifier: MIT
/* Nobody but us waits for them. */
#include "orphans.h"

#include <sys/wait.h>

#include "tracee_wake.h"

enum { TURN_MAX = 4096 };	/* they may die faster than we come to it */

static bool is_endpoint(const struct stage *stage, pid_t pid)
{
	for (unsigned i = 0; i < stage->cast->endpoint_count; i++) {
		const struct endpoint *endpoint = &stage->endpoints[i];

		if (endpoint->pid == pid && endpoint->state != ENDPOINT_ABSENT &&
		    endpoint->state != ENDPOINT_DEAD)
			return true;
	}
	return false;
}

bool orphans_reap(const struct stage *stage)
{
	siginfo_t death = { .si_pid = 0 };
	int count = 0;

	/* The death of a tracee is the tracer's news first. */
	if (tracee_wake_fd() >= 0)
		return false;
	for (; count < TURN_MAX; count++) {
		if (waitid(P_ALL, 0, &death, WEXITED | WNOHANG | WNOWAIT | __WALL) ||
		    !death.si_pid || is_endpoint(stage, death.si_pid))
			break;
		waitpid(death.si_pid, NULL, WNOHANG | __WALL);
		death.si_pid = 0;
	}
	return count;
}
