// SPDX-License-Identifier: MIT
/* Signals to endpoints, whoever their parents are. */
#include <errno.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "endpoint.h"
#include "listener.h"

/*
 * Its parent may reap it at any time, and its number be another's then: a pidfd knows, where there
 * are any.
 */
static long signal_grandchild(const struct endpoint *endpoint, int signal)
{
	long failed = endpoint->pidfd < 0
			      ? -1
			      : syscall(SYS_pidfd_send_signal, endpoint->pidfd, signal, NULL, 0);

	return endpoint->pidfd < 0 || (failed && errno == ENOSYS) ? kill(endpoint->pid, signal)
								  : failed;
}

int endpoint_signal(struct stage *stage, unsigned index, int signal)
{
	struct endpoint *endpoint = &stage->endpoints[index];
	long failed;

	if (signal == SIGCONT)
		listeners_continuing(stage, endpoint->pid);
	if (endpoint->state == ENDPOINT_ABSENT || endpoint->state == ENDPOINT_DEAD ||
	    !endpoint->pid)
		return -ESRCH;
	failed = endpoint->is_child ? kill(endpoint->pid, signal)
				    : signal_grandchild(endpoint, signal);
	if (failed)
		return -errno;
	if (signal == SIGSTOP)
		listeners_stopping(stage, endpoint->pid);
	endpoint->disturbed = true;
	return 0;
}
