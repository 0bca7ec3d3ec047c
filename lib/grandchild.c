// SPDX-License-Identifier: MIT
/* How endpoints ended that are not children of the driver. */
#include "grandchild.h"

#include <poll.h>
#include <string.h>
#include <sys/syscall.h>

#include "process.h"

void grandchild_note(struct stage *stage, const struct result *result)
{
	for (unsigned i = 0; i < stage->cast->endpoint_count && result->reaped > 0; i++) {
		struct endpoint *child = &stage->endpoints[i];

		if (child->state == ENDPOINT_ABSENT || child->state == ENDPOINT_DEAD ||
		    child->is_child || child->pid != result->reaped)
			continue;
		child->is_reaped = true;
		child->status = result->reaped_status;
	}
}

/*
 * Some endpoint has perhaps taken a child away, and is about to tell. The order counts: first its
 * state.
 */
static bool wait_is_ending(const struct stage *stage)
{
	for (unsigned i = 0; i < stage->cast->endpoint_count; i++) {
		const struct endpoint *endpoint = &stage->endpoints[i];
		long number = endpoint->action ? endpoint->action->call->number : -1;
		char letter;

		if (endpoint->state != ENDPOINT_BUSY ||
		    (number != SYS_wait4 && number != SYS_waitid))
			continue;
		letter = process_state(endpoint->pid);
		if (letter == 'R' || letter == 'D' ||
		    atomic_load(&control_page(&stage->control, i)->done) == endpoint->command)
			return true;
	}
	return false;
}

static bool is_dead(const struct endpoint *endpoint)
{
	struct pollfd poll_fd = { .fd = endpoint->pidfd, .events = POLLIN };

	if (endpoint->pidfd >= 0)
		return poll(&poll_fd, 1, 0) == 1;
	/* A kernel without pidfds. The state of one that is gone is 0, the end of the text. */
	return endpoint->pid && strchr("ZX", process_state(endpoint->pid));
}

bool grandchild_died(const struct stage *stage, const struct endpoint *endpoint, int *status)
{
	int seen;

	if (!is_dead(endpoint))
		return false;
	seen = process_exit_status(endpoint->pid, endpoint->pidfd);
	if (seen < 0 && endpoint->is_reaped)
		return true;
	if (seen < 0 && wait_is_ending(stage))
		return false;
	*status = seen < 0 ? ENDED_UNSEEN : seen;
	return true;
}
